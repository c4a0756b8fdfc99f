// What starts in an agent's shell meets the gate, and what starts in a person's does not: real shells, real terminals, the packaged hook.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import * as fc from 'fast-check';
import { resolved } from '../../src/agents/shell-line.ts';
import { quoteWords } from '../../src/agents/shell-word.ts';
import { provisionShells, type Shell } from './shells.ts';
import { Stage } from './stage.ts';

const stage = new Stage();
const shells = provisionShells();
before(async () => {
  await stage.open();
  stage.write('notes.md', 'only here\n');
  stage.write('Makefile', 'clean:\n\t@cd infra && terraform destroy -auto-approve\n');
  stage.write('infra/main.tf', '');
  stage.write('clean.py', 'import subprocess\nsubprocess.run(["terraform", "destroy", "-auto-approve"])\n');
  stage.write('wipe.py', 'import subprocess\nsubprocess.run("rm -rf " + "no" + "tes.md", shell=True)\n');
  stage.write('clean.js', 'require("child_process").spawnSync("terraform", ["destroy", "-auto-approve"], { stdio: "inherit" })\n');
  stage.write('clean.sh', '#!/bin/sh\nterraform destroy -auto-approve\n', true);
  stage.write('paths.bash', `#!/bin/bash\n'${stage.bin}/terraform' destroy -auto-approve\n`, true);
  stage.write('params.sh', `while [ $# -gt 1 ]; do shift; done\n'${stage.bin}/rm' -rf "$1"\n`);
  stage.write('names', 'destroy -auto-approve\n');
  stage.write('../.profile', `export PATH='${stage.bin}'\n`);
  const zsh = shells.find(({ name }) => name === 'zsh');
  if (zsh?.modules !== undefined) stage.write('../.zshenv', `module_path=('${zsh.modules}')\n`);
});
after(() => stage.close());

const AGENT = { CLAUDECODE: '1' };
const destroy = 'terraform destroy -auto-approve';

interface Case {
  /** What is typed; `BIN` stands for the folder of the programs. */
  readonly line: string;
  /** Only these shells, or all. */
  readonly shells?: readonly Shell['name'][];
}

const everywhere: Readonly<Record<string, Case>> = {
  'as it is': { line: destroy },
  'behind a builtin that passes functions and aliases by': { line: `command ${destroy}` },
  'with a backslash before it': { line: `\\${destroy}`, shells: ['bash', 'zsh', 'dash'] },
  'in the place of the shell': { line: `exec ${destroy}` },
  'in shells in shells': { line: `sh -c "bash -c '${destroy}'"` },
  'where PATH was made anew': { line: `PATH='BIN'; ${destroy}`, shells: ['bash', 'zsh'] },
  'in a function where PATH was made anew': { line: `f() { local PATH='BIN'; ${destroy}; }; f`, shells: ['bash', 'zsh'] },
  // Other systems do not show fish the text that it was started with.
  'by its full path after words of fish': { line: `true; and not begin; 'BIN/terraform' destroy -auto-approve; end`, shells: existsSync('/proc/self/cmdline') ? ['fish'] : [] },
  'by its full path': { line: `'BIN/terraform' destroy -auto-approve`, shells: ['bash', 'zsh', ...(existsSync('/proc/self/cmdline') ? (['fish'] as const) : [])] },
};

