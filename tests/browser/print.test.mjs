// What comes out of the printer, read back from the PDF that Chromium makes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { browsing } from './browser.mjs';
import { counterpart, measures } from './site.mjs';

const { visit } = browsing();

const area = '/hant/hubei-2021/finance.html';
const full = '/hant/hubei-2021/full.html';
const ofArea = measures.filter(({ areaPage }) => area.endsWith(areaPage));

/** The lines of each printed sheet. A PDF may name a Han character by its radical's code. */
async function print(page) {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
  const lines = (sheet) => sheet.normalize('NFKC').split('\n').map((line) => line.trim()).filter(Boolean);
  return text.split('\f').slice(0, -1).map(lines);
}

/** Prints with the text pushed down by steps, since where a sheet ends is chance. */
async function* printings(page) {
  for (let push = 0; push <= 32; push += 16) {
    await page.evaluate((push) => { document.querySelector('main').style.paddingTop = `${push}mm`; }, push);
    yield await print(page);
  }
}

const solid = (text) => text.normalize('NFKC').replace(/\s/g, '');

/** All sheets' text between the running head and the page number. */
const body = (sheets) => solid(sheets.flatMap((lines) => lines.slice(1, -1)).join(''));

test('a printed area page holds each measure in one piece, with its permalink, wherever sheets end', async (t) => {
  assert(ofArea.length > 1);
  for await (const sheets of printings(await visit(t, area))) {
    const solidSheets = sheets.map((lines) => solid(lines.join('')));
    for (const { number, text, page } of ofArea) {
      const sheet = solidSheets.find((sheet) => sheet.includes(solid(text)));
      assert(sheet, `the text of ${number} is on one sheet`);
      assert(sheet.includes(`https://example.org/hant/${page}`), `the address of ${number} is beside it`);
    }
  }
});

test('the printed document holds every measure’s text and address, in order', async (t) => {
  const text = body(await print(await visit(t, full)));
  let from = 0;
  for (const { number, text: wanted, page } of measures) {
    const at = text.indexOf(solid(wanted), from);
    assert(at >= from, `the text of ${number} follows`);
    from = at + solid(wanted).length;
    assert(text.startsWith(`https://example.org/hant/${page}`, from), `the address of ${number} follows it`);
  }
});

test('no navigation is printed', async (t) => {
  for (const at of [area, full, '/hant/hubei-2021/finance/6.html']) {
    const page = await visit(t, at);
    const sheets = await print(page);
    // Whole words only: the record itself speaks of 繁體版.
    const printed = new Set(sheets.flat().flatMap((line) => line.split(/\s+/)));
    const words = await page.evaluate(() => [
      ...document.querySelectorAll('body > a, header summary, nav a[hreflang], .turn a, main summary'),
    ].flatMap((element) => element.innerText.split(/\s+/)));
    assert(words.length >= 4);
    assert.deepEqual(words.filter((word) => printed.has(word)), [], at);
  }
});

test('every sheet has a running head with title and “as at” date, and a page number', async (t) => {
  const heads = {
    [area]: ['鄂港合作會議第一次會議備忘錄', '一、金融', '內容截至 2021年11月29日'],
    [counterpart(full)]: ['鄂港合作会议第一次会议备忘录', '内容截至 2021年11月29日'],
  };
  for (const [at, parts] of Object.entries(heads)) {
    const sheets = await print(await visit(t, at));
    assert(sheets.length > 1);
    sheets.forEach((lines, index) => {
      for (const part of parts) assert(solid(lines[0]).includes(solid(part)), `${at}: ${lines[0]}`);
      assert.equal(solid(lines.at(-1)), `${index + 1}/${sheets.length}`, at);
    });
  }
});

test('no measure’s number is printed away from the beginning of its text, wherever sheets end', async (t) => {
  for (const [at, chosen] of [[area, ofArea], [full, measures]]) {
    for await (const sheets of printings(await visit(t, at))) {
      for (const { number, text } of chosen) {
        const sheet = sheets.find((lines) => solid(lines.join('')).includes(solid(text).slice(0, 12)));
        const numbered = sheet?.some((line) => line.split(/\s/)[0] === number);
        assert(numbered, `${at}: ${number} is not printed where its text begins`);
      }
    }
  }
});
