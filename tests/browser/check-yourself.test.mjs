// Readers check a document themselves, tell of a mistake, and read both scripts
// beside each other.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browsing } from './browser.mjs';
import { serve } from './server.mjs';
import { root, sites } from './site.mjs';

const { blank, visit } = browsing();

const source = '/hant/hubei-2021/source.html';
const fixture = sites[1].base;
const archive = process.env.ARCHIVE ?? join(root, 'target/browser/archive');

let server;
before(async () => { server = await serve([{ base: '/', directory: join(archive, 'public') }]); });
after(() => server.close());

test('the browser compares the digest of the source with the one on the page', async (t) => {
  const page = await visit(t, source);
  await page.locator('.compare button').click();
  await page.locator('.compare output.same').waitFor();
  assert.match(await page.locator('.compare output').textContent(), /相符/);
});

test('a source that is another is told with its digest', async (t) => {
  const page = await visit(t, source);
  await page.route('**/data/sources/*', (route) => route.fulfill({ body: 'another' }));
  await page.locator('.compare button').click();
  await page.locator('.compare output.differs').waitFor();
  const digest = createHash('sha256').update('another').digest('hex');
  assert.ok((await page.locator('.compare output').textContent()).includes(digest));
});

test('from disk the browser says that it cannot, and the command stands there', async (t) => {
  const page = await visit(t, pathToFileURL(join(sites[0].directory, source)).href);
  assert.equal(await page.locator('.compare button').isVisible(), false);
  assert.match(await page.locator('.compare output').textContent(), /不能核對/);
  assert.match(await page.locator('pre').first().textContent(), /sha256sum -c/);
});

test('without JavaScript there is no button that does nothing', async (t) => {
  const page = await visit(t, source, { javaScriptEnabled: false });
  assert.equal(await page.locator('.compare').isVisible(), false);
  assert.equal(await page.locator('pre').first().isVisible(), true);
});

test('a sealed page learns its seal and its bag from the list of versions', async (t) => {
  const page = await blank(t);
  await page.goto(`${server.origin}/archive/v1/hant/hubei-2021/finance.html`);
  const list = JSON.parse(readFileSync(join(archive, 'public/versions.json'), 'utf8'));
  const own = list.versions.find(({ name }) => name === 'v1');
  const proof = page.locator('aside.sealed .proof');
  await proof.waitFor();
  assert.equal(await proof.locator('code').textContent(), own.seal);
  assert.equal(await proof.locator('a').evaluate((link) => link.href), `${server.origin}/archive/v1.zip`);
});

test('a mistake is told with the address of the sentence that is selected', async (t) => {
  const page = await visit(t, `${fixture}hant/index.html`);
  const link = page.locator('footer a.report');
  const href = () => link.getAttribute('href');
  assert.match(await href(), /^mailto:.*body=https%3A%2F%2Fexample\.org%2F/);
  await page.evaluate(() => {
    const heading = document.querySelector('main [id]:not(main)');
    getSelection().selectAllChildren(heading);
  });
  await link.dispatchEvent('pointerdown');
  const id = await page.evaluate(() => document.querySelector('main [id]:not(main)').id);
  assert.ok(decodeURIComponent(await href()).endsWith(`${new URL(page.url()).pathname}#${id}`), await href());
});

for (const width of [320, 1280]) {
  test(`sentences stand ${width > 600 ? 'beside' : 'below'} each other at ${width} px`, async (t) => {
    const page = await visit(t, '/hans/hubei-2021/parallel.html#m1-6', { viewport: { width, height: 800 } });
    const boxes = await page.locator('#m1-6-s1 > p').evaluateAll((sides) =>
      sides.map((side) => { const { x, y, width } = side.getBoundingClientRect(); return { x, y, width }; }));
    assert.equal(boxes.length, 2);
    if (width > 600) assert.ok(boxes[0].y === boxes[1].y && boxes[1].x > boxes[0].x + boxes[0].width);
    else assert.ok(boxes[1].y > boxes[0].y);
    const top = await page.locator('#m1-6').evaluate((item) => item.getBoundingClientRect().top);
    assert.ok(top >= 0 && top < 800, `it stands at ${top}`);
    await page.locator('#m1-6 details summary').click();
    assert.match(await page.locator('#m1-6 details').textContent(), /劃→划.*候选/s);
  });
}
