import { readLatin1 } from '../metadata/bytes';

/** Of a level, 0..1, another. */
type Curve = (level: number) => number;

/** Bytes of a tag's entry in the table: its name, where it lies and how long it is. */
const entryBytes = 12;
const tableStart = 132;

/** How many numbers each kind of parametric curve has. */
const parameterCounts = [1, 3, 4, 5, 7] as const;

/**
 * What a gray profile's levels stand for. Source: ICC.1:2022, 8.3.4, 9.2.35, 10.6 and 10.18.
 *
 * @param profile A profile of gray.
 * @returns How much light a level is, both 0..1; null where the profile tells it otherwise than by one curve, or is broken.
 */
export function readGrayResponse(profile: Uint8Array): Curve | null {
  const view = new DataView(profile.buffer, profile.byteOffset, profile.byteLength);
  try {
    // A table, where there is one, is what counts.
    if (findTag(view, 'A2B0')) return null;
    const tag = findTag(view, 'kTRC');
    const curve = tag && readCurve(view, tag.start, tag.end);
    if (!curve) return null;
    return nameAt(view, 20) === 'Lab ' ? (level) => lightOf(curve(level)) : curve;
  } catch {
    // A place outside of the profile.
    return null;
  }
}

const nameAt = (view: DataView, at: number) =>
  readLatin1(new Uint8Array(view.buffer, view.byteOffset + at, 4));

function findTag(view: DataView, name: string) {
  const most = Math.floor((view.byteLength - tableStart) / entryBytes);
  const count = Math.min(view.getUint32(tableStart - 4), most);
  for (let i = 0, at = tableStart; i < count; i++, at += entryBytes) {
    if (nameAt(view, at) !== name) continue;
    const start = view.getUint32(at + 4);
    return { start, end: start + view.getUint32(at + 8) };
  }
  return null;
}

function readCurve(view: DataView, start: number, end: number): Curve | null {
  const kind = nameAt(view, start);
  if (kind === 'curv') return readTable(view, start, end);
  return kind === 'para' ? readParametric(view, start) : null;
}

function readTable(view: DataView, start: number, end: number): Curve | null {
  const count = view.getUint32(start + 8);
  if (count === 0) return clamp;
  if (count === 1) {
    const gamma = view.getUint16(start + 12) / 256;
    return (level) => clamp(level) ** gamma;
  }
  if (start + 12 + count * 2 > Math.min(end, view.byteLength)) return null;
  const entry = (i: number) => view.getUint16(start + 12 + i * 2) / 65535;
  return (level) => {
    const place = clamp(level) * (count - 1);
    const below = Math.min(count - 2, Math.floor(place));
    return entry(below) + (entry(below + 1) - entry(below)) * (place - below);
  };
}

/** `(a x + b)^g + e` from `d` on, below it `c x + f`; some kinds leave some of these out. */
function readParametric(view: DataView, start: number): Curve | null {
  const kind = view.getUint16(start + 8);
  const count = parameterCounts[kind];
  if (!count) return null;
  const read = Array.from({ length: count }, (_, i) => view.getInt32(start + 12 + i * 4) / 65536);
  const [g = 1, a = 1, b = 0, c = 0] = read;
  const power = (x: number) => Math.max(0, a * x + b) ** g;
  if (kind === 0) return (x) => clamp(clamp(x) ** g);
  if (kind < 3) {
    // Below the level where the power begins there is nothing but what is added.
    const more = kind === 2 ? c : 0;
    return (x) => clamp((x >= -b / a ? power(x) : 0) + more);
  }
  const [d = 0, e = 0, f = 0] = read.slice(4);
  return (x) => clamp(x >= d ? power(x) + e : c * x + f);
}

const clamp = (level: number) => Math.min(1, Math.max(0, level));

/** Of a lightness, 0..1 for CIE L* of 0..100, the light. ISO/CIE 11664-4. */
function lightOf(lightness: number): number {
  const f = (lightness * 100 + 16) / 116;
  return f > 6 / 29 ? f ** 3 : 3 * (6 / 29) ** 2 * (f - 4 / 29);
}
