import { expect, test } from 'vitest';
import { describeRun, suggestName } from '../../../../../src/app/state/photo/report';
import { parseRecipe } from '../../../../../src/core/recipe/parsing';
import type { Recipe } from '../../../../../src/core/recipe/recipe';
import type { RunReport } from '../../../../../src/worker/reports';

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

test('a run without a network claims none, and no GPU', () => {
  const steps = [{ kind: 'filter', task: 'heal', filter: 'heal', seconds: 1 }] as const;
  expect(describeRun(1, { ...report, steps })).toBe('Healed on the CPU in 4.2 s.');
});

test('a result is named after its scale, or as enhanced at its own size', () => {
  const twice = parseRecipe({ v: 1, scale: 2, variant: 'faithful' });
  const same = parseRecipe({ v: 1, scale: 1, variant: 'faithful' });
  const saved = { width: 3000, height: 2000 };
  const name = (recipe: Recipe, source = 'beach.jpg') => suggestName(source, recipe, saved, 'jpeg');
  expect(name(twice, 'beach.HEIC')).toBe('beach-2x.jpg');
  expect(name(same)).toBe('beach-enhanced.jpg');
  expect(name({ ...twice, size: { by: 'factor', factor: 1.5 } })).toBe('beach-1.5x.jpg');
  expect(name({ ...twice, size: { by: 'longer', pixels: 3000 } })).toBe('beach-3000x2000.jpg');
});

test('a run that only changes the size says so, and claims no network', () => {
  const resized = { ...report, output: { width: 300, height: 200 }, steps: [] };
  expect(describeRun(0.5, resized)).toBe('Nothing but the size is changed: 300 × 200.');
});
