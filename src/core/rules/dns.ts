import { hasOption, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'dns',
  title: 'DNS tools',
  programs: ['nsupdate', 'octodns-sync', 'dnscontrol', 'flarectl', 'cli53', 'lexicon', 'pdnsutil', 'rndc'],
  docs: 'https://docs.dnscontrol.org/commands/preview-push',
  valueOptions: ['-k', '-y', '-t', '-r', '-u', '-p', '-R', '-L', '--config-file', '--creds', '--config', '--domains', '--providers', '--zone', '--profile', '--append', '--file', '--name', '--type', '--content', '-c', '-s', '--endpoint-url', '--auth-token', '--ttl', '--identifier'],
  safeOptions: ['-h', '-V', '--dry-run'],
  target: { system: 'dns' },
  operations: [
    { id: 'push', words: ['push'], verb: 'overwrite', kind: 'DNS records', reversibility: 'irreversible', name: [{ option: ['--domains'] }, { text: 'every domain of the file' }], why: 'Makes the records of {name} those of the file: what is not in it is deleted.', saferWay: 'Look first: dnscontrol preview.' },
    { id: 'flare', words: ['dns|zone|d|z', 'delete|del|remove|rm'], verb: 'delete', kind: 'DNS record', reversibility: 'irreversible', name: [{ option: ['--zone', '--id', '--name'] }, { operands: 'all' }], why: 'Deletes records of {name}: its addresses stop answering.', saferWay: 'Keep the record first: flarectl dns list.' },
    { id: 'route53', words: ['rrdelete|rrpurge|delete'], verb: 'delete', kind: 'DNS zone', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes records of {name}, or the whole zone: its addresses stop answering.', saferWay: 'Keep them first: cli53 export.' },
    { id: 'route53-replace', words: ['import'], needs: ['--replace'], verb: 'overwrite', kind: 'DNS zone', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Replaces every record of {name} with those of a file.', saferWay: 'Keep them first: cli53 export.' },
    { id: 'record', words: ['*', 'delete'], verb: 'delete', kind: 'DNS record', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes the record {name}: its address stops answering.', saferWay: 'Look first with list.' },
    { id: 'zone-file', words: ['delete-zone|delete-rrset|clear-zone|replace-rrset|load-zone'], verb: 'overwrite', kind: 'DNS zone', reversibility: 'irreversible', name: [{ operands: 'all' }], why: 'Deletes or replaces records of {name}.', saferWay: 'Keep them first: pdnsutil list-zone.' },
    { id: 'server', words: ['stop|halt|delzone|flush'], verb: 'stop', kind: 'name server', reversibility: 'reversible', name: [{ operands: 'all' }], why: 'Stops the name server, or makes it forget {name}.', saferWay: 'Look first: rndc status.' },
  ],
  inspect,
  cases: {
    caught: [
      { command: 'echo "update delete www.example.com A" | nsupdate -k key', by: 'update' },
      { command: 'nsupdate -k Kexample.key changes.txt', by: 'update' },
      { command: 'nsupdate -l <<< "update add a.example.com 60 A 192.0.2.1"', by: 'update' },
      { command: 'octodns-sync --config-file=config.yaml --doit', by: 'sync' },
      { command: 'octodns-sync --doit --force', by: 'sync' },
      { command: 'dnscontrol push', by: 'push' },
      { command: 'dnscontrol push --domains example.com', by: 'push' },
      { command: 'dnscontrol --no-colors push', by: 'push' },
      { command: 'flarectl dns delete --zone example.com --id r1', by: 'flare' },
      { command: 'flarectl zone delete --zone example.com', by: 'flare' },
      { command: 'flarectl --json dns del --zone example.com --id r2', by: 'flare' },
      { command: 'cli53 rrpurge --confirm example.com', by: 'route53' },
      { command: 'cli53 rrdelete example.com www A', by: 'route53' },
      { command: 'cli53 delete --purge example.com', by: 'route53' },
      { command: 'cli53 import --file zone.txt --replace example.com', by: 'route53-replace' },
      { command: 'cli53 import --replace --wait example.com', by: 'route53-replace' },
      { command: 'cli53 --profile prod import --file z --replace example.org', by: 'route53-replace' },
      { command: 'lexicon cloudflare delete example.com TXT --name x', by: 'record' },
      { command: 'lexicon route53 delete example.com A', by: 'record' },
      { command: 'lexicon gandi delete example.com MX --identifier 1', by: 'record' },
      { command: 'pdnsutil delete-zone example.com', by: 'zone-file' },
      { command: 'sudo pdnsutil delete-rrset example.com www A', by: 'zone-file' },
      { command: 'pdnsutil clear-zone example.com', by: 'zone-file' },
      { command: 'sudo rndc stop', by: 'server' },
      { command: 'rndc delzone -clean example.com', by: 'server' },
      { command: 'rndc flush', by: 'server' },
    ],
    passes: ['dnscontrol preview', 'octodns-sync --config-file=config.yaml', 'flarectl zone list', 'cli53 list', 'cli53 export example.com', 'lexicon cloudflare list example.com A', 'pdnsutil list-zone example.com', 'rndc status', 'dig example.com', 'nslookup example.com'],
  },
};

/** Every call of `nsupdate` changes records; octodns only shows what it would do until told otherwise. */
function inspect(call: Call): readonly Effect[] {
  const { program } = call.invocation;
  if (program === 'nsupdate') return [effect(call, 'update', 'Changes DNS records on the server itself; deleted ones stop answering.', 'Keep the present records first: dig.')];
  return program === 'octodns-sync' && hasOption(call, '--doit') ? [effect(call, 'sync', 'Makes the records of every zone those of the files: what is not in them is deleted.', 'Look first: leave out --doit.')] : [];
}

function effect({ invocation: { env, span } }: Call, id: 'sync' | 'update', why: string, saferWay: string): Effect {
  return { verb: 'overwrite', resource: { kind: 'DNS records', name: '', provider: 'DNS' }, reversibility: 'irreversible', certainty: 'likely', rule: `dns/${id}`, why, saferWay, docs: rule.docs, target: { by: 'named', system: 'dns' }, env, ...(span ? { span } : {}) };
}
