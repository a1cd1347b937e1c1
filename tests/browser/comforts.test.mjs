// The reader's comforts: sizes and colours of one's own, what a phone shows first.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browsing } from './browser.mjs';
import { hardCases, sites, specimens } from './site.mjs';

const { blank, url, visit } = browsing();

const area = '/hant/hubei-2021/finance.html';
const light = 'rgb(250, 248, 243)';
const dark = 'rgb(23, 21, 18)';
const paper = (page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
const scheme = (page) => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
const foot = (page) => page.locator('footer.site');
const size = (page) => page.evaluate(() => getComputedStyle(document.documentElement).fontSize);

/** Both editions' pages of each kind, the hard cases, and those of a site of several documents. */
const all = () => ['hant', 'hans'].flatMap((edition) => [...specimens({ edition }), ...specimens({ base: '/river/', edition })])
  .concat(hardCases());

test('light or dark is the reader’s, on every page kind, and light in print', async (t) => {
  const page = await visit(t, area, { colorScheme: 'dark' });
  assert.equal(await paper(page), dark);
  await foot(page).getByLabel('外觀').selectOption('淺色');
  assert.deepEqual([await paper(page), await scheme(page)], [light, 'light']);
  for (const { address } of [...specimens(), ...hardCases()]) {
    await page.goto(url(address));
    assert.equal(await paper(page), light, address);
  }
  await page.goto(url('/hans/hubei-2021/finance.html'));
  assert.equal(await foot(page).getByLabel('外观').inputValue(), 'light');
  await foot(page).getByLabel('外观').selectOption('深色');
  await page.emulateMedia({ colorScheme: 'light' });
  assert.deepEqual([await paper(page), await scheme(page)], [dark, 'dark']);
  const tints = () => page.evaluate(() => [...document.querySelectorAll('meta[name=theme-color]')].filter(({ media }) => matchMedia(media).matches).map(({ content }) => content).slice(0, 1)); // the first that answers holds
  assert.deepEqual(await tints(), ['#171512']);
  await page.emulateMedia({ media: 'print' });
  assert.deepEqual([await paper(page), await scheme(page)], ['rgb(255, 255, 255)', 'light']);
  assert(!await foot(page).getByLabel('外观').isVisible());
  await page.emulateMedia({ media: 'screen' });
  await foot(page).getByLabel('外观').selectOption('跟随系统');
  assert.deepEqual([await paper(page), await tints()], [light, ['#faf8f3']]);
});

test('a larger text is kept, by keyboard alone, and nothing scrolls sideways at 320 px', async (t) => {
  const page = await visit(t, area, { width: 320, height: 600 });
  await foot(page).getByLabel('文字大小').focus();
  await page.keyboard.press('ArrowDown');
  assert.equal(await size(page), '18px');
  await page.keyboard.press('ArrowDown');
  for (const { address } of all()) {
    await page.goto(url(address));
    assert.equal(await size(page), '20px', address);
    const { scrollWidth, clientWidth } = await page.locator(':root').evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
    assert(scrollWidth <= clientWidth, `${address}: ${scrollWidth} px wide`);
  }
});

test('a choice is there before the first paint', async (t) => {
  const page = await visit(t, area);
  await foot(page).getByLabel('外觀').selectOption('深色');
  let release;
  const painted = new Promise((resolve) => { release = resolve; });
  // All other scripts come late.
  await page.route(/\/assets\/(?!display).*\.js$/, async (route) => { await painted; await route.continue(); });
  await page.goto(url(area), { waitUntil: 'commit' });
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length);
  assert.equal(await paper(page), dark);
  release();
  await page.waitForLoadState('load');
  await page.unrouteAll({ behavior: 'wait' });
});

for (const width of [390, 1280]) {
  test(`another size of text leaves what is in view where it is, on every page kind (${width} px)`, async (t) => {
    const page = await blank(t, { width, height: 844 });
    const lost = [];
    for (const { address } of [...specimens(), ...hardCases()]) {
      await page.goto(url(address));
      for (const share of [0, 1 / 3, 2 / 3]) {
        const moved = await page.evaluate(async (share) => {
          const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
          const select = document.querySelector('footer [name=size]');
          const choose = async (value) => { select.value = value; select.dispatchEvent(new Event('change')); await frame(); };
          await choose('');
          const { scrollHeight } = document.documentElement;
          scrollTo(0, share * (scrollHeight - innerHeight));
          await frame();
          const head = parseFloat(getComputedStyle(document.getElementById('main')).scrollMarginTop) - 1;
          // The reader's eyes are on the first lines below the head.
          const seen = [...document.querySelectorAll('main :is(p, li, h1, h2, h3, tr, dt, summary, .text span[id])')]
            .find((one) => { const { top, height } = one.getBoundingClientRect(); return height && top >= head; });
          const top = seen && seen.getBoundingClientRect().top;
          if (!seen || top > innerHeight) return 0;
          await choose('larger');
          const after = seen.getBoundingClientRect().top;
          // At the very head or foot a page has no more to give.
          return scrollY < 1 ? 0 : after - top;
        }, share);
        if (Math.abs(moved) > 40) lost.push(`${address} at ${share.toFixed(2)}: ${Math.round(moved)} px`);
      }
    }
    assert.deepEqual(lost, []);
  });
}

