// Size, place and weight: what a reader's finger, window and connection meet.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browsing } from './browser.mjs';
import { hardCases, pages, specimens } from './site.mjs';

const { address, blank, url, visit } = browsing();

const area = '/hant/hubei-2021/finance.html';
// Short, so that its foot is in the first view too.
const measure = '/hant/hubei-2021/finance/1.html';
const withHeader = () => specimens().filter(({ kind }) => !['entry', 'not-found'].includes(kind));

/** Visits each page in one tab; returns what `examine` finds, by address. */
async function examineEach(page, chosen, examine) {
  const found = {};
  for (const { address } of chosen) {
    await page.goto(url(address));
    const problems = await examine(page, address);
    if (problems.length) found[address] = problems;
  }
  return found;
}

/** Links and controls under 24 px that have another within 24 px (WCAG 2.5.8). */
function crampedTargets() {
  const selector = 'a[href], button, summary, input, select, textarea';
  // An open panel lies over the page: each layer is a space of its own.
  const layer = document.querySelector('.contents [open], .side [open]') ?? document;
  const targets = [...layer.querySelectorAll(selector)].filter((element) => {
    const { bottom, width } = element.getBoundingClientRect();
    return element.checkVisibility({ visibilityProperty: true }) && width > 1 && bottom + scrollY > 0;
  });
  const inSentence = (element) => {
    const block = element.closest('p, li, dd, td');
    return getComputedStyle(element).display === 'inline' && block
      && block.textContent.trim().length > element.textContent.trim().length;
  };
  const box = (element) => element.getBoundingClientRect();
  const small = (element) => box(element).width < 23.99 || box(element).height < 23.99;
  const centre = (element) => [box(element).x + box(element).width / 2, box(element).y + box(element).height / 2];
  const near = (element, other) => {
    const [x, y] = centre(element);
    const [otherX, otherY] = centre(other);
    if (small(other) && Math.hypot(x - otherX, y - otherY) < 24) return true;
    const { left, right, top, bottom } = box(other);
    return Math.hypot(x - Math.max(left, Math.min(x, right)), y - Math.max(top, Math.min(y, bottom))) < 12;
  };
  return targets
    .filter((element) => small(element) && !inSentence(element))
    .filter((element) => targets.some((other) => other !== element && near(element, other)))
    .map((element) => `${box(element).width} × ${box(element).height}: ${element.outerHTML.slice(0, 120)}`);
}

for (const width of [390, 1280]) {
  test(`every target outside a sentence is 24 px or stands apart (${width} px)`, async (t) => {
    const page = await blank(t, { width });
    assert.deepEqual(await examineEach(page, [...specimens(), ...hardCases()], async () => {
      const closed = await page.evaluate(crampedTargets);
      await page.evaluate(() => document.querySelectorAll('main details').forEach((details) => { details.open = true; }));
      const unfolded = await page.evaluate(crampedTargets);
      const inPanels = [];
      for (const panel of ['.contents', '.side']) {
        await page.evaluate((panel) => {
          document.querySelectorAll('nav details').forEach((details) => { details.open = details.matches(`${panel} *`); });
        }, panel);
        inPanels.push(...await page.evaluate(crampedTargets));
      }
      return [...closed, ...unfolded, ...inPanels];
    }), {});
  });
}

test('on a phone without JavaScript every area is within reach of every page', async (t) => {
  const page = await blank(t, { width: 390, height: 844, hasTouch: true, javaScriptEnabled: false });
  const areas = pages.filter(({ base, edition, kind }) => base === '/' && edition === 'hant' && kind === 'area')
    .map(({ address }) => address);
  assert(areas.length > 1);
  assert.deepEqual(await examineEach(page, withHeader(), async () => {
    const bar = page.locator('nav.side summary');
    await (await bar.count() ? bar : page.locator('header summary')).tap();
    const offered = await page.locator('a:visible').evaluateAll((links) => links.map(({ pathname, hash }) => hash ? '' : pathname));
    const inFull = await page.locator('nav.side a[href^="#a"]:visible').count();
    return areas.filter((area, index) => !offered.includes(area) && index >= inFull);
  }), {});
  await page.goto(url(area));
  await page.locator('nav.side summary').tap();
  await page.locator('nav.side a:visible', { hasText: '旅遊' }).tap();
  await page.waitForURL(url('/hant/hubei-2021/tourism.html'));
});

test('the last area of the contents can be scrolled to on a phone', async (t) => {
  const page = await visit(t, area, { width: 390, height: 500 });
  await page.locator('nav.side summary').click();
  const last = page.locator('nav.side details a').last();
  await last.scrollIntoViewIfNeeded();
  const { y, height } = await last.boundingBox();
  assert(y > 0 && y + height <= 500, `it ends at ${y + height} px of 500`);
});

test('on a phone what sticks to the top takes no more than 56 px', async (t) => {
  const page = await blank(t, { width: 390, height: 844 });
  assert.deepEqual(await examineEach(page, [...specimens(), ...hardCases()], async () => {
    await page.evaluate(() => scrollTo(0, 400));
    return page.evaluate(() => [...document.querySelectorAll('body *')].filter((element) => {
      const { top, bottom, height } = element.getBoundingClientRect();
      const sticks = ['sticky', 'fixed'].includes(getComputedStyle(element).position) && element.checkVisibility();
      return sticks && top < 56 && bottom > 0 && height > 56;
    }).map((element) => `${element.getBoundingClientRect().height} px: <${element.localName} class="${element.className}">`));
  }), {});
  await page.goto(url(area));
  assert.deepEqual(await page.evaluate(() => {
    scrollTo(0, 400);
    return ['.scripts', '.side summary'].map((part) => document.querySelector(part).getBoundingClientRect().top);
  }), [0, 0], 'where one is and the choice of script stay in view');
});

