import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { OVERVIEW, pageOf } from '../../../src/editor/page-name.ts';

suite('the page of a rule', () => {
  const pages: readonly (readonly [rule: string, page: string, part: string])[] = [
    ['railway/volume-delete', 'railway.md', 'volume-delete'],
    ['pg_restore/clean', 'pg_restore.md', 'clean'],
    ['sql/drop-table', 'sql.md', 'drop-table'],
    ['', OVERVIEW, ''],
    ['railway', OVERVIEW, ''],
    ['../../package/x', OVERVIEW, ''],
    ['../x', OVERVIEW, ''],
    ['a/b/c', OVERVIEW, ''],
  ];
  for (const [rule, page, part] of pages) test(`${rule || 'of none'}: ${page}`, () => assert.deepEqual(pageOf(rule), { page, part }));
});
