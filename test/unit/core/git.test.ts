import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aliasIn } from '../../../src/core/git/embedded.ts';
import { rule as git } from '../../../src/core/rules/git.ts';
import { rule as rm } from '../../../src/core/rules/rm.ts';
import type { World } from '../../../src/core/world.ts';
import { effectsOf, fateOf, home, project, type Where } from './analysed.ts';
import { fakeWorld, type FileState } from './fake-world.ts';

function repository(files: Readonly<Record<string, FileState>>, more: { readonly unpushed?: number; readonly stashes?: number } = {}): World {
  return fakeWorld({ repositories: [project], files: Object.fromEntries(Object.entries(files).map(([name, state]) => [`${project}/${name}`, state])), ...more });
}

const clean = repository({ 'src/a.ts': 'clean', 'b.ts': 'clean' });
const dirty = repository({ 'src/a.ts': 'dirty', 'src/deep/b.ts': 'dirty', 'README.md': 'dirty', 'c.ts': 'clean', 'new.ts': 'untracked', 'keep/mine.ts': 'untracked', '.env': 'ignored' }, { stashes: 2, unpushed: 3 });

function table(title: string, world: World, cases: Readonly<Record<string, string>>, where: Where = {}): void {
  describe(title, () => {
    for (const [command, fate] of Object.entries(cases)) {
      it(`${command} → ${fate}`, () => {
        const effects = effectsOf(command, [git, rm], { world, ...where });
        assert.equal(fateOf(effects), fate, JSON.stringify(effects, undefined, 1));
      });
    }
  });
}

table('nothing to lose', clean, {
  'git reset --hard': 'nothing', 'git checkout -- .': 'nothing', 'git checkout .': 'nothing', 'git checkout -f main': 'nothing', 'git restore .': 'nothing', 'git clean -fd': 'nothing', 'git clean -fdx': 'nothing', 'git stash drop': 'nothing', 'git stash clear': 'nothing', 'git rm -rf src': 'recoverable', 'git reset --hard origin/main': 'nothing',
  'git switch --discard-changes x': 'nothing', 'git branch -D x': 'lost', 'git push --force': 'lost',
});

table('uncommitted work', dirty, {
  'git reset --hard': 'lost', 'git reset': 'nothing', 'git reset --soft HEAD~1': 'nothing', 'git checkout -- .': 'lost', 'git checkout .': 'lost', 'git checkout src': 'lost', 'git checkout -- src/a.ts': 'recoverable', 'git checkout src/a.ts': 'recoverable', 'git checkout -- c.ts': 'nothing', 'git checkout c.ts': 'nothing', 'git checkout main': 'nothing', 'git checkout HEAD~1 -- new.ts': 'recoverable',
  "git checkout -- '*.md'": 'lost', 'git checkout -- :/': 'lost', 'git checkout "$BRANCH"': 'nothing', 'git checkout -- "$FILE"': 'lost', 'git restore --staged .': 'nothing', 'git restore README.md': 'recoverable', 'git restore c.ts': 'nothing', 'git restore -SW .': 'lost', 'git checkout -p': 'nothing',
  'cd src && git checkout -- a.ts': 'recoverable', 'cd src && git restore ../c.ts': 'nothing', 'git -C src restore .': 'lost', 'git -C /nowhere reset --hard': 'nothing', 'git -C "$X" reset --hard': 'lost', 'cd /nowhere; git clean -fd': 'nothing',
  'git clean -fd': 'lost', 'git clean -nfd': 'nothing', 'git clean -d': 'nothing', 'git clean -fd -e keep -e new.ts': 'nothing', 'git clean -fd keep': 'lost', 'git clean -fd src': 'nothing', 'git clean -fdX': 'lost', 'git clean -fdX src': 'nothing',
  'git stash drop': 'lost', 'git stash pop': 'nothing', 'git rm -f src/a.ts': 'lost', 'git rm -f c.ts': 'recoverable', 'git rm --cached src/a.ts': 'nothing',
});

describe('what is said about a loss', () => {
  const why = (command: string): string | undefined => effectsOf(command, [git], { world: dirty })[0]?.why;
  const cases: Readonly<Record<string, string>> = {
    'git reset --hard': 'Throws away uncommitted changes in 3 files.',
    'git checkout -- src/a.ts': 'Throws away uncommitted changes in src/a.ts.',
    'git clean -fd': 'Deletes 2 untracked files. Git has no copy of them.',
    'git clean -fdx': 'Deletes 2 untracked files and 1 file that git ignores. Git has no copy of them.',
    'git stash clear': 'Throws away 2 stashes: work that is kept nowhere else.',
    'git push --force origin main': 'Replaces the history of main on origin: commits that only others have are lost.',
    'git push -f https://user:hunter2@example.com/a.git main': 'Replaces the history of main on https://example.com/a.git: commits that only others have are lost.',
  };
  for (const [command, wanted] of Object.entries(cases)) it(command, () => assert.equal(why(command), wanted));
  it('counts commits that leave the branch', () => assert.ok(effectsOf('git reset --hard HEAD~2', [git], { world: dirty }).some((effect) => effect.why === 'Moves main to HEAD~2: 3 commits no remote has leave it.')));
  it('names the changed files, for the vault', () => assert.deepEqual(effectsOf('git checkout -- src', [git], { world: dirty })[0]?.paths, [`${project}/src/a.ts`, `${project}/src/deep/b.ts`]));
  it('never repeats a token in a remote', () => assert.ok(!JSON.stringify(effectsOf('git push -f https://user:hunter2@example.com/a.git main', [git])).includes('hunter2')));
});

table('commands inside git', clean, {
  "git -c alias.x='!rm -rf /' x": 'everything', "git -c alias.x='reset --hard' x": 'nothing', "git -c alias.a=b -c alias.b='!rm -rf ~' a": 'everything', "git -c core.pager='rm -rf ~' log": 'everything', 'GIT_SSH_COMMAND="rm -rf ~" git fetch': 'everything', "git -c credential.helper='!rm -rf ~' fetch": 'everything',
  "git rebase --exec 'rm -rf ~' main": 'everything', 'git bisect run rm -rf ~': 'everything', "git submodule foreach 'rm -rf ~'": 'everything', "git filter-branch --tree-filter 'rm -rf ~' HEAD": 'everything', 'git -c alias.x=x x': 'nothing', "git commit -m 'rm -rf ~'": 'nothing', 'git -c user.name=x commit': 'nothing',
});

table('an alias in a configuration file', fakeWorld({ repositories: [project], files: { [`${project}/a.ts`]: 'dirty', [`${home}/.gitconfig`]: { text: '[user]\n\tname = x\n[alias]\n\tnuke = reset --hard\n\twipe = "!rm -rf ~"\n' } } }), { 'git nuke': 'lost', 'git wipe': 'everything', 'git other': 'nothing' });

it('reads an alias only from its section', () => assert.deepEqual([aliasIn('[alias "x"]\nci = commit', 'CI'), aliasIn('[core]\nci = x', 'ci'), aliasIn('[alias]\n  st = status\n', 'st')], ['commit', undefined, 'status']));
