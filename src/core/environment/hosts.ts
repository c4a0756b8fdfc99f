import { beliefInHost, hostOf } from './host.ts';
import { flagged, setting, variable, type Asked, type Place, type Placer, type Placers, type Surroundings } from './placer.ts';

/** The place of an address that a command, a variable or a file names. */
export function placeHost(what: string, address: string, from?: string): Place {
  const host = hostOf(address);
  const believed = beliefInHost(host, { services: [], login: false });
  if (believed?.environment === 'local') return { sure: believed, clues: [{ what, name: host }] };
  return { clues: [{ what, name: host, ...(from === undefined ? {} : { from }), environment: believed?.environment ?? 'unknown' }] };
}

/** A tool that talks to one server. */
interface Client {
  /** What the server is called in evidence. */
  readonly what: string;
  /** Variables that hold the address, the first that is set. */
  readonly address: readonly string[];
  /** Where it looks when nobody says. */
  readonly standard?: string;
  /** Variables that name a part of the server: a namespace, a datacenter. */
  readonly part?: { readonly what: string; readonly variables: readonly string[] };
}

const clients: Readonly<Record<string, Client>> = {
  /** https://developer.hashicorp.com/vault/docs/commands#environment-variables */
  vault: { what: 'Vault server', address: ['VAULT_ADDR'], standard: 'https://127.0.0.1:8200', part: { what: 'Vault namespace', variables: ['VAULT_NAMESPACE'] } },
  /** https://developer.hashicorp.com/nomad/commands#environment-variables */
  nomad: { what: 'Nomad server', address: ['NOMAD_ADDR'], standard: 'http://127.0.0.1:4646', part: { what: 'Nomad namespace', variables: ['NOMAD_NAMESPACE'] } },
  /** https://developer.hashicorp.com/consul/commands#environment-variables */
  consul: { what: 'Consul agent', address: ['CONSUL_HTTP_ADDR'], standard: 'http://127.0.0.1:8500', part: { what: 'Consul namespace', variables: ['CONSUL_NAMESPACE'] } },
  /** https://etcd.io/docs/latest/op-guide/authentication/ */
  etcd: { what: 'etcd server', address: ['ETCDCTL_ENDPOINTS'], standard: '127.0.0.1:2379' },
  /** https://docs.redpanda.com/current/reference/rpk/rpk-x-options/ */
  kafka: { what: 'Kafka broker', address: ['RPK_BROKERS'], part: { what: 'rpk profile', variables: [] } },
  /** https://grafana.com/docs/loki/latest/query/logcli/ */
  loki: { what: 'Loki server', address: ['LOKI_ADDR'], standard: 'http://localhost:3100' },
  /** https://www.jenkins.io/doc/book/managing/cli/ */
  jenkins: { what: 'Jenkins server', address: ['JENKINS_URL'] },
  /** https://developer.konghq.com/deck/ */
  deck: { what: 'Kong gateway', address: ['DECK_KONG_ADDR'] },
};

/** Placers of clients that name their server by an address: flag, variable, then what is standard. */
export const hostPlacers: Placers = Object.fromEntries(Object.entries(clients).map(([system, client]) => [system, placerOf(client)]));

function placerOf(client: Client): Placer {
  return (asked: Asked, around: Surroundings): Place => {
    const named = flagged(asked) ?? variable(around, ...client.address) ?? (client.standard === undefined ? undefined : { name: client.standard, from: 'by default' });
    const reached: Place = named === undefined ? { clues: [] } : placeHost(client.what, firstRemote(named.name), named.from);
    const given = asked.scope ?? setting(asked, 'part');
    const part = given === undefined ? variable(around, ...(client.part?.variables ?? [])) : { name: given };
    return { ...reached, clues: [...reached.clues, client.part && part ? { what: client.part.what, ...part } : undefined] };
  };
}

/** Of several endpoints, the ones elsewhere count: none may hide behind this machine. */
function firstRemote(addresses: string): string {
  const all = addresses.split(',').map((address) => address.trim());
  return all.find((address) => beliefInHost(hostOf(address), { services: [], login: false })?.environment !== 'local') ?? all[0] ?? '';
}