/** What only their values tell apart, in a function: what must be held, and what passes, and then what of it runs. */
const byValue: Readonly<Record<string, { readonly held: string; readonly passes: string; readonly ran: readonly string[] }>> = {
  'all parameters': { held: `f() { 'BIN/rm' -rf "$@"; }; f notes.md`, passes: `f() { 'BIN/rm' -rf "$@"; }; f never was`, ran: ['rm -rf never was'] },
  'a parameter after others': { held: `f() { shift; 'BIN/rm' -rf "\${1}"; }; f never notes.md`, passes: `f() { shift; 'BIN/rm' -rf "\${1}"; }; f notes.md never`, ran: ['rm -rf never'] },
  'some parameters': { held: `f() { 'BIN/rm' "\${@:2}"; }; f never notes.md`, passes: `f() { 'BIN/rm' "\${@:2}"; }; f notes.md never`, ran: ['rm never'] },
  'the parameters of a script': { held: `SHELL params.sh never notes.md`, passes: `SHELL params.sh notes.md never`, ran: ['rm -rf never'] },
  'a parameter written over': { held: `f() { echo x > "$2"; }; f never notes.md`, passes: `f() { echo x > "$2"; rm never; }; f notes.md fresh-by-SHELLNAME`, ran: ['rm never'] },
  'a variable with the program': { held: `dir='BIN'; cmd="$dir/rm"; "$cmd" -rf notes.md`, passes: `dir='BIN'; cmd="$dir/rm"; "$cmd" -rf never`, ran: ['rm -rf never'] },
  'a variable that is not exported': { held: `word=notes.md; 'BIN/rm' "$word"`, passes: `word=never; 'BIN/rm' "$word"`, ran: ['rm never'] },
  'a variable that hides an exported one': { held: `export what=never; f() { local what=notes.md; 'BIN/rm' "$what"; }; f`, passes: `export what=notes.md; f() { local what=never; 'BIN/rm' "$what"; }; f`, ran: ['rm never'] },
  'a variable that is not set': { held: `unset dir; 'BIN/rm' -rf "$dir"/*`, passes: `unset dir; 'BIN/rm' -rf never$dir`, ran: ['rm -rf never'] },
  'a list': { held: `these=(never notes.md); 'BIN/rm' "\${these[@]}"`, passes: `these=(never 'was here'); 'BIN/rm' "\${these[@]}"`, ran: ['rm never was here'] },
  'a list with the program': { held: `these=('BIN/rm' -rf); "\${these[@]}" notes.md`, passes: `these=('BIN/rm' -rf); "\${these[@]}" never`, ran: ['rm -rf never'] },
  'the tenth parameter': { held: `f() { 'BIN/rm' "\${10}"; }; f 1 2 3 4 5 6 7 8 9 notes.md`, passes: `f() { 'BIN/rm' "\${10}"; }; f notes.md 2 3 4 5 6 7 8 9 never`, ran: ['rm never'] },
  'a word of a list': { held: `these=(never 'was here' notes.md); 'BIN/rm' "\${these[LAST]}"`, passes: `these=(notes.md 'was here' never); 'BIN/rm' "\${these[LAST]}"`, ran: ['rm never'] },
  'a word of a list with the program': { held: `these=('BIN/rm' -rf); "\${these[FIRST]}" notes.md`, passes: `these=('BIN/rm' -rf); "\${these[FIRST]}" never`, ran: ['rm never'] },
  'a list within quotes': { held: `these=(notes.md); 'BIN/rm' "\${these[*]}"`, passes: `these=('never was'); 'BIN/rm' "\${these[*]}"`, ran: ['rm never was'] },
  'a file that a word of a list names, written over': { held: `these=(never notes.md); echo x > "\${these[SECOND]}"`, passes: `these=(notes.md fresh-list-SHELLNAME); echo x > "\${these[SECOND]}"; rm never`, ran: ['rm never'] },
  'a strict script': { held: `set -euo pipefail; f() { 'BIN/rm' "$@"; }; f notes.md`, passes: `set -euo pipefail; f() { 'BIN/rm' "$@"; }; f never`, ran: ['rm never'] },
};

/** What only zsh, or only bash, writes so. */
const byValueOf: Readonly<Record<'bash' | 'zsh', typeof byValue>> = {
  zsh: {
    'a list by its name': { held: `these=(never notes.md); 'BIN/rm' -rf $these`, passes: `these=(never '' 'was here'); these=($these); 'BIN/rm' -rf $these`, ran: ['rm -rf never was here'] },
    'a list by its name within quotes': { held: `these=(notes.md); 'BIN/rm' "$these"`, passes: `these=('notes.md never'); 'BIN/rm' "$these"`, ran: ['rm notes.md never'] },
    'a word of a list without braces': { held: `these=(never notes.md); 'BIN/rm' $these[2]`, passes: `these=(never notes.md); 'BIN/rm' $these[1]`, ran: ['rm never'] },
    'the last word of a list': { held: `these=(never notes.md); 'BIN/rm' "\${these[-1]}"`, passes: `these=(notes.md never); 'BIN/rm' "\${these[-1]}"`, ran: ['rm never'] },
    'the tenth parameter without braces': { held: `f() { 'BIN/rm' $10; }; f never 2 3 4 5 6 7 8 9 notes.md`, passes: `f() { 'BIN/rm' $10; }; f notes.md 2 3 4 5 6 7 8 9 never`, ran: ['rm never'] },
    'a list as other shells count it': { held: `setopt ksh_arrays; these=(notes.md never); 'BIN/rm' "\${these[0]}"`, passes: `setopt ksh_arrays; these=(never notes.md); 'BIN/rm' $these`, ran: ['rm never'] },
    'a list with the program by its name': { held: `these=('BIN/rm' -rf); $these notes.md`, passes: `these=('BIN/rm' -rf); $these never`, ran: ['rm -rf never'] },
  },
  bash: {
    'a list by its name': { held: `these=(notes.md never); 'BIN/rm' -rf $these`, passes: `these=(never notes.md); 'BIN/rm' -rf $these`, ran: ['rm -rf never'] },
    'the first parameter and a nought': { held: `f() { 'BIN/rm' $10; }; touch notes.md0; echo only > notes.md0; f notes.md`, passes: `f() { 'BIN/rm' $10; }; f never 2 3 4 5 6 7 8 9 notes.md`, ran: ['rm never0'] },
  },
};

