// The script toggle keeps the place on every kind of page, wherever one is in it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browsing } from './browser.mjs';
import { specimens } from './site.mjs';

const { blank, url, visit } = browsing();

const toggle = (page) => page.locator('.scripts a[rel~="alternate"]');
const WITHIN = 40; // pixels

/** The element at the top of the view, and what it is in the other edition: its id,
    where it leads (names are sorted by strokes or by sounds), or which of its name. */
const atTop = (page) => page.evaluate(() => {
  const main = document.querySelector('main');
  const sticky = parseFloat(getComputedStyle(main).scrollMarginTop);
  const seen = [...main.querySelectorAll('a[href]:not([hreflang]), p, h1, h2, h3, th, [id]')]
    .map((element) => ({ element, top: element.getBoundingClientRect().top, height: element.getBoundingClientRect().height }))
    .filter(({ top, height }) => height > 0 && top >= sticky);
  const { element, top } = seen.sort((a, b) => a.top - b.top)[0];
  const link = element.closest('a') ?? (element.localName === 'th' && element.querySelector('a[href]'));
  const by = element.id ? '#' + CSS.escape(element.id)
    : link ? `a[href="${link.getAttribute('href')}"]` : element.localName;
  return { by, nth: [...main.querySelectorAll(by)].indexOf(element.id || by === element.localName ? element : link), top };
});

const topOf = (page, { by, nth }) => page.evaluate(({ by, nth }) =>
  document.querySelectorAll(`main ${by}`)[nth]?.getBoundingClientRect().top, { by, nth });

async function follow(page) {
  const from = page.url().split('/').slice(3, 4)[0];
  await toggle(page).click();
  await page.waitForURL((to) => !to.pathname.startsWith(`/${from}/`));
  await page.waitForLoadState('load');
}

for (const part of [1 / 3, 2 / 3, 1]) {
  test(`scrolled ${Math.round(part * 100)} % at 390 px, each kind of page stays where it was`, async (t) => {
    const page = await blank(t, { width: 390, height: 844 });
    const found = {};
    for (const { address, kind } of specimens().filter((one) => one.edition)) {
      await page.goto(url(address));
      await page.evaluate((part) => scrollTo(0, part * (document.documentElement.scrollHeight - innerHeight)), part);
      const before = await atTop(page);
      await follow(page);
      const after = await topOf(page, before);
      const last = await page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 2);
      // A shorter page ends sooner.
      const away = Math.abs(after - before.top);
      if (!(away <= WITHIN) && !(last && after > before.top && part === 1)) found[kind] = { ...before, after };
    }
    assert.deepEqual(found, {});
  });
}

test('results of a search stay, and the place among them', async (t) => {
  const page = await visit(t, `/hant/search.html?q=${encodeURIComponent('合作')}`, { width: 390, height: 844 });
  await page.waitForSelector('#results li');
  await page.locator('#results .more').first().click();
  await page.waitForFunction(() => document.querySelectorAll('#results section:first-child li').length > 10);
  const link = page.locator('#results section').first().locator('li a').nth(14);
  await link.evaluate((element) => element.scrollIntoView());
  const [href, top] = await link.evaluate((element) => [element.getAttribute('href'), element.getBoundingClientRect().top]);
  await follow(page);
  await page.waitForFunction(([href, top]) => {
    const found = document.querySelector(`#results a[href="${href}"]`);
    return found && Math.abs(found.getBoundingClientRect().top - top) <= 40;
  }, [href, top]);
});

test('open details and a filter stay', async (t) => {
  const page = await visit(t, '/hant/hubei-2021/finance.html', { width: 390, height: 844 });
  await page.locator('#m1-3 details summary').click();
  await follow(page);
  assert.deepEqual(await page.locator('main details').evaluateAll((all) => all.flatMap((one, at) => (one.open ? [at] : []))), [2]);
  await page.goto(url('/hant/matrix.html'));
  await page.locator('.filter button[value=place]').click();
  await follow(page);
  assert.equal(await page.locator('.filter button[value=place]').getAttribute('aria-pressed'), 'true');
});

test('going back to a page later does not take it elsewhere', async (t) => {
  const page = await visit(t, '/hant/hubei-2021/finance.html', { width: 390, height: 844 });
  await page.evaluate(() => scrollTo(0, 900));
  await follow(page);
  await page.goto(url('/hans/hubei-2021/finance.html'));
  assert.equal(await page.evaluate(() => scrollY), 0);
});

test('on a phone the bar names the area and measure being read, opens the list, turns the page', async (t) => {
  const page = await visit(t, '/hant/hubei-2021/full.html', { width: 390, height: 844 });
  const bar = page.locator('nav.side summary');
  await page.locator('#m4-2').evaluate((measure) => measure.scrollIntoView());
  await page.waitForFunction(() => document.querySelector('nav.side summary').textContent.trim() === '四 商貿投資 4.2');
  await bar.click();
  assert(await page.locator('nav.side .list').isVisible());
  await page.locator('nav.side a', { hasText: '旅遊' }).click();
  assert(!await page.locator('nav.side .list').isVisible(), 'a link closes the list');
  await page.waitForFunction(() => document.querySelector('nav.side summary').textContent.includes('旅遊'));
  await page.goto(url('/hant/hubei-2021/finance/2.html'));
  await page.locator('nav.side [rel=next]').click();
  await page.waitForURL(/finance\/3\.html$/);
  assert.equal((await bar.textContent()).trim(), '一、金融 1.3');
});

test('the list beside a wide page follows the reading, in its own view', async (t) => {
  const page = await visit(t, '/hant/hubei-2021/finance.html', { width: 1280, height: 500 });
  await page.locator('#m1-9').evaluate((measure) => measure.scrollIntoView());
  await page.waitForFunction(() => {
    const [current, ...others] = document.querySelectorAll('nav.side [aria-current=location]');
    const { top, bottom } = current?.getBoundingClientRect() ?? {};
    return others.length === 0 && current?.hash === '#m1-9' && top > 52 && bottom < 470;
  });
});

test('without JavaScript the bar opens the list, and a wide page shows it', async (t) => {
  const page = await visit(t, '/hant/hubei-2021/finance.html', { width: 390, javaScriptEnabled: false });
  assert(!await page.locator('nav.side .list').isVisible());
  await page.locator('nav.side summary').click();
  assert(await page.locator('nav.side .list').isVisible());
  const wide = await visit(t, '/hant/hubei-2021/finance.html', { javaScriptEnabled: false });
  assert(await wide.locator('nav.side a', { hasText: '旅遊' }).isVisible());
  assert(!await wide.locator('nav.side summary').isVisible());
});

test('headings are called by number and name', async (t) => {
  const page = await visit(t, '/hant/hubei-2021/finance.html');
  assert(await page.getByRole('heading', { level: 1, name: '一 金融' }).isVisible());
  assert(await page.getByRole('heading', { level: 2, name: /^1\.2 香港交易所/ }).isVisible());
  await page.goto(url('/hant/hubei-2021/finance/2.html'));
  assert(await page.getByRole('heading', { level: 1, name: /^1\.2 香港交易所/ }).isVisible());
});
