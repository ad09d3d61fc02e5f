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
} as const;

/** A phrase of them, in the page's language. */
export const filmWord = speak('film', enFilm);
