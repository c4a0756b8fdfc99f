import type { Action } from '../action.ts';
import type { Analysis, HttpRequest, Place } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import { parseJson } from '../json.ts';
import { placed } from '../placed.ts';
import type { HttpOperation, Rule } from '../rule.ts';
import { sentence } from '../sentence.ts';
import { destructiveName } from '../verbs.ts';
import { planesAt, planesOnPort, planesWithMutation, type Plane } from './control-planes.ts';
import { datastorePorts } from './datastores.ts';
import { fieldsOf, textsOf } from './fields.ts';
import { nameOfMutation, readGraphqlBody, type Mutation } from './graphql.ts';
import { carriesWhatIsNeeded, matchPath, matchRequest } from './operations.ts';
import { outgoingEffects } from './outgoing.ts';
import { isLoopback, isUnknownHost, parseQuery, partsOfUrl, type UrlParts } from './url.ts';

/** A request with what was read out of it once. */
interface Sent {
  readonly method: string;
  readonly url: UrlParts;
  readonly body?: string;
  readonly headers: ReadonlyMap<string, string>;
}

const methodsThatRead: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);
const longestBody = 256 * 1024;
const checkFirst = 'Ask the provider with a read-only request what this is and which environment it belongs to.';

/**
 * What a request would do to what the host keeps.
 * Requests that only read give nothing, and so do requests to this machine unless a database listens there.
 */
export function analyseHttp(request: HttpRequest, place: Place, analysis: Analysis): readonly Effect[] {
  analysis.spend(1 + Math.ceil((request.body?.length ?? 0) / 32));
  const sent = readRequest(request);
  return [...outgoingEffects(request, sent.url, methodsThatRead.has(sent.method), place, analysis), ...queryEffects(sent, place, analysis), ...effectsOf(sent, analysis.action)].map((effect) => placed(effect, place));
}

function readRequest(request: HttpRequest): Sent {
  const headers = new Map(request.headers.map(({ name, value }) => [name.trim().toLowerCase(), value.trim()]));
  // Servers behind proxies that only pass GET and POST take the real method from these.
  const override = headers.get('x-http-method-override') ?? headers.get('x-http-method') ?? headers.get('x-method-override');
  const body = request.body !== undefined && request.body.length <= longestBody ? { body: request.body } : {};
  return { method: (override ?? request.method).trim().toUpperCase(), url: partsOfUrl(request.url), headers, ...body };
}

/** Requests that hand a database its statements. */
function queryEffects({ method, url, body }: Sent, place: Place, analysis: Analysis): readonly Effect[] {
  const planes = [...planesAt(url.host), ...(url.port === undefined ? [] : planesOnPort(url.port))];
  return planes.flatMap(({ rule, plane }) => (plane.queries ?? []).flatMap(({ request, field, raw }) => {
    if (!matchRequest(request, method, url.path)) return [];
    const json = parseJson(body ?? '');
    const texts = [...textsOf(json, field), ...(raw && json === undefined && body ? [body] : []), url.query.get(field) ?? parseQuery(body ?? '').get(field) ?? ''].filter((text) => text !== '').slice(0, 20);
    const statements = texts.flatMap((text) => analysis.sql(text, { client: rule.tool }, place));
    return statements.map((effect) => ({ ...effect, target: { by: 'host' as const, host: url.host } }));
  }));
}

function effectsOf(sent: Sent, action: Action): readonly Effect[] {
  const planes = planesAt(sent.url.host);
  const graphql = graphqlEffects(sent, planes);
  if (graphql) return graphql;
  if (planes.length > 0) return planes.flatMap((plane) => restEffects(sent, plane));
  return ownServerEffects(sent) ?? elsewhereEffects(sent, action);
}

