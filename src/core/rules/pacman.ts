import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { packageEffects } from '../packages.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'pacman',
  title: 'pacman',
  programs: ['pacman', 'yay', 'paru'],
  docs: 'https://man.archlinux.org/man/pacman.8',
  valueOptions: ['-b', '--dbpath', '-r', '--root', '--config', '--cachedir', '--ignore', '--color', '--arch'],
  safeOptions: ['-h', '-p', '--print'],
  operations: [
    { id: 'forced', words: [], needs: ['-c', '--cascade', '-d', '--nodeps'], unless: ['-S', '--sync', '-Q', '--query', '-U', '--upgrade', '-D', '--database', '-T', '-F', '-Y'], verb: 'delete', kind: 'package', reversibility: 'irreversible', certainty: 'likely', name: [{ operands: 'all' }], why: 'Removes {name} and everything that needs it, or leaves that broken.', saferWay: 'Remove it alone: pacman -R.' },
  ],
  inspect,
  cases: {
    caught: [
      { command: 'sudo pacman -R postgresql', by: 'data' },
      { command: 'pacman -Rns redis', by: 'data' },
      { command: 'yay -Rsn mariadb', by: 'data' },
      { command: 'sudo pacman -R linux', by: 'system' },
      { command: 'sudo pacman -Rs systemd', by: 'system' },
      { command: 'paru -R openssh', by: 'system' },
      { command: 'sudo pacman -Rdd libfoo', by: 'forced' },
      { command: 'pacman -Rc qt6-base --noconfirm', by: 'forced' },
      { command: 'sudo pacman --remove --cascade qt6-base', by: 'forced' },
    ],
    passes: ['pacman -Syu', 'pacman -Rns cowsay', 'pacman -Qdt', 'sudo pacman -S nginx', 'pacman -Sc', 'pacman -R --print nginx', 'yay -Yc'],
  },
};

function inspect(call: Call): readonly Effect[] {
  return packageEffects(rule, removed(call), call);
}

/** The packages a call takes away. */
function removed(call: Call): readonly string[] {
  return hasOption(call, '-R', '--remove') ? call.operands.map((word) => word.text) : [];
}
