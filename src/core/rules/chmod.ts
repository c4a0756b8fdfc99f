import type { Analysis } from '../analysis.ts';
import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { joinPath } from '../files/path.ts';
import { guardChanges, pathEffects, wholeEffects } from '../files/path-effects.ts';
import type { Rule } from '../rule.ts';
import type { Word } from '../shell/word.ts';

const docs = 'https://www.gnu.org/software/coreutils/manual/html_node/chmod-invocation.html';

export const rule: Rule = {
  tool: 'chmod',
  title: 'chmod',
  programs: ['chmod', 'gchmod'],
  docs,
  valueOptions: ['--reference'],
  abbreviable: ['--recursive'],
  safeOptions: ['--help', '--version'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'chmod -R 777 /', by: 'everything' },
      { command: 'sudo chmod -R 755 /usr', by: 'everything' },
      { command: 'chmod --recursive 700 ~', by: 'everything' },
      { command: 'chmod -R -x /', by: 'everything' },
      { command: 'chmod -x .git/hooks/pre-push', by: 'hook' },
      { command: 'chmod 777 /etc/nginx/nginx.conf', by: 'open' },
      { command: 'sudo chmod -R 777 /var/www/shop', by: 'open' },
      { command: 'chmod o+w /usr/local/bin/deploy', by: 'open' },
      { command: 'chmod a+rwx ~/.ssh', by: 'open' },
    ],
    passes: ['chmod +x run.sh', 'chmod -R 755 .', 'chmod -R u+w node_modules', 'chmod 644 /etc/hosts', 'chmod 777 run.sh', 'chmod -R 777 /tmp/out', 'chmod 1777 /var/lib/spool', 'chmod 755 /usr/local/bin/app', 'chmod g+w /var/www/shop', 'chmod -R a+rX /usr/share/app'],
  },
};

/** Modes can be put back one by one, but not those of a whole system. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const { mode, paths } = modeAndPaths(call);
  const place = call.invocation;
  const whole = hasOption(call, '-R', '--recursive') ? wholeEffects(paths, { rule: 'chmod/everything', docs, says: 'Changes who may read and run' }, place, analysis) : [];
  const opened = whole.length === 0 && opensToAll(mode) ? openedEffects(paths, place, analysis) : [];
  if (hasOption(call, '-R', '--recursive')) return [...whole, ...opened];
  const hooks = stopsRunning(mode) ? paths.filter((word) => /(?:^|\/)(?:\.git\/hooks|\.husky)\/[^/]+$/.test(word.text)) : [];
  return [
    ...opened,
    ...guardChanges(paths, {}, place, analysis),
    ...pathEffects(hooks, { verb: 'overwrite', recursive: false, rule: 'chmod/hook', docs, says: 'Switches off the check', saferWay: 'Let the check run, and mend what it finds.' }, place, analysis),
  ];
}

/** Files of the system, and logins, which programs refuse or misuse once everybody may change them. */
const trusted = /^(?:\/private)?\/(?:etc|usr|bin|sbin|lib|lib64|boot|root|opt|dev\/(?:sd|nvme|disk)|var\/(?:lib|log|spool|run|www|backups))(?:\/|$)|\/\.(?:ssh|gnupg|aws|kube)(?:\/|$)/;

function openedEffects(paths: readonly Word[], place: Call['invocation'], { world }: Analysis): readonly Effect[] {
  const opened = paths.map((word) => joinPath(place.cwd ?? '', word.text, world.platform)).filter((path) => trusted.test(path));
  const names = opened.slice(0, 3).join(', ');
  return opened.length === 0 ? [] : [{
    verb: 'overwrite', resource: { kind: 'permissions', name: names, provider: 'local files' }, reversibility: 'irreversible', certainty: 'certain', rule: 'chmod/open',
    why: `Lets every person and program on this machine change ${names}; the present modes are written down nowhere.`, saferWay: 'Give the right to the one user or group that needs it.', docs, target: { by: 'path' }, env: place.env, ...(place.span ? { span: place.span } : {}),
  }];
}

/** True for a mode that lets everybody write: `777`, `o+w`, `a=rw`, `+w` does not. A folder with the sticky bit is meant for all. */
function opensToAll(mode: string): boolean {
  return /^0?[0246]?[0-7]{2}[2367]$/.test(mode) || mode.split(',').some((part) => /^[ug]*[oa][ugoa]*[+=][rxXst]*w/.test(part) && !part.includes('t'));
}

/** With `--reference` there is no mode; `-x` is one, though it looks like an option. */
function modeAndPaths(call: Call): { readonly mode: string; readonly paths: readonly Word[] } {
  const { operands, invocation } = call;
  const minus = invocation.argv.slice(1).find((word) => /^-[rwxXst]+$/.test(word.text));
  if (minus || hasOption(call, '--reference')) return { mode: minus?.text ?? '', paths: operands };
  return { mode: operands[0]?.text ?? '', paths: operands.slice(1) };
}

/** True for a mode that takes away the right to run a file: `-x`, `a=r`, `644`. */
function stopsRunning(mode: string): boolean {
  return /^[ugoa]*-[rwst]*x/.test(mode) || /^[ugoa]*=[rw]*$/.test(mode) || /^0?[0246]{3}$/.test(mode);
}
