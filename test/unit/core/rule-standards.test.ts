import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Rule } from '../../../src/core/rule.ts';
import { rules } from '../../../src/core/rules/all.ts';
import { coverage } from '../../docs/coverage-list.ts';
import type { Finding } from '../../../src/core/verdict.ts';
import { listedIn, verdictOn } from './rule-cases.ts';

/** What every rule has to bring before it counts as done. */

const tools = new Set(rules.map((rule) => rule.tool));

describe('the coverage list', () => {
  for (const group of coverage) {
    for (const [tool, rule] of Object.entries(group.tools)) {
      it(`has a rule for ${tool}`, () => assert.ok(tools.has(rule), `src/core/rules/${rule}.ts is missing`));
    }
  }
});

describe('each rule', () => {
  for (const rule of rules) {
    it(`${rule.tool} has cases for all it does`, () => assert.deepEqual(missingCases(rule), []));
    it(`${rule.tool} links its vendor`, () => {
      assert.deepEqual(linksOf(rule).filter((link) => !isOfVendor(rule, new URL(link))), []);
    });
    it(`${rule.tool} says what is lost and what is safer`, () => assert.deepEqual(sentencesOf(rule).filter((text) => !isSentence(text)), []));
  }
});

describe('all rules together', () => {
  it('have a name of their own', () => assert.deepEqual(twice(rules.map((rule) => rule.tool)), []));
  it('have an id of its own for each operation', () => assert.deepEqual(twice(rules.flatMap((rule) => listedIn(rule).map(({ operation }) => `${rule.tool}/${operation.id}`))), []));
  it('have no case twice', () => assert.deepEqual(twice(rules.flatMap(({ cases }) => [...cases.caught.map(({ command }) => command), ...cases.passes])), []));
  it('claim no program of another', () => {
    const programs = rules.flatMap((rule) => [...rule.programs, ...(rule.packages ?? [])]);
    assert.deepEqual(twice(programs).sort(), sharedPrograms);
  });
});

/** `cargo sqlx`; what changes a file's rights may change a guard's; and a process that is killed may be anybody's or the guard itself. */
const sharedPrograms = ['cargo', 'chattr', 'cloudflared', 'gradle', 'gradlew', 'kill', 'killall', 'lftp', 'mvn', 'mvnd', 'mvnw', 'nc', 'ncat', 'pkill', 'sftp', 'socat', 'taskkill'];

const CASES = 3;

/** What a rule lacks of a case for each operation, three for each family of them and three look-alikes. */
function missingCases(rule: Rule): readonly string[] {
  const caught = rule.cases.caught.map(({ by }) => by);
  const listed = listedIn(rule);
  const familyOf = new Map(listed.map(({ operation, family }) => [operation.id, family]));
  const short = [...new Set(familyOf.values())].map((family) => ({ family, count: caught.filter((by) => familyOf.get(by) === family).length })).filter(({ count }) => count < CASES);
  return [
    ...idsOf(rule).filter((id) => !caught.includes(id)).map((id) => `no case for ${id}`),
    ...short.map(({ family, count }) => `${count} of ${CASES} caught for ${family}`),
    ...(caught.length < CASES ? [`${caught.length} of ${CASES} caught`] : []),
    ...(rule.cases.passes.length < CASES ? [`${rule.cases.passes.length} of ${CASES} look-alikes`] : []),
  ];
}

