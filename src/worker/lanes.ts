/**
 * The lanes of work, the most urgent first: for a loupe a person waits with their finger on the screen,
 * for a save beside the button, for a run with a cup of tea; a look (opening, rehearsing) only makes
 * things ready, and an estimate (of a file's size) is only nice to know, as is what judging a clip finds. A more urgent job that
 * needs the engine steps in between two bands of another.
 */
export const lanes = ['loupe', 'save', 'run', 'look', 'estimate', 'judge'] as const;

/** See {@link lanes}. A photo has one job in each at most. */
export type Lane = (typeof lanes)[number];
