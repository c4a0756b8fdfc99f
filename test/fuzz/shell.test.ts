// What the shell's analysis may never do, whatever the text.
//
// Formulation. Let c be a command that is held (asks or is denied).
//   1. Behind any wrapper of the table, and behind any chain of them, c is held.
//   2. Two texts that become the same words by quote removal get the same decision.
//   3. A text in which c stands whole between separators is held, whatever stands around it, as long as that opens
//      no quote, comment, here-document, function or substitution: the shell would then read c as another thing.
//   4. Any other mutant of c may mean something else, so nothing is said of its decision but that there is one,
//      reached by analysis and not by an error.
//   5. A mutant that bash reads as the same commands (it prints both alike, without running either) is held too; what
//      bash reads as something else, or refuses, is free to be judged otherwise.
//   6. The steps a text without loops, functions and braces costs are linear in its length.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { ShellAction } from '../../src/core/action.ts';
import { TooMuch, type Analysis } from '../../src/core/analysis.ts';
import { decide } from '../../src/core/decide.ts';
import { defaultPolicy } from '../../src/core/policy/defaults.ts';
import { analyseShell } from '../../src/core/shell/walk.ts';
import { wrapperPrograms } from '../../src/core/shell/wrappers.ts';
import { blindWorld } from '../../src/core/world.ts';
import { recordingAnalysis } from '../unit/core/recording-analysis.ts';

const shell = (command: string): ShellAction => ({ agent: 'test', session: 's', cwd: '/home/dev/project', workspaceRoots: ['/home/dev/project'], env: { HOME: '/home/dev' }, tool: 'shell', shell: 'bash', command });
const verdictOf = (command: string): ReturnType<typeof decide> => decide(shell(command), blindWorld(), defaultPolicy);
const isHeld = (command: string): boolean => ['ask', 'deny'].includes(verdictOf(command).decision);

/** Commands of plain words, so that they mean the same however often a wrapper puts them together again. */
const commands = ['rm -rf /', 'dd if=/dev/zero of=/dev/sda', 'terraform destroy -auto-approve', 'kubectl delete namespace shop', 'dropdb -h db.example.com shop', 'railway volume delete'];
const quoted = (command: string): string => `'${command.replaceAll("'", String.raw`'\''`)}'`;

