import { join } from 'node:path';
import type { Action } from '../core/action.ts';
import type { Effect, Environment } from '../core/effect.ts';
import { defaultPolicy } from '../core/policy/defaults.ts';
import { matchesGlob } from '../core/policy/glob.ts';
import type { PolicyLayer } from '../core/policy/merge.ts';
import type { Policy } from '../core/policy/policy.ts';
import { loadLastGood, saveLastGood } from '../gate/last-good-policies.ts';
import { managedPolicyIn, organisationsCollector, USER_POLICY, userPolicyIn } from '../gate/person-policies.ts';
import { PolicyUnwritable, withAllowRuleIn, withResourceIn, withTagIn } from '../gate/policy-edit.ts';
import type { PolicyReading } from '../gate/policy-file.ts';
import { saveSnapshot } from '../gate/policy-snapshot.ts';
import { type FileProblem, type PolicyStack, stackPolicies } from '../gate/policy-stack.ts';
import type { State } from '../gate/state.ts';
import { textOf, workspacePolicyIn } from '../gate/workspace-policy.ts';
import { writeAtomic } from '../gate/write-atomic.ts';
import type { FolderTag, Tag } from './folder-tags.ts';

export interface PolicySourceOptions {
  readonly state: State;
  /** An organisation's policy file. */
  readonly managed: string;
  /** Absolute paths no agent may write to. */
  readonly guardPaths: readonly string[];
  /** Absolute paths of the open folders, as they are now. */
  readonly folders: () => readonly string[];
  /** A text without the secrets in it. */
  readonly mask: (text: string) => string;
  /** How long a person has for an answer; seconds. */
  readonly answerSeconds: () => number;
}

/**
 * The policy in force: built in, then an organisation's file, the person's, and what the open folders add, each unable to take back what
 * those before it made strict. A file that cannot be read never weakens: what was last read of it stays.
 */
export class PolicySource {
  private readonly options: PolicySourceOptions;
  private policy: Policy;
  private stack: PolicyStack = { policy: defaultPolicy, layers: new Map(), broken: [], problems: [] };
  private collector: PolicyReading['openTelemetry'] = 'unreadable';
  private lastGood: ReadonlyMap<string, PolicyLayer> | undefined;
  private work: Promise<unknown> = Promise.resolve();

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
    return this.stack.layers.get(this.file)?.tags ?? [];
  }

  /** Files in whose place an earlier version or nothing counts, until they are corrected. */
  broken(): readonly string[] {
    return this.stack.broken;
  }

  /** Where an organisation has records sent; as good as unreadable until it has been read. */
  organisationsCollector(): PolicyReading['openTelemetry'] {
    return this.collector;
  }

  /** Reads all files again and saves the result for hooks that run without an editor. Gives what could not be used. */
  load(): Promise<readonly FileProblem[]> {
    return this.inTurn(() => this.read());
  }

  /**
   * Writes the person's tag of a folder into their policy file, or takes it out where `environment` is undefined.
   * @throws PolicyUnwritable when the file is not valid JSON
   */
  choose(folder: string, environment: Tag | undefined): Promise<void> {
    return this.edit((text) => withTagIn(text, folder, environment));
  }

  /**
   * Lets one command run in its folder from now on, for as long as it cannot lose anything for good; `isExactlyAllowable` says whether it
   * would count. To be asked of a person, and written down, by the caller.
   * @throws PolicyUnwritable when the action is no command, or the file is not valid JSON
   */
  async allowExactly(action: Action, owner: string, reason: string): Promise<void> {
    if (action.tool !== 'shell' || action.cwd === '') throw new PolicyUnwritable('Only a command in a known folder can be allowed by its exact text. Nothing was changed.');
    const { command, cwd } = action;
    if (this.options.mask(command) !== command) throw new PolicyUnwritable('There is a secret in this command, and a policy file must hold none. Have the command read it from the environment; then it can be allowed. Nothing was changed.');
    await this.edit((text) => withAllowRuleIn(text, { command, folder: cwd, owner, reason }));
  }

  /**
   * Lets a known value be spent at a host from now on; what else an action does there is judged as before. To be asked of a person, and
   * written down, by the caller.
   * @param spent as the finding names it
   * @throws PolicyUnwritable when the file is not valid JSON
   */
  async allowCredential(spent: NonNullable<Effect['spent']>, owner: string, reason: string): Promise<void> {
    await this.edit((text) => withAllowRuleIn(text, { credential: spent.credential, host: spent.host, owner, reason }));
  }

  /**
   * Remembers which environment a resource belongs to. To be asked of a person, and written down, by the caller.
   * @param name the resource's exact name, id or host
   * @throws PolicyUnwritable when an organisation has placed it already, or the file is not valid JSON
   */
  async placeResource(name: string, environment: Environment): Promise<void> {
    const managed = this.stack.layers.get(this.options.managed)?.resources.find(({ match }) => matchesGlob(name, match, { ignoreCase: true }));
    if (managed) throw new PolicyUnwritable(`Your organisation’s policy places ${name} in ${managed.environment}. Nothing was changed.`);
    if (this.options.mask(name) !== name) throw new PolicyUnwritable('There is a secret in this name, and a policy file must hold none. Nothing was changed.');
    if (/[{}]/.test(name)) throw new PolicyUnwritable(`${name} has braces in it; write it into the policy by hand.`);
    await this.edit((text) => withResourceIn(text, { match: name.replace(/[*?[]/g, '[$&]'), environment }));
  }

  private async read(): Promise<readonly FileProblem[]> {
    const { state, guardPaths, answerSeconds } = this.options;
    this.lastGood ??= await loadLastGood(state);
    const managed = await managedPolicyIn(this.options.managed);
    this.collector = organisationsCollector(managed);
    const files = [managed, await userPolicyIn(this.file), ...(await Promise.all(this.options.folders().map((folder) => workspacePolicyIn(folder, state))))].filter((file) => file !== undefined);
    const { lastGood } = this;
    this.stack = stackPolicies(files.map((file) => ({ ...file, lastGood: lastGood.get(file.file) })));
    this.lastGood = new Map([...lastGood, ...this.stack.layers]);
    this.policy = { ...this.stack.policy, guardPaths };
    await saveSnapshot(state, { policy: this.policy, answerSeconds: answerSeconds() });
    await saveLastGood(state, this.stack.layers);
    return this.stack.problems;
  }

  private edit(change: (text: string) => string): Promise<void> {
    return this.inTurn(async () => {
      const text = await textOf(this.file);
      if (text === 'unreadable') throw new PolicyUnwritable(`${this.file} cannot be read. Nothing was changed.`);
      await writeAtomic(this.file, changed(this.file, text?.text ?? '{}\n', change), 0o600);
      await this.read();
    });
  }

  /** One after the other, so that no reading overtakes a change. */
  private inTurn<Result>(job: () => Promise<Result>): Promise<Result> {
    const done = this.work.then(job);
    this.work = done.catch(() => undefined);
    return done;
  }
}

function changed(file: string, text: string, change: (text: string) => string): string {
  try {
    return change(text.trim() === '' ? '{}\n' : text);
  } catch (error) {
    if (error instanceof PolicyUnwritable) throw new PolicyUnwritable(`${file} cannot be changed: ${error.message} Correct it first; nothing was changed.`);
    throw error;
  }
}
