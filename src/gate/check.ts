import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as z from 'zod/mini';
import type { Action } from '../core/action.ts';
import { defaultPolicy } from '../core/policy/defaults.ts';
import type { Policy } from '../core/policy/policy.ts';
import type { Finding, Verdict } from '../core/verdict.ts';
import { blindWorld, type World } from '../core/world.ts';
import { decideToday } from './decide-today.ts';
import { readPolicy } from './policy-file.ts';
import { problemLine, stackPolicies } from './policy-stack.ts';
import { createDiskWorld } from './world/disk-world.ts';

const environment = z.optional(z.record(z.string(), z.string()));
const common = { id: z.optional(z.union([z.string(), z.number()])), cwd: z.optional(z.string()), env: environment };

/** One line of the check command's input. */
const requestSchema = z.discriminatedUnion('tool', [
  z.object({ ...common, tool: z.literal('shell'), shell: z.optional(z.enum(['bash', 'powershell', 'cmd'])), command: z.string() }),
  z.object({ ...common, tool: z.literal('read'), path: z.string(), content: z.optional(z.string()) }),
  z.object({ ...common, tool: z.literal('write'), path: z.string(), content: z.optional(z.string()) }),
  z.object({ ...common, tool: z.literal('delete'), path: z.string() }),
  z.object({ ...common, tool: z.literal('mcp'), server: z.optional(z.string()), name: z.string(), arguments: z.optional(z.record(z.string(), z.unknown())) }),
]);
type Request = z.infer<typeof requestSchema>;

export interface Where {
  /** Folder whose files may be consulted; undefined: nothing on disk is. */
  readonly workspace: string | undefined;
  readonly policy: string | undefined;
  /** Tells of a part of the policy that is not used. */
  readonly warn: Warn;
}

type Warn = (line: string) => void;

type Write = (text: string) => Promise<void>;

/** A policy file that cannot be used; `message` says why. */
class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

/**
 * Judges one JSON action a line, in order, streaming. A bad line is answered with an error and the stream goes on.
 * @returns the exit code
 * @throws PolicyError when the policy file cannot be used
 */
export async function check(lines: AsyncIterable<string>, where: Where, write: Write): Promise<number> {
  const judge = judgeIn(where);
  for await (const line of lines) if (line.trim() !== '') await write(`${JSON.stringify(answerLine(line, judge))}\n`);
  return 0;
}

/** Prints for a person what a command would do and what becomes of it. */
export async function explain(command: string, where: Where, write: Write): Promise<number> {
  const cwd = where.workspace ? resolve(where.workspace) : '';
  const verdict = judgeIn(where)({ tool: 'shell', command, cwd });
  await write(explanation(command, verdict));
  return verdict.decision === 'allow' || verdict.decision === 'keep' ? 0 : 1;
}

type Judge = (request: Request) => Verdict;

function judgeIn(where: Where): Judge {
  const policy = where.policy === undefined ? defaultPolicy : policyOf(where.policy, where.warn);
  const workspace = where.workspace === undefined ? undefined : resolve(where.workspace);
  return (request) => {
    const world: World = workspace === undefined ? blindWorld() : createDiskWorld({ secretsIn: () => [] });
    return decideToday(actionOf(request, workspace), world, policy);
  };
}

/** The policy of a person's file. What cannot be used of it is told; a file of which nothing can be read is no policy to judge by. */
function policyOf(file: string, warn: Warn): Policy {
  const reading = readPolicy(readFileSync(file, 'utf8'));
  const { policy, problems } = stackPolicies([{ file, source: 'user', reading, tightens: false }]);
  if (!reading.usable) throw new PolicyError(problems.map(problemLine).join('\n'));
  for (const problem of problems) warn(problemLine(problem));
  return policy;
}

function answerLine(line: string, judge: Judge): object {
  let id: string | number | null = null;
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed === 'object' && parsed !== null && 'id' in parsed && (typeof parsed.id === 'string' || typeof parsed.id === 'number')) ({ id } = parsed);
    const request = requestSchema.safeParse(parsed);
    if (!request.success) return { id, error: problemOf(request.error) };
    return { id, ...brief(judge(request.data)) };
  } catch (error) {
    return { id, error: error instanceof SyntaxError ? 'The line is not JSON.' : 'The line could not be judged.' };
  }
}

function problemOf(error: z.core.$ZodError): string {
  const issue = error.issues[0];
  return `The action is not one the check command knows: ${issue?.path.join('.') || 'the line'} is ${issue?.code === 'invalid_union' ? 'none of shell, read, write, delete, mcp' : 'missing or of the wrong kind'}.`;
}

function actionOf(request: Request, workspace: string | undefined): Action {
  const context = { agent: 'check', session: '', cwd: request.cwd ?? workspace ?? '', workspaceRoots: workspace === undefined ? [] : [workspace], env: request.env ?? {} };
  switch (request.tool) {
    case 'shell':
      return { ...context, tool: 'shell', shell: request.shell ?? 'bash', command: request.command };
    case 'read':
    case 'write':
      return { ...context, tool: request.tool, path: request.path, ...(request.content === undefined ? {} : { content: request.content }) };
    case 'delete':
      return { ...context, tool: 'delete', path: request.path };
    case 'mcp':
      return { ...context, tool: 'mcp', server: request.server ?? '', name: request.name, arguments: request.arguments ?? {} };
  }
}

/** The verdict as the contract of the check command has it. */
function brief(verdict: Verdict): object {
  return {
    decision: verdict.decision,
    ...(verdict.confirmation ? { confirmation: verdict.confirmation.by } : {}),
    ...(verdict.output ? { output: verdict.output } : {}),
    findings: verdict.findings.map(({ rule, verb, resource, environment, reversibility, why }) => ({ rule, verb, resource: resource.name, environment, reversibility, why })),
  };
}

const headings = { allow: 'Runs.', keep: 'Runs, after a copy of what it would lose is kept.', ask: 'Waits for a person.', deny: 'Refused.' } as const;

function explanation(command: string, verdict: Verdict): string {
  const confirmation = verdict.confirmation?.by === 'type' ? ` The person types “${verdict.confirmation.text}” to let it run.` : '';
  const findings = verdict.findings.map((finding) => explainFinding(command, finding));
  return `${[`${headings[verdict.decision]}${confirmation}`, ...findings].join('\n\n')}\n`;
}

function explainFinding(command: string, finding: Finding): string {
  const lines = [
    finding.why,
    `  decided   ${finding.decision}: ${finding.because}`,
    `  target    ${finding.environment}${finding.evidence.length > 0 ? ` (${finding.evidence.join('; ')})` : ''}`,
    `  rule      ${finding.rule}${finding.docs ? `  ${finding.docs}` : ''}`,
  ];
  if (finding.span) lines.push(`  where     ${command.slice(finding.span.start, finding.span.end)}`);
  if (finding.saferWay) lines.push(`  safer     ${finding.saferWay}`);
  return lines.join('\n');
}
