import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Action, ShellAction } from '../../src/core/action.ts';
import { decide } from '../../src/core/decide.ts';
import { defaultPolicy } from '../../src/core/policy/defaults.ts';
import type { Decision } from '../../src/core/verdict.ts';
import { blindWorld, type World } from '../../src/core/world.ts';
import { fakeWorld } from '../unit/core/fake-world.ts';

const home = '/home/dev';
const project = '/home/dev/project';
const context = { agent: 'test', session: '', cwd: project, workspaceRoots: [project], env: { HOME: home } };

const decided = (action: Action, world: World): Decision => decide(action, world, defaultPolicy).decision;
const shell = (command: string): ShellAction => ({ ...context, tool: 'shell', shell: 'bash', command });

/** Rows of `command: decision`; without a world nothing on disk is known. */
function table(danger: string, rows: Readonly<Record<string, Decision>>, world: World = blindWorld()): void {
  describe(danger, () => {
    for (const [command, wanted] of Object.entries(rows)) it(`${wanted}: ${command}`, () => assert.equal(decided(shell(command), world), wanted));
  });
}

const disk = fakeWorld({
  repositories: [project],
  files: {
    [`${project}/notes.md`]: { state: 'dirty', size: 900 }, [`${project}/draft.md`]: 'untracked', [`${project}/kept.ts`]: 'clean', [`${project}/huge.db`]: { state: 'untracked', size: 1e9 }, [`${project}/plan.html`]: { state: 'untracked', size: 90_000 },
    [`${project}/src/a.ts`]: 'clean', [`${project}/src/b.ts`]: 'clean', [`${project}/node_modules/x/i.js`]: 'ignored', [`${project}/link`]: { link: '/' },
    ...Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`${project}/work/${index}.md`, 'untracked' as const])),
  },
});

table('a path that is the whole disk, home or workspace by another name', {
  'rm -rf /proc/self/cwd': 'deny', 'rm -rf /proc/self/cwd/..': 'deny', 'rm -rf /proc/self/root/etc': 'deny', 'rm -rf {/,/home}': 'deny', 'rm -rf /{bin,usr}': 'deny', 'rm -rf /???': 'deny', 'rm -rf /HOME/DEV': 'deny', 'rm -rf "$UNSET/"*': 'deny', 'rm -rf ${UNSET:-}/': 'deny', 'rm -rf src/../../project': 'deny', 'rm --recur --forc /': 'deny', 'cd /; rm -rf ./*': 'deny', 'pushd ..; rm -rf project': 'deny', 'rm -rf ~/project/': 'deny', 'chmod --rec 000 /': 'deny', 'find / -exec chmod 000 {} +': 'deny', 'chown -R me ~': 'deny', 'rsync -a --delete empty/ ~/': 'deny', 'mv ~/* /tmp': 'deny',
  'rm -rf /proc/self/cwd/node_modules': 'allow', 'rm -rf ./dist': 'allow', 'cd src && rm -rf dist': 'allow', 'rm -rf "${TMPDIR:-/tmp}/x"': 'allow', 'chmod -R u+rw .': 'allow', 'find . -type f -exec chmod 644 {} +': 'allow',
});

table('build output is build output only where the agent works', {
  'cd .. && rm -rf build': 'keep', 'rm -rf ../site/dist': 'keep', 'rm -rf ~/site/target': 'keep', 'cd "$DIR" && rm -rf out': 'ask', 'rm -rf /srv/site/dist': 'ask', 'cd /var/www && rm -rf build': 'ask',
  'rm -rf build': 'allow', 'cd web && rm -rf dist': 'allow', '(cd ..); rm -rf build': 'allow', 'cd .. ; cd - ; rm -rf build': 'allow', 'rm -rf ../site/node_modules': 'allow', 'cd "$DIR" && rm -rf __pycache__': 'allow', 'rm -rf /tmp/site/build': 'allow', 'rm -rf ~/.cache/pip': 'allow',
});

table('a folder for temporary files is one only while the path stays in it', {
  'rm -rf /tmp/x/../../srv/a': 'ask', 'find /tmp/../var/lib -delete': 'deny', 'TMPDIR=/srv; rm -rf "$TMPDIR/a"': 'ask', 'rm -rf /tmp/*': 'ask', 'cd /tmp && rm -rf ../home': 'deny',
  'rm -rf /tmp/x/../y': 'allow', 'rm -rf /tmp/run-*': 'allow', 'TMPDIR=/tmp/a; rm -rf "$TMPDIR/b"': 'allow', 'D=$(mktemp -d); rm -rf "$D/x"': 'allow',
});

it('ask: a variable for temporary files that the environment does not hold', () => {
  const known = { ...shell('rm -rf "$TMPDIR/a"'), env: { HOME: home, PATH: '/usr/bin' } };
  assert.equal(decided(known, blindWorld()), 'ask');
  assert.equal(decided({ ...known, env: { ...known.env, TMPDIR: '/tmp/me' } }, blindWorld()), 'allow');
});

