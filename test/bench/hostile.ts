/** 16 KiB, the most a shell command may have before it is held unread; longer ones cost nothing. */
const size = 16 * 1024 - 256;

/** Repeats a piece up to the size. */
const filled = (piece: string, most = size): string => piece.repeat(Math.floor(most / piece.length));

/** `head` and `tail` around as many pieces as fit. */
const around = (head: string, piece: string, tail: string): string => head + filled(piece, size - head.length - tail.length) + tail;

/** `open` as often as asked, then `close` as often. */
const nested = (open: string, close: string, levels: number, inside = ''): string => open.repeat(levels) + inside + close.repeat(levels);

const doubling = (levels: number): string => Array.from({ length: levels }, (_, level) => `v${level + 1}="$v${level}$v${level}"`).join('; ');
const quotedShells = (levels: number): string => Array.from({ length: levels }).reduce<string>((inner) => `bash -c ${JSON.stringify(inner)}`, 'rm -rf src').slice(0, size);
const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** What somebody would send to make the analysis slow, each as long as it may be. */
export const hostile: Readonly<Record<string, string>> = {
  'quotes in quotes': filled(`"'"'"'"\\"'`),
  'bash -c in bash -c': quotedShells(9),
  'substitutions never closed': filled('$(echo '),
  'substitutions as deep as allowed': filled(`${nested('$(echo ', ')', 23)} `),
  'backticks never closed': filled('`echo '),
  'expansions in expansions': filled(`\${a:-${nested('${b:-', '}', 22)}} `),
  'a long pipeline': around('cat a', ' | grep -v b', ''),
  'a long chain': around('true', ' && true', ''),
  'a long chain of removals': around('true', ';rm -r a', ''),
  'doubling variables': `v0=x; ${doubling(60)}; rm -rf $v60`,
  'a function that calls itself': around('f(){ f|f& }; f', '; f', ''),
  'many functions': filled('g(){ rm -r x; }; g; '),
  'a brace bomb': around('rm -rf ', '{a,b,c,d}', ''),
  'a brace range': `rm -rf ${filled('{1..9999}')}`,
  'a glob bomb': around('rm -rf ', '*a', 'b'),
  'glob classes': around('rm -rf ', '[!a-z]*', ''),
  'a thousand paths': around('rm -rf', ' ../a/./b', ''),
  'paths that go up': around('rm -rf ', '../', ''),
  'a giant heredoc': around('cat > notes.md <<EOF\n', 'some line $x `y`\n', 'EOF'),
  'a giant heredoc into bash': around('bash <<EOF\n', 'rm -r a/b\n', 'EOF'),
  'a giant heredoc into psql': around('psql prod <<EOF\n', 'DELETE FROM t;\n', 'EOF'),
  'base64 into sh': `echo ${base64(filled('rm -r a;', 11_000))} | base64 -d | sh`,
  'base64 that looks like secrets': around('echo ', base64('abcdefghijklmnopqrstuvwxyz0123456789'), ''),
  'tokens everywhere': around('echo', ` ${['sk', 'aB3'.repeat(9)].join('-')}`, ''),
  'assignments that look like secrets': around('export', ' API_KEY=a1b2c3d4e5f6a7b8', ''),
  'a deep GraphQL document': `curl https://api.example.com/graphql -d '{"query":"mutation ${nested('{a', '}', 5000)}"}'`,
  'a wide GraphQL document': around(`curl https://api.example.com/graphql -d '{"query":"mutation {`, ' aDelete(id:1){id}', `}"}'`),
  'deep JSON': `curl https://api.example.com -d '${nested('[', ']', 7000)}'`,
  'SQL comments': around('psql -c "', '/* ', ' DROP TABLE a"'),
  'SQL comments closed': around('psql -c "', '/**/--\n', ' DROP TABLE a"'),
  'SQL conditions': around('psql -c "DELETE FROM a WHERE ', '(a=1 OR ', '1"'),
  'SQL statements': around('mysql -e "', 'DROP TABLE a;', '"'),
  'SQL parentheses': around('psql -c "SELECT ', '(', '"'),
  'SQL dollar quotes': around('psql -c \'SELECT ', '$a$ $b$ ', '\''),
  'Python strings': around('python -c "', `'''a'''+f'{x}'+r'b'\\n`, '"'),
  'Python calls': around('python3 -c "import os;', 'os.system(\'rm -r a\');', '"'),
  'Python concatenation': around('python3 -c "import os; os.system(', `'a'+`, `'b')"`),
  'Python parentheses': around('python3 -c "', 'a(', '"'),
  'Python variables': around('python3 -c "', 'a=b;b=a;', 'open(a).write(b)"'),
  'JavaScript templates': around(`node -e '`, '`${a}${`b`}`;', `'`),
  'JavaScript regexes': around(`node -e '`, 'a=/[/]/g/b;', `'`),
  'Ruby and Perl strings': around(`ruby -e '`, 'a=%q(b);system("rm -r c");', `'`),
  'PowerShell calls': around('pwsh -c "', 'Remove-Item a;', '"'),
  'PowerShell given to bash': around('', 'Remove-Item a;', ''),
  'cmd.exe given to bash': around('', 'del a&', ''),
  'PowerShell braces': around(`pwsh -c '`, '& { $(', `'`),
  'wrappers in wrappers': around('', 'sudo env nice ', 'rm -rf src'),
  'find with many tests': around('find .', ' -name a -o', ' -delete'),
  'find with parentheses': around('find . ', '\\( ', '-delete'),
  'redirections': around('echo a', ' >b', ''),
  'loops in loops': around('', 'for a in 1 2 3; do ', 'rm $a'),
  'loops over loops': Array.from({ length: 14 }, (_, level) => `for a${level} in ${filled('x ', 900)}; do`).join(' ') + ' rm $a0; ' + 'done; '.repeat(14),
  'case upon case': around('case $a in', ' b) rm c;;', ' esac'),
  'changes of folder': around('', 'cd a; pushd b; ', 'rm -rf *'),
  'arithmetic': around('echo $((', '1+(', '1))'),
  'arrays': around('a=(', 'b ', '); rm "${a[@]}" "${a[@]}"'),
  'git configuration': around('git', ' -c a.b=c', ' push --force'),
  'escapes': filled('\\\\\\a'),
  'ANSI-C strings': around(`rm $'`, '\\x2f\\u002e\\101', `'`),
  'line noise': filled('(){}[]<>|&;$`"\'\\!#*?~'),
  'odd letters': filled('𝓻𝓶 \u202e\u200b￿ '),
  'spaces': filled(' \t'),
  'newlines': filled('\n#\n'),
};
