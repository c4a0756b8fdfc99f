import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import type { WriteAction } from '../../../src/core/action.ts';
import { analyseFileTool } from '../../../src/core/files/file-tools.ts';
import { matchesName } from '../../../src/core/files/globs.ts';
import { displayPath, expandHome, isInside, joinPath, normalise, parentOf } from '../../../src/core/files/path.ts';
import { rule as rm } from '../../../src/core/rules/rm.ts';
import { analysisWith, effectsOf, fateOf, home, project, type Where } from './analysed.ts';
import { fakeWorld } from './fake-world.ts';

describe('path arithmetic', () => {
  const posix: readonly (readonly [string, string])[] = [['/a/./b/../c/', '/a/c'], ['/../..', '/'], ['a/../../b', '../b'], ['', '.'], ['.', '.'], ['a//b', 'a/b'], ['//x', '/x'], ['a/..', '.']];
  for (const [path, wanted] of posix) it(`${path || '(nothing)'} is ${wanted}`, () => assert.equal(normalise(path, 'posix'), wanted));
  const windows: readonly (readonly [string, string])[] = [['c:/a\\b/..', 'C:\\a'], ['C:\\..', 'C:\\'], ['C:', 'C:\\'], ['/c/Users/x', 'C:\\Users\\x'], ['\\\\srv\\share\\a\\..\\..', '\\\\srv\\share\\'], ['\\\\?\\C:\\x', 'C:\\x'], ['a/b', 'a\\b'], ['\\x', '\\x']];
  for (const [path, wanted] of windows) it(`${path} is ${wanted} on Windows`, () => assert.equal(normalise(path, 'windows'), wanted));
  it('keeps a rooted Windows path on the drive of the folder', () => assert.equal(joinPath('D:\\work', '\\temp'), 'D:\\temp'));
  it('takes the home folder for ~ and nobody else’s for ~name', () => assert.deepEqual(['~', '~/a/../b', '~root', 'a~'].map((path) => expandHome(path, '/home/me', 'posix')), ['/home/me', '/home/me/b', undefined, 'a~']));
  const inside: readonly (readonly [string, string, boolean])[] = [['/a/b', '/a', true], ['/a', '/a', true], ['/ab', '/a', false], ['/a/../b', '/a', false], ['/x', '/', true], ['/A/b', '/a', true], ['a/b', '.', true], ['../b', '.', false], ['/a', '.', false], ['..', '.', false], ['..a', '.', true]];
  for (const [path, folder, wanted] of inside) it(`${path} is ${wanted ? '' : 'not '}inside ${folder}`, () => assert.equal(isInside(path, folder, 'posix'), wanted));
  it('shows a path as a person would write it', () => assert.deepEqual(['/w/src/a', '/home/me/x', '/etc/x', '/w'].map((path) => displayPath(path, ['/w'], '/home/me', 'posix')), ['src/a', '~/x', '/etc/x', '/w']));

  const segment = fc.constantFrom('a', 'B', '..', '.', '', 'x y', 'é');
  const anyPath = fc.tuple(fc.boolean(), fc.array(segment, { maxLength: 8 })).map(([absolute, parts]) => (absolute ? '/' : '') + parts.join('/'));
  for (const platform of ['posix', 'windows'] as const) {
    it(`normalising twice changes nothing (${platform})`, () => fc.assert(fc.property(anyPath, (path) => assert.equal(normalise(normalise(path, platform), platform), normalise(path, platform)))));
  }
  it('what is joined without .. stays inside', () => fc.assert(fc.property(fc.array(fc.constantFrom('a', 'b', '.', 'c d')), (parts) => assert.ok(isInside(joinPath('/base/folder', parts.join('/')), '/base/folder', 'posix')))));
  it('a parent holds its child, and inside is transitive', () => fc.assert(fc.property(anyPath, (path) => {
    const absolute = joinPath('/r', path);
    assert.ok(isInside(absolute, parentOf(absolute, 'posix'), 'posix') && isInside(absolute, '/', 'posix'));
  })));
});

describe('shell patterns', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [['a.ts', '*.ts', true], ['.env', '*', false], ['.env', '.*', true], ['abc', 'a?c', true], ['abc', 'a[a-c]c', true], ['adc', 'a[!d]c', false], ['aXbXc', 'a*X*c', true], ['a', '[', false], ['x]', 'x[]]', true]];
  for (const [name, pattern, wanted] of cases) it(`${pattern} ${wanted ? 'matches' : 'does not match'} ${name}`, () => assert.equal(matchesName(name, pattern, new Set(Array.from(pattern).flatMap((character, at) => ('*?['.includes(character) ? [at] : [])))), wanted));
});

