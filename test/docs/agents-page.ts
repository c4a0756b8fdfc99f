import type { Adapter, Extent } from '../../src/agents/adapter.ts';
import type { WindowsShell } from '../../src/agents/windows-line.ts';
import { code, page, plain, table } from './markdown.ts';

const HOME = '/home/you';
const LAUNCHER = `${HOME}/.interlock/hook`;

/** What the hooks of each agent hold, and what they cannot do. */
export function agentsPage(adapters: readonly Adapter[]): string {
  // What leaves no trace of its own is no agent.
  const agents = adapters.filter(({ traces }) => traces.length > 0).toSorted((a, b) => a.title.localeCompare(b.title));
  return page(
    '# Agents',
    'Written from the adapters in the code; `npm run docs` writes it anew.',
    'Interlock stands in each agent’s own hooks, outside the model: an action waits there until it is judged, and for your answer where it needs one. What a hook is not told of it cannot hold.',
    table(
      ['agent', 'shell', 'reads', 'writes', 'MCP', 'output masked', 'fails closed', 'proof of life', 'terminal guard elsewhere', 'tested with'],
      agents.map(row),
    ),
    '*Fails closed*: the action is held, too, when the hook crashes, is killed or takes too long. Where it is not, no hook can help. Interlock answers well before the agent stops waiting, and refuses when it cannot judge.',
    '*Proof of life*: Interlock runs what stands in the agent’s file as the agent would, with an action that is always refused, and the refusal must come back in the form that the agent reads: when the editor starts, after installing and again and again. A *hook* is started as its line says, a *plugin* loaded and called. The Agents view also says what it finds that keeps an agent from running its hooks: a switch, a policy, a variable, a file elsewhere.',
    `*Terminal guard elsewhere*: the file by which the agent’s own settings give its shells [the terminal guard](terminal-guard.md), for as long as that is on, so that they are guarded wherever the agent is started. The settings of the others document nothing of the kind that would be safe: Qwen Code refuses such variables ([of its settings and of ${code('.env')} files](https://qwenlm.github.io/qwen-code-docs/en/users/configuration/settings)), Gemini CLI takes them from [the first ${code('.env')} file that it finds](https://geminicli.com/docs/reference/configuration), which is the project’s or yours, and Auggie from [a start-up script](https://docs.augmentcode.com/cli/config), which is yours. They are guarded in the editor’s terminals, and where they inherit the environment of one.`,
    '*Tested with* says how it is known that Interlock fits the agent. A *real client* was run, with a scripted model, and its actions were held (of Cursor its SDK, which has the same hooks). A *recorded payload* is what the agent has really sent. A *documented payload* has the form that its maker describes; nobody has seen Interlock hold this agent yet.',
    ...agents.map(section),
    '## On Windows',
    '**None of this was run on Windows.** What stands in an agent’s file there is built to what its maker documents or its source says, and compared with that in tests; the lines for cmd.exe and Git’s bash were run by Wine’s cmd.exe and by bash. *Proof of life* runs them by the same shell on your machine: an agent that the Agents view calls guarded there has answered.',
    table(['agent', 'how its hook is started', 'known from', 'not reached'], agents.map(windowsRow)),
    'Hooks of a project and of an administrator call `sh` and your home folder; on Windows they need Git’s `sh` on the `PATH`.',
  );
}

function row(agent: Adapter): readonly string[] {
  const { title, docs, holds, tested } = agent;
  return [`[${plain(title)}](${docs})`, ...[holds.shell, holds.read, holds.write, holds.mcp].map(held), holds.output ?? ('encodeOutput' in agent ? 'yes' : '**no**'), failure(holds.failure), proof(agent), elsewhere(agent), `a ${tested}`];
}

const windowsShells: Readonly<Record<WindowsShell, string>> = {
  powershell: 'by PowerShell',
  'powershell call': 'by PowerShell, behind a call of its own',
  cmd: 'by cmd.exe',
  'powershell or cmd': 'by PowerShell or cmd.exe, with one line for both',
  'program or PowerShell': 'as a program; by PowerShell where its path holds a blank',
  unknown: 'by a shell that is not documented, with one line for PowerShell, cmd.exe and Git’s bash',
};

function windowsRow({ title, docs, windows }: Adapter): readonly string[] {
  if (windows === undefined) return [plain(title), 'without a shell: a program, a file or a plugin', `[its documentation](${docs})`, ''];
  const { shell, source, limit = '' } = windows;
  return [plain(title), windowsShells[shell], source === undefined ? 'nowhere' : `[${kindOf(source)}](${source})`, plain(limit)];
}

function kindOf(source: string): string {
  if (source.includes('/pull/')) return 'a report';
  if (source.includes('/blob/')) return 'its source';
  return source.startsWith('https://www.npmjs.com/') ? 'its package' : 'its documentation';
}

function section(agent: Adapter): string {
  const { title, limits, timeoutSeconds } = agent;
  const file = agent.installation(HOME).file.replace(HOME, '~');
  return [
    `## ${plain(title)}`,
    '',
    `Hooks are written to ${code(file)}, and wait up to ${timeoutSeconds} seconds.`,
    '',
    ...limits.failsOpen.map((what) => `- ${plain(what)}`),
    ...limits.cannotSee.map((what) => `- Not seen: ${plain(what)}.`),
  ].join('\n');
}

function held(extent: Extent): string {
  return typeof extent === 'string' ? plain(extent) : extent ? 'held' : '**no**';
}

/** Where its own settings give its shells the terminal guard. */
function elsewhere({ shells, shellsInherit }: Adapter): string {
  if (shells && shellsInherit) return `in terminals of the editor only, by ${code(shells(HOME, { variables: {}, shims: '' }).file.replace(HOME, '~'))}`;
  return shells ? code(shells(HOME, { variables: {}, shims: '' }).file.replace(HOME, '~')) : '**no**';
}

/** What is run of what stands in its file. */
function proof(agent: Adapter): string {
  const installation = agent.installation(HOME);
  const starts = installation.hooks?.(installation.install(undefined, LAUNCHER), LAUNCHER) ?? [];
  if (agent.canary === undefined || starts.length === 0) return '**no**';
  const what = starts.every(({ start }) => 'plugin' in start) ? 'its plugin is called' : starts.length === 1 ? 'its hook is run' : `its ${starts.length} hooks are run`;
  return `${what}: ${starts.map(({ event }) => code(event)).join(', ')}`;
}

function failure(extent: Extent): string {
  return typeof extent === 'string' ? plain(extent) : extent ? 'yes' : '**no**';
}
