import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import type { Word } from '../shell/word.ts';

const docs = 'https://www.gnu.org/software/mailutils/manual/mailutils.html#mail';
const recipients = ['--to', '-t', '-to', '--cc', '-c', '--bcc', '-b', '-cc', '-bcc', '-a'];

/** Mail that goes to people: a name without a host is a mailbox of this machine. */
export const rule: Rule = {
  tool: 'mail',
  title: 'GNU Mailutils',
  programs: ['mail', 'mailx', 's-nail', 'mutt', 'neomutt', 'sendmail', 'msmtp', 'ssmtp', 'exim', 'swaks', 'blat', 'sendemail', 'mpack', 'himalaya'],
  docs,
  valueOptions: ['-s', '--subject', '-r', '-S', '-A', '--attach', '-e', '-f', '-F', '--from', '-u', '-o', '-q', '--server', '--header', '--body', '-server', '-subject', '-body', '-attach', '-f', '-i', '-m', '-C', '-X', '--to', '-t', '-to', '--cc', '-c', '--bcc', '-b', '-cc', '-bcc', '-a'],
  optionStyle: 'single-dash',
  safeOptions: ['-bp', '-bv', '-bt', '-q', '-h', '-help'],
  operations: [],
  inspect: (call) => {
    if (writing.has(call.invocation.program) && !hasInput(call)) return [];
    const to = [...recipients.flatMap((name) => call.options.get(name) ?? []), ...call.operands].find((word) => word !== undefined && isAddress(word));
    const named = to?.text ?? (readsRecipients(call) ? 'whoever its input names' : undefined);
    return named === undefined ? [] : [mailEffect(named, call)];
  },
  cases: {
    caught: [
      { command: 'mail -s "release notes" all@example.com < notes.txt', by: 'send' },
      { command: 'swaks --to boss@example.com --server smtp.example.com', by: 'send' },
      { command: 'mutt -s report -a report.pdf -- ann@example.com < body.txt', by: 'send' },
      { command: 'echo hi | sendmail -t', by: 'send' },
      { command: 'blat body.txt -to ann@example.com', by: 'send' },
    ],
    passes: ['mail', 'mail ann@example.com', 'neomutt ann@example.com', 'mail -s done root < report.txt', 'sendmail -bp', 'mail -f /var/mail/dev', 'swaks --help', 'mutt -f =archive', 'man mail'],
  },
};

/** Programs in which a person writes, unless they are given what to send. */
const writing: ReadonlySet<string> = new Set(['mail', 'mailx', 's-nail', 'mutt', 'neomutt']);

function hasInput({ invocation }: Call): boolean {
  return invocation.stdin !== undefined || invocation.redirections.some(({ kind }) => kind === 'read');
}

function isAddress({ text }: Word): boolean {
  return /^[^\s@/\\]+@[^\s@/\\]+$|\$\{?(?:TO|EMAIL|RECIPIENT|MAILTO)\w*\}?$/i.test(text) && !/@(?:localhost|127\.0\.0\.1)$/.test(text);
}

/** `sendmail -t`: the headers say to whom. */
function readsRecipients(call: Call): boolean {
  return /^(?:sendmail|msmtp|ssmtp|exim)$/.test(call.invocation.program) && (hasOption(call, '-t', '--read-recipients') || call.options.has('-t')) && hasInput(call);
}

function mailEffect(to: string, { invocation }: Call): Effect {
  return {
    verb: 'publish', resource: { kind: 'mail', name: to, provider: invocation.program }, reversibility: 'irreversible', certainty: 'certain', rule: 'mail/send',
    why: `Sends a mail to ${to}, which cannot be taken back.`, saferWay: 'Show it to the person, who can send it.', docs, target: { by: 'named', system: 'mail' }, env: invocation.env, ...(invocation.span ? { span: invocation.span } : {}),
  };
}
