import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

const docs = 'https://learn.microsoft.com/powershell/module/exchange/';

/** Cmdlets that send mail or messages to people: https://learn.microsoft.com/powershell/module/microsoft.graph.users.actions/send-mgusermail */
const sends = ['send-mailmessage', 'send-mailkitmessage', 'send-mgusermail', 'send-mgusermessage', 'send-mguserchatmessage', 'new-mgchatmessage', 'new-mgteamchannelmessage', 'invoke-mgreplyusermessage', 'invoke-mgforwardusermessage', 'send-pnpmail', 'submit-pnpteamschannelmessage', 'send-sesemail', 'publish-snsmessage', 'send-slackmessage', 'send-telegramtextmessage'];
/** Cmdlets that with these parameters send a mailbox's mail on to others, now and later. */
const forwards: Readonly<Record<string, RegExp>> = {
  'set-mailbox': /^-(?:forwarding(?:smtp)?address|delivertomailboxandforward)/, 'set-remotemailbox': /^-forwarding/, 'new-inboxrule': /^-(?:forward\w*to|redirectto)/, 'set-inboxrule': /^-(?:forward\w*to|redirectto)/,
  'new-transportrule': /^-(?:blindcopyto|copyto|redirectmessageto|addtorecipients|addmanagerasrecipienttype)/, 'set-transportrule': /^-(?:blindcopyto|copyto|redirectmessageto|addtorecipients)/, 'new-journalrule': /^-journalemailaddress/, 'add-mailboxpermission': /^-accessrights/,
};

export const rule: Rule = {
  tool: 'mail-cmdlets',
  title: 'Microsoft',
  programs: [...sends, ...Object.keys(forwards)],
  docs,
  optionStyle: 'single-dash',
  valueOptions: [],
  safeOptions: ['-WhatIf', '-whatif'],
  operations: [],
  inspect: (call) => {
    const name = call.invocation.program.toLowerCase();
    const words = call.invocation.argv.map(({ text }) => text);
    if (sends.includes(name)) return [mailEffect('send', after(words, /^-(?:to|userid|channel|chatid|teamid)$/i), 'Sends a message to {to}, which cannot be taken back.', call)];
    const parameter = words.find((word) => forwards[name]?.test(word.toLowerCase()) === true);
    return parameter === undefined || /^(?:\$null|\$false|)$/i.test(after(words, parameter)) ? [] : [mailEffect('forward', after(words, parameter), 'Sends a mailbox’s mail on to {to}, from now on.', call)];
  },
  cases: {
    caught: [
      { command: 'Send-MailMessage -To ann@example.com -Subject hi -SmtpServer smtp.example.com', by: 'send' },
      { command: 'Send-MgUserMail -UserId dev@example.com -BodyParameter mail', by: 'send' },
      { command: 'Set-Mailbox -Identity dev -ForwardingSmtpAddress out@example.com', by: 'forward' },
      { command: 'New-InboxRule -Name copy -Mailbox dev -ForwardTo out@example.com', by: 'forward' },
    ],
    passes: ['Get-Mailbox -Identity dev', 'Set-Mailbox -Identity dev -MaxSendSize 20MB', 'Get-InboxRule -Mailbox dev', 'New-InboxRule -Name tidy -MoveToFolder Archive', 'Send-MailMessage -To ann@example.com -WhatIf'],
  },
};

function after(words: readonly string[], parameter: RegExp | string): string {
  const at = words.findIndex((word) => (typeof parameter === 'string' ? word === parameter : parameter.test(word)));
  return at < 0 ? '' : (words[at + 1] ?? '');
}

function mailEffect(id: 'send' | 'forward', to: string, why: string, { invocation }: Call): Effect {
  return {
    verb: 'publish', resource: { kind: id === 'send' ? 'message' : 'mailbox rule', name: to, provider: 'mail' }, reversibility: 'irreversible', certainty: 'certain', rule: `mail-cmdlets/${id}`,
    why: why.replace('{to}', () => to || 'people'), saferWay: 'Show it to the person, who can send it.', docs, target: { by: 'named', system: 'mail' }, env: invocation.env, ...(invocation.span ? { span: invocation.span } : {}),
  };
}
