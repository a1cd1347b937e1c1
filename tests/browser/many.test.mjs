// A site of several documents: results are narrowed, and one finds from one
// document to the others.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browsing } from './browser.mjs';

const { address, visit } = browsing();

const options = (page, name) => page.locator(`#narrow select[name=${name}] option`).allTextContents();
const found = async (page) => {
  await page.waitForFunction(() => !document.querySelector('[aria-busy]') && document.querySelector('#results section, #found:not(:empty)'));
  return page.locator('#results li').count();
};

for (const [edition, query, office] of [['hant', '聯合辦公室', '跨河大橋管理條例'], ['hans', '联合办公室', '跨河大桥管理条例']]) {
  test(`${edition}: results are narrowed to a document, a kind, a year, each with its count`, async (t) => {
    const page = await visit(t, `/river/${edition}/search.html?q=${encodeURIComponent(query)}`);
    const all = await found(page);
    assert.ok(all >= 6, `${all} results`);
    const documents = await options(page, 'in');
    assert.ok(documents.some((one) => one === `${office}（1）`), documents.join());
    const counts = (await options(page, 'kind')).slice(1).map((one) => Number(one.match(/（(\d+)）$/)[1]));
    assert.equal(counts.reduce((sum, count) => sum + count, 0), all);

    await page.locator('#narrow select[name=in]').selectOption('rules-2022');
    assert.equal(await found(page), 1);
    assert.equal(await page.locator('#results .number').first().textContent(), edition === 'hant' ? '第二條' : '第二条');
    // Another choice is told with what it would leave.
    assert.ok((await options(page, 'year')).includes('2022（1）'));
    // The choice is in the address, so the toggle and a link keep it.
    assert.ok(address(page).includes('in=rules-2022'), address(page));
    await page.reload();
    assert.equal(await found(page), 1);
    await page.locator('nav.scripts a[rel=alternate]').click();
    await page.waitForURL(/in=rules-2022/);

    await page.locator('#narrow select[name=in]').selectOption('');
    await page.locator('#narrow select[name=year]').selectOption('2022');
    assert.ok(await found(page) < all);
  });
}

test('a choice that leaves nothing can be taken back', async (t) => {
  const page = await visit(t, `/river/hant/search.html?q=${encodeURIComponent('大橋')}&year=1900`);
  await page.waitForSelector('#narrow:not([hidden])');
  assert.equal(await page.locator('#results li').count(), 0);
  await page.locator('#narrow select[name=year]').selectOption('');
  assert.ok(await found(page) > 2);
});

test('a site of one document offers no narrowing', async (t) => {
  const page = await visit(t, `/hant/search.html?q=${encodeURIComponent('金融')}`);
  assert.ok(await found(page) > 2);
  assert.ok(await page.locator('#narrow').isHidden());
});

test('the contents lead from one document to the others, by names that differ', async (t) => {
  const page = await visit(t, '/river/hant/plan/banks/1.html', { width: 390 });
  await page.locator('nav.contents summary').click();
  const others = await page.locator('nav.contents .others a').allTextContents();
  assert.equal(others.length, 7);
  assert.equal(new Set(others).size, 7);
  await page.locator('nav.contents .others a', { hasText: '通車的通知' }).click();
  await page.waitForURL(/notice-2022\/index\.html$/);
});

test('a related measure of another document is named with it, and leads there', async (t) => {
  const page = await visit(t, '/river/hant/memo-2023/finance/1.html');
  const related = page.locator('.reasons a').first();
  assert.equal((await related.textContent()).trim(), '橋樑基金合作協議 1.2 “基金每年發放兩次……”');
  await related.click();
  await page.waitForURL(/agreement-2020\/fund\/2\.html$/);
  await page.locator('.relations a').first().click();
  await page.waitForURL(/supplement-2021\/changes\/1\.html$/);
});

test('a document leads to its comparison with the one before it, and back', async (t) => {
  const page = await visit(t, '/river/hant/memo-2019/index.html');
  await page.locator('.relations .compare').click();
  await page.waitForURL(/compare\/memo-2019\.\.memo-2023\.html$/);
  assert.deepEqual(await page.locator('.change.added ins').allTextContents().then((all) => all.map((one) => one.replace(/［.*?］/g, ''))), ['交通', '由聯合辦公室統籌興建跨河大橋。']);
  await page.locator('.path a').click();
  await page.waitForURL(/memo-2023\/index\.html$/);
});
