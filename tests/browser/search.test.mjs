// Search finds any run of characters, typed in any script, in both editions.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { browsing } from './browser.mjs';
import { measures, sites } from './site.mjs';

const { address, blank, url, visit } = browsing();

const editions = ['hant', 'hans'];
const searchPage = (edition) => `/${edition}/search.html`;
const field = '#q';

/** Waits for the answer to what is in the field, and reads it. */
async function answer(page) {
  await page.waitForFunction(() => {
    const query = document.querySelector('#q').value;
    const kept = new URLSearchParams(location.search).get('q') ?? '';
    return (kept === query || query.length > 500 || location.protocol === 'file:') && !document.querySelector('[aria-busy]');
  });
  return page.evaluate(() => ({
    said: document.querySelector('#found').textContent,
    groups: Object.fromEntries([...document.querySelectorAll('#results section')].map((section) => [
      section.querySelector('h2').id.replace('found-', ''),
      [...section.querySelectorAll('li')].map((item) => ({
        number: item.querySelector('.number')?.textContent,
        title: item.querySelector('a > :last-child').textContent,
        link: item.querySelector('a').getAttribute('href'),
        marked: [...item.querySelectorAll('mark')].map((mark) => mark.textContent),
      })),
    ])),
  }));
}

async function ask(page, query) {
  await page.locator(field).fill(query);
  await page.waitForTimeout(120);
  return answer(page);
}

async function askAll(page, query) {
  await ask(page, query);
  while (await page.locator('.more').count()) {
    const before = await page.locator('#results li').count();
    await page.locator('.more').first().click();
    await page.waitForFunction((before) => document.querySelectorAll('#results li').length > before, before);
  }
  return answer(page);
}

const numbers = ({ groups }) => (groups.measure ?? []).map(({ number }) => number);
const inOrder = (list) => [...list].sort((a, b) => a.split('.')[0] - b.split('.')[0] || a.split('.')[1] - b.split('.')[1]);

// Query, the measures it must find and no other, and what else.
const queries = [
  ['金融科技', ['1.5']],
  ['自貿', ['1.1', '4.2', '9.4', '12.2']],
  ['自贸', ['1.1', '4.2', '9.4', '12.2']],
  ['湖北自贸試驗区', ['1.1', '4.2', '9.4', '12.2']],
  ['走出去', null],
  ['REIT', ['1.8']],
  ['reit', ['1.8']],
  ['ＲＥＩＴ', ['1.8']],
  ['（OFC', ['1.8']],
  ['10.2', ['10.2']],
  ['１０．２', ['10.2']],
  ['1.1', ['1.1']],
  // Across what a dictionary would cut into words.
  ['融科', ['1.5']],
  ['岸金', []],
  ['易所與湖', ['1.2']],
  ['易所与湖', ['1.2']],
  // Several terms, in any order, of text, label and number.
  ['香港交易所 上市', ['1.3']],
  ['上市　香港交易所', ['1.3']],
  ['1.3 上市', ['1.3']],
  ['鼓励湖北企业赴港上市', ['1.3']],
  ['碳中和', ['1.6']],
];

for (const edition of editions) {
  test(`queries find the same in ${edition}, whatever script they are typed in`, async (t) => {
    const page = await visit(t, searchPage(edition));
    for (const [query, expected] of queries) {
      const found = numbers(await askAll(page, query));
      const wanted = expected ?? measures.filter(({ text }) => text.includes(query)).map(({ number }) => number);
      assert(expected || wanted.length, query);
      assert.deepEqual(inOrder(found), inOrder(wanted), query);
    }
  });

  test(`every run of characters of a measure finds it in ${edition}`, async (t) => {
    const page = await visit(t, searchPage(edition));
    for (const { number, text } of measures.filter((_, index) => index % 7 === 0)) {
      for (const start of [0, 5, 11]) {
        const run = text.slice(start, start + 6);
        assert(numbers(await askAll(page, run)).includes(number), `${run} does not find ${number}`);
      }
    }
  });
}

