import { optionValidator as check } from '../validator';
import { farthestFace, mostFaces, usualFace, type Face } from './faces';
import {
  mostMaskSide,
  neutralFinish,
  type Finish,
  type Grade,
  type Grain,
  type Mask,
  type Sharpening,
} from './finish';
import type { Sides } from './target-size';
import { parseTint } from './tint-parsing';

/**
 * Checks a finish that came from outside.
 *
 * @param value Anything; what is missing is neutral.
 * @param path Its name, for messages.
 * @returns A new, typed finish; the mask's values are the caller's own, not copied.
 * @throws {EnhanceError} `option-wrong`, with the path of the field.
 */
export function parseFinish(value: unknown, path = 'finish'): Finish {
  const neutral = neutralFinish;
  const fields = check.object(value, path, Object.keys(neutral));
  const {
    strength = neutral.strength,
    luminanceOnly = neutral.luminanceOnly,
    colourLock = neutral.colourLock,
    grain = neutral.grain,
    sharpen = neutral.sharpen,
    mask = null,
    faces = neutral.faces,
    tint = null,
    grade = neutral.grade,
  } = fields;
  return {
    strength: check.between(strength, [0, 1], `${path}.strength`),
    luminanceOnly: check.flag(luminanceOnly, `${path}.luminanceOnly`),
    colourLock: check.between(colourLock, [0, 1], `${path}.colourLock`),
    grain: parseGrain(grain, `${path}.grain`),
    sharpen: parseSharpening(sharpen, `${path}.sharpen`),
    mask: mask === null ? null : parseMask(mask, `${path}.mask`),
    faces: parseFaces(faces, `${path}.faces`),
    tint: tint === null ? null : parseTint(tint, `${path}.tint`),
    grade: parseGrade(grade, `${path}.grade`),
  };
}

/**
 * The finish that is asked for where a strength may be given for short.
 *
 * @param wish From outside: a finish, a strength of 0..1 that counts in place of the finish's own, or neither.
 * @returns The finish; neutral where nothing is asked for.
 * @throws {EnhanceError} `option-wrong`, with the path of the field.
 */
export function readFinish(wish: {
  readonly finish?: unknown;
  readonly strength?: unknown;
}): Finish {
  const finish = parseFinish(wish.finish ?? {});
  if (wish.strength === undefined) return finish;
  return { ...finish, strength: check.between(wish.strength, [0, 1], 'strength') };
}

function parseFaces(value: unknown, path: string): readonly Face[] {
  const faces = check.list(value, path, mostFaces);
  return faces.map((face, i) => parseFace(face, `${path}[${i}]`));
}

function parseFace(value: unknown, path: string): Face {
  const names = ['x', 'y', 'width', 'height', 'amount', 'isGentle'];
  const fields = check.object(value, path, names);
  const { amount = usualFace.amount, isGentle = usualFace.isGentle } = fields;
  const number = (name: string, range: readonly [number, number]) =>
    check.between(fields[name], range, `${path}.${name}`);
  const place = [-farthestFace, farthestFace] as const;
  const side = [1e-6, farthestFace] as const;
  return {
    ...{ x: number('x', place), y: number('y', place) },
    ...{ width: number('width', side), height: number('height', side) },
    amount: check.between(amount, [0, 1], `${path}.amount`),
    isGentle: check.flag(isGentle, `${path}.isGentle`),
  };
}

function parseGrain(value: unknown, path: string): Grain {
  const {
    amount = 0,
    size = 1,
    seed = 0,
  } = check.object(value, path, Object.keys(neutralFinish.grain));
  return {
    amount: check.between(amount, [0, 1], `${path}.amount`),
    size: check.between(size, [1, 32], `${path}.size`),
    seed: check.whole(seed, [0, 2 ** 32 - 1], `${path}.seed`),
  };
}

function parseSharpening(value: unknown, path: string): Sharpening {
  const { amount = 0, radius = 1 } = check.object(value, path, Object.keys(neutralFinish.sharpen));
  return {
    amount: check.between(amount, [0, 1], `${path}.amount`),
    radius: check.between(radius, [0.5, 2], `${path}.radius`),
  };
}

/**
 * Checks a mask that came from outside.
 *
 * @param value Anything.
 * @param path Its name, for messages.
 * @returns A new, typed mask; its values are the caller's own, not copied.
 * @throws {EnhanceError} `option-wrong`, with the path of the field.
 */
export function parseMask(value: unknown, path: string): Mask {
  const fields = check.object(value, path, ['width', 'height', 'values', 'photo']);
  const width = check.whole(fields['width'], [1, mostMaskSide], `${path}.width`);
  const height = check.whole(fields['height'], [1, mostMaskSide], `${path}.height`);
  const { values, photo } = fields;
  if (!isBytes(values) || values.length !== width * height)
    throw check.wrong(`${path}.values`, { bytes: width * height });
  if (photo === undefined) return { width, height, values };
  return { width, height, values, photo: parsePhoto(photo, `${path}.photo`) };
}

function parsePhoto(value: unknown, path: string): Sides {
  const fields = check.object(value, path, ['width', 'height']);
  const side = (name: 'width' | 'height') =>
    check.whole(fields[name], [1, 2 ** 31], `${path}.${name}`);
  return { width: side('width'), height: side('height') };
}

/** What lies in shared memory might change between its check and its use. */
function isBytes(value: unknown): value is Uint8Array<ArrayBuffer> {
  return value instanceof Uint8Array && value.buffer instanceof ArrayBuffer;
}

function parseGrade(value: unknown, path: string): Grade {
  const fields = check.object(value, path, Object.keys(neutralFinish.grade));
  const number = (name: Exclude<keyof Grade, 'monochrome'>, most = 1) =>
    check.between(fields[name] === undefined ? 0 : fields[name], [-most, most], `${path}.${name}`);
  const { monochrome = false } = fields;
  return {
    exposure: number('exposure', 3),
    contrast: number('contrast'),
    temperature: number('temperature'),
    saturation: number('saturation'),
    vibrance: number('vibrance'),
    shadowTone: number('shadowTone'),
    highlightTone: number('highlightTone'),
    monochrome: check.flag(monochrome, `${path}.monochrome`),
  };
}
