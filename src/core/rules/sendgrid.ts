import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'sendgrid',
  title: 'SendGrid',
  programs: ['sendgrid'],
  docs: 'https://www.twilio.com/docs/sendgrid/api-reference',
  valueOptions: [],
  safeOptions: ['-h'],
  target: { system: 'sendgrid' },
  operations: [],
  unlisted: 'SendGrid resource',
  controlPlane: { hosts: ['api.sendgrid.com'] },
  cases: {
    caught: [
      { command: 'curl -X DELETE https://api.sendgrid.com/v3/api_keys/k1', by: 'unlisted-request' },
      { command: 'curl -X DELETE https://api.sendgrid.com/v3/marketing/contacts?delete_all_contacts=true', by: 'unlisted-request' },
      { command: 'curl -X DELETE https://api.sendgrid.com/v3/templates/t1', by: 'unlisted-request' },
      { command: 'sendgrid templates delete t1', by: 'unlisted' },
    ],
    passes: ['curl https://api.sendgrid.com/v3/templates', 'curl https://api.sendgrid.com/v3/mail_settings', 'sendgrid --help'],
  },
};
