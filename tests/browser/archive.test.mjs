// A sealed version works by itself: from disk, from its bag, and below a site.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browsing } from './browser.mjs';
import { serve } from './server.mjs';
import { root } from './site.mjs';

const { blank, visit } = browsing();

const archive = process.env.ARCHIVE ?? join(root, 'target/browser/archive');
const bag = (version, path) => pathToFileURL(join(archive, 'snapshots', version, 'data/site', path)).href;
const published = (path) => pathToFileURL(join(archive, 'public', path)).href;
const newer = 'aside.sealed .newer';

let server;
before(async () => { server = await serve([{ base: '/', directory: join(archive, 'public') }]); });
after(() => server.close());

/** Errors of scripts, and requests for anything but the list that may be missing. */
function trouble(page) {
  const found = [];
  page.on('pageerror', (error) => found.push(error.message));
  page.on('requestfailed', (request) => {
    if (!request.url().endsWith('/versions.js')) found.push(`failed: ${request.url()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith('file:')) found.push(`foreign: ${request.url()}`);
  });
  return found;
}

for (const [where, address] of [['its bag', (path) => bag('v1', path)], ['the archive', (path) => published(`archive/v1/${path}`)]]) {
  test(`opened from disk in ${where}, one can go through it, change the script and search`, async (t) => {
    const page = await blank(t);
    const found = trouble(page);
    await page.goto(address('index.html'));
    await page.locator('main a[hreflang="zh-Hant-HK"]').click();
    await page.waitForURL(address('hant/index.html'));
    await page.locator('main .index a', { hasText: '金融' }).first().click();
    await page.waitForURL(address('hant/hubei-2021/finance.html'));
    await page.locator('#m1-6 a', { hasText: '專頁' }).click();
    await page.waitForURL(address('hant/hubei-2021/finance/6.html'));
    await page.locator('nav.scripts a[rel=alternate]').click();
    await page.waitForURL(address('hans/hubei-2021/finance/6.html'));
    assert.match(await page.locator('p.text').textContent(), /碳排放权/);
    assert.match(await page.locator('aside.sealed').textContent(), /v1.*2024年7月1日/s);
    await page.locator('header input[type=search]').fill('自貿');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#results .number');
    const numbers = await page.locator('#results .number').allTextContents();
    assert.deepEqual(numbers, ['1.1', '4.2', '9.4', '12.2']);
    await page.locator('#results a').first().click();
    await page.waitForURL(address('hans/hubei-2021/finance/1.html') + '#m1-1-s1');
    assert.deepEqual(found, []);
  });
}

test('in its bag a version knows of no other; below a site the older one names the latest', async (t) => {
  const page = await visit(t, bag('v1', 'hant/matrix.html'));
  assert(await page.locator(newer).isHidden());
  for (const origin of [server.origin, published('').replace(/\/$/, '')]) {
    await page.goto(`${origin}/archive/v2/hant/matrix.html`);
    assert(await page.locator('aside.sealed').isVisible());
    assert(await page.locator(newer).isHidden());
    await page.goto(`${origin}/archive/v1/index.html`);
    assert.equal(await page.locator(newer).innerText(), '已有較新版本：v2（2024年8月1日）');
    await page.goto(`${origin}/archive/v1/hans/hubei-2021/finance/1.html`);
    assert.equal(await page.locator(newer).innerText(), '已有更新的版本：v2（2024年8月1日）');
    await page.locator(`${newer} a`).click();
    await page.waitForURL(`${origin}/archive/v2/hans/index.html`);
  }
});

test('below a site, under a strict policy, no sealed page writes to the console', async (t) => {
  const page = await blank(t);
  const found = [];
  page.on('console', (message) => found.push(`${page.url()}: ${message.text()}`));
  page.on('pageerror', (error) => found.push(`${page.url()}: ${error.message}`));
  page.on('response', (response) => response.status() >= 400 && found.push(response.url()));
  for (const path of ['index.html', 'hant/index.html', 'hans/hubei-2021/full.html', 'hant/search.html', 'hant/entities/index.html']) {
    await page.goto(`${server.origin}/archive/v1/${path}`);
  }
  assert.deepEqual(found, []);
});

test('without JavaScript the version and the way to all versions are there', async (t) => {
  const page = await visit(t, bag('v1', 'hans/about.html'), { javaScriptEnabled: false });
  assert.equal(await page.locator('aside.sealed a').first().getAttribute('href'), 'https://example.org/hans/versions/');
  assert(await page.locator(newer).isHidden());
});

for (const colorScheme of ['light', 'dark']) {
  for (const width of [390, 1280]) {
    test(`axe finds nothing on sealed pages, and none is too wide (${colorScheme}, ${width} px)`, async (t) => {
      const engine = { path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') };
      const page = await blank(t, { colorScheme, width, prepare: engine });
      for (const path of ['index.html', 'hant/index.html', 'hans/hubei-2021/index.html', 'hant/hubei-2021/finance.html', 'hans/hubei-2021/finance/1.html', 'hans/search.html']) {
        await page.goto(`${server.origin}/archive/v1/${path}`);
        await page.waitForSelector(newer);
        const found = await page.evaluate(async () => {
          const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
          const { violations } = await axe.run({ runOnly: tags, resultTypes: ['violations'] });
          return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
        });
        assert.deepEqual(found, [], path);
        assert(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), path);
      }
    });
  }
}
