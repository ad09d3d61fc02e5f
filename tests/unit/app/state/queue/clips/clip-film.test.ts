import { expect, test } from 'vitest';
import { isNoFilm, suitFilm } from '../../../../../../src/app/state/queue/clips/clip-film';
import { clean } from '../../../fake-owner';

test('a clip gets the steps that its pictures call for, as where it is opened by itself', () => {
  const findings = { analysis: clean, flicker: 0, isBanded: false };
  expect(suitFilm(findings)).toEqual({});
  expect(suitFilm({ ...findings, flicker: 0.05, isBanded: true })).toEqual({
    deflicker: true,
    deband: 1,
  });
  const noisy = { ...clean, noise: 20 };
  expect(suitFilm({ ...findings, analysis: noisy })).toEqual({ steadyDetail: true });
});

test('what asks for nothing leaves the clip as it is', () => {
  expect(isNoFilm({})).toBe(true);
  expect(isNoFilm({ deflicker: false, deband: 0, cleanSpeech: 0, quality: 'same' })).toBe(true);
  expect(isNoFilm({ quality: 'smaller' })).toBe(false);
  expect(isNoFilm({ rate: 60 })).toBe(false);
  expect(isNoFilm({ cleanSpeech: 0.5 })).toBe(false);
});
