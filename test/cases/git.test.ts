import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ShellAction } from '../../src/core/action.ts';
import { decide } from '../../src/core/decide.ts';
import { defaultPolicy } from '../../src/core/policy/defaults.ts';
import type { Decision } from '../../src/core/verdict.ts';
import { blindWorld, type World } from '../../src/core/world.ts';
import { fakeWorld } from '../unit/core/fake-world.ts';

const home = '/home/dev';
const project = '/home/dev/project';

function decided(command: string, world: World): Decision {
  const action: ShellAction = { tool: 'shell', shell: 'bash', command, agent: 'test', session: '', cwd: project, workspaceRoots: [project], env: { HOME: home } };
  return decide(action, world, defaultPolicy).decision;
}

/** Rows of `command: decision`; without a world nothing on disk is known. */
function table(danger: string, rows: Readonly<Record<string, Decision>>, world: World = blindWorld()): void {
  describe(danger, () => {
    for (const [command, wanted] of Object.entries(rows)) it(`${wanted}: ${command}`, () => assert.equal(decided(command, world), wanted));
  });
}

const worked = fakeWorld({
  repositories: [project],
  files: {
    [`${project}/a.ts`]: 'dirty', [`${project}/b.ts`]: 'clean', [`${project}/new.ts`]: 'untracked', [`${project}/.env`]: 'ignored',
    ...Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`${project}/src/${index}.ts`, 'dirty' as const])),
    [`${project}/.claude/settings.json`]: 'clean',
  },
  stashes: 1,
});
const clean = fakeWorld({ repositories: [project], files: { [`${project}/a.ts`]: 'clean', [`${project}/src/b.ts`]: 'clean' } });

table('uncommitted work thrown away file by file', {
  'for f in $(git diff --name-only); do git checkout -- "$f"; done': 'ask', 'git ls-files -m | xargs git restore': 'ask', 'git diff --name-only | while read -r f; do git checkout HEAD -- "$f"; done': 'ask',
  'for f in a.ts b.ts; do git checkout -- "$f"; done': 'keep', 'git diff --name-only | xargs git add': 'allow', 'for f in a.ts b.ts; do git diff -- "$f"; done': 'allow', 'git ls-files -m | xargs wc -l': 'allow',
});

table('uncommitted work thrown away at once', {
  'git checkout -- .': 'ask', 'git checkout HEAD -- :/': 'ask', 'git restore --worktree -- src': 'ask', 'git restore --staged --worktree .': 'ask', 'git checkout -f': 'ask', 'git switch --discard-changes other': 'ask', 'git reset --merge': 'ask',
  'git stash && git stash drop': 'ask', 'git stash push -u; git stash clear': 'ask', 'git -C . checkout .': 'ask', 'git --work-tree=. reset --hard': 'ask',
  'git checkout a.ts': 'keep', 'git merge --abort': 'keep', 'git rebase --abort': 'keep', 'git cherry-pick --abort': 'keep',
  'git restore --staged .': 'allow', 'git reset --keep HEAD~1': 'allow', 'git switch other': 'allow', 'git stash push': 'allow', 'git stash pop': 'allow', 'git checkout b.ts': 'allow', 'git rebase --continue': 'allow', 'git merge main': 'allow',
}, worked);

table('nothing is uncommitted', {
  'git checkout -- .': 'allow', 'git reset --hard': 'allow', 'git clean -fd': 'allow', 'git merge --abort': 'allow', 'git stash drop': 'allow', 'git restore src': 'allow',
}, clean);

table('long options are shortened', {
  'git reset --har': 'ask', 'git reset --h HEAD~1': 'ask', 'git clean --forc -d': 'ask', 'git switch --disc main': 'ask', 'git push --forc origin main': 'ask', 'git push --mir origin': 'ask', 'git branch --del --forc x': 'ask', 'git restore --staged --work .': 'ask', 'git checkout HEAD --pathspec-from=list.txt': 'ask', 'git push --del origin x': 'ask', 'git push --d origin x': 'ask',
  'git clean --dry --forc': 'allow', 'git reset --sof HEAD~1': 'allow', 'git push --dry-r --force': 'allow', 'git log --graph --oneline': 'allow', 'git push --force --no-force origin x': 'allow',
});

table('files git does not know are deleted', {
  'git clean -fdx': 'ask', 'git clean -ffdx': 'ask', 'git clean -d -f -- build': 'ask', 'git -c clean.requireForce=false clean -dx': 'ask', 'GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=clean.requireForce GIT_CONFIG_VALUE_0=false git clean -d': 'ask',
  'git clean -ndx': 'allow', 'git clean -fn': 'allow', 'git clean': 'allow',
});

table('an alias hides what is done', {
  "git -c alias.x='!rm -rf ~' x": 'deny', "git -c alias.undo='reset --hard' undo": 'ask', "GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=alias.z GIT_CONFIG_VALUE_0='clean -fdx' git z": 'ask', "GIT_CONFIG_PARAMETERS=\"'alias.z=reset'\" git z --hard": 'ask',
  "git -c alias.s='status -sb' s": 'allow', 'GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=user.name GIT_CONFIG_VALUE_0=me git commit -m x': 'allow',
});

