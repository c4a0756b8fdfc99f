import type { HttpRequest } from '../analysis.ts';
import { knownWord, type Word } from '../shell/word.ts';
import { noteFile } from './follow.ts';
import { bind, isOn, isRehearsal, type Bound, type Parameters } from './parameters.ts';
import { changePaths } from './paths.ts';
import { innerPlace, placeOf, type CmdletCall } from './session.ts';
import { concatenate, textOfValue, unknown, wordsOf, type Value } from './values.ts';

const requestParameters: Parameters = {
  values: ['uri', 'method', 'headers', 'body', 'custommethod', 'contenttype', 'infile', 'outfile', 'form', 'credential', 'token', 'authentication', 'sessionvariable', 'websession', 'useragent', 'timeoutsec', 'proxy', 'proxycredential', 'transferencoding', 'certificate', 'certificatethumbprint', 'maximumredirection', 'maximumretrycount', 'retryintervalsec', 'statuscodevariable', 'responseheadersvariable', 'sslprotocol', 'httpversion'],
  positions: 1,
  switches: ['usebasicparsing', 'passthru', 'usedefaultcredentials', 'skipcertificatecheck', 'skiphttperrorcheck', 'disablekeepalive', 'resume', 'followrellink', 'allowunencryptedauthentication', 'preserveauthorizationonredirect', 'noproxy', 'allowinsecureredirect', 'preservehttpmethodonredirect'],
  aliases: { cm: 'custommethod' },
};

/** Invoke-RestMethod and Invoke-WebRequest: https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-restmethod */
export function webRequest(call: CmdletCall): Value {
  const bound = bind(call.given, requestParameters);
  const { session, state } = call;
  const url = concatenate(wordsOf(bound.values.get('uri') ?? call.input), ' ').text;
  const method = textOfValue(bound.values.get('custommethod')) ?? concatenate(wordsOf(bound.values.get('method'))).text;
  const headers = headersOf(bound.values.get('headers'));
  const token = concatenate(wordsOf(bound.values.get('token'))).text;
  const body = bodyOf(bound.values.get('body') ?? bound.values.get('form') ?? []);
  const request: HttpRequest = {
    method: method === '' ? 'GET' : method.toUpperCase(),
    url,
    headers: token === '' ? headers : [...headers, { name: 'Authorization', value: `Bearer ${token}` }],
    uploads: [...wordsOf(bound.values.get('infile')), ...filesOf(bound.values.get('form') ?? [])].map((word) => word.text).concat(readInto(body)),
    ...(body === '' ? {} : { body }),
  };
  session.report(session.analysis.http(request, innerPlace(session, state, call.span)));
  if (bound.values.has('outfile')) download(wordsOf(bound.values.get('outfile')), !isOn(bound, 'resume'), call);
  return unknown(`$(${call.written})`);
}

