import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, it } from 'node:test';
import { pageOf } from '../../src/editor/page-name.ts';
import { pages, rooms } from '../docs/pages.ts';
import { findingIn } from '../docs/room-page.ts';

const expected = pages();
const inDocs = readdirSync('docs', { recursive: true }).map((file) => `docs/${String(file).replaceAll('\\', '/')}`).filter((file) => file.endsWith('.md'));

describe('the pages about rules', () => {
  for (const [path, text] of expected) it(`${path} is what the rules say`, () => assert.ok(existsSync(path) && readFileSync(path, 'utf8') === text, `${path} is out of date: npm run docs`));
  it('are all there are', () => assert.deepEqual(inDocs.filter((file) => !expected.has(file)), [], 'npm run docs'));
  it('link pages and parts that exist', () => {
    const links = [...expected].flatMap(([path, text]) => [...text.matchAll(/\]\(((?:rules\/)?[\w-]+\.md)(?:#([\w-]+))?\)/g)].map(([, page = '', part]) => ({ path: `${dirname(path)}/${page}`, part, from: path })));
    assert.notEqual(links.length, 0);
    assert.deepEqual(links.filter(({ path, part }) => !hasPart(path, part)), []);
  });
});

describe('each finding that no tool makes has its place on a page', () => {
  for (const { room, held } of rooms) {
    for (const [id, example] of Object.entries(held)) {
      if (!('says' in example)) it(`${room}/${id}: ${example.text}`, () => assert.ok(findingIn(room, id, example)));
    }
  }
  for (const rule of spelled()) {
    it(rule, () => {
      const { page, part } = pageOf(rule);
      assert.ok(hasPart(`docs/rules/${page}`, part), `${rule} has no place on docs/rules/${page}`);
    });
  }
});

function hasPart(path: string, part: string | undefined): boolean {
  const text = expected.get(path);
  return text !== undefined && (part === undefined || text.includes(`\n### ${part}\n`));
}

/** The rule ids that stand in the code of the rooms, where one is made or handed on. */
function spelled(): readonly string[] {
  const files = readdirSync('src/core', { recursive: true }).map(String).filter((file) => file.endsWith('.ts') && !/^rules[\\/]/.test(file));
  const known = new Set(rooms.map(({ room }) => room));
  const ids = files.flatMap((file) => {
    const text = readFileSync(`src/core/${file}`, 'utf8');
    const made = [...text.matchAll(/\brule(?:: | = )[^;\n]*/gi)].flatMap(([line]) => idsIn(line));
    return [...made, ...idsIn(text).filter((id) => known.has(id.split('/')[0] ?? ''))];
  });
  return [...new Set(ids)].sort();
}

function idsIn(text: string): readonly string[] {
  return [...text.matchAll(/'([a-z]+\/[a-z][a-z-]+)'/g)].map(([, id]) => id ?? '');
}
