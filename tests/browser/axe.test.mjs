// WCAG 2.2 AA and axe's best practices, on every page kind.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { browsing } from './browser.mjs';
import { counterpart, hardCases, specimens } from './site.mjs';

const { blank, url } = browsing();

const engine = { path: createRequire(import.meta.url).resolve('axe-core/axe.min.js') };
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Once as the page comes, once with everything unfolded that folds. */
async function violations(page) {
  const found = [];
  for (const unfolded of [false, true]) {
    found.push(...await page.evaluate(async ({ tags, unfolded }) => {
      if (unfolded) document.querySelectorAll('details').forEach((details) => { details.open = true; });
      const { violations } = await axe.run({ runOnly: tags, resultTypes: ['violations'] });
      return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`));
    }, { tags, unfolded }));
  }
  return found;
}

const ours = specimens();
const telling = ours.filter(({ kind }) => ['area', 'measure', 'full'].includes(kind));
const others = [
  ...telling.map(({ address }) => ({ address: counterpart(address) })),
  ...hardCases(),
];

for (const colorScheme of ['light', 'dark']) {
  for (const width of [390, 1280]) {
    test(`axe finds nothing on any page kind (${colorScheme}, ${width} px)`, async (t) => {
      const page = await blank(t, { colorScheme, width, prepare: engine });
      // The other edition and the hard cases differ in words, not in colours; but
      // for comparisons, which have some of their own.
      const coloured = others.filter(({ kind }) => kind === 'comparison');
      const chosen = [...ours, ...(colorScheme === 'light' ? others : coloured)];
      const found = {};
      for (const { address } of chosen) {
        await page.goto(url(address));
        const problems = await violations(page);
        if (problems.length) found[address] = problems;
      }
      assert.deepEqual(found, {});
    });
  }
}
