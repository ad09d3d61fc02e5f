import { speak } from './speak';

/** The words of proposed colours, in English. They come with them, and not with the page's other words. */
export const enProposals = {
  propose: 'Propose colours',
  hint: 'A small network guesses where it is sure, such as sky and foliage. Nothing is painted before you take it.',
  looking: 'Looking for colours…',
  unsure: 'It is not sure of any colour here. Paint them yourself.',
  failed: 'Colours could not be proposed: {reason}',
  found: {
    one: 'One colour is proposed, as a dashed line on the picture. Take it, change it or drop it.',
    other:
      '{count} colours are proposed, as dashed lines on the picture. Take, change or drop each.',
  },
  name: 'Proposed colours',
  colour: 'Colour of proposal {number}',
  take: 'Take proposal {number}',
  drop: 'Drop proposal {number}',
  takeShort: 'Take',
  dropShort: 'Drop',
  takeAll: 'Take all',
  dropAll: 'Drop all',
  taken: { one: 'Painted.', other: '{count} colours painted.' },
  dropped: { one: 'Dropped.', other: '{count} proposals dropped.' },
} as const;

/** A phrase of the proposals, in the page's language. */
export const proposalWord = speak('proposals', enProposals);
