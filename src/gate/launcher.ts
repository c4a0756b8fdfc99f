import type { State } from './state.ts';

export interface LauncherSource {
  /** The editor's own Node: `process.execPath`. */
  readonly node: string;
  /** Path of the extension's dist/hook.js. */
  readonly program: string;
}

/** Copies the hook program into the state folder and writes the launcher that runs it. Both are replaced in one step each. */
export declare function installLauncher(state: State, source: LauncherSource): Promise<void>;
