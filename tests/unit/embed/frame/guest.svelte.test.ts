import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { failed } from '../../../../src/core/errors';
import { settle, soft } from '../../app/fake-owner';
import { defaults, FakeFrame } from './fake-frame';

let frame: FakeFrame;

beforeEach(() => {
  frame = new FakeFrame({ reveal: 'auto' });
});

/** What a host was told last of. */
const last = () => frame.all('change').at(-1)?.change;
const configure = (settings: Partial<typeof defaults>) =>
  frame.say({ type: 'configure', settings: { ...defaults, reveal: 'auto', ...settings } });

describe('messages of the host', () => {
  test('ping and go are passed on', async () => {
    await frame.say({ type: 'ping' });
    await frame.say({ type: 'go' });
    expect(frame.all('pong')).toHaveLength(1);
    expect(frame.client.log).toEqual(['go']);
  });

  test('open: the photo, with what it calls for', async () => {
    await frame.open();
    expect(frame.answerTo(1)).toBe('done');
    expect([...new Set(frame.states)]).toEqual(['empty', 'opening', 'open']);
    expect(last()).toMatchObject({
      photo: { name: 'me.png', width: 4, height: 3 },
      recipe: { scale: 2, clean: { noise: expect.any(Number) as number } },
    });
  });

  test('open of no picture fails, and the photo before stays', async () => {
    await frame.open();
    frame.client.held.add('open');
    await frame.open('text.png', 2);
    frame.client.answer('open', failed('file-empty'));
    await settle();
    expect(frame.answerTo(2)).toBe('corrupt-file');
    expect(last()).toMatchObject({ state: 'open', photo: { name: 'me.png' } });
  });

  test('open again while one is opened: the first is cancelled', async () => {
    frame.client.held.add('open');
    await frame.open('a.png', 1);
    await frame.open('b.png', 2);
    frame.client.answer('open', failed('cancelled'));
    frame.client.answer('open');
    await settle();
    expect([frame.answerTo(1), frame.answerTo(2)]).toEqual(['cancelled', 'done']);
    expect(last()?.photo?.name).toBe('b.png');
  });

  test('enhance: progress, the result before its answer, then done', async () => {
    await frame.open();
    await frame.say({ type: 'enhance', id: 2, recipe: { scale: 4 } });
    frame.client.tell({ stage: 'run', task: 'upscale', fraction: 0.5, etaSeconds: 2 });
    await settle();
    expect(frame.all('progress').at(-1)?.progress).toEqual({
      ...{ stage: 'run', fraction: 0.5, etaSeconds: 2 },
    });
    await frame.finish();
    const order = frame.heard.filter(({ type }) => type === 'result' || type === 'done');
    expect(order.map(({ type }) => type)).toEqual(['done', 'result', 'done']);
    expect(frame.all('result')[0]?.result).toMatchObject({
      ...{ name: 'me-4x.png', width: 8, height: 6, report: { backend: 'wasm', seconds: 1 } },
    });
    expect(last()?.state).toBe('done');
  });

  test('enhance without a photo, with a wrong recipe, during a run, with nothing to do', async () => {
    await frame.say({ type: 'enhance', id: 1, recipe: null });
    await frame.open('me.png', 2);
    await frame.say({ type: 'enhance', id: 3, recipe: { scale: 7 } });
    await frame.say({ type: 'enhance', id: 4, recipe: { steps: [{ task: 'none' }] } });
    await frame.say({ type: 'enhance', id: 5, recipe: { steps: [] } });
    await frame.say({ type: 'enhance', id: 6, recipe: { scale: 2 } });
    await frame.say({ type: 'enhance', id: 7, recipe: null });
    expect([1, 3, 4, 5, 6, 7].map((id) => frame.answerTo(id))).toEqual([
      ...['no-photo', 'bad-recipe', 'bad-recipe', 'nothing-to-do', undefined, 'busy'],
    ]);
  });

  test('enhance that the worker refuses says why', async () => {
    await frame.open();
    await frame.say({ type: 'enhance', id: 2, recipe: null });
    frame.client.answer('enhance', failed('worker-died'));
    await settle();
    expect(frame.answerTo(2)).toBe('internal');
  });

  test('save: before a result, then in the format that is asked for', async () => {
    await frame.open();
    await frame.say({ type: 'save', id: 2, options: {} });
    expect(frame.answerTo(2)).toBe('no-result');
    await frame.say({ type: 'enhance', id: 3, recipe: null });
    await frame.finish();
    await frame.say({ type: 'save', id: 4, options: { format: 'jpeg', strength: 0.25 } });
    expect(frame.all('done').at(-1)?.blob?.type).toBe('image/jpeg');
    expect(frame.client.log.at(-1)).toBe('save 1 jpeg 0.25');
    expect(frame.workbench.finish.strength).toBe(1);
  });

  test('cancel ends a run, and its request', async () => {
    await frame.open();
    await frame.say({ type: 'enhance', id: 2, recipe: null });
    await frame.say({ type: 'cancel' });
    expect(frame.answerTo(2)).toBe('cancelled');
    expect(last()?.state).toBe('open');
    expect(frame.all('error')).toEqual([]);
  });

  test('cancel ends a run that waits for the search for a shake, and its request', async () => {
    frame.client.analysis = soft;
    frame.client.held.add('findShake');
    await frame.open();
    await frame.say({ type: 'enhance', id: 2, recipe: null });
    expect(frame.workbench.isWaiting).toBe(true);
    await frame.say({ type: 'cancel' });
    expect(frame.answerTo(2)).toBe('cancelled');
  });

  test('close in the middle of a run ends it and frees the worker', async () => {
    await frame.open();
    await frame.say({ type: 'enhance', id: 2, recipe: null });
    await frame.say({ type: 'close' });
    expect(frame.answerTo(2)).toBe('cancelled');
    expect(last()).toMatchObject({ state: 'empty', photo: null });
    expect(frame.client.alive).toBe(false);
    expect(frame.workbench.runFault).toBe('');
    expect(frame.all('error')).toEqual([]);
  });

  test('close while a file is opened: it is not shown', async () => {
    frame.client.held.add('open');
    await frame.open();
    await frame.say({ type: 'close' });
    expect(frame.answerTo(1)).toBe('cancelled');
    expect(last()).toMatchObject({ state: 'empty', photo: null });
  });
});

