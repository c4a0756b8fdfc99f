import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A machine in miniature: a home folder with a project whose repository holds everything that can be lost in one. */
export interface Stage {
  readonly folder: string;
  readonly home: string;
  readonly project: string;
  readonly env: Readonly<Record<string, string>>;
}

/** What commands and git are given: a home of their own, and nothing of the machine's configuration. */
function environmentOf(home: string): Record<string, string> {
  return {
    HOME: home, PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C.UTF-8', GIT_CONFIG_NOSYSTEM: '1', GIT_EDITOR: 'true', GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'Dev', GIT_AUTHOR_EMAIL: 'dev@example.com', GIT_COMMITTER_NAME: 'Dev', GIT_COMMITTER_EMAIL: 'dev@example.com', GIT_AUTHOR_DATE: '1700000000 +0000', GIT_COMMITTER_DATE: '1700000000 +0000',
  };
}

let template: string | undefined;

/** A stage of its own, as a copy of one that is built once. */
export function makeStage(): Stage {
  template ??= build();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'interlock-replay-')));
  execFileSync('cp', ['-a', `${template}/.`, folder]);
  const home = join(folder, 'home');
  const stage = { folder, home, project: join(home, 'shop'), env: environmentOf(home) };
  for (const file of ['shop/.git/config', 'shop/.git/worktrees/tree/gitdir', 'tree/.git']) {
    const path = join(home, file);
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(template, folder));
  }
  return stage;
}

export function dropStages(): void {
  if (template !== undefined) rmSync(template, { recursive: true, force: true });
  template = undefined;
}

export function git(stage: Pick<Stage, 'env'>, folder: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-C', folder, '-c', 'protocol.file.allow=always', ...args], { env: stage.env, encoding: 'latin1', stdio: ['ignore', 'pipe', 'pipe'] });
}

function build(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'interlock-template-')));
  const home = join(folder, 'home');
  const project = join(home, 'shop');
  const env = environmentOf(home);
  const run = (where: string, ...args: string[]): string => git({ env }, where, ...args);
  mkdirSync(project, { recursive: true });
  writeFileSync(join(home, '.gitconfig'), '[init]\n\tdefaultBranch = main\n[advice]\n\tdetachedHead = false\n[protocol "file"]\n\tallow = always\n[core]\n\tabbrev = 12\n');
  run(folder, 'init', '-q', '--bare', 'origin.git');
  run(project, 'init', '-q');
  run(project, 'remote', 'add', 'origin', join(folder, 'origin.git'));
  commits(project, run);
  branches(project, run);
  work(project, run);
  const tree = join(home, 'tree');
  run(project, 'worktree', 'add', '-q', tree, 'topic');
  write(tree, { 'a.txt': 'changed in the other tree\n', 'new.txt': 'new in the other tree\n' });
  run(tree, 'add', 'a.txt');
  return folder;
}

type Run = (where: string, ...args: string[]) => string;

function write(project: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(project, name, '..'), { recursive: true });
    writeFileSync(join(project, name), content);
  }
}

function commits(project: string, run: Run): void {
  write(project, {
    '.gitignore': 'node_modules/\ndist/\n.env\n*.sqlite\n*.log\n', 'a.txt': 'one\n', 'b.txt': 'bee\n', 'src/app.ts': 'export const a = 1;\n', 'src/lib/util.ts': 'export const u = 1;\n', 'src/legacy/old.ts': 'old\n',
    'docs/guide.md': '# Guide\n', 'docs/journeys/first.md': '# First\n', 'public/index.html': '<p>\n', 'public/js/app.js': 'run();\n', 'run.sh': '#!/bin/sh\necho hi\n', 'names/ä ö.txt': 'umlaut\n', 'names/line\nend.txt': 'odd\n',
  });
  chmodSync(join(project, 'run.sh'), 0o755);
  symlinkSync('a.txt', join(project, 'link'));
  run(project, 'add', '-A');
  run(project, 'commit', '-qm', 'start');
  for (const step of ['two', 'three', 'four']) {
    write(project, { 'a.txt': `one\n${step}\n`, [`steps/${step}.txt`]: `${step}\n` });
    run(project, 'add', '-A');
    run(project, 'commit', '-qm', step);
  }
  run(project, 'push', '-qu', 'origin', 'main');
  run(project, 'tag', '-a', 'v1', '-m', 'first release', 'HEAD~2');
  run(project, 'tag', 'light', 'HEAD~1');
  write(project, { 'local.txt': 'never pushed\n' });
  run(project, 'add', '-A');
  run(project, 'commit', '-qm', 'local work');
  write(project, { 'local.txt': 'never pushed, amended\n' });
  run(project, 'commit', '-qam', 'local work, amended', '--amend');
}