test('size and light are offered at the top of every page that has contents', async (t) => {
  const page = await blank(t, { width: 390, height: 844 });
  for (const { address, kind } of all()) {
    if (['entry', 'not-found'].includes(kind)) continue;
    await page.goto(url(address));
    await page.locator('header summary').click();
    const lists = page.locator('.panel select:visible');
    assert.equal(await lists.count(), 2, address);
    // In view below the head, not somewhere else on the page, and above all that is there.
    const { y } = await page.locator('.panel').boundingBox();
    assert(y < 90, `${address}: the contents open at ${y} px`);
    const above = await lists.first().evaluate((one) => {
      const { left, top } = one.getBoundingClientRect();
      return one.contains(document.elementFromPoint(left + 8, top + 8));
    });
    assert(above, `${address}: something stands over the contents`);
  }
  await page.locator('.panel [name=theme]').selectOption('dark');
  assert.equal(await paper(page), dark);
  assert.equal(await page.locator('footer [name=theme]').inputValue(), 'dark', 'both lists say the same');
});

test('a choice made in another window, or on a page that one comes back from, holds here too', async (t) => {
  const page = await visit(t, area);
  const other = await page.context().newPage();
  await other.goto(url('/hant/index.html'));
  await foot(other).getByLabel('外觀').selectOption('深色');
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
  assert.equal(await foot(page).getByLabel('外觀').inputValue(), 'dark');
});

test('from disk a choice holds; where storage is refused it holds for the page', async (t) => {
  const page = await visit(t, pathToFileURL(join(sites[0].directory, 'hant/hubei-2021/finance.html')).href);
  await foot(page).getByLabel('文字大小').selectOption('大');
  await page.reload();
  assert.equal(await size(page), '18px');
  const refused = await visit(t, area, {
    prepare: () => { Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } }); },
  });
  const errors = [];
  refused.on('pageerror', (error) => errors.push(error.message));
  await foot(refused).getByLabel('外觀').selectOption('深色');
  assert.equal(await paper(refused), dark);
  assert.deepEqual(errors, []);
});

test('what is kept by mistake changes nothing', async (t) => {
  const page = await visit(t, area, {
    prepare: () => { try { localStorage.setItem('tongwen-size', 'enormous'); localStorage.setItem('tongwen-theme', '"><b>'); } catch { /* about:blank */ } },
  });
  assert.deepEqual([await size(page), await paper(page), await foot(page).getByLabel('外觀').inputValue()], ['16px', light, '']);
});

test('without JavaScript no choice is offered that would do nothing', async (t) => {
  const page = await visit(t, area, { javaScriptEnabled: false });
  assert.equal(await page.locator('footer select:visible').count(), 0);
});

test('on a phone the heading begins in the first third of the screen, on every page kind', async (t) => {
  const page = await blank(t, { width: 390, height: 844 });
  const late = [];
  for (const { address } of all()) {
    await page.goto(url(address));
    const top = await page.locator('h1').first().evaluate((heading) => Math.round(heading.getBoundingClientRect().top));
    if (top > 844 / 3) late.push(`${address}: ${top} px`);
  }
  assert.deepEqual(late, []);
});

test('the header cuts the site’s name at no width, and says how official it is', async (t) => {
  const cut = [];
  for (const width of [320, 390]) {
    const page = await blank(t, { width });
    for (const { address, kind, base } of all()) {
      // The fixture's title is longer than a phone's screen.
      if (['entry', 'not-found'].includes(kind) || base === '/pages/fixture/') continue;
      await page.goto(url(address));
      const found = await page.locator('header a.mark span').evaluate((name) => ({
        name: name.clientWidth < name.scrollWidth, status: name.querySelector('.status').clientWidth < 20,
      }));
      if (found.name || found.status) cut.push(`${address} at ${width} px`);
    }
  }
  assert.deepEqual(cut, []);
});

test('each target of the footer is at least 24 px high', async (t) => {
  for (const width of [320, 1280]) {
    const page = await blank(t, { width });
    for (const { address } of all()) {
      await page.goto(url(address));
      const low = await page.locator('footer :is(a, select)').evaluateAll((targets) =>
        targets.filter((target) => target.getBoundingClientRect().height < 24).map(({ outerHTML }) => outerHTML));
      assert.deepEqual(low, [], address);
    }
  }
});