/** What a body is read from where the request is made: `(Get-Content a.csv)`, `(Get-Clipboard)`. */
function readInto(body: string): readonly string[] {
  const read = /^\$\((?:get-content|gc|cat|type|get-clipboard|gcb)\b(?:\s+-(?:literal)?path)?\s*([^\s)-][^\s)]*)?/i.exec(body.slice(0, 2048));
  return read ? [read[1]?.replace(/^["']|["']$/g, '') ?? 'the clipboard'] : [];
}

/** Files that are fetched: they replace what is there, and nobody can look into them. */
function download(files: readonly Word[], replaces: boolean, { session, state }: CmdletCall): void {
  if (replaces) session.report(changePaths(files, { verb: 'overwrite', recursive: false, rule: 'powershell/out-file', docs: 'https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-webrequest' }, placeOf(session, state), session.analysis));
  for (const word of files) noteFile(word, state.cwd, undefined, false, session.analysis);
}

/** Start-BitsTransfer: https://learn.microsoft.com/powershell/module/bitstransfer/start-bitstransfer */
export function transferFile(call: CmdletCall): Value {
  const bound = bind(call.given, { values: ['source', 'destination', 'displayname', 'priority', 'description', 'credential', 'transfertype', 'authentication'], positions: 2, switches: ['asynchronous', 'suspended', 'dynamic'] });
  const sends = /^upload/i.test(textOfValue(bound.values.get('transfertype')) ?? '');
  if (!sends && !isRehearsal(bound)) download(wordsOf(bound.values.get('destination')), true, call);
  return [];
}

function headersOf(value: Value | undefined): HttpRequest['headers'] {
  return (value ?? []).flatMap((item) => (item.kind === 'table' ? [...item.entries].map(([name, content]) => ({ name, value: concatenate(wordsOf(content), ', ').text })) : []));
}

function bodyOf(value: Value): string {
  const fields = value.flatMap((item) => (item.kind === 'table' ? [...item.entries].map(([name, content]) => `${name}=${concatenate(wordsOf(content)).text}`) : []));
  return fields.length > 0 ? fields.join('&') : concatenate(wordsOf(value), '\n').text;
}

const fileName = /^(?!https?:)[^\s]*[\\/][^\s]*$|^\.\w+$|\.(?:zip|7z|tar|gz|csv|xlsx?|docx?|pdf|sql|db|sqlite|json|txt|log|pem|key|pfx|bak|dump|env)$/i;

/** Files of a form: what a field holds that is a path. */
function filesOf(value: Value): readonly Word[] {
  return value.flatMap((item) => (item.kind === 'table' ? [...item.entries.values()].flatMap((field) => wordsOf(field).filter((word) => fileName.test(word.text))) : []));
}

/** ConvertTo-Json: a table whose values are texts, anything else as it is. */
export function convertToJson(call: CmdletCall): Value {
  const [item, ...more] = call.input ?? call.given.flatMap((argument) => (argument.kind === 'value' ? argument.value : []));
  if (item?.kind !== 'table' || more.length > 0) return item ? [item, ...more] : [];
  return [{ kind: 'text', word: knownWord(JSON.stringify(plain(item.entries, 0))) }];
}

function plain(entries: ReadonlyMap<string, Value>, depth: number): Readonly<Record<string, unknown>> {
  return Object.fromEntries([...entries].map(([name, value]) => {
    const [item] = value;
    return [name, item?.kind === 'table' ? (depth < 8 ? plain(item.entries, depth + 1) : {}) : concatenate(wordsOf(value), ' ').text];
  }));
}

const sqlParameters: Parameters = { values: ['query', 'serverinstance', 'database', 'inputfile', 'connectionstring', 'username', 'password', 'querytimeout', 'connectiontimeout', 'variable', 'credential', 'accesstoken', 'hostname'], positions: 1, switches: ['trustservercertificate', 'encryptconnection', 'abortonerror', 'outputsqlerrors'], aliases: { server: 'serverinstance' } };

/** Invoke-Sqlcmd: https://learn.microsoft.com/powershell/module/sqlserver/invoke-sqlcmd */
export function sqlCommand(call: CmdletCall): Value {
  const bound = bind(call.given, sqlParameters);
  const { session, state } = call;
  if (isRehearsal(bound)) return [];
  const connection = textIn(bound, 'connectionstring') ?? textIn(bound, 'serverinstance');
  const name = textIn(bound, 'database');
  const database = { client: 'sqlcmd', tool: 'sqlcmd', ...(connection === undefined ? {} : { connection }), ...(name === undefined ? {} : { name }) };
  const text = concatenate(wordsOf(bound.values.get('query') ?? call.input), '\n').text;
  if (text !== '') session.report(session.analysis.sql(text, database, innerPlace(session, state, call.span)));
  const file = textIn(bound, 'inputfile');
  if (file !== undefined) session.invoke([knownWord('sqlcmd'), ...(connection === undefined ? [] : [knownWord('-S'), knownWord(connection)]), ...(name === undefined ? [] : [knownWord('-d'), knownWord(name)]), knownWord('-i'), knownWord(file)], state, undefined, call.span);
  return unknown(`$(${call.written})`);
}

function textIn(bound: Bound, name: string): string | undefined {
  const words = wordsOf(bound.values.get(name));
  return words.length > 0 ? concatenate(words).text : undefined;
}
