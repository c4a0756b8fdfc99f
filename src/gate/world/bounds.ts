/** What looking at the disk may cost for one action. */
export interface Bounds {
  /** Files counted before a loss is called "more than this". */
  readonly files: number;
  /** Folders below each other that are followed. */
  readonly depth: number;
  /** Names in one folder; a larger one cannot be listed. */
  readonly names: number;
  /** Bytes read from files altogether. */
  readonly bytes: number;
  /** Milliseconds one call of git may take. */
  readonly gitTimeout: number;
  /** Calls of git altogether. */
  readonly gitCalls: number;
}

export const defaultBounds: Bounds = { files: 20_000, depth: 64, names: 5_000, bytes: 64 * 1024 * 1024, gitTimeout: 3_000, gitCalls: 40 };
