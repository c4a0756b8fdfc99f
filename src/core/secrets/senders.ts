import type { Word } from '../shell/word.ts';

/** How a program takes what it sends away from this machine. */
export interface Sender {
  readonly programs: readonly string[];
  /** The arguments with which it sends; without it, it always does. */
  readonly when?: RegExp;
  /** True where its input goes out: always, or with these arguments. */
  readonly input?: true | RegExp;
  /** True where its words go out too: a URL, a subject, a host name to look up. */
  readonly words?: boolean;
  /** Words that name files whose content goes out. */
  readonly files?: (args: readonly Word[]) => readonly Word[];
  /** It takes commands that send (`put file`) from its input or its words. */
  readonly transfers?: boolean;
  /** Keeps what it is sent as backups are kept: databases belong there, secrets in the clear do not. */
  readonly keeps?: boolean;
}

const standardInput = /(?:^|[\s=@<])(?:-|\/dev\/(?:stdin|fd\/0)|\/proc\/self\/fd\/0)(?=\s|$|;)/;

/** `host:path`, `user@host:path`, a URL; never a drive letter. */
const remote = /^(?:[\w.-]+@)?(?:\[[^\]]+\]|[\w.-]{2,}|\$\{?\w+\}?):(?!\\)|^(?:rsync|sftp|scp|ftp|s3|gs|gcs|r2|b2|minio|ssh):\/\//i;

/** Every operand; options and their values count as well, for a value that names a secret file is one too. */
function operands(args: readonly Word[]): readonly Word[] {
  return args.filter((word) => !word.text.startsWith('-'));
}

/** What is copied to another host: everything before a last operand that names one. `valued`: options whose value is no operand. */
function copiedAway(...valued: readonly string[]): (args: readonly Word[]) => readonly Word[] {
  return (args) => {
    const words = operands(args.filter((_, at) => !valued.includes(args[at - 1]?.text ?? '')));
    const last = words.at(-1);
    return last && remote.test(last.text) ? words.slice(0, -1).filter((word) => !remote.test(word.text)) : [];
  };
}

const copiedByCloud = copiedAway('--profile', '--region', '--endpoint-url', '--ssh-key-file', '--exclude', '--include');

