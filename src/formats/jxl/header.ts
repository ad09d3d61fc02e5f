import type { Size } from '../../core/picture/rect';
import { damaged, turnSize, type ImageHeader, type Orientation, type Source } from '../header';
import { HeaderBits } from './bits';
import { findCodestream } from './codestream';
import { readColours, type JxlColours } from './colours';

/** Widths by height: equal, and as so many parts of so many. */
const ratios = [null, [1, 1], [12, 10], [4, 3], [3, 2], [16, 9], [5, 4], [2, 1]] as const;

/** Of extra channels: their numbers. */
const channel = { alpha: 0, spot: 2, pattern: 5 } as const;

/**
 * Whether a JPEG XL has high dynamic range: more light than paper white, by PQ or HLG.
 *
 * @param bytes The file, whose header has been read.
 * @returns True where it says so by codes.
 * @throws {RangeError} Where it ends too early.
 */
export function isBrightJxl(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return readTold(findCodestream(view).start).colours.kind === 'bright';
}

/**
 * Reads a JPEG XL's header. Source: ISO/IEC 18181-1, annexes D and E; 18181-2 for the boxes round it.
 *
 * @param source The file: a bare codestream, or in boxes.
 * @returns Its header. Its own turn is in its size, and the decoder makes it, so `orientation` is 1.
 * @throws {EnhanceError} `corrupt-file` where the header is broken.
 * @throws {RangeError} Where it ends too early.
 */
export function readJxl({ bytes, view, fileBytes }: Source): ImageHeader {
  const { start, isCut } = findCodestream(view);
  if (start[0] !== 0xff || start[1] !== 0x0a) throw damaged('jxl', 'codestream');
  const bits = new HeaderBits(start, 16);
  const stored = readSize(bits);
  const told = readRest(bits);
  return {
    format: 'jxl',
    ...turnSize(stored, told.orientation),
    depth: told.depth,
    hasAlpha: told.hasAlpha,
    animated: told.animated,
    truncated: bytes.length >= fileBytes && isCut,
    orientation: 1,
    coloured: told.coloured,
    colourEdits: [],
    turnEdits: [],
  };
}

/** Of sides in eighths, and of any. */
const side = (bits: HeaderBits) => bits.number([9, 1], [13, 1], [18, 1], [30, 1]);

function readSize(bits: HeaderBits): Size {
  const isSmall = bits.flag();
  const read = () => (isSmall ? (bits.bits(5) + 1) * 8 : side(bits));
  const height = read();
  const ratio = ratios[bits.bits(3)];
  return { width: ratio ? Math.floor((height * ratio[0]) / ratio[1]) : read(), height };
}

type Told = Pick<ImageHeader, 'depth' | 'orientation' | 'hasAlpha' | 'animated' | 'coloured'> & {
  /** Whether its numbers are XYB's, which says nothing of the colours that are meant. */
  readonly isXyb: boolean;
  readonly colours: JxlColours;
  /** Where what it says of these begins, in bits; 0 where it says nothing. */
  readonly coloursAt: number;
  /** Where that ends. */
  readonly coloursEnd: number;
  /** Whether its light follows that. */
  readonly tellsLight: boolean;
};

const plain: Told = {
  ...{ depth: 8, orientation: 1, hasAlpha: false, animated: false, coloured: false },
  ...{ isXyb: true, coloursAt: 0, coloursEnd: 0, tellsLight: false },
  colours: { kind: 'usual' },
};

/**
 * Where the header of a codestream says what its colours are.
 *
 * @param start Its beginning.
 * @returns See {@link Told}.
 * @throws {RangeError} Where it ends too early.
 */
export function readTold(start: Uint8Array): Told {
  const bits = new HeaderBits(start, 16);
  readSize(bits);
  return readRest(bits);
}

function readRest(bits: HeaderBits): Told {
  if (bits.flag()) return plain;
  const tellsLight = bits.flag();
  const { orientation, animated } = tellsLight ? readMore(bits) : plain;
  const depth = readDepth(bits) > 8 ? 16 : 8;
  bits.flag();
  let hasAlpha = false;
  for (let left = bits.number(0, 1, [4, 2], [12, 1]); left > 0; left--)
    if (readChannel(bits) === channel.alpha) hasAlpha = true;
  const isXyb = bits.flag();
  const coloursAt = bits.at;
  const colours = readColours(bits);
  return {
    ...{ depth, orientation, animated, hasAlpha, coloured: colours.kind !== 'usual', isXyb },
    ...{ colours, coloursAt, coloursEnd: bits.at, tellsLight },
  };
}

function readMore(bits: HeaderBits): Pick<Told, 'orientation' | 'animated'> {
  const orientation = (bits.bits(3) + 1) as Orientation;
  if (bits.flag()) readSize(bits);
  if (bits.flag()) skipPreview(bits);
  const animated = bits.flag();
  if (animated) {
    bits.number(100, 1000, [10, 1], [30, 1]);
    bits.number(1, 1001, [8, 1], [10, 1]);
    bits.number(0, [3, 0], [16, 0], [32, 0]);
    bits.flag();
  }
  return { orientation, animated };
}

function skipPreview(bits: HeaderBits): void {
  const isSmall = bits.flag();
  const skip = () =>
    isSmall
      ? bits.number(16, 32, [5, 1], [9, 33])
      : bits.number([6, 1], [8, 65], [10, 321], [12, 1345]);
  skip();
  if (bits.bits(3) === 0) skip();
}

/** Bits a sample, also of floating point. */
function readDepth(bits: HeaderBits): number {
  if (!bits.flag()) return bits.number(8, 10, 12, [6, 1]);
  const depth = bits.number(32, 16, 24, [6, 1]);
  bits.bits(4);
  return depth;
}

function readChannel(bits: HeaderBits): number {
  if (bits.flag()) return channel.alpha;
  const kind = bits.choice();
  readDepth(bits);
  bits.number(0, 3, 4, [3, 1]);
  for (let left = bits.number(0, [4, 0], [5, 16], [10, 48]); left > 0; left--) bits.bits(8);
  if (kind === channel.alpha) bits.flag();
  if (kind === channel.spot) for (let i = 0; i < 4; i++) bits.bits(16);
  if (kind === channel.pattern) bits.number(1, [2, 0], [4, 3], [8, 19]);
  return kind;
}
