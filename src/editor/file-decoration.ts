import type { FileVerdict } from '../core/secrets/files.ts';

/** How a file is marked in the explorer. */
export interface FileMark {
  /** One character: a letter would be taken for a state of git, a dot for a change that is not saved. */
  readonly badge: string;
  readonly tooltip: string;
  /** A colour of the manifest. */
  readonly color: string;
}

/** Colours the manifest contributes. */
export const markColors = { hidden: 'interlock.hiddenFileForeground', masked: 'interlock.maskedFileForeground' } as const;

/** The mark of what agents may see of a file; none where they see all of it. */
export function fileMark(verdict: FileVerdict | undefined): FileMark | undefined {
  switch (verdict) {
    case 'hidden':
      return { badge: '⊘', tooltip: 'Hidden from agents', color: markColors.hidden };
    case 'masked':
      return { badge: '◐', tooltip: 'Agents see it without the values of its secrets', color: markColors.masked };
    case 'clear':
    case undefined:
      return undefined;
  }
}
