/** Several files that the person brings at once, where the host takes several. */
import { afterEach, expect, test, vi } from 'vitest';
import { failed } from '../../../../src/core/errors';
import { settle } from '../../app/fake-owner';
import { defaults, FakeFrame } from './fake-frame';

const names = ['ottilie', 'albert', 'frieda'];
const files = () => names.map((name) => new File([name], `${name}.png`));
const results = (frame: FakeFrame) => frame.all('result').map(({ result }) => result.name);
const runs = (frame: FakeFrame) => frame.client.log.filter((line) => line.startsWith('enhance'));
const heard = (frame: FakeFrame) => JSON.stringify(frame.heard);

/** Waits until something is so. */
const until = (isSo: () => boolean) => vi.waitFor(() => expect(isSo()).toBe(true), 60_000);

/** A frame of a host that takes several, with three files of the person's. */
async function bring(settings: Partial<typeof defaults> = {}): Promise<FakeFrame> {
  const frame = new FakeFrame({ reveal: 'auto', multiple: true, ...settings });
  await frame.guest.take(files());
  await settle();
  return frame;
}

afterEach(() => vi.unstubAllGlobals());

test('one press is for all of them, one after the other, and each gives a result', async () => {
  const frame = await bring();
  expect(heard(frame)).not.toMatch(/ottilie|albert|frieda/);
  await frame.press();
  for (const count of [1, 2, 3]) {
    await until(() => runs(frame).length === count);
    // Of what waits nothing is told.
    for (const later of names.slice(count)) expect(heard(frame)).not.toContain(later);
    await frame.finish();
    await until(() => results(frame).length === count);
  }
  expect(results(frame)).toEqual(names.map((name) => `${name}-2x.png`));
  expect(frame.all('error')).toEqual([]);
});

test('a host that takes one gets one', async () => {
  const frame = await bring({ multiple: false });
  await frame.press();
  await frame.finish();
  await until(() => results(frame).length === 1);
  expect(frame.guest.tray.rest).toEqual([]);
});

test('what a press would do is not changed after it: what has not begun then needs another', async () => {
  const frame = await bring();
  await frame.press();
  await frame.say({
    type: 'configure',
    settings: { ...defaults, reveal: 'auto', multiple: true, scale: 1, recipe: { deblur: 1 } },
  });
  await frame.finish();
  await until(() => frame.workbench.file?.name === 'albert.png');
  await until(() => frame.workbench.canEnhance);
  expect(runs(frame)).toHaveLength(1);
  expect(heard(frame)).not.toContain('albert');
});

test('Cancel is for all that are left, and the next press for them again', async () => {
  const frame = await bring();
  await frame.press();
  await frame.guest.cancel();
  await until(() => frame.workbench.canEnhance);
  expect(results(frame)).toEqual([]);
  await frame.press();
  await frame.finish();
  await until(() => runs(frame).length === 3);
  await frame.finish();
  expect(heard(frame)).toContain('albert');
});

test('one that cannot be opened is left out, with its reason, and the others go on', async () => {
  const frame = await bring();
  await frame.press();
  frame.client.held.add('open');
  await frame.finish();
  await until(() => frame.workbench.opening === 'albert.png');
  frame.client.answer('open', failed('file-empty'));
  frame.client.held.delete('open');
  await until(() => frame.workbench.opening === 'frieda.png' || runs(frame).length === 2);
  expect(frame.guest.tray.fault).toContain('albert.png');
  expect(heard(frame)).not.toContain('albert');
});

test('a photo that the host opens takes the place of all of them', async () => {
  const frame = await bring();
  await frame.press();
  await frame.open('theirs.png', 5);
  await until(() => frame.workbench.file?.name === 'theirs.png');
  expect(frame.guest.tray.isSeveral).toBe(false);
  expect(heard(frame)).not.toMatch(/albert|frieda/);
});
