import type { Call } from '../call.ts';
import { hasOption, optionValue } from '../call.ts';
import type { Effect } from '../effect.ts';
import type { Rule } from '../rule.ts';

/** How an agent's command line makes it act without asking, or without its hooks. */
interface AgentProgram {
  readonly programs: readonly string[];
  readonly docs: string;
  /** Options that let it act without a question. */
  readonly unasked: readonly string[];
  /** Options that do so with one of these values. */
  readonly unaskedValues?: Readonly<Record<string, RegExp>>;
  /** Options that leave out the hooks, or read them from elsewhere. */
  readonly unhooked?: readonly string[];
}

const agents: readonly AgentProgram[] = [
  { programs: ['claude'], docs: 'https://code.claude.com/docs/en/cli-reference', unasked: ['--dangerously-skip-permissions', '--allow-dangerously-skip-permissions'], unaskedValues: { '--permission-mode': /^(?:bypassPermissions|dontAsk)$/ }, unhooked: ['--bare', '--safe-mode', '--settings', '--setting-sources'] },
  { programs: ['codex'], docs: 'https://developers.openai.com/codex/cli/reference', unasked: ['--dangerously-bypass-approvals-and-sandbox', '--yolo'], unaskedValues: { '-s': /^danger-full-access$/, '--sandbox': /^danger-full-access$/, '--disable': /hook/, '-c': /features\.hooks|hooks\.state|danger-full-access/, '--config': /features\.hooks|hooks\.state|danger-full-access/ } },
  { programs: ['gemini', 'qwen'], docs: 'https://geminicli.com/docs/cli/cli-reference/', unasked: ['-y', '--yolo'], unaskedValues: { '--approval-mode': /^yolo$/ } },
  { programs: ['copilot'], docs: 'https://docs.github.com/en/copilot/reference/cli-command-reference', unasked: ['--yolo', '--allow-all', '--allow-all-tools'], unhooked: ['--config-dir'] },
  { programs: ['cursor-agent', 'agent'], docs: 'https://cursor.com/docs/cli/reference/parameters', unasked: ['-f', '--force', '--yolo'] },
  { programs: ['opencode', 'kilo'], docs: 'https://opencode.ai/docs/cli/', unasked: ['--dangerously-skip-permissions'], unhooked: ['--pure'] },
  { programs: ['amp'], docs: 'https://ampcode.com/manual', unasked: ['--dangerously-allow-all'], unhooked: ['--settings-file'] },
  { programs: ['droid'], docs: 'https://docs.factory.ai/reference/cli-reference', unasked: ['--skip-permissions-unsafe'], unhooked: ['--settings'] },
  { programs: ['crush'], docs: 'https://github.com/charmbracelet/crush', unasked: ['-y', '--yolo'] },
  { programs: ['cline'], docs: 'https://docs.cline.bot/cline-cli/cli-reference', unasked: ['-y', '--yolo'] },
  { programs: ['kiro-cli', 'q'], docs: 'https://kiro.dev/docs/cli/reference/cli-commands/', unasked: ['-a', '--trust-all-tools'] },
  { programs: ['aider'], docs: 'https://aider.chat/docs/config/options.html', unasked: ['--yes-always'] },
  { programs: ['hermes'], docs: 'https://github.com/NousResearch/hermes-agent', unasked: ['--yolo'], unhooked: ['--safe-mode'] },
  { programs: ['pi'], docs: 'https://github.com/badlogic/pi-mono', unasked: [], unhooked: ['--no-extensions'] },
  { programs: ['devin'], docs: 'https://docs.devin.ai', unasked: [], unhooked: ['--config'] },
];

/** Variables that make an agent look for its hooks elsewhere, or do without. */
const elsewhere = ['CLAUDE_CONFIG_DIR', 'CODEX_HOME', 'COPILOT_HOME', 'GEMINI_CLI_HOME', 'QWEN_HOME', 'KIRO_HOME', 'GROK_HOME', 'FACTORY_HOME_OVERRIDE', 'CLINE_DIR', 'CLINE_HOOKS_DIR', 'OPENCODE_PURE', 'KILO_PURE', 'OPENCODE_PERMISSION', 'KILO_PERMISSION', 'PLUGINS', 'XDG_CONFIG_HOME', 'HOME'];

const valued = agents.flatMap(({ unaskedValues = {}, unhooked = [] }) => [...Object.keys(unaskedValues), ...unhooked.filter((name) => !['--bare', '--safe-mode', '--pure', '--no-extensions'].includes(name))]);

