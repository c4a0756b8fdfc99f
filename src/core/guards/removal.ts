import type { Effect } from '../effect.ts';
import type { Invocation } from '../invocation.ts';
import { guards, protectors } from './known.ts';

/** Words by which package managers take a package away. */
const removers: Readonly<Record<string, RegExp>> = {
  cargo: /^uninstall$/, npm: /^(?:uninstall|un|remove|rm|r|unlink)$/, pnpm: /^(?:uninstall|un|remove|rm)$/, yarn: /^remove$/, bun: /^(?:remove|rm)$/, pip: /^uninstall$/, pip3: /^uninstall$/, pipx: /^uninstall$/, uv: /^uninstall$/, gem: /^uninstall$/, mise: /^(?:uninstall|unuse)$/,
  brew: /^(?:uninstall|remove|rm|unlink)$/, winget: /^(?:uninstall|remove|rm)$/, scoop: /^uninstall$/, choco: /^uninstall$/, apt: /^(?:remove|purge|autoremove)$/, 'apt-get': /^(?:remove|purge)$/, dnf: /^(?:remove|erase)$/, yum: /^(?:remove|erase)$/, zypper: /^(?:remove|rm)$/, apk: /^del$/, pacman: /^-R\w*$/,
};

/** Agents with commands for their plugins and hooks. */
const agents: ReadonlySet<string> = new Set(['claude', 'codex', 'gemini', 'qwen', 'copilot', 'droid', 'amp', 'opencode', 'cline', 'kiro-cli', 'hermes', 'agy', 'openclaw', 'pi', 'devin']);
const plugs = /^(?:plugins?|hooks?|extensions?)$/;
const takesAway = /^(?:uninstall|remove|rm|delete|disable|off)$/;

const guardNames: ReadonlySet<string> = new Set(guards.flatMap(({ programs, packages = [] }) => [...programs, ...packages]));

/** The effect of a package manager, or of an agent's own plugin command, that takes a guard away; nothing for all else. */
export function guardRemoval({ program, argv, span }: Invocation): readonly Effect[] {
  const how = Object.hasOwn(removers, program) ? removers[program] : agents.has(program) && (takesAway.test(argv[1]?.text ?? '') || argv.some(({ text }) => plugs.test(text))) ? takesAway : undefined;
  const at = how ? argv.findIndex(({ text }, index) => index > 0 && how.test(text)) : -1;
  // `npm run remove` is a script.
  if (at < 0 || argv.slice(1, at).some(({ text }) => /^(?:run(?:-script)?|exec|x|test)$/.test(text)) || argv.some(({ text }) => /^(?:--help|-h|--dry-run|-s|--simulate)$/.test(text))) return [];
  const name = argv.slice(at + 1, at + 33).flatMap(({ text }) => namesIn(text)).find((each) => guardNames.has(each) || protectors.test(each));
  if (name === undefined) return [];
  return [{
    verb: 'weakenGuard', resource: { kind: 'guard', name }, reversibility: 'recoverable', certainty: 'certain', rule: 'guards/remove',
    why: `Takes away ${name}, which guards this machine.`, saferWay: 'Ask the person to do it.', target: { by: 'path' }, ...(span ? { span } : {}),
  }];
}

/** `nah@nah`, `@scope/nah`, `npm:nah`, `nah==1.0`, `nah.ts`, `nah hook run` all name nah. */
function namesIn(text: string): readonly string[] {
  return text.slice(0, 256).split(/[\s=]+/).map((word) => word.replace(/(?<=.)@.*$|\.[cm]?[jt]s$|\[.*$/, '').replace(/^.*[/:]/, ''));
}
