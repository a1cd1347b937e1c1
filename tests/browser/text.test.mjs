// The record's words: verbatim, alike in both editions, in their script's face.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browsing } from './browser.mjs';
import { counterpart, measures, pages } from './site.mjs';

const { sweep, visit } = browsing();

const area = '/hant/hubei-2021/finance.html';
const measure = '/hant/hubei-2021/finance/2.html';
const editions = [['hant', /\b(HK|HC)$/], ['hans', /\b(SC|CN)$/]];
const inEdition = (edition, at) => (edition === 'hant' ? at : counterpart(at));

test('area, measure and full pages hold each measure’s text as its content file does', async (t) => {
  const wanted = measures.flatMap(({ areaPage, page, ...measure }) =>
    [areaPage, page, 'hubei-2021/full.html'].map((name) => ({ ...measure, address: '/hant/' + name })));
  assert(measures.length > 0);
  const chosen = pages.map((page) => ({ ...page, wanted: wanted.filter(({ address }) => address === page.address) }));
  assert.equal(chosen.flatMap((page) => page.wanted).length, wanted.length, 'every page is there');
  assert.deepEqual(await sweep(t, (document, page) => page.wanted
    .filter(({ id, text }) => document.querySelector(`[id="${id}"] p.text`)?.textContent !== text)
    .map(({ number }) => `the text of ${number} differs`), chosen), []);
});

test('both editions have the same pages with the same ids, elements and links', async (t) => {
  const partner = new Map(pages.map((page) => [page.address, page.html]));
  const chosen = pages.filter(({ edition }) => edition === 'hant')
    .map((page) => ({ ...page, at: counterpart(page.address), other: partner.get(counterpart(page.address)) ?? '' }));
  assert.equal(chosen.length * 2, pages.filter(({ edition }) => edition).length);
  assert.deepEqual(await sweep(t, (document, { address, at, other }) => {
    // A link within the edition and one to the other lead to the same by different ways.
    const outline = (document, base) => [...document.body.querySelectorAll('*')].map((element) => {
      const link = element.getAttribute('href');
      // A message begins in the words of the page's edition.
      if (link?.startsWith('mailto:')) return `${element.localName} mailto`;
      const href = link && new URL(link, `https://site.example${base}`).href.replace(/\/(hant|hans)\//, '/');
      return [element.localName, element.id, href].filter(Boolean).join(' ');
    });
    // Each script has its own order of names, so there the same things stand in
    // another order.
    const names = ['entities', 'matrix'].some((kind) => document.body.classList.contains(`kind-${kind}`));
    const ids = (document) => [...document.querySelectorAll('[id]')].map(({ id }) => id).join(' ');
    const counterpart = new DOMParser().parseFromString(other, 'text/html');
    if (ids(document) !== ids(counterpart)) return 'the ids differ';
    const [ours, theirs] = [outline(document, address), outline(counterpart, at)]
      .map((elements) => (names ? elements.sort() : elements));
    const first = ours.findIndex((element, index) => element !== theirs[index]);
    if (first >= 0 || ours.length !== theirs.length) return `<${ours[first]}> stands against <${theirs[first]}>`;
  }, chosen), []);
});

/** The faces the browser really draws an element's own text with. */
async function faces(page, selector) {
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
  return fonts.map(({ familyName }) => familyName);
}

for (const [edition, face] of editions) {
  test(`the ${edition} edition is set in its own script’s faces, figures and Latin included`, async (t) => {
    for (const [at, selectors] of [
      [area, ['h1', '#m1-8 .text', 'header summary', 'footer p', '#m1-1 a']],
      ['/hant/hubei-2021/index.html', ['h1', '#preamble + *', 'main dd']],
    ]) {
      const page = await visit(t, inEdition(edition, at));
      for (const selector of selectors) {
        const [first] = await page.locator(selector).first()
          .evaluate((element) => getComputedStyle(element).fontFamily.replaceAll('"', '').split(/,\s*/));
        assert.match(first, /\b(HK|HC|TC|SC|CN)\b/, `${selector}: ${first} comes first`);
        for (const used of await faces(page, selector)) assert.match(used, face, selector);
      }
    }
  });

  test(`words in the other script are set in that script’s faces (${edition})`, async (t) => {
    const page = await visit(t, inEdition(edition, area));
    const [, otherFace] = editions.find(([other]) => other !== edition);
    const used = await faces(page, 'nav a[rel~="alternate"]');
    assert(used.length && used.every((name) => otherFace.test(name)), String(used));
  });

  test(`“ and ” are full-width in the ${edition} edition`, async (t) => {
    const page = await visit(t, inEdition(edition, measure));
    const widths = await page.evaluate(() => {
      const text = document.querySelector('#m1-2 .text');
      const size = parseFloat(getComputedStyle(text).fontSize);
      const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
      const widths = [];
      while (walker.nextNode()) {
        for (const { index } of walker.currentNode.data.matchAll(/[“”]/g)) {
          const range = document.createRange();
          range.setStart(walker.currentNode, index);
          range.setEnd(walker.currentNode, index + 1);
          widths.push(range.getBoundingClientRect().width / size);
        }
      }
      return widths;
    });
    assert.equal(widths.length, 2, 'the text quotes one phrase');
    // Justified lines and a little hanging room leave no exact figure.
    for (const width of widths) assert(width > 0.9 && width < 1.2, `${width} em wide`);
  });
}

for (const colorScheme of ['light', 'dark']) {
  test(`a sentence that is the target stands out, clear of the header (${colorScheme})`, async (t) => {
    for (const at of [measure, area, counterpart(measure), counterpart(area)]) {
      const page = await visit(t, at, { colorScheme });
      const sentence = page.locator('[id="m1-2-s1"]');
      const background = () => sentence.evaluate((element) => getComputedStyle(element).backgroundColor);
      const before = await background();
      await page.goto(page.url() + '#m1-2-s1');
      assert.notEqual(await background(), before, at);
      const [top, bar] = await sentence.evaluate((element) => [
        element.getBoundingClientRect().top, document.querySelector('header').getBoundingClientRect().bottom,
      ]);
      assert(top >= bar && top < 800, `${at}: it stands at ${top} px`);
      await page.context().close();
    }
  });
}
