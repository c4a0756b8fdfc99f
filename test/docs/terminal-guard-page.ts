import { agentMarkers } from '../../src/terminal/markers.ts';
import { coveredCmdlets } from '../../src/terminal/powershell.ts';
import { coveredPrograms } from '../../src/terminal/covered-programs.ts';

/** The page of the terminal guard: what it does, and what it lets pass without asking. */
export function terminalGuardPage(): string {
  return [
    '# The terminal guard',
    '',
    'Hooks see the command line that an agent types. They do not see what a script, a makefile, a test suite or a Python program starts, nor what is typed into a shell that is already open. The terminal guard puts that to the same judgement at the moment it starts.',
    '',
    'It is off until you turn it on: `interlock.terminalGuard.enabled`, in your own settings; a workspace can neither turn it on nor off. It counts in terminals opened from then on. Coverage shows whether it is on, and `node dist/cli.js doctor` what of it is in force in the shell that you run it from, and what to do where something is not.',
    '',
    '## What it does',
    '',
    '- **Stand-ins.** For each program that Interlock has rules for and that is installed here, a small `sh` script in `~/.interlock/shims` is first on the `PATH` of the editor\'s terminals. So are `env`, `sudo` and their like, by which a command would leave the agent\'s environment. It becomes the real program at once when the shell carries no agent\'s marker (`CLAUDECODE`, `CURSOR_AGENT`, `GEMINI_CLI`, …), and when the words are sure to be harmless (`git status`, `kubectl get pods`, `--version`). Else it asks; only a yes runs the program. A new program gets its stand-in when the next terminal opens.',
    '- **bash and zsh** read a file of Interlock\'s by `BASH_ENV` and `ZDOTDIR`. In an agent\'s shell it looks at each command for what no stand-in can see: covered programs by their full path (`/bin/rm`), `exec`, and `>` over a file that holds something. What its parameters, variables and lists stand for is judged with it (`/bin/rm "$@"`, `> "$1"`, `"${list[1]}"`, in zsh `rm $list`). A refused command ends a script with status 126. In an open zsh only the command does not run.',
    '- **fish** reads a file of Interlock\'s by `XDG_DATA_DIRS`, where fish is installed. It has nothing that comes before a command and could stop it. So in an agent\'s fish the same look is taken at what is typed when Enter is pressed, and, on Linux, before any of it runs at the text of `fish -c` and at those lines of a script that start a covered program by its full path. It is judged as bash would take it: what bash cannot read is asked about, where it holds one of these. The stand-ins come first whatever a script, a function or one command makes of `PATH`, and functions and aliases meet them as well.',
    '- **dash** and other shells that read `ENV` where somebody types have the stand-ins put first again after a login has made `PATH` anew, and ask before their own `kill`.',
    '- **Agents outside the editor**, where their own settings can give variables to their shells, for as long as the guard is on and their hooks are installed: Claude Code (`env` in `~/.claude/settings.json`) and Codex (`shell_environment_policy.set` in `~/.codex/config.toml`) get `BASH_ENV`, `ZDOTDIR` and a `SHLVL` by which bash reads the first also where it would take itself for a remote login; opencode and Kilo Code get a small plugin beside the one that asks (`interlock-shells.js`), which puts the stand-ins first on the `PATH` too. GitHub Copilot’s command line gets `bashEnv` (`~/.copilot/settings.json`): else its bash reads no `BASH_ENV` in the editor’s terminals either, and folders of its own come before the stand-ins. Values of yours stay: those that stand there, and those that your environment has. [Which agents have no such setting](agents.md).',
    '- **One question.** What you allowed to a command is not asked about again when the program in it starts: the same effect on the same thing, in the same place, once for each program, within five minutes.',
    '',
    '## Afterwards',
    '',
    'These do not depend on the setting. A command that runs in a terminal which an agent opened for itself, and that nobody was asked about, stands in the Activity view; where it would have been asked about, a warning says so at once. When fifty files or more of a folder disappear or are emptied together, and no action that was asked about, no git command and nothing that you did explains it, a message says how many and brings back those that git or the vault has. Both need the editor’s shell integration to tell your commands from an agent’s.',
    '',
    '## What it leaves alone',
    '',
    'Your own terminals. Without a marker a stand-in changes neither words nor input, environment, process or exit code, and the files for bash, zsh, fish and dash do nothing; zsh reads your own files from where they were. `npm run test:shell` compares both in real shells. Error messages of some programs show their full path in place of their name.',
    '',
    '## What it does not see',
    '',
    '- Programs started by their full path from anything but bash and zsh: a Python program that starts `/bin/rm`, `dash`. Nor do dash and scripts of fish show what they write over.',
    '- Full paths in fish: in a script that it sources or reads from its input, and in every script on other systems than Linux. No event of fish can stop a command (`fish_preexec` only hears of it).',
    '- In fish: what key bindings of your own for Enter do, abbreviations, and what another key than Enter runs.',
    '- In bash and zsh: more than 64 parameters, values of more than 4096 characters, single words of a list with gaps or names (`${map[key]}`), and in zsh some words of a list (`$list[1,2]`) and what is made of it (`${(u)list}`). They count as unknown, so that such a command is asked about more often.',
    '- What a program does by itself: `shutil.rmtree`, a compiled program, a library.',
    '- In bash: a redirection of a whole loop or group (`{ …; } > file`), and, in a shell somebody types in, everything but the stand-ins.',
    '- Shells that set `BASH_ENV`, `ZDOTDIR`, `ENV` or `XDG_DATA_DIRS` anew, `fish --no-config`, and shells other than bash, zsh and fish that set `PATH` anew or put folders before the stand-ins: `npm run` puts `node_modules/.bin` first, so that what `npm` itself is asked about counts there.',
    '- zsh that an agent starts from a zsh of your own: there only the stand-ins count.',
    '- Agents that are not started from a terminal of the editor, unless they inherit its environment or are [given it by their own settings](agents.md). Codex whose `include_only` or `filters` leave out `BASH_ENV` and `ZDOTDIR`, or whose project’s settings set them.',
    '- On Windows: see below.',
    '',
    'It guards against mistakes and misled agents. Whoever wants to get round it can.',
    '',
    '## On Windows',
    '',
    '**Built to documentation; not run on Windows.** The batch files, and the program that stands behind them, were run under Wine with Node for Windows: in a prompt, as a program is started, with and without a marker, allowed and refused. What PowerShell reads was run nowhere; its text is tested. If you use it, `doctor` in an agent\'s PowerShell says what is in force.',
    '',
    '- **PowerShell.** `profile.ps1` of Windows PowerShell 5.1 and of PowerShell 7 gets one line. In your own sessions it compares the markers and does nothing else. In an agent\'s it reads a script of Interlock\'s (`shell\\interlock.ps1` in `%LOCALAPPDATA%\\Interlock`), in which functions stand before cmdlets that lose something, under whatever alias they are called (`rm`, `del`, `rd`, `ri`, `sc`, `kill`, …). Each asks with the words that it was given and the files that are piped to it, then runs the cmdlet with the same. Refused, it throws, so that a script does not go on.',
    `- **Cmdlets**: ${coveredCmdlets.map(({ name }) => `\`${name}\``).join(', ')}.`,
    '- **Stand-ins.** The script puts a folder of batch files first on the `PATH`, one for each program with rules that is installed, and for `cmd`, `powershell`, `pwsh` and Windows\' own tools (`diskpart`, `vssadmin`, `robocopy`, …). What the agent\'s PowerShell starts inherits it. A batch file decides nothing: it hands the command line to the editor\'s Node as it was written, so that `HEAD^`, `%h` and `a&b` stay what they were, and ends with the program\'s own code, or with 126. The folder is not on the `PATH` of your own terminals.',
    '- Turned off, and uninstalled, the line goes from both profiles; they are byte for byte what they were where nobody else changed them. A profile that is not UTF-8 is left alone, and Interlock\'s log says so.',
    '',
    'Not reached there:',
    '',
    '- PowerShell that reads no profile: started with `-NoProfile`, as many agents start it, or under an execution policy that runs no scripts, as `Restricted`, which Windows PowerShell has by default.',
    '- cmd.exe and Git\'s bash that an agent does not start from such a PowerShell, and what is built into cmd.exe (`del`, `rd`, `move`, `>`) in a batch file or at its prompt.',
    '- Programs that are named with their ending or their path (`git.exe`), or found without `PATHEXT`: `CreateProcess` looks for `git.exe` alone, and so do Python and Node without a shell.',
    '- In PowerShell: `>` and `>>`, `Tee-Object`, .NET (`[IO.File]::Delete`), a cmdlet that is called with its module\'s name, other modules\' cmdlets (their programs and agents\' hooks still count), jobs and remote sessions.',
    '',
    'Different there, in an agent\'s sessions:',
    '',
    '- A batch file that starts a covered program without `call` ends with it, as always when one batch file names another.',
    '- From a prompt or a batch file, words with `^`, `&`, `|`, `<`, `>` outside quotes are read once more by cmd.exe.',
    '- What a covered cmdlet gets through the pipeline arrives at once and not piece by piece. `-OutVariable`, `-SessionVariable` and their like set nothing where it was called. `-WhatIf` that PowerShell does not mark as a parameter is asked about.',
    '',
    '## Whose shells',
    '',
    `A shell is an agent’s where one of these is set: ${agentMarkers.map((name) => `\`${name}\``).join(', ')}.`,
    '',
    'Commands that you type in an agent yourself, after `!`, run in its shells and count as its own.',
    '',
    '## What passes without asking',
    '',
    '`--version` and `--help` alone, of every program that is no script; and these, unless a word may be, name or hold a secret:',
    '',
    '| program | harmless |',
    '| --- | --- |',
    ...harmlessRows(),
    '',
  ].join('\n');
}

function harmlessRows(): readonly string[] {
  return coveredPrograms().flatMap(({ program, harmless }) => {
    if (harmless === undefined) return [];
    const words = 'first' in harmless ? harmless.first : harmless.without;
    const listed = words.map((word) => `\`${word}\``).join(', ');
    return [`| \`${program}\` | ${'first' in harmless ? listed : `anything without ${listed}`} |`];
  });
}
