import type { McpAction } from '../action.ts';
import type { Analysis, CodeLanguage, Place } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import { guardChanges, pathEffects, writeEffects } from '../files/path-effects.ts';
import { isAbsolute } from '../files/path.ts';
import { gateEffectsOfArguments } from '../guards/gate.ts';
import { parseJson, isRecord } from '../json.ts';
import { placed } from '../placed.ts';
import { sentence } from '../sentence.ts';
import { knownWord, type Word } from '../shell/word.ts';
import { looksLikeSql } from '../sql/classify.ts';
import { shownSecrets } from '../sql/secret-columns.ts';
import { destructiveName, isReadName, wordsOfName } from '../verbs.ts';
import { argumentsIn, firstOf, type Argument } from './arguments.ts';
import { pressEffects, replaceEffects } from './effects.ts';

/**
 * What an MCP tool would do: by looking into its arguments for SQL, commands, code, requests and paths, then by the
 * verb in its name. What the server says of the tool may add caution and never takes any away.
 */
export function analyseMcp(action: McpAction, analysis: Analysis): readonly Effect[] {
  const { found, cut } = argumentsIn(action.arguments);
  analysis.spend(1 + found.length);
  const tool = toolName(action);
  const place: Place = { cwd: firstOf(found, 'cwd') ?? (action.cwd || undefined), env: action.env };
  const gate = isReadName(tool) ? [] : gateEffectsOfArguments(found.map(({ value }) => value), analysis);
  const inside = [...gate, ...sqlEffects(tool, found, action, place, analysis), ...commandEffects(tool, found, place, analysis), ...codeEffects(tool, found, place, analysis), ...requestEffects(found, place, analysis)];
  const paths = fileEffects(tool, found, place, analysis);
  const looked = inside.length > 0 || paths !== undefined;
  const replaced = [...pressEffects(tool, found, action), ...replaceEffects(tool, action)];
  const named = looked || replaced.length > 0 ? [] : nameEffects(tool, found, action);
  return [...inside, ...(paths ?? []), ...replaced, ...named, ...(cut ? [tooManyEffect(tool, action)] : [])].map((effect) => placed(effect, place));
}

/** The tool's own name; some hosts prefix it with the server's: `mcp__github__delete_file`. */
function toolName(action: McpAction): string {
  const parts = action.name.split('__');
  return parts.at(-1) || action.name;
}

/** Names of tools that run what they are given, whatever the argument is called. */
const runsCommands = /(?:^|_)(?:bash|shell|terminal|exec(?:ute)?|run|command|cmd|ssh|process|powershell|spawn)(?:_|$)/;

function snake(name: string): string {
  return wordsOfName(name).join('_');
}

function sqlEffects(tool: string, found: readonly Argument[], action: McpAction, place: Place, analysis: Analysis): readonly Effect[] {
  const connection = firstOf(found, 'connection');
  const speaksSql = /sql|postgres|database|sqlite|mysql|supabase|neon|duckdb|snowflake|bigquery|clickhouse|mongo|redis/i.test(`${action.server} ${tool}`);
  // What somebody searches for is text, whatever it looks like.
  const searches = !speaksSql && /^(?:search|find|list|get|lookup)/.test(snake(tool));
  const texts = found.filter(({ key, kind, value }) => (!searches || /sql/i.test(key)) && (kind === 'sql' || kind === 'shell' || kind === 'body') && (looksLikeSql(value) || (kind === 'sql' && speaksSql && /\b(?:drop|truncate|delete|flush\w*|alter|grant|revoke|dropDatabase|deleteMany)\b/i.test(value))));
  const client = clientOf(action.server, tool);
  const database = { client, ...(connection === undefined ? {} : { connection }) };
  return texts.slice(0, 50).flatMap(({ value }) => [...analysis.sql(value, database, place), ...shownSecrets(value, database)]);
}

/** The database a server is for, by its name. */
function clientOf(server: string, tool: string): string {
  const known = /mongo|redis|valkey|mysql|mariadb|planetscale|sqlite|turso|mssql|sqlserver|supabase|neon|postgres|snowflake|bigquery|clickhouse/i.exec(`${server} ${tool}`)?.[0];
  return known?.toLowerCase() ?? (server || 'mcp');
}