const disk = fakeWorld({
  repositories: [project],
  files: {
    [`${project}/src/a.ts`]: 'clean', [`${project}/src/b.ts`]: 'clean',
    [`${project}/mixed/a.ts`]: 'clean', [`${project}/mixed/b.ts`]: 'dirty', [`${project}/mixed/c.ts`]: 'untracked',
    [`${project}/notes.md`]: 'untracked', [`${project}/big.db`]: { state: 'untracked', size: 1e9 }, [`${project}/empty.txt`]: { state: 'untracked', size: 0 },
    [`${project}/node_modules/x/i.js`]: 'ignored', [`${project}/dist/tracked.js`]: 'clean', [`${project}/build/new.js`]: 'untracked', [`${project}/app/.env`]: 'ignored',
    [`${project}/.git/HEAD`]: 'clean', [`${project}/.git/index.lock`]: 'clean', [`${project}/.claude/settings.json`]: 'clean', [`${project}/.claude/worktrees/w/a.ts`]: 'clean',
    [`${project}/to-home`]: { link: home }, [`${project}/to-src`]: { link: `${project}/src` },
    ...Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`${project}/logs/${index}.log`, 'untracked' as const])),
    [`${home}/other/x.ts`]: 'clean', [`${home}/.ssh/id`]: 'clean', '/etc/hosts': 'clean', '/tmp/scratch/x': 'clean',
  },
  folders: [`${project}/hollow`],
});

/** A table of `command: fate`. */
function table(title: string, cases: Readonly<Record<string, string>>, where: Where = {}): void {
  describe(title, () => {
    for (const [command, fate] of Object.entries(cases)) it(`${command} → ${fate}`, () => assert.equal(fateOf(effectsOf(command, [rm], where)), fate, JSON.stringify(effectsOf(command, [rm], where), undefined, 1)));
  });
}

table('deleting a whole disk, home or workspace, by the words alone', {
  'rm -rf /': 'everything', 'rm -rf /*': 'everything', 'rm -rf //': 'everything', 'rm -rf /.': 'everything', 'rm -rf ~': 'everything', 'rm -rf ~/': 'everything', 'rm -rf ~/*': 'everything',
  'rm -rf "$HOME"': 'everything', 'rm -rf $HOME/*': 'everything', 'rm -rf /home': 'everything', 'rm -rf /home/*': 'everything', 'rm -rf /etc': 'everything', 'rm -rf /usr/lib': 'everything', 'rm -rf /ETC': 'everything',
  'rm -rf ../project': 'everything', 'rm -rf ../../..': 'everything', 'rm -rf .': 'everything', 'rm -rf "$PWD"': 'everything', 'rm -rf ../project/src/..': 'everything', 'rm -rf ~root': 'everything', 'rm -rf /mnt/c/Users': 'everything',
  'rm -rf "$UNSET"/*': 'everything', 'rm -rf $UNSET/': 'everything', 'rm -rf ./$UNSET/*': 'everything', 'rm -rf "$HOME/$UNSET"': 'everything', 'rm -rf /$A/$B': 'everything', 'rm -rf /usr/$UNSET': 'everything', 'rm -rf "/tmp/$NAME/../.."': 'everything', 'cd / && rm -rf *': 'everything',
});

