import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyEdits, modify, parse, type ParseError } from 'jsonc-parser';
import { defaultPolicy } from '../core/policy/defaults.ts';
import { withWorkspace } from '../core/policy/merge.ts';
import type { Policy } from '../core/policy/policy.ts';
import { parsePolicy, parseWorkspacePolicy, saveSnapshot } from '../gate/policy-file.ts';
import type { State } from '../gate/state.ts';
import { writeAtomic } from '../gate/write-atomic.ts';
import { type FolderTag, type Tag, withTag } from './folder-tags.ts';

export interface PolicySourceOptions {
  readonly state: State;
  /** Absolute paths no agent may write to. */
  readonly guardPaths: readonly string[];
  /** Absolute paths of the open folders, as they are now. */
  readonly folders: () => readonly string[];
  /** How long a person has for an answer; seconds. */
  readonly answerSeconds: () => number;
}

/** The person's own policy file, in the state folder. */
export const USER_POLICY = 'user-policy.jsonc';

/** Where a team keeps its policy, below the workspace folder. */
export const WORKSPACE_POLICY = '.interlock/policy.json';

/**
 * The policy in force: built in, then the person's file, then what the open folders add, which can only tighten.
 * A file that cannot be read never takes anything away from the policy before it.
 */
export class PolicySource {
  private readonly options: PolicySourceOptions;
  private policy: Policy;
  private own: readonly FolderTag[] = [];

  constructor(options: PolicySourceOptions) {
    this.options = options;
    this.policy = { ...defaultPolicy, guardPaths: options.guardPaths };
  }

  /** The person's own policy file. */
  get file(): string {
    return join(this.options.state.root, USER_POLICY);
  }

  current(): Policy {
    return this.policy;
  }

  /** Tags the person chose. */
  chosen(): readonly FolderTag[] {
    return this.own;
  }

  /** Reads all files again and saves the result for hooks that run without an editor. Gives what could not be used, in plain sentences. */
  async load(): Promise<readonly string[]> {
    const { state, guardPaths, folders, answerSeconds } = this.options;
    const user = parsePolicy((await textOf(this.file)) ?? '', 'user');
    const problems = user.problems.map((problem) => `${this.file}: ${problem}`);
    let { policy } = user;
    for (const folder of folders()) {
      const file = join(folder, WORKSPACE_POLICY);
      const text = await textOf(file);
      if (text === undefined) continue;
      const workspace = parseWorkspacePolicy(text);
      const merged = withWorkspace(policy, workspace.layer, folder);
      policy = merged.policy;
      problems.push(...[...workspace.problems, ...merged.problems].map((problem) => `${file}: ${problem}`));
    }
    this.own = user.policy.tags;
    this.policy = { ...policy, guardPaths: [...guardPaths, ...policy.guardPaths] };
    await saveSnapshot(state, { policy: this.policy, answerSeconds: answerSeconds() });
    return problems;
  }

  /**
   * Writes the person's tag of a folder into their policy file, or takes it out where `environment` is undefined.
   * @throws Error fit for the person when the file is not valid JSON
   */
  async choose(folder: string, environment: Tag | undefined): Promise<void> {
    const text = (await textOf(this.file)) ?? '{}\n';
    const errors: ParseError[] = [];
    const value: unknown = parse(text, errors, { allowTrailingComma: true });
    if (errors.length > 0 || typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${this.file} is not valid JSON. Correct it first; nothing was changed.`);
    const tags = withTag(this.own, folder, environment);
    const edited = applyEdits(text, modify(text, ['tags'], tags, { formattingOptions: { insertSpaces: true, tabSize: 2 } }));
    await writeAtomic(this.file, edited, 0o600);
    await this.load();
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    // A folder in its place, or no rights: nothing is taken from it, and the reading of the rest goes on.
    return '';
  }
}
