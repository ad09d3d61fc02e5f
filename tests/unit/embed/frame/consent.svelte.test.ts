import { beforeEach, expect, test } from 'vitest';
import { Consent } from '../../../../src/embed/frame/consent.svelte';
import { settle } from '../../app/fake-owner';

let sight: { isLong: boolean };
let consent: Consent;

const given = new File([], 'the-hosts.png');
const own = new File([], 'own.png');
const other = new File([], 'other.png');
const real = { isTrusted: true };

beforeEach(() => {
  sight = { isLong: true };
  consent = new Consent(sight);
  consent.bring(own);
  consent.bring(other);
});

/** Whether a wish is met at once. */
async function isFree(file: File, reveal: boolean): Promise<boolean> {
  let isMet = false;
  void consent.ask(file, reveal).then((yes) => (isMet = yes));
  await settle();
  const met = isMet;
  consent.answer(false);
  await settle();
  return met;
}

test('a photo is the host’s unless the person brought it', () => {
  expect([given, own, null].map((file) => consent.isOwn(file))).toEqual([false, true, false]);
  expect([given, own, null].map((file) => consent.mayTell(file))).toEqual([true, false, true]);
});

test.each([
  ['a script’s', { isTrusted: false }, true],
  ['one on a button that was not in view for long', real, false],
])('%s press is none', async (_, event, isLong) => {
  sight.isLong = isLong;
  expect(consent.press(event, own)).toBe(false);
  expect(consent.mayTell(own)).toBe(false);
  expect(await isFree(given, false)).toBe(false);
  // Who really pressed is told why nothing happens.
  expect(consent.isUnheard).toBe(event.isTrusted);
});

test('a press lets the host know of that photo, and of no other of the person’s', () => {
  sight.isLong = false;
  consent.press(real, own);
  sight.isLong = true;
  expect(consent.press(real, own)).toBe(true);
  expect(consent.isUnheard).toBe(false);
  expect([own, other].map((file) => consent.mayTell(file))).toEqual([true, false]);
});

test('the host’s photos run after one press, or at once where the host has said so', async () => {
  expect(await isFree(given, false)).toBe(false);
  expect(await isFree(given, true)).toBe(true);
  consent.press(real, given);
  expect(await isFree(given, false)).toBe(true);
});

test('the person’s are asked about each time, whatever was pressed and whatever the host says', async () => {
  consent.press(real, given);
  consent.press(real, own);
  for (const reveal of [true, false])
    for (const file of [own, other]) expect(await isFree(file, reveal)).toBe(false);
});

test('an answer is the person’s, and none is there where nobody asks', async () => {
  consent.answer(true);
  const asked = consent.ask(own, true);
  expect(consent.asking).toBe(true);
  consent.answer(true);
  expect(await asked).toBe(true);
  expect(consent.asking).toBe(false);
});