/** What is listed of the servers people run themselves, told by their usual port: the gateway on this machine may serve everybody. */
function ownServerEffects({ method, url, body }: Sent): readonly Effect[] | undefined {
  if (url.port === undefined || methodsThatRead.has(method)) return undefined;
  for (const { rule, plane } of planesOnPort(url.port)) {
    if (plane.harmless?.some((request) => matchRequest(request, method, url.path))) return [];
    const listed = matchPath(plane.paths ?? [], method, url.path, () => fieldsOf(body, url.query));
    if (listed) return [operationEffect(rule, listed.operation, listed.name, url.host, false)];
  }
  return undefined;
}

/** The effects of a GraphQL request; undefined where the request is none. */
function graphqlEffects(sent: Sent, planes: readonly Plane[]): readonly Effect[] | undefined {
  const speaks = planes.filter(({ plane }) => plane.mutations !== undefined);
  const expected = speaks.some(({ plane }) => plane.paths === undefined) || (speaks.length > 0 && /graphql/.test(sent.url.path));
  const inUrl = sent.url.query.get('query');
  const reads = methodsThatRead.has(sent.method);
  if (reads && inUrl === undefined) return expected ? [] : undefined;
  const text = sent.body ?? inUrl;
  if (!expected && (text === undefined || !mayBeGraphql(sent, text))) return undefined;
  const body = readGraphqlBody(text, expected);
  if (body.kind === 'none') return undefined;
  if (body.kind === 'unreadable') return [unreadableEffect(sent, speaks[0]?.rule)];
  if (body.mutations.length === 0 && !expected) return undefined;
  return body.mutations.flatMap((mutation) => mutationEffects(mutation, sent, speaks));
}

function mayBeGraphql(sent: Sent, text: string): boolean {
  return /graphql/i.test(sent.url.path) || (sent.headers.get('content-type') ?? '').startsWith('application/graphql') || /\bmutation\b/.test(text);
}

function mutationEffects(mutation: Mutation, sent: Sent, planes: readonly Plane[]): readonly Effect[] {
  const { host } = sent.url;
  const unknownHost = isUnknownHost(host);
  for (const { rule, plane } of unknownHost ? planesWithMutation(mutation.name) : planes) {
    const listed = plane.mutations?.find((operation) => operation.request === mutation.name && carriesWhatIsNeeded(operation, () => mutation.arguments));
    if (listed) return [operationEffect(rule, listed, nameOfMutation(mutation, listed.name), host, unknownHost)];
  }
  const named = destructiveName(mutation.name) ?? (marksDeleted(mutation.arguments, 0) ? { word: 'delete', verb: 'delete' as const, noun: '' } : undefined);
  if (!named || isLoopback(host)) return [];
  const kind = named.noun || 'resource';
  const name = nameOfMutation(mutation, []);
  const plane = planes[0];
  return [{
    verb: named.verb,
    resource: { kind, name, provider: plane?.rule.title ?? host },
    reversibility: 'irreversible',
    certainty: 'likely',
    rule: plane ? `${plane.rule.tool}/unlisted-mutation` : 'http/graphql-mutation',
    why: sentence(`Tells ${plane?.rule.title ?? (host || 'a server')} to ${named.word} the ${kind} {name}, which by its name cannot be undone.`, name, kind),
    saferWay: checkFirst,
    target: { by: 'host', host },
    ...(plane ? { docs: plane.rule.docs } : {}),
  }];
}

/** Updates that delete by setting a flag: `{ isDeleted: true }` anywhere in the arguments. */
function marksDeleted(value: unknown, depth: number): boolean {
  if (depth > 8 || typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]) => (/^(?:is_?)?deleted$/i.test(name) && inner === true) || marksDeleted(inner, depth + 1));
}

function operationEffect(rule: Rule, operation: HttpOperation, name: string, host: string, guessed: boolean): Effect {
  return {
    verb: operation.verb,
    resource: { kind: operation.kind, name, provider: rule.title },
    reversibility: operation.reversibility,
    certainty: guessed ? 'likely' : (operation.certainty ?? 'certain'),
    rule: `${rule.tool}/${operation.id}`,
    why: sentence(operation.why, name, operation.kind) + (operation.backup ? ' This removes the way back.' : ''),
    saferWay: operation.saferWay,
    target: { by: 'host', host },
    docs: rule.docs,
  };
}

