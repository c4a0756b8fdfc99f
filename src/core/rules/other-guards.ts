import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { guards } from '../guards.ts';
import type { Rule } from '../rule.ts';

const guardNames: ReadonlySet<string> = new Set(['interlock', ...guards.flatMap(({ programs, packages = [] }) => [...programs, ...packages])]);

/** Package managers with the words by which they take a package away. */
const removers: Readonly<Record<string, RegExp>> = {
  cargo: /^uninstall$/, npm: /^(?:uninstall|un|remove|rm|r|unlink)$/, pnpm: /^(?:uninstall|un|remove|rm)$/, yarn: /^(?:remove|global)$/, bun: /^(?:remove|rm)$/, pip: /^uninstall$/, pip3: /^uninstall$/, pipx: /^uninstall$/, uv: /^(?:tool|pip)$/,
  brew: /^(?:uninstall|remove|rm|unlink)$/, gem: /^uninstall$/, winget: /^(?:uninstall|remove|rm)$/, scoop: /^uninstall$/, choco: /^uninstall$/, apt: /^(?:remove|purge|autoremove)$/, 'apt-get': /^(?:remove|purge)$/, dnf: /^(?:remove|erase)$/, pacman: /^-R/, mise: /^(?:uninstall|unuse)$/,
};

/** Words by which guards are told to let something through or to leave. */
const weakeningWords: ReadonlySet<string> = new Set(['allow', 'allow-once', 'trust', 'nap', 'pause', 'snooze', 'off', 'disable', 'stop', 'uninstall', 'bypass', 'skip', 'mute', 'unlock', 'unprotect', 'deactivate', 'confirm']);
/** Words that begin with what is changed and end with how. */
const listWords: ReadonlySet<string> = new Set(['allowlist', 'allow-list', 'whitelist', 'exceptions', 'trusted', 'hook', 'hooks', 'plugin', 'plugins', 'integration', 'config', 'policy', 'rule', 'rules', 'pack', 'packs', 'settings']);
const changesList = /^(?:add(?:-\w+)?|set|unset|install|uninstall|disable|off|reset|edit|import|rm|remove|delete|clear)$/;
/** What is taken off a list of exceptions is guarded again. */
const exceptionLists = /^(?:allow-?list|whitelist|exceptions|trusted)$/;
const onlyLooks = /^(?:list|ls|show|status|check|explain|test|validate|get|help)$/;

export const rule: Rule = {
  tool: 'other-guards',
  title: 'another guard',
  programs: [...guards.flatMap(({ programs }) => programs), ...Object.keys(removers), 'hermes', 'claude', 'droid', 'copilot', 'gemini', 'codex', 'amp', 'opencode'],
  packages: guards.flatMap(({ packages = [] }) => packages),
  docs: 'https://github.com/manuelschipper/nah',
  valueOptions: ['--root', '--registry', '--prefix', '--target', '--scope', '-r', '--reason'],
  safeOptions: ['-h', '--dry-run'],
  operations: [],
  inspect: (call) => {
    const words = call.operands.slice(0, 8).map((word) => word.text);
    const guard = guards.find(({ programs, packages = [] }) => programs.includes(call.invocation.program) || [...programs, ...packages].some((name) => call.invocation.argv[0]?.text.startsWith(name)));
    if (guard) return weakens(words) ? [weakenEffect('switch', `Tells ${guard.title}, which watches what agents do, to let things through: ${words.join(' ').slice(0, 80)}.`, guard.title, call)] : [];
    const removed = removedGuard(call, words);
    return removed === undefined ? [] : [weakenEffect('remove', `Takes away ${removed}, which watches what agents do on this machine.`, removed, call)];
  },
  cases: {
    caught: [
      { command: 'nah trust ~/work', by: 'switch' },
      { command: 'nah hook codex uninstall', by: 'switch' },
      { command: 'dcg allowlist add core.filesystem:rm-rf', by: 'switch' },
      { command: 'npx cc-safety-net uninstall', by: 'switch' },
      { command: 'cargo +nightly uninstall destructive_command_guard', by: 'remove' },
      { command: 'npm uninstall -g cc-safety-net', by: 'remove' },
      { command: 'brew uninstall nah', by: 'remove' },
      { command: 'claude plugin uninstall nah@nah', by: 'remove' },
      { command: 'hermes hooks rm "nah hook hermes run"', by: 'remove' },
    ],
    passes: [
      'nah --help', 'nah test "rm -rf build"', 'nah log', 'nah docs trust', 'dcg explain "git reset --hard"', 'dcg allowlist list', 'dcg allowlist remove core.git:clean', 'dcg doctor', 'cc-safety-net explain "cat notes.md"', 'cc-safety-net doctor', 'nah hook list', 'dcg --version',
      'cargo uninstall ripgrep', 'npm uninstall lodash', 'pip uninstall -y requests', 'brew uninstall wget', 'npm install -g cc-safety-net', 'claude plugin list', 'claude plugin uninstall theme@store', 'echo nah nap', 'hermes hooks list',
    ],
  },
};

function weakens([first = '', ...rest]: readonly string[]): boolean {
  if (weakeningWords.has(first)) return !rest.some((word) => onlyLooks.test(word));
  if (!listWords.has(first)) return false;
  const how = rest.slice(0, 2).find((word) => changesList.test(word));
  return how !== undefined && !(exceptionLists.test(first) && /^(?:rm|remove|delete|clear)$/.test(how));
}

/** The guard a package manager or an agent's plugin command would take away. */
function removedGuard(call: Call, words: readonly string[]): string | undefined {
  const { program, argv } = call.invocation;
  const how = Object.hasOwn(removers, program) ? removers[program] : /^(?:uninstall|remove|rm|delete|disable)$/;
  const at = argv.findIndex((word, index) => index > 0 && how?.test(word.text) === true);
  if (at < 0 || (!Object.hasOwn(removers, program) && !words.some((word) => /^(?:plugins?|hooks?|extensions?|mcp)$/.test(word)))) return undefined;
  if (/^(?:tool|pip|global)$/.test(argv[at]?.text ?? '') && !/^(?:uninstall|remove)$/.test(argv[at + 1]?.text ?? '')) return undefined;
  return argv.slice(at + 1, at + 33).flatMap((word) => word.text.slice(0, 256).split(/[\s=]+/)).map((word) => word.replace(/(?<=.)@.*$|\.[cm]?[jt]s$|==.*$|\[.*$/, '').replace(/^.*\//, '')).find((name) => guardNames.has(name));
}

function weakenEffect(id: string, why: string, name: string, { invocation }: Call): Effect {
  return {
    verb: 'weakenGuard', resource: { kind: 'guard', name }, reversibility: 'recoverable', certainty: 'certain', rule: `other-guards/${id}`, why, saferWay: 'Ask the person to do it.',
    docs: guards.find(({ title, programs }) => title === name || programs.includes(name))?.docs ?? 'https://github.com/manuelschipper/nah', target: { by: 'path' }, ...(invocation.span ? { span: invocation.span } : {}),
  };
}
