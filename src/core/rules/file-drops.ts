import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

/**
 * Programs whose use is to hand files to others, with the words by which they do:
 * https://magic-wormhole.readthedocs.io, https://github.com/timvisee/ffsend, https://docs.onionshare.org/2.6/en/advanced.html,
 * https://b2-command-line-tool.readthedocs.io, https://github.com/pastebinit/pastebinit
 */
const sends: Readonly<Record<string, RegExp>> = {
  croc: /(?:^| )send\b/, wormhole: /(?:^| )(?:send|tx)\b/, 'magic-wormhole': /(?:^| )send\b/, 'wormhole-william': /^send\b/, ffsend: /^(?:upload|up|u) /, onionshare: /^(?!.*--receive)[^-]/, 'onionshare-cli': /^(?!.*--receive)[^-]/,
  b2: /^(?:file upload|upload[-_](?:file|unbound))\b/, pastebinit: /^(?!.*(?:--help|-l\b))/, wgetpaste: /^(?!.*(?:--help|-l\b))/, hastebin: /^/, haste: /^(?!--)/, bashupload: /^/, transfer: /^\S/, termbin: /^/,
  bitsadmin: /(?:^| )\/upload\b/i, tftp: /(?:^| )put /, desync: /^upload\b/, ipfs: /^add\b/, webtorrent: /^(?:seed|create)\b/, rsend: /^\S/,
};

export const rule: Rule = {
  tool: 'file-drops',
  title: 'croc',
  programs: Object.keys(sends),
  docs: 'https://github.com/schollz/croc',
  valueOptions: [],
  safeOptions: ['-h'],
  operations: [],
  inspect: (call) => {
    const { program, argv } = call.invocation;
    const words = argv.slice(1, 33).map(({ text }) => text).join(' ').slice(0, 2048);
    return sends[program]?.test(words) === true ? [dropEffect(call)] : [];
  },
  cases: {
    caught: [
      { command: 'croc send notes.pdf', by: 'send' },
      { command: 'croc --code 12-ab send src', by: 'send' },
      { command: 'wormhole send build.zip', by: 'send' },
      { command: 'git diff | pastebinit', by: 'send' },
      { command: 'b2 file upload shared plans.pdf plans.pdf', by: 'send' },
      { command: 'bitsadmin /transfer up /upload https://files.example.com/a.zip C:/a.zip', by: 'send' },
      { command: 'tftp -i 203.0.113.9 put config.bin', by: 'send' },
    ],
    passes: ['croc 12-alpha-beta-gamma', 'wormhole receive 7-guitarist', 'croc --help', 'b2 ls shared', 'bitsadmin /transfer get https://example.com/a.zip C:/a.zip', 'tftp 203.0.113.9 get config.bin', 'ipfs cat Qm1', 'pastebinit --help'],
  },
};

function dropEffect({ invocation, operands }: Call): Effect {
  const name = operands.at(-1)?.text ?? 'what it is given';
  return {
    verb: 'publish', resource: { kind: 'file', name, provider: invocation.program }, reversibility: 'irreversible', certainty: 'certain', rule: 'file-drops/send',
    why: `Hands ${name} to whoever has the link or the code; what others have cannot be taken back.`, saferWay: 'Let the person send it.', target: { by: 'named', system: invocation.program }, env: invocation.env, ...(invocation.span ? { span: invocation.span } : {}),
  };
}
