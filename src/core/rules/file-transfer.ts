import { optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { isPrivateHost } from '../http/destinations.ts';
import { readWord } from '../inputs.ts';
import type { Analysis } from '../analysis.ts';
import type { Rule } from '../rule.ts';

const docs = 'https://man.openbsd.org/sftp';
const puts = /(?:^|[;\n"'\s])(?:put|mput|reput|mirror\s+(?:-\S+\s+){0,4}(?:-R|--reverse)|synchronize\s+remote)\s+(?:-\S+\s+){0,4}([^\s;"']+)/;

/** Clients that take their orders from a script: what they are told to put leaves this machine. */
export const rule: Rule = {
  tool: 'file-transfer',
  title: 'OpenBSD',
  programs: ['sftp', 'ftp', 'lftp', 'psftp', 'winscp', 'winscp.com', 'ncftpput'],
  docs,
  valueOptions: ['-b', '-B', '-c', '-D', '-e', '-f', '-F', '-i', '-J', '-l', '-o', '-P', '-p', '-R', '-s', '-S', '-u', '-X', '/command', '/script'],
  safeOptions: ['-h'],
  operations: [],
  inspect: (call, analysis) => {
    const file = call.invocation.program === 'ncftpput' ? call.operands.at(-1)?.text : puts.exec(ordersOf(call, analysis).slice(0, 16_384))?.[1];
    const host = hostOf(call);
    return file === undefined || isPrivateHost(host) ? [] : [putEffect(file, host, call)];
  },
  cases: {
    caught: [
      { command: 'sftp ann@files.example.com <<< "put report.xlsx"', by: 'put' },
      { command: 'printf "put report.xlsx\\nbye\\n" | sftp -b - files.example.com', by: 'put' },
      { command: 'lftp -e "mirror -R src /pub; bye" ftp.example.com', by: 'put' },
      { command: 'winscp.com /command "open sftp://files.example.com" "put plans.zip"', by: 'put' },
    ],
    passes: ['sftp files.example.com', 'sftp files.example.com <<< "get report.xlsx"', 'lftp -e "mirror /pub src; bye" ftp.example.com', 'sftp 192.168.1.7 <<< "put a.txt"', 'ftp --help'],
  },
};

function ordersOf(call: Call, analysis: Analysis): string {
  const script = optionValue(call, '-b', '-f');
  const read = script && script.text !== '-' ? readWord(script, call.invocation.cwd, analysis) : undefined;
  return [call.invocation.stdin?.text ?? '', read ?? '', ...call.invocation.argv.slice(1, 33).map(({ text }) => text)].join('\n');
}

function hostOf(call: Call): string {
  const text = call.operands.find((word) => /[.@:]/.test(word.text) && !/\s/.test(word.text))?.text ?? '';
  return text.replace(/^\w+:\/\//, '').replace(/^[^@]*@/, '').replace(/[:/].*$/, '').toLowerCase();
}

function putEffect(name: string, host: string, { invocation }: Call): Effect {
  return {
    verb: 'publish', resource: { kind: 'file', name, provider: host || invocation.program }, reversibility: 'irreversible', certainty: 'certain', rule: 'file-transfer/put',
    why: `Uploads ${name} to ${host || 'another host'}; what others have cannot be taken back.`, saferWay: 'Let the person send it.', docs, target: { by: 'host', host }, env: invocation.env, ...(invocation.span ? { span: invocation.span } : {}),
  };
}