/** A request to a control plane whose content nobody can read: a hole, a file that is not there, a persisted query. */
function unreadableEffect(sent: Sent, rule: Rule | undefined): Effect {
  const title = rule?.title ?? sent.url.host;
  return {
    verb: 'runUnknown',
    resource: { kind: 'request', name: sent.url.host, provider: title },
    reversibility: 'irreversible',
    certainty: 'unknown',
    rule: `${rule?.tool ?? 'http'}/unreadable-request`,
    why: `Sends ${title} a request that could not be read; it may change or delete anything the token reaches.`,
    saferWay: 'Write the request out in the command.',
    target: { by: 'host', host: sent.url.host },
    ...(rule ? { docs: rule.docs } : {}),
  };
}

function restEffects(sent: Sent, { rule, plane }: Plane): readonly Effect[] {
  const { host, path } = sent.url;
  if (!/^[A-Z]+$/.test(sent.method)) return [unreadableEffect(sent, rule)];
  const listed = matchPath(plane.paths ?? [], sent.method, path, () => fieldsOf(sent.body, sent.url.query));
  if (listed) return [operationEffect(rule, listed.operation, listed.name, host, false)];
  if (methodsThatRead.has(sent.method)) return actionEffects(sent, rule);
  if (plane.harmless?.some((request) => matchRequest(request, sent.method, path))) return [];
  if (sent.method === 'DELETE') return [deleteEffect(sent, rule)];
  if (sent.method === 'PUT' && Array.isArray(parseJson(sent.body ?? ''))) return [replaceEffect(sent, rule)];
  return actionEffects(sent, rule);
}

/** Interfaces that name the operation in the path (`/servers/1/terminate`), a header or a parameter (`Action=DeleteBucket`). */
function actionEffects(sent: Sent, rule: Rule): readonly Effect[] {
  const reads = methodsThatRead.has(sent.method);
  const lastSegment = sent.url.path.split('/').at(-1) ?? '';
  const operations = [
    sent.url.query.get('Action'),
    reads ? undefined : parseQuery(sent.body ?? '').get('Action'),
    sent.headers.get('x-amz-target')?.split('.').at(-1),
    reads ? undefined : lastSegment,
  ];
  for (const operation of operations) {
    const named = operation === undefined ? undefined : destructiveName(operation);
    if (!named) continue;
    const kind = named.noun || 'resource';
    const name = named.noun ? '' : (sent.url.path.split('/').at(-2) ?? '');
    return [{
      verb: named.verb, resource: { kind, name, provider: rule.title }, reversibility: 'irreversible', certainty: 'likely', rule: `${rule.tool}/unlisted-request`,
      why: `Tells ${rule.title} to ${named.word} ${kind}${name ? ` ${name}` : ''}, which by its name cannot be undone.`,
      saferWay: checkFirst, target: { by: 'host', host: sent.url.host }, docs: rule.docs,
    }];
  }
  return [];
}

function deleteEffect(sent: Sent, rule: Rule): Effect {
  const { kind, name } = resourceOfPath(sent.url.path);
  return {
    verb: 'delete', resource: { kind, name, provider: rule.title }, reversibility: 'irreversible', certainty: 'likely', rule: `${rule.tool}/unlisted-request`,
    why: sentence(`Deletes ${kind} {name} at ${rule.title}.`, name, kind), saferWay: checkFirst, target: { by: 'host', host: sent.url.host }, docs: rule.docs,
  };
}

function replaceEffect(sent: Sent, rule: Rule): Effect {
  const collection = sent.url.path.split('/').at(-1) ?? '';
  return {
    verb: 'overwrite', resource: { kind: 'collection', name: collection, provider: rule.title }, reversibility: 'irreversible', certainty: 'likely', rule: `${rule.tool}/unlisted-request`,
    why: `Replaces the whole list of ${collection} at ${rule.title}; whatever is not in the request goes.`,
    saferWay: 'Read the present list first and change single entries.', target: { by: 'host', host: sent.url.host }, docs: rule.docs,
  };
}

