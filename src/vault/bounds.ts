import { KeepFailed } from '../core/keeping.ts';

/** What may be copied before one action. */
export interface VaultBounds {
  readonly files: number;
  readonly bytes: number;
  /** Folders within folders. */
  readonly depth: number;
  readonly milliseconds: number;
}

export const defaultVaultBounds: VaultBounds = { files: 20_000, bytes: 1024 * 1024 * 1024, depth: 64, milliseconds: 20_000 };

/** Counts what one action copies and ends it where a bound is met: half a copy is no copy. */
export class Budget {
  files = 0;
  bytes = 0;
  private readonly bounds: VaultBounds;
  private readonly now: () => number;
  private readonly start: number;

  constructor(bounds: VaultBounds, now: () => number) {
    this.bounds = bounds;
    this.now = now;
    this.start = now();
  }

  /** @throws KeepFailed */
  take(bytes: number, depth: number): void {
    this.files += 1;
    this.bytes += bytes;
    const { bounds } = this;
    if (this.files > bounds.files) throw new KeepFailed(`No copy was kept: there are more than ${bounds.files} files.`);
    if (this.bytes > bounds.bytes) throw new KeepFailed(`No copy was kept: there are more than ${Math.floor(bounds.bytes / 1024 / 1024)} MB.`);
    if (depth > bounds.depth) throw new KeepFailed(`No copy was kept: folders are nested more than ${bounds.depth} deep.`);
    this.checkTime();
  }

  /** @throws KeepFailed */
  checkTime(): void {
    const { milliseconds } = this.bounds;
    if (this.now() - this.start > milliseconds) throw new KeepFailed(`No copy was kept: copying took more than ${Math.floor(milliseconds / 1000)} s.`);
  }
}