/** What is the same whichever shell starts it. */
const anywhere: Readonly<Record<string, Case>> = {
  'in a script': { line: './clean.sh' },
  'in a makefile': { line: 'make clean' },
  'in Python': { line: 'python3 clean.py' },
  'in Node': { line: 'node clean.js' },
  'out of a pipe': { line: 'xargs terraform < names' },
  'found by find': { line: 'find . -maxdepth 1 -name names -exec terraform destroy {} +' },
  'without the agent’s environment': { line: `env -i HOME=/ 'BIN/terraform' destroy -auto-approve` },
  'in a script without the agent’s environment': { line: `env -i PATH='BIN' ./clean.sh` },
  'without the agent’s marker': { line: `env -u CLAUDECODE ${destroy}` },
  'by its full path in a script': { line: './paths.bash' },
  'of one cluster': { line: 'kubectl delete namespace shop' },
  'as a request': { line: `curl -X POST https://backboard.railway.app/graphql/v2 -d '{"query":"mutation { volumeDelete(volumeId: \\"3fa85f64-5717-4562-b3fc-2c963f66afa6\\") }"}'` },
};

function lineOf({ line }: Case): string {
  return line.replaceAll('BIN', stage.bin);
}

function held(name: string, shell: Shell, each: Case): void {
  test(`${shell.name}: ${name} is held`, async () => {
    const { ran, code, output, questions } = await stage.run([shell.path, '-c', lineOf(each)], { ...stage.environment(shell), ...AGENT });
    assert.deepEqual(ran, [], output);
    assert.match(output, /did not run/);
    assert.notEqual(code, null);
    assert.ok(questions <= 1, `${questions} questions`);
  });
}

