import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { packageEffects } from '../packages.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'zypper',
  title: 'zypper',
  programs: ['zypper'],
  docs: 'https://manpages.opensuse.org/Tumbleweed/zypper/zypper.8.en.html',
  valueOptions: ['-R', '--root', '-r', '--repo', '-t', '--type', '--installroot', '-C', '--capability'],
  safeOptions: ['-h', '-D', '--dry-run'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'sudo zypper remove postgresql-server', by: 'data' },
      { command: 'zypper -n rm redis', by: 'data' },
      { command: 'sudo zypper rm --clean-deps mariadb', by: 'data' },
      { command: 'sudo zypper remove systemd', by: 'system' },
      { command: 'zypper --non-interactive rm openssh-server', by: 'system' },
      { command: 'sudo zypper rm grub2', by: 'system' },
    ],
    passes: ['zypper install nginx', 'zypper rm -D nginx', 'zypper search docker', 'sudo zypper remove cowsay', 'zypper clean'],
  },
};

function inspect(call: Call): readonly Effect[] {
  return packageEffects(rule, removed(call), call);
}

/** The packages a call takes away. */
function removed(call: Call): readonly string[] {
  return /^(?:remove|rm)$/.test(call.operands[0]?.text ?? '') ? call.operands.slice(1).map((word) => word.text) : [];
}
