import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rule as chmod } from '../../../src/core/rules/chmod.ts';
import { rule as chown } from '../../../src/core/rules/chown.ts';
import { rule as cp } from '../../../src/core/rules/cp.ts';
import { rule as dd } from '../../../src/core/rules/dd.ts';
import { rule as find } from '../../../src/core/rules/find.ts';
import { rule as install } from '../../../src/core/rules/install.ts';
import { rule as ln } from '../../../src/core/rules/ln.ts';
import { rule as mkfs } from '../../../src/core/rules/mkfs.ts';
import { rule as mv } from '../../../src/core/rules/mv.ts';
import { rule as rm } from '../../../src/core/rules/rm.ts';
import { rule as rsync } from '../../../src/core/rules/rsync.ts';
import { rule as sed } from '../../../src/core/rules/sed.ts';
import { rule as shred } from '../../../src/core/rules/shred.ts';
import { rule as tar } from '../../../src/core/rules/tar.ts';
import { rule as tee } from '../../../src/core/rules/tee.ts';
import { rule as truncate } from '../../../src/core/rules/truncate.ts';
import { effectsOf, fateOf, home, project, type Where } from './analysed.ts';
import { fakeWorld } from './fake-world.ts';

const rules = [chmod, chown, cp, dd, find, install, ln, mkfs, mv, rm, rsync, sed, shred, tar, tee, truncate];

const world = fakeWorld({
  repositories: [project],
  files: {
    [`${project}/a.ts`]: 'clean', [`${project}/b.ts`]: 'clean', [`${project}/draft.md`]: 'untracked', [`${project}/dump.sql`]: { state: 'untracked', size: 1e9 },
    [`${project}/src/a.ts`]: 'clean', [`${project}/src/b.ts`]: 'clean', [`${project}/src/x.tmp`]: 'untracked', [`${project}/src/empty.txt`]: { state: 'untracked', size: 0 },
    [`${project}/docs/a.ts`]: 'clean', [`${project}/docs/mine.md`]: 'untracked', [`${project}/.claude/settings.json`]: 'clean', [`${project}/node_modules/p/x.tmp`]: 'ignored',
    ...Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`${project}/notes/${index}.md`, 'untracked' as const])),
    [`${home}/.bashrc`]: 'clean', '/etc/hosts': 'clean', '/usr/bin/env': 'clean', '/tmp/t/x': 'clean',
  },
  folders: [`${project}/hollow/deep`],
});

function table(title: string, cases: Readonly<Record<string, string>>, where: Where = { world }): void {
  describe(title, () => {
    for (const [command, fate] of Object.entries(cases)) {
      it(`${command} → ${fate}`, () => {
        const effects = effectsOf(command, rules, where);
        assert.equal(fateOf(effects), fate, JSON.stringify(effects, undefined, 1));
      });
    }
  });
}

table('moving and copying onto something', {
  'mv a.ts new.ts': 'nothing', 'mv a.ts b.ts': 'recoverable', 'mv a.ts src': 'recoverable', 'mv a.ts hollow': 'nothing', 'mv a.ts dump.sql': 'lost', 'mv -n a.ts dump.sql': 'nothing', 'mv -t src a.ts': 'recoverable', 'mv a.ts "$X"': 'nothing',
  'mv ~ /tmp/x': 'everything', 'mv ../project ../renamed': 'nothing', 'mv /usr /usr2': 'everything', 'mv .claude old': 'guard', 'mv a.ts .claude/settings.json': 'guard', 'mv draft.md /dev/null': 'recoverable', 'mv dump.sql /dev/null': 'lost',
  'cp a.ts new.ts': 'nothing', 'cp a.ts draft.md': 'recoverable', 'cp -r src docs': 'nothing', 'cp -r src/. docs': 'recoverable', 'cp -rT src docs': 'recoverable', 'cp /dev/null dump.sql': 'lost', 'cp a.ts /tmp/t/x': 'made', 'cp -n a.ts draft.md': 'nothing', 'cp x /dev/sda': 'everything',
  'install -m 644 a.ts draft.md': 'recoverable', 'ln -s a.ts draft.md': 'nothing', 'ln -sf a.ts draft.md': 'recoverable', 'ln -sf a.ts .claude/settings.json': 'guard',
});

