// The table of areas and entities, filtered by kind.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browsing } from './browser.mjs';

const { visit } = browsing();

const matrix = '/hant/matrix.html';
const shown = (page) => page.locator('tbody:not([hidden])').evaluateAll((groups) => groups.map(({ dataset }) => dataset.kind));

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
  const columns = await row.locator('td').evaluateAll((cells) =>
    cells.flatMap((cell, index) => (cell.textContent ? [index + 1] : [])));
  assert.deepEqual(columns, [1, 4, 9, 12]);
});

test('of the entities, those in several areas show, and those of a name', async (t) => {
  const page = await visit(t, matrix);
  const rows = page.locator('tbody:not([hidden]) tr:not(.of-kind, [hidden])');
  const all = await rows.count();
  await page.getByRole('button', { name: '見於多個' }).click();
  assert.match(page.url(), /\?several=1$/);
  const areas = await rows.evaluateAll((found) => found.map((row) => row.querySelectorAll('td:not(:empty)').length));
  assert(areas.length > 0 && areas.length < all && areas.every((count) => count > 1));
  await page.getByRole('searchbox', { name: '尋找條目' }).fill('自貿');
  assert.deepEqual(await rows.locator('th').allInnerTexts(), ['湖北自貿試驗區']);
  await page.reload();
  assert.equal(await rows.count(), 1, 'the address keeps the choice');
  await page.getByRole('searchbox', { name: '尋找條目' }).fill('nothing');
  assert.equal(await page.getByRole('status').innerText(), '沒有符合的條目。');
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
