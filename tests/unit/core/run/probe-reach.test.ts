/** What sizes a network takes and how far its pixels' work reaches, found by running it on parts of a picture. */
import { describe, expect, it } from 'vitest';
import { cut, drawPicture, type Planes } from '../../../../src/core/run/probe-pictures';
import {
  findMultiple,
  findReach,
  mostHalo,
  probeSide,
  roundUp,
  type Probe,
} from '../../../../src/core/run/probe-reach';

const picture = drawPicture(2 * probeSide + 2 * mostHalo);
const clock = () => 0;

/** Mean of the pixels that lie up to `reach` to the left and right; sides that `step` does not divide are refused. */
function blur(reach: number, step = 1): Probe {
  return async (input) => {
    if (input.width % step || input.height % step) throw new Error('size');
    const values = input.values.map((_, i) => {
      const x = i % input.width;
      let sum = 0;
      for (let far = -reach; far <= reach; far++)
        if (x + far >= 0 && x + far < input.width) sum += input.values[i + far]!;
      return sum / (2 * reach + 1);
    });
    return { ...input, values };
  };
}

/** What it makes of the first columns and rows. */
const whole = (net: Probe): Promise<Planes> => net(cut(picture, 0, 0, probeSide, probeSide));

describe('the smallest step of a network', () => {
  it.each([1, 2, 8, 32])('is what it refuses other sizes for: %i', async (step) => {
    const net = blur(1, step);
    expect(await findMultiple(net, picture, await whole(net), 1)).toBe(step);
  });

  it('is refused where none of those tried is taken', async () => {
    const net = blur(1);
    const only: Probe = async (input) => {
      if (input.width !== probeSide / 2) throw new Error('size');
      return net(input);
    };
    await expect(findMultiple(only, picture, await whole(net), 1)).rejects.toMatchObject({
      problem: 'own-model-unfit',
      facts: { reason: 'multiple' },
    });
  });
});

describe('the reach of a network', () => {
  it.each([0, 3, 17])('is as far as a change is seen: %i', async (reach) => {
    const found = await findReach({
      net: blur(reach),
      picture,
      scale: 1,
      multiple: 1,
      clock,
      isGlobal: false,
    });
    expect(found).toEqual({ halo: reach, isWide: false });
  });

  it('is given up on where a look takes too long', async () => {
    let ms = 0;
    const slow = () => (ms += 30_000);
    const net = blur(40);
    const found = await findReach({
      net,
      picture,
      scale: 1,
      multiple: 1,
      clock: slow,
      isGlobal: false,
    });
    expect(found).toEqual({ halo: probeSide / 2, isWide: true });
  });
});

it('rounds up to the next multiple, and leaves what is one', () => {
  expect([roundUp(0, 8), roundUp(1, 8), roundUp(16, 8)]).toEqual([0, 8, 16]);
});
