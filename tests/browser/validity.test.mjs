// The W3C's Nu checker reads every built page, style sheet and picture.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { root, sites } from './site.mjs';

const checker = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

// A sealed version stands apart from the pages of its site.
const sealed = join(process.env.ARCHIVE ?? join(root, 'target/browser/archive'), 'public/archive/v1');

// CSS that the checker does not know yet: cross-document view transitions.
const newerThanTheChecker = /view-transition/;

const lineOf = ({ url, lastLine }) => readFileSync(fileURLToPath(url), 'utf8').split('\n')[lastLine - 1] ?? '';

test('the Nu checker has no error and no warning', () => {
  const directories = [...sites.map(({ directory }) => directory), sealed];
  const files = directories.flatMap((directory) => readdirSync(directory, { recursive: true })
    .filter((name) => /\.(html|css|svg)$/.test(name))
    .map((name) => join(directory, name)));
  const { error, stdout } = spawnSync(
    'java',
    ['-jar', checker, '--also-check-css', '--also-check-svg', '--format', 'json', '--stdout', ...files],
    { encoding: 'utf8', maxBuffer: 1e8 },
  );
  if (error) throw error;
  const wrong = JSON.parse(stdout).messages
    .filter((message) => !(message.url?.endsWith('.css') && newerThanTheChecker.test(lineOf(message))))
    .map(({ url, lastLine, message }) => `${url}:${lastLine}: ${message}`);
  assert.deepEqual(wrong, []);
});
