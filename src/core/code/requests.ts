import type { HttpRequest } from '../analysis.ts';
import type { CodeCall } from './calls.ts';
import { evaluate, type Context } from './evaluate.ts';
import { isMark, type Program, type Range } from './program.ts';
import type { FunctionKind } from './tables/kinds.ts';
import { jsonOf, writtenText, type Value } from './value.ts';

/** Most requests one call is followed into. */
const mostRequests = 16;

/**
 * The requests a call sends, as far as the text says; none where it names no address at all. In a helper such as
 * `send(method, path)` the call has a method and an address for each call of the helper, in the same order.
 */
export function requestsOf(kind: FunctionKind & { does: 'send' }, call: CodeCall, context: Context): readonly HttpRequest[] {
  const { program } = context;
  const plain = call.args.filter((range) => keywordOf(program, range) === undefined);
  const named = new Map(call.args.flatMap((range) => {
    const keyword = keywordOf(program, range);
    return keyword === undefined ? [] : [[keyword, evaluate({ from: range.from + 2, to: range.to }, context)] as const];
  }));
  const at = (index: number | undefined): Value | undefined => (index !== undefined && plain[index] ? evaluate(plain[index], context) : undefined);
  const options = at(kind.options);
  const first = at(kind.url);
  const inOne = first?.kind === 'object' ? first.entries : undefined;
  const option = (...names: readonly string[]): Value | undefined => names.map((name) => named.get(name) ?? (options?.kind === 'object' ? options.entries.get(name) : undefined) ?? inOne?.get(name)).find((value) => value !== undefined);
  const urls = urlsOf(first, option);
  const body = option('json', 'data', 'body', 'form', 'content') ?? at(kind.body);
  const text = bodyText(body);
  const methodGiven = option('method', 'type') ?? (kind.url === 1 ? at(0) : undefined);
  const methods = kind.method === undefined && methodGiven?.kind === 'text' ? methodGiven.words.map((word) => word.text) : [kind.method ?? (body === undefined ? 'GET' : 'POST')];
  const rest = { headers: headersOf(option('headers')), uploads: [], ...(text === undefined ? {} : { body: text }) };
  const count = urls.length === 0 ? 0 : Math.min(mostRequests, Math.max(urls.length, methods.length));
  return Array.from({ length: count }, (_, index) => ({ method: atMost(methods, index), url: atMost(urls, index), ...rest }));
}

function atMost(texts: readonly string[], index: number): string {
  return texts[Math.min(index, texts.length - 1)] ?? '';
}

function keywordOf(program: Program, range: Range): string | undefined {
  const name = program.tokens[range.from];
  return name?.kind === 'name' && isMark(program.tokens[range.from + 1], '=', ':') ? name.text : undefined;
}

function urlsOf(first: Value | undefined, option: (...names: readonly string[]) => Value | undefined): readonly string[] {
  if (first?.kind === 'text') return first.words.map((word) => word.text);
  if (first?.kind === 'unknown') return [`\${${first.written}}`];
  const url = option('url', 'uri');
  if (url?.kind === 'text') return url.words.map((word) => word.text);
  const host = option('hostname', 'host');
  return host?.kind === 'text' ? [`https://${host.words[0]?.text ?? ''}${writtenText(option('path')) ?? ''}`] : [];
}

function bodyText(body: Value | undefined): string | undefined {
  if (body === undefined) return undefined;
  if (body.kind === 'text') return body.words[0]?.text;
  return body.kind === 'unknown' ? body.written : JSON.stringify(jsonOf(body));
}

function headersOf(value: Value | undefined): HttpRequest['headers'] {
  if (value?.kind !== 'object') return [];
  return [...value.entries].flatMap(([name, inner]) => (inner.kind === 'text' ? [{ name, value: inner.words[0]?.text ?? '' }] : []));
}
