import { expect, test } from 'vitest';
import {
  FilmStage,
  type FilmStageParts,
} from '../../../../../src/app/state/photo/film-stage.svelte';
import type { ClipFacts } from '../../../../../src/core/film/clip';
import { setUpBench } from '../../fake-bench';
import { FakeOwner, settle } from '../../fake-owner';

const facts: ClipFacts = {
  ...{ container: 'mp4', codec: 'H.264', width: 4, height: 3, from: 1, to: 3 },
  ...{ frameRate: 25, isEven: true, sounds: [], lostSounds: 0 },
};

/** A clip on a stage that writes down what is shown. */
async function setUp() {
  const owner = new FakeOwner();
  const workbench = setUpBench(owner);
  await workbench.open(new File(['x'], 'holiday.mp4'));
  const shown: string[] = [];
  const view = { native: 1 };
  const layers = {
    show: () => void shown.push('original'),
    showFinished: (_: ImageBitmap, scale: number) => void shown.push(`made ${scale}x`),
  };
  const details = { show: (id: number) => void shown.push(`details ${id}`) };
  const parts: FilmStageParts = { enhancer: owner, workbench, layers, details, view };
  const asked = () => owner.log.filter((line) => line.startsWith('clipPicture'));
  return { stage: new FilmStage(parts, 1, facts), owner, workbench, shown, view, asked };
}

test('a picture is shown beside what was made of it, at the finest there is', async () => {
  const { stage, workbench, shown, view } = await setUp();
  expect([stage.at, workbench.moment]).toEqual([1, 1]);
  await stage.seek(2);
  expect(shown).toEqual(['original', 'made 2x', 'details 1']);
  expect([view.native, workbench.moment]).toEqual([2, 2]);
});

test('one picture is asked for at a time, the newest next', async () => {
  const { stage, owner, asked } = await setUp();
  owner.held.add('clipPicture');
  const seeks = [1.2, 1.4, 1.6, 1.8].map((at) => stage.seek(at));
  await settle();
  expect(asked()).toEqual(['clipPicture 1 1.2']);
  owner.answer('clipPicture');
  await settle();
  owner.answer('clipPicture');
  await Promise.all(seeks);
  expect(asked()).toEqual(['clipPicture 1 1.2', 'clipPicture 1 1.8']);
});

test('what is beyond the clip is its first picture or its last, and what is played ends', async () => {
  const { stage, asked } = await setUp();
  stage.play({ from: 1, to: 3, at: 1, isLooped: true, made: null });
  await stage.seek(9);
  expect(stage.playing).toBeNull();
  await stage.seek(-9);
  expect(asked()).toEqual(['clipPicture 1 2.96', 'clipPicture 1 1']);
});

test('what comes for a clip that is closed is not shown', async () => {
  const { stage, owner, workbench, shown } = await setUp();
  owner.held.add('clipPicture');
  const seeking = stage.seek(2);
  await settle();
  workbench.photo = { ...workbench.photo!, id: 2 };
  owner.answer('clipPicture');
  await seeking;
  expect(shown).toEqual([]);
});
