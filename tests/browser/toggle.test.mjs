// The script toggle's contract, point by point.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browsing } from './browser.mjs';
import { counterpart, sites, specimens } from './site.mjs';

const { address, blank, sweep, url, visit } = browsing();

const area = '/hant/hubei-2021/finance.html';
const languages = { hant: 'zh-Hant-HK', hans: 'zh-Hans-CN' };
const entry = '/index.html';

const toggle = (page) => page.locator('nav a[rel~="alternate"][hreflang]');

async function follow(page, act = () => toggle(page).click()) {
  const from = page.url();
  await act();
  await page.waitForURL((to) => to.pathname !== new URL(from).pathname);
}

const choose = (page, lang) => page.evaluate((lang) => localStorage.setItem('tongwen-script', lang), lang);

/** The browser's languages alone; `locale` would also be one, but only one. */
const speaking = (tags) => ({
  content: `Object.defineProperty(navigator, 'languages', { get: () => ${JSON.stringify(tags)} });`,
});

/** An edition's home has loaded, whichever way it was reached. */
const settled = (page) => page.waitForFunction(() =>
  document.readyState === 'complete' && location.pathname.endsWith('index.html'));

for (const javaScriptEnabled of [true, false]) {
  const condition = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript';

  test(`the toggle leads to the same page in the other script, ${condition}`, async (t) => {
    const page = await blank(t, { javaScriptEnabled });
    for (const specimen of specimens().filter((page) => page.edition)) {
      await page.goto(url(specimen.address));
      for (const [lang, there] of [[languages.hans, counterpart(specimen.address)], [languages.hant, specimen.address]]) {
        await follow(page);
        assert.equal(address(page), there);
        assert.equal(await page.getAttribute('html', 'lang'), lang);
      }
    }
  });

  test(`each measure's own tools lead to the same measure in the other script, ${condition}`, async (t) => {
    const page = await visit(t, area, { javaScriptEnabled });
    await follow(page, () => page.locator('#m1-4 a[hreflang="zh-Hans-CN"]').click());
    assert.equal(address(page), counterpart(area) + '#m1-4');
  });

  test(`the toggle works from disk, ${condition}`, async (t) => {
    const file = pathToFileURL(join(sites[0].directory, area)).href;
    const page = await visit(t, file, { javaScriptEnabled });
    if (javaScriptEnabled) await page.locator('#m1-5').evaluate((measure) => measure.scrollIntoView());
    await follow(page);
    assert.equal(page.url(), counterpart(file) + (javaScriptEnabled ? '#m1-5' : ''));
  });
}

test('every page of an edition links its counterpart once and marks its own script', async (t) => {
  assert.deepEqual(await sweep(t, (document, { edition, name }) => {
    if (!edition) return;
    const here = new URL(name, 'http://site/');
    const at = (link) => new URL(link.getAttribute('href'), here).pathname;
    const there = here.pathname.replace(/^\/(hant|hans)/, edition === 'hant' ? '/hans' : '/hant');
    const [lang, otherLang] = edition === 'hant' ? ['zh-Hant-HK', 'zh-Hans-CN'] : ['zh-Hans-CN', 'zh-Hant-HK'];
    const alternates = [...document.querySelectorAll('nav a[rel~="alternate"]')];
    const currents = [...document.querySelectorAll('nav a[hreflang][aria-current="true"]')];
    if (document.documentElement.lang !== lang) return `its lang is ${document.documentElement.lang}`;
    if (alternates.length !== 1 || currents.length !== 1) return 'it has not just one link to each script';
    const [alternate, current] = [alternates[0], currents[0]];
    if (at(alternate) !== there) return `its counterpart is said to be ${at(alternate)}`;
    if (alternate.lang !== otherLang || alternate.hreflang !== otherLang) return 'the link has another language';
    if (at(current) !== here.pathname || current.hreflang !== lang) return 'the current script is not this page';
  }), []);
});

test('every measure on an area page links the same id in the other script', async (t) => {
  assert.deepEqual(await sweep(t, (document, { kind, name }) => {
    if (kind !== 'area') return;
    const there = name.replace(/^\w+/, (edition) => (edition === 'hant' ? 'hans' : 'hant'));
    return [...document.querySelectorAll('.measure[id]')].map((measure) => {
      const links = [...measure.querySelectorAll('a[hreflang]')];
      const target = links.length === 1 && new URL(links[0].getAttribute('href'), 'http://site/' + name);
      if (!target || target.pathname + target.hash !== `/${there}#${measure.id}`) return `${measure.id} does not`;
    }).filter(Boolean);
  }), []);
});

