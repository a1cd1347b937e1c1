// The preview in a browser: pages follow the content by themselves.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';
import { launch } from './browser.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const target = path.resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');
const binary = process.env.TONGWEN ?? path.join(target, 'debug/tongwen');
const area = '/hant/hubei-2021/education.html';

let browser;
before(async () => { browser = await launch(); });
after(() => browser.close());

/** A copy of the site, its preview, and a page in it. */
async function preview(t, address) {
  const site = await mkdtemp(path.join(tmpdir(), 'tongwen-preview-'));
  for (const folder of ['content', 'seeds', 'static', 'themes']) {
    await cp(path.join(root, folder), path.join(site, folder), { recursive: true });
  }
  let server, origin;
  async function start(port = 0) {
    server = spawn(binary, ['--root', site, 'serve', '--port', String(port)], { stdio: ['ignore', 'ignore', 'pipe'] });
    for await (const line of createInterface({ input: server.stderr })) {
      const found = line.match(/^preview at (http:\/\/[^ ]+)\//);
      if (found) { origin = found[1]; break; }
    }
    server.stderr.resume();
  }
  const stop = () => new Promise((done) => { server.once('exit', done); server.kill(); });
  await start();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  context.setDefaultTimeout(15_000);
  t.after(async () => {
    await context.close();
    await stop();
    await rm(site, { recursive: true });
  });
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  let loads = 0;
  page.on('load', () => { loads += 1; });
  const events = page.waitForRequest((request) => request.url().endsWith('/__preview/events'));
  await page.goto(origin + address);
  await events;
  return {
    page, problems,
    loads: () => loads,
    /** Replaces words in a file; gives a function that puts them back. */
    async edit(file, from, to) {
      const full = path.join(site, file);
      const text = await readFile(full, 'utf8');
      assert.ok(text.includes(from), `${file} holds ${from}`);
      await writeFile(full, text.replace(from, to));
      return () => writeFile(full, text);
    },
    async write(file, text) {
      await mkdir(path.dirname(path.join(site, file)), { recursive: true });
      await writeFile(path.join(site, file), text);
    },
    async restart(meanwhile) {
      const { port } = new URL(origin);
      await stop();
      await meanwhile();
      await start(port);
    },
  };
}

const summary = 'content/hubei-2021/09-education.toml';

test('an edit changes the page without a reload by hand, and the page keeps its place', async (t) => {
  const { page, edit, problems, loads } = await preview(t, area);
  await page.evaluate(() => { scrollTo(0, 400); });
  const place = await page.evaluate(() => scrollY);
  assert.ok(place > 100, `the page can be scrolled: ${place}`);
  await edit(summary, 'summary = "', 'summary = "新寫的提要。');
  await page.getByText('新寫的提要。').first().waitFor();
  await page.waitForFunction((place) => Math.abs(scrollY - place) < 2, place);
  assert.equal(loads(), 2);
  assert.deepEqual(problems, []);
});

test('a page whose bytes are the same is not reloaded', async (t) => {
  const { page, edit, loads } = await preview(t, '/hant/cite.html');
  await page.evaluate(() => { window.untouched = true; });
  const compared = page.waitForResponse((response) => response.request().method() === 'HEAD');
  await edit(summary, 'summary = "', 'summary = "新寫的提要。');
  await compared;
  // The style sheet is compared after the page has been found to be the same.
  await page.waitForResponse((response) => response.url().endsWith('style.css'));
  assert.equal(await page.evaluate(() => window.untouched), true);
  assert.equal(loads(), 1);
});

test('mistakes are listed over the last good page until they are mended', async (t) => {
  const { page, edit, loads } = await preview(t, area);
  const text = await page.locator('main').innerText();
  const mend = await edit(summary, '[[measures]]', '[[measures]]\nrelated = ["4.9"]');
  const panel = page.locator('tongwen-preview section');
  await panel.waitFor();
  assert.match(await panel.innerText(), /1 mistake in the content/);
  assert.match(await panel.innerText(), /error\[unknown-reference\]: no measure has the id `4\.9`/);
  assert.match(await panel.innerText(), /content\/hubei-2021\/09-education\.toml:\d+:13/);
  assert.match(await panel.innerText(), /help: did you mean/);
  const mark = panel.locator('mark');
  assert.equal(await mark.innerText(), '4.9');
  const caret = await mark.evaluate((mark) => getComputedStyle(mark, '::after').content);
  assert.match(caret, /\^/);
  assert.match(await panel.locator('pre').innerText(), /^related = \["4\.9"\]$/);
  assert.equal(await page.locator('main').innerText(), text);
  await mend();
  await panel.waitFor({ state: 'detached' });
  assert.equal(loads(), 1);
});

test('nothing of the content is run in the list of mistakes', async (t) => {
  const { page, edit } = await preview(t, area);
  await edit(summary, '[[measures]]', '[[measures]]\nrelated = ["<img src=x onerror=window.run=1>"]');
  const panel = page.locator('tongwen-preview section');
  await panel.waitFor();
  assert.equal(await panel.locator('img').count(), 0);
  assert.equal(await panel.locator('mark').innerText(), '<img src=x onerror=window.run=1>');
  assert.equal(await page.evaluate(() => window.run), undefined);
});

test('a style sheet is swapped without a reload', async (t) => {
  const { page, edit, loads } = await preview(t, area);
  const sheets = await page.locator('link[rel=stylesheet]').count();
  await page.evaluate(() => { window.untouched = true; scrollTo(0, 400); });
  await edit('themes/default/static/style.css', ':root {', 'body { outline: 3px solid rgb(1, 2, 3) }\n:root {');
  await page.waitForFunction(() => getComputedStyle(document.body).outlineColor === 'rgb(1, 2, 3)');
  // The old one goes; the page's others stay.
  await page.waitForFunction((count) => document.querySelectorAll('link[rel=stylesheet]').length === count, sheets);
  assert.equal(await page.evaluate(() => window.untouched), true);
  assert.equal(loads(), 1);
});

test('after a restart of the preview the page follows again', async (t) => {
  const { page, edit, restart } = await preview(t, area);
  await restart(() => edit(summary, 'summary = "', 'summary = "重開前寫的。'));
  await page.getByText('重開前寫的。').first().waitFor();
  await edit(summary, '重開前寫的。', '重開後寫的。');
  await page.getByText('重開後寫的。').first().waitFor();
});

test('a page that is not there yet appears once it is written', async (t) => {
  const { page, write } = await preview(t, '/hant/new.html');
  await write('content/pages/new.md', '+++\ntitle = "新頁"\n+++\n\n新的文字。\n');
  await page.getByText('新的文字。').first().waitFor();
});

test('a template that fails is listed on the pages it fails on, until it is mended', async (t) => {
  const { page, edit } = await preview(t, area);
  const mend = await edit('themes/default/templates/area.html', '{{ title }}', '{{ titel }}');
  const panel = page.locator('tongwen-preview section');
  await panel.waitFor();
  assert.match(await panel.innerText(), /1 mistake on this page/);
  assert.match(await panel.innerText(), /error\[template-error\]: variable `titel` is not defined/);
  assert.match(await panel.innerText(), /themes\/default\/templates\/area\.html:\d+:\d+/);
  assert.equal(await panel.locator('mark').innerText(), 'titel');
  await mend();
  await page.getByRole('heading', { level: 1, name: '教育' }).waitFor();
  assert.equal(await panel.count(), 0);
});

test('a changed script or picture reloads the page', async (t) => {
  const { page, edit, loads } = await preview(t, area);
  const mend = await edit('themes/default/static/script.js', '"use strict";', '"use strict"; window.changed = 1;');
  await page.waitForFunction(() => window.changed === 1);
  await mend();
  await page.waitForFunction(() => window.changed === undefined);
  await edit('themes/default/static/icon.svg', '<svg ', '<svg data-changed="1" ');
  await page.waitForEvent('load');
  assert.equal(loads(), 4);
});
