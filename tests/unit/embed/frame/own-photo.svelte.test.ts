/** What a host learns of a photo that the person brought, and when. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { failed } from '../../../../src/core/errors';
import { longMs } from '../../../../src/embed/frame/sight.svelte';
import { settle } from '../../app/fake-owner';
import { defaults, FakeFrame } from './fake-frame';

let frame: FakeFrame;
const own = () => new File(['x'], 'aunt-ottilie.png');
const heard = () => JSON.stringify(frame.heard);
const saves = () => frame.client.log.filter((line) => line.startsWith('save'));
const configure = (settings: Partial<typeof defaults>) =>
  frame.say({ type: 'configure', settings: { ...defaults, reveal: 'auto', ...settings } });

/** The person enhances their photo, and the run ends. */
async function enhance(): Promise<void> {
  await frame.press();
  await frame.finish();
}

beforeEach(async () => {
  frame = new FakeFrame({ reveal: 'auto' });
  await frame.guest.take([own()]);
  await settle();
});

afterEach(() => vi.unstubAllGlobals());

test('before their press, that there is one, and nothing else', async () => {
  await configure({ maxPixels: 20, scale: 4 });
  await frame.say({ type: 'enhance', id: 1, recipe: { scale: 1, deblur: 0.0001 } });
  await frame.say({ type: 'save', id: 2, options: { format: 'png', strength: 0 } });
  expect(frame.answerTo(2)).toBe('no-result');
  expect(frame.states.at(-1)).toBe('asking');
  await frame.say({ type: 'cancel' });
  expect(heard()).not.toMatch(/ottilie|clean|"width"|error/);
  expect(frame.client.log.join()).not.toMatch(/enhance|save/);
});

test('a file that cannot be opened is between the person and the frame', async () => {
  frame.client.held.add('open');
  const taking = frame.guest.take([new File([], 'secret.txt')]);
  await settle();
  frame.client.answer('open', failed('file-empty'));
  await taking;
  expect(frame.workbench.openFault).not.toBe('');
  expect(heard()).not.toMatch(/secret|error/);
});

test('after it, what is done with it, until another is brought', async () => {
  await enhance();
  expect(heard()).toMatch(/aunt-ottilie-2x\.png/);
  expect(frame.all('change').at(-1)?.change.recipe['clean']).toBeDefined();
  await frame.guest.take([new File(['y'], 'uncle.png')]);
  await settle();
  await frame.say({ type: 'enhance', id: 1, recipe: null });
  expect(frame.states.at(-1)).toBe('asking');
  expect(heard()).not.toContain('uncle');
});

test('every run of it needs a press of its own', async () => {
  await enhance();
  await frame.say({ type: 'enhance', id: 1, recipe: { scale: 4 } });
  expect(frame.states.at(-1)).toBe('asking');
  expect(frame.client.log.filter((line) => line.startsWith('enhance'))).toHaveLength(1);
});

test('a host’s photo after it is the host’s again', async () => {
  await enhance();
  await frame.open('theirs.png', 5);
  await frame.say({ type: 'enhance', id: 6, recipe: null });
  expect(frame.states.at(-1)).toBe('running');
});

test('a press counts for what the button has done for half a second', async () => {
  await frame.show();
  for (const settings of [{ scale: 4 }, { recipe: { deblur: 9 } }] as const) {
    await configure(settings);
    void frame.guest.press({ isTrusted: true });
    await settle();
    expect(frame.guest.consent.isUnheard).toBe(true);
    await frame.wait(longMs);
    expect(frame.guest.consent.isReady).toBe(true);
  }
  await configure({ recipe: { deblur: 9 }, quality: 50 });
  expect(frame.guest.consent.isReady).toBe(true);
  expect(heard()).not.toContain('ottilie');
});

test('what is asked for after their press is not what runs', async () => {
  await frame.press();
  const { asked } = frame.client;
  await configure({ scale: 1, recipe: { deblur: 1 } });
  await frame.finish();
  expect(frame.client.asked).toBe(asked);
  expect(frame.all('result')[0]?.result.name).toBe('aunt-ottilie-2x.png');
});

