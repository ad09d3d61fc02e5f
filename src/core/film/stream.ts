import type { FilmFrame, FilmStep } from './step';

/**
 * Frames through steps, one step after the other.
 *
 * @param source The frames, in their order.
 * @param steps The steps; none leaves the frames as they are.
 * @returns The frames that the last step gives.
 */
export function stepped(
  source: AsyncIterable<FilmFrame>,
  steps: readonly FilmStep[],
): AsyncIterable<FilmFrame> {
  return steps.reduce(throughStep, source);
}

async function* throughStep(
  source: AsyncIterable<FilmFrame>,
  step: FilmStep,
): AsyncGenerator<FilmFrame, void, undefined> {
  for await (const frame of source) yield* await step.push(frame);
  yield* await step.flush();
}

/**
 * Frames from a while before what is known on: those that others before have been made of.
 *
 * @param source The frames, in their order.
 * @param known When what is known ends, in microseconds; null where nothing is.
 * @param before How long before that, in microseconds.
 * @yields The frames that begin then or later.
 */
export async function* since(
  source: AsyncIterable<FilmFrame>,
  known: number | null,
  before: number,
): AsyncGenerator<FilmFrame, void, undefined> {
  for await (const frame of source) if (known === null || frame.at >= known - before) yield frame;
}