table('two names lead to one folder', {
  'ln -s /etc /tmp/x && rm -rf /tmp/x/*': 'deny', 'ln -s ~ h; find h/ -delete': 'deny', 'ln -s .. up; rm -rf up/other': 'ask', 'mount --bind /srv /tmp/m && rm -rf /tmp/m': 'deny', 'mount -o ro,bind / m; rm -rf m/usr': 'deny',
  'ln -s /etc /tmp/x && rm /tmp/x': 'allow', 'ln -s /etc /tmp/x && ls /tmp/x/': 'allow', 'ln /etc/motd /tmp/x; rm -rf /tmp/x': 'allow', 'ln -s ../shared shared': 'allow',
});

table('a machine’s own files are moved away', {
  'mv /etc/shadow ~/': 'ask', 'cd /etc && mv ./passwd /tmp': 'ask', 'mv /boot/vmlinuz /tmp/': 'ask', 'setfacl -R -m u:me:rwx /': 'deny',
  'mv /etc/nginx/a.conf /tmp/a.conf': 'allow', 'cp /etc/hosts /tmp/hosts': 'allow', 'setfacl -R -m u:me:rx public': 'allow',
});

table('a link is followed where the tool follows it', { 'rm -rf link/': 'deny', 'rm -rf link/etc': 'deny', 'rm link': 'keep' }, disk);

table('a disk is written over', {
  'dd if=/dev/zero of=/dev/sda': 'deny', 'cat x > /dev/nvme0n1': 'deny', 'cp image.iso /dev/sdb': 'deny', 'tee /dev/sdc < x': 'deny', 'shred /dev/sda1': 'deny', 'mkfs.ext4 /dev/sdb1': 'deny', 'blkdiscard /dev/nvme0n1': 'deny',
  'dd if=/dev/sda of=/tmp/sda.img': 'allow', 'ls -l /dev/sda': 'allow', 'echo x > /dev/null': 'allow', 'lsblk': 'allow',
});

table('work that is there is written over', {
  'echo x > notes.md': 'keep', 'echo x | tee draft.md': 'keep', ': > draft.md': 'keep', 'truncate -s 0 notes.md': 'keep', 'cp kept.ts draft.md': 'keep', 'mv kept.ts notes.md': 'keep', 'ln -sf src draft.md': 'keep', 'dd if=kept.ts of=draft.md': 'keep', 'curl -o draft.md https://example.com/x': 'keep', 'wget -O draft.md https://example.com/x': 'keep', 'sed -i s/a/b/ notes.md': 'keep', "perl -pi -e 's/a/b/' notes.md": 'keep', 'install kept.ts draft.md': 'keep', 'tar xf release.tar': 'keep', 'unzip -o release.zip': 'keep', 'yes | unzip release.zip': 'keep', 'for f in src/*; do cat "$f" > draft.md; done': 'keep', "python3 -c \"open('notes.md', 'w').write('')\"": 'keep',
  'echo x > huge.db': 'ask', 'truncate -s 0 work/*.md': 'ask', 'sed -i s/a/b/ work/*.md': 'ask', 'cp /dev/null huge.db': 'ask', 'for f in work/*; do : > "$f"; done': 'ask', 'for f in work/*; do rm "$f"; done': 'ask', 'files=(work/*); rm "${files[@]}"': 'ask', 'set -- work/*; rm "$@"': 'ask', 'f() { rm "$@"; }; f work/*': 'ask',
  'echo x >> notes.md': 'allow', 'echo x > fresh.md': 'allow', 'cp -n kept.ts notes.md': 'allow', 'mv -b kept.ts notes.md': 'allow', 'sed -i.bak s/a/b/ notes.md': 'allow', 'tar xkf release.tar': 'allow', 'unzip -n release.zip': 'allow', 'tar tf release.tar': 'allow', 'tar xf release.tar -C /tmp/x': 'allow', 'truncate -s +1M notes.md': 'allow', "python3 -c \"open('notes.md').read()\"": 'allow', 'curl -o fresh.bin https://example.com/x': 'allow',
}, disk);

table('work that is there is deleted', {
  'rm draft.md': 'keep', 'rm -r src': 'keep', 'rm huge.db': 'ask', 'rm -rf work': 'ask', 'rm work/*': 'ask', 'find work -delete -name "*.tmp"': 'ask', 'find work -name "*.md" -delete': 'ask', 'find work -type f | xargs rm': 'ask', 'rm $(<list.txt)': 'ask', 'rm $(cat list.txt)': 'ask', 'ls work | while read f; do rm "$f"; done': 'ask', 'mv work /dev/null': 'ask', 'rsync -a --delete src/ work/': 'ask', 'shred -u huge.db': 'ask', 'tar cf /tmp/x.tar --remove-files work': 'ask',
  'find work -name "*.tmp" -delete': 'allow', 'rm -rf node_modules': 'allow', 'rmdir work': 'allow', 'trash work': 'allow', 'gio trash work': 'allow', 'rm -rf absent': 'allow', 'rsync -an --delete src/ work/': 'allow', 'rm -rf /tmp/scratch': 'allow',
}, disk);

