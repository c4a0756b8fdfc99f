import type { Analysis, HttpRequest } from '../analysis.ts';
import { hasOption, optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { placeOf } from '../inputs.ts';
import { parseJson } from '../json.ts';
import type { Rule } from '../rule.ts';

interface Items {
  readonly headers: HttpRequest['headers'];
  readonly fields: Readonly<Record<string, unknown>>;
  readonly uploads: readonly string[];
}

/** `http [METHOD] URL [ITEM…]`: the method may be left out and then follows from the items. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const [first, ...others] = call.operands.map((word) => word.text);
  if (first === undefined) return [];
  const named = others.length > 0 && /^[A-Z$][A-Z_{}]*$/i.test(first) && !isItem(others[0] ?? '');
  const url = named ? (others[0] ?? '') : first;
  const items = readItems(named ? others.slice(1) : others);
  const raw = optionValue(call, '--raw')?.text ?? (call.invocation.stdin?.known ? call.invocation.stdin.text : undefined);
  const sends = raw !== undefined || call.invocation.stdin !== undefined || Object.keys(items.fields).length > 0 || items.uploads.length > 0;
  const body = raw ?? (Object.keys(items.fields).length > 0 ? bodyText(items.fields, hasOption(call, '-f', '--form')) : undefined);
  const request = { method: named ? first : sends ? 'POST' : 'GET', url: fullUrl(url), headers: items.headers, uploads: [...items.uploads, ...(call.invocation.stdin?.data === undefined ? [] : [call.invocation.stdin.data])], ...(body === undefined ? {} : { body }) };
  return analysis.http(request, placeOf(call.invocation));
}

function isItem(text: string): boolean {
  return /^[\w.[\]-]+(?:==|:=|=|@)/.test(text) || /^[A-Za-z-]+:(?!\/\/|\d)/.test(text);
}

/** `:3000/x` stands for this machine. */
function fullUrl(url: string): string {
  return /^:\d*(?:\/|$)/.test(url) ? `http://localhost${url.startsWith(':/') || url === ':' ? url.slice(1) : url}` : url;
}

function readItems(items: readonly string[]): Items {
  const headers: { name: string; value: string }[] = [];
  const fields: Record<string, unknown> = {};
  const uploads: string[] = [];
  for (const item of items.slice(0, 200)) {
    const parts = /^([^=:@]+)(==|:=@|=@|:=|=|:|@)(.*)$/s.exec(item);
    const [, name = '', separator = '', value = ''] = parts ?? [];
    if (separator === ':') headers.push({ name, value });
    else if (separator.endsWith('@')) uploads.push(value);
    else if (separator === ':=') fields[name] = parseJson(value) ?? value;
    else if (separator === '=') fields[name] = value;
  }
  return { headers, fields, uploads };
}

function bodyText(fields: Readonly<Record<string, unknown>>, form: boolean): string {
  if (!form) return JSON.stringify(fields);
  return Object.entries(fields).map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`).join('&');
}

export const rule: Rule = {
  tool: 'httpie',
  title: 'HTTPie',
  programs: ['http', 'https', 'xh', 'xhs'],
  docs: 'https://httpie.io/docs/cli',
  valueOptions: [
    '--raw', '--boundary', '--pretty', '--style', '-s', '--response-charset', '--response-mime', '--format-options', '-p', '--print', '-P', '--history-print', '-o', '--output', '--session', '--session-read-only',
    '-a', '--auth', '-A', '--auth-type', '--proxy', '--max-redirects', '--max-headers', '--timeout', '--verify', '--ssl', '--ciphers', '--cert', '--cert-key', '--cert-key-pass', '--default-scheme',
  ],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'http DELETE https://api.example.com/v1/users/7', by: 'http/delete' },
      { command: 'https delete api.example.com/v1/users/7 "Authorization:Bearer $T"', by: 'http/delete' },
      { command: 'xh DELETE api.example.com/v1/users/7', by: 'http/delete' },
      { command: `http POST https://api.example.com/graphql query='mutation { deleteProject(id: 1) { id } }'`, by: 'http/graphql-mutation' },
    ],
    passes: ['http https://api.example.com/v1/users', 'http POST https://api.example.com/v1/notes text=delete', 'http DELETE :3000/users/7', 'xh get api.example.com/delete'],
  },
};
