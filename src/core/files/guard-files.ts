import type { Effect, Span } from '../effect.ts';
import { comparable, displayPath, isBelow, isInside, joinPath, segmentsOf, type Platform } from './path.ts';
import type { World } from '../world.ts';

/** A file that decides whether an agent is watched. */
interface GuardFile {
  /** `~/…` in the home folder, `/…` or `C:\…` at one place, else at any depth of any folder. `*` stands for one name, a final `**` for all below. */
  readonly pattern: string;
  /**
   * Words that make a change to it one of the guard. Absent: any change is. Present for files that mostly hold
   * something else; a change whose text is not known is then let through.
   */
  readonly switches?: readonly string[];
}

const editorSwitches = ['chat.useHooks', 'chat.hookFilesLocations', 'chat.useClaudeHooks', 'chat.useCustomizationsInParentRepositories', 'chat.tools.global.autoApprove', 'chat.tools.terminal.autoApprove', 'interlock.'];

/** Hook configuration of every agent, and what Interlock keeps itself. */
export const guardFiles: readonly GuardFile[] = [
  { pattern: '~/.interlock/**' },
  { pattern: '/etc/interlock/**' },
  { pattern: '/Library/Application Support/Interlock/**' },
  { pattern: 'C:\\ProgramData\\Interlock\\**' },
  { pattern: '.interlock/**' },
  { pattern: 'interlock.policy.json' },
  { pattern: 'interlock.policy.jsonc' },
  { pattern: '.interlock.json' },
  // Cursor: https://cursor.com/docs/hooks
  { pattern: '.cursor/hooks.json' },
  { pattern: '/etc/cursor/hooks.json' },
  { pattern: '/Library/Application Support/Cursor/hooks.json' },
  { pattern: 'C:\\ProgramData\\Cursor\\hooks.json' },
  { pattern: '~/.cursor/cli-config.json' },
  { pattern: '.cursor/cli.json' },
  { pattern: '.cursor/permissions.json' },
  { pattern: '.cursor/sandbox.json' },
  // Claude Code: https://code.claude.com/docs/en/hooks
  { pattern: '.claude/settings.json' },
  { pattern: '.claude/settings.local.json' },
  { pattern: '~/.claude.json' },
  { pattern: '/etc/claude-code/**' },
  { pattern: '/Library/Application Support/ClaudeCode/**' },
  { pattern: 'C:\\Program Files\\ClaudeCode\\**' },
  // Copilot: https://docs.github.com/en/copilot/concepts/agents/coding-agent/about-hooks
  { pattern: '.github/hooks/*' },
  { pattern: '~/.copilot/hooks/*' },
  { pattern: '~/.copilot/settings.json' },
  { pattern: '.github/copilot/settings.json' },
  { pattern: '.github/copilot/settings.local.json' },
  // VS Code and its kin: settings that turn hooks off or approve everything
  { pattern: '.vscode/settings.json', switches: editorSwitches },
  { pattern: '~/.config/*/User/settings.json', switches: editorSwitches },
  { pattern: '~/Library/Application Support/*/User/settings.json', switches: editorSwitches },
  { pattern: '~/AppData/Roaming/*/User/settings.json', switches: editorSwitches },
  // Codex
  { pattern: '.codex/hooks.json' },
  { pattern: '.codex/config.toml' },
  { pattern: '~/.codex/rules/*' },
  { pattern: '/etc/codex/requirements.toml' },
  { pattern: 'C:\\ProgramData\\OpenAI\\Codex\\requirements.toml' },
  // Gemini, Antigravity
  { pattern: '.gemini/settings.json' },
  { pattern: '~/.gemini/policies/**' },
  { pattern: '~/.gemini/config/hooks.json' },
  { pattern: '~/.gemini/antigravity-cli/settings.json' },
  { pattern: '.agents/hooks.json' },
  // Devin, Windsurf
  { pattern: '.devin/hooks.v1.json' },
  { pattern: '.devin/config.json' },
  { pattern: '~/.config/devin/config.json' },
  { pattern: '~/.codeium/windsurf/hooks.json' },
  { pattern: '.windsurf/hooks.json' },
  // Cline, Kiro, opencode, Kilo, Amp
  { pattern: '.cline/hooks/*' },
  { pattern: '.clinerules/hooks/*' },
  { pattern: '~/Documents/Cline/Hooks/*' },
  { pattern: '.kiro/hooks/*' },
  { pattern: '~/.kiro/settings/permissions.yaml' },
  { pattern: '~/.config/opencode/**' },
  { pattern: '.opencode/plugin/*' },
  { pattern: '.opencode/plugins/*' },
  { pattern: 'opencode.json', switches: ['"permission"', '"plugin"'] },
  { pattern: '~/.config/kilo/**' },
  { pattern: '~/.config/amp/plugins/*' },
  { pattern: '~/.config/amp/settings.json' },
  { pattern: '.amp/plugins/*' },
  // Others that read hooks from one file
  { pattern: '.augment/settings.json' },
  { pattern: '.factory/hooks.json' },
  { pattern: '.factory/settings.json' },
  { pattern: '.qwen/settings.json' },
  { pattern: '.grok/hooks/*' },
  { pattern: '~/.junie/config.json' },
];

type Anchor = 'anywhere' | 'home' | '/' | 'C:\\';

/** A pattern taken apart once, so that looking a path up costs only comparisons. */
interface Guarded {
  readonly anchor: Anchor;
  /** Lower-case names below the anchor. */
  readonly names: readonly string[];
  /** The last name is `**`: everything below the others. */
  readonly deep: boolean;
  /** The names before the first `*`, as written. */
  readonly fixed: string;
  readonly switches: readonly string[] | undefined;
}

