import type { Effect } from '../effect.ts';
import type { Invocation } from '../invocation.ts';
import { isKnown, programOf, type Word } from './word.ts';

/** Common programs that take words for names or text and run none of them. */
const plain = new Set([
  'echo', 'printf', 'cat', 'bat', 'tac', 'nl', 'head', 'tail', 'less', 'more', 'wc', 'sort', 'uniq', 'cut', 'tr', 'paste', 'join', 'comm', 'column', 'fold', 'fmt', 'rev', 'expand', 'od', 'hexdump', 'xxd', 'strings', 'base64',
  'ls', 'll', 'la', 'exa', 'eza', 'lsd', 'tree', 'du', 'df', 'stat', 'file', 'readlink', 'realpath', 'basename', 'dirname', 'cksum', 'md5sum', 'sha1sum', 'sha256sum', 'shasum', 'cmp', 'diff', 'colordiff', 'delta', 'patch',
  'grep', 'egrep', 'fgrep', 'zgrep', 'rg', 'ag', 'ack', 'ugrep', 'fd', 'fdfind', 'locate', 'mlocate', 'plocate', 'fzf', 'sk', 'jq', 'yq', 'awk', 'gawk', 'mawk', 'nawk', 'look', 'ast-grep', 'sg', 'semgrep', 'ctags',
  'man', 'info', 'apropos', 'whatis', 'tldr', 'cheat', 'help', 'which', 'whereis', 'type', 'hash', 'command-not-found', 'test', '[', 'expr', 'seq', 'true', 'false', ':', 'pwd', 'cd', 'pushd', 'popd', 'dirs', 'touch', 'mkdir', 'mktemp', 'rmdir',
  'alias', 'unalias', 'abbr', 'export', 'declare', 'typeset', 'local', 'readonly', 'unset', 'set', 'shopt', 'setopt', 'complete', 'compgen', 'compdef', 'compopt', 'bind', 'bindkey', 'history', 'fc', 'read', 'trap', 'return', 'exit', 'break', 'continue', 'shift', 'getopts', 'umask', 'ulimit', 'let', 'wait', 'jobs', 'fg', 'bg', 'disown', 'autoload', 'function', 'argparse',
  'ps', 'pgrep', 'pstree', 'top', 'htop', 'lsof', 'ss', 'netstat', 'date', 'cal', 'whoami', 'id', 'groups', 'who', 'w', 'uname', 'hostname', 'uptime', 'logger', 'journalctl', 'dmesg', 'notify-send', 'osascript', 'say', 'espeak', 'wall', 'write', 'mail', 'mutt', 'xclip', 'xsel', 'pbcopy', 'wl-copy', 'clip', 'figlet', 'cowsay', 'toilet', 'lolcat', 'fortune', 'gum', 'glow',
  'nano', 'emacs', 'vi', 'vim', 'nvim', 'code', 'cursor', 'subl', 'zed', 'open', 'xdg-open', 'start', 'tar', 'zip', 'zipinfo', 'gzip', 'xz', 'zstd', 'bzip2', '7z', 'scp', 'sftp', 'ping', 'dig', 'host', 'nslookup',
  'apt', 'apt-get', 'apt-cache', 'apt-mark', 'aptitude', 'dpkg', 'dpkg-query', 'dnf', 'yum', 'microdnf', 'rpm', 'zypper', 'pacman', 'yay', 'paru', 'apk', 'emerge', 'xbps-install', 'pkg', 'port', 'brew', 'snap', 'flatpak', 'choco', 'winget', 'scoop', 'nix-env', 'guix', 'update-alternatives', 'tlmgr',
  'pip', 'pip3', 'pipx', 'uv', 'poetry', 'conda', 'mamba', 'npm', 'pnpm', 'yarn', 'bun', 'cargo', 'go', 'gem', 'composer', 'mix', 'dotnet', 'mvn', 'gradle', 'rustup', 'nvm', 'fnm', 'asdf', 'mise', 'volta', 'pyenv', 'rbenv', 'pytest', 'jest', 'vitest', 'mocha', 'phpunit', 'rspec', 'bats', 'tox', 'nox', 'ctest', 'eslint', 'tsc', 'prettier', 'ruff', 'black', 'mypy', 'shellcheck', 'shfmt',
  'git', 'hg', 'svn', 'jj', 'gh', 'glab', 'curl', 'wget', 'http', 'xh', 'claude', 'codex', 'gemini', 'aider', 'llm', 'ollama', 'sgpt', 'cursor-agent', 'opencode', 'tg', 'todo', 'task', 'jira', 'linear', 'explainshell', 'thefuck',
]);

/** Programs named like subcommands of many tools: `apt-get install git` installs git, and starts no `install`. */
const subcommandNames = new Set(['install', 'init', 'service', 'start', 'stop', 'shutdown', 'reboot', 'halt', 'poweroff', 'open', 'op', 'kill', 'trash', 'mount', 'umount', 'format', 'mix', 'task', 'rake', 'deck', 'fly', 'render', 'modal', 'atlas', 'flux', 'vault', 'consul', 'goose', 'neon', 'linode', 'node', 'ruby', 'php', 'perl', 'go', 'cargo', 'docker', 'podman', 'python', 'python3', 'gem', 'watch', 'command', 'exec', 'time', 'then', 'do', 'at', 'batch', 'script', 'view', 'ex', 'screen', 'run', 'new', 'split', 'su', 'sg']);

/** True for a program known to take its words for names or text, and for one whose name nobody knows. */
export function isPlain(program: string): boolean {
  return program === '' || plain.has(program);
}

const mostWords = 64;
const mostCandidates = 6;

/**
 * The command lines that the words of a program nobody knows spell: `tool rm -rf x` most likely runs `rm -rf x`.
 * `knows`: true for the name of a program that something can be said of.
 */
export function likelyCommands(invocation: Invocation, knows: (program: string) => boolean): readonly Invocation[] {
  const { argv } = invocation;
  if (argv.length < 3) return [];
  const found: Invocation[] = [];
  for (let at = 1; at + 1 < Math.min(argv.length, mostWords) && found.length < mostCandidates; at++) {
    const word = argv[at] as Word;
    if (!isKnown(word) || !knows(word.text) || subcommandNames.has(word.text)) continue;
    found.push({ ...invocation, argv: argv.slice(at), program: programOf(word), redirections: [] });
  }
  return found;
}

/** What such a command line would do, where it is written like one or loses what nothing brings back. */
export function likelyEffects(command: Invocation, effects: readonly Effect[]): readonly Effect[] {
  const written = command.argv.some((word) => word.text.startsWith('-'));
  return effects.filter((effect) => !effect.regenerable && (written || effect.reversibility === 'irreversible')).map((effect) => ({ ...effect, certainty: 'likely' as const }));
}
