import type { Analysis } from '../analysis.ts';
import type { Effect, TargetHint } from '../effect.ts';
import { expandHome, isAbsolute, joinPath } from '../files/path.ts';
import { kindOf, surroundingsOf } from '../files/places.ts';
import { forWindows } from '../files/windows-paths.ts';
import { isPrivateHost } from '../http/destinations.ts';
import type { Invocation } from '../invocation.ts';
import type { Word } from '../shell/word.ts';
import { sendersByProgram } from './senders.ts';

/** Programs that copy files to other machines and stores. */
const copiers: ReadonlySet<string> = new Set(['scp', 'pscp', 'rsync', 'rclone', 'aws', 'gsutil', 'gcloud', 'az', 'azcopy', 'mc', 's3cmd', 's5cmd']);
/** Of these, the ones that copy between two other machines too. */
const betweenHosts: ReadonlySet<string> = new Set(['scp', 'pscp', 'rsync']);

const packed = String.raw`(?:\.(?:gz|bz2|xz|zst|zip|7z))?$`;
/** Rows that people keep: tables of an office, of a warehouse and of a small database, and mail. */
const tables = new RegExp(String.raw`\.(?:csv|tsv|xlsx?|xlsm|ods|parquet|feather|avro|orc|jsonl|ndjson|mdb|accdb|pst|ost|mbox)${packed}`, 'i');
/** What a database is brought back from. Stores are where it is kept. */
const dumps = new RegExp(String.raw`\.(?:sql|dump|bak)${packed}`, 'i');
const archives = /(?:^|[\\/:._ -])(?:data|datasets?|exports?|customers?|clients|users|accounts|orders|records|payroll|finance)\.(?:zip|7z|rar|tar|tgz|t[bx]z2?|tar\.\w{1,4})$/i;
const dumpArchives = /(?:^|[\\/:._ -])(?:dumps?|backups?|db|database)\.(?:zip|7z|rar|tar|tgz|t[bx]z2?|tar\.\w{1,4})$/i;

/** The effect of copying tables, dumps or archives of data, or what lies outside the folders the agent works in, to another machine or store; builds and pages go there every day. */
export function dataEffects(invocation: Invocation, analysis: Analysis): readonly Effect[] {
  const { program, argv } = invocation;
  if (!copiers.has(program) || argv.length < 3) return [];
  const args = argv.slice(1, 257);
  const text = args.map((word) => word.text).join(' ').slice(0, 8192);
  const sender = sendersByProgram.get(program)?.find(({ files, when }) => files && (!when || when.test(text)));
  if (!sender?.files || args.some((word) => /^(?:-n|--dry-?run|--list-only)$/.test(word.text) || (program === 'rsync' && /^-[a-zA-Z]*n/.test(word.text)))) return [];
  const words = args.filter((word) => !word.text.startsWith('-'));
  const host = betweenHosts.has(program) ? hostOf(words.at(-1)?.text ?? '') : undefined;
  if (betweenHosts.has(program) && (host === undefined || isPrivateHost(host))) return [];
  const sent = (host === undefined ? sender.files(args) : words.slice(0, -1)).slice(0, 64).find((word) => isData(word, sender.keeps ?? false) || (betweenHosts.has(program) && isElsewhere(word, invocation, analysis)));
  return sent ? [sentEffect(sent.text, host, words.at(-1)?.text ?? '', invocation)] : [];
}

/** `user@host:path`, `host::module`, `scp://host/path`. */
function hostOf(destination: string): string | undefined {
  const found = /^(?:scp|sftp|rsync):\/\/(?:[^@/]*@)?([^/:]+)/.exec(destination)?.[1] ?? /^(?:[^@/:\s]{1,64}@)?([\w.-]{2,253}):(?!\\)/.exec(destination)?.[1];
  return found?.toLowerCase();
}

/** `keeps`: the other end is a store, where dumps are kept so that they can be brought back. */
function isData({ text }: Word, keeps: boolean): boolean {
  // `<(cat report.csv)`
  const names = text.startsWith('<(') ? text.slice(2, 1024).replace(/\)$/, '').split(/[\s|;]+/) : [text.slice(-256).replace(/[*?]+$/, '')];
  return names.some((name) => tables.test(name) || archives.test(name) || (!keeps && (dumps.test(name) || dumpArchives.test(name))));
}

/** True for a place of this machine outside the folders the agent works in and outside those for temporary files. */
function isElsewhere(word: Word, { env, cwd }: Invocation, analysis: Analysis): boolean {
  const { text } = word;
  const drive = /^[A-Za-z]:[\\/]/.test(text);
  if (word.holes.length > 0 || /backup|dump|archive/i.test(text) || !(drive || text.startsWith('/') || text.startsWith('~') || text.startsWith('../'))) return false;
  const { world, home } = drive ? forWindows(analysis) : analysis;
  const path = joinPath(cwd ?? '', expandHome(text, home, world.platform) ?? text, world.platform);
  const kind = isAbsolute(path, world.platform) ? kindOf(path, surroundingsOf({ ...analysis, world }, env)) : undefined;
  return kind === 'outside' || kind === 'everything';
}

function sentEffect(name: string, host: string | undefined, destination: string, { program, env, span }: Invocation): Effect {
  const target: TargetHint = host === undefined ? { by: 'named', system: program, name: destination } : { by: 'host', host, login: true };
  return {
    verb: 'publish', resource: { kind: 'data', name: name.slice(0, 200), provider: host ?? program }, reversibility: 'irreversible', certainty: 'likely', rule: 'secrets/data-sent',
    why: `Copies ${name.slice(0, 120)} to ${host ?? destination.slice(0, 120)}; data others have cannot be taken back.`, saferWay: 'Let the person send it, or send what holds no data.', target, env, ...(span ? { span } : {}),
  };
}
