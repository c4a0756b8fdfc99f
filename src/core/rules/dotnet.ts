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
    { id: 'migrations-remove', words: ['ef', 'migrations', 'remove'], needs: ['-f', '--force'], verb: 'overwrite', kind: 'tables', reversibility: 'irreversible', certainty: 'likely', name: [], why: 'Undoes the newest migration on the database too: what it added goes with its data.', saferWay: 'Undo it with a new migration.' },
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
      { command: 'dotnet ef migrations remove --force', by: 'migrations-remove' },
      { command: 'dotnet ef migrations remove -f -p src/Shop', by: 'migrations-remove' },
      { command: 'dotnet nuget push "out/*.nupkg" --source https://nuget.example.com/v3/index.json -k x', by: 'nuget-push' },
      { command: 'dotnet nuget delete Shop 1.0.0 -s https://nuget.example.com/v3/index.json', by: 'nuget-delete' },
      { command: 'dotnet ef database update 0 --connection "Server=db.example.com;Database=shop"', by: 'update-zero' },
    ],
    passes: ['dotnet build', 'dotnet test', 'dotnet ef migrations add DropUsers', 'dotnet ef database update', 'dotnet ef database drop --dry-run', 'dotnet ef migrations remove', 'dotnet run', 'dotnet nuget list source', 'dotnet clean', 'dotnet ef migrations list', 'dotnet ef migrations script', 'dotnet ef dbcontext info'],
  },
};
