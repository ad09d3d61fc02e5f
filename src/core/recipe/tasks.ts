import {
  formerCrisp,
  type NetworkKind,
  type OwnName,
  type Scale,
  type Tier,
  type Variant,
} from './kinds';
import {
  findReason,
  leastBlur,
  lightJpegQuality,
  lightNoise,
  mostCleanedQuality,
  type Reason,
} from './reasons';
import { rowOf, type TaskTable } from './task-row';

/** Values of the controls of every task; part of its row, and of the npm package's types, which must name nothing else. */
export type TaskControls = {
  /** In percent: 0 heals nothing; else what is marked is healed. It decides how likely damage must be to be marked. */
  heal: { readonly sensitivity: number };
  /** In percent: how much of the pattern is taken out. */
  pattern: { readonly amount: number };
  /** In percent: how much of a faded print's cast, of its lost contrast, and of its unevenness, is undone. */
  colours: { readonly cast: number; readonly contrast: number; readonly even: number };
  /** In percent: of noise with a sigma of 50 of 255, and 100 less the JPEG quality to repair. */
  clean: { readonly noise: number; readonly jpeg: number };
  /** In percent: how much of the deblurred picture is mixed in. */
  deblur: { readonly amount: number };
  /**
   * By how much, and which enlarger, of which tier; the latter have no meaning at scale 1. A person's own network takes the
   * enlarger's place, or works before it where it keeps the size.
   */
  upscale: {
    readonly scale: Scale;
    readonly variant: Variant;
    readonly tier?: Tier;
    readonly own?: OwnName;
  };
};

/** What a step of a recipe is for. */
export type StepTask = keyof TaskControls;

/** Noise sigma in levels that 100 % stands for: the most that the training showed. */
const fullNoise = 50;

/** The same as a share of full scale. */
const fullNoisePlane = fullNoise / 255;

/**
 * How much of strong noise is cleaned before a crisp enlarger, which takes the rest and has more texture to go by: on
 * CID22's photos with noise of sigma 25 it reaches 0.89 of their gradient energy and 31.25 dB (cleaned whole 0.88 and
 * 31.20), with JPEG 85 after it 0.95 and 30.80 (0.92 and 30.76).
 */
const beforeCrisp = 0.85;

/** How much of the cleaning, or of the deblurring, that is suggested an alternative asks for. */
const lessClean = 0.5;
const moreClean = 1.6;
const lessDeblur = 0.5;
const moreDeblur = 1.4;

/**
 * Strength to begin with of what a network has cleaned or sharpened: all of it looks like plastic, say those who restore for
 * a living. An enlarger shows all of its work: what is mixed in is soft, and has the damage that was cleaned before.
 */
const mendedStrength = 0.6;

const network: NetworkKind = {
  ...{ kind: 'network', scale: 1, variant: 'faithful' },
  ...{ planes: {}, amount: 1 },
};

/**
 * Damage is healed where it is marked, before any network sees it. Nothing is suggested: only what is shown and marked
 * is touched.
 */
const heal = rowOf<TaskControls['heal']>()({
  task: 'heal',
  place: 4,
  controls: {
    sensitivity: {
      ...{ kind: 'percent', usual: 50, search: 'find-damage' },
      words: { name: 'heal.sensitivity', hint: 'heal.sensitivityHint' },
    },
  },
  toggle: { name: 'heal.name', hint: 'heal.hint', isMarked: true },
  isGround: true,
  short: 'value',
  planes: [],
  answers: [],
  words: { doing: 'task.heal', did: 'did.heal', strength: 'strength.hintSame' },
  suggest: () => null,
  advise: () => null,
  steps({ sensitivity }, { damage }) {
    if (sensitivity === 0 || damage === 'none') return [];
    return [{ kind: 'filter', filter: 'heal', isSure: true }];
  },
});

/**
 * The weave of the paper and the dots of the print, which a network would take for detail and sharpen. Before damage is healed:
 * patches from elsewhere have the pattern in another phase, which a notch leaves in (`bench -- old press`: of eight scratched prints with
 * a 100 lpi screen the damage comes out 34 levels from the photo so, and 59 the other way round).
 */
const pattern = rowOf<TaskControls['pattern']>()({
  task: 'pattern',
  place: 5,
  controls: {
    amount: {
      ...{ kind: 'percent', usual: 100 },
      words: { name: 'pattern.amount', hint: 'pattern.amountHint' },
    },
  },
  toggle: { name: 'pattern.name', hint: 'pattern.hint' },
  ...{ isGround: true, isAhead: true },
  short: 'value',
  planes: [],
  answers: ['pattern'],
  words: { doing: 'task.pattern', did: 'did.pattern', strength: 'strength.hintSame' },
  suggest: ({ reasons }) => (findReason(reasons, 'pattern') ? { amount: 100 } : null),
  steps({ amount }) {
    if (amount === 0) return [];
    const whole = { kind: 'filter', filter: 'pattern', isSure: true } as const;
    if (amount === 100) return [whole];
    return [whole, { kind: 'filter', filter: 'mix', amount: amount / 100, isSure: true }];
  },
});

