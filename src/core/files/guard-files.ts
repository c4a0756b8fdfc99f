import type { Effect, Span } from '../effect.ts';
import { otherGuardFiles } from '../guards/known.ts';
import { comparable, displayPath, isBelow, isInside, joinPath, segmentsOf, type Platform } from './path.ts';
import type { World } from '../world.ts';

/** A file that decides whether an agent is watched. */
interface GuardFile {
  /** `~/…` in the home folder, `/…` or `C:\…` at one place, else at any depth of any folder. `*` stands for one name or the end of one, a final `**` for all below. */
  readonly pattern: string;
  /**
   * Words that make a change to it one of the guard. Absent: any change is. Present for files that mostly hold
   * something else; a change whose text is not known is then let through.
   */
  readonly switches?: readonly string[];
  /** Not on every machine: a folder above it holds it only where that can be seen. */
  readonly optional?: true;
}

const editorSwitches = ['chat.useHooks', 'chat.hookFilesLocations', 'chat.useClaudeHooks', 'chat.useCustomizationsInParentRepositories', 'chat.tools.global.autoApprove', 'chat.tools.terminal.autoApprove', 'interlock.'];

const editorServers = ['.vscode-server', '.vscode-server-insiders', '.vscode-remote', '.vscodium-server', '.openvscode-server', '.cursor-server', '.windsurf-server'];

/** A plugin that is loaded after ours may change what was allowed; neither has a switch that turns plugins off. */
const pluginSwitches = ['"permission"', '"plugin"'];

