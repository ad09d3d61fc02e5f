import { describe, expect, test } from 'vitest';
import { checkFrame, mapPoint, photoMap } from '../../../../src/core/frame/geometry';
import { findScanFrame } from '../../../../src/core/findings/scan-frame';
import { cropRaster } from '../../../../src/core/picture/raster';
import { drawScan, type Lay } from '../scans';
import { drawScene } from '../scenes';

const print = cropRaster(drawScene(700), { x: 0, y: 0, width: 700, height: 520 });
const size = { width: 840, height: 640 };
const lay: Lay = { page: [243, 240, 232], tilt: 0, x: 415, y: 322, noise: 4 };

describe('the frame of a scanned print', () => {
  test.each([
    ['white paper', lay],
    ['the dark of an open lid', { ...lay, page: [4, 5, 6] }],
    ['an album, askew', { ...lay, page: [58, 74, 61], tilt: 2.3 }],
    ['paper, askew the other way', { ...lay, tilt: -1.4 }],
  ] as const)('is found on %s, a little inside of the print, and upright', (_, { ...asked }) => {
    const scan = drawScan(print, size, [asked]);
    const frame = findScanFrame(scan)!;
    expect(frame).not.toBeNull();
    checkFrame(frame, scan);
    expect(Math.abs(frame.angle + asked.tilt)).toBeLessThan(0.15);
    const { width, height } = frame.crop!;
    // Two cells of two pixels at most are left off on each side.
    expect([width > 700 - 10, width <= 700, height > 520 - 10, height <= 520]).toEqual(
      Array.from({ length: 4 }, () => true),
    );
    const map = photoMap(frame, scan);
    const [x, y] = mapPoint(map, width / 2, height / 2);
    expect(Math.hypot(x - asked.x, y - asked.y)).toBeLessThan(3);
  });

  test.each([
    ['of a photo without a border', () => print],
    [
      'that a program has drawn',
      () => drawScan(print, size, [{ ...lay, noise: 0, x: 420, y: 320 }]),
    ],
    [
      'of several prints on a page',
      () =>
        drawScan(cropRaster(print, { x: 0, y: 0, width: 340, height: 250 }), size, [
          { ...lay, x: 220, y: 160 },
          { ...lay, x: 610, y: 160 },
          { ...lay, x: 220, y: 460 },
          { ...lay, x: 610, y: 460 },
        ]),
    ],
    ['round a thing that is no print', () => drawThing()],
    [
      'of a picture too small to tell',
      () =>
        drawScan(
          cropRaster(print, { x: 0, y: 0, width: 30, height: 30 }),
          { width: 40, height: 40 },
          [{ ...lay, x: 20, y: 20 }],
        ),
    ],
    ['where there is nothing but a page', () => drawScan(print, size, [{ ...lay, x: 9000 }])],
  ])('is not found %s', (_, draw) => {
    expect(findScanFrame(draw())).toBeNull();
  });
});

/** A bright disc before a plain wall. */
function drawThing() {
  const wall = drawScan(print, size, [{ ...lay, x: 9000 }]);
  for (let y = 0; y < 640; y++)
    for (let x = 0; x < 840; x++)
      if (Math.hypot(x - 420, y - 320) < 290)
        wall.data.fill(60, 4 * (y * 840 + x), 4 * (y * 840 + x) + 3);
  return wall;
}
