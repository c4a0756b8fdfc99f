import type { Effect } from '../effect.ts';
import { isPrivateHost } from '../http/destinations.ts';
import { partsOfUrl } from '../http/url.ts';
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
  const unseen = unseenBody(value, name);
  if (unseen !== undefined) return unseen === '' || !isPrivateHost(partsOfUrl(unseen).host) ? [bodyEffect(unseen, caller)] : [];
  const upload = /^upload(file|data|string|values)(?:async|taskasync)?$/.exec(name);
  const request = /^(post|put|patch)async$/.exec(name);
  if (!upload && !request) return undefined;
  const { session, state, span } = caller;
  const [url, ...rest] = given.map((argument) => concatenate(wordsOf(argument)).text);
  const content = rest.at(-1) ?? '';
  if (upload && upload[1] !== 'file' && /[$(]/.test(url ?? '')) return [bodyEffect('', caller)];
  return session.analysis.http({ method: request?.[1]?.toUpperCase() ?? 'POST', url: url ?? '', headers: [], uploads: upload?.[1] === 'file' ? [content] : [], ...(upload?.[1] === 'file' ? {} : { body: content }) }, innerPlace(session, state, span));
}

/**
 * The address, as far as it is known, that a body of a request goes to which is put together elsewhere; undefined where there is none.
 * https://learn.microsoft.com/dotnet/api/system.net.httpwebrequest.getrequeststream, https://learn.microsoft.com/dotnet/api/system.net.http.multipartformdatacontent
 */
function unseenBody(value: Value, name: string): string | undefined {
  const object = value.find((item) => item.kind === 'object');
  if (/^getrequeststream(?:async)?$/.test(name)) return object === undefined ? '' : (textOfValue(object.made) ?? '');
  return name === 'add' && object?.type === 'net.http.multipartformdatacontent' ? '' : undefined;
}

function bodyEffect(url: string, { state, span }: Caller): Effect {
  const host = url === '' ? '' : partsOfUrl(url).host;
  return {
    verb: 'publish', resource: { kind: 'request', name: host, provider: host || 'a server' }, reversibility: 'irreversible', certainty: 'likely', rule: 'powershell/upload',
    why: `Sends what nobody can see beforehand to ${host || 'an address nobody can see'}; what others have cannot be taken back.`, saferWay: 'Write the address and the content out in the command.', docs: 'https://learn.microsoft.com/dotnet/api/system.net.webclient',
    target: { by: 'host', host }, env: state.env, ...(span ? { span } : {}),
  };
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
