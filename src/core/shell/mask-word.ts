/** The word after which the launcher masks what it reads instead of asking. */
export const MASK = 'mask';
