// A large site's index finds what looking through all its texts finds.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';
import { serve } from './server.mjs';
import { root } from './site.mjs';

const folder = join(root, 'target/browser/large');
const site = join(folder, 'public');
// Longer than what the index keeps together, with words where its parts meet.
const filler = '標誌'.repeat(600);
const long = `+++\ntitle = "長文"\n+++\n\n${filler}罕見甲乙丙${filler}罕見丁戊己${filler}\n`;

let browser, server, measures;
before(async () => {
  rmSync(folder, { recursive: true, force: true });
  const cargo = (...more) => execFileSync('cargo', ['run', '--quiet', '--manifest-path', join(root, 'Cargo.toml'), ...more]);
  cargo('--example', 'generate', '--', folder, '1500');
  mkdirSync(join(folder, 'content/pages'), { recursive: true });
  writeFileSync(join(folder, 'content/pages/long.md'), long);
  const build = ['--root', folder, 'build', '--out', site];
  if (process.env.TONGWEN) execFileSync(process.env.TONGWEN, build);
  else cargo('--', ...build);
  measures = readdirSync(join(folder, 'content'), { recursive: true })
    .filter((name) => /\d\d-[a-z-]+\.toml$/.test(name))
    .flatMap((name) => readFileSync(join(folder, 'content', name), 'utf8').split('[[measures]]').slice(1))
    .map((item) => ({
      number: /^number = "(.*)"$/m.exec(item)[1],
      words: `${/^label = "(.*)"$/m.exec(item)[1]}\n${/^text = "(.*)"$/m.exec(item)[1]}`,
    }));
  [browser, server] = await Promise.all([launch(), serve([{ base: '/', directory: site }])]);
});
after(async () => {
  await browser.close();
  server.close();
});

async function open(t, edition, width = 1280) {
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(`${server.origin}/${edition}/search.html`);
  return page;
}

async function ask(page, query) {
  await page.locator('#q').fill(query);
  await page.locator('#q').press('Enter');
  await page.waitForFunction(() => !document.querySelector('[aria-busy]'));
  return page.evaluate(() => ({
    measures: Number(document.querySelector('#found-measure .count')?.textContent ?? 0),
    inexact: document.querySelector('#found').textContent.startsWith('至多'),
    shown: [...document.querySelectorAll('#found-measure + ol li')].map((item) => item.textContent),
    kinds: [...document.querySelectorAll('#results h2')].map((heading) => heading.id.replace('found-', '')),
    titles: [...document.querySelectorAll('#found-best + ol a, #found-area + ol a')].map((link) => link.lastChild.textContent),
    links: [...document.querySelectorAll('#results a')].map((link) => link.getAttribute('href')),
    marks: [...document.querySelectorAll('#results mark')].map((mark) => mark.textContent),
  }));
}

const fold = (text) => text.toLowerCase();
const holding = (...terms) => measures.filter(({ words }) => terms.every((term) => fold(words).includes(fold(term))));

// What is typed, and the terms it means in the texts' own script.
const queries = [
  ['湖', '湖'], ['。', '。'], ['合作', '合作'], ['香港', '香港'], ['自貿', '自貿'], ['自贸', '自貿'], ['reit', 'REIT'],
  ['金融科技', '金融科技'], ['融科技企', '融科技企'], ['自贸试验区', '自貿試驗區'], ['中醫藥', '中醫藥'], ['中医药', '中醫藥'],
  ['香港 合作', '香港', '合作'], ['合作　湖北 金融', '合作', '湖北', '金融'], ['湖 金融科技', '湖', '金融科技'],
  ['鼓勵湖北企業利用香港資本市場', '鼓勵湖北企業利用香港資本市場'], ['查無此語', '查無此語'], ['霾', '霾'],
];

for (const edition of ['hant', 'hans']) {
  test(`lists and texts agree on ${queries.length} queries in ${edition}`, async (t) => {
    const page = await open(t, edition);
    assert.equal(await page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/search/')).length), 0, 'nothing is fetched before it is needed');
    for (const [query, ...terms] of queries) {
      const found = await ask(page, query);
      assert(!found.inexact, query);
      assert.equal(found.measures, holding(...terms).length, query);
      assert.equal(found.shown.length, Math.min(10, found.measures), query);
    }
    for (const { number, words } of measures.filter((_, i) => i % 150 === 7)) {
      const run = words.split('\n')[1].slice(3, 12);
      const found = await ask(page, run);
      assert.equal(found.measures, holding(run).length, run);
      assert.equal((await ask(page, number)).shown.filter((text) => text.startsWith(number)).length > 0, true, number);
    }
  });
}

test('a number finds the measures that have it before all others', async (t) => {
  const page = await open(t, 'hant');
  const found = await ask(page, '10.2');
  const having = measures.filter(({ number }) => number === '10.2').length;
  assert(having > 10 && found.measures >= having);
  assert(found.shown.every((text) => text.startsWith('10.2')));
});

test('names come first, and are found by how they are read', async (t) => {
  const page = await open(t, 'hant');
  const named = await ask(page, '金融');
  assert.equal(named.kinds[0], 'best');
  assert(named.titles.slice(0, 10).every((title) => title === '金融'), named.titles);
  for (const query of ['jinrong', 'gamjung', 'jin rong', 'jinro', 'jr', 'gj']) {
    const { titles } = await ask(page, query);
    assert(titles.includes('金融'), `${query}: ${titles}`);
  }
  assert.deepEqual((await ask(page, 'qqqq')).links, []);
  const first = await ask(page, '1');
  assert.equal(first.kinds[0], 'best');
  assert(first.shown.every((text) => text.startsWith('1.')), first.shown);
});

test('a text of any length is searched to its end', async (t) => {
  const page = await open(t, 'hans');
  for (const query of ['罕見甲乙丙', '罕见丁戊己標', '志罕见丁', '戊', '長文']) {
    assert((await ask(page, query)).links.includes('long.html'), query);
  }
  assert.deepEqual((await ask(page, '丙丁')).links, []);
  assert.deepEqual((await ask(page, '罕見甲乙丙')).marks, ['罕见甲乙丙']);
});

test('a run too long for its lists is settled by the texts', async (t) => {
  const page = await open(t, 'hant');
  for (const { words } of measures.filter(({ words }) => words.length > 200).slice(0, 3)) {
    const text = words.split('\n')[1];
    assert.equal((await ask(page, text)).shown.length, holding(text).length);
    const wrong = text.slice(0, 60) + text.slice(61);
    assert.equal((await ask(page, wrong)).shown.length, holding(wrong).length);
  }
  for (const query of ['合作'.repeat(5_000), '標誌'.repeat(5_000), '金'.repeat(10_000), '香港 '.repeat(3_000)]) await ask(page, query);
  await ask(page, [...new Set(measures.map(({ words }) => words).join(''))].join(' '));
});

test('more results come ten by ten', async (t) => {
  const page = await open(t, 'hans', 390);
  await ask(page, '香港');
  for (const shown of [20, 30]) {
    await page.locator('#found-measure ~ .more').click();
    await page.waitForFunction((shown) => document.querySelectorAll('#found-measure + ol li').length === shown, shown);
  }
  const links = await page.evaluate(() => [...document.querySelectorAll('#found-measure + ol a')].map((link) => link.href));
  assert.equal(new Set(links).size, 30);
});
