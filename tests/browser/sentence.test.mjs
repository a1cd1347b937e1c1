// A link to a sentence: offered for what is selected, copied or followed.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browsing } from './browser.mjs';
import { sites } from './site.mjs';

const { url, visit } = browsing();

const area = '/hant/hubei-2021/finance.html';

/** Selects from a place in one sentence to one in another. */
const select = (page, from, to = from) => page.evaluate(([from, to]) => {
  const first = document.getElementById(from).firstChild;
  const last = document.getElementById(to).lastChild;
  getSelection().setBaseAndExtent(first, 0, last, 1);
}, [from, to]);

const offer = (page) => page.getByRole('link', { name: '複製此句的連結' });

for (const at of [area, '/hant/hubei-2021/finance/6.html', '/hant/hubei-2021/full.html']) {
  test(`${at}: a selected sentence offers its address, which is copied and told`, async (t) => {
    const page = await visit(t, at, { permissions: ['clipboard-read', 'clipboard-write'] });
    await select(page, 'm1-6-s2');
    await offer(page).click();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), url(`${at}#m1-6-s2`));
    await page.getByRole('status').filter({ hasText: '已複製' }).waitFor();
    await page.evaluate(() => getSelection().removeAllRanges());
    await offer(page).waitFor({ state: 'hidden' });
  });
}

for (const at of ['/hans/hubei-2021/finance.html', '/hans/hubei-2021/finance/6.html']) {
  test(`${at}: a selected sentence is copied with where it stands`, async (t) => {
    const page = await visit(t, at, { permissions: ['clipboard-read', 'clipboard-write'] });
    await select(page, 'm1-6-s2');
    await page.getByRole('link', { name: '复制此句及出处' }).click();
    const [sentence, source, ...more] = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
    assert.equal(sentence, await page.locator('#m1-6-s2').evaluate((one) => one.textContent));
    const citation = (await page.locator('.citation-text').evaluateAll((all) => all.map((one) => one.textContent)))
      .find((text) => text.endsWith('/finance/6.html'));
    assert.equal(source, `——${citation}#m1-6-s2`);
    assert.deepEqual(more, []);
  });
}

test('the offer stands by what is selected, within the window, on a phone too', async (t) => {
  for (const width of [320, 1280]) {
    const page = await visit(t, area, { width, height: 700 });
    await page.locator('#m1-6').scrollIntoViewIfNeeded();
    await select(page, 'm1-6-s1', 'm1-6-s2');
    const box = await offer(page).boundingBox();
    const text = await page.locator('#m1-6 .text').boundingBox();
    assert(box.x >= 0 && box.x + box.width <= width, `${JSON.stringify(box)} in ${width} px`);
    assert(box.y > text.y && box.y < text.y + text.height + 20, `${box.y} px beside text from ${text.y} px, ${text.height} px high`);
  }
});

test('by keyboard: Tab leads to the offer, and Enter takes it', async (t) => {
  const page = await visit(t, area, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.locator('#m1-3-s1').dblclick({ position: { x: 30, y: 12 } });
  await offer(page).waitFor();
  await page.keyboard.press('Tab');
  assert(await offer(page).evaluate((link) => link === document.activeElement));
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: '已複製' }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), url(`${area}#m1-3-s1`));
  await page.keyboard.press('Escape');
  await offer(page).waitFor({ state: 'hidden' });
});

test('where nothing can be copied, the link is followed', async (t) => {
  const page = await visit(t, area, { prepare: () => { Object.defineProperty(navigator, 'clipboard', { value: undefined }); } });
  await select(page, 'm1-6-s2');
  await offer(page).click();
  assert(page.url().endsWith('finance.html#m1-6-s2'));
  const disk = await visit(t, pathToFileURL(join(sites[0].directory, 'hant/hubei-2021/finance.html')).href);
  await select(disk, 'm1-6-s2');
  assert.equal(await offer(disk).getAttribute('href'), '#m1-6-s2');
});

test('nothing is offered for what is no sentence of a measure', async (t) => {
  const page = await visit(t, area);
  await page.evaluate(() => getSelection().selectAllChildren(document.querySelector('h1')));
  await page.waitForTimeout(400);
  assert.equal(await offer(page).count(), 0);
  await select(page, 'm1-6-s2');
  await offer(page).waitFor();
  await page.evaluate(() => getSelection().selectAllChildren(document.querySelector('footer')));
  await offer(page).waitFor({ state: 'hidden' });
});

test('the offer is no part of what is selected, nor of what is printed', async (t) => {
  const page = await visit(t, area);
  await select(page, 'm1-6-s1', 'm1-7-s1');
  await offer(page).waitFor();
  assert(!(await page.evaluate(() => getSelection().toString())).includes('連結的'));
  await page.emulateMedia({ media: 'print' });
  assert(!await offer(page).isVisible());
});