table('deleting by the words alone', {
  'rm -rf src': 'recoverable', 'rm -rf ./src/*': 'recoverable', 'rm -rf *': 'lost', 'rm -rf ./*': 'lost', 'rm notes.md': 'recoverable', 'rm *.log': 'recoverable', 'rm -rf ../other': 'lost', 'rm -rf ~/other': 'lost', 'rm -rf /srv/app': 'lost', 'rm -rf .git': 'lost',
  'rm -f .git/index.lock': 'made', 'rm -rf node_modules': 'made', 'rm -rf packages/*/dist': 'made', 'rm -rf */node_modules': 'made', 'rm -rf /tmp/x': 'made', 'rm -rf /tmp/x-*': 'made', 'rm -rf /tmp': 'everything', 'rm -rf /tmp/*': 'lost',
  'rm -rf "$DIR"': 'unknown', 'rm -rf "$DIR/node_modules"': 'made', 'rm -rf "/tmp/$NAME"': 'made', 'rm -rf "/tmp/x-$NAME/../b"': 'unknown', 'rm -rf "${DIR:?}/"*': 'unknown', 'D=$(mktemp -d); rm -rf "$D"': 'made', 'rm -rf ~/.cache/pip': 'made',
  'rm -rf /var/www/dist': 'lost', 'cd "$X" && rm -rf src': 'unknown', 'cd "$X" && rm -rf node_modules': 'made', 'D=build; rm -rf "$D"': 'made', 'D=/; rm -rf "$D"': 'everything', 'rm -- -rf': 'recoverable', 'rm "$f"': 'unknown', 'rm -rf "$TMPDIR/x"': 'made', 'rm -rf "$TMPDIR"/*': 'everything', 'rm -rf "$TMPDIR/x/../.."': 'everything', 'rm -rf "$TMPDIR/../x"': 'unknown', 'rm -rf /workspace/app/build': 'recoverable', 'rm -rf /workspace/app/node_modules': 'made', 'rm -rf /srv/app/build': 'lost', 'cd "$X" && rm -rf build': 'unknown', 'cd .. && rm -rf dist': 'recoverable', 'cd web && rm -rf dist': 'made', 'echo x > /etc/motd.d/x': 'recoverable', 'echo x > /etc/passwd': 'lost', 'rm -rf ~/Projects/build/../keep': 'lost',
  'rm -rf ~/.claude': 'guard', 'rm .claude/settings.json': 'guard', 'rm -rf .cursor': 'guard', 'rm -rf .github': 'recoverable', 'rm -rf ~/.interlock/journal': 'guard', 'rm -rf .claude/worktrees/x': 'recoverable',
});

table('deleting what lies on disk', {
  'rm -rf src': 'recoverable', 'rm -rf mixed': 'lost', 'rm notes.md': 'recoverable', 'rm big.db': 'lost', 'rm nothing': 'nothing', 'rm -rf hollow': 'nothing', 'rm src': 'nothing', 'rm logs/*.log': 'lost', 'rm logs/1*.log': 'recoverable', 'rm x*.log': 'nothing', 'rm -rf app': 'lost',
  'rm -rf node_modules': 'made', 'rm -rf dist': 'recoverable', 'rm -rf build': 'lost', 'rm -rf to-src': 'recoverable', 'rm -rf to-src/': 'recoverable', 'rm -rf to-home/': 'everything', 'rm -rf to-home': 'recoverable', 'rm -rf to-home/other': 'lost', 'rm -rf ~/other': 'lost', 'rm -rf /tmp/scratch': 'made',
  'rm -rf ~/*': 'everything', 'rm -rf .git': 'lost', 'rm -f .git/index.lock': 'made', 'rm -rf .claude': 'guard', 'rm -rf .claude/worktrees': 'recoverable', 'rm -rf *': 'lost', 'rm -rf !(src)': 'lost', 'rm -rf src mixed': 'lost', 'rm -rf PROJECT/../../project': 'everything',
}, { world: disk });

table('redirections', {
  'echo x > notes.md': 'recoverable', 'echo x > src/a.ts': 'recoverable', '> big.db': 'lost', 'echo x > big.db': 'lost', 'echo x > empty.txt': 'nothing', 'echo x > new.txt': 'nothing', 'echo x >> notes.md': 'nothing', 'cat < notes.md': 'nothing', 'make 2> /dev/null >&2': 'nothing', 'x > /dev/stderr': 'nothing',
  'cat img > /dev/sda': 'everything', 'echo x >> /dev/nvme0n1': 'everything', 'echo {} > .claude/settings.json': 'guard', 'echo {} >> ~/.cursor/hooks.json': 'guard', 'cat .claude/settings.json': 'nothing', 'echo x > "$OUT"': 'nothing', 'echo x > /tmp/scratch/x': 'made',
  'echo \'{"editor.tabSize":2}\' > .vscode/settings.json': 'nothing', 'echo \'{"chat.useHooks":false}\' > .vscode/settings.json': 'guard',
}, { world: disk });