function commandEffects(tool: string, found: readonly Argument[], place: Place, analysis: Analysis): readonly Effect[] {
  const commands = found.filter(({ kind, value }) => kind === 'shell' && value.trim() !== '' && !looksLikeSql(value));
  const name = snake(tool);
  // `input` and `text` are only commands where the tool's name says so; `command` is one anywhere.
  const meant = commands.filter(({ key }) => runsCommands.test(name) || /^(?:commands?|cmd|shell|shell_?command|bash|command_?line|script)$/i.test(key));
  const windows = /powershell|pwsh/.test(name) ? 'powershell' : /(?:^|_)cmd(?:_|$)/.test(name) && analysis.world.platform === 'windows' ? 'cmd' : 'shell';
  return meant.slice(0, 50).flatMap(({ value }) => analysis[windows](value, place));
}

const languages: readonly (readonly [mention: RegExp, language: CodeLanguage])[] = [
  [/python|jupyter|ipython|notebook/i, 'python'],
  [/javascript|node|typescript|browser|playwright|puppeteer|deno|evaluate/i, 'javascript'],
  [/ruby|rails/i, 'ruby'],
  [/php|artisan|tinker/i, 'php'],
];

function codeEffects(tool: string, found: readonly Argument[], place: Place, analysis: Analysis): readonly Effect[] {
  const language = languages.find(([mention]) => mention.test(tool) || found.some(({ key, value }) => /^(?:language|lang|kernel)$/i.test(key) && mention.test(value)))?.[1];
  if (language === undefined) return [];
  return found.filter(({ kind, key }) => kind === 'code' || key === 'script').slice(0, 50).flatMap(({ value }) => analysis.code(language, value, place));
}

