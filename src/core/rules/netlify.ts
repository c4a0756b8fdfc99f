import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'netlify',
  title: 'Netlify',
  programs: ['netlify', 'ntl'],
  packages: ['netlify-cli'],
  docs: 'https://cli.netlify.com/',
  valueOptions: ['-s', '--site', '-d', '--dir', '-a', '--alias', '-m', '--message', '--auth', '-c', '--context', '-f', '--functions', '--filter', '--from', '--to', '-t', '--scope', '--timeout'],
  safeOptions: ['-h'],
  target: { system: 'netlify', option: ['--context', '-s', '--site'], variable: ['NETLIFY_SITE_ID'] },
  operations: [
    { id: 'site-delete', words: ['sites:delete'], verb: 'delete', kind: 'site', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the Netlify site {name} with its deploys, forms and variables.', saferWay: 'List it first and let a person delete it.' },
    { id: 'env-unset', words: ['env:unset'], verb: 'delete', kind: 'variable', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the variable {name} for every deploy context.', saferWay: 'Let a person keep the value first.' },
    { id: 'env-clone', words: ['env:clone'], verb: 'overwrite', kind: 'variables', reversibility: 'irreversible', name: [{ option: ['--to', '-t'] }], why: 'Overwrites variables of {name} with those of another site.', saferWay: 'Let a person keep the value first.' },
    { id: 'blob-delete', words: ['blobs:delete'], verb: 'delete', kind: 'blob', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the blob {name}.', saferWay: 'Keep a copy of the data first.' },
    { id: 'deploy-prod', words: ['deploy'], needs: ['--prod', '-p', '--prodIfUnlocked', '--prod-if-unlocked'], verb: 'publish', kind: 'production deploy', reversibility: 'recoverable', name: [{ option: ['--site', '-s'] }, { text: 'this site' }], why: 'Puts {name} live in production.', saferWay: 'Deploy a draft: leave out --prod.' },
    { id: 'db-reset', words: ['db|database', 'reset|drop'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Drops the database: all data is lost.', saferWay: 'Keep a copy of the data first.' },
  ],
  unlisted: 'Netlify resource',
  controlPlane: {
    hosts: ['api.netlify.com'],
    paths: [
      { id: 'api-site-delete', request: 'DELETE /api/v1/sites/:site', verb: 'delete', kind: 'site', reversibility: 'irreversible', name: ['site'], why: 'Deletes the Netlify site {name} with its deploys, forms and variables.', saferWay: 'List it first and let a person delete it.' },
      { id: 'api-deploy-delete', request: 'DELETE /api/v1/deploys/:deploy', verb: 'delete', kind: 'deploy', reversibility: 'irreversible', name: ['deploy'], why: 'Deletes the deploy {name}.', saferWay: 'List it first and let a person delete it.' },
      { id: 'api-env-delete', request: 'DELETE /api/v1/accounts/:account/env/:key', verb: 'delete', kind: 'variable', reversibility: 'irreversible', name: ['key'], why: 'Deletes the variable {name}.', saferWay: 'Let a person keep the value first.' },
    ],
  },
  cases: {
    caught: [
      { command: 'netlify sites:delete 123-abc --force', by: 'site-delete' },
      { command: 'ntl sites:delete 123-abc', by: 'site-delete' },
      { command: 'npx netlify-cli sites:delete 123-abc', by: 'site-delete' },
      { command: 'netlify env:unset STRIPE_KEY', by: 'env-unset' },
      { command: 'netlify env:clone --to 456 -f', by: 'env-clone' },
      { command: 'netlify blobs:delete uploads a.png', by: 'blob-delete' },
      { command: 'netlify deploy --prod --dir dist', by: 'deploy-prod' },
      { command: 'netlify db reset', by: 'db-reset' },
      { command: 'netlify addons:delete demo', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.netlify.com/api/v1/sites/123', by: 'api-site-delete' },
      { command: 'curl -X DELETE https://api.netlify.com/api/v1/deploys/1', by: 'api-deploy-delete' },
      { command: 'curl -X DELETE https://api.netlify.com/api/v1/accounts/a/env/KEY', by: 'api-env-delete' },
    ],
    passes: ['netlify status', 'netlify deploy --dir dist', 'netlify build', 'netlify sites:list', 'netlify env:list', 'netlify env:set DELETE_OLD true', 'netlify dev', 'netlify link', 'netlify logs', 'curl https://api.netlify.com/api/v1/sites'],
  },
};