test('both editions answer alike, each in its own script', async (t) => {
  const asked = ['合作', '湖北 香港', '知识产权', '試驗區', '2021'];
  const [hant, hans] = await Promise.all(editions.map(async (edition) => {
    const page = await visit(t, searchPage(edition));
    const found = [];
    for (const query of asked) found.push((await askAll(page, query)).groups);
    return found;
  }));
  const links = (groups) => Object.fromEntries(Object.entries(groups).map(([kind, items]) => [kind, items.map(({ link }) => link)]));
  hant.forEach((groups, i) => {
    assert.deepEqual(links(groups), links(hans[i]), asked[i]);
    assert(Object.keys(groups).length > 0, asked[i]);
  });
  assert(hant[3].measure.some(({ marked }) => marked.includes('試驗區')));
  assert(hans[3].measure.some(({ marked }) => marked.includes('试验区')));
});

test('labels come before texts, an exact number before all, and groups have counts', async (t) => {
  const page = await visit(t, searchPage('hans'));
  const { groups, said } = await askAll(page, '金融');
  assert.match(groups.measure[0].title, /金融/);
  const withTitle = groups.measure.map(({ title }) => title.includes('金融'));
  assert.deepEqual(withTitle, [...withTitle].sort((a, b) => b - a), 'titles first');
  // What is called just that comes before all.
  assert.deepEqual(groups.best.map(({ link }) => link), ['hubei-2021/finance.html']);
  assert.equal(Object.keys(groups)[0], 'best');
  const total = Object.values(groups).reduce((sum, items) => sum + items.length, 0);
  assert.equal(said, `找到 ${total} 项结果`);
  const shown = await page.locator('#found-measure .count').textContent();
  assert.equal(Number(shown), groups.measure.length);
  assert.equal((await ask(page, '1.10')).groups.measure, undefined);
});

test('whatever is called by the query comes first, whatever its kind', async (t) => {
  for (const [edition, queries] of [['hant', ['教育', '香港 交易所', '港交所', '“教育”']], ['hans', ['教育', '香港交易所', '港交所', '「教育」']]]) {
    const page = await visit(t, searchPage(edition));
    for (const query of queries) {
      const { groups } = await ask(page, query);
      const wanted = /教育/.test(query) ? 'hubei-2021/education.html' : 'entities/hkex.html';
      assert.equal(groups.best[0].link, wanted, query);
      // Labels before texts alone.
      const titled = (groups.measure ?? []).map(({ title }) => /教育|交易所/.test(title));
      assert.deepEqual(titled, [...titled].sort((a, b) => b - a), query);
    }
  }
});

test('a number means a number, however it is written', async (t) => {
  const page = await visit(t, searchPage('hant'));
  for (const query of ['1', '１', '一', '第一']) {
    const { groups } = await askAll(page, query);
    assert.equal(groups.best[0].link, 'hubei-2021/finance.html', query);
    assert.deepEqual(inOrder(numbers({ groups }).slice(0, 9)), measures.filter(({ number }) => number.startsWith('1.')).map(({ number }) => number), query);
  }
  for (const query of ['13', '第十三', '十三', '一三']) {
    const { groups } = await askAll(page, query);
    assert.equal(groups.best.length, 1, query);
    assert.deepEqual(inOrder(numbers({ groups }).slice(0, 3)), ['13.1', '13.2', '13.3'], query);
  }
  assert.equal((await ask(page, '第十三條')).groups.best, undefined);
});

test('quotation marks count for nothing, in the text or in the query', async (t) => {
  const page = await visit(t, searchPage('hans'));
  const plain = numbers(await askAll(page, '走出去'));
  assert(plain.length);
  for (const query of ['「走出去」', '“走出去”', '"走出去"', '『走出去』', '‘走出去']) {
    assert.deepEqual(inOrder(numbers(await askAll(page, query))), inOrder(plain), query);
  }
});

test('a word that is given for the search finds the name in the texts too', async (t) => {
  const page = await visit(t, searchPage('hans'));
  const { groups } = await askAll(page, '港交所 上市');
  assert.deepEqual(numbers({ groups }), ['1.3']);
  assert(groups.measure[0].marked.includes('香港交易所'));
  assert.doesNotMatch(await page.content(), /港交所<\/(a|p|li|span)>/, 'shown nowhere');
});

