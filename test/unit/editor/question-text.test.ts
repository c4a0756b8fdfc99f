import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import * as fc from 'fast-check';
import { actionTitle, lossText, questionText, typedText } from '../../../src/editor/question-text.ts';
import type { Question } from '../../../src/gate/ports.ts';
import { finding, localFinding, question, shell } from './asked.ts';

const context = { now: 0, mask: (text: string): string => text.replaceAll('s3cr3t', '<hidden:TOKEN#a1b2>'), home: '/home/ana' };

suite('the question', () => {
  test('an unknown target leads with what would be lost and says how it is treated', () => {
    const asked = question(shell('railway volume delete vol-1'), [finding], { confirmation: { by: 'type', text: 'vol-1' } });
    assert.deepEqual(questionText(asked, context), {
      message: "Deletes the volume vol-1 and the backups on it. The target's environment is unknown, so it is treated as production.",
      detail: [
        'railway volume delete vol-1',
        '',
        'Target: volume vol-1 at railway',
        'Environment: unknown (nothing says which)',
        'Copy: none can be made.',
        '',
        'Agent: Claude Code in ~/shop',
        'Rule: railway/volume-delete (built-in)',
        '',
        'To allow it you type its name. No answer within 4 min 30 s means Deny. Escape means Deny.',
      ].join('\n'),
      allow: 'Allow Once…',
    });
  });

  test('files on this machine say that a copy comes first', () => {
    assert.deepEqual(questionText(question(shell('rm -rf notes'), [localFinding], { deadline: 60_000 }), context), {
      message: 'Deletes 3 files that exist nowhere else. The target is on this machine.',
      detail: [
        'rm -rf notes',
        '',
        'Target: folder notes',
        'Environment: local',
        'Lost: ~/shop/notes',
        'Copy: if you allow it, what is on disk is copied to the vault first.',
        '',
        'Agent: Claude Code in ~/shop',
        'Rule: rm/delete (built-in): it cannot be undone',
        '',
        'No answer within 1 min means Deny. Escape means Deny.',
      ].join('\n'),
      allow: 'Allow Once',
    });
  });

  const leads: readonly (readonly [tag: 'production' | 'staging' | 'development' | 'local' | undefined, environment: 'production' | 'unknown' | 'staging' | 'local', message: RegExp])[] = [
    ['staging', 'unknown', /^This targets something that is not known to be staging\. Deletes the volume .* treated as production\.$/],
    ['staging', 'production', /^This targets something that is not known to be staging\. Deletes .* The target is production\.$/],
    ['development', 'unknown', /^This targets something that is not known to be development\. /],
    ['local', 'production', /^This targets something that is not known to be local\. /],
    ['staging', 'staging', /^Deletes .* The target is staging\.$/],
    ['staging', 'local', /^Deletes .* The target is on this machine\.$/],
    ['production', 'unknown', /^Deletes /],
    [undefined, 'unknown', /^Deletes /],
  ];
  for (const [tag, environment, message] of leads) {
    test(`folder ${tag ?? 'untagged'}, target ${environment}`, () => {
      const asked = question(shell('x'), [{ ...finding, environment }]);
      assert.match(questionText(asked, { ...context, ...(tag ? { tag } : {}) }).message, message);
    });
  }

  test('a credential is told with where it came from, before other findings', () => {
    const others = [
      { ...finding, verb: 'overwrite' as const, why: 'Overwrites dump.sql' },
      { ...finding, verb: 'useCredential' as const, why: 'Uses RAILWAY_TOKEN, which is written in notes/domain.md' },
    ];
    const { detail } = questionText(question(shell('x'), [finding, ...others]), context);
    assert.match(detail, /\nCredential: Uses RAILWAY_TOKEN, which is written in notes\/domain\.md\nAlso: Overwrites dump\.sql\n/);
  });

  test('many findings are counted', () => {
    const others = Array.from({ length: 9 }, (_, at) => ({ ...finding, why: `Deletes thing ${at}` }));
    const { detail } = questionText(question(shell('x'), [finding, ...others]), context);
    assert.equal(detail.match(/^Also: /gm)?.length, 5);
    assert.match(detail, /\nAlso: 5 more findings\n/);
  });

  test('an action without findings is held all the same', () => {
    assert.equal(questionText(question(shell('x'), []), context).message, 'Nobody could tell what this would do.');
  });

  test('says how many wait behind it', () => {
    const last = (behind: number): string | undefined => questionText(question(shell('x'), [finding]), { ...context, behind }).detail.split('Escape means Deny.')[1];
    assert.deepEqual([last(0), last(1), last(2)], ['', ' 1 more question waits after this one.', ' 2 more questions wait after this one.']);
  });

  const times: readonly (readonly [milliseconds: number, said: string])[] = [[240_000, '4 min'], [61_000, '1 min 1 s'], [8_001, '9 s'], [0, '0 s'], [-5, '0 s']];
  for (const [deadline, said] of times) {
    test(`${deadline} ms are ${said}`, () => {
      assert.match(questionText(question(shell('x'), [finding], { deadline }), context).detail, new RegExp(`No answer within ${said} means Deny\\.`));
    });
  }
});

