import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'twilio',
  title: 'Twilio',
  programs: ['twilio'],
  docs: 'https://www.twilio.com/docs/twilio-cli',
  valueOptions: ['-p', '--profile', '--sid', '-o', '--properties'],
  safeOptions: ['-h'],
  target: { system: 'twilio', option: ['-p', '--profile'] },
  operations: [],
  unlisted: 'Twilio resource',
  controlPlane: { hosts: ['api.twilio.com', '*.twilio.com'] },
  cases: {
    caught: [
      { command: 'twilio api:core:incoming-phone-numbers:remove --sid PN1', by: 'unlisted' },
      { command: 'twilio serverless:activate:remove', by: 'unlisted' },
      { command: 'twilio profiles:remove old', by: 'unlisted' },
      { command: 'twilio api:messaging:v1:services:remove --sid MG1', by: 'unlisted' },
      { command: 'curl -X DELETE https://api.twilio.com/2010-04-01/Accounts/AC1/IncomingPhoneNumbers/PN1.json', by: 'unlisted-request' },
    ],
    passes: ['twilio phone-numbers:list', 'twilio profiles:list', 'twilio login', 'twilio api:core:messages:list'],
  },
};