/** How a wrapper is written where its name before the command is not enough. */
const forms: Readonly<Record<string, (command: string) => string>> = {
  timeout: (command) => `timeout -k 5 10 ${command}`,
  gtimeout: (command) => `gtimeout 10 ${command}`,
  xargs: (command) => `echo x | xargs -I{} ${command}`,
  gxargs: (command) => `echo x | gxargs -I{} ${command}`,
  parallel: (command) => `parallel ${command} ::: x`,
  npm: (command) => `npm exec -- ${command}`,
  pnpm: (command) => `pnpm dlx ${command}`,
  yarn: (command) => `yarn exec ${command}`,
  bun: (command) => `bun x ${command}`,
  bundle: (command) => `bundle exec ${command}`,
  docker: (command) => `docker exec -it web ${command}`,
  podman: (command) => `podman exec web ${command}`,
  nerdctl: (command) => `nerdctl exec web ${command}`,
  'docker-compose': (command) => `docker-compose exec web ${command}`,
  kubectl: (command) => `kubectl exec pod -- ${command}`,
  oc: (command) => `oc exec pod -- ${command}`,
  k3s: (command) => `k3s exec pod -- ${command}`,
  ssh: (command) => `ssh -p 22 host ${quoted(command)}`,
  su: (command) => `su - dev -c ${quoted(command)}`,
  sg: (command) => `sg dev -c ${quoted(command)}`,
  script: (command) => `script -qc ${quoted(command)} /dev/null`,
  vagrant: (command) => `vagrant ssh -c ${quoted(command)}`,
  'nix-shell': (command) => `nix-shell -p jq --run ${quoted(command)}`,
  nix: (command) => `nix develop -c ${command}`,
  gdb: (command) => `gdb -q --args ${command}`,
  lldb: (command) => `lldb -- ${command}`,
  tmux: (command) => `tmux send-keys -t 0 ${quoted(command)} Enter`,
  screen: (command) => `screen -dmS work ${command}`,
  at: (command) => `echo ${quoted(command)} | at now`,
  batch: (command) => `batch <<< ${quoted(command)}`,
  crontab: (command) => `echo '* * * * * '${quoted(command)} | crontab -`,
  'aws-vault': (command) => `aws-vault exec staging -- ${command}`,
  chamber: (command) => `chamber exec service -- ${command}`,
  direnv: (command) => `direnv exec . ${command}`,
  adb: (command) => `adb shell ${command}`,
  limactl: (command) => `limactl shell box ${command}`,
  entr: (command) => `ls | entr ${command}`,
  eval: (command) => `eval ${quoted(command)}`,
  fly: (command) => `fly ssh console -C ${quoted(command)}`,
  flyctl: (command) => `flyctl machine exec 9185 ${quoted(command)}`,
  kamal: (command) => `kamal app exec ${quoted(command)}`,
  modal: (command) => `modal shell app.py -c ${quoted(command)}`,
  doctl: (command) => `doctl compute ssh box --ssh-command ${quoted(command)}`,
  hcloud: (command) => `hcloud server ssh box ${quoted(command)}`,
  gh: (command) => `gh codespace ssh -c box -- ${quoted(command)}`,
  dokku: (command) => `dokku run shop ${command}`,
  vercel: (command) => `vercel env run -- ${command}`,
  netlify: (command) => `netlify dev:exec ${command}`,
  ntl: (command) => `ntl dev:exec ${command}`,
};
for (const program of ['poetry', 'uv', 'pipenv', 'rye', 'pdm', 'hatch', 'conda', 'mamba', 'railway', 'doppler', 'op', 'infisical', 'teller', 'varlock', 'heroku', 'dotenvx']) Object.assign(forms, { [program]: (command: string) => `${program} run ${command}` });
for (const program of ['dotenv', 'env-cmd', 'cross-env', 'with-env']) Object.assign(forms, { [program]: (command: string) => `${program} -- ${command}` });
for (const program of ['mise', 'rtx', 'asdf', 'fnm', 'rbenv', 'pyenv', 'volta', 'goenv', 'nodenv']) Object.assign(forms, { [program]: (command: string) => `${program} exec ${command}` });
for (const program of ['lxc', 'incus', 'multipass']) Object.assign(forms, { [program]: (command: string) => `${program} exec box -- ${command}` });
for (const program of ['chroot', 'gosu', 'su-exec', 'setarch', 'faketime', 'cpulimit', 'flock']) Object.assign(forms, { [program]: (command: string) => `${program} x ${command}` });

const wrap = (program: string, command: string): string => forms[program]?.(command) ?? `${program} ${command}`;

