import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as z from 'zod/mini';

const Setting = z.object({ scope: z.string(), default: z.union([z.boolean(), z.number(), z.string()]), markdownDescription: z.string(), order: z.number() });
const Manifest = z.object({ contributes: z.object({ configuration: z.object({ properties: z.record(z.string(), Setting) }) }) });
const Names = z.record(z.string(), z.string());

/** The settings of the manifest as the README shows them. */
function settingsTable(): string {
  const { properties } = Manifest.parse(JSON.parse(readFileSync('package.json', 'utf8'))).contributes.configuration;
  const names = Names.parse(JSON.parse(readFileSync('package.nls.json', 'utf8')));
  const rows = Object.entries(properties).sort(([, a], [, b]) => a.order - b.order);
  return ['| setting | default | what it does |', '| --- | --- | --- |', ...rows.map(([id, setting]) => `| \`${id}\` | \`${setting.default}\` | ${names[setting.markdownDescription.replaceAll('%', '')]} |`)].join('\n');
}

test('the README lists every setting as the manifest has it', () => {
  const readme = readFileSync('README.md', 'utf8');
  const shown = /### Settings\n\n([\s\S]*?)\n\n/.exec(readme)?.[1];
  assert.equal(shown, settingsTable());
});

test('every picture and link of the README is on https or in the repository', () => {
  const links = [...readFileSync('README.md', 'utf8').matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link ?? '');
  assert.notEqual(links.length, 0);
  assert.deepEqual(links.filter((link) => !link.startsWith('https://') && !existsSync(link)), []);
});
