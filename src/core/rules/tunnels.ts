import { hasOption, optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

/**
 * Programs that let the internet in, with the words by which they do:
 * https://developers.cloudflare.com/cloudflare-one/connections/connect-networks/, https://github.com/localtunnel/localtunnel, https://github.com/ekzhang/bore,
 * https://gofrp.org, https://learn.microsoft.com/azure/developer/dev-tunnels/cli-commands, https://tailscale.com/kb/1311/tailscale-funnel, https://docs.zrok.io
 */
const opens: Readonly<Record<string, RegExp>> = {
  ngrok: /^(?:http|https|tcp|tls|start|tunnel)\b/, cloudflared: /^tunnel\b(?!.*\b(?:list|info|login|create|delete|cleanup|route|token|ready|diag)\b)|^access tcp\b/, lt: /(?:^| )(?:-p|--port)\b/, localtunnel: /(?:^| )(?:-p|--port)\b/, bore: /^local\b/, frpc: /^(?!(?:verify|status|reload)\b)/, devtunnel: /^host\b/,
  tailscale: /^funnel\b(?!.*\b(?:status|off|reset)\b)/, zrok: /^share public\b/, pagekite: /^\S/, 'pagekite.py': /^\S/, loclx: /^tunnel\b/, localxpose: /^tunnel\b/, holesail: /^(?:--live|\d)/, telebit: /^(?:http|ssh|tcp)\b/, tunnelmole: /^\d/, tmole: /^\d/, chisel: /^client\b.*\bR:/, rathole: /^\S/, expose: /^share\b/, playit: /^/,
};
/** What they carry goes out in look-ups of names, past whatever watches the network. */
const inNames: ReadonlySet<string> = new Set(['iodine', 'iodined', 'dnscat', 'dnscat2', 'dns2tcpc', 'dns2tcpd', 'chashell', 'dnstt-client', 'dnsexfiltrator']);
const remotes: ReadonlySet<string> = new Set(['ssh', 'autossh', 'plink']);

export const rule: Rule = {
  tool: 'tunnels',
  title: 'ngrok',
  programs: [...Object.keys(opens), ...inNames, ...remotes],
  docs: 'https://ngrok.com/docs/agent/cli/',
  valueOptions: ['-R', '-L', '-D', '-i', '-l', '-p', '-P', '-o', '-F', '-J', '-W', '-b', '-c', '-E', '-e', '-m', '-O', '-Q', '-S', '-w', '-M', '--authtoken', '--region', '--config', '-f'],
  safeOptions: ['-h', '-V'],
  operations: [],
  inspect: (call) => {
    const { program, argv } = call.invocation;
    if (remotes.has(program)) return hasOption(call, '-R') || call.options.has('-R') ? [openEffect('reverse', optionValue(call, '-R')?.text ?? '', `Lets ${call.operands[0]?.text ?? 'another host'} connect back to this machine, past its firewall.`, call)] : [];
    const words = argv.slice(1, 33).map(({ text }) => text).join(' ').slice(0, 2048);
    if (inNames.has(program)) return [openEffect('dns', program, 'Opens a tunnel through name look-ups, past whatever watches the network.', call)];
    return opens[program]?.test(words) === true ? [openEffect('open', call.operands.at(-1)?.text ?? program, `Lets anybody on the internet reach this machine through ${program}.`, call)] : [];
  },
  cases: {
    caught: [
      { command: 'ngrok http 8080', by: 'open' },
      { command: 'cloudflared tunnel --url http://localhost:5173', by: 'open' },
      { command: 'npx localtunnel --port 3000', by: 'open' },
      { command: 'tailscale funnel 443 on', by: 'open' },
      { command: 'devtunnel host -p 5000', by: 'open' },
      { command: 'ssh -N -R 9000:localhost:3000 relay.example.com', by: 'reverse' },
      { command: 'autossh -M 0 -R9000:localhost:3000 relay.example.com', by: 'reverse' },
      { command: 'iodine -f dns.example.com', by: 'dns' },
    ],
    passes: ['ngrok config check', 'ngrok --version', 'cloudflared tunnel list', 'cloudflared --version', 'tailscale status', 'tailscale serve 3000', 'tailscale funnel status', 'ssh -L 5432:localhost:5432 bastion.example.com', 'ssh -D 1080 bastion.example.com', 'ssh host.example.com uptime', 'bore server', 'devtunnel list'],
  },
};

function openEffect(id: 'open' | 'reverse' | 'dns', name: string, why: string, { invocation }: Call): Effect {
  return {
    verb: 'publish', resource: { kind: 'tunnel', name, provider: invocation.program }, reversibility: 'recoverable', certainty: 'certain', rule: `tunnels/${id}`,
    why, saferWay: 'Let the person open it, and close it when it is no longer needed.', target: { by: 'path' }, env: invocation.env, ...(invocation.span ? { span: invocation.span } : {}),
  };
}
