// The picture of a document and of one entity: what it is to a reader's eye, finger
// and ear.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browsing } from './browser.mjs';

const { address, visit } = browsing();

const home = '/hant/index.html';
const overview = '/hans/hubei-2021/index.html';
const entity = '/hant/entities/hubei-pilot-free-trade-zone.html';

test('every square is a link with the number and the name of its measure', async (t) => {
  const page = await visit(t, home);
  const squares = page.locator('figure').getByRole('link', { name: /^\d+\.\d+ / });
  assert.equal(await squares.count(), 52);
  await page.getByRole('link', { name: /^4\.2 / }).click();
  assert.equal(address(page), '/hant/hubei-2021/trade-investment/2.html');
});

test('squares are reached by keyboard in their order, and arcs are not', async (t) => {
  const page = await visit(t, home);
  const named = () => page.evaluate(() => document.activeElement.textContent.trim());
  await page.getByRole('link', { name: /^1\.1 / }).focus();
  const passed = [];
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press('Tab');
    passed.push(await named());
  }
  assert.match(passed[7], /^1\.9 /);
  assert.match(passed[8], /創新及科技/);
  assert.match(passed[9], /^2\.1 /);
  assert.equal(await page.locator('.arcs a:not([tabindex="-1"])').count(), 0);
});

for (const width of [320, 390, 1280]) {
  test(`the picture is read without making it larger (${width} px)`, async (t) => {
    const page = await visit(t, home, { width });
    const seen = await page.evaluate(() => {
      const box = (element) => element.getBoundingClientRect();
      const wanted = ['.drawing li > a', '.drawing rect', '.arcs', 'figcaption'];
      return {
        ...Object.fromEntries(wanted.map((selector) => [selector, box(document.querySelector(selector)).width])),
        text: Number.parseFloat(getComputedStyle(document.querySelector('.drawing li > a')).fontSize),
        right: Math.max(...[...document.querySelectorAll('.drawing *')].map((element) => box(element).right)),
        cut: [...document.querySelectorAll('.drawing li > a')].filter((title) => title.scrollWidth > title.clientWidth).length,
      };
    });
    assert(seen.text >= 14 && seen['.drawing rect'] >= 18, JSON.stringify(seen));
    assert(seen.right <= width, `it ends at ${seen.right} px`);
    assert.equal(seen.cut, 0, 'no title is cut');
  });
}

test('arcs begin and end at the lines of squares, at any size of text', async (t) => {
  const page = await visit(t, home);
  for (const size of ['100%', '150%']) {
    const off = await page.evaluate((size) => {
      document.documentElement.style.fontSize = size;
      const middle = (element) => { const { top, height } = element.getBoundingClientRect(); return top + height / 2; };
      const lines = [...document.querySelectorAll('.drawing li')].map((line) => middle(line.querySelector('rect')));
      const ends = [...document.querySelectorAll('.arcs a path:first-of-type')].flatMap((path) => {
        const { top, bottom } = path.getBoundingClientRect();
        return [top, bottom];
      });
      return Math.max(...ends.map((end) => Math.min(...lines.map((line) => Math.abs(line - end)))));
    }, size);
    assert(off < 1.5, `${off} px beside a line at ${size}`);
  }
});

test('what an entity shares stands in words beside the picture', async (t) => {
  const page = await visit(t, overview);
  const shared = page.getByRole('region', { name: '见于多个领域的条目' });
  assert.match(await shared.innerText(), /湖北自贸试验区\s+1\.1、4\.2、9\.4、12\.2/);
  assert.match(await shared.innerText(), /没有机构、.*见于多个领域/);
  assert.match(await page.locator('figcaption').innerText(), /“金融”最多，有 9 项/);
});

test('an entity’s squares lead to the measures that mention it', async (t) => {
  const page = await visit(t, entity, { width: 320 });
  const squares = page.locator('figure').getByRole('link');
  assert.deepEqual((await squares.allTextContents()).map((name) => name.split(' ')[0]), ['1.1', '4.2', '9.4', '12.2']);
  const { right } = await page.locator('.places').evaluate((figure) => figure.getBoundingClientRect());
  assert(right <= 320);
});

test('without styles or scripts of a page’s own, and in forced colours, squares keep their shape', async (t) => {
  const page = await visit(t, home, { forcedColors: 'active', javaScriptEnabled: false });
  const [shared, alone] = await page.evaluate(() => ['.shared rect', 'a:not(.shared) > rect'].map((selector) =>
    getComputedStyle(document.querySelector(`.drawing ${selector}`)).fill));
  assert.notEqual(shared, alone);
});
