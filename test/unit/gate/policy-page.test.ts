import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { backedUpBy, becomesOf, countedBy, policyExamples, stackOf } from '../../docs/policy-examples.ts';

describe('the examples of docs/policy.md', () => {
  for (const example of policyExamples) {
    const isTeam = example.files.some(({ owner }) => owner === 'team');
    test(`${example.title}: is read without a slip`, () => assert.deepEqual(stackOf(example).problems.map(({ message }) => message), isTeam ? ['Rows that allow and resources placed in local have no effect: this file may only make things stricter.'] : []));
    for (const { command, without, becomes } of example.claims) {
      test(`${example.title}: ${command} ${becomes}`, () => assert.deepEqual([becomesOf(command, { files: [] }), becomesOf(command, example)], [without, becomes]));
    }
    for (const { command, runs } of example.backups ?? []) test(`${example.title}: ${command} needs ${runs}`, () => assert.equal(backedUpBy(command, example), runs));
    for (const { command, runs } of example.counts ?? []) test(`${example.title}: ${command} is counted by ${runs}`, () => assert.equal(countedBy(command, example), runs));
  }
});
