import type { Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';
import { textOf } from '../shell/word.ts';

export const rule: Rule = {
  tool: 'kill',
  title: 'kill',
  programs: ['kill', 'taskkill', 'tskill'],
  docs: 'https://man7.org/linux/man-pages/man1/kill.1.html',
  valueOptions: ['-s', '-n', '--signal', '-q', '--queue'],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'kill -9 -1', by: 'all' },
      { command: 'kill -s KILL -- -1', by: 'all' },
      { command: 'sudo kill -KILL -1', by: 'all' },
      { command: 'taskkill /F /IM node.exe', by: 'by-name' },
      { command: 'taskkill //F //IM python.exe //T', by: 'by-name' },
      { command: 'taskkill /FI "USERNAME eq dev"', by: 'by-name' },
      { command: 'tskill chrome', by: 'by-name' },
    ],
    passes: ['kill 1234', 'kill -9 1234', 'kill -1 4242', 'kill -l', 'kill %1', 'kill -0 99', 'taskkill /PID 4242 /F', 'taskkill //F //PID 4242', 'taskkill /?', 'tskill 4242'],
  },
};

function inspect(call: Call): readonly Effect[] {
  const words = call.invocation.argv.map((word) => textOf(word)?.toLowerCase() ?? '');
  if (call.invocation.program === 'kill') {
    // The first `-1` may be a signal; as the last word after another it means every process.
    return words.length > 2 && words.at(-1) === '-1' ? [stops(call, 'all', 'every process you own', 'Ends every process you own, editor and shell included; whatever is not saved is lost.')] : [];
  }
  // Git's shell needs the slash twice.
  const at = words.findIndex((word) => /^\/{1,2}(?:im|fi)$/.test(word));
  const name = call.invocation.program === 'tskill' ? words[1] : words[at + 1];
  if (name === undefined || /^\d+$/.test(name) || (at < 0 && call.invocation.program !== 'tskill')) return [];
  return [stops(call, 'by-name', name, `Ends every process that fits ${name}, your own and the editor’s among them; whatever is not saved is lost.`)];
}

function stops(call: Call, id: string, name: string, why: string): Effect {
  const { span } = call.invocation;
  return {
    verb: 'stop', resource: { kind: 'processes', name, provider: 'this computer' }, reversibility: 'irreversible', certainty: 'certain', rule: `kill/${id}`, why,
    saferWay: 'End the one process that is meant, by its number.',
    docs: id === 'all' ? rule.docs : 'https://learn.microsoft.com/windows-server/administration/windows-commands/taskkill', target: { by: 'path' }, ...(span ? { span } : {}),
  };
}