export const rule: Rule = {
  tool: 'coding-agents',
  title: 'an agent',
  programs: agents.flatMap(({ programs }) => programs),
  packages: ['@anthropic-ai/claude-code', '@openai/codex', '@google/gemini-cli', '@qwen-code/qwen-code', '@github/copilot', 'opencode-ai', '@kilocode/cli', '@sourcegraph/amp', '@ampcode/cli'],
  docs: 'https://code.claude.com/docs/en/cli-reference',
  valueOptions: [...new Set([...valued, '-p', '--print', '--prompt', '-m', '--model', '--append-system-prompt', '--allowedTools', '--resume', '-r', '--cwd'])],
  operations: [],
  inspect: (call, analysis) => [...switchEffects(call), ...unaskedEffects(call, analysis.action.env)],
  cases: {
    caught: [
      { command: 'claude --dangerously-skip-permissions -p "tidy the tests"', by: 'unasked' },
      { command: 'npx @anthropic-ai/claude-code --permission-mode bypassPermissions -p x', by: 'unasked' },
      { command: 'gemini --yolo -p "list the files"', by: 'unasked' },
      { command: 'codex exec --sandbox danger-full-access "run it"', by: 'unasked' },
      { command: 'codex --disable hooks exec x', by: 'unasked' },
      { command: 'claude --settings /tmp/mine.json -p x', by: 'unhooked' },
      { command: 'CODEX_HOME=/tmp/c codex exec x', by: 'unhooked' },
      { command: 'claude --safe-mode -p "go on"', by: 'unhooked' },
      { command: 'XDG_CONFIG_HOME=/tmp/c opencode run "go on"', by: 'unhooked' },
      { command: 'PLUGINS=off amp -x "go on"', by: 'unhooked' },
      { command: 'kilo --pure run "go on"', by: 'unhooked' },
      { command: 'claude config set disableAllHooks true', by: 'switch' },
      { command: 'gemini hooks disable interlock', by: 'switch' },
    ],
    passes: ['claude -p "what does --yolo do"', 'claude --version', 'claude mcp list', 'codex exec "explain this"', 'gemini -p "explain --yolo"', 'claude config list', 'claude --permission-mode plan -p x', 'aider --message "fix it"', 'claude config set theme dark', 'opencode run "go on"', 'kilo run "explain XDG_CONFIG_HOME"'],
  },
};

const wordsThatSwitch = /^(?:set|unset|add|remove|rm|delete|uninstall|disable|off)$/;
const wordsOfGuards = /hook|permission|bypass|interlock/i;

/** `claude config set disableAllHooks true`, `gemini hooks disable x`, `amp plugins remove interlock`. */
function switchEffects(call: Call): readonly Effect[] {
  const words = call.operands.slice(0, 4).map((word) => word.text);
  const at = words.findIndex((word) => wordsThatSwitch.test(word));
  if (at < 1 || at > 2 || !/^(?:config|hooks?|plugins?|extensions?|features?|settings)$/.test(words[at - 1] ?? '') || !words.some((word) => wordsOfGuards.test(word))) return [];
  return [{ ...base(call), verb: 'weakenGuard', resource: { kind: 'guard setting', name: words.join(' ') }, rule: 'coding-agents/switch', why: `Changes what watches ${call.invocation.program}.`, saferWay: 'Ask the person to make this change.', reversibility: 'recoverable' }];
}

function unaskedEffects(call: Call, own: Readonly<Record<string, string>>): readonly Effect[] {
  const { program, env } = call.invocation;
  const agent = agents.find(({ programs }) => programs.includes(program)) ?? agents.find(({ programs }) => programs.some((name) => call.invocation.argv[0]?.text.includes(name)));
  if (!agent) return [];
  const unasked = agent.unasked.find((name) => hasOption(call, name)) ?? Object.entries(agent.unaskedValues ?? {}).find(([name, value]) => value.test(optionValue(call, name)?.text ?? ''))?.[0];
  const unhooked = agent.unhooked?.find((name) => hasOption(call, name)) ?? elsewhere.find((name) => env[name] !== undefined && env[name] !== own[name]);
  return [
    ...(unasked === undefined ? [] : [startEffect('unasked', `Starts another agent (${program}) that acts without asking anybody: ${unasked}.`, agent, call)]),
    ...(unhooked === undefined ? [] : [startEffect('unhooked', `Starts another agent (${program}) that may not be watched: ${unhooked}.`, agent, call)]),
  ];
}

function startEffect(id: string, why: string, { docs }: AgentProgram, call: Call): Effect {
  return { ...base(call), verb: 'runUnknown', resource: { kind: 'agent', name: call.invocation.program }, rule: `coding-agents/${id}`, why, saferWay: 'Start it with its questions and hooks left on.', reversibility: 'irreversible', docs };
}

function base({ invocation }: Call): Pick<Effect, 'certainty' | 'target'> & Partial<Effect> {
  return { certainty: 'certain', target: { by: 'path' }, ...(invocation.span ? { span: invocation.span } : {}) };
}