describe('a held command stays held', () => {
  for (const program of wrapperPrograms) it(`behind ${program}`, () => assert.deepEqual(commands.filter((command) => !isHeld(wrap(program, command))), []));

  // Only those that take the command as words can stand before any other.
  const plain = wrapperPrograms.filter((program) => forms[program] === undefined);
  it('behind a chain of wrappers', () => fc.assert(fc.property(fc.array(fc.constantFrom(...plain), { minLength: 1, maxLength: 5 }), fc.constantFrom(...commands), (chain, command) => isHeld([...chain, command].join(' ')))));

  it('behind programs nobody knows', () => fc.assert(fc.property(fc.array(fc.constantFrom('outer', './in-box.sh', 'tools/run', 'with-lock', 'wrapper_2', ...plain), { minLength: 1, maxLength: 4 }), fc.constantFrom('', '--quiet', '-n 3', '--'), fc.constantFrom(...commands), (chain, options, command) => isHeld(['outer', ...chain, options, command].join(' ')))));

  const texts = ['su', 'sg', 'script', 'ssh', 'nix-shell', 'tmux', 'eval', 'vagrant', 'at', 'batch'];
  it('behind wrappers that take it as text', () => fc.assert(fc.property(fc.array(fc.constantFrom(...texts), { minLength: 1, maxLength: 3 }), fc.constantFrom(...commands), (chain, command) => isHeld(chain.reduce((inner, program) => wrap(program, inner), command)))));

  // After an assignment or a redirection `!` is the name of a program, so it stands behind a command here.
  const before = ['true; ', 'cd /srv && ', 'ls | ', 'true && ! ', 'time ', 'X=1 ', 'false || ', 'sleep 1 & ', 'echo $HOME\n', '\n', 'if test -f a; then b; fi; ', '2>/dev/null ', '[ -n "$A" ] && ', 'case $A in a) b;; esac\n', '\t '];
  const after = ['; true', ' && ls', ' | cat', ' || true', ' &', ' 2>&1', ' >/dev/null', '\necho done', ' # done', ' ;;', ' )', ' fi', ' }', ' && "', " | '"];
  it('between other commands, also ones that make the text unreadable', () => fc.assert(fc.property(fc.array(fc.constantFrom(...before), { maxLength: 4 }), fc.constantFrom(...commands), fc.constantFrom(...after), (start, command, end) => isHeld(start.join('') + command + end))));
});

/** Ways of writing one word that quote removal makes the same. */
const spellings: readonly ((word: string) => string)[] = [
  (word) => word,
  quoted,
  (word) => `"${word}"`,
  (word) => `$'${word}'`,
  (word) => word.replaceAll(/./g, String.raw`\$&`),
  (word) => `${word.slice(0, 1)}''${word.slice(1)}`,
  (word) => `"${word.slice(0, 1)}"${quoted(word.slice(1))}`,
  (word) => `${word.slice(0, 1)}\\\n${word.slice(1)}`,
  (word) => `$'${Array.from(word, (letter) => `\\x${letter.charCodeAt(0).toString(16)}`).join('')}'`,
];

it('the way its words are quoted changes no decision', () => {
  const harmless = ['ls -la /', 'git status', 'terraform plan', 'rm -rf node_modules', 'echo rm -rf /'];
  fc.assert(fc.property(fc.constantFrom(...commands, ...harmless), fc.array(fc.constantFrom(...spellings), { minLength: 6, maxLength: 6 }), fc.constantFrom(' ', '  ', '\t', ' \\\n '), (command, ways, gap) => {
    const written = command.split(' ').map((word, at) => (ways[at % ways.length] as (word: string) => string)(word)).join(gap);
    assert.equal(verdictOf(written).decision, verdictOf(command).decision);
  }));
});

/** Texts to be mangled: every construct the walk knows. */
const seeds = [
  ...commands, 'if a; then b; else c; fi', 'for x in a b; do echo $x; done', 'while read -r l; do echo "$l"; done < f', 'case $x in a|b) c;; *) d;; esac', 'f() { echo $1; }; f a', 'cat <<E\n$(a)\nE', 'diff <(a) <(b)', 'echo ${a:-$(b)} ${c/d/e} $((1+2))', 'a=(1 2); echo "${a[@]}"',
  "awk '{ system(\"a \" $1) }' f", "sed -e 's/a/b/e' f", 'xargs -I{} sh -c "a {}" < f', "trap 'a' EXIT", 'eval "$(a)"', '[[ -f a && ! -d b ]] && c', 'coproc a { b; }', "printf 'a\\n' > s; sh s", 'mv a b; rm -rf b', 'curl -o a http://b/c; sh a', "bash -c 'a' b c", "tmux send-keys 'a' Enter",
];
const alphabet = fc.constantFrom(...Array.from(' \t\n;&|<>(){}[]$`\'"\\#!*?~=+-/.:,@%^0a'));
const edit = fc.record({ kind: fc.constantFrom('delete', 'insert', 'double'), at: fc.nat(400), text: alphabet });

