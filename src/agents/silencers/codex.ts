import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import * as z from 'zod/mini';
import { jsonFile, movedBy, systemPath, type Silence, type Surroundings } from './silencer.ts';

const Features = z.object({ hooks: z.optional(z.boolean()), codex_hooks: z.optional(z.boolean()) });
const Trust = z.object({ enabled: z.optional(z.boolean()), trusted_hash: z.optional(z.string()) });
const Config = z.object({ features: z.optional(Features), hooks: z.optional(z.object({ state: z.optional(z.record(z.string(), z.unknown())) })) });
const Requirements = z.object({ allow_managed_hooks_only: z.optional(z.boolean()), features: z.optional(Features) });

const Hook = z.object({ type: z.literal('command'), command: z.string(), timeout: z.optional(z.number()) });
const Groups = z.optional(z.array(z.object({ matcher: z.optional(z.string()), hooks: z.array(z.unknown()) })));
const HookFile = z.object({ hooks: z.object({ PreToolUse: Groups, PostToolUse: Groups }) });
/** How it writes the names of events in keys and hashes. */
const labels = { PreToolUse: 'pre_tool_use', PostToolUse: 'post_tool_use' } as const;
type HookEvent = keyof typeof labels;

const LAUNCHER = /[\\/]hook(?:\.cmd)?['"]? codex$/;
const SECONDS = 600;

/**
 * Codex runs a hook only after its person has approved this very text of it, and says nothing where they have not.
 * https://developers.openai.com/codex/hooks
 */
export function codexSilences(around: Surroundings): readonly Silence[] {
  const { home } = around;
  const file = join(home, '.codex', 'config.toml');
  const config = tomlFile(around, file, Config);
  const required = systemPath(around, '/etc/codex/requirements.toml', '/etc/codex/requirements.toml', '%ProgramData%\\OpenAI\\Codex\\requirements.toml');
  const requirements = tomlFile(around, required, Requirements);
  return [
    ...movedBy(around, 'CODEX_HOME', join(home, '.codex')),
    ...(requirements?.allow_managed_hooks_only ? [{ why: `Your organisation allows its own hooks only (allow_managed_hooks_only in ${required}). Ask it to allow those of Interlock.`, file: required }] : []),
    ...[{ of: requirements, in: required }, { of: config, in: file }].filter(({ of }) => of?.features?.hooks === false || of?.features?.codex_hooks === false).map(({ in: file }) => ({ why: `features.hooks is false in ${file}, so no hook is run. Set it to true there.`, file })),
    ...firstOf(['PreToolUse', 'PostToolUse'] as const, (event) => untrusted(around, event, config?.hooks?.state ?? {}, file)),
  ];
}

/** What keeps one of the hooks from being run is told once. */
function firstOf(events: readonly HookEvent[], look: (event: HookEvent) => readonly Silence[]): readonly Silence[] {
  return events.flatMap(look).slice(0, 1);
}

/** Its key for a hook ends with where the hook stands in the file. */
function untrusted(around: Surroundings, event: HookEvent, states: Readonly<Record<string, unknown>>, config: string): readonly Silence[] {
  const groups = jsonFile(around, join(around.home, '.codex', 'hooks.json'), HookFile)?.hooks[event] ?? [];
  return groups.flatMap(({ matcher, hooks }, group) =>
    hooks.flatMap((entry, at): readonly Silence[] => {
      const hook = Hook.safeParse(entry).data;
      if (hook === undefined || !LAUNCHER.test(hook.command)) return [];
      const key = Object.keys(states).find((name) => /[\\/]\.codex[\\/]hooks\.json:\w+:\d+:\d+$/.test(name) && name.endsWith(`:${labels[event]}:${group}:${at}`));
      const state = Trust.safeParse(key === undefined ? {} : states[key]).data ?? {};
      if (state.enabled === false) return [{ why: `The hook is switched off in ${config}. Type /hooks in Codex and switch it on.`, file: config }];
      if (state.trusted_hash === undefined) return [{ why: 'Codex does not run the hook yet: type /hooks in Codex once and approve it.' }];
      return state.trusted_hash === trustHash(hook, matcher, event) ? [] : [{ why: 'The hook is not the one you approved, so Codex skips it: type /hooks in Codex and approve it again.' }];
    }),
  );
}

/** What Codex 0.169.0 calls `currentHash`: of the entry in a form of its own, with its keys in order. */
export function trustHash({ command, timeout = SECONDS }: { readonly command: string; readonly timeout?: number | undefined }, matcher: string | undefined, event: HookEvent = 'PreToolUse'): string {
  const identity = { event_name: labels[event], hooks: [{ async: false, command, timeout, type: 'command' }], ...(matcher === undefined ? {} : { matcher }) };
  return `sha256:${createHash('sha256').update(JSON.stringify(identity)).digest('hex')}`;
}

function tomlFile<Schema extends z.ZodMiniType>(around: Surroundings, file: string, schema: Schema): z.output<Schema> | undefined {
  const text = around.read(file);
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(parse(text)).data;
  } catch {
    // Codex does not start with such a file.
    return undefined;
  }
}