/** The ids a rule can find something by. Those that its code makes are read from the code. */
function idsOf(rule: Rule): readonly string[] {
  const text = sourceOf(rule);
  const made = [...text.matchAll(/\bid: ([^,}\n]*)|\w*[eE]ffect\(('[^']*')/g)].flatMap((match) => [...(match[1] ?? match[2] ?? '').matchAll(/'([a-z0-9-]+)'/g)].map((id) => id[1] ?? ''));
  const spelled = [...text.matchAll(new RegExp(`'${rule.tool}/([a-z0-9-]+)'`, 'g'))].map((match) => match[1] ?? '');
  const verbRule = rule.unlisted === undefined ? [] : ['unlisted'];
  return [...new Set([...listedIn(rule).map(({ operation }) => operation.id), ...made, ...spelled, ...verbRule])];
}

/** The rule's file without its cases, and the room of its tool where there is one. */
function sourceOf({ tool }: Rule): string {
  const room = `src/core/${tool}`;
  const files = [`src/core/rules/${tool}.ts`, ...(existsSync(room) ? readdirSync(room).map((file) => `${room}/${file}`) : [])];
  return files.map((file) => readFileSync(file, 'utf8').replace(/^ {2}cases: \{$[^]*?^ {2}\},$/m, '')).join('\n');
}

/** What a rule finds itself in its own cases. */
function findingsOf(rule: Rule): readonly Finding[] {
  return rule.cases.caught.flatMap(({ command, sighted }) => verdictOn(command, sighted).findings.filter((finding) => finding.rule.startsWith(`${rule.tool}/`)));
}

function linksOf(rule: Rule): readonly string[] {
  const spelled = [...sourceOf(rule).matchAll(/\bdocs(?:: | = )'([^']+)'/g)].map((match) => match[1] ?? '');
  return [...new Set([rule.docs, ...spelled, ...findingsOf(rule).flatMap(({ docs }) => docs ?? [])])];
}

function sentencesOf(rule: Rule): readonly string[] {
  return [...listedIn(rule).map(({ operation }) => operation), ...findingsOf(rule)].flatMap(({ why, saferWay }) => [why, ...(saferWay === undefined ? [] : [saferWay])]);
}

/** Long enough to say something, short enough for the line of a modal. */
function isSentence(text: string): boolean {
  return /^[A-Z].*[^.]\.$/.test(text) && text.split(' ').length >= 2 && text.length <= 240;
}

/** Hosts that carry neither the tool's name nor that of its maker, with the tools documented there. */
const vendors: Readonly<Record<string, readonly string[]>> = {
  'book.cakephp.org': ['phinx'],
  'cabal.readthedocs.io': ['release-tools'],
  'cloud.google.com': ['bq', 'gsutil'],
  'code.visualstudio.com': ['release-tools'],
  'cursor.com': ['coding-agents'],
  'dart.dev': ['release-tools'],
  'dev.mysql.com': ['mysqladmin'],
  'developer.atlassian.com': ['bitbucket'],
  'developer.bitcoin.org': ['wallets'],
  'developer.hashicorp.com': ['consul', 'nomad', 'packer', 'terraform', 'vault'],
  'developer.konghq.com': ['deck'],
  'developer.squareup.com': ['square'],
  'developer.wordpress.org': ['wp'],
  'developers.cloudflare.com': ['cloudflared'],
  'developers.openai.com': ['coding-agents'],
  'doc.rust-lang.org': ['cargo'],
  'docs.anza.xyz': ['wallets'],
  'docs.conan.io': ['release-tools'],
  'docs.corelightning.org': ['wallets'],
  'docs.aws.amazon.com': ['eksctl'],
  'developer.paypal.com': ['braintree'],
  'docs.ansible.com': ['ansible-playbook'],
  'docs.factory.ai': ['coding-agents'],
  'docs.github.com': ['coding-agents'],
  'docs.lightning.engineering': ['wallets'],
  'docs.near.org': ['wallets'],
  'docs.sui.io': ['wallets'],
  'documentation.red-gate.com': ['flyway', 'java-migrations'],
  'download.samba.org': ['rsync'],
  'electrum.readthedocs.io': ['wallets'],
  'experienceleague.adobe.com': ['magento'],
  'extensionworkshop.com': ['release-tools'],
  'getfoundry.sh': ['wallets'],
  'geth.ethereum.org': ['wallets'],
  'gnome.pages.gitlab.gnome.org': ['secret-tool'],
  'goreleaser.com': ['release-tools'],
  'guides.cocoapods.org': ['release-tools'],
  'grafana.com': ['loki'],
  'infozip.sourceforge.net': ['unzip'],
  'jsr.io': ['release-tools'],
  'kiro.dev': ['coding-agents'],
  'kubectl.docs.kubernetes.io': ['kustomize'],
  'kubernetes.io': ['kubeadm', 'kubectl'],
  'learn.microsoft.com': ['az', 'azcopy', 'dotnet', 'kill', 'winget'],
  'lerna.js.org': ['release-tools'],
  'man.archlinux.org': ['apk', 'pacman', 'trash'],
  'man.openbsd.org': ['pfctl', 'scp', 'sftp', 'ssh-keygen'],
  'man7.org': ['at', 'badblocks', 'chattr', 'crontab', 'cryptsetup', 'dmsetup', 'fsck', 'guard-process', 'hdparm', 'init', 'ip', 'iptables', 'kill', 'killall', 'lvm', 'mdadm', 'mkfs', 'modprobe', 'mount', 'net-tools', 'partition', 'passwd', 'service', 'shutdown', 'sysctl', 'update-alternatives', 'userdel'],
  'manpages.debian.org': ['apt'],
  'manpages.opensuse.org': ['zypper'],
  'manpages.ubuntu.com': ['ufw'],
  'semantic-release.gitbook.io': ['release-tools'],
  'support.apple.com': ['defaults', 'diskutil', 'keychain', 'launchctl', 'networksetup', 'tmutil'],
  'techdocs.akamai.com': ['linode'],
  'www.elastic.co': ['elasticsearch'],
  'www.freedesktop.org': ['journalctl', 'loginctl', 'systemctl'],
  'www.gnu.org': ['chmod', 'chown', 'cp', 'dd', 'find', 'install', 'ln', 'mv', 'parted', 'rm', 'sed', 'shred', 'tar', 'tee', 'truncate', 'wget'],
  'www.libvirt.org': ['virsh'],
  'www.passwordstore.org': ['pass'],
  'www.postgresql.org': ['dropdb', 'pg_restore', 'psql'],
  'www.twilio.com': ['sendgrid'],
};

function isOfVendor(rule: Rule, link: URL): boolean {
  return link.protocol === 'https:' && (vendors[link.host]?.includes(rule.tool) === true || namesTool(rule, link));
}

/** Hosts that anybody may publish at: there the rest of the address counts too. */
const shared = /^(?:github\.com|hexdocs\.pm|[\w-]+\.github\.io|[\w-]+\.readthedocs\.io)$/;

function namesTool({ tool, title, programs }: Rule, { host, pathname }: URL): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const where = plain(shared.test(host) ? host + pathname : host);
  // A title that is no name, such as `the editor`, says nothing of the vendor.
  const named = title.split(' ').filter((word) => /^[A-Z0-9]/.test(word));
  return [tool, title, ...named, ...programs].map(plain).some((name) => name.length > 1 && where.includes(name));
}

function twice(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}