table('writing through a program', {
  'echo x | tee draft.md': 'recoverable', 'echo x | tee -a draft.md': 'nothing', 'echo x | tee new.md': 'nothing', 'echo {} | tee -a .claude/settings.json': 'guard', 'truncate -s 0 dump.sql': 'lost', 'truncate -s 0 a.ts': 'recoverable', 'truncate -s +1M dump.sql': 'nothing',
  'shred -u draft.md': 'recoverable', 'dd if=/dev/zero of=/dev/sda': 'everything', 'dd if=/dev/zero of=draft.md': 'recoverable', 'dd if=/dev/zero of=dump.sql conv=notrunc': 'lost', 'mkfs.ext4 /dev/nvme0n1p1': 'everything', 'mkfs.ext4 new.img': 'nothing',
  'sed -i s/a/b/ a.ts': 'recoverable', 'sed -i s/a/b/ notes/*.md': 'lost', 'sed -i.bak s/a/b/ notes/*.md': 'nothing', "sed -i '' s/a/b/ a.ts": 'recoverable', "sed -i '' 's/x/y/' .claude/settings.json": 'guard', 'sed s/a/b/ a.ts': 'nothing',
});

table('mirroring and archives', {
  'rsync -a --delete hollow/ docs/': 'lost', 'rsync -a --delete hollow/ src': 'lost', 'rsync -an --delete hollow/ docs/': 'nothing', 'rsync -a --delete hollow/ ~': 'everything', 'rsync -a src/ docs/': 'recoverable', 'rsync -a src docs/': 'nothing', 'rsync -a --delete src/ me@host:/srv': 'lost', 'rsync -a src/ me@host:/srv': 'nothing',
  'rsync -a --remove-source-files notes/ host:/x': 'lost', 'tar cf a.ts b.ts': 'recoverable', 'tar cf new.tar src': 'nothing', 'tar czf new.tgz --remove-files notes': 'lost', 'tar xf x.tar -C /': 'everything', 'tar xf x.tar': 'recoverable', 'tar tf dump.sql': 'nothing',
});

table('permissions', { 'chmod -R 777 /': 'everything', 'chmod -R 777 ~': 'everything', 'chmod -R 755 .': 'nothing', 'chmod 644 /etc/hosts': 'nothing', 'chmod 777 /etc/hosts': 'lost', 'chown -R dev /usr': 'everything', 'chown -R dev src': 'nothing', 'chmod -R 777 "$X/"': 'everything' });

table('finding and deleting', {
  'find . -delete': 'everything', 'find . -type f -delete': 'everything', 'find src -delete': 'lost', 'find src -name "*.ts" -delete': 'recoverable', 'find src -delete -name "*.ts"': 'lost', 'find . -name "*.tmp" -delete': 'recoverable', 'find . -name "*.none" -delete': 'nothing', 'find . -empty -delete': 'nothing',
  'find notes -name "*.md" -delete': 'lost', 'find notes -name "1*.md" -delete': 'recoverable', 'find . -name "*.md" -print': 'nothing', 'find . -name "*.md" -exec rm {} \\;': 'lost', 'find . -name "*.ts" -exec rm -f {} +': 'recoverable', 'find . -exec rm -rf {} +': 'everything', 'find . -name "*.md" -exec cat {} \\;': 'nothing',
  'find . -name "*.md" -exec sh -c "rm -rf /" \\;': 'nothing', 'find . -name node_modules -exec rm -rf {} +': 'made', 'find . \\( -name "*.ts" -o -name "*.tmp" \\) -delete': 'recoverable', 'find notes ! -name "1.md" -delete': 'lost', 'find . -name x -o -delete': 'everything', 'find . -maxdepth 1 -name "*.md" -delete': 'recoverable',
  'find ~ -mtime +30 -delete': 'guard', 'find "$X" -name "*.md" -delete': 'unknown', 'find "$X/" -delete': 'everything', 'find . -name "*.md" -fprint a.ts': 'recoverable', 'find hollow -mindepth 1 -delete': 'nothing', 'find .claude -name "*.json" -delete': 'guard',
});

table('finding and deleting, by the words alone', {
  'find . -delete': 'everything', 'find src -delete': 'recoverable', 'find . -name "*.log" -delete': 'recoverable', 'find . -mtime +3 -delete': 'lost', 'find / -name core -delete': 'lost', 'find . -empty -delete': 'nothing', 'find . -name "*.pyc" -delete': 'made', 'find . -type d -name __pycache__ -exec rm -rf {} +': 'made',
  'find . -name "$PATTERN" -delete': 'unknown', 'find . -not -name a -delete': 'lost', 'find . -name a -exec rm {} \\; -o -delete': 'everything', 'find . -type f , -delete': 'everything', 'find \\( \\( \\( -delete': 'everything', 'find . \\) -delete': 'everything',
}, {});
