import type { Analysis, HttpRequest, Place } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import type { Invocation } from '../invocation.ts';
import { holdsSecret, isDatabaseFile } from '../secrets/held.ts';
import { knownWord } from '../shell/word.ts';
import { planesAt } from './control-planes.ts';
import { isCallback, isDroppingPlace, isPrivateHost, keepsForOthers, messageTo } from './destinations.ts';
import { isLoopback, type UrlParts } from './url.ts';

/** Files in which requests are written down: sent, they are the request and no document. */
const requestFile = /\.(?:jsonl?|ndjson|xml|graphql|gql|soap|form|http|ya?ml)$/i;
/** Where packages, releases and reports of tests belong. */
const artefactHosts = /(?:^|\.)(?:uploads\.github\.com|upload\.pypi\.org|registry\.npmjs\.org|crates\.io|rubygems\.org|codecov\.io|coveralls\.io|sonarcloud\.io|oss\.sonatype\.org|central\.sonatype\.com|clojars\.org)$/;

/** What leaves this machine with a request: files, messages, and whatever is put where others read it. What stays in the network gives nothing. */
export function outgoingEffects(request: HttpRequest, url: UrlParts, reads: boolean, place: Place, analysis: Analysis): readonly Effect[] {
  const { host } = url;
  if (isLoopback(host)) return [];
  const uploads = request.uploads.slice(0, 64);
  const held = heldEffects(uploads, host, place, analysis);
  if (held.length > 0 || isPrivateHost(host)) return held;
  const message = messageTo(url, reads && uploads.length === 0, request.body);
  if (message !== undefined) return [publishEffect('message', `Sends a ${message}, which cannot be taken back.`, host, host)];
  if (isCallback(host)) return [publishEffect('callback', `Calls ${host}, which tells whoever set it up what is sent and from where.`, host, host)];
  const sends = !reads || uploads.length > 0;
  if (sends && keepsForOthers(host)) return [publishEffect('drop', `Puts what it sends on ${host}, where others can read it.`, host, host)];
  const documents = uploads.filter((file) => file !== '-' && file !== '' && (isDroppingPlace(host) || !requestFile.test(file)));
  if (documents.length === 0 || artefactHosts.test(host) || planesAt(host).length > 0) return [];
  const named = documents.join(', ').slice(0, 200);
  return [publishEffect('upload', `Uploads ${named} to ${host || 'a server'}; what others have cannot be taken back.`, named, host)];
}

/** Files that hold secrets or the rows of a database do not leave the machine. */
function heldEffects(uploads: readonly string[], host: string, place: Place, analysis: Analysis): readonly Effect[] {
  const invocation: Invocation = { program: '', argv: [], env: place.env, cwd: place.cwd, redirections: [], promptsAnswered: false };
  return uploads.flatMap((file): readonly Effect[] => {
    const secret = holdsSecret(knownWord(file), invocation, analysis) !== undefined;
    if (!secret && !isDatabaseFile(file)) return [];
    return [{
      verb: 'expose', resource: { kind: secret ? 'secret file' : 'database file', name: file, provider: host }, reversibility: 'irreversible', certainty: 'certain', rule: secret ? 'http/upload-secret' : 'http/upload-database',
      why: `Sends ${file}, which holds ${secret ? 'secrets' : 'the data of a database'}, to ${host || 'a server'}.`, saferWay: secret ? 'Send a copy without the values.' : 'Let a person send it.', target: { by: 'host', host },
    }];
  }).slice(0, 20);
}

function publishEffect(id: 'message' | 'callback' | 'drop' | 'upload', why: string, name: string, host: string): Effect {
  return {
    verb: 'publish', resource: { kind: id === 'upload' ? 'file' : 'message', name, provider: host }, reversibility: 'irreversible', certainty: 'certain', rule: `http/${id}`,
    why, saferWay: 'Show it to the person, who can send it.', target: { by: 'host', host },
  };
}