table('the way back is removed', {
  'git reflog expire --expire=now --all': 'ask', 'git reflog delete HEAD@{2}': 'ask', 'git gc --prune=now': 'ask', 'git gc --prune=0': 'ask', 'git prune': 'ask', 'git update-ref -d refs/heads/x': 'ask', 'git branch -D x': 'ask', 'git worktree remove -f ../wt': 'ask', 'git worktree remove --force -- ../wt': 'ask', 'git submodule deinit -f --all': 'ask', "git filter-branch --tree-filter 'rm x' HEAD": 'ask', 'git branch -f main HEAD~3': 'ask',
  'git-branch -D x': 'ask', '/usr/libexec/git-core/git-reset --hard': 'ask', 'git branch --move --force a b': 'keep', 'git branch -C a b': 'keep', 'git branch -d x': 'keep', 'git branch --merged | xargs git branch -d': 'keep',
  'git tag -d v1': 'keep', 'git checkout -B main origin/main': 'keep', 'git switch -C main origin/main': 'keep',
  'git reflog expire --all': 'allow', 'git gc --prune=2.weeks.ago': 'allow', 'git gc': 'allow', 'git branch -m old new': 'allow', 'git branch --list "old/*"': 'allow', 'git worktree remove ../wt': 'allow', 'git commit --amend --no-edit': 'allow', 'git rebase -i main': 'allow', 'git checkout -b x': 'allow',
});

table('a setting makes git run a program', {
  'git -c core.sshCommand=./tunnel.sh fetch': 'ask', 'GIT_SSH_COMMAND="~/bin/tunnel -x" git pull': 'ask', 'git -c diff.external=tools/show diff': 'ask', 'git -c core.fsmonitor=.cache/watch status': 'ask', 'git -c credential.helper=./ask push': 'ask', "git -c core.pager='rm -rf ~' log": 'deny', "GIT_EXTERNAL_DIFF='git clean -fdx' git diff": 'ask', "git -c core.sshCommand='sh -c \"rm -rf ~\"' fetch": 'deny',
  "git -c core.sshCommand='ssh -i ~/.ssh/deploy -p 2222' fetch": 'allow', 'GIT_SSH_COMMAND="ssh -o BatchMode=yes" git clone host:a': 'allow', 'git -c core.pager=cat log': 'allow', 'git -c core.editor=true commit --amend': 'allow', 'git -c credential.helper=store push': 'allow', 'git -c core.sshCommand=/usr/bin/ssh fetch': 'allow',
});

table('words of another program decide what git does', {
  'git diff --name-only | xargs git checkout': 'ask', 'git checkout $(git ls-files -m)': 'ask', 'cat modes | xargs -I{} git reset --ha{}': 'ask', 'git reset --har$X': 'ask', 'git reset "--hard$X"': 'ask',
  'git rev-list -n 1 HEAD~2 | xargs -I{} git reset {}': 'keep', 'names | xargs git merge': 'keep', 'names | xargs git clean': 'keep', 'names | xargs git push origin': 'keep', 'names | xargs -I{} git stash {}': 'keep', 'names | xargs -I{} git rebase {}': 'keep',
  'git checkout $(git describe --tags --abbrev=0)': 'allow', 'git checkout "$BRANCH"': 'allow', 'git log --format=%h -1 | xargs git show': 'allow', 'git rev-list -n 1 HEAD~2 | xargs -I{} git show {}': 'allow', 'git diff --cached --name-only | xargs git reset HEAD --': 'allow', 'names | xargs git add': 'allow', 'names | xargs git fetch': 'allow', 'echo main | xargs git push origin': 'allow', 'git push origin "$BRANCH"': 'allow',
});

table('history of a remote is replaced', {
  'git push -f': 'ask', 'git push origin HEAD:+main': 'ask', 'git push --force --repo --help origin': 'ask', 'GIT PUSH -f': 'ask', 'git push origin +main': 'ask', 'git push origin :old': 'ask', 'git push --prune origin': 'ask', 'git push --mirror': 'ask', 'git -C sub push --force-with-lease origin main': 'ask',
  'git push': 'allow', 'git push -u origin x': 'allow', 'git push origin HEAD:refs/heads/x': 'allow', 'git push --tags': 'allow', 'git push -n -f': 'allow',
});

table('the project’s checks are passed by', {
  'git commit --no-verify -m x': 'keep', 'git commit -nm x': 'keep', 'git push --no-ver': 'keep', 'HUSKY=0 git commit -m x': 'keep', 'git -c core.hooksPath=/dev/null commit -m x': 'keep', 'git config core.hooksPath /dev/null': 'keep', 'git config --unset core.hooksPath': 'keep', 'git config unset core.hooksPath': 'keep', 'chmod -x .git/hooks/pre-commit': 'keep', 'chmod 644 .husky/pre-push': 'keep', 'rm .git/hooks/pre-commit': 'keep',
  'git config core.hooksPath .githooks': 'allow', 'git config --get core.hooksPath': 'allow', 'chmod +x .git/hooks/pre-commit': 'allow', 'git commit -m "--no-verify is bad"': 'allow', 'HUSKY=0 npm ci': 'allow', 'git merge -n x': 'allow', 'chmod 755 .husky/pre-push': 'allow',
});

table('a guard file is put back to an older state', {
  'git checkout HEAD~5 -- .claude/settings.json': 'deny', 'git restore --source=main .claude/settings.json': 'deny', 'git rm -r .claude': 'deny', 'git mv .claude/settings.json x.json': 'deny',
  'git diff .claude/settings.json': 'allow', 'git add .claude/settings.json': 'allow', 'git restore --staged .claude/settings.json': 'allow', 'git rm --cached .claude/settings.json': 'allow',
});

table('text is not action', {
  'git commit -m "reset --hard; rm -rf /"': 'allow', 'git log --grep="push --force"': 'allow', "git grep 'clean -fdx'": 'allow', 'echo "git reset --hard" >> notes.md': 'allow', "git tag -a v1 -m 'drop stash'": 'allow',
});