test('how it is finished is theirs', async () => {
  frame = new FakeFrame({ reveal: 'auto', recipe: { finish: { strength: 0 } } });
  // The host's own photo has what the host says.
  await frame.open();
  expect(frame.workbench.finish.strength).toBe(0);
  await frame.guest.take([own()]);
  await settle();
  expect(frame.workbench.finish.strength).toBe(1);
  expect(frame.all('error').map(({ code }) => code)).toEqual(['bad-recipe']);
  await enhance();
  await frame.say({ type: 'save', id: 2, options: { strength: 0 } });
  await frame.say({ type: 'enhance', id: 3, recipe: { finish: { strength: 0 } } });
  await configure({ recipe: { finish: { strength: 0.1 } } });
  await frame.say({ type: 'save', id: 4, options: { format: 'webp' } });
  expect([2, 3, 4].map((id) => frame.answerTo(id))).toEqual(['bad-option', 'bad-recipe', 'done']);
  expect(saves()).toEqual(['save 2 png 1', 'save 2 webp 1']);
});

test('a strength that they are still moving is not given', async () => {
  await enhance();
  frame.workbench.strength = 0;
  await frame.say({ type: 'save', id: 2, options: {} });
  expect(saves().at(-1)).toBe('save 1 png 1');
});

test('what is all but the photo itself is not given, and they are told', async () => {
  await frame.say({ type: 'enhance', id: 1, recipe: { scale: 1, deblur: 1 } });
  frame.change = 0.2;
  await enhance();
  expect(frame.answerTo(1)).toBe('nothing-to-do');
  expect(frame.guest.delivery.isWithheld).toBe(true);
  await frame.say({ type: 'save', id: 2, options: { format: 'png' } });
  expect(frame.answerTo(2)).toBe('nothing-to-do');
  expect(saves()).toEqual([]);
  expect(frame.all('result')).toEqual([]);
});

test('nor what a strength has left that they have set', async () => {
  await frame.say({ type: 'enhance', id: 1, recipe: { scale: 1, deblur: 60 } });
  await enhance();
  expect(frame.all('result')).toHaveLength(1);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  frame.workbench.strength = 3;
  frame.guest.restrengthen();
  await vi.advanceTimersByTimeAsync(500);
  vi.useRealTimers();
  expect(frame.guest.delivery.isWithheld).toBe(true);
  await frame.say({ type: 'save', id: 2, options: {} });
  expect(frame.answerTo(2)).toBe('nothing-to-do');
  expect(frame.all('result')).toHaveLength(1);
});

test('an enhance that comes while it is opened waits for it, and for what the site offers', async () => {
  frame = new FakeFrame({ reveal: 'auto' });
  frame.client.isPrompt = false;
  frame.client.held.add('offers');
  await frame.say(
    { type: 'open', id: 1, file: new Blob(['x']), name: 'me.png' },
    { type: 'enhance', id: 2, recipe: { scale: 4 } },
  );
  expect(frame.answerTo(2)).toBeUndefined();
  frame.client.answer('offers');
  await settle();
  await settle();
  await frame.finish();
  expect(frame.answerTo(2)).toBe('done');
});

test('a hundred thousand requests are refused without work, and saves wait in a short line', async () => {
  await enhance();
  frame.client.held.add('save');
  const before = frame.client.log.length;
  const requests = Array.from({ length: 50_000 }, (_, id) => [
    { type: 'enhance', id: 2 * id, recipe: { scale: id % 2 ? 2 : 4 } } as const,
    { type: 'save', id: 2 * id + 1, options: {} } as const,
  ]);
  await frame.say(...requests.flat());
  expect(frame.client.log.length - before).toBeLessThan(5);
  const refused = frame.all('failed').filter(({ code }) => code === 'busy');
  expect(refused.length).toBe(100_000 - 1 - 16);
});
