import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Evidence } from '../../../src/core/environment/evidence-source.ts';
import { tagRequest } from '../../../src/editor/tag-request.ts';
import { changeText, evidenceList, evidenceText, tagRows } from '../../../src/editor/tag-text.ts';

const place = { name: 'shop', path: '/home/dev/shop', home: '/home/dev' };
const prod: Evidence = { environment: 'production', evidence: 'kube context “prod” is named like production', source: '/home/dev/.kube/config' };
const dev: Evidence = { environment: 'development', evidence: 'kube context “dev” is named like development', source: '/home/dev/.kube/config' };
const profile: Evidence = { environment: 'staging', evidence: 'AWS profile “acme-staging” is named like staging', source: 'AWS_PROFILE' };
const dotenv: Evidence = { environment: 'production', evidence: '.env.production is named like production', source: '/home/dev/shop/.env.production' };

suite('a piece of evidence in words', () => {
  const cases: readonly (readonly [Evidence, string])[] = [
    [prod, 'kube context “prod” is named like production (~/.kube/config)'],
    [dotenv, '.env.production is named like production'],
    [profile, 'AWS profile “acme-staging” is named like staging (AWS_PROFILE)'],
    [{ ...prod, evidence: 'a\nb\u202ec', source: '/etc/x' }, 'a ⏎ b\\u{202e}c (/etc/x)'],
  ];
  for (const [evidence, text] of cases) test(text, () => assert.equal(evidenceText(evidence, place), text));
  test('all of it, a line each', () => assert.equal(evidenceList([prod, profile], place).split('\n').length, 2));
  test('none of it', () => assert.match(evidenceList([], place), /^Nothing/));
});

suite('the rows of the quick pick', () => {
  const labels = (rows: ReturnType<typeof tagRows>): readonly string[] => rows.map((row) => `${row.kind} ${row.label}`);
  test('without evidence: the four tags', () => assert.deepEqual(labels(tagRows(undefined, [], place)), ['choice production', 'choice staging', 'choice development', 'choice local', 'heading No evidence was found']));
  test('with evidence: what it says comes first, and all of it below', () => {
    const rows = tagRows({ environment: 'production', by: 'evidence' }, [prod, profile], place);
    assert.deepEqual(rows[0], { kind: 'choice', tag: 'production', label: 'Use what the evidence says', description: 'production', detail: 'kube context “prod” is named like production (~/.kube/config)' });
    assert.deepEqual(rows.slice(-2).map((row) => (row.kind === 'evidence' ? [row.label, row.description] : [])), [['production: kube context “prod” is named like production', '~/.kube/config'], ['staging: AWS profile “acme-staging” is named like staging', 'AWS_PROFILE']]);
    assert.ok(rows.every((row) => row.kind !== 'choice' || !row.description.startsWith('now')), 'a proposal is not what is so now');
  });
  test('a tag says whose it is', () => assert.deepEqual(tagRows({ environment: 'staging', by: 'policy' }, [], place).map((row) => ('description' in row ? row.description : '')), ['', 'now, a policy file', '', '', '']));
  test('only the person’s own tag can be removed', () => {
    const removable = (by: 'person' | 'policy'): boolean => tagRows({ environment: 'staging', by }, [], place).some((row) => row.kind === 'choice' && row.tag === undefined);
    assert.deepEqual([removable('person'), removable('policy')], [true, false]);
  });
  test('evidence of what is chosen already proposes nothing', () => assert.ok(!labels(tagRows({ environment: 'production', by: 'person' }, [prod], place)).includes('choice Use what the evidence says')));
});

suite('a change is told with from what, to what and why', () => {
  const other = { ...place, name: 'infra', path: '/home/dev/infra' };
  const cases: readonly (readonly [string, string])[] = [
    [changeText({ from: 'development', to: 'production', why: [prod], gone: [dev] }, [place], undefined), 'What runs in shop may now reach production (before: development). Kube context “prod” is named like production (~/.kube/config); no longer: kube context “dev” is named like development (~/.kube/config).'],
    [changeText({ from: undefined, to: 'production', why: [prod], gone: [] }, [place, other], { environment: 'staging', by: 'person' }), 'What runs in shop, infra may now reach production (before, nothing said so). Kube context “prod” is named like production (~/.kube/config). It stays tagged staging.'],
    [changeText({ from: 'production', to: 'production', why: [dotenv], gone: [] }, [place], undefined), 'What runs in shop may now reach production (it did before too). .env.production is named like production.'],
    [changeText({ from: 'production', to: 'development', why: [dev], gone: [prod] }, [place], undefined), 'The evidence for shop now says development (before: production). Kube context “dev” is named like development (~/.kube/config); no longer: kube context “prod” is named like production (~/.kube/config).'],
    [changeText({ from: 'production', to: undefined, why: [], gone: [prod] }, [place], undefined), 'Nothing says any more that shop is production. No longer: kube context “prod” is named like production (~/.kube/config).'],
  ];
  for (const [text, wanted] of cases) test(wanted, () => assert.equal(text, wanted));
});

suite('what a caller of the command may say', () => {
  const cases: readonly (readonly [argument: unknown, wanted: ReturnType<typeof tagRequest>])[] = [
    [undefined, {}], [null, {}], ['local', {}], [{}, {}], [{ environment: 'nowhere' }, {}], [{ folder: 7 }, {}], [[], {}],
    [{ folder: '/w', environment: 'local', confirmed: true }, { folder: '/w', environment: 'local' }], [{ environment: 'none' }, { environment: 'none' }],
  ];
  for (const [argument, wanted] of cases) test(JSON.stringify(argument) ?? 'nothing', () => assert.deepEqual(tagRequest(argument), wanted));
});
