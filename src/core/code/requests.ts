import type { HttpRequest } from '../analysis.ts';
import type { CodeCall } from './calls.ts';
import { evaluate, type Context } from './evaluate.ts';
import { isMark, type Program, type Range } from './program.ts';
import type { FunctionKind } from './tables/kinds.ts';
import { jsonOf, writtenText, type Value } from './value.ts';

/** The request a call sends, as far as the text says; undefined where it names no address at all. */
export function requestOf(kind: FunctionKind & { does: 'send' }, call: CodeCall, context: Context): HttpRequest | undefined {
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
  const url = urlOf(first, option);
  if (url === undefined) return undefined;
  const body = option('json', 'data', 'body', 'form', 'content') ?? at(kind.body);
  const text = bodyText(body);
  const method = kind.method ?? writtenText(option('method', 'type')) ?? (kind.url === 1 ? writtenText(at(0)) : undefined) ?? (body === undefined ? 'GET' : 'POST');
  return { method, url, headers: headersOf(option('headers')), uploads: [], ...(text === undefined ? {} : { body: text }) };
}

function keywordOf(program: Program, range: Range): string | undefined {
  const name = program.tokens[range.from];
  return name?.kind === 'name' && isMark(program.tokens[range.from + 1], '=', ':') ? name.text : undefined;
}

function urlOf(first: Value | undefined, option: (...names: readonly string[]) => Value | undefined): string | undefined {
  if (first?.kind === 'text') return first.words[0]?.text;
  if (first?.kind === 'unknown') return `\${${first.written}}`;
  const url = option('url', 'uri');
  if (url?.kind === 'text') return url.words[0]?.text;
  const host = option('hostname', 'host');
  return host?.kind === 'text' ? `https://${host.words[0]?.text ?? ''}${writtenText(option('path')) ?? ''}` : undefined;
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
