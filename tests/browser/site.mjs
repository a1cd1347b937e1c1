// What the tests know of the built sites and of the content they come from.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
export const root = join(here, '../..');

/**
 * The real content, a fixture of hard cases published below a base path, a site
 * of several documents, and three sealed versions with what changed since.
 */
export const sites = [
  { base: '/', directory: process.env.SITE ?? join(root, 'target/browser/site') },
  { base: '/pages/fixture/', directory: process.env.FIXTURE ?? join(root, 'target/browser/fixture') },
  { base: '/river/', directory: process.env.MANY ?? join(root, 'target/browser/many') },
  { base: '/versions/', directory: process.env.VERSIONS ?? join(root, 'target/browser/versions/public') },
];

/** Every built page but those of sealed versions: its address on the server, its kind and its bytes. */
export const pages = sites.flatMap(({ base, directory }) =>
  readdirSync(directory, { recursive: true })
    .filter((name) => name.endsWith('.html') && !name.startsWith('archive/'))
    .sort()
    .map((name) => {
      const html = readFileSync(join(directory, name), 'utf8');
      const kind = /<body class="kind-([a-z-]+)"/.exec(html)?.[1];
      return { address: base + name, base, name, kind, html, edition: /^(hant|hans)\//.exec(name)?.[1] };
    }),
);

/** The addresses of sealed versions' pages, which are as they were sealed. */
export const archived = sites.flatMap(({ base, directory }) =>
  readdirSync(directory, { recursive: true })
    .filter((name) => name.startsWith('archive/') && name.endsWith('.html'))
    .map((name) => base + name),
);

/** The addresses of the files of open data and of the bags. */
export const data = sites.flatMap(({ base, directory }) =>
  readdirSync(directory, { recursive: true })
    .filter((name) => (name.startsWith('data/') && !name.endsWith('.html')) || /^archive\/[^/]+\.zip$/.test(name))
    .map((name) => base + name),
);

export const counterpart = (address) =>
  address.replace(/\/(hant|hans)\//, (_, edition) => (edition === 'hant' ? '/hans/' : '/hant/'));

// Richer than the first of their kind: many measures, several sentences, a table of contents, many changes.
const telling = ['hubei-2021/finance.html', 'hubei-2021/finance/6.html', 'scripts.html', 'versions/2023..2024.html'];

/** One page of each kind; the pages in neither edition come with both. */
export function specimens({ base = '/', edition = 'hant' } = {}) {
  const kinds = new Map();
  for (const page of pages) {
    if (page.base !== base || (page.edition && page.edition !== edition)) continue;
    const better = telling.includes(page.name.slice('hant/'.length));
    if (better || !kinds.has(page.kind)) kinds.set(page.kind, page);
  }
  return [...kinds.values()];
}

/** Long and short texts, and the pages that only a site with versions has. */
export const hardCases = () => [
  ...specimens({ base: '/pages/fixture/' }),
  ...specimens({ base: '/versions/' }).filter(({ kind }) => ['versions', 'comparison', 'measure'].includes(kind)),
];

/** The measures as the content files hold them, read without the tool under test. */
export const measures = readdirSync(join(root, 'content/hubei-2021'))
  .filter((name) => /^\d/.test(name))
  .flatMap((name) => {
    const [head, ...items] = readFileSync(join(root, 'content/hubei-2021', name), 'utf8').split('[[measures]]');
    const area = value(head, 'id');
    return items.map((item) => {
      const number = value(item, 'number');
      return {
        number,
        text: value(item, 'text'),
        id: `m${number.replace('.', '-')}`,
        areaPage: `hubei-2021/${area}.html`,
        page: `hubei-2021/${area}/${number.split('.')[1]}.html`,
      };
    });
  });

/** A basic TOML string without TOML's own escapes is a JSON string. */
function value(toml, key) {
  return JSON.parse(new RegExp(`^${key} = (".*")$`, 'm').exec(toml)[1]);
}
