import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { guards } from '../guards/known.ts';
import type { Rule } from '../rule.ts';

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
  programs: guards.flatMap(({ programs }) => programs),
  packages: guards.flatMap(({ packages = [] }) => packages),
  docs: 'https://github.com/manuelschipper/nah',
  valueOptions: ['--root', '--registry', '--prefix', '--target', '--scope', '-r', '--reason'],
  safeOptions: ['-h', '--dry-run'],
  operations: [],
  inspect: (call) => {
    const words = call.operands.slice(0, 8).map((word) => word.text);
    const guard = guards.find(({ programs, packages = [] }) => programs.includes(call.invocation.program) || [...programs, ...packages].some((name) => call.invocation.argv[0]?.text.startsWith(name)));
    return guard && weakens(words) ? [weakenEffect(words, guard, call)] : [];
  },
  cases: {
    caught: [
      { command: 'nah trust ~/work', by: 'switch' },
      { command: 'nah hook codex uninstall', by: 'switch' },
      { command: 'dcg allowlist add core.filesystem:rm-rf', by: 'switch' },
      { command: 'npx cc-safety-net uninstall', by: 'switch' },
    ],
    passes: [
      'nah --help', 'nah test "rm -rf build"', 'nah log', 'nah docs trust', 'dcg explain "git reset --hard"', 'dcg allowlist list', 'dcg allowlist remove core.git:clean', 'dcg doctor', 'cc-safety-net explain "cat notes.md"', 'cc-safety-net doctor', 'nah hook list', 'dcg --version',
      'echo nah nap',
    ],
  },
};

function weakens([first = '', ...rest]: readonly string[]): boolean {
  if (weakeningWords.has(first)) return !rest.some((word) => onlyLooks.test(word));
  if (!listWords.has(first)) return false;
  const how = rest.slice(0, 2).find((word) => changesList.test(word));
  return how !== undefined && !(exceptionLists.test(first) && /^(?:rm|remove|delete|clear)$/.test(how));
}

function weakenEffect(words: readonly string[], { title, docs }: (typeof guards)[number], { invocation }: Call): Effect {
  return {
    verb: 'weakenGuard', resource: { kind: 'guard', name: title }, reversibility: 'recoverable', certainty: 'certain', rule: 'other-guards/switch',
    why: `Tells ${title}, which watches what agents do, to let things through: ${words.join(' ').slice(0, 80)}.`, saferWay: 'Ask the person to do it.', docs, target: { by: 'path' }, ...(invocation.span ? { span: invocation.span } : {}),
  };
}