/** Hook configuration of every agent, and what Interlock keeps itself. */
const guardFiles: readonly GuardFile[] = [
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
  { pattern: '.cursor/hooks/**' },
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
  { pattern: '.claude/hooks/**' },
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
  ...['~/.config/*', '~/Library/Application Support/*', '~/AppData/Roaming/*', '~/.local/share/code-server'].map((folder) => ({ pattern: `${folder}/User/profiles/*/settings.json`, switches: editorSwitches, optional: true as const })),
  // Where an editor runs on another machine than its window: https://code.visualstudio.com/docs/remote/troubleshooting
  ...editorServers.map((folder) => ({ pattern: `~/${folder}/data/Machine/settings.json`, switches: editorSwitches, optional: true as const })),
  ...['User', 'Machine'].map((whose) => ({ pattern: `~/.local/share/code-server/${whose}/settings.json`, switches: editorSwitches, optional: true as const })),
  // Interlock itself, where editors keep their extensions
  { pattern: '~/.vscode/extensions/interlock.*/**' },
  { pattern: '~/.vscode-insiders/extensions/interlock.*/**' },
  { pattern: '~/.vscode-server/extensions/interlock.*/**' },
  { pattern: '~/.cursor/extensions/interlock.*/**' },
  { pattern: '~/.cursor-server/extensions/interlock.*/**' },
  { pattern: '~/.windsurf/extensions/interlock.*/**' },
  { pattern: '~/.vscode-oss/extensions/interlock.*/**' },
  { pattern: '~/.local/share/code-server/extensions/interlock.*/**' },
  // Codex
  { pattern: '.codex/hooks.json' },
  { pattern: '.codex/config.toml' },
  { pattern: '.codex/hooks/**' },
  { pattern: '~/.codex/rules/*' },
  { pattern: '/etc/codex/requirements.toml' },
  { pattern: 'C:\\ProgramData\\OpenAI\\Codex\\requirements.toml' },
  // Gemini, Antigravity
  { pattern: '.gemini/settings.json' },
  { pattern: '.gemini/hooks/**' },
  { pattern: '~/.gemini/policies/**' },
  { pattern: '~/.gemini/config/hooks.json' },
  { pattern: '~/.gemini/config/plugins/*' },
  { pattern: '~/.gemini/antigravity-cli/settings.json' },
  { pattern: '.antigravity/settings.json' },
  { pattern: '.agents/hooks.json' },
  { pattern: '.agent/hooks.json' },
  { pattern: '_agents/hooks.json' },
  { pattern: '_agent/hooks.json' },
  // Devin, Windsurf
  { pattern: '.devin/hooks.v1.json' },
  { pattern: '.devin/config.json' },
  { pattern: '.devin/config.local.json' },
  { pattern: '~/.config/devin/config.json' },
  { pattern: '~/AppData/Roaming/devin/config.json' },
  { pattern: '~/.codeium/windsurf/hooks.json' },
  { pattern: '~/.codeium/hooks.json' },
  { pattern: '.windsurf/hooks.json' },
  { pattern: '/etc/windsurf/hooks.json' },
  { pattern: '/Library/Application Support/Windsurf/hooks.json' },
  { pattern: 'C:\\ProgramData\\Windsurf\\hooks.json' },
  // Cline, Kiro, opencode, Kilo, Amp
  { pattern: '.cline/hooks/*' },
  { pattern: '.clinerules/hooks/*' },
  { pattern: '~/Documents/Cline/Hooks/*' },
  { pattern: '.kiro/hooks/*' },
  { pattern: '.kiro/settings/permissions.yaml' },
  { pattern: '~/.config/opencode/**' },
  { pattern: '.opencode/plugin/*' },
  { pattern: '.opencode/plugins/*' },
  { pattern: 'opencode.json', switches: pluginSwitches },
  { pattern: 'opencode.jsonc', switches: pluginSwitches },
  { pattern: '/etc/opencode/**' },
  { pattern: '/Library/Application Support/opencode/**' },
  { pattern: 'C:\\ProgramData\\opencode\\**' },
  { pattern: '~/.config/kilo/**' },
  { pattern: '.kilo/plugin/*' },
  { pattern: '.kilo/plugins/*' },
  { pattern: '.kilocode/plugin/*' },
  { pattern: '.kilocode/plugins/*' },
  { pattern: 'kilo.json', switches: pluginSwitches },
  { pattern: 'kilo.jsonc', switches: pluginSwitches },
  { pattern: '/etc/kilo/**' },
  { pattern: '/Library/Application Support/kilo/**' },
  { pattern: 'C:\\ProgramData\\kilo\\**' },
  { pattern: '~/.config/amp/plugins/*' },
  { pattern: '~/.config/amp/settings.json' },
  { pattern: '.amp/plugins/*' },
  { pattern: '.amp/settings.json', switches: ['amp.permissions', 'amp.dangerouslyAllowAll'] },
  // PowerShell, whose profiles have the terminal guard in them on Windows
  ...['PowerShell', 'WindowsPowerShell'].map((edition) => ({ pattern: `${edition}/profile.ps1`, optional: true as const })),
  // Others that read hooks from one file
  { pattern: '.augment/settings.json' },
  { pattern: '.augment/settings.local.json' },
  { pattern: '/etc/augment/settings.json' },
  { pattern: 'C:\\ProgramData\\augment\\settings.json' },
  { pattern: '.factory/hooks.json' },
  { pattern: '.factory/hooks/*' },
  { pattern: '.factory/settings.json' },
  { pattern: '.factory/settings.local.json' },
  { pattern: '.qwen/settings.json' },
  { pattern: '.grok/hooks/*' },
  { pattern: '~/.grok/config.toml' },
  { pattern: '~/.grok/managed_config.toml' },
  { pattern: '~/.grok/requirements.toml' },
  { pattern: '/etc/grok/**' },
  { pattern: '~/.junie/config.json' },
  ...otherGuardFiles.map((pattern) => ({ pattern, optional: true as const })),
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
  readonly fixed: readonly string[];
  readonly switches: readonly string[] | undefined;
  readonly optional: boolean;
}

const guarded: readonly Guarded[] = guardFiles.map(({ pattern, switches, optional }) => {
  const anchor = pattern.startsWith('~/') ? 'home' : pattern.startsWith('/') ? '/' : pattern.startsWith('C:\\') ? 'C:\\' : 'anywhere';
  const written = pattern.replace(/^(?:~\/|\/|C:\\)/, '').split(/[\\/]/);
  const names = written.map((name) => name.toLowerCase());
  const deep = names.at(-1) === '**';
  const star = written.findIndex((name) => name.includes('*'));
  return { anchor, names: deep ? names.slice(0, -1) : names, deep, fixed: written.slice(0, star < 0 ? undefined : star), switches, optional: optional === true };
});

/** The last plain name of each pattern: a path without any of them is no guard file. */
const tellingNames: ReadonlySet<string> = new Set(guarded.flatMap(({ names }) => names.findLast((name) => !name.endsWith('*')) ?? []));

/** Folders several agents or other tools share: removing one whole is only a change where it is seen to hold a guard file. */
const sharedFolders = new Set(['.github', '.agents', '.opencode', '.kilo', '.kilocode', '.vscode']);

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
  /** Paths the policy guards, with all below them. */
  readonly guardPaths: readonly string[];
  /** Folders a path is shown relative to. */
  readonly folders: readonly string[];
}

