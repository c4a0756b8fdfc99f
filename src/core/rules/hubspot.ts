import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'hubspot',
  title: 'HubSpot',
  programs: ['hs'],
  packages: ['@hubspot/cli'],
  docs: 'https://developers.hubspot.com/docs/cms/developer-reference/local-development-cli',
  valueOptions: ['-a', '--account', '-p', '--portal', '--config', '-c', '--env', '-m', '--mode', '--name', '--project'],
  safeOptions: ['-h', '--help'],
  target: { system: 'hubspot', option: ['-a', '--account', '-p', '--portal'] },
  operations: [
    { id: 'remove', words: ['remove|rm|delete'], verb: 'delete', kind: 'file', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes {name} from the account.', saferWay: 'Fetch it first: hs fetch.' },
    { id: 'fetch-overwrite', words: ['upload', '*'], needs: ['--clean'], verb: 'overwrite', kind: 'files', reversibility: 'irreversible', name: [{ operand: 1 }], why: 'Overwrites {name} in the account, and deletes what is not in the folder.', saferWay: 'Leave out --clean.' },
    { id: 'sandbox-delete', words: ['sandbox|secret|secrets', 'delete'], verb: 'delete', kind: 'sandbox or secret', reversibility: 'irreversible', name: [{ option: ['-a', '--account'] }, { operand: 0 }], why: 'Deletes {name} from HubSpot.', saferWay: 'List it first and let a person delete it.' },
    { id: 'table-delete', words: ['hubdb', 'delete|clear'], verb: 'delete', kind: 'table', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the table {name}, or every row of it.', saferWay: 'Keep it first: hs hubdb fetch.' },
  ],
  unlisted: 'HubSpot resource',
  cases: {
    caught: [
      { command: 'hs remove pages/old.html', by: 'remove' },
      { command: 'hs rm modules/old --account prod', by: 'remove' },
      { command: 'hs delete a.html', by: 'remove' },
      { command: 'hs upload src site --clean', by: 'fetch-overwrite' },
      { command: 'hs sandbox delete --account dev --force', by: 'sandbox-delete' },
      { command: 'hs secret delete API_KEY', by: 'sandbox-delete' },
      { command: 'hs secrets delete KEY', by: 'sandbox-delete' },
      { command: 'hs hubdb clear 123', by: 'table-delete' },
      { command: 'hs hubdb delete 123 --force', by: 'table-delete' },
      { command: 'hs hubdb clear --account prod 9', by: 'table-delete' },
      { command: 'hs upload dist theme --clean --force', by: 'fetch-overwrite' },
      { command: 'hs --account prod upload src site --clean', by: 'fetch-overwrite' },
      { command: 'hs account remove dev', by: 'unlisted' },
    ],
    passes: ['hs list', 'hs fetch pages site', 'hs upload src site', 'hs hubdb fetch 123', 'hs account list'],
  },
};
