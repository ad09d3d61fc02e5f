import { expect, test } from 'vitest';
import { isWorthHealing } from '../../../../src/core/findings/old-photo';

test('what is marked is healed unasked only in what looks like a print, and where it is much', () => {
  const fresh = {
    reasons: [{ kind: 'noise', sigma: 9 }],
    isMonochrome: false,
    isScan: false,
  } as const;
  expect([0.008, 0.05, 0.4].map((share) => isWorthHealing(share, fresh))).toEqual([
    ...[false, false, false],
  ]);
  for (const sign of [
    { isMonochrome: true },
    { isScan: true },
    { reasons: [{ kind: 'faded' }] },
    { reasons: [{ kind: 'pattern' }] },
  ] as const)
    expect([0.008, 0.05].map((share) => isWorthHealing(share, { ...fresh, ...sign }))).toEqual([
      ...[false, true],
    ]);
});