test('canonical is the page itself; the alternates are both editions and the default', async (t) => {
  assert.deepEqual(await sweep(t, (document, { edition, kind, name, base }) => {
    const links = (selector) => [...document.querySelectorAll(`head ${selector}`)];
    if (kind === 'not-found') return links('link[rel="canonical"], link[hreflang]').length ? 'it has some' : [];
    const site = 'https://example.org' + base;
    const self = site + name.replace(/(^|\/)index\.html$/, '$1');
    const wanted = edition
      ? { 'zh-Hant-HK': self.replace('/hans/', '/hant/'), 'zh-Hans-CN': self.replace('/hant/', '/hans/') }
      : { 'zh-Hant-HK': site + 'hant/', 'zh-Hans-CN': site + 'hans/' };
    // The neutral entry stands for both editions' homes.
    wanted['x-default'] = kind === 'entry' || kind === 'home' ? site : wanted['zh-Hant-HK'];
    const found = Object.fromEntries(links('link[rel="alternate"][hreflang]').map((link) => [link.hreflang, link.href]));
    const canonical = links('link[rel="canonical"]').map((link) => link.href);
    if (canonical.join() !== self) return `canonical is ${canonical}`;
    const order = (record) => JSON.stringify(Object.entries(record).sort());
    if (order(found) !== order(wanted)) return `alternates are ${order(found)}, not ${order(wanted)}`;
  }), []);
});

test('a converted page says so and links the source; only the source edition claims to be verified', async (t) => {
  assert.deepEqual(await sweep(t, (document, { edition, kind, name, base }) => {
    if (base !== '/' || !['area', 'measure', 'memorandum', 'full', 'page'].includes(kind)) return;
    const wording = document.body.textContent;
    const verified = kind !== 'page' && /逐字核[對对]/.test(wording);
    if (edition === 'hant') return verified || kind === 'page' ? [] : 'does not say that it is verified';
    if (verified) return 'claims to be verified';
    const link = document.querySelector('main a[hreflang="zh-Hant-HK"]');
    // An explainer page has no signed version that it could be taken for.
    const said = kind === 'page' ? /转换/ : /转换.*并非签署/;
    if (!said.test(link?.parentElement.textContent)) return 'does not say that it is converted';
    const source = new URL(link.getAttribute('href'), 'http://site/' + name);
    if (source.pathname !== '/' + name.replace('hans/', 'hant/')) return `its source is said to be ${source}`;
  }), []);
});

test('the toggle keeps the fragment while its sentence is in view', async (t) => {
  const page = await visit(t, area + '#m1-6-s2');
  await follow(page);
  assert.equal(address(page), counterpart(area) + '#m1-6-s2');
});

for (const width of [390, 1280]) {
  for (const from of [area, '/hans/hubei-2021/full.html']) {
    test(`the toggle keeps the measure in view, there and back (${from} at ${width} px)`, async (t) => {
      const page = await visit(t, from + '#m1-1', { width });
      await page.locator('#m1-5').evaluate((measure) => measure.scrollIntoView());
      await follow(page);
      assert.equal(address(page), counterpart(from) + '#m1-5');
      const top = await page.locator('#m1-5').evaluate((measure) => measure.getBoundingClientRect().top);
      assert(top >= 0 && top < 400, `the measure stands at ${top} px`);
      await follow(page);
      assert.equal(address(page), from + '#m1-5');
    });
  }
}

test('the toggle adds no fragment at the head of a page', async (t) => {
  const page = await visit(t, area);
  await follow(page);
  assert.equal(address(page), counterpart(area));
});

test('the toggle keeps the query, with the fragment after it', async (t) => {
  const query = '?q=%E9%87%91%E8%9E%8D&kind=area';
  const page = await visit(t, `${area}${query}#m1-3`);
  await follow(page);
  assert.equal(address(page), `${counterpart(area)}${query}#m1-3`);
});

test('the toggle keeps the place by keyboard too', async (t) => {
  const page = await visit(t, area + '#m1-7');
  await follow(page, async () => {
    await toggle(page).focus();
    await page.keyboard.press('Enter');
  });
  assert.equal(address(page), counterpart(area) + '#m1-7');
});

test('a choice by the toggle is remembered and applied at the entry, in either direction', async (t) => {
  const page = await visit(t, area, { locale: 'zh-HK' });
  for (const edition of ['hans', 'hant']) {
    await follow(page);
    assert.equal(await page.evaluate(() => localStorage.getItem('tongwen-script')), languages[edition]);
    const chosen = page.url();
    for (const at of [entry, '/']) {
      await page.goto(url(at));
      await page.waitForURL(url(`/${edition}/index.html`));
    }
    await page.goto(chosen);
  }
});

test('a choice made at the entry itself is remembered', async (t) => {
  const page = await visit(t, entry);
  await follow(page, () => page.locator('a[hreflang="zh-Hans-CN"]').click());
  await page.goto(url(entry));
  await page.waitForURL(url('/hans/index.html'));
});

