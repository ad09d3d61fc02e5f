import { describe, expect, test } from 'vitest';
import { usualFace, type Face } from '../../../../src/core/recipe/faces';
import { wholeFrame } from '../../../../src/core/recipe/frame';
import { neutralFinish } from '../../../../src/core/recipe/finish';
import { FaceLayer, layFaces, reframeFaces } from '../../../../src/core/run/face-mask';

const face: Face = { x: 0.25, y: 0.25, width: 0.5, height: 0.5, ...usualFace };
const whole = { width: 40, height: 20 };

/** What strength is multiplied with at a place, 0..255. */
function read(finish: ReturnType<typeof layFaces>, x: number, y: number): number {
  const { width, values } = finish.mask!;
  return values[y * width + x]!;
}

describe('faces', () => {
  test('are gentler in the middle, and nothing is far from them', () => {
    const laid = layFaces({ ...neutralFinish, faces: [face] }, whole);
    expect(read(laid, 20, 10)).toBe(Math.round(0.6 * 255));
    for (const [x, y] of [
      [0, 0],
      [39, 19],
      [5, 10],
      [20, 1],
    ] as const)
      expect(read(laid, x, y)).toBe(255);
    expect(laid.faces).toEqual([]);
  });

  test('fade out towards their edge, without a step that is seen', () => {
    const laid = layFaces(
      { ...neutralFinish, faces: [{ ...face, amount: 0 }] },
      { width: 800, height: 400 },
    );
    let last = 0;
    for (let x = 400; x < 800; x++) {
      const next = read(laid, x, 200);
      expect(next - last).toBeGreaterThanOrEqual(0);
      expect(next - last).toBeLessThan(8);
      last = next;
    }
    expect(last).toBe(255);
  });

  test('weigh what was painted; where two meet, the gentler one counts', () => {
    const mask = { width: 40, height: 20, values: new Uint8Array(800).fill(100) };
    const faces = [face, { ...face, amount: 0.2 }];
    const laid = layFaces({ ...neutralFinish, mask, faces }, whole);
    expect(read(laid, 20, 10)).toBe(20);
    expect(read(laid, 0, 0)).toBe(100);
    expect(mask.values.every((value) => value === 100)).toBe(true);
  });

  test('that are switched off, or as strong as the rest, leave a finish as it is', () => {
    const faces = [
      { ...face, isGentle: false },
      { ...face, amount: 1 },
    ];
    const finish = { ...neutralFinish, faces };
    expect(layFaces(finish, whole)).toBe(finish);
  });

  test('make one mask as long as neither they nor the size have changed', () => {
    const layer = new FaceLayer();
    const faces = [face];
    const { mask } = layer.lay({ ...neutralFinish, faces }, whole);
    expect(layer.lay({ ...neutralFinish, faces, strength: 0.3 }, { ...whole }).mask).toBe(mask);
    expect(
      layer.lay({ ...neutralFinish, faces: [{ ...face, amount: 0.1 }] }, whole).mask,
    ).not.toEqual(mask);
  });
});

describe('faces in another frame', () => {
  const photo = { width: 400, height: 200 };
  const crop = { x: 100, y: 0, width: 200, height: 200 };

  test('turn with the photo', () => {
    const left = { ...face, x: 0.1, y: 0.2, width: 0.1, height: 0.4 };
    const to = { ...wholeFrame, turns: 1 as const };
    const [turned] = reframeFaces([left], { from: undefined, to, photo });
    expect(turned!.width).toBeCloseTo(0.4);
    expect(turned!.height).toBeCloseTo(0.1);
    const [back] = reframeFaces([turned!], { from: to, to: undefined, photo });
    for (const name of ['x', 'y', 'width', 'height'] as const)
      expect(back![name]).toBeCloseTo(left[name]);
  });

  test('are cropped with it, and are there again with the whole', () => {
    const to = { ...wholeFrame, crop };
    const [cropped] = reframeFaces([{ ...face, x: 0, width: 0.1 }], { from: undefined, to, photo });
    expect(cropped!.x + cropped!.width).toBeLessThan(0);
    const [back] = reframeFaces([cropped!], { from: to, to: undefined, photo });
    expect(back!.x).toBeCloseTo(0);
    expect(back!.width).toBeCloseTo(0.1);
  });
});
