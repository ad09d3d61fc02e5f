import { expect, test } from 'vitest';
import { describeRun, suggestName } from '../../../../../src/app/state/photo/report';
import type { RunReport } from '../../../../../src/worker/protocol';

const ran = { kind: 'network', tiles: 2, cpuTiles: 0, readBacks: 1, precision: 'int8' } as const;
const report: RunReport = {
  output: { width: 192, height: 128 },
  steps: [
    { task: 'clean', model: 'Clean', ...ran },
    { task: 'upscale', model: 'Faithful 2×', ...ran },
  ],
  backend: 'webgpu',
  software: false,
  device: '',
  seconds: 4.21,
  notes: [],
};

test('a run is a sentence that names steps, models and where it ran', () => {
  expect(describeRun(2, report)).toBe(
    'Cleaned and enlarged 2× to 192 × 128 with Clean and Faithful 2× on your GPU in 4.2 s.',
  );
  const cleaned: RunReport = { ...report, backend: 'wasm', steps: report.steps.slice(0, 1) };
  expect(describeRun(1, cleaned)).toBe('Cleaned with Clean on the CPU in 4.2 s.');
});

test('a filter of a task is not another task, and has no model', () => {
  const filter = { kind: 'filter', task: 'deblur', seconds: 1 } as const;
  const steps: RunReport['steps'] = [
    { ...filter, filter: 'shake' },
    { task: 'deblur', model: 'Deblur', ...ran },
    { ...filter, filter: 'mix' },
  ];
  expect(describeRun(1, { ...report, steps })).toBe('Deblurred with Deblur on your GPU in 4.2 s.');
});

test('a result is named after its scale, or as enhanced at its own size', () => {
  expect(suggestName('beach.HEIC', 2, 'jpeg')).toBe('beach-2x.jpg');
  expect(suggestName('beach.jpg', 1, 'jpeg')).toBe('beach-enhanced.jpg');
});
