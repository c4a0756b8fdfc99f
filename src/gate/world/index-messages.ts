import type { HistoryProgress } from './history-scan.ts';
import type { FileChange, HistorySecret } from './indexed-file.ts';
import type { ScanProgress } from './secret-index.ts';

/** What the window tells the thread that looks for secrets. Both sides are of one build and one process. */
export type ToWorker =
  /** Take what is known of a folder already, then look through it. */
  | { readonly type: 'follow'; readonly root: string; readonly store: string }
  | { readonly type: 'unfollow'; readonly root: string }
  /** Paths below a followed folder that may have changed. */
  | { readonly type: 'changed'; readonly root: string; readonly paths: readonly string[] }
  /** Look through the git history of a followed folder. */
  | { readonly type: 'lookIntoHistory'; readonly root: string }
  | { readonly type: 'stopHistory' }
  /** Stop looking through folders; changes are still followed. */
  | { readonly type: 'stop' };

/** What that thread answers: places and fingerprints, never a value. */
export type FromWorker =
  /** Everything known of a folder so far, in place of what was told before. */
  | { readonly type: 'known'; readonly root: string; readonly changes: readonly FileChange[] }
  | { readonly type: 'changes'; readonly root: string; readonly changes: readonly FileChange[] }
  | { readonly type: 'progress'; readonly root: string; readonly progress: ScanProgress }
  /** `stopped`: before the end. */
  | { readonly type: 'scanned'; readonly root: string; readonly progress: ScanProgress; readonly milliseconds: number; readonly stopped: boolean }
  /** Secrets that the git history has, in place of what was told before. */
  | { readonly type: 'history'; readonly root: string; readonly secrets: readonly HistorySecret[] }
  | { readonly type: 'historyProgress'; readonly root: string; readonly progress: HistoryProgress }
  /** `stopped`: before the end. */
  | { readonly type: 'historyScanned'; readonly root: string; readonly progress: HistoryProgress; readonly stopped: boolean }
  | { readonly type: 'historyFailed'; readonly root: string; readonly why: string }
  | { readonly type: 'failed'; readonly root: string; readonly why: string };
