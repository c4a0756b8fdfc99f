import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import { replay, type ReplayedCommand } from './replay.ts';
import { dropStages } from './stage.ts';

after(dropStages);

const cases: Readonly<Record<string, readonly (string | ReplayedCommand)[]>> = {
  'uncommitted changes': [
    'git reset --hard',
    'git reset --hard HEAD~2',
    'git reset --hard origin/main',
    'git checkout -- .',
    'git checkout -- src b.txt',
    'git checkout HEAD~2 -- .',
    'git checkout -f feature',
    'git checkout -f HEAD~1',
    'git switch --discard-changes feature',
    'git restore .',
    'git restore --staged --worktree .',
    'git restore --source HEAD~2 --worktree --staged a.txt b.txt',
    'git reset --hard && git clean -fd',
    'git reset --hard HEAD && git clean -fdx',
    'git checkout-index -f -a',
    'git read-tree --reset -u HEAD',
    'git rm -rf src b.txt',
    'git rm -rf .',
    'git checkout -q feature -f && git reset --hard HEAD~1',
    'git stash && git stash drop',
    'git stash -u && git stash clear',
    'git checkout --orphan fresh && git rm -rf . && git clean -fd',
  ],
  'files git does not have': [
    'git clean -fd',
    'git clean -fdx',
    'git clean -fdX',
    'git clean -fd drafts',
    'git clean -ffdx',
    'rm -rf drafts',
    'rm -rf drafts/*',
    'rm -rf drafts/nested',
    'rm -rf drafts/nested/.git',
    'rm -f .env app.sqlite old_*.csv',
    'find drafts -type f -delete',
    'find . -name "*.md" -exec rm {} +',
    'mv -f a.txt notes.md && git checkout -- a.txt',
    'cp a.txt notes.md',
    'echo 0 > notes.md',
    ': > app.sqlite',
    'truncate -s 0 public/js/*.js notes.md',
    'sed -i s/untracked/gone/ notes.md',
    'python3 -c "import shutil; shutil.rmtree(\'drafts\')"',
    'node -e "require(\'fs\').rmSync(\'drafts\', { recursive: true })"',
    'shred -u notes.md',
    'dd if=/dev/zero of=notes.md bs=1 count=10',
    'for f in public/*.html notes.md; do : > "$f"; done',
  ],
  'files git has': ['rm -rf src', 'rm -rf docs/journeys', 'git rm -r --force src/legacy', 'rm link a.txt', 'git rm -q docs/journeys/first.md'],
  'records of a repository': [
    'git stash drop',
    'git stash drop stash@{1}',
    'git stash clear',
    'git branch -D feature',
    { first: 'git branch -q -u origin/main feature; git config branch.feature.rebase true; git config branch.feature.description "half done"', command: 'git branch -D feature' },
    'git branch -D feature merged topic 2>&1; git branch -D feature merged',
    'git branch -d merged',
    'git branch -f feature main',
    'git tag -d v1 light',
    'git update-ref -d refs/heads/feature',
    'git update-ref -d refs/tags/v1',
    'git checkout -B feature -f',
    'git reflog expire --expire=now --all && git gc --prune=now -q',
    'git stash clear && git reflog expire --expire=now --all && git gc --prune=now -q',
    'git branch -D feature && git reflog expire --expire=now --all && git gc --prune=now -q',
    'git tag -d v1 && git gc --prune=now -q',
    'git reset --hard origin/main && git reflog expire --expire=now --expire-unreachable=now --all && git gc --prune=now -q',
    { first: 'git stash -u -q', command: 'FILTER_BRANCH_SQUELCH_WARNING=1 git filter-branch -f --msg-filter "sed s/o/0/" -- --branches' },
    { first: 'git stash -u -q', command: 'git rebase --root -x "git commit -q --amend -m x --allow-empty"' },
    { first: 'git stash -u -q', command: 'FILTER_BRANCH_SQUELCH_WARNING=1 git filter-branch -f --index-filter "git rm -q --cached --ignore-unmatch a.txt" -- --all && git for-each-ref --format="delete %(refname)" refs/original | git update-ref --stdin && git reflog expire --expire=now --all && git gc -q --prune=now' },
  ],
  'a merge or rebase under way': [
    { first: 'git stash -u -q; git merge feature', command: 'git merge --abort' },
    { first: 'git stash -u -q; git merge feature; echo solved > a.txt; git add a.txt', command: 'git reset --hard' },
    { first: 'git stash -u -q; git rebase feature; echo half solved > a.txt', command: 'git rebase --abort' },
    { first: 'git stash -u -q; git cherry-pick feature~1; echo mine > a.txt', command: 'git cherry-pick --abort' },
  ],
  'the repository itself': ['rm -rf .git', 'rm -rf .git/refs .git/logs', 'git worktree remove --force ../tree', 'rm -rf ../tree', 'rm -rf ../tree && git worktree prune', { command: 'rm -rf shop', cwd: '..' }],
  'what a remote has': [
    { command: 'git push --force', remote: true },
    { command: 'git push -f origin main', remote: true },
    { command: 'git push origin +main:main', remote: true },
    { command: 'git push origin --delete only-there', remote: true },
    { command: 'git push origin :feature', remote: true },
    { command: 'git push --force origin feature:only-there', remote: true },
  ],
};

suite('what cannot be foreseen is put to a person, who is told that nothing could be copied', () => {
  test('git ls-files src | xargs rm -f', async () => {
    const { verdict, kept } = await replay({ command: 'git ls-files src | xargs rm -f' });
    assert.deepEqual([verdict.decision, kept], ['ask', false]);
  });
});

suite('what a remote had comes back beside what the push brought it, which no restore deletes there', () => {
  for (const command of ['git push --mirror origin', 'git push --prune origin "refs/heads/*:refs/heads/*"']) {
    test(command, async () => {
      const { before, lost, after } = await replay({ command, remote: true });
      const refs = (picture: typeof before): readonly string[] => picture['origin'] as readonly string[];
      const missing = (picture: typeof before): readonly string[] => refs(before).filter((ref) => !refs(picture).includes(ref));
      assert.notDeepEqual(missing(lost), [], 'the command lost nothing');
      assert.deepEqual(missing(after), []);
      assert.deepEqual({ ...after, origin: [] }, { ...before, origin: [] });
    });
  }
});

suite('a branch that another one replaced comes back and follows what it followed, and the other goes on doing so', () => {
  test('git branch -M feature', async () => {
    const { before, lost, after } = await replay({ command: 'git branch -M feature' });
    const [was, gone, is] = [before, lost, after].map((picture) => JSON.stringify(picture));
    const section = /\[branch \\"main\\"\](?:\\n\\t[^\\]*)*/.exec(was ?? '')?.[0] ?? '';
    assert.match(section, /remote = origin/);
    assert.ok(!gone?.includes(section));
    assert.equal(is?.replaceAll(`${section.replace('main', 'feature')}\\n`, ''), was, 'all else is as it was');
  });
});

for (const [danger, commands] of Object.entries(cases)) {
  suite(danger, () => {
    for (const given of commands.map((one): ReplayedCommand => (typeof one === 'string' ? { command: one } : one))) {
      test(given.command, async () => {
        const { verdict, kept, before, lost, after, restored, output } = await replay(given);
        assert.ok(kept, `nothing was kept: ${JSON.stringify(verdict.findings.map(({ rule, why }) => [rule, why]))}`);
        assert.notDeepEqual(lost, before, `the command lost nothing: ${output}`);
        assert.deepEqual(after, before, JSON.stringify(restored?.skipped));
      });
    }
  });
}
