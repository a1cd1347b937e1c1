// Validates files against the shipped schemas; see `run`.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Ajv from 'ajv';
import { TomlDate, parse } from 'smol-toml';

const ajv = new Ajv({ allErrors: true, strict: false });
const schemas = new Map();
let looked = 0;
const wrong = [];

function files(folder, end) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(end))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('node_modules'));
}

function validator(kind) {
  if (!schemas.has(kind)) {
    schemas.set(kind, ajv.compile(JSON.parse(readFileSync(`schemas/${kind}.json`, 'utf8'))));
  }
  return schemas.get(kind);
}

// Which schema a content file has, by its place.
function kindOf(path) {
  const below = path.slice(path.lastIndexOf('content/') + 'content/'.length);
  if (['site.toml', 'lexicon.toml', 'entities.toml'].includes(below)) return below.slice(0, -5);
  if (below.startsWith('entities/')) return 'entities';
  if (below.endsWith('.md')) return 'page';
  return below.endsWith('/memorandum.toml') ? 'memorandum' : 'area';
}

// As an editor's validator sees it: dates are strings.
function value(text) {
  const plain = (one) => {
    if (one instanceof TomlDate) return one.toISOString();
    if (Array.isArray(one)) return one.map(plain);
    if (one && typeof one === 'object') {
      return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, plain(inner)]));
    }
    return one;
  };
  return plain(parse(text));
}

// What the schema says of a file: nothing if all is well.
function faults(kind, text) {
  looked += 1;
  const front = kind === 'page' ? (text.match(/^\+\+\+\n([^]*?)\n?\+\+\+/)?.[1] ?? text) : text;
  let read;
  try {
    read = value(front);
  } catch (error) {
    return [`no TOML: ${error.message.split('\n')[0]}`];
  }
  const validate = validator(kind);
  return validate(read) ? [] : validate.errors.map((one) => `${one.instancePath} ${one.message}`);
}

function good(path, kind) {
  const found = faults(kind, readFileSync(path, 'utf8'));
  if (found.length > 0) wrong.push(`${path}: ${found.join('; ')}`);
}

// 1. All content of the project and of a new site.
const content = ['content', 'docs/manual/content', 'tests/versions', 'tests/browser/fixture', 'target/schemas/new/content']
  .flatMap((folder) => [...files(folder, '.toml'), ...files(folder, '.md')])
  .filter((path) => path.includes('content/'));
for (const path of content) good(path, kindOf(path));
for (const path of files('themes', 'strings.toml')) good(path, 'strings');

// 2. Each declared field by itself, as the test of the reader wrote it.
for (const path of files('target/schemas/good', '.toml')) good(path, path.split('/')[3]);
for (const path of files('target/schemas/bad', '.toml')) {
  const found = faults(path.split('/')[3], readFileSync(path, 'utf8'));
  if (found.length === 0) wrong.push(`${path}: the reader refuses it, the schema does not`);
}

// 3. What the reader's tests hold for mistakes.
const known = new Set([
  'unknown-key', 'wrong-type', 'missing-field', 'unknown-kind', 'unknown-part', 'unknown-edition',
  'unknown-provenance', 'unknown-level', 'unknown-engine', 'bad-sha256', 'bad-skip', 'bad-base-url',
  'bad-link', 'idle-provenance', 'toml-syntax',
]);
// Some of these can be told of one file, others not.
const perhaps = new Set(['bad-id', 'bad-date', 'bad-number', 'empty-text', 'declared-twice', 'reserved-id', 'nameless-area', 'invalid-utf8', 'missing-front-matter']);
const codes = new Set();
for (const told of files('target/mistakes', 'told.json')) {
  const { diagnostics } = JSON.parse(readFileSync(told, 'utf8'));
  const folder = dirname(told);
  for (const path of [...files(folder, '.toml'), ...files(folder, '.md')]) {
    const below = path.slice(folder.length + 1);
    const own = diagnostics.filter((one) => one.place.path === below).map((one) => one.code);
    if (own.includes('invalid-utf8') || own.includes('missing-front-matter')) continue;
    const found = faults(kindOf(path), readFileSync(path, 'utf8'));
    const must = own.filter((code) => known.has(code));
    must.forEach((code) => codes.add(code));
    if (must.length > 0 && found.length === 0) wrong.push(`${path}: the schema misses ${must}`);
    if (found.length > 0 && must.length === 0 && !own.some((code) => perhaps.has(code))) {
      wrong.push(`${path}: the reader takes it, but ${found.join('; ')}`);
    }
  }
}

// 4. The lines that name a schema, as an editor follows them.
const naming = content.filter((path) => path.endsWith('.toml') && readFileSync(path, 'utf8').startsWith('#:schema '));
for (const path of naming) {
  const named = readFileSync(path, 'utf8').split('\n')[0].slice('#:schema '.length);
  const target = resolve(dirname(path), named);
  if (!existsSync(target)) wrong.push(`${path}: there is no ${named}`);
  else if (!target.endsWith(`schemas/${kindOf(path)}.json`)) wrong.push(`${path}: ${named} is of another kind`);
}
const fresh = naming.filter((path) => path.startsWith('target/schemas/new'));
if (fresh.length < 8) wrong.push(`only ${fresh.length} files of a new site name a schema`);
try {
  execFileSync('tests/schemas/node_modules/.bin/taplo', ['lint', ...naming], { stdio: 'pipe' });
} catch (error) {
  wrong.push(`taplo: ${error.stderr}`);
}

console.log(`${looked} files, ${naming.length} by taplo, too; mistakes of ${codes.size} kinds known`);
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