/** What has faded in a print: told by the whole photo, and undone before a network sees it, which learnt from fresh ones. */
const colours = rowOf<TaskControls['colours']>()({
  task: 'colours',
  place: 6,
  controls: {
    cast: {
      ...{ kind: 'percent', usual: 100 },
      words: { name: 'colours.cast', hint: 'colours.castHint' },
    },
    contrast: {
      ...{ kind: 'percent', usual: 100 },
      words: { name: 'colours.contrast', hint: 'colours.contrastHint' },
    },
    // What is dark at an edge may be so in the photo: only where a person asks for it.
    even: { kind: 'percent', usual: 0, words: { name: 'colours.even', hint: 'colours.evenHint' } },
  },
  toggle: { name: 'colours.name', hint: 'colours.hint' },
  isGround: true,
  short: 'object',
  planes: [],
  answers: ['faded'],
  words: { doing: 'task.colours', did: 'did.colours', strength: 'strength.hintSame' },
  suggest: ({ reasons }) =>
    findReason(reasons, 'faded') ? { cast: 100, contrast: 100, even: 0 } : null,
  steps({ cast, contrast, even }) {
    if (cast === 0 && contrast === 0 && even === 0) return [];
    const amounts = { cast: cast / 100, contrast: contrast / 100, even: even / 100 };
    return [{ kind: 'filter', filter: 'colours', ...amounts, isSure: true }];
  },
});

/**
 * Noise and JPEG damage, told to the network in planes: it takes weak noise off whole and leaves texture. In
 * percent: of noise with a sigma of 50 of 255, and 100 less the JPEG quality to repair.
 */
const clean = rowOf<TaskControls['clean']>()({
  task: 'clean',
  place: 2,
  controls: {
    noise: { kind: 'percent', usual: 0, words: { name: 'noise.name', hint: 'noise.hint' } },
    jpeg: { kind: 'percent', usual: 0, words: { name: 'jpeg.name', hint: 'jpeg.hint' } },
  },
  short: 'object',
  planes: ['noise', 'jpeg'],
  usualStrength: mendedStrength,
  answers: ['noise', 'jpeg'],
  words: { doing: 'task.clean', did: 'did.clean', strength: 'strength.hintSame' },
  // Light damage is left to the crisp enlarger, unless none follows or a sharpener would come first.
  suggest({ reasons, scale }) {
    const noise = findReason(reasons, 'noise');
    const jpeg = findReason(reasons, 'jpeg');
    if (!noise && !(jpeg && jpeg.quality <= mostCleanedQuality)) return null;
    // Along the outlines of a drawing the enlarger would make teeth of what a JPEG left there.
    const leastLight = findReason(reasons, 'drawn') ? mostCleanedQuality + 1 : lightJpegQuality;
    const isStrong = (noise && noise.sigma > lightNoise) || (jpeg && jpeg.quality < leastLight);
    const isSharpened = findReason(reasons, 'shake') ?? findReason(reasons, 'blur');
    if (!isStrong && !isSharpened && scale > 1) return null;
    const all = cleanAll(reasons);
    const isLeftOver = scale > 1 && !isSharpened && noise && noise.sigma > lightNoise;
    return isLeftOver ? { ...all, noise: share(all.noise, beforeCrisp) } : all;
  },
  // What is too slight to be suggested may still be asked for; too much takes texture.
  vary(controls, leaning, { reasons }) {
    const factor = leaning === 'less' ? lessClean : moreClean;
    if (controls)
      return { noise: share(controls.noise, factor), jpeg: share(controls.jpeg, factor) };
    return leaning === 'more' ? cleanAll(reasons) : null;
  },
  steps({ noise, jpeg }) {
    if (noise === 0 && jpeg === 0) return [];
    const planes = { noise: (noise / 100) * fullNoisePlane, jpeg: jpeg / 100 };
    return [{ ...network, planes }];
  },
});

/**
 * Has no number that a person could name, so its result is mixed in, in percent; a shake of the camera is taken
 * back first.
 */
const deblur = rowOf<TaskControls['deblur']>()({
  task: 'deblur',
  place: 3,
  controls: {
    amount: { kind: 'percent', usual: 100, words: { name: 'deblur.name', hint: 'deblur.hint' } },
  },
  short: 'value',
  planes: [],
  usualStrength: mendedStrength,
  answers: ['blur', 'shake'],
  words: { doing: 'task.deblur', did: 'did.deblur', strength: 'strength.hintSame' },
  suggest({ reasons }) {
    if (findReason(reasons, 'shake')) return { amount: 100 };
    const blur = findReason(reasons, 'blur');
    return blur ? { amount: blurPercent(blur.sigma) } : null;
  },
  vary(controls, leaning) {
    const factor = leaning === 'less' ? lessDeblur : moreDeblur;
    return controls && { amount: share(controls.amount, factor) };
  },
  steps({ amount }, { shake }) {
    if (amount === 0) return [];
    const share = amount / 100;
    if (shake === 'none') return [{ ...network, amount: share }];
    const isSure = shake === 'found';
    // A network sees too little of a photo to know a wide kernel. What both change is mixed in as one.
    return [
      { kind: 'filter', filter: 'shake', isSure },
      network,
      { kind: 'filter', filter: 'mix', amount: share, isSure },
    ];
  },
});

