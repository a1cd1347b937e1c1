// Takes the README's pictures of the site that tests/browser/run has built:
//
//     node tests/browser/screenshots.mjs
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch } from './browser.mjs';
import { serve } from './server.mjs';
import { root, sites } from './site.mjs';

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };

const shots = {
  'home-light': { ...desktop, at: 'hant/index.html' },
  'area-light': { ...desktop, at: 'hant/hubei-2021/finance.html' },
  'area-dark': { ...desktop, at: 'hant/hubei-2021/finance.html', colorScheme: 'dark' },
  'area-phone': { ...phone, at: 'hant/hubei-2021/finance.html' },
  'measure-light': { ...desktop, at: 'hans/hubei-2021/finance/6.html' },
};

const folder = join(root, 'docs/screenshots');
mkdirSync(folder, { recursive: true });
const [browser, server] = await Promise.all([launch(), serve(sites)]);
for (const [name, { at, ...options }] of Object.entries(shots)) {
  const page = await browser.newPage(options);
  await page.goto(`${server.origin}/${at}`);
  await page.screenshot({ path: join(folder, `${name}.png`) });
  await page.close();
}
await browser.close();
server.close();
