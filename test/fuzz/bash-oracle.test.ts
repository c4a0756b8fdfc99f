// What a real Bash makes of a mangled command, against what the analysis makes of it.
//
// Formulation. Let m be a mutant of a text that runs destructive programs. A restricted Bash that can start nothing
// runs m with functions in the programs' places, which write down the words they are given. For each call it wrote
// down that is held when written out word by word, m is held too. How strictly may differ: an output that is unknown
// to the analysis was empty here.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { ShellAction } from '../../src/core/action.ts';
import { decide } from '../../src/core/decide.ts';
import { defaultPolicy } from '../../src/core/policy/defaults.ts';
import { blindWorld } from '../../src/core/world.ts';

const env = { HOME: '/home/dev', PATH: '/nowhere' };
const programs = ['rm', 'dd', 'dropdb', 'terraform', 'kubectl', 'git'];
/** Each call is written as \1 program \2 word \2 … \3. */
const recorder = programs.map((program) => `${program}() { printf '\\001${program}\\002'; printf '%s\\002' "$@"; printf '\\003'; }`).join('\n');

const seeds = [
  'rm -rf /srv/data', 'true && rm -rf /srv/data', 'x=/srv/data; rm -rf "$x"', 'for d in /srv/a /srv/b; do rm -rf $d; done', 'f() { rm -rf "$1"; }; f /srv/data', 'if true; then rm -rf /srv/data; else git reset --hard; fi', 'a=(-rf /srv/data); rm "${a[@]}"',
  'rm -rf {/srv/a,/srv/b}', 'rm -rf /srv/$(printf data)', 'eval "rm -rf /srv/data"', 'case $HOME in /home/*) rm -rf /srv/data;; *) true;; esac', 'while true; do rm -rf /srv/data; break; done', 'rm -rf "${x:-/srv/data}"', 'x=rm; $x -rf /srv/data', "rm -rf $'/srv/data'", 'rm -rf ~/work', '{ rm -rf /srv/data; }', '( rm -rf /srv/data )', '! rm -rf /srv/data', 'time rm -rf /srv/data',
  'x=(/srv/a /srv/b); rm -rf "${x[1]}"', 'rm -rf "${HOME/dev/ops}/data"', 'x=/srv/data/; rm -rf ${x%/}', 'x=data; rm -rf /srv/${x^^}', 'declare -A m=([k]=/srv/data); rm -rf "${m[k]}"', 'n=x; x=/srv/data; rm -rf ${!n}', 'until false; do rm -rf /srv/data; break; done', 'i=0; while (( i < 2 )); do rm -rf /srv/$i; (( i++ )); done', 'for ((i=0;i<2;i++)); do rm -rf /srv/$i; done',
  'f() { local d=/srv/data; g; }; g() { rm -rf $d; }; f', 'IFS=,; x=-rf,/srv/data; rm $x', 'read -r a b <<< "-rf /srv/data"; rm $a $b', 'printf -v x "%s" /srv/data; rm -rf $x', 'x="-rf /srv/data"; rm $x', "rm -rf /srv/'da'\"ta\"", 'shopt -s expand_aliases\nalias r="rm -rf"\nr /srv/data', 'cat() { printf data; }; rm -rf /srv/$(cat)', 'command rm -rf /srv/data; builtin eval "rm -rf /srv/data"', 'select x in /srv/data; do rm -rf $x; break; done <<< 1', 'mapfile -t a <<< "/srv/data"; rm -rf "${a[0]}"',
  'git reset --hard', 'git push --force origin main', 'git clean -fdx', 'dd if=/dev/zero of=/dev/sda', 'dropdb -h db.example.com shop', 'terraform destroy -auto-approve', 'kubectl delete namespace shop', 'printf "%s" /srv/data | while read -r d; do rm -rf "$d"; done', 'set -- -rf /srv/data; rm "$@"', "trap 'rm -rf /srv/data' EXIT",
];

const alphabet = fc.constantFrom(...Array.from(' \t\n;&|(){}[]$`\'"\\#!*?~=+-/.,:@%^0ax'));
const edit = fc.record({ kind: fc.constantFrom('delete', 'insert', 'double', 'swap'), at: fc.nat(400), text: alphabet });
type Edit = { readonly kind: string; readonly at: number; readonly text: string };

function mutate(text: string, { kind, at, text: inserted }: Edit): string {
  const place = at % (text.length + 1);
  const [head, here, rest] = [text.slice(0, place), text.slice(place, place + 1), text.slice(place + 1)];
  switch (kind) {
    case 'delete': return head + rest;
    case 'insert': return head + inserted + here + rest;
    case 'double': return head + here + here + rest;
    default: return head + rest.slice(0, 1) + here + rest.slice(1);
  }
}

const quoted = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;

/** `allow` and `keep` let a command run, `ask` and `deny` hold it. */
function isHeld(command: string): boolean {
  const action: ShellAction = { tool: 'shell', shell: 'bash', command, agent: 'test', session: '', cwd: '/home/dev/project', workspaceRoots: ['/home/dev/project'], env };
  return ['ask', 'deny'].includes(decide(action, blindWorld(), defaultPolicy).decision);
}

describe('a command that Bash runs although its text was mangled', () => {
  let folder: string;
  let bash: string;
  before(() => {
    // Looked up once: the shells below have no search path.
    bash = spawnSync('sh', ['-c', 'command -v bash'], { encoding: 'utf8' }).stdout.trim();
    assert.notEqual(bash, '', 'install bash to run this test');
    folder = mkdtempSync(join(tmpdir(), 'bash-oracle-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** The calls a restricted Bash makes: it cannot leave its folder, write a file or start a program. */
  function callsOf(text: string): readonly string[] {
    const { stdout, error } = spawnSync(bash, ['--norc', '--noprofile', '-r', '-c', `${recorder}\n${text}`], { cwd: folder, env, input: '', encoding: 'latin1', timeout: 2_000, maxBuffer: 1 << 20 });
    // A loop without end writes down the same call over and over.
    if (error && !/ETIMEDOUT|ENOBUFS/.test(String(error))) throw error;
    return stdout.split('\x01').slice(1).map((call) => call.split('\x02\x03')[0] ?? '').map((words) => words.split('\x02').map(quoted).join(' '));
  }

  it('is seen: the recorder works', () => {
    assert.deepEqual(callsOf('x=/srv; rm -rf "$x"'), ["'rm' '-rf' '/srv'"]);
    assert.deepEqual(callsOf('ls > out; /bin/rm -rf x; exec rm'), []);
  });

  it('is held if its words are', () => {
    let seen = 0;
    fc.assert(fc.property(fc.constantFrom(...seeds), fc.array(edit, { minLength: 0, maxLength: 4 }), (seed, edits) => {
      const mutant = edits.reduce(mutate, seed);
      const calls = [...new Set(callsOf(mutant))].slice(0, 4);
      seen += calls.length;
      for (const call of calls) assert.ok(isHeld(mutant) || !isHeld(call), `${JSON.stringify(mutant)} runs ${call}`);
    }), { numRuns: 600 });
    assert.ok(seen > 200, `only ${seen} calls were seen`);
  });
});