table('many files are moved onto one name', {
  'for f in work/*; do mv "$f" archive; done': 'ask', 'find work -name "*.md" -exec mv {} archive \\;': 'ask', 'cd work && for f in *.md; do mv -f "$f" ../archive; done': 'ask', 'mv work/0.md x; mv work/1.md x': 'keep',
  'mkdir -p archive && for f in work/*; do mv "$f" archive; done': 'allow', 'mkdir archive && mv work/* archive/': 'allow', 'for f in work/*; do mv "$f" "$f.old"; done': 'allow', 'for f in work/*; do mv -n "$f" archive; done': 'allow', 'for f in work/*; do cp "$f" /tmp/copy; done': 'allow', 'mv work/0.md one; mv work/1.md two': 'allow', 'for f in work/*; do mv "$f" src/; done': 'allow',
}, disk);

table('answers are fed to questions', {
  'yes | git clean -di': 'ask', 'yes | rm -ri work': 'ask', 'echo y | rm -ri work': 'ask',
  'git clean -di': 'allow', 'yes | head -3': 'allow',
}, disk);

const write = (path: string, content: string, partial = false): Action => ({ ...context, tool: 'write', path: `${project}/${path}`, content, partial });

describe('a file tool takes most of a file away', () => {
  const rows: readonly (readonly [string, Action, Decision])[] = [
    ['a whole file is emptied', write('plan.html', ''), 'keep'],
    ['a whole file shrinks to a stub', write('plan.html', '<html></html>'), 'keep'],
    ['uncommitted work is replaced', write('notes.md', 'x'.repeat(900)), 'keep'],
    ['a part is edited', write('plan.html', '', true), 'allow'],
    ['a committed file is rewritten', write('kept.ts', 'x'.repeat(400)), 'allow'],
    ['a new file is written', write('fresh.md', 'x'), 'allow'],
    ['a folder of work is deleted', { ...context, tool: 'delete', path: `${project}/work` }, 'ask'],
    ['one file is deleted', { ...context, tool: 'delete', path: `${project}/draft.md` }, 'keep'],
  ];
  for (const [danger, action, wanted] of rows) it(`${wanted}: ${danger}`, () => assert.equal(decided(action, disk), wanted));
});

describe('a file tool empties a file, and nothing on disk is known', () => {
  const rows: readonly (readonly [string, Action, Decision])[] = [
    ['a whole file is emptied', write('plan.html', ''), 'keep'],
    ['only white space is left', write('src/plan.ts', '\n \n'), 'keep'],
    ['a file is written', write('plan.html', '<html></html>'), 'allow'],
    ['a part is taken out', write('plan.html', '', true), 'allow'],
  ];
  for (const [name, action, wanted] of rows) it(`${wanted}: ${name}`, () => assert.equal(decided(action, blindWorld()), wanted));
});

const mcp = (name: string, args: Readonly<Record<string, string>>): Action => ({ ...context, tool: 'mcp', server: 'filesystem', name, arguments: args });

describe('an MCP server changes files', () => {
  const rows: readonly (readonly [string, Action, Decision])[] = [
    ['work is written over', mcp('write_file', { path: `${project}/notes.md`, content: 'x' }), 'keep'],
    ['a file is moved onto work', mcp('move_file', { source: `${project}/kept.ts`, destination: `${project}/notes.md` }), 'keep'],
    ['a guard file is written', mcp('write_file', { path: `${project}/.claude/settings.json`, content: '{}' }), 'deny'],
    ['a guard file is edited', mcp('edit_file', { path: `${project}/.cursor/hooks.json`, edits: '[]' }), 'deny'],
    ['a guard file is moved away', mcp('move_file', { source: `${home}/.claude/settings.json`, destination: '/tmp/x' }), 'deny'],
    ['a file is moved to a free name', mcp('move_file', { source: `${project}/kept.ts`, destination: `${project}/fresh.ts` }), 'allow'],
    ['a file is edited', mcp('edit_file', { path: `${project}/kept.ts`, edits: '[]' }), 'allow'],
    ['a file is read', mcp('read_file', { path: `${project}/.claude/settings.json` }), 'allow'],
  ];
  for (const [danger, action, wanted] of rows) it(`${wanted}: ${danger}`, () => assert.equal(decided(action, disk), wanted));
});

table('text is not action', {
  'echo "rm -rf /" >> notes.md': 'allow', "grep -rn 'find . -delete' docs": 'allow', "cat > fresh.md <<'EOF'\nrm -rf ~\ndd of=/dev/sda\nEOF": 'allow', 'printf "mkfs.ext4 /dev/sda\\n"': 'allow', 'man rm': 'allow', '# rm -rf /': 'allow', 'rm --help': 'allow',
}, disk);
