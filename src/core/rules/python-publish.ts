import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'python-publish',
  title: 'Python packages',
  programs: ['twine', 'poetry', 'uv', 'hatch', 'flit', 'pdm'],
  docs: 'https://packaging.python.org/en/latest/tutorials/packaging-projects/',
  valueOptions: ['-r', '--repository', '--repository-url', '--config-file', '-u', '--username', '-p', '--password', '--index', '--publish-url', '--token', '-C', '--directory', '--project'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'pypi', option: ['-r', '--repository', '--index', '--publish-url', '--repository-url'] },
  operations: [
    { id: 'twine', words: ['upload'], verb: 'publish', kind: 'package', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Publishes {name}: everybody can install it, and the version stays for ever.', saferWay: 'Check it first: twine check.' },
    { id: 'publish', words: ['publish'], verb: 'publish', kind: 'package', reversibility: 'irreversible', name: [{ text: 'this package' }], why: 'Publishes {name}: everybody can install it, and the version stays for ever.', saferWay: 'Look at what would go out: add --dry-run.' },
  ],
  cases: {
    caught: [
      { command: 'twine upload --repository testpypi dist/shop-1.0.tar.gz', by: 'twine' },
      { command: 'twine upload dist/*', by: 'twine' },
      { command: 'python -m twine upload --repository pypi dist/*', by: 'twine' },
      { command: 'poetry publish --build', by: 'publish' },
      { command: 'uv publish', by: 'publish' },
      { command: 'hatch publish', by: 'publish' },
      { command: 'flit publish', by: 'publish' },
      { command: 'pdm publish', by: 'publish' },
      { command: 'twine upload --skip-existing -r testpypi dist/shop-1.0.tar.gz', by: 'twine' },
    ],
    passes: ['twine check dist/*', 'poetry build', 'uv build', 'poetry publish --dry-run', 'uv sync', 'poetry install', 'hatch build', 'poetry add publish'],
  },
};
