import type { Analysis } from '../analysis.ts';
import { optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { readWord } from '../inputs.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  tool: 'sftp',
  title: 'sftp',
  programs: ['sftp', 'lftp'],
  docs: 'https://man.openbsd.org/sftp',
  valueOptions: ['-B', '-b', '-c', '-D', '-F', '-i', '-J', '-l', '-o', '-P', '-R', '-S', '-s', '-X', '-e', '-f', '-u', '-p'],
  safeOptions: ['-h'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'echo "rm /srv/app/data.db" | sftp deploy@web', by: 'remove' },
      { command: 'sftp deploy@web <<< "rmdir /srv/old"', by: 'remove' },
      { command: 'sftp -b - deploy@web <<< "put hosts /etc/hosts"', by: 'overwrite' },
      { command: 'lftp -c "open web; rm -r /uploads"', by: 'remove' },
    ],
    passes: ['sftp deploy@web', 'sftp deploy@web:/srv/a.txt .', 'echo "ls" | sftp deploy@web', 'lftp -e "mirror /site ." web', 'sftp deploy@web <<< "get /etc/hosts"'],
  },
};

/** The commands it is given: of its input, of a batch file, or in an option. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const { invocation } = call;
  const file = optionValue(call, '-b', '-f');
  const inOption = invocation.program === 'lftp' ? optionValue(call, '-e', '-c')?.text : undefined;
  const text = inOption ?? (file && file.text !== '-' ? readWord(file, invocation.cwd, analysis) : invocation.stdin?.text) ?? '';
  analysis.spend(1 + text.length / 64);
  const host = (call.operands[0]?.text ?? 'the other host').replace(/^\w{1,10}:\/\//, '').replace(/^[^@]{1,64}@/, '').replace(/[:/].*$/s, '');
  return text.slice(0, 65_536).split(/[\n;]/).slice(0, 500).flatMap((line) => lineEffects(line.trim(), host, call));
}

function lineEffects(line: string, host: string, call: Call): readonly Effect[] {
  const [command = '', ...rest] = line.replace(/^-/, '').split(/\s+/);
  const name = rest.filter((word) => !word.startsWith('-')).at(-1) ?? '';
  if (/^(?:rm|mrm|rmdir|del|delete)$/.test(command)) return [effect(call, 'remove', name, host, `Deletes ${name} at ${host}.`)];
  if (/^m?put$/.test(command) && /^\/(?:etc|boot|bin|sbin|lib|usr\/s?bin)\//.test(name)) return [effect(call, 'overwrite', name, host, `Overwrites ${name}, a file of the system at ${host}.`)];
  return [];
}

function effect({ invocation: { env, span } }: Call, id: 'overwrite' | 'remove', name: string, host: string, why: string): Effect {
  return {
    verb: id === 'overwrite' ? 'overwrite' : 'delete', resource: { kind: 'remote file', name, provider: host }, reversibility: 'irreversible', certainty: 'likely', rule: `sftp/${id}`, why,
    saferWay: 'Get a copy of it first.', docs: rule.docs, target: { by: 'host', host, login: true }, env, ...(span ? { span } : {}),
  };
}
