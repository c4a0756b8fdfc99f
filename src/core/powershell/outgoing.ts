import type { Effect } from '../effect.ts';
import { innerPlace, type Finding, type Session } from './session.ts';
import type { State } from './state.ts';
import { concatenate, textOfValue, wordsOf, type Value } from './values.ts';

/** Where a method that may send something is called. */
interface Caller extends Finding {
  readonly session: Session;
  readonly state: State;
}

/** Classes of mail: https://learn.microsoft.com/dotnet/api/system.net.mail.smtpclient.send, https://learn.microsoft.com/office/vba/api/outlook.mailitem.send */
const mailClass = /^(?:net\.mail\.smtpclient|outlook\.\w+|cdo\.message)$/;
const outlook = /^outlook\./;

/** What a method gives that makes or finds an item of Outlook; undefined for all others. */
export function outlookItem(value: Value, name: string): Value | undefined {
  const isOutlook = value.some((item) => item.kind === 'object' && outlook.test(item.type));
  return isOutlook && /^(?:createitem|createitemfromtemplate|getnamespace|reply|replyall|forward|item|copy)$/.test(name) ? [{ kind: 'object', type: 'outlook.item', made: [] }] : undefined;
}

/** The effects of methods that send mail, files or requests; undefined where the method is none of them. */
export function sendingEffects(value: Value, name: string, given: readonly Value[], caller: Caller): readonly Effect[] | undefined {
  if (/^(?:send|sendasync|sendmailasync)$/.test(name)) return isMail(value, caller) ? [mailEffect(caller)] : undefined;
  const upload = /^upload(file|data|string|values)(?:async|taskasync)?$/.exec(name);
  const request = /^(post|put|patch)async$/.exec(name);
  if (!upload && !request) return undefined;
  const { session, state, span } = caller;
  const [url, ...rest] = given.map((argument) => concatenate(wordsOf(argument)).text);
  const content = rest.at(-1) ?? '';
  return session.analysis.http({ method: request?.[1]?.toUpperCase() ?? 'POST', url: url ?? '', headers: [], uploads: upload?.[1] === 'file' ? [content] : [], ...(upload?.[1] === 'file' ? {} : { body: content }) }, innerPlace(session, state, span));
}

/** An object of which nothing is known sends mail where the text has to do with Outlook. */
function isMail(value: Value, { state }: Caller): boolean {
  if (value.some((item) => item.kind === 'object')) return value.some((item) => item.kind === 'object' && mailClass.test(item.type));
  return textOfValue(value) === undefined && [...state.variables.values()].some((other) => other.some((item) => item.kind === 'object' && outlook.test(item.type)));
}

function mailEffect({ state, span }: Caller): Effect {
  return {
    verb: 'publish', resource: { kind: 'mail', name: '', provider: 'mail' }, reversibility: 'irreversible', certainty: 'certain', rule: 'powershell/mail',
    why: 'Sends a mail, which cannot be taken back.', saferWay: 'Show it to the person, who can send it.', docs: 'https://learn.microsoft.com/dotnet/api/system.net.mail.smtpclient.send',
    target: { by: 'named', system: 'mail' }, env: state.env, ...(span ? { span } : {}),
  };
}
