import type { Analysis } from '../analysis.ts';
import { optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { placeOf } from '../inputs.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'upsun',
  title: 'Upsun',
  programs: ['upsun', 'platform'],
  docs: 'https://docs.upsun.com/administration/cli/reference.html',
  valueOptions: ['-p', '--project', '-e', '--environment', '-A', '--app', '-r', '--relationship', '--target', '--level', '-l', '--title', '--value', '-o', '--org', '--identity-file', '-i'],
  safeOptions: ['-h', '--help'],
  target: { system: 'upsun', option: ['-e', '--environment', '-p', '--project'] },
  operations: [
    { id: 'project-delete', words: ['project:delete'], verb: 'delete', kind: 'project', reversibility: 'irreversible', name: [{ operand: 0 }, { option: ['-p', '--project'] }], why: 'Deletes the project {name} with every environment and its data.', saferWay: 'List it first and let a person delete it.' },
    { id: 'environment-delete', words: ['environment:delete|environment:deactivate'], verb: 'delete', kind: 'environment', reversibility: 'irreversible', name: [{ operands: 'all' }, { option: ['-e', '--environment'] }], why: 'Deletes the data and services of the environment {name}.', saferWay: 'Back it up first: upsun backup:create.' },
    { id: 'synchronize', words: ['environment:synchronize|sync'], verb: 'overwrite', kind: 'environment', reversibility: 'irreversible', name: [{ option: ['-e', '--environment'] }, { text: 'this environment' }], why: 'Replaces the data or code of {name} with that of its parent.', saferWay: 'Back it up first: upsun backup:create.' },
    { id: 'backup-restore', words: ['backup:restore|snapshot:restore'], verb: 'overwrite', kind: 'environment', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Replaces the data of an environment with the backup {name}.', saferWay: 'Restore into another environment: --target.' },
    { id: 'backup-delete', words: ['backup:delete|snapshot:delete'], verb: 'delete', kind: 'backup', reversibility: 'irreversible', backup: true, name: [{ operand: 0 }], why: 'Deletes the backup {name}.', saferWay: 'Keep backups until a person says otherwise.' },
    { id: 'variable-delete', words: ['variable:delete'], verb: 'delete', kind: 'variable', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes the variable {name}; a sensitive value cannot be read back.', saferWay: 'Let a person keep the value first.' },
    { id: 'pause', words: ['environment:pause'], verb: 'stop', kind: 'environment', reversibility: 'reversible', name: [{ option: ['-e', '--environment'] }, { text: 'this environment' }], why: 'Takes {name} offline.', saferWay: 'Let a person pause it.' },
  ],
  unlisted: 'Upsun resource',
  inspect,
  cases: {
    caught: [
      { command: 'upsun project:delete abc -y', by: 'project-delete' },
      { command: 'platform project:delete abc', by: 'project-delete' },
      { command: 'upsun project:delete -p abc', by: 'project-delete' },
      { command: 'upsun environment:delete feature', by: 'environment-delete' },
      { command: 'platform environment:delete --inactive -y', by: 'environment-delete' },
      { command: 'upsun environment:deactivate staging', by: 'environment-delete' },
      { command: 'upsun sync data -e staging -y', by: 'synchronize' },
      { command: 'platform environment:synchronize code data', by: 'synchronize' },
      { command: 'upsun backup:restore b1 -y', by: 'backup-restore' },
      { command: 'platform backup:restore', by: 'backup-restore' },
      { command: 'upsun backup:delete b1', by: 'backup-delete' },
      { command: 'platform snapshot:delete b2', by: 'backup-delete' },
      { command: 'upsun backup:delete b3 -y', by: 'backup-delete' },
      { command: 'upsun backup:restore b4 --target main', by: 'backup-restore' },
      { command: 'platform sync data -p abc', by: 'synchronize' },
      { command: 'upsun variable:delete env:KEY', by: 'variable-delete' },
      { command: 'platform variable:delete KEY -l project', by: 'variable-delete' },
      { command: 'upsun variable:delete env:B -e main', by: 'variable-delete' },
      { command: 'upsun environment:pause -y', by: 'pause' },
      { command: 'platform environment:pause -e staging', by: 'pause' },
      { command: 'upsun environment:pause', by: 'pause' },
      { command: 'upsun domain:delete www.example.com', by: 'unlisted' },
      { command: 'upsun sql "DROP TABLE orders"', by: 'sql/drop-table' },
    ],
    passes: ['upsun environment:list', 'upsun backup:create', 'upsun backup:list', 'upsun db:dump', 'upsun sql "SELECT 1"', 'platform ssh', 'upsun environment:redeploy'],
  },
};

/** `sql` carries statements. https://docs.upsun.com/administration/cli/reference.html#environmentdatabase */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const [command, statement] = call.operands;
  const text = statement?.text ?? call.invocation.stdin?.text;
  if (!/^(?:db:)?sql$/.test(command?.text ?? '') || text === undefined) return [];
  const name = optionValue(call, '-e', '--environment')?.text;
  return analysis.sql(text, { client: 'psql' }, placeOf(call.invocation)).map((effect) => ({ ...effect, target: { by: 'named', system: 'upsun', ...(name === undefined ? {} : { name }) } }));
}
