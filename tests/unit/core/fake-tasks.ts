import { rowOf, type TaskTable } from '../../../src/core/recipe/task-row';
import { tasks } from '../../../src/core/recipe/tasks';
import type { AskedStep, Box } from '../../../src/core/recipe/kinds';

const words = { doing: 'deblur.name', did: 'did.deblur', strength: 'strength.hintSame' } as const;

/** A task that is not there yet: a network of its own, suggested for what is soft. */
export const colourise = rowOf<{ readonly amount: number; readonly mood: string }>()({
  task: 'colourise',
  place: 4,
  controls: {
    amount: { kind: 'percent', usual: 50, words: { name: 'deblur.name', hint: 'deblur.hint' } },
    mood: {
      ...{ kind: 'choice', usual: 'warm', isOffered: false, words: { name: 'variant.name' } },
      options: [
        { value: 'warm', name: 'variant.faithful' },
        { value: 'cool', name: 'variant.crisp' },
      ],
    },
  },
  short: 'object',
  planes: ['warmth'],
  answers: ['soft'],
  words,
  suggest: ({ reasons }) =>
    reasons.some(({ kind }) => kind === 'soft') ? { amount: 80, mood: 'warm' } : null,
  steps({ amount, mood }) {
    if (amount === 0) return [];
    const planes = { warmth: mood === 'warm' ? amount / 100 : 0 };
    return [{ kind: 'network', scale: 1, variant: 'faithful', planes, amount: 1 }];
  },
});

/** A task whose network is told of each pixel. */
export const spot = rowOf<{ readonly amount: number }>()({
  task: 'spot',
  place: 6,
  controls: {
    amount: { kind: 'percent', usual: 100, words: { name: 'deblur.name', hint: 'deblur.hint' } },
  },
  short: 'value',
  planes: ['noise'],
  answers: [],
  words,
  suggest: () => null,
  steps: ({ amount }) => {
    const planes = { noise: 'varying', jpeg: amount / 100 } as const;
    return [{ kind: 'network', scale: 1, variant: 'faithful', planes, amount: 1 }];
  },
});

/** A task that works in a box. */
export const face = rowOf<{
  readonly box: Box;
  readonly steps: readonly AskedStep[];
  readonly amount: number;
}>()({
  task: 'face',
  place: 5,
  most: 3,
  controls: {
    box: { kind: 'box' },
    steps: { kind: 'steps' },
    amount: { kind: 'percent', usual: 100, words: { name: 'deblur.name', hint: 'deblur.hint' } },
  },
  short: 'object',
  planes: [],
  answers: [],
  words,
  suggest: () => null,
  steps: ({ box, steps, amount }) => [{ kind: 'region', box, steps, amount: amount / 100 }],
});

const beforeUpscale = tasks.slice(0, -1);
const [upscale] = tasks.slice(-1) as [TaskTable[number]];

/** The table with another row before the enlarger. */
export const withColour: TaskTable = [...beforeUpscale, colourise, upscale];

/** The table with planes that vary, and with regions, before the enlarger. */
export const withFace: TaskTable = [...beforeUpscale, spot, face, upscale];
