import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyLook } from '../../../../src/embed/frame/appearance';
import {
  chooseInk,
  contrastOf,
  readColour,
  writeColour,
  type Rgb,
  type Serialise,
} from '../../../../src/embed/frame/colour';

/** What Chromium's canvas says of some texts. */
const known: Readonly<Record<string, string>> = {
  red: '#ff0000',
  'rgb(0 0 0 / 0.5)': 'rgba(0, 0, 0, 0.5)',
  transparent: 'rgba(0, 0, 0, 0)',
  'oklch(0.7 0.1 200)': 'oklch(0.7 0.1 200)',
  'color-mix(in srgb, oklch(0.7 0.1 200), oklch(0.7 0.1 200))': 'color(srgb -0.1 0.5 1.25)',
  'color-mix(in srgb, transparent, transparent)': 'color(srgb 0 0 0 / 0)',
  'color-mix(in srgb, rgb(0 0 0 / 0.5), rgb(0 0 0 / 0.5))': 'color(srgb 0 0 0 / 0.5)',
  // Would be one, were it looked at inside of a mix alone.
  'color-mix(in srgb, red 10%, blue, red 10%, blue)': 'color(srgb 1 1 1)',
};
const serialise: Serialise = (text) => known[text] ?? (/^#[\da-f]{6}$/.test(text) ? text : null);

test.each<[string, string | null]>([
  ['red', 'rgb(255 0 0)'],
  ['#0b57d0', 'rgb(11 87 208)'],
  ['oklch(0.7 0.1 200)', 'rgb(0 128 255)'],
  ['transparent', null],
  ['rgb(0 0 0 / 0.5)', null],
  ['var(--x, url(https://evil.example/))', null],
  ['red 10%, blue', null],
  ['', null],
])('%s is read as %s', (text, written) => {
  const colour = readColour(text, serialise);
  expect(colour && writeColour(colour)).toBe(written);
});

const channel = fc.integer({ min: 0, max: 255 }).map((value) => value / 255);

test('words can be read on every colour', () => {
  fc.assert(
    fc.property(fc.tuple(channel, channel, channel), (colour) => {
      const ink = readColour(chooseInk(colour), serialise)!;
      expect(contrastOf(ink, colour)).toBeGreaterThanOrEqual(4.5);
    }),
    { numRuns: 5_000 },
  );
  const black: Rgb = [0, 0, 0];
  expect(contrastOf(black, [1, 1, 1])).toBeCloseTo(21);
  expect(contrastOf(black, black)).toBe(1);
});

/** What becomes of a host's look: properties that are set, and what is refused. */
function look(accent: string, radius: string) {
  const set: Record<string, string> = {};
  const style = {
    setProperty: (name: string, value: string) => void (set[name] = value),
    removeProperty: (name: string) => {
      delete set[name];
      return '';
    },
  };
  const root = { dataset: {}, style } as unknown as Parameters<typeof applyLook>[1];
  const faults = applyLook({ theme: 'dark', accent, radius }, root, serialise);
  return { set, refused: faults.map(({ code, message }) => [code, message.split(' ')[0]]) };
}

test.each([
  ['', undefined, []],
  ['12px', '12px', []],
  ['0', '0px', []],
  ['1.5rem', '24px', []],
  ['25px', undefined, ['radius']],
  ['2rem', undefined, ['radius']],
  ['12', undefined, ['radius']],
  ['50%', undefined, ['radius']],
  ['calc(1px + 900px)', undefined, ['radius']],
  ['var(--x)', undefined, ['radius']],
  ['-4px', undefined, ['radius']],
  ['1e9px', undefined, ['radius']],
])('a radius of %j becomes %s', (radius, expected, refused) => {
  const { set, refused: told } = look('', radius);
  expect(set['--radius']).toBe(expected);
  expect(told).toEqual(refused.map((name) => ['bad-attribute', name]));
});

test('a colour is set in our own words, with ink, and one that is refused is told', () => {
  expect(look('red', '').set).toEqual({
    ...{ '--safelight': 'rgb(255 0 0)', '--safelight-hover': 'rgb(255 0 0)' },
    '--on-safelight': '#000000',
  });
  expect(look('transparent', '').refused).toEqual([['bad-attribute', 'accent']]);
  expect(look('transparent', '').set).toEqual({});
});