describe('in an agent’s shell', () => {
  for (const shell of shells) for (const [name, each] of Object.entries(everywhere)) if (each.shells?.includes(shell.name) ?? true) held(name, shell, each);
  const [bash, zsh] = shells as readonly [Shell, Shell];
  for (const [name, each] of Object.entries(anywhere)) held(name, bash, each);

  for (const shell of [bash, zsh]) {
    for (const line of ['echo > notes.md', 'echo x >| notes.md', 'exec > notes.md', 'f() { echo x > notes.md; }; f', '(echo x > notes.md)']) {
      test(`${shell.name}: ${line} is held`, async () => {
        stage.write('notes.md', 'only here\n');
        const { output } = await stage.run([shell.path, '-c', `${line}; true`], { ...stage.environment(shell), ...AGENT });
        assert.match(output, /did not run/);
        assert.equal(stage.read('notes.md'), 'only here\n');
      });
    }
  }

  for (const shell of [bash, zsh]) {
    const line = (text: string): string[] => [shell.path, '-c', text.replaceAll('BIN', stage.bin).replaceAll('SHELLNAME', shell.name).replaceAll('FIRST', shell.name === 'zsh' ? '1' : '0').replaceAll('SECOND', shell.name === 'zsh' ? '2' : '1').replaceAll('LAST', shell.name === 'zsh' ? '3' : '2').replaceAll('SHELL', `'${shell.path}'`)];
    const agent = (): Record<string, string> => ({ ...stage.environment(shell), ...AGENT });
    for (const [name, { held: bad, passes, ran }] of Object.entries({ ...byValue, ...byValueOf[shell.name as 'bash' | 'zsh'] })) {
      test(`${shell.name}: ${name} is held for what it stands for`, async () => {
        stage.write('notes.md', 'only here\n');
        const ended = await stage.run(line(bad), agent());
        assert.deepEqual([ended.ran, stage.read('notes.md')], [[], 'only here\n'], ended.output);
        assert.match(ended.output, /did not run/);
      });
      test(`${shell.name}: ${name} passes for what it stands for, and nobody is asked`, async () => {
        stage.write('notes.md', 'only here\n');
        const ended = await stage.run(line(passes), agent());
        assert.deepEqual([ended.ran, ended.questions, ended.code, ended.output], [ran, 0, 0, '']);
      });
    }

    const gaps = shell.name === 'bash' ? ['these[5]=notes.md these[7]=never', '7'] as const : ['typeset -A these=(a notes.md b never)', 'b'] as const;
    test(`${shell.name}: a word of a list with gaps, or by a name, is asked about`, async () => {
      const { ran, questions } = await stage.run(line(`${gaps[0]}; 'BIN/rm' "\${these[${gaps[1]}]}"`), agent());
      assert.deepEqual([ran, questions], [[], 1]);
    });

    test(`${shell.name}: more parameters than are looked at are asked about`, async () => {
      const { ran, questions } = await stage.run(line(`f() { 'BIN/rm' "$@"; }; f ${'never '.repeat(100)}`), agent());
      assert.deepEqual([ran, questions], [[], 1]);
    });

    test(`${shell.name}: the look changes nothing that a script can see`, async () => {
      const seen = 'false | true | (exit 3); echo "${PIPESTATUS[*]}${pipestatus[*]}"; f() { echo $# "$@" > /dev/null; /bin/echo "$?" "$#" "$1" "$IFS"; return 4; }; f "a b" ""; echo $?; set -- x y; /bin/echo "$*" "${IFS}"; echo $_';
      const [agent_, person] = await Promise.all([stage.run(line(seen), agent()), stage.run(line(seen), stage.environment(shell))]);
      assert.deepEqual(agent_, person);
    });
  }

  const [, , , fish] = shells as readonly [Shell, Shell, Shell, Shell];
  const scripts: readonly (readonly [name: string, text: string, passes: string, ran: readonly string[]])[] = [
    ['where PATH was made anew', `set PATH 'BIN'\nrm -rf notes.md\n`, `set PATH 'BIN'\nrm -rf never\n`, ['rm -rf never']],
    ['where PATH is that of a function', `function f\n    set -lx PATH 'BIN'\n    rm -rf notes.md\nend\nf\n`, `function f\n    set -lx PATH 'BIN'\n    rm -rf never\nend\nf\n`, ['rm -rf never']],
    ['with a PATH of its own', `PATH='BIN' rm -rf notes.md\n`, `PATH='BIN' rm -rf never\n`, ['rm -rf never']],
    ['by another name', `alias tidy 'rm -rf'\ntidy notes.md\n`, `alias tidy 'rm -rf'\ntidy never\n`, ['rm -rf never']],
    ['by its full path', `cd .\n'BIN/rm' -rf notes.md\n`, `echo hello\n'BIN/rm' -rf never\n`, ['rm -rf never']],
    ['by its full path in a function', `function f\n    'BIN/rm' -rf $argv\nend\nf notes.md\n`, `function f\n    'BIN/kubectl' get pods\nend\nf\n`, ['kubectl get pods']],
    ['by its full path after a word of fish', `true\nand 'BIN/rm' -rf notes.md\n`, `true\nand 'BIN/rm' -rf never\n`, ['rm -rf never']],
  ];
  for (const [name, text, passes, ran] of scripts) {
    const run = (script: string, env: Record<string, string> = AGENT): ReturnType<Stage['run']> => {
      stage.write('notes.md', 'only here\n');
      stage.write('script.fish', script.replaceAll('BIN', stage.bin));
      return stage.run([fish.path, 'script.fish'], { ...stage.environment(fish), ...env });
    };
    test(`fish: in a script ${name} is held`, async () => {
      const ended = await run(text);
      assert.deepEqual(ended.ran, [], ended.output);
      assert.match(ended.output, /did not run/);
    });
    test(`fish: in a script ${name} passes where it loses nothing, and nobody is asked`, async () => {
      const ended = await run(passes);
      assert.deepEqual([ended.ran, ended.questions, ended.code], [ran, 0, 0], ended.output);
    });
    test(`fish: in a script of a person ${name} runs`, async () => {
      const ended = await run(text, {});
      assert.deepEqual([ended.ran.length, ended.questions, ended.code], [1, 0, 0], ended.output);
    });
  }

  test('a removal that a script puts together is held', async () => {
    const { ran, output } = await stage.run([bash.path, '-c', 'python3 wipe.py'], { ...stage.environment(bash), ...AGENT });
    assert.deepEqual(ran, [], output);
  });
});

