import { statfs } from 'node:fs/promises';
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

/** Bytes that stay free on the disk with the vault. */
const SPARED = 64 * 1024 * 1024;

/** Counts what one action copies and ends it where a bound is met: half a copy is no copy. */
export class Budget {
  files = 0;
  bytes = 0;
  private readonly bounds: VaultBounds;
  private readonly folder: string;
  private readonly now: () => number;
  private readonly start: number;

  /** @param folder of the vault */
  constructor(bounds: VaultBounds, folder: string, now: () => number) {
    this.bounds = bounds;
    this.folder = folder;
    this.now = now;
    this.start = now();
  }

  /**
   * Looks whether what was counted fits on the disk with something to spare, where the system says how much is left.
   * @throws KeepFailed
   */
  async makeRoom(): Promise<void> {
    const disk = await statfs(this.folder).catch(() => undefined);
    if (disk && disk.bavail * disk.bsize < this.bytes + SPARED) throw new KeepFailed('No copy was kept: the disk with the vault is full.');
  }

  /** Milliseconds left, at most `most`. */
  remaining(most: number): number {
    return Math.max(1, Math.min(most, this.bounds.milliseconds - (this.now() - this.start)));
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
