// How much a query fetches and how soon it is answered, in built sites:
//
//   cargo run --release --example generate -- /tmp/large 10000
//   cargo run --release -- --root /tmp/large build --out /tmp/large/public
//   node benches/search.mjs /tmp/large/public
//
// Each query is asked in a fresh profile. Bytes are what the search fetches
// from the index, uncompressed; the time runs from the last of them to the
// results in the page. Needs what tests/browser/run installs.
import { createRequire } from 'node:module';
import { launch } from '../tests/browser/browser.mjs';
import { serve } from '../tests/browser/server.mjs';

const QUERIES = ['金融科技', '自贸试验区', '10.2', '香港 合作', '第12345期', '鼓勵湖北企業利用香港資本市場', '湖'];
const TIMES = 5;

const sites = process.argv.slice(2);
if (!sites.length) {
  console.error('name at least one built site');
  process.exit(2);
}

const browser = await launch();
console.log(`Chromium ${browser.version()}, playwright-core ${createRequire(new URL('../tests/browser/', import.meta.url))('playwright-core/package.json').version}`);
for (const directory of sites) {
  const server = await serve([{ base: '/', directory }]);
  const rows = [];
  for (const query of QUERIES) {
    const runs = [];
    for (let i = 0; i < TIMES; i++) runs.push(await ask(server.origin, query));
    runs.sort((a, b) => a.after - b.after);
    const { said, bytes, files } = runs[0];
    rows.push({
      query, files, 'KB fetched': Math.round(bytes / 100) / 10,
      'ms after the last byte (median)': Math.round(runs[TIMES >> 1].after), 'ms (worst)': Math.round(runs.at(-1).after), said,
    });
  }
  console.log(directory);
  console.table(rows);
  server.close();
}
await browser.close();

async function ask(origin, query) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(`${origin}/hant/search.html`);
  const result = await page.evaluate((query) => new Promise((answer) => {
    const found = document.getElementById('found');
    new MutationObserver(() => {
      const shown = performance.now();
      // Entries of files that have just come are filed a little later.
      setTimeout(() => {
        const fetched = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/search/'));
        const last = Math.max(...fetched.map(({ responseEnd }) => responseEnd));
        const bytes = fetched.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
        answer({ after: shown - last, bytes, files: fetched.length, said: found.textContent });
      }, 200);
    }).observe(found, { childList: true });
    const field = document.getElementById('q');
    field.value = query;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }), query);
  await context.close();
  return result;
}
