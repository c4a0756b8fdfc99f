import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { packageEffects } from '../packages.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'apk',
  title: 'apk',
  programs: ['apk'],
  docs: 'https://man.archlinux.org/man/apk.8',
  valueOptions: ['-p', '--root', '-X', '--repository', '-t', '--virtual', '--arch', '--cache-dir', '--keys-dir'],
  safeOptions: ['-h', '-s', '--simulate'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'apk del nginx', by: 'data' },
      { command: 'sudo apk del --purge postgresql16', by: 'data' },
      { command: 'apk --no-cache del redis', by: 'data' },
      { command: 'apk del musl', by: 'system' },
      { command: 'apk del openssh', by: 'system' },
      { command: 'doas apk del alpine-base linux-lts', by: 'system' },
    ],
    passes: ['apk add --no-cache nginx', 'apk del .build-deps', 'apk del build-base', 'apk info', 'apk del -s nginx', 'apk update'],
  },
};

function inspect(call: Call): readonly Effect[] {
  return packageEffects(rule, removed(call), call);
}

/** The packages a call takes away. */
function removed(call: Call): readonly string[] {
  return /^(?:del)$/.test(call.operands[0]?.text ?? '') ? call.operands.slice(1).map((word) => word.text) : [];
}