function requestEffects(found: readonly Argument[], place: Place, analysis: Analysis): readonly Effect[] {
  const url = firstOf(found, 'url');
  if (url === undefined) return [];
  const query = found.find(({ key, value }) => /^(?:query|mutation|document)$/i.test(key) && /^\s*(?:query|mutation|\{|fragment|#)/.test(value))?.value;
  const variables = parseJson(found.find(({ key }) => key === 'variables')?.value ?? '');
  const body = query === undefined ? firstOf(found, 'body') : JSON.stringify({ query, variables: isRecord(variables) ? variables : {} });
  const method = firstOf(found, 'method') ?? (body === undefined ? 'GET' : 'POST');
  return analysis.http({ method, url, headers: [], uploads: [], ...(body === undefined ? {} : { body }) }, place);
}

/** Paths given to a tool whose name says what becomes of them; undefined where it is no such tool. */
function fileEffects(tool: string, found: readonly Argument[], place: Place, analysis: Analysis): readonly Effect[] | undefined {
  const words = wordsOfName(tool);
  const named = destructiveName(tool);
  const isAboutFiles = words.some((word) => /^(?:file|files|directory|dir|folder|path|paths|fs)$/.test(word));
  const paths = found.filter(({ kind }) => kind === 'path').map(({ value }) => knownWord(localPath(value)));
  if (paths.length === 0 || isRemote(found)) return undefined;
  if (named && (isAboutFiles || words.length === 1)) {
    const lost = pathEffects(paths, { verb: 'delete', recursive: true, rule: 'mcp/delete-file', saferWay: 'Look at the files first, or move them to a folder of their own.' }, place, analysis);
    // A server may have a root of its own, as one for a vault of notes has: that nothing lies here says nothing of there.
    return lost.length === 0 && paths.some(({ text }) => isRelative(text, analysis)) ? undefined : lost;
  }
  if (isAboutFiles && /^(?:write|create|save|overwrite|edit)_(?:file|files)$/.test(snake(tool)) && words[0] !== 'edit') {
    return pathEffects(paths, { verb: 'overwrite', recursive: false, rule: 'mcp/write-file', content: firstOf(found, 'other') }, place, analysis);
  }
  if (!isAboutFiles) return undefined;
  if (/^(?:move|rename)_/.test(snake(tool))) return moveEffects(found, place, analysis);
  return words[0] === 'edit' || words[0] === 'append' ? guardChanges(paths, {}, place, analysis) : undefined;
}

/** What is moved away may guard; what lies at its new place is replaced. */
function moveEffects(found: readonly Argument[], place: Place, analysis: Analysis): readonly Effect[] {
  const named = (pattern: RegExp): readonly Word[] => found.filter(({ key }) => pattern.test(key)).map(({ value }) => knownWord(localPath(value)));
  const replaced = writeEffects(named(/^(?:dest|target|to$|new)/i), { rule: 'mcp/move-file', saferWay: 'Move it to a name that is free.' }, place, analysis);
  return [...guardChanges(named(/^(?:source|src|from|old|path)/i), { recursive: true }, place, analysis), ...replaced];
}

/** Files of a repository host are no local files. */
function isRemote(found: readonly Argument[]): boolean {
  return found.some(({ key }) => /^(?:repo|repository|owner|bucket|project_?id|branch)$/i.test(key));
}

function isRelative(path: string, { world }: Analysis): boolean {
  return !path.startsWith('~') && !isAbsolute(path, world.platform);
}

function localPath(text: string): string {
  const [, path] = /^file:\/\/(?:localhost(?=\/))?(.*)$/is.exec(text) ?? [];
  if (path === undefined) return text;
  try {
    return decodeURIComponent(path).replace(/^\/(?=[a-z]:)/i, '');
  } catch {
    return path;
  }
}

/** Servers call whole families of tools destructive, a click in a browser among them; these names say better what happens. */
const everyday: ReadonlySet<string> = new Set([
  'click', 'type', 'press', 'hover', 'drag', 'fill', 'select', 'navigate', 'resize', 'screenshot', 'snapshot', 'scroll', 'close', 'open', 'start', 'write', 'edit', 'save', 'append', 'create', 'add', 'insert', 'update', 'set',
  'upload', 'download', 'send', 'post', 'comment', 'assign', 'move', 'rename', 'copy', 'run', 'execute', 'exec', 'eval', 'evaluate', 'install', 'commit', 'apply', 'build', 'test', 'format', 'generate', 'import', 'export',
]);

/** The tool's name and the server's hints. */
function nameEffects(tool: string, found: readonly Argument[], action: McpAction): readonly Effect[] {
  const named = destructiveName(tool);
  const hinted = action.annotations?.destructiveHint === true && !isReadName(tool) && !wordsOfName(tool).some((word) => everyday.has(word));
  if (!named && !hinted) return [];
  const kind = named?.noun || 'resource';
  const name = subjectOf(found);
  const does = named ? `${named.word} ${kind} {name}` : `do something it calls destructive (${tool})`;
  return [{
    verb: named?.verb ?? 'delete',
    resource: { kind, name, provider: action.server },
    reversibility: 'irreversible',
    certainty: named ? 'likely' : 'unknown',
    rule: named ? 'mcp/verb' : 'mcp/hint',
    why: sentence(`Asks ${action.server || 'an MCP server'} to ${does}, which may not be undone.`, name, kind),
    saferWay: 'Use a tool of the same server that lists or reads it first.',
    target: { by: 'named', system: action.server, ...environmentOf(found) },
  }];
}

/** What a person would call the thing: a name, else an id. */
function subjectOf(found: readonly Argument[]): string {
  const named = found.find(({ key }) => /^(?:name|title|slug)$|(?:_name|Name)$/.test(key)) ?? found.find(({ key }) => /^(?:id|key|ref|number)$|(?:_id|Id|ID)$/.test(key)) ?? found.find(({ kind }) => kind === 'path');
  return named?.value.slice(0, 120) ?? '';
}

function environmentOf(found: readonly Argument[]): { readonly name?: string } {
  const named = found.find(({ key }) => /^(?:environment|env|context|profile|workspace|project|project_?id|namespace|stage)$/i.test(key));
  return named ? { name: named.value } : {};
}

function tooManyEffect(tool: string, action: McpAction): Effect {
  return {
    verb: 'runUnknown', resource: { kind: 'arguments', name: tool, provider: action.server }, reversibility: 'irreversible', certainty: 'unknown', rule: 'mcp/too-much',
    why: 'Passes more arguments than could be looked into.', saferWay: 'Split the call into smaller ones.', target: { by: 'named', system: action.server },
  };
}