test('a choice is applied at the entry from disk', async (t) => {
  const at = (name) => pathToFileURL(join(sites[0].directory, name)).href;
  const page = await visit(t, at(area));
  await follow(page);
  await page.goto(at(entry));
  await page.waitForURL(at('/hans/index.html'));
});

test('a deep link is never redirected, whatever the choice and the languages', async (t) => {
  for (const [edition, other] of [['hant', 'hans'], ['hans', 'hant']]) {
    const page = await visit(t, '/robots.txt', { locale: other === 'hans' ? 'zh-CN' : 'zh-HK' });
    await choose(page, languages[other]);
    for (const specimen of specimens({ edition }).filter(({ kind }) => kind !== 'entry')) {
      await page.goto(url(specimen.address), { waitUntil: 'load' });
      assert.equal(address(page), specimen.address);
      assert.equal(await page.evaluate(() => navigation.entries().at(-1).url), page.url());
    }
  }
});

const outcomes = [
  [['zh-CN'], 'hans'], [['zh-HK'], 'hant'], [['zh-TW'], 'hant'], [['zh-MO'], 'hant'], [['zh-SG'], 'hans'],
  [['zh'], 'hans'], [['zh-Hant'], 'hant'], [['zh-Hans-HK'], 'hans'], [['en-HK', 'zh-HK', 'zh-CN'], 'hant'],
];
for (const [tags, edition] of outcomes) {
  test(`the entry sends a browser that reads ${tags.join(', ')} to ${edition}, query and fragment kept`, async (t) => {
    const page = await visit(t, entry + '?from=letter#areas', { prepare: speaking(tags) });
    await page.waitForURL(url(`/${edition}/index.html?from=letter#areas`));
  });
}

test('a saved choice goes before the browser’s languages', async (t) => {
  const page = await visit(t, '/robots.txt', { locale: 'zh-CN' });
  await choose(page, languages.hant);
  await page.goto(url(entry));
  await page.waitForURL(url('/hant/index.html'));
});

test('the entry offers both scripts to a reader without choice or a zh language', async (t) => {
  const page = await visit(t, entry, { prepare: speaking(['en-GB', 'ja']) });
  assert.equal(address(page), entry);
  assert.deepEqual(
    await page.locator('main a[hreflang]').evaluateAll((links) => links.map((link) => [link.hreflang, link.pathname])),
    [['zh-Hant-HK', '/hant/index.html'], ['zh-Hans-CN', '/hans/index.html']],
  );
});

test('the entry offers both scripts without JavaScript', async (t) => {
  const page = await visit(t, entry, { locale: 'zh-CN', javaScriptEnabled: false });
  assert.equal(address(page), entry);
  await follow(page, () => page.locator('main a[hreflang="zh-Hant-HK"]').click());
  assert.equal(address(page), '/hant/index.html');
});

test('the entry is replaced in the history, so that Back leaves it', async (t) => {
  const page = await visit(t, area, { locale: 'zh-CN' });
  const before = await page.evaluate(() => history.length);
  // As by a link: `goto` alone would let the browser drop the entry by itself.
  await page.evaluate(() => {
    const link = document.body.appendChild(document.createElement('a'));
    link.href = '/index.html';
    link.textContent = 'entry';
    link.id = 'to-entry';
  });
  await page.click('#to-entry');
  await page.waitForURL(url('/hans/index.html'));
  await settled(page);
  assert.equal(await page.evaluate(() => history.length), before + 1);
  await page.goBack();
  assert.equal(address(page), area);
});

test('where storage is refused the toggle and the entry still work, without an error', async (t) => {
  const page = await blank(t, {
    locale: 'zh-HK',
    prepare: () => Object.defineProperty(window, 'localStorage', {
      get() { throw new DOMException('refused', 'SecurityError'); },
    }),
  });
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(url(area + '#m1-2'));
  await follow(page);
  assert.equal(address(page), counterpart(area) + '#m1-2');
  await page.goto(url(entry));
  await page.waitForURL(url('/hant/index.html'));
  assert.deepEqual(errors, []);
});

for (const [reducedMotion, moves] of [['no-preference', true], ['reduce', false]]) {
  test(`the change of script ${moves ? 'is' : 'is not'} a view transition at reduced motion ${reducedMotion}`, async (t) => {
    // Asked of the page that is left: the one that is reached may drop the
    // transition when the machine is slow.
    const page = await visit(t, area, {
      reducedMotion,
      prepare: () => addEventListener('pageswap', (event) => {
        sessionStorage.setItem('moved', String(Boolean(event.viewTransition)));
      }),
    });
    await follow(page);
    assert.equal(await page.evaluate(() => sessionStorage.getItem('moved')), String(moves));
  });
}