describe('the host’s wishes', () => {
  test('settings lie over what a photo calls for', async () => {
    frame = new FakeFrame({ scale: 4, recipe: { variant: 'crisp' }, maxPixels: 60 });
    await frame.open();
    expect(last()?.recipe).toMatchObject({ scale: 2, variant: 'crisp' });
    expect(last()?.recipe['clean']).toBeDefined();
    expect(frame.client.maxPixels).toBe(60);
  });

  test('they are asked for again when they change, and only then', async () => {
    await frame.open();
    await configure({ theme: 'dark', quality: 50 });
    expect(last()?.recipe['scale']).toBe(2);
    await configure({ scale: 4 });
    expect(last()?.recipe['scale']).toBe(4);
    await configure({ recipe: { deblur: 30 } });
    expect(last()?.recipe['deblur']).toBe(30);
    expect(frame.guest.saver.quality).toBe(90);
  });

  test('a recipe that makes no sense is told, and the rest counts', async () => {
    frame = new FakeFrame({ recipe: { scale: 7 }, scale: 4 });
    await frame.open();
    expect(frame.all('error').map(({ code }) => code)).toEqual(['bad-recipe']);
    expect(last()?.recipe['scale']).toBe(4);
    expect(frame.answerTo(1)).toBe('done');
  });

  test('format and quality are how results are written', async () => {
    await configure({ format: 'webp', quality: 40 });
    await frame.open();
    await frame.say({ type: 'enhance', id: 2, recipe: null });
    await frame.finish();
    expect(frame.all('result')[0]?.result.blob.type).toBe('image/webp');
    expect(frame.all('result')[0]?.result.name).toBe('me-2x.webp');
  });

  test('a widget that is disabled runs nothing', async () => {
    await frame.open();
    await configure({ disabled: true });
    await frame.say({ type: 'enhance', id: 2, recipe: null });
    expect(frame.answerTo(2)).toBe('busy');
    await frame.guest.take([new File([], 'own.png')]);
    expect(last()?.photo?.name).toBe('me.png');
  });
});

