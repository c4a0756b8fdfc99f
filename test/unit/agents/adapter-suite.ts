import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as fc from 'fast-check';
import { UnreadableConfig, UnreadablePayload, type Adapter, type Decoded, type HookCall } from '../../../src/agents/adapter.ts';
import { WORKSPACE } from './payloads.ts';

/** What every adapter has to hold, whatever its agent: requests become actions, and nothing unreadable becomes an allow. */
export interface RequestFacts {
  readonly adapter: Adapter;
  readonly env?: Readonly<Record<string, string>>;
  /** Name, payload, and the actions without what all of them share. */
  readonly actions: readonly (readonly [name: string, payload: string, ...actions: object[]])[];
  readonly silent: readonly (readonly [name: string, payload: string])[];
  readonly refused: readonly (readonly [name: string, payload: string])[];
  /** A request of this agent that is read without trouble. */
  readonly whole: string;
}

/** And where its hooks are entries of a JSON file: what else is in it is left as it was. */
export interface AdapterFacts extends RequestFacts {
  readonly launcher?: string;
  /** The file as installed where there was none. */
  readonly installed: unknown;
  /** A person's file of this agent with other entries in it. */
  readonly before: string;
  /** What somebody makes of our entry; its timeout shorter where nothing is said. */
  readonly weaken?: (text: string) => string;
  /** The agent reads nothing but plain JSON: what it would drop is left alone. `no mark`: a byte order mark is no JSON to it either. */
  readonly plain?: 'mark' | 'no mark';
}

const LAUNCHER = "/home/dev ü/it's/.interlock/hook";

export function adapterSuite(facts: AdapterFacts): void {
  requestSuite(facts);
  configurationSuite(facts);
}

export function requestSuite(facts: RequestFacts): void {
  const { adapter } = facts;
  const call = (payload: string, more: Partial<HookCall> = {}): HookCall => ({ payload, env: facts.env ?? {}, cwd: WORKSPACE, ...more });

  describe(`${adapter.title}: what its tools are about to do`, () => {
    for (const [name, payload, ...expected] of facts.actions) {
      test(name, () => assert.deepEqual(actionsOf(adapter.decode(call(payload))).map(withoutContext), expected));
    }
    test('every action says whose it is and where', () => {
      for (const [, payload] of facts.actions) {
        for (const action of actionsOf(adapter.decode(call(payload)))) assert.deepEqual([action.agent, action.session !== '', action.workspaceRoots], [adapter.id, true, [WORKSPACE]]);
      }
    });
    for (const [name, payload] of facts.silent) test(`${name} carries nothing to judge`, () => assert.equal(adapter.decode(call(payload)).kind, 'nothing'));
  });

  describe(`${adapter.title}: what cannot be read is never an allow`, () => {
    const cases: readonly (readonly [string, string])[] = [
      ['nothing', ''], ['white space', ' \n'], ['cut off', facts.whole.slice(0, -20)], ['not JSON', 'hello'], ['a list', '[]'], ['null', 'null'], ['a number', '7'], ['an empty object', '{}'],
      ['deeply nested', '['.repeat(200_000)], ['a byte that is no text', facts.whole.replace('{', '{\uFFFD')], ...facts.refused,
    ];
    for (const [name, payload] of cases) test(name, () => assert.throws(() => adapter.decode(call(payload)), UnreadablePayload));
    test('whatever is cut off', () => {
      for (let length = 1; length < facts.whole.length - 1; length += 7) assert.throws(() => adapter.decode(call(facts.whole.slice(0, length))), UnreadablePayload);
    });
    test('any value of another type is an action, nothing, or refused with a reason', () => {
      for (const payload of withOtherTypes(JSON.parse(facts.whole) as object)) {
        try {
          adapter.decode(call(payload));
        } catch (error) {
          assert.ok(error instanceof UnreadablePayload, `${String(error)}: ${payload}`);
        }
      }
    });
    test('as much as a hook passes on is read', () => assert.notEqual(adapter.decode(call(`${facts.whole.slice(0, -1)},"more":"${'x'.repeat(4_000_000)}"}`)).kind, 'nothing'));
    test('any JSON at all is an action, nothing, or refused with a reason', () => {
      fc.assert(fc.property(fc.jsonValue({ maxDepth: 3 }), (value) => {
        try {
          adapter.decode(call(JSON.stringify(value)));
        } catch (error) {
          assert.ok(error instanceof UnreadablePayload, String(error));
        }
      }));
    });
  });
}

