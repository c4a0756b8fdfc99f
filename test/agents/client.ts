/** A real agent as the plays of every-agent.ts see it, whatever runs it. */
import type { ChildProcess } from 'node:child_process';
import type { Reaper } from '../workbench/reaper.ts';
import type { RecordedRequest, Scenario, Step, ToolResult } from './scripted-model.ts';
import type { Stage, StageOptions } from './stage.ts';

const RUN_LIMIT_MS = 180_000;

/** Program and arguments of the MCP server that an agent is told of under the name `volumes`. */
export type McpServer = readonly [program: string, ...args: string[]];

/** What is known of an agent: its files and the calls of its tools. */
export interface ClientFacts {
  readonly id: string;
  readonly title: string;
  /** As the modal calls it. */
  readonly agent: string;
  /** What lies in the home of a person who uses it, the MCP server included. */
  readonly traces: (volumes: McpServer) => Readonly<Record<string, string>>;
  readonly hookFile: string;
  readonly shell: (command: string) => Step;
  readonly read: (path: string) => Step;
  readonly write: (path: string, content: string) => Step;
  /** A call of the MCP server's only tool. */
  readonly deleteVolume: (volume: string) => Step;
  /** What this host does when the hook is killed while it waits: a fact of the host, shown and not hidden. */
  readonly whenKilled: 'runs' | 'holds';
  readonly masksOutput: 'all' | 'those of commands that work' | 'none';
  /** It runs no hook before its person has approved it, which is said. */
  readonly notYet?: true;
  /** `permissions`: only what it asks its client for is held, and what is refused comes without a reason. */
  readonly reach?: 'permissions';
  /** Where it runs inside the workbench: what the workbench needs for that. */
  readonly workbench?: Pick<StageOptions, 'extensionFolders' | 'settings' | 'prepare'>;
}

/** An agent that can be run. */
export interface Client extends ClientFacts {
  /** Installs it unless it is there; needs the network. */
  provision(): Promise<unknown>;
  /** Runs it to the end of the scenario, with its own permission questions switched off. */
  run(stage: Stage, reaper: Reaper, scenario: Scenario): Promise<ClientOutcome>;
}

export interface ClientOutcome {
  readonly said: string;
  /** What the model was told of each tool call, in order. */
  readonly results: readonly ToolResult[];
  /** All that reached the model's side. */
  readonly requests: readonly RecordedRequest[];
}

/** Waits for the end of an agent's program, or kills it when that takes too long; gives what it said. */
export async function saidUntilEnd(child: ChildProcess, reaper: Reaper): Promise<string> {
  const timer = setTimeout(() => void reaper.kill(child), RUN_LIMIT_MS);
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  try {
    await new Promise<void>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', () => resolve());
    });
    return said;
  } finally {
    clearTimeout(timer);
  }
}
