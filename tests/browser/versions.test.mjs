// Versions on the site: what changed reads right, in both editions, by eye and by
// ear, and leads to the same page in each version.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { browsing } from './browser.mjs';
import { sites } from './site.mjs';

const { address, blank, url, visit } = browsing();

const { directory } = sites.find(({ base }) => base === '/versions/');
const comparison = (edition, pair) => `/versions/${edition}/versions/${pair}.html`;
const change = (page, id) => page.locator(`[id="demo.${id}"]`);

/** A text as its marks show it: what is removed, what is inserted. */
const shown = (locator) => locator.evaluate((element) => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll('.hidden').forEach((hidden) => hidden.remove());
  copy.querySelectorAll('del').forEach((mark) => mark.replaceWith(`[-${mark.textContent}-]`));
  copy.querySelectorAll('ins').forEach((mark) => mark.replaceWith(`{+${mark.textContent}+}`));
  return copy.textContent;
});

test('a comparison marks words in both editions', async (t) => {
  const page = await visit(t, comparison('hant', '2022..2023'));
  assert.equal(
    await shown(change(page, 'm1-1').locator('.joined')),
    '支持湖北[-金融-]{+銀行及保險+}機構在香港設立分支機構，{+穩步+}拓展跨境業務。',
  );
  assert.equal(await change(page, 'removed-1-2').locator('.status').innerText(), '刪去');
  assert.equal(await change(page, 'm1-2').locator('.status').innerText(), '重新編號，原為 1.3');
  assert.equal(await change(page, 'm3-2').locator('.status').innerText(), '移自經貿，原為 2.2');
  await page.locator('.scripts a[rel=alternate]').click();
  await page.waitForURL('**' + comparison('hans', '2022..2023'));
  assert.equal(
    await shown(change(page, 'm1-1').locator('.joined')),
    '支持湖北[-金融-]{+银行及保险+}机构在香港设立分支机构，{+稳步+}拓展跨境业务。',
  );
});

test('a change of the Simplified text alone shows that text in either edition', async (t) => {
  for (const edition of ['hant', 'hans']) {
    const page = await visit(t, comparison(edition, '2023..2024'));
    const wording = change(page, 'm1-2').locator('.joined');
    assert.equal(await wording.getAttribute('lang'), 'zh-Hans-CN');
    assert.equal(await shown(wording), '加强金融监管[-资讯-]{+信息+}交流，共同防范风险。');
  }
});

test('marks differ by more than colour and are told to screen readers', async (t) => {
  const page = await visit(t, comparison('hant', '2022..2023'), { width: 390 });
  const lines = await page.locator('ins, del').evaluateAll((marks) =>
    marks.map((mark) => [mark.localName, getComputedStyle(mark).textDecorationLine].join(' ')));
  assert(lines.length > 5);
  assert.deepEqual([...new Set(lines)].sort(), ['del line-through', 'ins underline']);
  const heard = await change(page, 'm1-1').locator('.joined').ariaSnapshot();
  assert.match(heard, /deletion: ［刪去：］ 金融 ［完］/);
  assert.match(heard, /insertion: ［新增：］ 銀行及保險 ［完］/);
  // What is only heard is not seen, and takes no room.
  const widths = await page.locator('ins:visible .hidden').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width));
  assert(widths.every((width) => width <= 1), widths);
});

test('old and new stand beside each other where there is room, else in one text', async (t) => {
  for (const [width, wide] of [[1280, true], [1023, false], [320, false]]) {
    const page = await visit(t, comparison('hant', '2022..2023'), { width });
    const one = change(page, 'm1-1');
    assert.equal(await one.locator('.joined').isVisible(), !wide);
    assert.equal(await one.locator('.sides').isVisible(), wide);
    // What is all new or all gone has one side.
    assert.equal(await change(page, 'm1-3').locator('.sides').count(), 0);
    if (!wide) continue;
    const [old, now] = await one.locator('.sides > div').all();
    assert.equal(await shown(old.locator('.wording')), '支持湖北[-金融-]機構在香港設立分支機構，拓展跨境業務。');
    assert.equal(await shown(now.locator('.wording')), '支持湖北{+銀行及保險+}機構在香港設立分支機構，{+穩步+}拓展跨境業務。');
    const [left, right] = [await old.boundingBox(), await now.boundingBox()];
    assert(left.x + left.width <= right.x && left.y === right.y);
  }
});

