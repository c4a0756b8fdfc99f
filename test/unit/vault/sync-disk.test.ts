import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { syncFiles } from '../../../src/vault/sync-disk.ts';
import { scratch } from './scratch.ts';

async function filesIn(context: TestContext, count: number): Promise<{ readonly folder: string; readonly paths: readonly string[] }> {
  const folder = await scratch(context);
  const paths = Array.from({ length: count }, (_, at) => join(folder, String(at)));
  for (const path of paths) writeFileSync(path, path);
  return { folder, paths };
}

test('few files are written to the disk one by one, and one that cannot be is told', async (context) => {
  const { folder, paths } = await filesIn(context, 3);
  await syncFiles(paths, folder);
  rmSync(paths[1] ?? '');
  await assert.rejects(syncFiles(paths, folder), { code: 'ENOENT' });
});

for (const [danger, path] of [['a machine without the program for it', '/nowhere'], ['a program of that name that fails', 'fails']] as const) {
  test(`many files are written one by one too on ${danger}`, async (context) => {
    const { folder, paths } = await filesIn(context, 300);
    writeFileSync(join(folder, 'sync'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    const before = process.env['PATH'];
    context.after(() => void (process.env['PATH'] = before));
    process.env['PATH'] = path === 'fails' ? folder : path;
    await syncFiles(paths, folder);
    rmSync(paths[200] ?? '');
    await assert.rejects(syncFiles(paths, folder), { code: 'ENOENT' });
  });
}
