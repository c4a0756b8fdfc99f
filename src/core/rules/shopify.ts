import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'shopify',
  title: 'Shopify',
  programs: ['shopify'],
  packages: ['@shopify/cli'],
  docs: 'https://shopify.dev/docs/api/shopify-cli',
  valueOptions: ['-s', '--store', '-t', '--theme', '-e', '--environment', '--path', '--password', '-o', '--only', '-x', '--ignore', '-c', '--config', '--client-id', '--version', '-m', '--message', '--env-file', '--branch', '--query', '--variables', '--file'],
  safeOptions: ['-h'],
  target: { system: 'shopify', option: ['-e', '--environment', '-s', '--store'] },
  operations: [
    { id: 'theme-delete', words: ['theme', 'delete'], verb: 'delete', kind: 'theme', reversibility: 'irreversible', name: [{ option: ['-t', '--theme'] }, { text: 'a theme of the store' }], why: 'Deletes {name} with everything people changed in its editor.', saferWay: 'Download it first: shopify theme pull.' },
    { id: 'theme-push', words: ['theme', 'push|publish'], unless: ['-u', '--unpublished', '-d', '--development'], verb: 'overwrite', kind: 'theme', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['-t', '--theme'] }, { text: 'a theme of the store' }], why: 'Overwrites {name}, or puts it live: what people changed in its editor is lost.', saferWay: 'Push to a new theme: --unpublished.' },
    { id: 'app-release', words: ['app', 'deploy|release'], unless: ['--no-release'], verb: 'publish', kind: 'app version', reversibility: 'irreversible', name: [{ option: ['--client-id', '-c', '--config'] }, { text: 'this app' }], why: 'Releases {name} to every store that has it.', saferWay: 'Deploy without releasing: --no-release.' },
    { id: 'store-execute', words: ['store|app', 'execute|bulk'], needs: ['--allow-mutations'], verb: 'overwrite', kind: 'store data', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['-s', '--store'] }], why: 'Changes the data of the store {name} by a mutation.', saferWay: 'Leave out --allow-mutations: it can then only read.' },
  ],
  unlisted: 'Shopify resource',
  cases: {
    caught: [
      { command: 'shopify theme delete -t 123 -f', by: 'theme-delete' },
      { command: 'shopify theme delete --development', by: 'theme-delete' },
      { command: 'shopify theme push --live --allow-live', by: 'theme-push' },
      { command: 'shopify theme publish --theme 123 --force', by: 'theme-push' },
      { command: 'shopify app deploy --force', by: 'app-release' },
      { command: 'shopify app release --version v3', by: 'app-release' },
      { command: 'npx shopify app deploy -c production', by: 'app-release' },
      { command: 'shopify store execute --allow-mutations --query q', by: 'store-execute' },
      { command: 'shopify store execute --store shop --allow-mutations --query-file m', by: 'store-execute' },
      { command: 'shopify store bulk --allow-mutations', by: 'store-execute' },
      { command: 'shopify hydrogen env remove', by: 'unlisted' },
    ],
    passes: ['shopify theme dev', 'shopify theme list', 'shopify theme pull', 'shopify theme push --unpublished', 'shopify app dev', 'shopify app deploy --no-release', 'shopify theme check'],
  },
};
