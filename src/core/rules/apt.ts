import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { packageEffects } from '../packages.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'apt',
  title: 'apt',
  programs: ['apt', 'apt-get', 'aptitude', 'dpkg'],
  docs: 'https://manpages.debian.org/stable/apt/apt-get.8.en.html',
  valueOptions: ['-o', '--option', '-c', '--config-file', '-t', '--target-release', '--root', '--admindir', '--instdir', '-a', '--host-architecture'],
  safeOptions: ['-h', '-s', '--simulate', '--just-print', '--dry-run', '--recon', '--no-act', '-d', '--download-only'],
  operations: [
    { id: 'forced', words: [], needs: ['--allow-remove-essential', '--force-yes', '--force-depends', '--force-remove-essential', '--force-all'], verb: 'delete', kind: 'package', reversibility: 'irreversible', certainty: 'likely', name: [{ operands: 'all' }], why: 'Removes packages although others need them, or the system does: {name}.', saferWay: 'Leave out what forces it.' },
  ],
  inspect,
  cases: {
    caught: [
      { command: 'sudo apt remove nginx', by: 'data' },
      { command: 'apt-get purge -y postgresql-16', by: 'data' },
      { command: 'sudo apt-get -y autoremove --purge mongodb-org redis-server', by: 'data' },
      { command: 'sudo dpkg --purge mysql-server', by: 'data' },
      { command: 'sudo apt remove python3', by: 'system' },
      { command: 'apt-get remove --purge openssh-server', by: 'system' },
      { command: 'sudo aptitude purge linux-image-6.8.0-31-generic', by: 'system' },
      { command: 'sudo dpkg -r sudo', by: 'system' },
      { command: 'sudo apt-get remove --allow-remove-essential --yes tar', by: 'forced' },
      { command: 'dpkg --remove --force-depends libfoo', by: 'forced' },
      { command: 'sudo apt-get --force-yes remove foo', by: 'forced' },
    ],
    passes: ['sudo apt-get remove docker docker.io containerd', 'apt-get remove -y build-essential', 'apt-get purge -y --auto-remove gcc make', 'sudo apt autoremove -y', 'apt-get clean', 'sudo apt remove -s nginx', 'apt-get remove --dry-run postgresql', 'apt install nginx', 'apt list --installed', 'dpkg -l', 'dpkg -i app.deb', 'sudo apt remove cowsay', 'apt show docker-ce'],
  },
};

function inspect(call: Call): readonly Effect[] {
  return packageEffects(rule, removed(call), call);
}

/** The packages a call takes away. */
function removed(call: Call): readonly string[] {
  return call.invocation.program === 'dpkg'
    ? (hasOption(call, '-r', '--remove', '-P', '--purge') ? call.operands.map((word) => word.text) : [])
    : /^(?:remove|purge|autoremove|autopurge)$/.test(call.operands[0]?.text ?? '') ? call.operands.slice(1).map((word) => word.text) : [];
}
