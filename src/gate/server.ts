import type { JudgeServices } from './judge.ts';
import type { GateStatus } from './protocol.ts';
import type { State } from './state.ts';

export interface GateOptions {
  readonly state: State;
  /** This window's own socket; made up where not given. */
  readonly windowSocket?: string;
  /** Absolute paths of the window's workspace folders, as they are now. */
  readonly folders: () => readonly string[];
  /** True while the window has the focus. */
  readonly focused: () => boolean;
  readonly services: JudgeServices;
  /** One line for a log, without any secret. */
  readonly log?: (line: string) => void;
}

export interface Gate {
  /** This window's own socket. */
  readonly socket: string;
  /** True while this window answers the well-known socket. */
  leads(): boolean;
  /** To be called when the folders or the focus of the window have changed. */
  update(): void;
  /** The windows as this one knows them. */
  status(): GateStatus;
  /** Answers what waits with a denial that says the editor closed, and makes room for another window to lead. */
  close(): Promise<void>;
}

/**
 * Listens for hook programs on this window's socket and, when no other window does, on the well-known one.
 * @throws UnsafeState when the sockets' folder is not this person's alone.
 */
export declare function startGate(options: GateOptions): Promise<Gate>;