/** `mc cp file alias/bucket`: where the last word is a place of this machine, or the name of the file that is fetched, nothing goes out. */
function copiedToStore(args: readonly Word[]): readonly Word[] {
  const [, ...words] = operands(args);
  const last = words.at(-1)?.text ?? '';
  if (!last.includes('/') || /^(?:[.~/]|[A-Za-z]:[\\/])/.test(last)) return [];
  const extension = /\.\w+$/.exec(last)?.[0];
  return words.slice(0, -1).filter(({ text }) => !remote.test(text) && (last.startsWith('s3://') || extension === undefined || !/^[\w-]+\/[\w.-]+\//.test(text) || !text.endsWith(extension)));
}

/** Values of options that name a file: `--post-file=x`, `--post-file x`. */
function valuesOf(...names: readonly string[]): (args: readonly Word[]) => readonly Word[] {
  return (args) => args.flatMap((word, at) => {
    const name = names.find((candidate) => word.text === candidate || word.text.startsWith(`${candidate}=`));
    if (name !== undefined) return word.text === name ? args.slice(at + 1, at + 2) : [cut(word, name.length + 1)];
    return [];
  });
}

function cut(word: Word, from: number): Word {
  return { text: word.text.slice(from), holes: word.holes.filter((hole) => hole.start >= from).map((hole) => ({ ...hole, start: hole.start - from, end: hole.end - from })), globs: word.globs.filter((at) => at >= from).map((at) => at - from) };
}

/** `field@file`, `field=@file`, `@file`. */
function attached(args: readonly Word[]): readonly Word[] {
  return args.flatMap((word) => {
    const at = /^[\w.[\]-]{0,64}[=:]{0,2}@/.exec(word.text)?.[0].length ?? 0;
    return at > 0 && !word.text.includes('://') ? [cut(word, at)] : [];
  });
}

function after(count: number): (args: readonly Word[]) => readonly Word[] {
  return (args) => operands(args).slice(count);
}

/** Programs that send, with where their manuals say the content comes from. curl's files are read by the HTTP room. */
const senders: readonly Sender[] = [
  { programs: ['curl'], input: /(?:@|-T\s?|--upload-file[\s=])(?:-|\.|\/dev\/(?:stdin|fd\/0))(?=\s|;|$)|=[@<]-/, words: true },
  { programs: ['wget'], input: /--(?:post|body)-file[\s=](?:-|\/dev\/(?:stdin|fd\/0))(?:\s|$)/, words: true, files: valuesOf('--post-file', '--body-file', '--post-f', '--post-fi', '--post-fil') },
  { programs: ['http', 'https', 'xh', 'xhs', 'httpie', 'curlie'], input: true, words: true, files: attached },
  { programs: ['nc', 'ncat', 'netcat', 'nc.traditional', 'nc.openbsd', 'socat', 'telnet', 'websocat', 'wscat', 'udpcast', 'ipfs', 'pastebinit', 'wgetpaste', 'fiche', 'ix', 'mail', 'mailx', 'sendmail', 'msmtp', 'swaks', 'mutt', 's-nail', 'mosquitto_pub', 'kcat', 'kafkacat'], input: true, words: true, files: valuesOf('-a', '-A', '--attach', '--body', '-i', '-f') },
  { programs: ['sftp', 'ftp', 'lftp', 'psftp', 'smbclient'], transfers: true },
  { programs: ['openssl'], when: /^s_client\b/, input: true },
  { programs: ['ssh', 'autossh'], input: true },
  { programs: ['scp', 'pscp'], files: copiedAway('-c', '-D', '-F', '-i', '-J', '-l', '-o', '-P', '-S', '-X') },
  { programs: ['rsync'], files: copiedAway('-e', '--rsh', '-f', '--filter', '--exclude', '--include', '--exclude-from', '--include-from', '--files-from', '--rsync-path', '--log-file', '--password-file', '--bwlimit', '-T', '--temp-dir', '-B', '-M') },
  { programs: ['rclone'], when: /^(?:copy|copyto|sync|move|moveto|rcat|bisync)\b/, input: /^rcat\b/, files: (args) => copiedByCloud(args.slice(1)), keeps: true },
  { programs: ['aws'], when: /\bs3(?:api)?\s+(?:cp|sync|mv|put-object)\b/, input: standardInput, files: (args) => [...copiedByCloud(args.slice(2)), ...valuesOf('--body')(args)], keeps: true },
  { programs: ['gsutil'], when: /\b(?:cp|mv|rsync)\b/, input: standardInput, files: copiedByCloud, keeps: true },
  { programs: ['gcloud'], when: /\bstorage\s+(?:cp|mv|rsync)\b|\bcompute\s+scp\b/, input: standardInput, files: copiedByCloud, keeps: true },
  { programs: ['az'], when: /\bstorage\s+(?:blob|file|fs)\b.*\bupload/, files: valuesOf('-f', '--file', '--source', '-s'), keeps: true },
  { programs: ['mc', 's3cmd', 's5cmd'], when: /^(?:cp|put|pipe|mirror|sync|mv)\b/, input: /^pipe\b/, files: copiedToStore, keeps: true },
  { programs: ['azcopy'], when: /^(?:copy|cp|sync)\b/, files: (args) => copiedByCloud(args.slice(1)), keeps: true },
  { programs: ['gh'], when: /^gist\s+(?:create|new|edit)\b/, input: true, words: true, files: after(2) },
  { programs: ['gh'], when: /^(?:issue|pr|release|discussion)\s+(?:create|new|comment|edit|upload|review)\b|^api\b/, input: standardInput, words: true, files: (args) => [...valuesOf('-F', '--body-file', '--notes-file', '--input')(args), ...attached(args), ...(/^upload$/.test(args[1]?.text ?? '') ? operands(args).slice(3) : [])] },
  { programs: ['glab'], when: /^snippet\s+create\b|^(?:issue|mr)\s+(?:create|note)\b/, input: true, words: true, files: after(2) },
  { programs: ['croc', 'wormhole', 'magic-wormhole', 'ffsend', 'wormhole-william'], when: /^(?:.*\s)?(?:send|upload)\b/, input: true, words: true, files: after(1) },
  { programs: ['transfer', 'bashupload', 'transfer.sh', '0x0', 'gist', 'pbin', 'hastebin', 'haste', 'termbin'], input: true, files: after(0) },
  { programs: ['dig', 'nslookup', 'host', 'drill', 'kdig', 'getent', 'ping', 'ping6', 'traceroute', 'whois', 'open', 'xdg-open', 'lynx', 'links', 'w3m', 'aria2c'], words: true },
];

const byProgram = new Map<string, Sender[]>();
for (const sender of senders) for (const program of sender.programs) byProgram.set(program, [...(byProgram.get(program) ?? []), sender]);

/** What sends by the program's name. */
export const sendersByProgram: ReadonlyMap<string, readonly Sender[]> = byProgram;

/** Programs that answer to the network from a folder: where it stands among the arguments, and whether only this machine can ask. */
export interface Server {
  readonly programs: readonly string[];
  readonly when?: RegExp;
  /** Option that names the folder. */
  readonly folder?: RegExp;
  /** The folder is an operand. */
  readonly operand?: boolean;
}

export const servers: readonly Server[] = [
  { programs: ['http.server', 'SimpleHTTPServer'], folder: /(?:^|\s)(?:-d|--directory)[\s=](\S+)/ },
  { programs: ['serve', 'http-server', 'live-server', 'servor', 'sirv', 'miniserve', 'dufs', 'sfz', 'static-server', 'local-web-server', 'ws', 'goshs', 'updog', 'caddy', 'webfsd', 'twistd'], folder: /(?:^|\s)(?:-d|--directory|--root|-r)[\s=](\S+)/, operand: true },
  { programs: ['php'], when: /(?:^|\s)-S\s?\S/, folder: /(?:^|\s)(?:-t)\s?(\S+)/ },
  { programs: ['ruby'], when: /-run\b.*\bhttpd\b/, operand: true },
  { programs: ['busybox', 'httpd'], when: /(?:^|\s)(?:-h|-p|-f)\b/, folder: /(?:^|\s)-h\s?(\S+)/ },
  { programs: ['ngrok'], when: /file:\/\//, folder: /file:\/\/(\S+)/ },
];