describe('with reveal="interaction"', () => {
  beforeEach(async () => {
    frame = new FakeFrame();
    await frame.open();
    await frame.say({ type: 'enhance', id: 2, recipe: null });
  });

  test('the person is asked, and their yes begins the run', async () => {
    expect(last()?.state).toBe('asking');
    await frame.say({ type: 'enhance', id: 3, recipe: null });
    expect(frame.answerTo(3)).toBe('busy');
    await frame.press();
    expect(last()?.state).toBe('running');
    await frame.finish();
    expect(frame.answerTo(2)).toBe('done');
  });

  test.each([
    ['the person says no', () => frame.guest.cancel()],
    ['the host takes it back', () => frame.say({ type: 'cancel' })],
    ['another photo is opened', () => frame.open('b.png', 4)],
    ['the photo is closed', () => frame.say({ type: 'close' })],
  ])('where %s, nothing runs', async (_, act) => {
    await act();
    await settle();
    expect(frame.answerTo(2)).toBe('cancelled');
    expect(frame.client.log.join()).not.toContain('enhance');
    expect(last()?.state).not.toBe('asking');
  });
});

describe('the person', () => {
  test('opens and enhances, and the host gets the result', async () => {
    await frame.guest.take([new File(['x'], 'own.png')]);
    await frame.press();
    await frame.finish();
    expect(frame.all('result')).toHaveLength(1);
    expect(frame.all('done')).toEqual([]);
  });

  test('opens nothing where the host has given a photo', async () => {
    frame = new FakeFrame({ picker: false });
    await frame.guest.take([new File(['x'], 'own.png')]);
    expect(frame.client.log).toEqual([]);
  });

  test('is told where something else than a file was dropped', async () => {
    await frame.guest.take([]);
    expect(frame.workbench.openFault).not.toBe('');
  });
});

describe('delivery', () => {
  beforeEach(async () => {
    await frame.open();
    await frame.say({ type: 'enhance', id: 2, recipe: null });
    await frame.finish();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });

  afterEach(() => vi.useRealTimers());

  const strengths = () => frame.client.log.filter((line) => line.startsWith('save'));

  test('a strength that is moved is written once it has rested', async () => {
    for (const strength of [80, 60, 40]) {
      frame.workbench.strength = strength;
      frame.guest.restrengthen();
      vi.advanceTimersByTime(499);
    }
    expect(frame.all('result')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(frame.all('result')).toHaveLength(2);
    expect(strengths()).toEqual(['save 1 png 1', 'save 1 png 0.4']);
  });

  test('an older one that is written late is not given', async () => {
    frame.client.held.add('save');
    frame.workbench.strength = 60;
    frame.guest.restrengthen();
    await vi.advanceTimersByTimeAsync(500);
    frame.workbench.strength = 40;
    frame.guest.restrengthen();
    await vi.advanceTimersByTimeAsync(500);
    frame.client.answer('save', { ok: true, value: { blob: new Blob(['late']), notes: [] } });
    frame.client.answer('save', { ok: true, value: { blob: new Blob(['newest']), notes: [] } });
    await vi.advanceTimersByTimeAsync(0);
    expect(frame.all('result')).toHaveLength(2);
    expect(await frame.all('result').at(-1)?.result.blob.text()).toBe('newest');
  });

  test('nor one of a photo that is not open any more', async () => {
    frame.client.held.add('save');
    frame.workbench.strength = 60;
    frame.guest.restrengthen();
    await vi.advanceTimersByTimeAsync(500);
    const opening = frame.guest.open(new File([], 'b.png'));
    await vi.advanceTimersByTimeAsync(0);
    await opening;
    frame.client.answer('save');
    await vi.advanceTimersByTimeAsync(0);
    expect(frame.all('result')).toHaveLength(1);
  });

  test('what cannot be written is told', async () => {
    frame.client.held.add('save');
    frame.guest.restrengthen();
    await vi.advanceTimersByTimeAsync(500);
    frame.client.answer('save', failed('worker-died'));
    await vi.advanceTimersByTimeAsync(0);
    expect(frame.all('error')).toHaveLength(1);
  });
});