test('names are found by how they are read, in Mandarin and in Cantonese', async (t) => {
  for (const edition of editions) {
    const page = await visit(t, searchPage(edition));
    for (const query of ['jinrong', 'jr', 'JinRong', 'jin rong', "jin'rong", 'gamjung', 'gam1 jung4', 'gj', 'jinro']) {
      const { groups } = await askAll(page, query);
      assert(groups.area?.some(({ link }) => link === 'hubei-2021/finance.html'), `${query} in ${edition}`);
    }
    for (const query of ['xianggangjiaoyisuo', 'xgjys', 'hoenggonggaaujikso', 'hggjs']) {
      const { groups } = await askAll(page, query);
      assert(groups.entity?.some(({ link }) => link === 'entities/hkex.html'), `${query} in ${edition}`);
    }
    // What a text has is not taken for a sound.
    assert.deepEqual(Object.keys((await ask(page, 'reit')).groups), ['best', 'measure']);
    assert.deepEqual((await ask(page, 'zzzz')).groups, {});
  }
});

test('where nothing is found, what is near is offered', async (t) => {
  const page = await visit(t, searchPage('hans'));
  for (const [query, near] of [['香港交異所', '香港'], ['金融科際', '金融'], ['REITs', 'REIT'], ['知識產全', '知识']]) {
    const { groups } = await ask(page, query);
    assert.deepEqual(groups, {}, query);
    const words = await page.locator('.near a').allInnerTexts();
    assert(words.some((word) => word.startsWith(near)), `${query}: ${words}`);
  }
  await page.locator('.near a').first().click();
  await page.waitForURL('**/hans/search.html?q=*');
  assert(Object.keys((await answer(page)).groups).length > 0);
});

test('a result leads to the sentence, with the match in it marked', async (t) => {
  const page = await visit(t, searchPage('hans'));
  const { groups } = await ask(page, '碳排放權市場體系');
  assert.deepEqual(groups.measure[0].marked, ['碳排放权市场体系']);
  assert.equal(groups.measure[0].link, 'hubei-2021/finance/6.html#m1-6-s3');
  await page.locator('#results a').first().click();
  await page.waitForURL('**/hans/hubei-2021/finance/6.html#m1-6-s3');
  assert.match(await page.locator(':target').textContent(), /碳排放权市场体系/);
});

test('the query stays in the address, and the script toggle takes it along', async (t) => {
  const page = await visit(t, searchPage('hant'));
  await ask(page, '自贸');
  assert.equal(address(page), `/hant/search.html?q=${encodeURIComponent('自贸')}`);
  await page.reload();
  assert.equal(numbers(await answer(page)).length, 4);
  await page.locator('nav.scripts a[rel=alternate]').click();
  await page.waitForURL('**/hans/search.html?q=*');
  assert.equal(await page.inputValue(field), '自贸');
  assert.equal(numbers(await answer(page)).length, 4);
});

test('the field on every page leads to the results; on a phone, the way to the field', async (t) => {
  const page = await visit(t, '/hans/hubei-2021/finance/2.html');
  await page.locator('header input[type=search]').fill('金融 科技');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/hans/search.html?q=*');
  assert((await answer(page)).groups.measure.length > 0);
  const phone = await visit(t, '/hant/about.html', { width: 390 });
  assert((await phone.locator('header.site').boundingBox()).height <= 56);
  await phone.locator('header a.search').click();
  await phone.waitForURL('**/hant/search.html#q');
  assert.equal(await phone.evaluate(() => document.activeElement.id), 'q');
});

test('without JavaScript the page says so and offers the indexes', async (t) => {
  const page = await visit(t, searchPage('hant') + '?q=%E9%87%91', { javaScriptEnabled: false });
  assert.match(await page.locator('noscript').innerText(), /JavaScript/);
  // 13 areas, the full document, the entities and the matrix.
  assert.equal(await page.locator('#browse li a').count(), 16);
  await page.locator('#browse a', { hasText: '金融' }).click();
  await page.waitForURL('**/hant/hubei-2021/finance.html');
});

test('search works from disk', async (t) => {
  for (const edition of editions) {
    const page = await visit(t, pathToFileURL(join(sites[0].directory, searchPage(edition))).href);
    assert.deepEqual(numbers(await ask(page, '自贸')), ['1.1', '4.2', '9.4', '12.2']);
    await page.locator('#results a').first().click();
    await page.waitForURL('**/finance/1.html#m1-1-s1');
  }
});

