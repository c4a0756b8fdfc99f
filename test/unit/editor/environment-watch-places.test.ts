import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readEvidence } from '../../../src/core/environment/evidence.ts';
import { defaultPolicy } from '../../../src/core/policy/defaults.ts';
import { watchPlaces } from '../../../src/editor/environment-watch-places.ts';
import { fakeWorld } from '../core/fake-world.ts';

const home = '/home/dev';
const folder = '/home/dev/shop';
const reading = readEvidence(folder, fakeWorld({ files: { [`${folder}/.env`]: { text: 'A=b\n' }, [`${folder}/.git/HEAD`]: { text: 'ref: refs/heads/main\n' }, [`${folder}/apps/web/package.json`]: { text: '{}' } } }), { HOME: home, KUBECONFIG: '/k/one:/k/two' }, defaultPolicy);
const { outside, concerns } = watchPlaces([reading], [folder]);

suite('a change matters', () => {
  const cases: Readonly<Record<string, boolean>> = {
    '/home/dev/shop/.env': true, '/home/dev/shop/.env.production': true, '/home/dev/shop/apps/web/.env.local': true, '/home/dev/shop/fly.staging.toml': true, '/home/dev/shop/.vercel/project.json': true, '/home/dev/shop/.terraform/environment': true, '/home/dev/shop/.git/HEAD': true,
    '/k/one': true, '/k/two': true, '/home/dev/.docker/config.json': true, '/home/dev/.railway/config.json': true, '/home/dev/.config/gcloud/active_config': true, '/home/dev/.azure/azureProfile.json': true,
    '/home/dev/shop/src/index.ts': false, '/home/dev/shop/package.json': false, '/home/dev/shop/node_modules/x/.env': false, '/home/dev/.kube/config': false, '/k/other': false, '/home/dev/.env': false,
  };
  for (const [path, matters] of Object.entries(cases)) test(`${path}: ${matters ? 'yes' : 'no'}`, () => assert.equal(concerns(path), matters));
  test('in any letter case where the disk knows none', () => assert.equal(watchPlaces([{ evidence: [], files: ['C:\\Users\\Dev\\.kube\\config'], folders: [] }], []).concerns('c:\\users\\dev\\.kube\\config'), true));
});

suite('what is watched outside the workspace', () => {
  test('are folders of files that were looked for, there or not', () => {
    for (const wanted of ['/k', '/home/dev/.docker', '/home/dev/.railway', '/home/dev/.azure', '/home/dev/.config/gcloud', '/home/dev/.config/gcloud/configurations']) assert.ok(outside.includes(wanted), wanted);
  });
  test('is nothing of the workspace and no root', () => {
    assert.deepEqual(outside.filter((place) => place.startsWith(folder) || place === '/'), []);
    assert.equal(new Set(outside).size, outside.length);
  });
  test('is bounded', () => assert.equal(watchPlaces([{ evidence: [], files: Array.from({ length: 500 }, (_, index) => `/k/${index}/config`), folders: [] }], []).outside.length, 64));
});
