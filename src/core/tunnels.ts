import { optionValue, parseCall } from './call.ts';
import type { Invocation } from './invocation.ts';

/** A way from this machine's own address to a server somewhere else. */
export interface Tunnel {
  /** How it is opened: `ssh -L`. */
  readonly by: string;
  /** The machine at its other end, where the command says. */
  readonly host?: string;
}

const sshOptions = ['-b', '-c', '-D', '-E', '-e', '-F', '-I', '-i', '-J', '-L', '-l', '-m', '-O', '-o', '-p', '-Q', '-R', '-S', '-W', '-w', '-M'];

/** Programs that open one when these words stand in their call, each by its own manual. */
const others: Readonly<Record<string, RegExp>> = {
  kubectl: /^(?:\S+ )*?port-forward\b/, oc: /^(?:\S+ )*?port-forward\b/, kubefwd: /^/, telepresence: /^connect\b/,
  // https://cloud.google.com/sql/docs/postgres/sql-proxy, https://cloud.google.com/iap/docs/using-tcp-forwarding
  'cloud-sql-proxy': /^/, cloud_sql_proxy: /^/, 'alloydb-auth-proxy': /^/, gcloud: /\bstart-iap-tunnel\b/,
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-sessions-start.html
  aws: /\bssm start-session\b.*PortForwarding/, az: /\bbastion tunnel\b/,
  fly: /^proxy\b/, flyctl: /^proxy\b/, pscale: /^connect\b/, tsh: /^proxy\b/, boundary: /^connect\b/, cloudflared: /^access (?:tcp|rdp|ssh)\b/, chisel: /^client\b/, sshuttle: /^/, stunnel: /^/,
};

/** The tunnel a program opens: a database at this machine's address is then not on this machine. */
export function tunnelOf(invocation: Invocation): Tunnel | undefined {
  const { program, argv } = invocation;
  if (program === 'ssh' || program === 'autossh' || program === 'plink') return sshTunnel(invocation);
  if (program === 'socat') {
    const host = argv.slice(1, 16).map(({ text }) => /^(?:tcp[46]?|openssl)(?:-connect)?:([^:,]+):/i.exec(text)?.[1]).find((each) => each !== undefined);
    return host === undefined || !argv.some(({ text }) => /^tcp[46]?-l/i.test(text)) ? undefined : { by: 'socat', host };
  }
  const opens = Object.hasOwn(others, program) ? others[program] : undefined;
  const words = opens === undefined ? [] : argv.slice(1, 33).map(({ text }) => text.slice(0, 200));
  if (opens?.test(words.join(' ')) !== true) return undefined;
  // `project:region:instance` names the database.
  const named = /sql-proxy|sql_proxy|alloydb/.test(program) ? words.find((word) => /^[\w.-]+:[\w-]+:[\w-]+/.test(word)) : undefined;
  return { by: program === 'kubectl' || program === 'oc' ? `${program} port-forward` : program, ...(named === undefined ? {} : { host: named.replace(/[?=].*$/, '') }) };
}

/** `-L [address:]port:host:port`; a host that is this machine's address means the one logged in to. */
function sshTunnel(invocation: Invocation): Tunnel | undefined {
  const call = parseCall(invocation, { valueOptions: sshOptions });
  const option = optionValue(call, '-L')?.text ?? (call.options.get('-o') ?? []).map((word) => /^LocalForward[ =]+\S+\s+(\S+)/i.exec(word?.text ?? '')?.[1]).find((each) => each !== undefined);
  if (option === undefined) return undefined;
  const host = option.split(':').at(-2) ?? '';
  const destination = (call.operands[0]?.text ?? '').replace(/^.*@/, '');
  return { by: 'ssh -L', host: /^(?:localhost|127\.|\[?::1|$)/.test(host) ? destination : host };
}
