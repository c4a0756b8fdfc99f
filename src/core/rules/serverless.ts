import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'serverless',
  title: 'Serverless Framework',
  programs: ['serverless', 'sls', 'osls'],
  docs: 'https://www.serverless.com/framework/docs/providers/aws/cli-reference/remove',
  valueOptions: ['-s', '--stage', '-r', '--region', '-c', '--config', '--aws-profile', '-f', '--function', '-t', '--timestamp', '-p', '--package', '--param'],
  safeOptions: ['-h'],
  target: { system: 'serverless', option: ['-s', '--stage'], settings: { config: ['-c', '--config'], profile: ['--aws-profile'] } },
  operations: [
    { id: 'remove', words: ['remove'], verb: 'delete', kind: 'service', reversibility: 'irreversible', name: [{ option: ['-s', '--stage'] }], why: 'Removes every resource of the service from the cloud, buckets and tables included.', saferWay: 'Show what is there: serverless info.' },
    { id: 'rollback', words: ['rollback'], verb: 'overwrite', kind: 'service', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['-s', '--stage'] }], why: 'Puts the service back to an earlier deployment.', saferWay: 'Look first: serverless deploy list.' },
    { id: 'deploy-force', words: ['deploy'], needs: ['--force'], verb: 'overwrite', kind: 'service', reversibility: 'irreversible', certainty: 'likely', name: [{ option: ['-s', '--stage'] }], why: 'Deploys even where nothing changed, over whatever was changed by hand.', saferWay: 'Leave out --force.' },
  ],
  cases: {
    caught: [
      { command: 'serverless remove', by: 'remove' },
      { command: 'sls remove --stage prod', by: 'remove' },
      { command: 'npx serverless remove -s dev --region eu-west-1', by: 'remove' },
      { command: 'sls rollback -t 1476893957131', by: 'rollback' },
      { command: 'sls deploy --force', by: 'deploy-force' },
      { command: 'serverless rollback --timestamp 1476893957131 --stage prod', by: 'rollback' },
      { command: 'npx serverless rollback -t 2 -s dev', by: 'rollback' },
      { command: 'serverless deploy --stage prod --force', by: 'deploy-force' },
      { command: 'npx sls deploy --force -s dev', by: 'deploy-force' },
    ],
    passes: ['sls deploy --stage dev', 'sls info', 'sls logs -f hello', 'sls package', 'serverless print', 'sls invoke -f remove', 'sls offline'],
  },
};