function branches(project: string, run: Run): void {
  run(project, 'checkout', '-qb', 'feature', 'HEAD~3');
  write(project, { 'feature.txt': 'only here\n', 'a.txt': 'one\nof the feature\n' });
  run(project, 'add', '-A');
  run(project, 'commit', '-qm', 'feature work');
  run(project, 'push', '-q', 'origin', 'feature');
  write(project, { 'feature.txt': 'only here, more\n' });
  run(project, 'commit', '-qam', 'feature work, never pushed');
  run(project, 'branch', 'topic', 'main');
  run(project, 'branch', 'merged', 'main~2');
  run(project, 'checkout', '-q', 'main');
  // Somebody else has pushed meanwhile.
  const other = join(project, '../other');
  run(join(project, '..'), 'clone', '-q', join(project, '../../origin.git'), other);
  write(other, { 'theirs.txt': 'of somebody else\n' });
  run(other, 'add', '-A');
  run(other, 'commit', '-qm', 'theirs');
  run(other, 'push', '-q', 'origin', 'main');
  run(other, 'push', '-q', 'origin', 'main:only-there');
  rmSync(other, { recursive: true });
  for (const [name, message] of [['first', 'first idea'], ['second', 'second: "idea"']] as const) {
    write(project, { 'b.txt': `bee ${name}\n`, [`${name}.txt`]: `stashed ${name}\n` });
    run(project, 'stash', 'push', '-qu', '-m', message);
  }
}

/** Uncommitted work of every kind. */
function work(project: string, run: Run): void {
  write(project, { 'staged.txt': 'staged, new\n', 'b.txt': 'bee staged\n', 'src/lib/util.ts': 'export const u = 2;\n' });
  run(project, 'add', 'staged.txt', 'b.txt');
  write(project, {
    'b.txt': 'bee staged, then changed\n', 'src/app.ts': 'export const a = 2; // not committed\n', 'notes.md': 'untracked\n', 'drafts/one.md': 'draft one\n', 'drafts/deep/two.md': 'draft two\n', '.env': 'NAME=value\n', 'app.sqlite': 'rows\n', 'debug.log': 'log\n',
    'node_modules/x/index.js': 'module\n', 'dist/app.js': 'built\n', 'old_1.csv': '1\n', 'old_2.csv': '2\n',
  });
  rmSync(join(project, 'steps/two.txt'));
  chmodSync(join(project, 'drafts/one.md'), 0o640);
  mkdirSync(join(project, 'drafts/empty'));
  symlinkSync('/nowhere', join(project, 'drafts/dangling'));
  symlinkSync('deep', join(project, 'drafts/to-deep'));
  writeFileSync(Buffer.concat([Buffer.from(join(project, 'drafts/caf')), Buffer.from([0xe9, 0xff]), Buffer.from('.txt')]), 'latin name\n');
  write(project, { 'drafts/new\nline "quoted" \\ .txt': 'odd\n', [`drafts/${'long'.repeat(60)}.txt`]: 'long\n' });
  writeFileSync(join(project, 'drafts/large.bin'), Buffer.alloc(2_200_000, 'large'));
  writeFileSync(join(project, 'drafts/sparse.img'), 'head');
  truncateSync(join(project, 'drafts/sparse.img'), 20_000_000);
  copyFileSync(join(project, 'run.sh'), join(project, 'drafts/tool.sh'));
  execFileSync('mkfifo', [join(project, 'drafts/pipe')]);
  const nested = join(project, 'drafts/nested');
  mkdirSync(nested);
  run(nested, 'init', '-q');
  write(nested, { 'n.txt': 'nested\n' });
  run(nested, 'add', '-A');
  run(nested, 'commit', '-qm', 'nested commit');
  write(nested, { 'n.txt': 'nested, changed\n', 'm.txt': 'nested, untracked\n' });
  cpSync(join(project, 'docs'), join(project, '../Documents'), { recursive: true });
}