describe('what is said about a loss', () => {
  const why = (command: string): string | undefined => effectsOf(command, [rm], { world: disk })[0]?.why;
  const cases: Readonly<Record<string, string>> = {
    'rm -rf mixed': 'Deletes 3 files in mixed, 2 of them exist nowhere else.',
    'rm -rf src': 'Deletes 2 files in src; git has all of them.',
    'rm notes.md': 'Deletes notes.md, of which git has no copy.',
    'rm mixed/b.ts': 'Deletes mixed/b.ts, with changes that were never committed.',
    'rm -rf ~/other': 'Deletes 1 file in ~/other, which exists nowhere else.',
    'rm -rf logs': 'Deletes 12 files in logs, none of which exist anywhere else.',
    'rm -rf node_modules': 'Deletes node_modules, which can be made again.',
    'rm -rf ~': `Deletes the whole home folder ${home}.`,
    'rm -rf /': 'Deletes everything on this machine.',
    'rm -rf to-src': 'Deletes the link to-src; what it points to stays.',
    'echo x > notes.md': 'Replaces the content of notes.md, of which git has no copy.',
  };
  for (const [command, wanted] of Object.entries(cases)) it(command, () => assert.equal(why(command), wanted));
  it('names the paths that would be lost, for the vault', () => assert.deepEqual(effectsOf('rm -rf mixed', [rm], { world: disk })[0]?.paths, [`${project}/mixed`]));
});

it('any word of holes and separators that an empty variable turns into the root is held as everything', () => {
  const piece = fc.constantFrom('$A', '"$B"', '${C}', '/');
  fc.assert(fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), (pieces) => {
    const word = pieces.join('');
    fc.pre(word.includes('$') && word.replace(/"?\$\{?[A-C]\}?"?/g, '').startsWith('/'));
    assert.equal(fateOf(effectsOf(`rm -rf ${word}`, [rm])), 'everything', word);
  }));
});

describe('an agent’s own file tools', () => {
  const world = fakeWorld({ repositories: [project], files: { [`${project}/long.ts`]: { state: 'clean', size: 5000 }, [`${project}/draft.md`]: { state: 'untracked', size: 100 }, [`${project}/huge.sql`]: { state: 'untracked', size: 1e9 } } });
  const write = (path: string, content?: string, partial = false): WriteAction => ({ tool: 'write', path, ...(content === undefined ? {} : { content }), partial, agent: 'test', session: '', cwd: project, workspaceRoots: [project], env: {} });
  const fate = (action: Parameters<typeof analyseFileTool>[0]): string => fateOf(analyseFileTool(action, analysisWith([], { world })));
  const cases: readonly (readonly [string, WriteAction, string])[] = [
    ['emptying a committed file', write('long.ts', ''), 'recoverable'],
    ['shrinking a committed file a lot', write('long.ts', 'x'.repeat(100)), 'recoverable'],
    ['rewriting a committed file', write('long.ts', 'x'.repeat(4800)), 'nothing'],
    ['editing a part', write('long.ts', 'x', true), 'nothing'],
    ['overwriting an untracked file', write('draft.md', 'y'.repeat(99)), 'recoverable'],
    ['overwriting an untracked file too large to copy', write('huge.sql', 'select 1'), 'lost'],
    ['writing a new file', write('new.ts', ''), 'nothing'],
    ['writing a lockfile', write('package-lock.json', '{}'), 'nothing'],
    ['writing hook configuration', write('.claude/settings.json', '{}'), 'guard'],
    ['editing hook configuration', write('.cursor/hooks.json', '{}', true), 'guard'],
    ['writing hook configuration in the home folder', write('~/.codex/hooks.json', '{}'), 'guard'],
    ['writing hook configuration through ..', write('src/../.github/hooks/a.json', '{}'), 'guard'],
    ['writing other agent files', write('.claude/agents/reviewer.md', 'x'), 'nothing'],
    ['turning hooks off in the editor', write('.vscode/settings.json', '{"chat.useHooks": false}'), 'guard'],
    ['changing another editor setting', write('.vscode/settings.json', '{"editor.tabSize": 2}'), 'nothing'],
  ];
  for (const [title, action, wanted] of cases) it(title, () => assert.equal(fate(action), wanted));
  it('deleting a file', () => assert.equal(fate({ ...write('draft.md'), tool: 'delete' }), 'recoverable'));
  it('deleting the workspace', () => assert.equal(fate({ ...write(project), tool: 'delete' }), 'everything'));
});