/** Requests to hosts that no rule knows. */
function elsewhereEffects(sent: Sent, action: Action): readonly Effect[] {
  const { host, port, path } = sent.url;
  const datastore = port === undefined ? undefined : datastorePorts.get(port);
  const byQuery = path.endsWith('/_delete_by_query') && !methodsThatRead.has(sent.method);
  if (isLoopback(host) && !datastore && !byQuery && !(sent.method === 'DELETE' && deletesMany(path, action))) return [];
  if (sent.method !== 'DELETE' && !byQuery) return isLoopback(host) ? [] : changesElsewhere(sent);
  const { kind, name } = datastore ? { kind: 'data', name: path.slice(1) } : resourceOfPath(path);
  return [{
    verb: 'delete', resource: { kind, name, provider: datastore ?? host }, reversibility: 'irreversible', certainty: 'likely', rule: 'http/delete',
    why: sentence(`Deletes ${kind} {name} at ${host || 'a server'}${datastore ? ` (${datastore})` : ''}.`, name, kind),
    saferWay: 'Read it first with GET and keep what comes back.', target: { by: 'host', host },
  }];
}

/**
 * True for a path that names a whole collection (`/api/users`) or whatever a variable holds. A service under development
 * keeps a person's data all the same; one named entry, or one the same action has made, is a test of the interface.
 */
function deletesMany(path: string, action: Action): boolean {
  const last = path.split('/').at(-1) ?? '';
  if (/^[a-z][a-z_-]{2,40}s$/i.test(last)) return true;
  return (/[${}`<]/.test(last) || /\$\(|`/.test(path)) && !(action.tool === 'shell' && /\bpost\b/i.test(action.command.slice(0, 16_384)));
}

/** Verbs that name an operation of its own at the end of a path: `POST /jobs/7/doDelete`. */
const plainVerbs: ReadonlySet<string> = new Set(['delete', 'destroy', 'purge', 'terminate', 'wipe', 'erase', 'truncate']);

/** Changes to hosts that no rule knows, told by an operation in the path or a list sent to replace a list. */
function changesElsewhere(sent: Sent): readonly Effect[] {
  const { host, path } = sent.url;
  const segments = path.split('/').filter((segment) => segment !== '');
  const named = methodsThatRead.has(sent.method) ? undefined : destructiveName(segments.at(-1) ?? '');
  if (named && plainVerbs.has(named.word)) {
    const { kind, name } = resourceOfPath(segments.slice(0, -1).join('/'));
    return [{
      verb: named.verb, resource: { kind, name, provider: host }, reversibility: 'irreversible', certainty: 'likely', rule: 'http/action',
      why: sentence(`Tells ${host} to ${named.word} ${kind} {name}.`, name, kind), saferWay: 'Read it first with GET and keep what comes back.', target: { by: 'host', host },
    }];
  }
  if (sent.method !== 'PUT' || !Array.isArray(parseJson(sent.body ?? ''))) return [];
  const collection = segments.at(-1) ?? '';
  return [{
    verb: 'overwrite', resource: { kind: 'collection', name: collection, provider: host }, reversibility: 'irreversible', certainty: 'likely', rule: 'http/replace',
    why: `Replaces the whole list of ${collection || 'entries'} at ${host}; whatever is not in the request goes.`, saferWay: 'Read the present list first and change single entries.', target: { by: 'host', host },
  }];
}

/** `/v1/volumes/vol_1` is about the volume `vol_1`. */
function resourceOfPath(path: string): { readonly kind: string; readonly name: string } {
  const segments = path.split('/').filter((segment) => segment !== '');
  const name = segments.at(-1) ?? '';
  const collection = segments.at(-2);
  if (collection === undefined || !/^[a-z][a-z_-]{2,40}$/i.test(collection)) return { kind: 'resource', name };
  return { kind: collection.replace(/ies$/, 'y').replace(/([^s])s$/, '$1').replace(/[_-]/g, ' '), name };
}
