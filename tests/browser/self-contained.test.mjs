// A page asks for nothing but the site's own files and runs nothing inline.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browsing } from './browser.mjs';
import { archived, data, pages, sites, specimens } from './site.mjs';

const { blank, sweep, url } = browsing();

test('no built page holds an inline script, a style element or attribute, or an event attribute', async (t) => {
  assert.deepEqual(await sweep(t, (document) => [...document.querySelectorAll('*')].flatMap((element) => {
    const data = element.type === 'application/ld+json';
    if (element.matches('script:not([src])') && !data) return 'an inline script';
    if (element.matches('script[type="module"]')) return 'a module, which does not run from disk';
    if (element.localName === 'style') return 'a style element';
    return element.getAttributeNames()
      .filter((name) => name === 'style' || name.startsWith('on') || /^javascript:/i.test(element.getAttribute(name)))
      .map((name) => `${name} on ${element.localName}`);
  })), []);
});

test('no built page names a file of another host', async (t) => {
  assert.deepEqual(await sweep(t, (document) => [
    ...document.querySelectorAll('[src], [srcset], [poster], link[rel~="icon"], link[rel~="stylesheet"], link[rel~="preload"], link[rel~="preconnect"], link[rel~="manifest"]'),
  ].map((element) => element.getAttribute('src') ?? element.getAttribute('href') ?? element.outerHTML)
    .filter((address) => /^(\w+:|\/\/)/.test(address))), []);
});

test('every link within the site leads to a page and an id that exist', async (t) => {
  const page = await blank(t);
  const broken = await page.evaluate(({ archived, data, pages, bases }) => {
    const parsed = new Map(pages.map(({ address, html }) => [address, new DOMParser().parseFromString(html, 'text/html')]));
    return [...parsed].flatMap(([address, document]) => [...document.querySelectorAll('a[href]')].filter((link) => {
      const to = new URL(link.getAttribute('href'), 'http://site' + address);
      if (to.host !== 'site') return false;
      if ([archived, data].some((files) => files.includes(to.pathname)) && !to.hash) return false;
      const target = parsed.get(to.pathname);
      // Links inside a site may not climb out of its base path.
      const base = bases.find((base) => address.startsWith(base));
      return !target || !to.pathname.startsWith(base) || (to.hash && !target.getElementById(decodeURIComponent(to.hash.slice(1))));
    }).map((link) => `${address}: ${link.outerHTML}`));
  }, { archived, data, pages, bases: sites.map(({ base }) => base).sort((a, b) => b.length - a.length) });
  assert.deepEqual(broken, []);
});

test('under a strict policy no page kind breaks it, writes to the console or makes a failed or foreign request', async (t) => {
  const trouble = [];
  let current;
  const note = (what) => trouble.push(`${current}: ${what}`);
  const page = await blank(t);
  await page.exposeFunction('refused', (what) => note(`the policy refused ${what}`));
  await page.addInitScript(() => addEventListener('securitypolicyviolation', (event) => {
    window.refused(`${event.violatedDirective} ${event.blockedURI}`);
  }));
  page.on('console', (message) => note(`console: ${message.text()}`));
  page.on('pageerror', (error) => note(`error: ${error.message}`));
  page.on('requestfailed', (request) => {
    // An icon still under way is dropped when the next page is asked for.
    const { errorText } = request.failure();
    if (errorText !== 'net::ERR_ABORTED') note(`${errorText}: ${request.url()}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(url('/'))) note(`foreign: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) note(`${response.status()}: ${response.url()}`);
  });
  const chosen = sites.flatMap(({ base }) => ['hant', 'hans'].flatMap((edition) => specimens({ base, edition })));
  for (const { address } of chosen) {
    current = address;
    const response = await page.goto(url(address));
    if (response.headers()['content-security-policy'] !== "default-src 'self'") note('it came without the policy');
  }
  assert.deepEqual(trouble, []);
});

for (const { base } of sites) {
  test(`a missing page below ${base} answers 404 with a page whose links and files work from any depth`, async (t) => {
    const page = await blank(t);
    const failed = [];
    page.on('response', (response) => response.status() >= 400 && failed.push(response.url()));
    const missing = url(`${base}hant/no/such/page.html`);
    const response = await page.goto(missing);
    assert.equal(response.status(), 404);
    assert.deepEqual(failed, [missing]);
    assert.equal((await page.locator('main section[lang]').all()).length, 2);
    // That of the address's own edition is shown.
    await page.locator('main a[hreflang="zh-Hant-HK"]').click();
    await page.waitForURL(url(`${base}hant/index.html`));
  });
}
