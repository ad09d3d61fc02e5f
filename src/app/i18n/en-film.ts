import { speak } from './speak';

/** The words of clips, in English. They come with the first file. */
export const enFilm = {
  tab: 'Film',
  facts: '{codec}, {width} × {height}, {rate} pictures a second, {length}',
  lostSounds: {
    one: 'One sound of this clip cannot be copied, and is left out.',
    other: '{count} sounds of this clip cannot be copied, and are left out.',
  },
  subtitles: 'Subtitles of this clip are not carried over.',
  chapters: 'Chapters of this clip are not carried over.',
  from: 'From',
  to: 'To',
  looking: 'Looking at eleven pictures of it…',
  nothingFound: 'Eleven pictures were looked at: nothing of these is needed.',
  flickers: 'its light swings by {percent} %',
  unrest: 'noise or blocks change from picture to picture',
  bands: 'skies and walls lie in steps',
  deflicker: 'Deflicker',
  deflickerHint:
    'Takes flicker of lamps and old film out of brightness and colour; fades and cuts stay.',
  steady: 'Steady detail',
  steadyHint:
    'Detail that each picture was given anew stays as it was in the one before, where that fits.',
  deband: 'Deband',
  debandHint: 'Smooths the steps that compression left in skies and walls; grain and edges stay.',
  debandStrength: 'Strength of Deband',
  speech: 'Clean speech',
  speechHint:
    'Takes hiss, hum and wind from behind voices, and music with them; the sound is encoded anew.',
  speechStrength: 'Strength of Clean speech',
  rate: 'Frame rate',
  rateHint: 'Pictures between show what moves half-way; across a cut the picture before stays.',
  same: 'As it is',
  twice: 'Twice as many',
  each: '{rate} a second',
  quality: 'Quality',
  qualitySame: 'Looks the same',
  qualitySmaller: 'Smaller',
  qualityCustom: 'Custom',
  qualityHint: 'How many bits the result takes: Smaller needs less room, and fine detail softens.',
  bitRate: 'Bit rate',
  bitRateHint: 'Mbit/s of the pictures, {least} to {most}. Sounds come on top.',
  bits: '{rate} Mbit/s',
  play: 'Play two seconds',
  plan: '{width} × {height}, {length}',
  time: '{plan}, about {time}',
  size: '{plan}, about {time}, {size} and {bitRate}',
  places: 'Pictures of the clip',
  place: 'Place in the clip',
  run: 'Play',
  pause: 'Pause',
  earlier: 'Earlier result',
  noPlay:
    'This browser does not play this clip in one go. It is shown picture by picture: move the slider under it.',
  preparing: 'Getting ready…',
  going: { one: 'One picture is done', other: '{count} pictures are done' },
  done: 'Done: {width} × {height}, {length}, {codec}, {size}.',
  stopped: 'Stopped. What is done, {length}, can be saved.',
  broken: 'It ended early. {reason} What is done, {length}, can be saved.',
  saved: 'Saved as {name}, {size}.',
  into: 'Save into a file',
  intoOther: 'Another file',
  intoNot: 'Not into {name}',
  intoHint:
    'A long clip can be written into a file of yours as it is made: choose it before Enhance, and there is nothing left to save. What was made already is written into it at once.',
  intoIs:
    'The clip goes into {name} as it is made. What lies in that file now stays until the clip is done.',
  intoCopying: 'Writing what was made into {name}…',
  intoDone: '{done} It lies in {name}.',
  intoStopped: 'Stopped. What is done, {length}, lies in {name}.',
  intoBroken: 'It ended early. {reason} What is done, {length}, lies in {name}.',
  'into.refused':
    'The browser may no longer write into {name}. The clip is kept here instead: press Save once it is done.',
  'into.full':
    'There is no more room on the disk of {name}. The clip is kept here instead: press Save once it is done.',
  'into.gone':
    '{name} is not there any more. The clip is kept here instead: press Save once it is done.',
  intoMemory:
    'The browser keeps no files for this page any more. The clip is held in memory: press Save once it is done.',
  'into.failed':
    '{name} could not be written. The clip is kept here instead: press Save once it is done.',
} as const;

/** A phrase of them, in the page's language. */
export const filmWord = speak('film', enFilm);
