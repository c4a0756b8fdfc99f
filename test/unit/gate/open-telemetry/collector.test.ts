import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type CollectorWish, defaultWish, destinationOf, endpointOf } from '../../../../src/gate/open-telemetry/collector.ts';
import { organisationsCollector } from '../../../../src/gate/person-policies.ts';
import { readPolicy, readWorkspacePolicy, unreadablePolicy } from '../../../../src/gate/policy-file.ts';
import { type PolicyFileRead, stackPolicies } from '../../../../src/gate/policy-stack.ts';

const wish = (endpoint: string, more: Partial<CollectorWish> = {}): CollectorWish => ({ endpoint, ...defaultWish, ...more });
const mine = wish('https://mine.example/v1/logs');
const theirs = wish('https://theirs.example/v1/logs');

/** Where records go, in a word. */
function goes(organisation: CollectorWish | 'unreadable' | undefined, person: CollectorWish | undefined): string {
  const destination = destinationOf(organisation, person, '/home/ana');
  return destination.state === 'on' ? `${destination.collector.by} ${destination.collector.url.host}` : destination.state;
}

describe('who says where records go', () => {
  for (const [what, organisation, person, becomes] of [
    ['nobody', undefined, undefined, 'off'],
    ['the person', undefined, mine, 'person mine.example'],
    ['the organisation, to a person who has turned it off', theirs, undefined, 'organisation theirs.example'],
    ['the organisation, to a person who would have it elsewhere', theirs, mine, 'organisation theirs.example'],
    ['an organisation whose file cannot be read: nothing goes to the person’s', 'unreadable', mine, 'unusable'],
    ['an organisation whose endpoint is no good: nothing goes to the person’s', wish('http://theirs.example'), mine, 'unusable'],
    ['a person without an endpoint', undefined, wish(''), 'unusable'],
    ['a person whose headers’ file could be anywhere', undefined, wish('https://mine.example', { headersFile: 'collector.key' }), 'unusable'],
  ] as const) test(what, () => assert.equal(goes(organisation, person), becomes));

  test('the home folder is put in for ~', () => {
    const destination = destinationOf(undefined, wish('https://mine.example', { headersFile: '~/.config/c.key' }), '/home/ana');
    assert.equal(destination.state === 'on' && destination.collector.headersFile, '/home/ana/.config/c.key');
  });
});

describe('endpoints', () => {
  for (const [given, becomes] of [
    ['https://c.example', 'https://c.example/v1/logs'], ['https://c.example/', 'https://c.example/v1/logs'], ['https://c.example:4318/otlp/v1/logs', 'https://c.example:4318/otlp/v1/logs'],
    ['http://localhost:4318', 'http://localhost:4318/v1/logs'], ['http://127.0.0.1:4318', 'http://127.0.0.1:4318/v1/logs'], ['http://[::1]:4318/v1/logs', 'http://[::1]:4318/v1/logs'],
  ] as const) test(`${given} is ${becomes}`, () => assert.equal(String(endpointOf(given)), becomes));
  for (const [given, why] of [
    ['', /no endpoint/], ['c.example', /no address/], ['localhost:4318', /no address/], ['ftp://c.example', /no address/], ['file:///etc/passwd', /no address/], ['http://c.example', /must begin with https/],
    ['http://127.0.0.1.example', /must begin with https/], ['http://localhost.example', /must begin with https/], ['http://10.0.0.1', /must begin with https/],
    ['https://ana:pw@c.example', /hold no user, password or query/], ['https://c.example/?token=x', /hold no user, password or query/],
  ] as const) {
    test(`${JSON.stringify(given)} is none`, () => {
      const found = endpointOf(given);
      assert.ok(typeof found === 'string');
      assert.match(found, why);
    });
  }
});

describe('a policy file that says where records go', () => {
  const text = '{ "openTelemetry": { "endpoint": "https://theirs.example", "headersFile": "/etc/c.key", "texts": false, "maxDays": 3, "maxMegabytes": 5 } }';
  const managed = (source: string, more: Partial<PolicyFileRead> = {}): PolicyFileRead => ({ file: '/etc/interlock/policy.json', source: 'managed', reading: readPolicy(source), tightens: false, ...more });

  test('is read in full, and takes its defaults from the settings’', () => {
    assert.deepEqual(organisationsCollector(managed(text)), { endpoint: 'https://theirs.example', headersFile: '/etc/c.key', texts: false, maxDays: 3, maxMegabytes: 5 });
    assert.deepEqual(organisationsCollector(managed('{ "openTelemetry": { "endpoint": "https://theirs.example" } }')), { endpoint: 'https://theirs.example', ...defaultWish });
    assert.deepEqual(readPolicy(text).problems, []);
    assert.equal(readPolicy(text).broken.size, 0);
  });
  test('is not believed where anybody could have written it', () => assert.equal(organisationsCollector(managed(text, { tightens: true })), undefined));
  test('need not say anything of it', () => {
    assert.equal(organisationsCollector(managed('{ "table": [] }')), undefined);
    assert.equal(organisationsCollector(undefined), undefined);
  });
  for (const [what, source, message, broken] of [
    ['a plain address', '{ "openTelemetry": { "endpoint": "http://theirs.example" } }', /^"endpoint" must be an address that begins with https/, 0],
    ['no endpoint', '{ "openTelemetry": {} }', /^"endpoint" is missing/, 0],
    ['a misspelt field', '{ "openTelemetry": { "endpoint": "https://theirs.example", "text": false } }', /^"text" is not known here/, 0],
    ['days of the wrong kind', '{ "openTelemetry": { "endpoint": "https://theirs.example", "maxDays": "3" } }', /^"maxDays" must be a/, 0],
    ['no days', '{ "openTelemetry": { "endpoint": "https://theirs.example", "maxDays": 0 } }', /^"maxDays" must be 1 or more/, 0],
    ['no object', '{ "openTelemetry": "https://theirs.example" }', /^This must be an object/, 0],
    ['a misspelt name, which may stand for it', '{ "openTelemetri": { "endpoint": "https://theirs.example" } }', /^"openTelemetri" is not known here/, 5],
  ] as const) {
    test(`${what}: nothing is sent until it is corrected`, () => {
      const file = managed(source);
      assert.equal(organisationsCollector(file), 'unreadable');
      assert.match(file.reading.problems[0]?.message ?? '', message);
      assert.equal(file.reading.broken.size, broken, 'what it says of actions counts as it is written');
    });
  }
  test('no JSON: nobody knows what it says of it', () => {
    assert.equal(organisationsCollector(managed('{')), 'unreadable');
    assert.equal(organisationsCollector(managed('', { reading: unreadablePolicy('x') })), 'unreadable');
  });
  test('a person’s has no effect, and says so', () => assert.deepEqual(stackPolicies([{ file: '/u', source: 'user', reading: readPolicy(text), tightens: false }]).problems.map(({ message }) => message), ['"openTelemetry" has no effect here: it counts in your organisation’s file. Yours are the settings interlock.openTelemetry.']));
  test('a workspace’s has none either, and the rest of it counts', () => {
    const { openTelemetry, problems, broken } = readWorkspacePolicy(text);
    assert.deepEqual([openTelemetry, problems.map(({ message }) => message), broken.size], [undefined, ['"openTelemetry" has no effect here: only your organisation may say where records are sent.'], 0]);
  });
});
