// An address that there is no page of: answered in its edition, with the nearest pages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browsing } from './browser.mjs';

const { url, visit } = browsing();

const near = (page, lang) => page.locator(`section[lang=${lang}] .near a`);

/** The addresses that are offered, without the site's own part. */
async function offered(page, lang) {
  await near(page, lang).first().waitFor();
  return near(page, lang).evaluateAll((links) => links.map(({ pathname }) => pathname));
}

test('it speaks the edition of the address, in heading, title and language', async (t) => {
  const page = await visit(t, '/hans/no/such/page.html');
  assert(!await page.locator('section[lang=zh-Hant-HK]').isVisible());
  assert(await page.getByRole('heading', { level: 1, name: '找不到该页面' }).count());
  assert.deepEqual([await page.title(), await page.locator('html').getAttribute('lang')], ['找不到该页面', 'zh-Hans-CN']);
  await page.goto(url('/no/such/page.html'));
  assert.equal(await page.locator('.both section:visible').count(), 2, 'both where the address names neither');
});

for (const [wanted, nearest] of [
  ['/hant/hubei-2021/finanse.html', '/hant/hubei-2021/finance.html'],
  ['/hans/hubei-2021/finance/99.html', '/hans/hubei-2021/finance/9.html'],
  ['/hant/hubei-2021/financ/3.html', '/hant/hubei-2021/finance/3.html'],
  ['/hant/Hubei-2021/Tourism', '/hant/hubei-2021/tourism.html'],
  ['/hant/aviation-railway.html', '/hant/hubei-2021/aviation-railway.html'],
  ['/hans/entities/hkx.html', '/hans/entities/hkex.html'],
  ['/hant/hubei-2020/', '/hant/hubei-2021/index.html'],
  ['/river/hans/memo-2032/', '/river/hans/memo-2023/index.html'],
  ['/hant/hubei-2021/%E0%A4%A/finance.htm', '/hant/hubei-2021/finance.html'],
]) {
  test(`${wanted} offers ${nearest} first`, async (t) => {
    const page = await visit(t, wanted);
    const [first, ...others] = await offered(page, wanted.includes('hans') ? 'zh-Hans-CN' : 'zh-Hant-HK');
    assert.equal(first, nearest);
    assert(others.length < 5);
    await near(page, wanted.includes('hans') ? 'zh-Hans-CN' : 'zh-Hant-HK').first().click();
    await page.waitForURL(url(nearest));
    assert.notEqual(await page.locator('body').getAttribute('class'), 'kind-not-found');
  });
}

test('an address without an edition is looked for in each', async (t) => {
  const page = await visit(t, '/hubei-2021/finance.html');
  assert.equal((await offered(page, 'zh-Hant-HK'))[0], '/hant/hubei-2021/finance.html');
  assert.equal((await offered(page, 'zh-Hans-CN'))[0], '/hans/hubei-2021/finance.html');
});

test('nothing is offered for what is like nothing, or where the index is missing', async (t) => {
  const page = await visit(t, '/hant/zzzzzzzzzzzz/qqqqqqqq.html');
  await page.waitForLoadState('networkidle');
  assert(!await page.locator('.near').first().isVisible());
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.route('**/search/*.js', (route) => route.abort());
  await page.goto(url('/hant/hubei-2021/finanse.html'));
  await page.waitForLoadState('networkidle');
  assert(await page.getByRole('link', { name: '返回繁體版主頁' }).isVisible());
  assert.deepEqual(errors, []);
});

test('the address is text, whatever stands in it', async (t) => {
  const page = await visit(t, '/hant/%3Cimg%20src=x%20onerror=alert(1)%3E.html');
  await page.waitForLoadState('networkidle');
  assert.equal(await page.locator('main img').count(), 0);
});

test('without JavaScript it says why it names no pages, in both editions', async (t) => {
  const page = await visit(t, '/hans/no/such/page.html', { javaScriptEnabled: false });
  const said = page.locator('noscript p');
  assert.deepEqual([await said.nth(0).isVisible(), await said.nth(1).isVisible()], [true, true]);
  assert.match((await said.allInnerTexts()).join(' '), /未開啟 JavaScript.*未启用 JavaScript/);
});

test('its search leads to the search of its edition', async (t) => {
  const page = await visit(t, '/hans/no/such/page.html');
  await page.getByRole('searchbox').fill('金融');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/hans\/search\.html\?q=/);
});
