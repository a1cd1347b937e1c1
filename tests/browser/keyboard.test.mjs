// Every page is used by keyboard alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browsing } from './browser.mjs';
import { specimens } from './site.mjs';

const { address, url, blank, visit } = browsing();

const area = '/hant/hubei-2021/finance.html';

/** Lists what Tab should reach, in the order of the document. */
const listStops = (page) => page.evaluate(() => {
  window.stops = [...document.querySelectorAll('a[href], button, summary, input, select, textarea, [tabindex]')]
    .filter((element) => element.tabIndex >= 0 && !element.disabled && element.checkVisibility({ visibilityProperty: true }));
  window.ring = (element) => [null, '::before', '::after'].some((part) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element, part);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  });
  return { count: window.stops.length, rings: window.stops.filter(window.ring).length };
});

/** Where the focus stands, and whether a reader can see it there. */
const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  // The middle of what lies within the window: a table may be larger than it.
  const middle = (start, length, window) => (Math.max(0, start) + Math.min(window, start + length)) / 2;
  const seen = [...element.getClientRects()].some(({ x, y, width, height }) =>
    element.contains(document.elementFromPoint(middle(x, width, innerWidth), middle(y, height, innerHeight))));
  return {
    index: window.stops.indexOf(element),
    name: element.outerHTML.slice(0, 120),
    ring: window.ring(element),
    seen,
  };
});

async function walk(page, key, from, to) {
  const problems = [];
  for (let index = from; index !== to; index += Math.sign(to - from)) {
    await page.keyboard.press(key);
    const stop = await focused(page);
    if (stop.index !== index) return [...problems, `stop ${index} is stop ${stop.index}: ${stop.name}`];
    if (!stop.ring) problems.push(`no visible focus on ${stop.name}`);
    if (!stop.seen) problems.push(`out of sight: ${stop.name}`);
  }
  return problems;
}

test('Tab meets everything interactive in document order, focus always visible', async (t) => {
  const page = await blank(t);
  const found = {};
  for (const { address } of specimens()) {
    await page.goto(url(address));
    const { count, rings } = await listStops(page);
    assert.equal(rings, 0, 'nothing looks focused before it is');
    assert(count > 2, `${address} has ${count} stops`);
    const problems = await walk(page, 'Tab', 0, count);
    if (problems.length) found[address] = problems;
  }
  assert.deepEqual(found, {});
});

test('Shift+Tab goes back the same way, never under the sticky header', async (t) => {
  for (const width of [390, 1280]) {
    const page = await visit(t, area, { width });
    const { count } = await listStops(page);
    await page.evaluate(() => window.stops.at(-1).focus());
    assert.deepEqual(await walk(page, 'Shift+Tab', count - 2, -1), []);
  }
});

test('the skip link comes first, shows itself with the focus and leads past the header', async (t) => {
  const page = await blank(t);
  for (const { address: at } of specimens()) {
    await page.goto(url(at));
    await page.keyboard.press('Tab');
    const skip = page.locator(':focus');
    assert.equal(await skip.getAttribute('href'), '#main', at);
    const box = await skip.boundingBox();
    assert(box.y >= 0 && box.x >= 0 && box.height >= 24, `${at}: the skip link stays out of view`);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement.localName === 'main');
    assert.equal(address(page), at + '#main');
    await page.keyboard.press('Tab');
    assert(await page.evaluate(() => !document.activeElement.closest('body > header')), `${at}: back in the header`);
  }
});

const contents = (page) => page.locator('header details');
const isOpen = (page) => contents(page).evaluate((details) => details.open);
const inContents = (page) => contents(page).evaluate((details) => details.contains(document.activeElement));

async function openContents(page) {
  await contents(page).locator('summary').focus();
  await page.keyboard.press('Enter');
  assert(await isOpen(page), 'Enter opens the contents');
}

test('Enter opens the contents, Tab goes through them, Escape closes them where the reader came from', async (t) => {
  const page = await visit(t, area);
  await openContents(page);
  await listStops(page);
  const links = await contents(page).locator('a').count();
  const first = await page.evaluate(() => window.stops.indexOf(document.activeElement) + 1);
  assert.deepEqual(await walk(page, 'Tab', first, first + links), []);
  assert(await inContents(page));
  await page.keyboard.press('Escape');
  assert(!await isOpen(page), 'Escape closes the contents');
  assert(await page.locator('header summary').evaluate((summary) => summary === document.activeElement));
});

test('the contents close when the focus leaves them or a click falls beside them', async (t) => {
  const page = await visit(t, area);
  await openContents(page);
  for (let links = await contents(page).locator('a, select').count(); links >= 0; links--) await page.keyboard.press('Tab');
  assert(!await inContents(page));
  assert(!await isOpen(page), 'leaving closes the contents');
  await openContents(page);
  await page.mouse.click(640, 790);
  assert(!await isOpen(page), 'a click beside closes the contents');
});

test('without JavaScript Enter opens and closes the contents, and a link in them is followed', async (t) => {
  const page = await visit(t, area, { javaScriptEnabled: false });
  await openContents(page);
  await page.keyboard.press('Enter');
  assert(!await isOpen(page), 'Enter closes the contents');
  await openContents(page);
  await page.keyboard.press('Tab');
  const to = await page.locator(':focus').getAttribute('href');
  await page.keyboard.press('Enter');
  await page.waitForURL(new URL(to, page.url()).href);
});

test('a citation unfolds and is copied by keyboard, and the page says so', async (t) => {
  const page = await visit(t, area, { permissions: ['clipboard-read', 'clipboard-write'] });
  const tools = page.locator('#m1-2 details');
  await tools.locator('summary').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const said = tools.locator('output');
  await page.waitForFunction((output) => output.textContent, await said.elementHandle());
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /1\.2.*\/hant\/hubei-2021\/finance\/2\.html$/);
  assert.equal(copied, await tools.locator('.citation-text').textContent());
});