describe('a line of zsh', () => {
  const forms = ['$x', '${x}', '"$x"', '"${x}"', '$x[1]', '${x[2]}', '"$x[1]"', '"${x[-1]}"', '$x[-2]', '${x[@]}', '"${x[@]}"', '"${x[*]}"', 'a$x', '"a$x b"', 'a"$x"b', '$x$y', '$y[1]', '"${y[3]}"', "'$x'", '\\$x', '\\\\$x', '$10', '"$10"', '${10}', '$1', '"$@"'];
  const word = fc.constantFrom('a', 'b c', "it's", 'x"y', 'é', 'd$e', '*', '-n', '');
  test('means to bash what it means to zsh, as far as it is known', () => {
    const [, zsh] = shells as readonly [Shell, Shell];
    const said = (program: string, words: readonly string[], env: Record<string, string>): string => spawnSync(program, words, { encoding: 'utf8', env }).stdout;
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...forms), { minLength: 1, maxLength: 3 }), fc.array(word, { maxLength: 4 }), fc.array(word, { maxLength: 3 }), fc.array(word, { minLength: 10, maxLength: 11 }), (words, x, y, parameters) => {
        const line = `printf '%s\\0' ${words.join(' ')}`;
        const { command, env } = resolved({ line, cwd: '/', parameters, variables: { x, y }, separators: '', arrays: 'zsh' }, {});
        fc.pre(['x', 'y'].every((name) => command.includes(`${name}=(`) || !new RegExp(`\\$\\{?${name}\\b`).test(line)));
        const set = `x=(${quoteWords(x)}); y=(${quoteWords(y)}); set -- ${quoteWords(parameters)}; `;
        assert.equal(said('bash', ['-f', '-c', command], env), said(zsh.path, ['-f', '-c', `setopt no_nomatch; ${set}${line}`], {}), command);
      }),
      { numRuns: 150 },
    );
  });
});

describe('in a shell that an agent’s shell starts', () => {
  const [bash] = shells as readonly [Shell];
  for (const shell of ['/bin/bash', 'sh']) {
    const run = (command: string): ReturnType<Stage['run']> => stage.run([bash.path, '-c', `${shell} -c "'${stage.bin}/${command}"`], { ...stage.environment(bash), ...AGENT });
    test(`${shell}: a full path is held`, async () => {
      stage.write('notes.md', 'only here\n');
      const { ran, output } = await run(`rm' -rf notes.md`);
      assert.deepEqual(ran, [], output);
      assert.match(output, /notes\.md/);
    });
    test(`${shell}: a full path that loses nothing passes, and nobody is asked`, async () => {
      const { ran, questions, output } = await run(`terraform' version`);
      assert.deepEqual([ran, questions], [['terraform version'], 0], output);
    });
  }
});

describe('in an agent’s shell, what is harmless', () => {
  const lines: Readonly<Record<string, readonly string[]>> = {
    'terraform version': ['terraform version'],
    'terraform plan': ['terraform plan'],
    'cd infra && terraform validate | cat': ['terraform validate'],
    'echo x > $$.txt; echo y >> $$.txt; cat $$.txt': [],
    'kubectl get pods -A 2>/dev/null': ['kubectl get pods -A'],
  };
  for (const shell of shells) {
    for (const [line, ran] of Object.entries(lines)) {
      test(`${shell.name}: ${line} runs and nobody is asked`, async () => {
        const ended = await stage.run([shell.path, '-c', line.replaceAll('$$', `fresh-${shell.name}`)], { ...stage.environment(shell), ...AGENT });
        assert.deepEqual([ended.ran, ended.questions, ended.code], [ran, 0, 0], ended.output);
      });
    }
  }
});