function configurationSuite(facts: AdapterFacts): void {
  const { adapter } = facts;
  const installation = adapter.installation('/home/dev');
  describe(`${adapter.title}: its configuration`, () => {
    const install = (text: string | undefined): string => installation.install(text, facts.launcher ?? LAUNCHER);
    const uninstall = (text: string): string => installation.uninstall(text, facts.launcher ?? LAUNCHER) ?? assert.fail('the file is not all ours');
    const isInstalled = (text: string): boolean => installation.isInstalled(text, facts.launcher ?? LAUNCHER);
    test('no file yet', () => assert.deepEqual(JSON.parse(install(undefined)), facts.installed));
    test('what it holds otherwise stays, and is all that is left afterwards', () => {
      const text = install(facts.before);
      assert.equal(isInstalled(text), true);
      assert.deepEqual(JSON.parse(uninstall(text)), JSON.parse(facts.before));
    });
    test('installing twice changes nothing', () => assert.equal(install(install(facts.before)), install(facts.before)));
    const mark = facts.plain === 'no mark' ? '' : '\uFEFF';
    test('Windows line ends and a byte order mark stay', () => {
      const text = install(`${mark}{\r\n  "a": 1\r\n}\r\n`);
      assert.ok(text.startsWith(`${mark}{\r\n  "a": 1,`));
      assert.ok(!/[^\r]\n/.test(text));
      assert.equal(isInstalled(text), true);
    });
    if (facts.plain === undefined) {
      test('comments stay where they are', () => {
        const text = install('{\n  // mine\n  "a": 1 /* one */\n}\n');
        assert.match(text, /^\{\n {2}\/\/ mine\n {2}"a": 1/);
        assert.match(text, /\/\* one \*\//);
        assert.equal(uninstall(text).includes('// mine'), true);
      });
    } else {
      for (const text of ['{ // mine\n}', '{"a": [1,]}', ...(facts.plain === 'no mark' ? ['\uFEFF{}'] : [])]) test(`what the agent would drop is left alone: ${JSON.stringify(text)}`, () => assert.throws(() => install(text), UnreadableConfig));
    }
    test('what is not there is not taken for installed', () => {
      for (const text of ['', '{}', facts.before]) assert.equal(isInstalled(text), false);
    });
    test('an entry somebody weakened is not taken for ours, and is put right', () => {
      const weaken = facts.weaken ?? ((text: string) => text.replace(/"(timeout|timeoutSec)": \d+/, '"$1": 1'));
      const weak = weaken(install(undefined));
      assert.equal(isInstalled(weak), false);
      assert.deepEqual(JSON.parse(install(weak)), facts.installed);
    });
  });
}

/** An action without what all actions of a request share. */
function withoutContext(action: object): object {
  return Object.fromEntries(Object.entries(action).filter(([key]) => !['agent', 'session', 'workspaceRoots', 'env'].includes(key)));
}

function actionsOf(decoded: Decoded): readonly Extract<Decoded, { kind: 'action' }>['action'][] {
  if (decoded.kind === 'actions') return decoded.actions;
  return decoded.kind === 'nothing' ? assert.fail('nothing was decoded') : [decoded.action];
}

/** The request with each of its values in turn replaced by one of another type. */
function withOtherTypes(request: object): readonly string[] {
  const others = [7, null, true, 'x', [], {}, [[]]];
  const replaced = (value: unknown): readonly unknown[] => {
    if (typeof value !== 'object' || value === null) return others;
    const inside = Object.entries(value).flatMap(([key, part]) => replaced(part).map((other) => (Array.isArray(value) ? value.map((each: unknown, at) => (String(at) === key ? other : each)) : { ...value, [key]: other })));
    return [...inside, ...others];
  };
  return replaced(request).map((value) => JSON.stringify(value));
}