function mangled(text: string, edits: readonly { kind: string; at: number; text: string }[]): string {
  return edits.reduce((result, { kind, at, text: inserted }) => {
    const place = at % (result.length + 1);
    const kept = kind === 'delete' ? result.slice(place + 1) : result.slice(place);
    return result.slice(0, place) + (kind === 'insert' ? inserted : kind === 'double' ? (result[place] ?? '') : '') + kept;
  }, text);
}

it('a mangled text is decided, and never by an error', () => {
  fc.assert(fc.property(fc.constantFrom(...seeds), fc.array(edit, { minLength: 1, maxLength: 6 }), (seed, edits) => {
    const { decision, findings } = verdictOf(mangled(seed, edits));
    assert.match(decision, /^(?:allow|keep|ask|deny)$/);
    assert.ok(!findings.some((finding) => finding.rule === 'core/failed'), JSON.stringify(findings));
  }), { numRuns: 2_000 });
});

/** How bash itself writes a text it has read and not run; undefined for one it cannot read. Bashes before 5 do not print: the text stands for itself then. */
function readByBash(text: string): string | undefined {
  const { status, stdout, error } = spawnSync('bash', ['--norc', '--noprofile', '--pretty-print', '-n'], { input: `${text}\n`, encoding: 'utf8' });
  return error || status === 2 ? text.trim() : status === 0 ? stdout.trim() : undefined;
}

it('a mutant that bash reads as the same commands is held too', () => {
  const noise = fc.constantFrom(' ', '\t', ' \\\n', '\\\n', '\n', ';', ' # x', '\n\n', ' &', "''", '""', '#', ';;', '(', ' | ');
  const shapes: readonly ((command: string) => string)[] = [(command) => command, (command) => `true && ${command}`, (command) => `if true; then ${command}; fi`, (command) => `( ${command} )`, (command) => `f() { ${command}; }; f`, (command) => `for x in a; do ${command}; done`];
  let same = 0;
  fc.assert(fc.property(fc.constantFrom(...commands), fc.constantFrom(...shapes), fc.array(fc.tuple(fc.nat(100), noise), { minLength: 1, maxLength: 3 }), (command, shape, inserted) => {
    const text = shape(command);
    const mutant = inserted.reduce((result, [at, piece]) => result.slice(0, at % (result.length + 1)) + piece + result.slice(at % (result.length + 1)), text);
    const read = readByBash(mutant);
    if (read === undefined || read !== readByBash(text)) return;
    same++;
    assert.ok(isHeld(mutant), mutant);
  }), { numRuns: 150 });
  assert.ok(same > 0, 'no mutant meant the same');
});

/** Steps the walk of a text takes, without looking into any program. */
function stepsOf(text: string): number {
  const { analysis, steps } = recordingAnalysis();
  const own: Analysis = analysis;
  try {
    analyseShell(text, { cwd: '/w', env: {} }, own);
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
  }
  return steps();
}

it('the steps of a text are linear in its length', () => {
  const pieces = ['a b', ' && ', ' || ', ';', '\n', ' | ', ' X=$Y ', ' "$(c)" ', ' <(d) ', ' $((1+$(e))) ', ' > f ', " 'g' ", ' if h; then i; fi; ', ' ( j ) ', ' ${K:-l} ', ' test x && M=1 ', ' <<< n ', ' eval o ', ' & '];
  fc.assert(fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 200 }), (parts) => {
    const text = parts.join('');
    assert.ok(stepsOf(text) <= 100 * text.length + 200, `${stepsOf(text)} steps for ${text.length} characters`);
  }));
});