test('what is the same is folded and opens by keyboard', async (t) => {
  const page = await visit(t, comparison('hans', '2022..2023'), { javaScriptEnabled: false });
  const renumbered = change(page, 'm1-2');
  assert(await renumbered.locator('.wording').isHidden());
  await renumbered.locator('summary').focus();
  await page.keyboard.press('Enter');
  assert.equal(await renumbered.locator('.wording').innerText(), '加强金融监管资讯交流，共同防范风险。');
  const rest = page.locator('details.unchanged');
  assert.equal(await rest.locator('summary').innerText(), '没有改动的措施：2 项');
  await rest.locator('summary').focus();
  await page.keyboard.press('Space');
  assert.deepEqual(await rest.locator('li').allInnerTexts(), ['二、经贸：2.1', '三、青年：3.1']);
});

test('a reader goes from a measure through its history to the change, and on to the sealed page', async (t) => {
  const page = await visit(t, '/versions/hant/demo/youth/2.html');
  const moved = page.locator('.history li', { hasText: '移至另一領域' });
  await moved.getByRole('link', { name: '查看改動' }).click();
  await page.waitForURL('**' + comparison('hant', '2022..2023') + '#demo.m3-2');
  const { y } = await change(page, 'm3-2').boundingBox();
  assert(y >= 0 && y < 800, `the change is at ${y} px`);
  await change(page, 'm3-2').getByRole('link', { name: '版本 2022' }).click();
  await page.waitForURL('**/versions/archive/2022/hant/demo/trade/2.html');
  assert.equal(await page.locator('p.text').innerText(), '建立投資推廣的定期溝通渠道，互相通報重大項目。');
});

test('the line of versions leads to the same page, which the index of versions lists', async (t) => {
  const page = await visit(t, '/versions/hans/demo/finance.html');
  const line = page.getByRole('navigation', { name: '版本' });
  assert.deepEqual(await line.locator('li').allInnerTexts(), [
    '本页为现行内容', '最新封存：版本 2024（2024年3月1日）', '前一封存：版本 2023', '所有版本',
  ]);
  await line.getByRole('link', { name: '版本 2023' }).click();
  await page.waitForURL('**/versions/archive/2023/hans/demo/finance.html');
  await page.goBack();
  await line.getByRole('link', { name: '所有版本' }).click();
  await page.waitForURL('**/versions/hans/versions/index.html');
  await page.getByRole('link', { name: '与版本 2022比较' }).click();
  assert.equal(address(page), comparison('hans', '2022..2023'));
});

test('versions are found by the search', async (t) => {
  const page = await visit(t, '/versions/hant/search.html?q=2023');
  await page.waitForSelector('#results a');
  await page.locator('#results a', { hasText: '2023' }).first().click();
  await page.waitForURL('**/versions/hant/versions/index.html#v-2023');
});

test('the feeds are well-formed Atom with what Atom asks for', async (t) => {
  const page = await blank(t);
  for (const edition of ['hant', 'hans']) {
    const source = readFileSync(join(directory, edition, 'feed.xml'), 'utf8');
    const problems = await page.evaluate((source) => {
      const atom = 'http://www.w3.org/2005/Atom';
      const document = new DOMParser().parseFromString(source, 'application/xml');
      const fault = document.querySelector('parsererror');
      if (fault) return [fault.textContent];
      const found = [];
      const child = (parent, name) => [...parent.children].filter((one) => one.namespaceURI === atom && one.localName === name);
      const feed = document.documentElement;
      const entries = child(feed, 'entry');
      for (const one of [feed, ...entries]) {
        for (const name of ['id', 'title', 'updated']) {
          if (child(one, name).length !== 1) found.push(`${one.localName} has ${child(one, name).length} × ${name}`);
        }
        for (const { textContent } of child(one, 'updated')) {
          if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(textContent)) found.push(`updated ${textContent}`);
        }
        for (const { textContent } of child(one, 'id')) new URL(textContent);
        if (!child(one, 'link').some((link) => (link.getAttribute('rel') ?? 'alternate') === 'alternate')) found.push('no alternate link');
      }
      const ids = entries.map((entry) => child(entry, 'id')[0].textContent);
      if (entries.length !== 3 || new Set(ids).size !== 3) found.push(`entries: ${ids}`);
      if (!child(feed, 'author').length || !child(feed, 'link').some((link) => link.getAttribute('rel') === 'self')) found.push('no author or self');
      return found;
    }, source);
    assert.deepEqual(problems, [], edition);
  }
});

test('an area’s page stays light with its line of versions', async (t) => {
  const page = await blank(t);
  const parts = [];
  page.on('response', (response) => { if (/\.(html|css|js)$/.test(response.url())) parts.push(response); });
  await page.goto(url('/versions/hant/demo/finance.html'), { waitUntil: 'networkidle' });
  const sizes = await Promise.all(parts.map(async (part) => (await part.body()).length));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  assert(sizes.length > 2 && bytes < 60_000, `${bytes} bytes in ${sizes.length} files`);
});
