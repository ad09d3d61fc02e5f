/** By how much to enlarge; 1 keeps the size. */
export const scales = [1, 2, 4] as const;

/** By how much to enlarge; 1 keeps the size. */
export type Scale = (typeof scales)[number];

/**
 * What enlargers make of a picture: `faithful` draws what is there; `crisp` guesses edges and texture, and
 * takes blur, noise and JPEG blocks away.
 */
export const variants = ['faithful', 'crisp'] as const;

/** What `crisp` was called before: recipes, attributes, addresses and catalogues may still say so. */
export const formerCrisp = 'real';

/** Which enlarger. */
export type Variant = (typeof variants)[number];

/** How much work a task's network is: `fast` keeps a phone responsive; `quality` is worth waiting for. */
export const tiers = ['fast', 'quality'] as const;

/** See {@link tiers}. */
export type Tier = (typeof tiers)[number];

/** What networks look for in a photo, beside what they do to one: no step of a recipe, but what steps or the finish go by. */
export const searches = ['find-damage', 'find-faces'] as const;

/** See {@link searches}. */
export type Search = (typeof searches)[number];

/** A rectangle in pixels of a step's input; it may reach beyond the picture, where nothing is done. */
export type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** By how much a person's own network may enlarge. */
export const ownScales = [1, 2, 3, 4, 8] as const;

/** A network that a person has brought, as a recipe names it: its weights are on one device only. */
export type OwnName = {
  /** Of the file that was brought, 64 lower-case hexadecimal digits. */
  readonly sha256: string;
  /** For people: what it was called where the recipe was made. */
  readonly title: string;
  /** By how much the network enlarges, whatever the step is asked for; 1 keeps the size. */
  readonly scale: (typeof ownScales)[number];
  /** That it works on the enlarged picture; only of one that keeps the size, which works before the enlarger else. */
  readonly after?: true;
};

/** What a control of a task may hold: a number, a word, a box, the steps to do inside of one, or a person's own network. */
export type ControlValue = number | string | Box | readonly AskedStep[] | OwnName;

/** A step as it is asked for, of whatever task: its controls by name. */
export type AskedStep = { readonly task: string; readonly [control: string]: ControlValue };

/**
 * What fills a plane of a network's input behind R, G and B: one value everywhere, 0..1, or the photo's own
 * plane of that name, which has a value for each pixel.
 */
export type PlaneValue = number | 'varying';

/** One model over the whole picture, tile by tile. */
export type NetworkKind = {
  readonly kind: 'network';
  readonly scale: Scale;
  /** Which of the task's networks; `faithful` where there is only one. */
  readonly variant: Variant;
  /** Of which tier; where it is not here, the best that the machine has the pace for. */
  readonly tier?: Tier;
  /**
   * A person's own network, in the place of the site's; what it makes is resampled to the step's scale where its own is
   * another.
   */
  readonly own?: OwnName;
  /** What fills its planes, by name; a plane that is not named is 0. */
  readonly planes: Readonly<Record<string, PlaneValue>>;
  /** 0..1: how much of the result is mixed into the step's input, before it is rounded; below 1 only at scale 1. */
  readonly amount: number;
};

/** Arithmetic of our own over the whole picture, which keeps its size. */
export type FilterKind = {
  readonly kind: 'filter';
  /** False where only a search in the photo will tell whether there is anything to do. */
  readonly isSure: boolean;
} & (
  | {
      /** Takes the shake of the camera back. */
      readonly filter: 'shake';
    }
  | {
      /** Takes the pattern of the paper, or of the print, out. */
      readonly filter: 'pattern';
    }
  | {
      /** Undoes what has faded. */
      readonly filter: 'colours';
      /** 0..1: how much of the cast, of the lost contrast, and of what is uneven. */
      readonly cast: number;
      readonly contrast: number;
      readonly even: number;
    }
  | {
      /** Heals what is damaged. */
      readonly filter: 'heal';
    }
  | {
      /** Blends with the picture that the task began with. */
      readonly filter: 'mix';
      /** 0..1: how much of the present picture. */
      readonly amount: number;
    }
);

/** The name of a filter. */
export type FilterName = FilterKind['filter'];

/** A box of the picture with steps of its own, which keep its size, and how much of their result is mixed in. */
export type RegionKind = {
  readonly kind: 'region';
  readonly box: Box;
  readonly steps: readonly AskedStep[];
  /** 0..1. */
  readonly amount: number;
};

/** One piece of work, as the table of tasks gives it. */
export type StepKind = NetworkKind | FilterKind | RegionKind;

/** What is known of a photo when its steps are listed. */
export type Known = {
  /** Whether the camera shook: found, not found, or not looked for yet. */
  readonly shake: 'found' | 'none' | 'unknown';
  /** Whether any of it is damaged, as was marked. */
  readonly damage: 'found' | 'none';
};
