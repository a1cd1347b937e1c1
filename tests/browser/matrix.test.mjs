// The table of areas and entities, filtered by kind.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { browsing } from './browser.mjs';
import { sites } from './site.mjs';

const { visit } = browsing();

const matrix = '/hant/matrix.html';
const rows = (page) => page.locator('tr[data-kind]:not([hidden])');
const shown = (page) => rows(page).evaluateAll((rows) => [...new Set(rows.map(({ dataset }) => dataset.kind))].sort());

test('a kind is chosen by button, stands in the address and is kept by the toggle', async (t) => {
  const page = await visit(t, matrix);
  const all = await shown(page);
  assert(all.length >= 6, 'all kinds show at first');
  await page.getByRole('button', { name: '地方及區域' }).click();
  assert.deepEqual(await shown(page), ['place']);
  assert.equal(await page.getByRole('button', { pressed: true }).innerText(), '地方及區域');
  assert.match(page.url(), /\?kind=place$/);
  await page.locator('.scripts a[rel=alternate]').click();
  await page.waitForURL('**/hans/matrix.html?kind=place');
  assert.deepEqual(await shown(page), ['place']);
  await page.getByRole('button', { name: '全部' }).click();
  assert.deepEqual(await shown(page), all);
  assert.doesNotMatch(page.url(), /kind=/);
});

test('an unknown kind in the address shows everything', async (t) => {
  const page = await visit(t, matrix + '?kind=%3Cb%3E');
  assert((await shown(page)).length >= 6);
});

test('without JavaScript the whole table shows and no control is dead', async (t) => {
  const page = await visit(t, matrix, { javaScriptEnabled: false });
  assert((await shown(page)).length >= 6);
  assert.equal(await page.locator('main button:visible').count(), 0);
});

test('cells stand under their area and lead to their measure', async (t) => {
  const page = await visit(t, matrix);
  const row = page.locator('tr', { has: page.getByRole('rowheader', { name: '湖北自貿試驗區' }) });
  assert.deepEqual(await row.locator('td a').allInnerTexts(), ['1.1', '4.2', '9.4', '12.2']);
  const columns = await row.locator('td:not(.kind)').evaluateAll((cells) =>
    cells.flatMap((cell, index) => (cell.textContent ? [index + 1] : [])));
  assert.deepEqual(columns, [1, 4, 9, 12]);
});

test('those in most areas come first, and those in several apart from those in one', async (t) => {
  const page = await visit(t, matrix);
  const reach = await page.locator('tbody').evaluateAll((groups) => groups.map((group) =>
    [...group.querySelectorAll('tr[data-kind]')].map((row) => row.querySelectorAll('td:not(.kind, :empty)').length)));
  assert.deepEqual(reach.map((group) => group.length), [22, 50]);
  assert.deepEqual(reach.flat(), reach.flat().toSorted((a, b) => b - a));
  assert(reach[0].every((areas) => areas > 1) && reach[1].every((areas) => areas === 1));
});

test('of the entities, those in several areas show, and those of a name', async (t) => {
  const page = await visit(t, matrix);
  const all = await rows(page).count();
  await page.getByRole('button', { name: '見於多個' }).click();
  assert.match(page.url(), /\?several=1$/);
  assert.equal(await rows(page).count(), 22);
  assert.equal(await page.getByRole('status').innerText(), '找到 22 個條目。');
  await page.getByRole('searchbox', { name: '尋找條目' }).fill('自貿');
  assert.deepEqual(await rows(page).locator('th').allInnerTexts(), ['湖北自貿試驗區']);
  await page.reload();
  assert.equal(await rows(page).count(), 1, 'the address keeps the choice');
  await page.getByRole('searchbox', { name: '尋找條目' }).fill('nothing');
  assert.equal(await page.getByRole('status').innerText(), '沒有符合的條目。');
  assert(all > 22);
});

for (const typed of ['自贸试验区', '自貿試驗區', '湖北　自贸', 'ｒｅｉｔ', 'ReIt']) {
  test(`a name is found as the site’s search finds it: ${typed}`, async (t) => {
    const page = await visit(t, matrix);
    await page.getByRole('searchbox', { name: '尋找條目' }).fill(typed);
    const expected = /reit/i.test(typed.normalize('NFKC')) ? /^REIT$/ : /湖北自貿試驗區/;
    await page.waitForFunction(() => document.querySelectorAll('tr[data-kind]:not([hidden])').length === 1);
    assert.match(await rows(page).locator('th').innerText(), expected);
  });
}

test('from disk, too, names are found in either script', async (t) => {
  const page = await visit(t, pathToFileURL(join(sites[0].directory, 'hant/matrix.html')).href);
  await page.getByRole('searchbox', { name: '尋找條目' }).fill('自贸试验区');
  await page.waitForFunction(() => document.querySelectorAll('tr[data-kind]:not([hidden])').length === 1);
});

test('what a document gives as fields has a column', async (t) => {
  const page = await visit(t, '/pages/fixture/hant/matrix.html');
  const heads = await page.locator('thead').evaluateAll((all) => all.map((head) => head.innerText.replace(/\s+/g, ' ')));
  assert(heads.some((head) => head.includes('負責部門')), heads.join('\n'));
  assert((await page.locator('td.field span').count()) > 0);
});

test('on paper there are no buttons', async (t) => {
  const page = await visit(t, matrix);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.filter').isVisible(), false);
});

test('both heads of the table stay in view', async (t) => {
  const page = await visit(t, matrix);
  await page.setViewportSize({ width: 1280, height: 700 });
  const scroll = page.locator('.scroll');
  await scroll.scrollIntoViewIfNeeded();
  await scroll.evaluate((element) => element.scrollTo(0, 900));
  const [box, head] = [await scroll.boundingBox(), await page.locator('.matrix thead').boundingBox()];
  const cell = await page.locator('.matrix thead th').nth(1).boundingBox();
  assert(head && Math.abs(cell.y - box.y) < 2, `the head stands at ${cell.y}, its window at ${box.y}`);
});
