// One browser and one server for a test file; each visit has a context of its own.
import { after, before } from 'node:test';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';
import { pages, sites } from './site.mjs';

export function launch() {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  });
}

export function browsing() {
  let browser, server;
  before(async () => {
    [browser, server] = await Promise.all([launch(), serve(sites)]);
  });
  after(async () => {
    await browser.close();
    server.close();
  });

  const url = (address) => server.origin + address;
  /** Where a page stands, without the port, which differs from run to run. */
  const address = (page) => page.url().replace(server.origin, '');

  /**
   * A page of a fresh profile whose languages say nothing about scripts, without
   * view transitions: while one runs, clicks meant for the page miss it.
   */
  async function blank(t, { prepare, width = 1280, height = 800, ...options } = {}) {
    const viewport = { width, height };
    const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', viewport, ...options });
    context.setDefaultTimeout(15_000);
    t.after(() => context.close());
    if (prepare) await context.addInitScript(prepare);
    return context.newPage();
  }

  async function visit(t, to, options) {
    const page = await blank(t, options);
    await page.goto(to.startsWith('file:') ? to : url(to));
    return page;
  }

  /** Runs `examine(document, page)` over all built pages parsed by the browser; returns what it finds wrong. */
  async function sweep(t, examine, chosen = pages) {
    const page = await blank(t);
    return page.evaluate(({ chosen, code }) => {
      const examine = eval(code);
      return chosen.flatMap((page) => {
        const document = new DOMParser().parseFromString(page.html, 'text/html');
        return [examine(document, page) ?? []].flat().map((problem) => `${page.address}: ${problem}`);
      });
    }, { chosen, code: `(${examine})` });
  }

  return { address, blank, sweep, url, visit };
}
