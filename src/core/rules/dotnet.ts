import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'dotnet',
  title: '.NET',
  programs: ['dotnet'],
  docs: 'https://learn.microsoft.com/ef/core/cli/dotnet',
  valueOptions: ['-p', '--project', '-s', '--startup-project', '--source', '-c', '--context', '--configuration', '--framework', '--connection', '-k', '--api-key', '--runtime', '-o', '--output'],
  safeOptions: ['-h', '--dry-run'],
  target: { database: 'migration', option: ['--connection'] },
  operations: [
    { id: 'database-drop', words: ['ef', 'database', 'drop'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [{ option: ['--connection'] }], why: 'Drops the database: all data is lost.', saferWay: 'Show what would go: add --dry-run.' },
    { id: 'update-zero', words: ['ef', 'database', 'update', '0'], verb: 'drop', kind: 'database', reversibility: 'irreversible', name: [], why: 'Undoes every migration: all tables they made go with their data.', saferWay: 'Undo it with a new migration.' },
    { id: 'nuget-push', words: ['nuget', 'push'], verb: 'publish', kind: 'package', reversibility: 'irreversible', name: [{ operand: 0 }], target: { system: 'nuget', option: ['-s', '--source'] }, why: 'Publishes {name}: everybody can install it, and the version stays for ever.', saferWay: 'Look at what is in it: dotnet pack.' },
    { id: 'nuget-delete', words: ['nuget', 'delete'], verb: 'delete', kind: 'package', reversibility: 'irreversible', name: [{ operand: 0 }], target: { system: 'nuget', option: ['-s', '--source'] }, why: 'Takes {name} off the registry.', saferWay: 'Deprecate it instead.' },
  ],
  cases: {
    caught: [
      { command: 'dotnet nuget delete Shop 1.1.0 -s nuget.org', by: 'nuget-delete' },
      { command: 'dotnet ef database drop --force', by: 'database-drop' },
      { command: 'dotnet ef database drop -f --project src/Shop', by: 'database-drop' },
      { command: 'dotnet ef --verbose database drop', by: 'database-drop' },
      { command: 'dotnet ef database update 0', by: 'update-zero' },
      { command: 'dotnet nuget push bin/Shop.1.0.0.nupkg -s nuget.org', by: 'nuget-push' },
      { command: 'dotnet nuget delete Shop 1.0.0 --non-interactive', by: 'nuget-delete' },
    ],
    passes: ['dotnet build', 'dotnet test', 'dotnet ef migrations add DropUsers', 'dotnet ef database update', 'dotnet ef database drop --dry-run', 'dotnet ef migrations remove', 'dotnet run', 'dotnet nuget list source', 'dotnet clean'],
  },
};
