import type { Adapter } from '../agents/adapter.ts';
import type { State } from './state.ts';

/** A configuration file that could not be read or written; `message` is fit for a person. */
export class InstallFailed extends Error {
  override readonly name = 'InstallFailed';
}

export interface InstallResult {
  /** The file as the agent names it, before links are followed. */
  readonly file: string;
  readonly changed: boolean;
}

/**
 * Puts the agent's hooks into its configuration file, through links, with a backup, in one step.
 * @throws UnreadableConfig when the file cannot be edited safely; InstallFailed when it cannot be read or written.
 */
export declare function installHooks(adapter: Adapter, home: string, state: State): Promise<InstallResult>;

/** Takes them out again: the file is byte for byte as it was before when nothing else has changed it. Throws as `installHooks`. */
export declare function uninstallHooks(adapter: Adapter, home: string, state: State): Promise<InstallResult>;

/** True when the agent's configuration holds our entries as we would write them now; false also where it cannot be read. */
export declare function areHooksInstalled(adapter: Adapter, home: string, state: State): Promise<boolean>;
