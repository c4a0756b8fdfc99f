import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'azcopy',
  title: 'AzCopy',
  programs: ['azcopy'],
  docs: 'https://learn.microsoft.com/azure/storage/common/storage-ref-azcopy',
  valueOptions: ['--include-pattern', '--exclude-pattern', '--log-level', '--from-to', '--delete-destination'],
  safeOptions: ['-h', '--dry-run'],
  target: { system: 'azure' },
  operations: [
    { id: 'remove', words: ['remove|rm'], verb: 'delete', kind: 'blobs', reversibility: 'irreversible', name: [{ operand: 0 }], why: 'Deletes {name} from Azure storage.', saferWay: 'Show what would go: add --dry-run.' },
    { id: 'sync-delete', words: ['sync'], needs: ['--delete-destination'], verb: 'delete', kind: 'blobs', reversibility: 'irreversible', name: [{ operand: 1 }], why: 'Makes {name} the same as the source: what is not there is deleted.', saferWay: 'Leave out --delete-destination.' },
    { id: 'jobs-clean', words: ['jobs', 'clean|remove|rm'], verb: 'delete', kind: 'transfer records', reversibility: 'recoverable', name: [{ operand: 0 }], why: 'Deletes the record of transfers; an interrupted one cannot be resumed.', saferWay: 'Look first: azcopy jobs list.' },
  ],
  cases: {
    caught: [
      { command: 'azcopy remove "https://a.blob.core.windows.net/c" --recursive', by: 'remove' },
      { command: 'azcopy rm https://a.blob.core.windows.net/c/x', by: 'remove' },
      { command: 'azcopy sync ./d https://a.blob.core.windows.net/c --delete-destination true', by: 'sync-delete' },
      { command: 'azcopy sync ./d https://a.blob.core.windows.net/c --delete-destination=true', by: 'sync-delete' },
      { command: 'azcopy rm "https://a.dfs.core.windows.net/c/d" --recursive=true', by: 'remove' },
      { command: 'azcopy sync "https://a.blob.core.windows.net/c" ./d --delete-destination=prompt', by: 'sync-delete' },
      { command: 'azcopy jobs clean', by: 'jobs-clean' },
      { command: 'azcopy jobs remove 5a', by: 'jobs-clean' },
      { command: 'azcopy jobs clean --with-status=completed', by: 'jobs-clean' },
    ],
    passes: ['azcopy list https://a.blob.core.windows.net/c', 'azcopy copy a https://a.blob.core.windows.net/c', 'azcopy sync ./d https://a.blob.core.windows.net/c', 'azcopy remove x --dry-run', 'azcopy sync ./d https://a.blob.core.windows.net/c --delete-destination=false'],
  },
};
