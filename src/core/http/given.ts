import type { Analysis } from '../analysis.ts';
import { hasOption, optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { placeOf, readWord } from '../inputs.ts';

const fields = ['-f', '--raw-field', '-F', '--field'];

/**
 * What a request would do that a platform's own tool sends with its own login: `gh api -X DELETE repos/acme/shop`.
 * Several tools took over the options of `gh api`. https://cli.github.com/manual/gh_api
 * @param base of the paths it takes
 */
export function givenRequest(call: Call, base: string, analysis: Analysis): readonly Effect[] {
  const path = call.operands[1]?.text;
  if (call.operands[0]?.text !== 'api' || path === undefined) return [];
  const hasBody = hasOption(call, ...fields, '--input');
  const method = optionValue(call, '-X', '--method')?.text ?? (hasBody ? 'POST' : 'GET');
  const url = /^https?:\/\//.test(path) ? path : `${base}/${path.replace(/^\//, '')}`;
  const body = hasBody ? bodyOf(call, analysis) : undefined;
  return analysis.http({ method: method.toUpperCase(), url, headers: [], uploads: [], ...(body === undefined ? {} : { body }) }, placeOf(call.invocation));
}

/** The JSON body that `-f name=value` make together, or the file it is read from. */
function bodyOf(call: Call, analysis: Analysis): string | undefined {
  const input = optionValue(call, '--input');
  if (input) return input.text === '-' ? (call.invocation.stdin?.known ? call.invocation.stdin.text : undefined) : readWord(input, call.invocation.cwd, analysis);
  const given = fields.flatMap((option) => call.options.get(option) ?? []).flatMap((word) => {
    const equals = word?.text.indexOf('=') ?? -1;
    return word && equals > 0 ? [[word.text.slice(0, equals), word.text.slice(equals + 1)] as const] : [];
  });
  const variables = given.filter(([name]) => name !== 'query' && name !== 'operationName');
  const query = given.find(([name]) => name === 'query')?.[1];
  return JSON.stringify(query === undefined ? Object.fromEntries(given) : { query, variables: Object.fromEntries(variables) });
}
