import { customCommandEffects } from '../custom-commands.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'convex',
  title: 'Convex',
  programs: ['convex'],
  docs: 'https://docs.convex.dev/cli',
  valueOptions: ['--deployment-name', '--env-file', '--url', '--admin-key', '--preview-name', '--table', '--format', '--path', '--cmd', '--component'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'convex', option: ['--deployment-name'], settings: { prod: ['--prod'], preview: ['--preview-name'], url: ['--url'], envFile: ['--env-file'] } },
  operations: [
    { id: 'import-replace', words: ['import'], needs: ['--replace', '--replace-all'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Replaces the data of tables with {name}: what is there now is lost.', saferWay: 'Add to it instead: --append.' },
    { id: 'env-remove', words: ['env', 'remove|rm|unset'], verb: 'delete', kind: 'variable', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the variable {name}.', saferWay: 'Let a person keep the value first.' },
    { id: 'deploy', words: ['deploy'], verb: 'publish', kind: 'production deployment', reversibility: 'recoverable', name: [{ text: 'this project' }], why: 'Puts the functions and schema of {name} live in production.', saferWay: 'Look first: npx convex deploy --dry-run.' },
  ],
  // `convex run` calls a function of the project. https://docs.convex.dev/cli#run-functions
  inspect: (call) => (call.operands[0]?.text === 'run' ? customCommandEffects(call.operands[1], call, rule, { by: 'named', system: 'convex' }) : []),
  unlisted: 'Convex resource',
  cases: {
    caught: [
      { command: 'npx convex import --replace backup.zip', by: 'import-replace' },
      { command: 'npx convex import --replace-all --prod backup.zip', by: 'import-replace' },
      { command: 'convex import --table users --replace users.jsonl', by: 'import-replace' },
      { command: 'npx convex env remove STRIPE_KEY --prod', by: 'env-remove' },
      { command: 'npx convex deploy -y', by: 'deploy' },
      { command: 'convex data clear', by: 'unlisted' },
      { command: 'npx convex env unset STRIPE_KEY', by: 'env-remove' },
      { command: 'convex --env-file .env.prod env rm STRIPE_KEY', by: 'env-remove' },
      { command: 'CONVEX_DEPLOY_KEY=x npx convex deploy', by: 'deploy' },
      { command: 'bunx convex deploy --cmd "npm run build"', by: 'deploy' },
      { command: 'npx convex run admin:wipeOrders --prod', by: 'custom-command' },
      { command: 'npx convex run users:deleteEverybody', by: 'custom-command' },
    ],
    passes: ['npx convex dev', 'npx convex import --append users.jsonl --table users', 'npx convex export --path x', 'npx convex env list', 'npx convex logs', 'npx convex data', 'npx convex deploy --dry-run', 'npx convex run messages:list', 'npx convex run orders:list', 'npx convex run cache:clear'],
  },
};
