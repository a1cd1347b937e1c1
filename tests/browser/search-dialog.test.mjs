// The search opens over any page, by keys that can be switched off.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browsing } from './browser.mjs';
import { sites, specimens } from './site.mjs';

const { address, visit } = browsing();

const area = (edition) => `/${edition}/hubei-2021/finance.html`;
const dialog = 'dialog.finder';

/** Waits for the answer to what is typed, and reads it. */
async function typed(page, query) {
  await page.locator(`${dialog} input[type=search]`).fill(query);
  await page.waitForFunction(() => document.querySelector('dialog.finder .found').textContent !== '');
  await page.waitForTimeout(250);
  return page.evaluate(() => ({
    said: document.querySelector('dialog.finder .found').textContent,
    links: [...document.querySelectorAll('dialog.finder .results ol a')].map((link) => link.href.replace(/^.*\/(hant|hans)\//, '$1/')),
  }));
}

for (const edition of ['hant', 'hans']) {
  test(`in ${edition}, / and Ctrl-K open it with results while one types, and Escape gives the page back`, async (t) => {
    const page = await visit(t, area(edition));
    const fetched = () => page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => /\/search/.test(name) && !name.includes('search-open')).length);
    assert.equal(await fetched(), 0, 'nothing is fetched before it is asked for');
    const link = page.locator('main a').first();
    await link.focus();
    for (const key of ['/', 'Control+k']) {
      await page.keyboard.press(key);
      await page.locator(dialog).waitFor();
      assert.equal(await page.evaluate(() => document.activeElement.type), 'search');
      assert.equal(await page.inputValue(`${dialog} input[type=search]`), '', 'the key itself is not typed');
      await page.keyboard.press('Escape');
      await page.locator(dialog).waitFor({ state: 'hidden' });
      assert(await link.evaluate((link) => document.activeElement === link));
    }
    await page.keyboard.press('/');
    const { said, links } = await typed(page, '自贸');
    assert.match(said, /找到/);
    assert(links.includes(`${edition}/hubei-2021/finance/1.html#m1-1-s1`), links.join());
    assert.equal((await typed(page, '教育')).links[0], `${edition}/hubei-2021/education.html`);
    // Down, down, up: the second, the first; up again: the field.
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp']) await page.keyboard.press(key);
    assert.match(await page.evaluate(() => document.activeElement.href), /education\.html$/);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/${edition}/hubei-2021/education.html`);
  });
}

test('Enter leads to the search page with all results', async (t) => {
  const page = await visit(t, area('hans'));
  await page.keyboard.press('/');
  await typed(page, '合作');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/hans/search.html?q=*');
  await page.waitForSelector('#results li');
});

test('/ is a character in fields and while composing, and can be switched off for good', async (t) => {
  const page = await visit(t, area('hant'));
  await page.locator('header input[type=search]').focus();
  await page.keyboard.type('1/2');
  assert.equal(await page.inputValue('header input[type=search]'), '1/2');
  assert.equal(await page.locator(dialog).count(), 0);
  await page.locator('main').focus();
  await page.evaluate(() => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', isComposing: true, bubbles: true, cancelable: true })));
  await page.waitForTimeout(300);
  assert.equal(await page.locator(dialog).count(), 0);
  await page.keyboard.press('/');
  await page.locator(`${dialog} footer input`).uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.waitForTimeout(300);
  assert(await page.locator(dialog).isHidden());
  await page.goto(page.url().replace('finance', 'education'));
  await page.keyboard.press('/');
  await page.waitForTimeout(300);
  assert.equal(await page.locator(dialog).count(), 0);
  // Ctrl-K still does, and the search page has the switch too.
  await page.keyboard.press('Control+k');
  await page.locator(dialog).waitFor();
  await page.goto(page.url().replace('hubei-2021/education', 'search'));
  assert(!await page.locator('#keys input').isChecked());
  await page.locator('#keys input').check();
  await page.locator('#keys input').blur();
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q');
});

test('it works from disk, on every page kind, and says what is near', async (t) => {
  for (const { name } of specimens()) {
    if (!/^hant\//.test(name)) continue;
    const page = await visit(t, pathToFileURL(join(sites[0].directory, name)).href);
    await page.keyboard.press('/');
    if (name === 'hant/search.html') continue;
    await page.locator(dialog).waitFor();
    const { links } = await typed(page, 'jinrong');
    assert(links.some((link) => link.endsWith('hubei-2021/finance.html')), name);
    await page.close();
  }
  const page = await visit(t, area('hans'));
  await page.keyboard.press('/');
  assert.deepEqual((await typed(page, '香港交異所')).links, []);
  assert((await page.locator(`${dialog} .near a`).allInnerTexts()).length > 0);
});

test('axe finds nothing in it, and it fits every width', async (t) => {
  const engine = { path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') };
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [320, 1280]) {
      const page = await visit(t, area('hant'), { prepare: engine, colorScheme, width });
      await page.keyboard.press('/');
      for (const query of ['合作', '查無此語']) {
        await typed(page, query);
        const found = await page.evaluate(async () => {
          const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
          const { violations } = await axe.run({ runOnly: tags, resultTypes: ['violations'] });
          return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
        });
        assert.deepEqual(found, [], `${query} ${colorScheme} ${width}`);
        const box = await page.locator(dialog).boundingBox();
        assert(box.x >= 0 && box.x + box.width <= width, `${JSON.stringify(box)} at ${width}`);
        assert.equal(await page.locator(dialog).evaluate((one) => one.scrollWidth > one.clientWidth), false);
      }
    }
  }
});
