import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'splunk',
  title: 'Splunk',
  programs: ['splunk'],
  docs: 'https://help.splunk.com/en/splunk-enterprise/administer/admin-manual/',
  valueOptions: [],
  safeOptions: ['-h'],
  target: { system: 'splunk' },
  operations: [
    { id: 'clean', words: ['clean'], verb: 'delete', kind: 'index', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the events, users or settings of {name}.', saferWay: 'Keep a copy of the data first.' },
  ],
  unlisted: 'Splunk resource',
  cases: {
    caught: [
      { command: 'splunk clean eventdata -index main', by: 'clean' },
      { command: 'splunk remove index main', by: 'unlisted' },
      { command: 'splunk delete user alice', by: 'unlisted' },
      { command: 'splunk clean all -f', by: 'clean' },
      { command: 'sudo splunk clean userdata -f', by: 'clean' },
    ],
    passes: ['splunk status', 'splunk search x', 'splunk list index'],
  },
};