/**
 * Comes last, so that noise is not enlarged, and every step before it reads a picture of the photo's size. By
 * how much, and which enlarger; the latter has no meaning at scale 1.
 */
const upscale = rowOf<TaskControls['upscale']>()({
  task: 'upscale',
  place: 1,
  controls: {
    scale: {
      ...{ kind: 'choice', usual: 2, off: 1, isOffered: false, words: { name: 'scale.name' } },
      options: [
        { value: 1, name: 'scale.times', title: 'scale.hint' },
        { value: 2, name: 'scale.times', title: 'scale.hint' },
        { value: 4, name: 'scale.times', title: 'scale.hint' },
      ],
    },
    variant: {
      ...{ kind: 'choice', usual: 'faithful', isOffered: true, words: { name: 'variant.name' } },
      options: [
        {
          ...{ value: 'faithful', name: 'variant.faithful', also: 'variant.faithfulAlso' },
          hint: 'variant.faithfulHint',
        },
        {
          ...{ value: 'crisp', formerly: formerCrisp, name: 'variant.crisp' },
          ...{ also: 'variant.crispAlso', hint: 'variant.crispHint' },
        },
      ],
    },
    tier: {
      ...{ kind: 'choice', usual: 'fitting', isOffered: true, isByPace: true },
      words: { name: 'tier.name' },
      options: [
        { value: 'fitting', name: 'tier.fitting' },
        { value: 'fast', name: 'tier.fast' },
        { value: 'quality', name: 'tier.quality' },
      ],
    },
    own: { kind: 'own' },
  },
  short: 'fields',
  planes: [],
  answers: ['noise', 'jpeg', 'soft'],
  words: { doing: 'task.upscale', did: 'did.upscale', strength: 'strength.hint' },
  suggest({ reasons, scale, answered }) {
    // Cleaned, a JPEG is soft and free of blocks: by eye, enlarging it faithfully only keeps it soft.
    const isCompressed = scale > 1 && findReason(reasons, 'jpeg');
    // So is strong noise: 0.59 of a photo's gradient energy is left faithfully, of sigma 25, 0.89 crisply.
    const noise = findReason(reasons, 'noise');
    const isNoisy = noise && (!answered.has('noise') || (scale > 1 && noise.sigma > lightNoise));
    return { scale, variant: isCompressed || isNoisy ? 'crisp' : 'faithful' };
  },
  vary: (controls, leaning, { scale }) => ({
    scale: controls?.scale ?? scale,
    variant: leaning === 'less' ? 'faithful' : 'crisp',
    ...(controls?.tier && { tier: controls.tier }),
    ...(controls?.own && { own: controls.own }),
  }),
  advise: ({ variant }) => (variant === 'crisp' ? 'suggest.crisp' : null),
  retreat({ scale, variant, tier, own }) {
    const brought = own && { own };
    if (tier) return { scale, variant, ...brought };
    return variant === 'crisp' ? { scale, variant: 'faithful', ...brought } : null;
  },
  steps({ scale, variant, tier, own }) {
    const brought: readonly NetworkKind[] = own ? [{ ...network, own }] : [];
    if (own && own.scale > 1) return [{ ...network, scale, own }];
    if (scale === 1) return brought;
    const enlarger = { ...network, scale, variant, ...(tier && { tier }) };
    return own?.after ? [enlarger, ...brought] : [...brought, enlarger];
  },
});

/** The table of tasks, in the order of work. Another task is another row with its controls in {@link TaskControls}, a card, and its words. */
export const tasks = [heal, pattern, colours, clean, deblur, upscale] as const satisfies TaskTable;

/** The controls of cleaning for all that was measured, however slight. */
function cleanAll(reasons: readonly Reason[]): TaskControls['clean'] {
  const noise = findReason(reasons, 'noise');
  const jpeg = findReason(reasons, 'jpeg');
  return {
    noise: noise ? noisePercent(noise.sigma) : 0,
    jpeg: jpeg ? 100 - jpeg.quality : 0,
  };
}

/** A share of a percentage, which stays one. */
function share(percent: number, factor: number): number {
  return Math.min(100, Math.round(percent * factor));
}

/** Percent. */
function noisePercent(sigma: number): number {
  return Math.min(100, Math.max(1, Math.round((100 * sigma) / fullNoise)));
}

/** Percent: moderate, because too little leaves a photo soft and too much draws halos. */
function blurPercent(sigma: number): number {
  return Math.min(70, Math.round(40 + 30 * (sigma - leastBlur)));
}