describe('in a person’s shell', () => {
  for (const shell of shells) {
    for (const [name, each] of Object.entries(everywhere)) {
      if (!(each.shells?.includes(shell.name) ?? true)) continue;
      test(`${shell.name}: ${name} runs untouched`, async () => {
        const { ran, output, questions } = await stage.run([shell.path, '-c', lineOf(each)], stage.environment(shell));
        assert.deepEqual([ran, output, questions], [[destroy], '', 0]);
      });
    }
    test(`${shell.name}: nothing but where it looks is another`, async () => {
      const look = shell.name === 'fish' ? 'printenv; functions; set -l' : 'printenv; set; trap; alias';
      const [with_, without] = await Promise.all([true, false].map((guarded) => stage.run([shell.path, '-c', look], stage.environment(shell, guarded))));
      const told = (output = ''): string[] => output.split('\n').filter((line) => !/^(?:PATH|path|BASH_ENV|ENV|XDG_DATA_DIRS|_|BASHPID|PPID|RANDOM|SRANDOM|SECONDS|EPOCHREALTIME|EPOCHSECONDS|BASH_[A-Z]+|'?[$!?#]'?|TTYIDLE)=/.test(line));
      assert.deepEqual(told(with_?.output).filter((line) => shell.name === 'zsh' || !line.startsWith('ZDOTDIR=')), told(without?.output));
    });
  }
  for (const [name, each] of Object.entries(anywhere)) {
    test(`${name} runs untouched`, async () => {
      const [bash] = shells as readonly [Shell];
      const { ran, questions } = await stage.run([bash.path, '-c', lineOf(each)], stage.environment(bash));
      assert.deepEqual([ran.length, questions], [1, 0]);
    });
  }
});

describe('typed into an open terminal', () => {
  const typed = (shell: Shell, agent: boolean, line: string, options = ''): ReturnType<Stage['run']> =>
    stage.run(['/usr/bin/env', 'script', '-qec', `'${shell.path}' ${options} -i`, '/dev/null'], { ...stage.environment(shell), ...(agent ? AGENT : {}) }, `${line.replaceAll('BIN', stage.bin)}\necho still here\nexit\n`);
  const [, zsh, dash, fish] = shells as readonly [Shell, Shell, Shell, Shell];
  const lines: readonly (readonly [name: string, shell: Shell, line: string, ran: string, options?: string])[] = [
    ...shells.map((shell) => ['a covered program', shell, destroy, destroy] as const),
    ['a covered program by its full path', zsh, `'BIN/terraform' destroy -auto-approve`, destroy],
    ['a covered program by its full path', fish, `'BIN/terraform' destroy -auto-approve`, destroy],
    ['a covered program after a word of fish', fish, `true; and 'BIN/terraform' destroy -auto-approve`, destroy],
    ['a covered program that a variable names', fish, `set -g tool 'BIN/terraform'\n$tool destroy -auto-approve`, destroy],
    ['a covered program with words of a list', fish, `set -g words never notes.md\n'BIN/rm' $words`, 'rm never notes.md'],
    ['a covered program after a login that made PATH anew', dash, destroy, destroy, '-l'],
  ];
  for (const [name, shell, line, ran, options] of lines) {
    test(`${shell.name}: ${name} of an agent is held and the shell goes on`, async () => {
      stage.write('notes.md', 'only here\n');
      const ended = await typed(shell, true, line, options);
      assert.deepEqual(ended.ran, [], ended.output);
      assert.match(ended.output, /did not run/);
      assert.match(ended.output, /still here/);
    });
    test(`${shell.name}: ${name} of a person runs`, async () => {
      const ended = await typed(shell, false, line, options);
      assert.deepEqual([ended.ran, ended.questions], [[ran], 0], ended.output);
    });
  }

  test('fish: a file of an agent is not written over', async () => {
    stage.write('notes.md', 'only here\n');
    const { output } = await typed(fish, true, 'echo x > notes.md');
    assert.match(output, /did not run[^]*still here/);
    assert.equal(stage.read('notes.md'), 'only here\n');
  });

  for (const [shell, line, ran] of [[fish, `set -g words never was\n'BIN/rm' $words`, ['rm never was']], [fish, `'BIN/kubectl' get pods > fresh-of-fish`, ['kubectl get pods']], [zsh, `'BIN/rm' never`, ['rm never']]] as const) {
    test(`${shell.name}: ${line.replace('\n', '; ')} of an agent runs and nobody is asked`, async () => {
      const ended = await typed(shell, true, line);
      assert.deepEqual([ended.ran, ended.questions], [ran, 0], ended.output);
    });
  }

  // Signal 0 reaches nobody.
  for (const shell of [dash, zsh]) {
    test(`${shell.name}: a signal to everything is held, of an agent alone`, async () => {
      assert.match((await typed(shell, true, 'kill -0 -1')).output, /did not run[^]*still here/);
      assert.equal((await typed(shell, true, 'kill -0 $$')).questions, 0);
      assert.deepEqual([(await typed(shell, false, 'kill -0 -1')).questions], [0]);
    });
  }
});
