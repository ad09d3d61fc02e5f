import { expect, test } from 'vitest';
import { listDetails } from '../../../../../src/app/state/photo/details-list';
import type { OpenedPhoto } from '../../../../../src/worker/protocol';
import type { RunReport } from '../../../../../src/worker/reports';
import { report as plain } from '../../fake-owner';

const photo = { format: 'jpeg', bytes: 240_000 } as OpenedPhoto;
const plan = {
  ...{ output: { width: 8, height: 6 }, steps: [], downloadBytes: 0, peakBytes: 21e6, seconds: 3 },
  tierSeconds: null,
};
const ran = { kind: 'network', task: 'clean', cpuTiles: 0, readBacks: 1 } as const;
const report: RunReport = {
  ...plain,
  device: 'acme gpu',
  backend: 'webgpu',
  seconds: 4.21,
  steps: [
    { ...ran, model: 'Clean', tiles: 2, precision: 'int8' },
    { kind: 'filter', task: 'deblur', filter: 'mix', seconds: 1 },
    { ...ran, model: 'Faithful 2×', tiles: 3, precision: 'fp16' },
  ],
};

const tell = (sources: Omit<Parameters<typeof listDetails>[0], 'photo'>) =>
  Object.fromEntries(listDetails({ photo, ...sources }).map(({ name, value }) => [name, value]));

test('before a run: the file, what was measured in it, and what the plan holds in memory', () => {
  const reasons = [
    { kind: 'noise', sigma: 17.83 },
    { kind: 'jpeg', quality: 34.4 },
  ] as const;
  expect(tell({ reasons, plan, report: null })).toEqual({
    File: 'JPEG, 0.2 MB',
    Measured: 'noise of sigma 17.8 in 255 and JPEG quality 34',
    'Memory for pictures': '21 MB',
  });
});

test('after a run: what really ran', () => {
  expect(tell({ reasons: [], plan: null, report })).toEqual({
    ...{ File: 'JPEG, 0.2 MB', 'Ran with': 'WebGPU', Device: 'acme gpu' },
    ...{ Weights: 'int8 and fp16', Tiles: '5', Seconds: '4.2' },
  });
});

test('of a device without a name nothing is told', () => {
  expect(tell({ reasons: [], plan: null, report: plain })).not.toHaveProperty('Device');
});