test('from the field, Tab goes through the results in order; Escape clears', async (t) => {
  const page = await visit(t, searchPage('hant'));
  await page.locator(field).focus();
  await page.keyboard.type('reit');
  await page.waitForSelector('#results a');
  await answer(page);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.localName), 'button');
  const links = await page.locator('#results a').count();
  for (let index = 0; index < links; index++) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(() => [...document.querySelectorAll('#results a')].indexOf(document.activeElement));
    assert.equal(here, index);
  }
  await page.locator(field).focus();
  await page.keyboard.press('Escape');
  assert.equal(await page.inputValue(field), '');
  assert.deepEqual(await answer(page), { said: '', groups: {} });
  assert.equal(address(page), searchPage('hant'));
  await ask(page, '合作');
  const before = await page.locator('#found-measure + ol li').count();
  await page.locator('.more').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction((before) => document.activeElement === document.querySelectorAll('#found-measure + ol li a')[before], before);
});

test('while an input method composes, nothing is looked up', async (t) => {
  const page = await visit(t, searchPage('hans'));
  const client = await page.context().newCDPSession(page);
  await page.locator(field).focus();
  await client.send('Input.imeSetComposition', { text: 'jin', selectionStart: 3, selectionEnd: 3 });
  await page.waitForTimeout(300);
  assert.equal(address(page), searchPage('hans'));
  await client.send('Input.insertText', { text: '金融' });
  await page.waitForSelector('#results a');
  assert.equal(await page.inputValue(field), '金融');
});

test('odd queries raise no error and put nothing of theirs into the page', async (t) => {
  const errors = [];
  const page = await blank(t);
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => errors.push(message.text()));
  page.on('dialog', (dialog) => { errors.push('a dialog'); dialog.dismiss(); });
  const odd = [
    '', ' ', '\u3000', '\t\n', '，。、', '“”', '…', '(', '[', '\\', '*', '.', '$&', '%', '%E9', '&q=1', '#', '\u0000', '\u0001\u0007\u001b',
    '\u200b', '\ufeff', '\ufe0f', '\ud800', '金\u0000融', '𠮷', '👩‍👩‍👧', '__proto__', 'constructor', 'toString', '1e9', '-1', '0', '999.999',
    '<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', "'-alert(1)-'", '</mark>', '<b>金融</b>', '{{ 7*7 }}', 'javascript:alert(1)',
    '金'.repeat(10_000), '金融 '.repeat(5_000), '合作'.repeat(5_000), Array.from({ length: 3_000 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join(' '),
  ];
  for (const edition of editions) {
    await page.goto(url(searchPage(edition)));
    const elements = await page.locator('body :is(script, img, style, iframe)').count();
    for (const query of odd) {
      const { said } = await ask(page, query);
      assert.notEqual(said, await page.getAttribute('#results', 'data-failed'), query.slice(0, 40));
      assert.equal(await page.locator('body :is(script, img, style, iframe)').count(), elements, query.slice(0, 40));
      assert.equal(await page.locator('#results b').count(), 0);
    }
    for (const query of ['\u0000金', '<img src=x onerror=alert(1)>', '"><script>alert(1)</script>', '金'.repeat(400)]) {
      await page.goto(url(`${searchPage(edition)}?q=${encodeURIComponent(query)}`));
      await answer(page);
      assert.equal(await page.inputValue(field), query);
      assert.equal(await page.locator('body :is(script, img, style, iframe)').count(), elements, query);
    }
    await page.goto(url(`${searchPage(edition)}?q=%`));
    await page.goto(url(`${searchPage(edition)}?q=%E9%87&q=2`));
  }
  assert.deepEqual(errors, []);
});

test('no answer says what to do and offers the indexes again', async (t) => {
  const page = await visit(t, searchPage('hant'));
  await ask(page, '金融');
  assert(!await page.locator('#browse').isVisible());
  const { said, groups } = await ask(page, '查無此語');
  assert.deepEqual(groups, {});
  assert.match(said, /縮短/);
  assert(await page.locator('#browse').isVisible());
});

test('axe finds nothing on the search page, empty, with and without results', async (t) => {
  const engine = { path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') };
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [390, 1280]) {
      const page = await visit(t, searchPage('hant'), { prepare: engine, colorScheme, width });
      for (const query of ['', '合作', '1.8 REIT', '查無此語']) {
        await ask(page, query);
        const found = await page.evaluate(async () => {
          const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
          const { violations } = await axe.run({ runOnly: tags, resultTypes: ['violations'] });
          return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
        });
        assert.deepEqual(found, [], `${query} ${colorScheme} ${width}`);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert(overflow <= 0, `${query} at ${width} scrolls sideways`);
      }
    }
  }
});
