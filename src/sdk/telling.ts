import type { RunReport } from '../worker/reports';
import type { Report } from './types';
import { sayNotes } from './words';

/**
 * What a page is told of a run.
 *
 * @param run What the worker told.
 * @returns The same, in what is promised.
 */
export function asReport({ backend, software, device, seconds, steps, notes }: RunReport): Report {
  return {
    ...{ backend, software, device, seconds, notes: sayNotes(notes) },
    steps: steps.map((step) => {
      if (step.kind !== 'network') return step;
      const { kind, task, model, tiles, cpuTiles, precision } = step;
      return { kind, task, model, tiles, cpuTiles, precision };
    }),
  };
}

/**
 * Tells a page something. An exception in a page's own callback is the page's, and no reason to stop.
 *
 * @param listener The page's.
 * @param value What it is told.
 */
export function callSafely<T>(listener: (value: T) => void, value: T): void {
  try {
    listener(value);
  } catch (error) {
    reportError(error);
  }
}