suite('what would be lost, counted', () => {
  const nothing = { files: 0, bytes: 0, untracked: 0, dirty: 0, ignored: 0, unpushed: 0, truncated: false };
  const counts: readonly (readonly [losses: Partial<typeof nothing>, said: string])[] = [
    [{ files: 143, bytes: 2_100_000, dirty: 12, untracked: 3, unpushed: 2 }, '143 files (2.1 MB): 12 with uncommitted changes, 3 untracked, 2 commits nobody else has'],
    [{ files: 1, bytes: 12, untracked: 1 }, '1 file (12 bytes): 1 untracked'],
    [{ files: 20_000, bytes: 45_600_000_000, ignored: 1_200, truncated: true }, 'at least 20,000 files (46 GB): 1,200 that git ignores'],
    [{ files: 3, bytes: 999 }, '3 files (999 bytes), all of them committed'],
    [{ files: 3, bytes: 1000, truncated: true }, 'at least 3 files (1.0 kB)'],
  ];
  for (const [losses, said] of counts) test(said, () => assert.equal(lossText({ ...nothing, ...losses }), said));

  test('stands in the question, before where it is', () => {
    const { detail } = questionText(question(shell('rm -rf notes'), [localFinding], { losses: { ...nothing, files: 3, bytes: 30, untracked: 3 } }), context);
    assert.match(detail, /\nLost: 3 files \(30 bytes\): 3 untracked\nIn: ~\/shop\/notes\n/);
  });
});

const table = { ...finding, verb: 'drop' as const, resource: { kind: 'table', name: 'orders', provider: 'psql' } };

suite('rows that a command of the person’s own has counted', () => {
  const said: readonly (readonly [rows: NonNullable<Question['rows']>, line: string])[] = [
    [{ name: 'orders', rows: 1_204_331 }, 'Rows: 1,204,331 (counted now)'],
    [{ name: 'orders', rows: 0 }, 'Rows: 0 (counted now)'],
    [{ name: 'orders', problem: 'there was no answer in time' }, 'Rows: could not be counted: there was no answer in time.'],
    [{ name: 's3cr3t', rows: 3 }, 'Rows of <hidden:TOKEN#a1b2>: 3 (counted now)'],
  ];
  for (const [rows, line] of said) test(line, () => assert.ok(questionText(question(shell('x'), [table], { rows }), context).detail.split('\n').includes(line)));
  test('and nothing where nothing was counted', () => assert.doesNotMatch(questionText(question(shell('x'), [table]), context).detail, /Rows/));
});

