import type { Call } from './call.ts';
import type { Effect } from './effect.ts';
import type { Rule } from './rule.ts';

/**
 * Removing a package loses nothing that cannot be installed again, with two exceptions: programs that keep data of
 * their own, and those without which the machine no longer starts, or nobody reaches it any more.
 */

/** Beginnings of the names of packages that keep data: databases, queues, virtual machines, mail, what serves a site. Docker is not among them: its data stays. */
const keepers: readonly string[] = [
  'postgresql', 'mysql', 'mariadb', 'percona', 'mongodb', 'mongo-', 'redis', 'valkey', 'memcached', 'cassandra', 'clickhouse', 'couchdb', 'influxdb', 'elasticsearch', 'opensearch', 'neo4j', 'sqlserver', 'mssql-server', 'rabbitmq', 'kafka',
  'lxd', 'lxc', 'incus', 'libvirt', 'qemu-kvm', 'virtualbox', 'vmware',
  'nginx', 'apache2', 'httpd', 'caddy', 'haproxy', 'traefik', 'postfix', 'dovecot', 'exim', 'bind9', 'dnsmasq', 'unbound', 'samba', 'slapd', 'openldap', 'vault', 'consul', 'etcd', 'grafana', 'prometheus', 'jenkins', 'gitlab', 'gitea', 'minio', 'nextcloud', 'zabbix',
  'thunderbird', 'keepass', 'signal',
];

/** Beginnings of the names of packages a machine does not work without. */
const essentials: readonly string[] = [
  'linux-image', 'linux-generic', 'linux-firmware', 'linux-lts', 'kernel', 'grub', 'grub2', 'shim-signed', 'systemd', 'init', 'upstart', 'libc6', 'glibc', 'musl', 'coreutils', 'util-linux', 'bash', 'dash', 'login', 'passwd', 'sudo', 'doas', 'pam', 'libpam', 'apt', 'dpkg', 'rpm', 'dnf', 'yum', 'zypper', 'pacman', 'apk-tools',
  'openssh', 'network-manager', 'networkmanager', 'netplan', 'ifupdown', 'wpa_supplicant', 'wpasupplicant', 'ufw', 'firewalld', 'nvidia-driver', 'mesa', 'lvm2', 'zfs', 'cryptsetup', 'mdadm', 'btrfs-progs',
  'ubuntu-desktop', 'ubuntu-server', 'gnome-shell', 'gdm', 'lightdm', 'sddm', 'kde-plasma', 'plasma-desktop', 'xorg', 'xserver-xorg',
];

/** Interpreters the system itself runs on, by their whole name. */
const interpreters: ReadonlySet<string> = new Set(['python', 'python3', 'python3-minimal', 'perl', 'perl-base', 'linux', 'base', 'filesystem', '*', 'ca-certificates', 'tzdata']);

/** How a package of that name is missed; undefined for one that is only installed again. */
function weightOf(name: string): 'data' | 'system' | undefined {
  const plain = name.toLowerCase().replace(/^.*\//, '').replace(/^(?:lib)?(?=python3?$)/, '').replace(/[:=].*$/, '');
  if (interpreters.has(plain) || essentials.some((essential) => plain === essential || plain.startsWith(`${essential}-`) || (essential.length > 4 && plain.startsWith(essential)))) return 'system';
  return keepers.some((keeper) => plain.startsWith(keeper)) ? 'data' : undefined;
}

/**
 * What the removal of packages loses, as findings by `data` and `system`.
 * @param names the packages a call removes
 */
export function packageEffects(rule: Pick<Rule, 'tool' | 'title' | 'docs'>, names: readonly string[], { invocation }: Call): readonly Effect[] {
  const weighty = names.slice(0, 200).map((name) => ({ name, weight: weightOf(name) }));
  return (['data', 'system'] as const).flatMap((weight) => {
    const found = weighty.filter((each) => each.weight === weight).map(({ name }) => name).join(', ');
    return found === '' ? [] : [removalEffect(rule, weight, found, invocation)];
  });
}

function removalEffect({ tool, title, docs }: Pick<Rule, 'tool' | 'title' | 'docs'>, weight: 'data' | 'system', name: string, { env, span }: Call['invocation']): Effect {
  return {
    verb: 'delete', resource: { kind: 'package', name, provider: title }, reversibility: 'irreversible', certainty: 'likely', rule: `${tool}/${weight}`,
    why: weight === 'data' ? `Removes ${name}: what it serves stops, and its settings or data may go with it.` : `Removes ${name}, without which this machine may no longer start or be reached.`,
    saferWay: weight === 'data' ? 'Stop the service instead, and keep a copy of its data first.' : 'Let a person look at what would go with it.',
    docs, target: { by: 'path' }, env, ...(span ? { span } : {}),
  };
}