/** A path as it is compared with the patterns. */
interface Candidate {
  readonly path: string;
  readonly names: readonly string[];
  readonly change: GuardedChange;
  /** Names of the home folder. */
  readonly home: readonly string[] | undefined;
  readonly world: GuardSurroundings['world'];
}

/** The `weakenGuard` effect of writing or deleting an absolute path, if it is or holds a guard file. Reading one is fine. */
export function guardEffects(path: string, change: GuardedChange, surroundings: GuardSurroundings): readonly Effect[] {
  const { home, world, folders, guardPaths } = surroundings;
  const candidate: Candidate = { path, names: lowerNames(path, world.platform), change, home: home === undefined ? undefined : lowerNames(home, world.platform), world };
  const holds = change.recursive === true && (!world.sighted || world.stat(path)?.kind !== 'file');
  const isTelling = candidate.names.some((name) => tellingNames.has(name));
  const isGuarded = ((isTelling || holds) && guarded.some((file) => (isTelling && isChanged(file, candidate)) || (holds && isHeld(file, candidate))))
    || guardPaths.some((guardPath) => isInside(path, guardPath, world.platform) || (change.recursive === true && isBelow(guardPath, path, world.platform)));
  if (!isGuarded) return [];
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

function lowerNames(path: string, platform: Platform): readonly string[] {
  return segmentsOf(comparable(path, platform), platform);
}

/** Where an anchored pattern starts; undefined where that is nowhere on this machine. */
function anchorNames(anchor: Exclude<Anchor, 'anywhere'>, { home, names, world }: Candidate): readonly string[] | undefined {
  if (anchor !== 'home') return (anchor === '/') === (world.platform === 'posix') ? [] : undefined;
  return home !== undefined && fits(names, 0, home) ? home : (homeOf(names) ?? home);
}

/** Homes by where systems put them: what guards another account, or one whose name is not known, guards too. */
function homeOf(names: readonly string[]): readonly string[] | undefined {
  if (names[0] === 'root') return ['root'];
  const at = names[0] === 'mnt' ? 2 : /^[a-z]:$/.test(names[0] ?? '') ? 1 : 0;
  return (names[at] === 'home' || names[at] === 'users') && names.length > at + 1 ? names.slice(0, at + 2) : undefined;
}

function isChanged(file: Guarded, candidate: Candidate): boolean {
  return isNamed(file, candidate) && (!file.switches || file.switches.some((text) => candidate.change.content?.includes(text)));
}

function isNamed({ anchor, names: pattern, deep }: Guarded, candidate: Candidate): boolean {
  const { names } = candidate;
  if (anchor !== 'anywhere') {
    const start = anchorNames(anchor, candidate);
    if (!start || !fits(names, 0, start)) return false;
    return fits(names, start.length, pattern) && (deep || names.length === start.length + pattern.length);
  }
  if (!deep) return fits(names, names.length - pattern.length, pattern);
  return names.some((_, at) => fits(names, at, pattern));
}

/** True when the names from `at` on begin with the pattern's. */
function fits(names: readonly string[], at: number, pattern: readonly string[]): boolean {
  return at >= 0 && names.length >= at + pattern.length && pattern.every((name, index) => (name.endsWith('*') ? names[at + index]?.startsWith(name.slice(0, -1)) : name === names[at + index]));
}

/** True when a folder that is removed whole has the guard file in it. */
function isHeld(file: Guarded, candidate: Candidate): boolean {
  const { names, path, world } = candidate;
  if (file.switches || (file.optional && !world.sighted)) return false;
  const exists = (below: string): boolean => !world.sighted || world.stat(joinPath(path, below, world.platform)) !== undefined;
  if (file.anchor !== 'anywhere') {
    const start = anchorNames(file.anchor, candidate);
    if (!start) return false;
    // Only a folder above the guard file holds it.
    const shared = Math.max(0, names.length - start.length);
    if (names.length > start.length + file.fixed.length || !fits(file.names, 0, names.slice(start.length)) || !fits(start, 0, names.slice(0, start.length))) return false;
    return exists([...start.slice(names.length), ...file.fixed.slice(shared)].join('/') || '.');
  }
  const [first, ...rest] = file.names;
  if (first === undefined || rest.length === 0) return false;
  if (names.at(-1) === first) return world.sighted ? exists(file.fixed.slice(1).join('/') || '.') : !sharedFolders.has(first);
  return world.sighted && exists(file.fixed.join('/'));
}
