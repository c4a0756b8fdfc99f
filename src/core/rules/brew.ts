import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { packageEffects } from '../packages.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'brew',
  title: 'Homebrew',
  programs: ['brew'],
  docs: 'https://docs.brew.sh/Manpage',
  valueOptions: ['--prune', '--env', '--cc', '--tap', '--version'],
  safeOptions: ['-h', '-n', '--dry-run'],
  operations: [
    { id: 'zap', words: ['uninstall|remove|rm|un'], needs: ['--zap'], verb: 'delete', kind: 'app', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Removes {name} with its settings and everything it kept in the home folder.', saferWay: 'Leave out --zap: the settings then stay.' },
    { id: 'ignore-dependencies', words: ['uninstall|remove|rm|un'], needs: ['--ignore-dependencies'], verb: 'delete', kind: 'package', reversibility: 'irreversible', certainty: 'likely', name: [{ operands: 'all' }], why: 'Removes {name} although other programs need it; they stop working.', saferWay: 'Leave out --ignore-dependencies.' },
    { id: 'bundle-cleanup', words: ['bundle', 'cleanup'], needs: ['-f', '--force'], verb: 'delete', kind: 'packages', reversibility: 'irreversible', certainty: 'likely', name: [{ text: 'every package the Brewfile does not name' }], why: 'Uninstalls {name}.', saferWay: 'Show them first: leave out --force.' },
  ],
  inspect,
  cases: {
    caught: [
      { command: 'brew uninstall postgresql@16', by: 'data' },
      { command: 'brew remove --force mysql', by: 'data' },
      { command: 'brew rm redis', by: 'data' },
      { command: 'brew uninstall --cask thunderbird', by: 'data' },
      { command: 'brew uninstall --zap --cask slack', by: 'zap' },
      { command: 'brew uninstall --cask --zap firefox', by: 'zap' },
      { command: 'brew rm --zap figma', by: 'zap' },
      { command: 'brew uninstall --ignore-dependencies openssl@3', by: 'ignore-dependencies' },
      { command: 'brew bundle cleanup --force', by: 'bundle-cleanup' },
      { command: 'brew bundle cleanup --force --file ~/Brewfile', by: 'bundle-cleanup' },
      { command: 'brew bundle cleanup -f --zap', by: 'bundle-cleanup' },
    ],
    passes: ['brew uninstall wget', 'brew cleanup', 'brew autoremove', 'brew list', 'brew install postgresql@16', 'brew services restart redis', 'brew services stop postgresql@16', 'brew upgrade', 'brew bundle cleanup', 'brew uninstall --cask rectangle'],
  },
};

function inspect(call: Call): readonly Effect[] {
  return packageEffects(rule, removed(call), call);
}

/** The packages a call takes away. */
function removed(call: Call): readonly string[] {
  return /^(?:uninstall|remove|rm|un)$/.test(call.operands[0]?.text ?? '') ? call.operands.slice(1).map((word) => word.text) : [];
}