suite('backups of what is not on this machine', () => {
  const hours = (count: number): number => context.now - count * 3_600_000;
  const said: readonly (readonly [backup: NonNullable<Question['backup']>, line: RegExp])[] = [
    [{ required: true }, /^Copy: if you allow it, your backup command must succeed first\.$/m],
    [{ required: false, newest: { name: 'orders', time: hours(0) } }, /^Newest backup: just now \(\d{4}-\d\d-\d\d \d\d:\d\d UTC\)$/m],
    [{ required: false, newest: { name: 'orders', time: hours(3) } }, /^Newest backup: 3 hours ago /m],
    [{ required: false, newest: { name: 'orders', time: hours(0.5) } }, /^Newest backup: 30 minutes ago /m],
    [{ required: false, newest: { name: 'orders', time: hours(24 * 93) } }, /^Newest backup: 93 days ago /m],
    [{ required: true, newest: { name: 's3cr3t', problem: 'the command failed' } }, /^Newest backup of <hidden:TOKEN#a1b2>: not known, the command failed\.$/m],
  ];
  for (const [backup, line] of said) test(line.source, () => assert.match(questionText(question(shell('x'), [table], { backup }), context).detail, line));
  test('are not spoken of where nobody has said anything', () => assert.doesNotMatch(questionText(question(shell('x'), [table]), context).detail, /backup/));
});

test('a folder that no window has open is said to be one', () => {
  const asked = question(shell('x', { cwd: '/elsewhere' }), [finding], { elsewhere: true });
  assert.match(questionText(asked, context).detail, /Agent: Claude Code in \/elsewhere, which no window has open/);
});

suite('what an agent wrote cannot mislead', () => {
  test('a secret is masked wherever it stands', () => {
    const secret = { ...finding, why: 'Sends s3cr3t away', evidence: ['host of s3cr3t'], resource: { kind: 'volume', name: 's3cr3t' }, paths: ['/s3cr3t'], saferWay: 'not s3cr3t', because: 's3cr3t' };
    const asked = question(shell('curl -H s3cr3t', { cwd: '/s3cr3t' }), [secret, { ...secret, verb: 'useCredential' }], { agentTitle: 's3cr3t' });
    const { message, detail } = questionText(asked, context);
    assert.doesNotMatch(message + detail, /s3cr3t/);
    assert.doesNotMatch(Object.values(typedText(asked, 's3cr3t', context.mask)).join(' '), /s3cr3t/);
  });

  const shown: readonly (readonly [danger: string, command: string, expected: string])[] = [
    ['text that reads backwards', 'rm \u202Egpj.x', 'rm \\u{202e}gpj.x'],
    ['characters without width', 'rm a\u200Bb', 'rm a\\u{200b}b'],
    ['a carriage return that hides a line', 'rm x\rls', 'rm x\\u{d}ls'],
    ['an escape sequence', 'echo \u001B[2K', 'echo \\u{1b}[2K'],
    ['blanks that push the rest out of sight', `ls${' '.repeat(300)}; rm x`, 'ls (300 blanks) ; rm x'],
    ['empty lines that push the rest out of sight', `ls${'\n'.repeat(40)}rm x`, 'ls\n(39 empty lines)\nrm x'],
  ];
  for (const [danger, command, expected] of shown) {
    test(danger, () => {
      assert.equal(questionText(question(shell(command), [finding]), context).detail.split('\n\nTarget: ')[0], expected);
    });
  }

  test('padding before and after cannot hide the part that decided', () => {
    const command = `${'echo a\n'.repeat(400)}rm -rf precious\n${'echo b\n'.repeat(400)}`;
    const start = command.indexOf('rm -rf');
    const { detail } = questionText(question(shell(command), [{ ...finding, span: { start, end: start + 6 } }]), context);
    assert.match(detail, /^… \(\d+ characters before\)\n/);
    assert.match(detail, /\nrm -rf precious\n/);
    assert.match(detail, /\n… \(\d+ more characters\)\n/);
  });

  test('a sentence stays one line and bounded', () => {
    const { message } = questionText(question(shell('x'), [{ ...finding, why: `a\nb ${'c'.repeat(5000)}` }]), context);
    assert.ok(message.length < 400);
    assert.doesNotMatch(message, /\n/);
  });

  test('whatever is in it, the dialog stays small and its last line is ours', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 3000 }), fc.string({ unit: 'grapheme', maxLength: 500 }), fc.nat(4000), (command, why, at) => {
        const { message, detail } = questionText(question(shell(command), [{ ...finding, why, span: { start: at, end: at + 1 } }]), context);
        assert.ok(detail.length < 5000 && detail.split('\n').length < 40);
        assert.ok(message.endsWith("The target's environment is unknown, so it is treated as production."));
        assert.ok(detail.endsWith('means Deny. Escape means Deny.'));
      }),
    );
  });
});

suite('an action in one line', () => {
  const base = { agent: 'a', session: '', cwd: '', workspaceRoots: [], env: {} };
  test('every tool has words', () => {
    const titles = [
      shell('rm -rf\nx'),
      { ...base, tool: 'read', path: '/a' } as const,
      { ...base, tool: 'write', path: '/a', content: 's3cr3t' } as const,
      { ...base, tool: 'write', path: '/a', partial: true } as const,
      { ...base, tool: 'delete', path: '/a' } as const,
      { ...base, tool: 'search', path: '/a', pattern: 's3cr3t' } as const,
      { ...base, tool: 'mcp', server: 'db', name: 'query', arguments: { sql: 'DROP TABLE t' } } as const,
      { ...base, tool: 'http', method: 'DELETE', url: 'https://h/x', headers: {} } as const,
      { ...base, tool: 'other', name: 'todo', input: {} } as const,
    ].map((action) => actionTitle(action, context.mask));
    assert.deepEqual(titles, ['rm -rf ⏎ x', 'read /a', 'write /a', 'edit /a', 'delete /a', 'search /a for <hidden:TOKEN#a1b2>', 'db › query {"sql":"DROP TABLE t"}', 'DELETE https://h/x', 'todo {}']);
  });
});

suite('the name to type', () => {
  test('says which, and what a wrong one does', () => {
    assert.deepEqual(typedText(question(shell('x'), [{ ...finding, why: 'Deletes the volume vol-1 (eu.west) and the backups on it. There is no way back.' }]), 'vol-1', context.mask), {
      title: 'Deletes the volume vol-1 (eu.west) and the backups on it.',
      prompt: 'Type vol-1 to allow it once. Escape means Deny.',
      placeholder: 'vol-1',
      refusal: 'That is not the name. Nothing runs unless you type vol-1.',
    });
  });
});
