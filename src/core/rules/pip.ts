import { strangerEffects } from '../package-sources.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'pip',
  title: 'pip',
  programs: ['pip', 'pip3', 'pipx', 'conda', 'mamba', 'micromamba'],
  docs: 'https://pip.pypa.io/en/stable/cli/pip_uninstall/',
  harmless: { pip: { first: ['list', 'show', 'freeze', 'check'] }, pip3: { first: ['list', 'show', 'freeze', 'check'] } },
  valueOptions: ['-i', '--index-url', '--extra-index-url', '-f', '--find-links', '-t', '--target', '-r', '--requirement', '-n', '--name', '-p', '--prefix', '--root-user-action', '--python', '-c', '--channel'],
  safeOptions: ['-h', '-d', '--dry-run'],
  operations: [
    { id: 'uninstall-all', words: ['uninstall-all'], verb: 'delete', kind: 'programs', reversibility: 'irreversible', name: [{ text: 'every program' }], why: 'Removes {name} pipx has installed.', saferWay: 'Name the one that is meant: pipx uninstall.' },
    { id: 'system-uninstall', words: ['uninstall'], needs: ['--break-system-packages'], verb: 'delete', kind: 'packages', reversibility: 'irreversible', certainty: 'likely', name: [{ operands: 'all' }], why: 'Removes Python packages that the system’s own package manager put there: programs of the system may no longer run.', saferWay: 'Work in a virtual environment.' },
    { id: 'env-remove', words: ['env', 'remove'], verb: 'delete', kind: 'environment', reversibility: 'irreversible', name: [{ option: ['-n', '--name', '-p', '--prefix'] }], why: 'Deletes the environment {name} with every package in it, and what is kept in its folder.', saferWay: 'Keep what is in it first: conda env export.' },
    { id: 'remove-all', words: ['remove|uninstall'], needs: ['--all'], verb: 'delete', kind: 'environment', reversibility: 'irreversible', name: [{ option: ['-n', '--name', '-p', '--prefix'] }], why: 'Deletes the environment {name} with every package in it.', saferWay: 'Keep what is in it first: conda env export.' },
  ],
  inspect: (call) => strangerEffects(call, { tool: 'pip', docs: 'https://pip.pypa.io/en/stable/cli/pip_install/', installs: /^(?:install|download|wheel|inject)\b/, options: ['-i', '--index-url', '--extra-index-url', '-f', '--find-links'] }),
  cases: {
    caught: [
      { command: 'pip --quiet install http://packages.example.com/shop-1.0.tar.gz', by: 'stranger' },
      { command: 'pip install https://downloads.example.net/shop.whl', by: 'stranger' },
      { command: 'pip3 install --index-url http://mirror.example.com/simple shop', by: 'stranger' },
      { command: 'pipx install "shop @ https://downloads.example.net/shop.zip"', by: 'stranger' },
      { command: 'pipx uninstall-all', by: 'uninstall-all' },
      { command: 'python -m pipx uninstall-all', by: 'uninstall-all' },
      { command: 'pipx uninstall-all --verbose', by: 'uninstall-all' },
      { command: 'sudo pip uninstall -y --break-system-packages requests', by: 'system-uninstall' },
      { command: 'pip3 uninstall --break-system-packages numpy', by: 'system-uninstall' },
      { command: 'python3 -m pip uninstall -y --break-system-packages six', by: 'system-uninstall' },
      { command: 'conda env remove -n shop', by: 'env-remove' },
      { command: 'mamba env remove --name shop -y', by: 'env-remove' },
      { command: 'conda env remove --prefix ./env', by: 'env-remove' },
      { command: 'conda remove -n shop --all', by: 'remove-all' },
      { command: 'conda uninstall --name shop --all -y', by: 'remove-all' },
      { command: 'micromamba remove -n shop --all', by: 'remove-all' },
    ],
    passes: ['pip install git+https://github.com/psf/requests.git', 'pip install --index-url https://download.pytorch.org/whl/cpu torch', 'pip install --index-url http://localhost:3141/simple shop', 'pip install --extra-index-url https://pypi.acme.example/simple shop', 'pip install https://files.pythonhosted.org/packages/x/requests-2.0.whl', 'pip install ./shop.tar.gz', 'pip install git+https://git.acme.example/shop.git', 'pip uninstall -y requests', 'pip install requests', 'pip3 uninstall numpy', 'pip cache purge', 'pipx uninstall black', 'conda remove numpy', 'conda env list', 'conda clean --all'],
  },
};
