import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import type { Environment } from '../../../src/core/effect.ts';
import { type Customizations, tinted, type Before } from '../../../src/editor/title-bar-tint.ts';

const background = 'titleBar.activeBackground';

/** Goes through the environments one after the other, as a window does. */
function through(written: Customizations | undefined, environments: readonly (Environment | undefined)[]): { value: Customizations | undefined; memory: Before | undefined } {
  let state: { value: Customizations | undefined; memory: Before | undefined } = { value: written, memory: undefined };
  for (const environment of environments) state = tinted(state.value, environment, state.memory);
  return state;
}

suite('the title bar', () => {
  test('is coloured for production and staging, each in its own way', () => {
    const [production, staging] = (['production', 'staging'] as const).map((environment) => tinted(undefined, environment, undefined).value?.[background]);
    assert.ok(production && staging && production !== staging);
  });
  for (const environment of ['development', 'local', 'unknown', undefined] as const) {
    test(`is left alone for ${environment ?? 'no tag'}`, () => assert.deepEqual(tinted({ a: '#fff' }, environment, undefined), { value: { a: '#fff' }, memory: undefined }));
  }
  test('only its own keys are written', () => {
    const { value } = tinted({ 'activityBar.background': '#111', '[Monokai]': { [background]: '#222' } }, 'production', undefined);
    assert.deepEqual(Object.keys(value ?? {}).filter((key) => !key.startsWith('titleBar.')), ['activityBar.background', '[Monokai]']);
    assert.deepEqual(value?.['[Monokai]'], { [background]: '#222' });
  });
  test('text on it can be read', () => {
    const light = (hex: unknown): number => [1, 3, 5].map((at) => Number.parseInt(String(hex).slice(at, at + 2), 16) / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)).reduce((sum, part, index) => sum + part * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);
    for (const environment of ['production', 'staging'] as const) {
      const value = tinted(undefined, environment, undefined).value ?? {};
      for (const state of ['active', 'inactive']) assert.ok((light(value[`titleBar.${state}Foreground`]) + 0.05) / (light(value[`titleBar.${state}Background`]) + 0.05) >= 7, `${environment} ${state}`);
    }
  });
});

suite('what was there before comes back', () => {
  const key = fc.constantFrom(background, 'titleBar.activeForeground', 'titleBar.inactiveBackground', 'activityBar.background', '[Monokai]');
  const written = fc.option(fc.dictionary(key, fc.constantFrom('#111111', '#8b1a1a', ''), { noNullPrototype: true }), { nil: undefined });
  const environment = fc.constantFrom<Environment | undefined>('production', 'staging', 'development', 'local', undefined);
  test('exactly, whatever the environments in between', () => fc.assert(fc.property(written, fc.array(environment), (before, environments) => {
    assert.deepEqual(through(before, [...environments, undefined]), { value: before, memory: undefined });
  })));
  test('after a restart, from the memory as it was saved', () => fc.assert(fc.property(written, environment, (before, between) => {
    const { value, memory } = through(before, ['production', between]);
    assert.deepEqual(tinted(value, undefined, memory && (JSON.parse(JSON.stringify(memory)) as Before)).value, before);
  })));
  test('after a crash before anything was written', () => fc.assert(fc.property(written, (before) => {
    const { memory } = tinted(before, 'production', undefined);
    assert.deepEqual(tinted(before, undefined, memory).value, before);
  })));
  test('after a crash between two colours', () => fc.assert(fc.property(written, (before) => {
    const first = tinted(before, 'production', undefined);
    const second = tinted(first.value, 'staging', first.memory);
    // The memory is of the second, the settings still of the first.
    assert.deepEqual(tinted(first.value, undefined, second.memory).value, before);
  })));
  test('but not over what the person wrote since', () => {
    const { value, memory } = tinted({ [background]: '#111' }, 'production', undefined);
    const theirs = { ...value, [background]: '#00f', 'tab.border': '#abc' };
    assert.deepEqual(tinted(theirs, undefined, memory).value, { [background]: '#00f', 'tab.border': '#abc' });
  });
  test('and nothing is left where nothing was', () => {
    assert.deepEqual([through(undefined, ['production', undefined]).value, through({}, ['production', undefined]).value], [undefined, {}]);
  });
});