test('no page scrolls sideways at 320 px, which is 1280 px at 400 %, folded or unfolded', async (t) => {
  const page = await blank(t, { width: 320, height: 256 });
  const chosen = [{ edition: 'hant' }, { edition: 'hans' }]
    .flatMap(({ edition }) => [...specimens({ edition }), ...specimens({ base: '/pages/fixture/', edition })]);
  const overflow = () => page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    // Nor may a box inside the page, except what WCAG lets scroll: code and tables.
    const boxes = [...document.querySelectorAll('body :not(pre, code, table)')].filter((element) =>
      element.checkVisibility() && element.scrollWidth > element.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(element).overflowX));
    return [
      ...(scrollWidth > clientWidth ? [`${scrollWidth} px wide`] : []),
      ...boxes.map(({ localName, className }) => `<${localName} class="${className}"> scrolls sideways`),
    ];
  });
  assert.deepEqual(await examineEach(page, chosen, async () => {
    const folded = await overflow();
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
    return [...folded, ...await overflow()];
  }), {});
});

test('nothing moves for a reader who asks for reduced motion', async (t) => {
  const page = await blank(t, { reducedMotion: 'reduce' });
  assert.deepEqual(await examineEach(page, specimens(), () => page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((element) => [null, '::before', '::after'].flatMap((part) => {
      const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(element, part);
      const still = /^(0s(, )?)+$/.test(transitionDuration) && animationName === 'none' && scrollBehavior === 'auto';
      return still ? [] : `${element.localName}${part ?? ''} moves`;
    })))), {});
});

test('in forced colours the current script, the focus and the target are told by more than colour', async (t) => {
  const page = await visit(t, area + '#m1-2-s1', { forcedColors: 'active' });
  const shape = (selector) => page.locator(selector).evaluate((element) => {
    const { fontWeight, textDecorationLine, borderBottomStyle, outlineStyle } = getComputedStyle(element);
    return { fontWeight, textDecorationLine, borderBottomStyle, outlineStyle };
  });
  assert.notDeepEqual(await shape('nav a[aria-current="true"][hreflang]'), await shape('nav a[rel~="alternate"]'));
  assert.notDeepEqual(await shape('#m1-2-s1'), await shape('#m1-1-s1'));
  await page.keyboard.press('Tab');
  assert.notEqual((await shape(':focus')).outlineStyle, 'none');
});

for (const width of [390, 1280]) {
  test(`nothing shifts while a page loads, even when scripts come late (${width} px)`, async (t) => {
    const page = await blank(t, {
      width,
      prepare: () => {
        window.shifts = [];
        const keep = (entries) => window.shifts.push(...entries.map(({ value, sources }) =>
          `${value.toFixed(4)} by ${sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.textContent)}`));
        const observer = new PerformanceObserver((list) => keep(list.getEntries()));
        observer.observe({ type: 'layout-shift', buffered: true });
        window.lateShifts = () => { keep(observer.takeRecords()); return window.shifts; };
      },
    });
    const found = {};
    for (const at of ['/hant/index.html', '/hant/hubei-2021/index.html', area, measure]) {
      let release;
      const painted = new Promise((resolve) => { release = resolve; });
      // All but the one that nothing is painted before.
      await page.route(/\/assets\/(?!display\.js).*\.js$/, async (route) => { await painted; await route.continue(); });
      await page.goto(url(at), { waitUntil: 'commit' });
      await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length);
      release();
      await page.waitForLoadState('load');
      await page.evaluate(() => new Promise((frame) => requestAnimationFrame(() => requestAnimationFrame(frame))));
      const shifts = await page.evaluate(() => window.lateShifts());
      if (shifts.length) found[address(page)] = shifts;
      await page.unrouteAll({ behavior: 'wait' });
    }
    assert.deepEqual(found, {});
  });
}

test('the styles and scripts that a page loads weigh less than 45 KB, on every page kind', async (t) => {
  const page = await blank(t);
  const heavy = {};
  const kinds = new Set();
  let parts;
  page.on('response', (response) => { if (/\.(css|js)$/.test(new URL(response.url()).pathname)) parts.push(response); });
  for (const { address, kind } of ['/', '/pages/fixture/', '/river/', '/versions/'].flatMap((base) => specimens({ base }))) {
    parts = [];
    await page.goto(url(address));
    // What is in data files is content, whatever they end in.
    const own = parts.filter((part) => part.url().includes('/assets/'));
    const weights = await Promise.all(own.map(async (part) => (await part.body()).length));
    assert(kind === 'moved' || weights.length >= 3, `${address}: styles and scripts are counted`);
    const weight = weights.reduce((sum, one) => sum + one, 0);
    if (weight >= 45_000) heavy[address] = weight;
    kinds.add(kind);
  }
  assert.deepEqual(heavy, {});
  assert(kinds.size >= 16, [...kinds].join(' '));
});

test('an area page weighs less than 30 KB', async (t) => {
  const page = await visit(t, area);
  assert(Buffer.byteLength(await page.content()) < 30_000);
});
