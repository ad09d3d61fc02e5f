import { boxesOf, findBox, makeBox, nameAt, viewOf } from './boxes';

/** What an MP4 or MOV says of itself beside its date: title, author, place, camera, in boxes that mean the same wherever they lie. */
export type MovieMetadata = {
  /** Boxes of the description's user data, head and all. */
  readonly userData: readonly Uint8Array[];
  /** What is in the description's own box of metadata, as QuickTime has it; null where there is none. */
  readonly meta: Uint8Array | null;
  /** Whether that is all; not where there is more than is kept, or some lies elsewhere in the file. */
  readonly isAll: boolean;
};

/** Nothing of it. */
export const noMovieMetadata: MovieMetadata = { userData: [], meta: null, isAll: true };

/** Bytes of it that are kept at most: cameras keep their tracks of places there. */
const mostBytes = 2 ** 24;

/** Boxes of user data that say nothing of whose, where and which camera; of all others only their makers know what they hold. Source: QuickTime File Format, "User data atoms"; 3GPP TS 26.244, 8. */
const telling = ['titl', 'dscp', 'cprt', 'gnre', 'albm', 'perf', 'yrrc', 'kywd'];

/** Where it was, in text. */
const place = '\u00a9xyz';

/** Keys that tell whose, where or which camera. Source: "Metadata item keys" of the QuickTime File Format, and what Android's cameras write. */
const identifying = /location|direction|gps|serial|identifier|owner|user/i;

/** Items of iTunes' list that tell who bought it. Source: exiftool's tags of QuickTime, "ItemList". */
const bought = ['apID', 'ownr', 'purd', '----'];

/**
 * Finds what a film says of itself.
 *
 * @param moov Its description, head and all.
 * @returns What there is; nothing where that is more than is kept.
 */
export function readMovieMetadata(moov: Uint8Array): MovieMetadata {
  const whole = moov.subarray(8);
  // The list of chapters is read for itself.
  const all = [...boxesOf(findBox(whole, ['udta']) ?? new Uint8Array())].filter(
    ([name]) => name !== 'chpl',
  );
  const here = all.filter(([name, inner]) => name !== 'meta' || !isElsewhere(inner));
  const userData = here.map(([name, inner]) => makeBox(name, inner));
  const found = findBox(whole, ['meta']);
  const meta = found && !isElsewhere(found) ? found : null;
  const isAll = here.length === all.length && meta === found;
  const bytes = userData.reduce((sum, { length }) => sum + length, meta?.length ?? 0);
  return bytes > mostBytes ? { ...noMovieMetadata, isAll: false } : { userData, meta, isAll };
}

/**
 * The same without place, owner and serial numbers.
 *
 * @param metadata What a film says.
 * @returns What is left: text that people have written, camera and program; of what only a camera's maker can read, nothing.
 */
export function withoutIdentity({ userData, meta, isAll }: MovieMetadata): MovieMetadata {
  const kept = userData.flatMap((box) => {
    const name = nameAt(box, 4);
    if (name === 'meta') return [makeBox(name, withoutItems(box.subarray(8)))];
    const isText = name.startsWith('\u00a9') && name !== place;
    return isText || telling.includes(name) ? [box] : [];
  });
  return { userData: kept, meta: meta && withoutItems(meta), isAll };
}

/** Whether what is described lies at places of the file that it was read from. */
const isElsewhere = (meta: Uint8Array): boolean => findBox(inMeta(meta), ['iloc']) !== null;

/** QuickTime's begins at once, that of MP4 behind its version. */
const versionOf = (meta: Uint8Array): number => (nameAt(meta, 4) === 'hdlr' ? 0 : 4);
const inMeta = (meta: Uint8Array): Uint8Array => meta.subarray(versionOf(meta));

/** A box of metadata without the items that identify; their keys stay, as items are named by their keys' numbers. */
function withoutItems(meta: Uint8Array): Uint8Array {
  const keys = [...keysOf(findBox(inMeta(meta), ['keys']))];
  const isKept = (name: string) => {
    const key = keys[viewOf(nameBytes(name)).getUint32(0) - 1];
    return key === undefined ? name !== place && !bought.includes(name) : !identifying.test(key);
  };
  const parts = [...boxesOf(inMeta(meta))].flatMap(([name, inner]) => {
    // Of other kinds nobody knows here what they hold.
    if (name !== 'ilst') return ['hdlr', 'keys'].includes(name) ? [makeBox(name, inner)] : [];
    const items = [...boxesOf(inner)].filter(([item]) => isKept(item));
    return [makeBox(name, ...items.map(([item, value]) => makeBox(item, value)))];
  });
  const whole = makeBox('meta', meta.subarray(0, versionOf(meta)), ...parts);
  return whole.subarray(8);
}

/** Source: QuickTime File Format, "Metadata item keys atom". */
function* keysOf(box: Uint8Array | null): Generator<string> {
  // Behind its version and their number each is a box whose name is what kind of key it is.
  if (box) for (const [, key] of boxesOf(box, 8)) yield new TextDecoder().decode(key);
}

const nameBytes = (name: string): Uint8Array =>
  Uint8Array.from({ length: 4 }, (_, i) => name.charCodeAt(i));
