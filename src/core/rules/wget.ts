import type { Analysis } from '../analysis.ts';
import { optionValue, type Call } from '../call.ts';
import type { Effect } from '../effect.ts';
import { writeEffects } from '../files/path-effects.ts';
import { placeOf, readWord } from '../inputs.ts';
import type { Rule } from '../rule.ts';

/** wget sends what these options say to every URL it is given. */
function inspect(call: Call, analysis: Analysis): readonly Effect[] {
  const file = optionValue(call, '--post-file', '--body-file');
  const body = optionValue(call, '--post-data', '--body-data')?.text ?? readWord(file, call.invocation.cwd, analysis);
  const posts = optionValue(call, '--post-data', '--post-file') !== undefined;
  const headers = (call.options.get('--header') ?? []).flatMap((word) => {
    const at = word?.text.indexOf(':') ?? -1;
    return word && at > 0 ? [{ name: word.text.slice(0, at), value: word.text.slice(at + 1).trim() }] : [];
  });
  const method = optionValue(call, '--method')?.text ?? (posts ? 'POST' : 'GET');
  const uploads = file ? [file.text] : [];
  const output = optionValue(call, '-O', '--output-document');
  const replaced = output && output.text !== '-' ? writeEffects([output], { rule: 'wget/output', docs: rule.docs, saferWay: 'Name a new file.' }, call.invocation, analysis) : [];
  const sent = call.operands.slice(0, 64).flatMap((url) => analysis.http({ method, url: url.text, headers, uploads, ...(body === undefined ? {} : { body }) }, placeOf(call.invocation)));
  return [...sent, ...replaced];
}

export const rule: Rule = {
  tool: 'wget',
  title: 'wget',
  programs: ['wget', 'wget2'],
  docs: 'https://www.gnu.org/software/wget/manual/wget.html',
  valueOptions: [
    '-e', '--execute', '-o', '--output-file', '-a', '--append-output', '-i', '--input-file', '-B', '--base', '--config', '-t', '--tries', '-O', '--output-document', '--start-pos', '--progress', '-T', '--timeout',
    '-w', '--wait', '--waitretry', '-Q', '--quota', '--bind-address', '--limit-rate', '--user', '--password', '-P', '--directory-prefix', '--cut-dirs', '--header', '-U', '--user-agent', '--referer',
    '--load-cookies', '--save-cookies', '--post-data', '--post-file', '--method', '--body-data', '--body-file', '--certificate', '--private-key', '--ca-certificate', '-l', '--level', '-A', '--accept', '-R', '--reject',
    '-D', '--domains', '--exclude-domains', '-I', '--include-directories', '-X', '--exclude-directories',
  ],
  operations: [],
  inspect,
  cases: {
    caught: [
      { command: 'wget --method=DELETE https://api.example.com/v1/users/7', by: 'http/delete' },
      { command: 'wget -qO- --method DELETE https://api.example.com/v1/users/7', by: 'http/delete' },
      { command: `wget -qO- --post-data='{"query":"mutation { deleteProject(id: 1) { id } }"}' https://api.example.com/graphql`, by: 'http/graphql-mutation' },
      { command: 'wget -O notes.md https://example.com/notes.md', by: 'output', sighted: true },
    ],
    passes: ['wget https://example.com/delete.tar.gz', 'wget -O- --post-data="a=1" https://api.example.com/v1/search', 'wget -r -l 2 --delete-after https://example.com/'],
  },
};
