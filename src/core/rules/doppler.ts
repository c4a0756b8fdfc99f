import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'doppler',
  title: 'Doppler',
  programs: ['doppler'],
  docs: 'https://docs.doppler.com/docs/cli',
  valueOptions: ['-p', '--project', '-c', '--config', '-t', '--token', '--scope', '-e', '--environment'],
  safeOptions: ['-h'],
  target: { system: 'doppler', option: ['-c', '--config'], variable: ['DOPPLER_CONFIG'], scope: ['-p', '--project'] },
  operations: [],
  unlisted: 'Doppler resource',
  controlPlane: { hosts: ['api.doppler.com'] },
  cases: {
    caught: [
      { command: 'doppler secrets delete DATABASE_URL -y', by: 'unlisted' },
      { command: 'doppler configs delete dev --yes', by: 'unlisted' },
      { command: 'doppler projects delete shop', by: 'unlisted' },
      { command: 'doppler environments delete stg', by: 'unlisted' },
      { command: 'doppler configs tokens revoke t1', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.doppler.com/v3/projects/project', by: 'unlisted-request' },
    ],
    passes: ['doppler secrets', 'doppler run --help', 'doppler setup', 'doppler secrets set DELETE_OLD=1', 'doppler configs list'],
  },
};