const guarded: readonly Guarded[] = guardFiles.map(({ pattern, switches }) => {
  const anchor = pattern.startsWith('~/') ? 'home' : pattern.startsWith('/') ? '/' : pattern.startsWith('C:\\') ? 'C:\\' : 'anywhere';
  const written = pattern.replace(/^(?:~\/|\/|C:\\)/, '').split(/[\\/]/);
  const names = written.map((name) => name.toLowerCase());
  const deep = names.at(-1) === '**';
  const star = written.findIndex((name) => name.includes('*'));
  return { anchor, names: deep ? names.slice(0, -1) : names, deep, fixed: written.slice(0, star < 0 ? undefined : star).join('/'), switches };
});

/** Folders several agents or other tools share: removing one whole is only a change where it is seen to hold a guard file. */
const sharedFolders = new Set(['.github', '.agents', '.opencode', '.vscode']);

/** What is about to happen to a path. */
export interface GuardedChange {
  /** New text, or all that is known of it. */
  readonly content?: string | undefined;
  /** Everything below the path goes too. */
  readonly recursive?: boolean;
  readonly span?: Span | undefined;
}

/** Where to look: the person's home folder and, for files below a folder, the disk. */
export interface GuardSurroundings {
  readonly home: string | undefined;
  readonly world: Pick<World, 'platform' | 'sighted' | 'stat'>;
  /** Folders a path is shown relative to. */
  readonly folders: readonly string[];
}

/** The `weakenGuard` effect of writing or deleting an absolute path, if it is or holds a guard file. Reading one is fine. */
export function guardEffects(path: string, change: GuardedChange, surroundings: GuardSurroundings): readonly Effect[] {
  const { home, world, folders } = surroundings;
  const names = segmentsOf(comparable(path, world.platform), world.platform);
  const hit = guarded.some((file) => isChanged(file, names, change, surroundings) || (change.recursive === true && isHeld(file, path, names, surroundings)));
  if (!hit) return [];
  const name = displayPath(path, folders, home, world.platform);
  return [{
    verb: 'weakenGuard',
    resource: { kind: 'guard file', name, provider: 'local files' },
    reversibility: 'recoverable',
    certainty: 'certain',
    rule: 'files/guard-file',
    why: `Changes ${name}, which decides whether agents on this machine are watched.`,
    saferWay: 'Ask the person to make this change.',
    target: { by: 'path' },
    paths: [path],
    ...(change.span ? { span: change.span } : {}),
  }];
}

/** The names of a path below the anchor; undefined where the anchor does not hold it. */
function belowAnchor(anchor: Exclude<Anchor, 'anywhere'>, names: readonly string[], { home, world }: GuardSurroundings): readonly string[] | undefined {
  if (anchor !== 'home') return (anchor === '/') === (world.platform === 'posix') ? names : undefined;
  if (home === undefined) return undefined;
  const outer = segmentsOf(comparable(home, world.platform), world.platform);
  return outer.every((name, at) => name === names[at]) ? names.slice(outer.length) : undefined;
}

function isChanged(file: Guarded, names: readonly string[], change: GuardedChange, surroundings: GuardSurroundings): boolean {
  if (!isNamed(file, names, surroundings)) return false;
  return !file.switches || file.switches.some((text) => change.content?.includes(text));
}

function isNamed(file: Guarded, names: readonly string[], surroundings: GuardSurroundings): boolean {
  if (file.anchor !== 'anywhere') {
    const below = belowAnchor(file.anchor, names, surroundings);
    return below !== undefined && startsWithNames(below, file.names) && (file.deep || below.length === file.names.length);
  }
  if (!file.deep) return names.length >= file.names.length && startsWithNames(names.slice(names.length - file.names.length), file.names);
  return names.some((name, at) => name === file.names[0] && startsWithNames(names.slice(at), file.names));
}

function startsWithNames(names: readonly string[], pattern: readonly string[]): boolean {
  return names.length >= pattern.length && pattern.every((name, at) => name === '*' || name === names[at]);
}

/** True when a folder that is removed whole has the guard file in it. */
function isHeld(file: Guarded, path: string, names: readonly string[], surroundings: GuardSurroundings): boolean {
  if (file.switches) return false;
  const { home, world } = surroundings;
  const exists = (candidate: string): boolean => !world.sighted || world.stat(candidate) !== undefined;
  if (file.anchor !== 'anywhere') {
    if (file.anchor === 'home' ? home === undefined : (file.anchor === '/') !== (world.platform === 'posix')) return false;
    const target = joinPath(file.anchor === 'home' ? (home as string) : file.anchor, file.fixed, world.platform);
    return isInside(target, path, world.platform) && exists(target);
  }
  const [first, ...rest] = file.names;
  if (first === undefined || rest.length === 0) return false;
  if (names.at(-1) === first) return world.sighted ? exists(joinPath(path, file.fixed.split('/').slice(1).join('/') || '.', world.platform)) : !sharedFolders.has(first);
  return world.sighted && !file.fixed.includes('*') && exists(joinPath(path, file.fixed, world.platform));
}

/** True when a path is one of the given absolute guard paths or lies below one, or (`recursive`) above one. */
export function touchesGuardPath(path: string, guardPaths: readonly string[], recursive: boolean, platform: Platform): boolean {
  return guardPaths.some((guardPath) => isInside(path, guardPath, platform) || (recursive && isBelow(guardPath, path, platform)));
}
