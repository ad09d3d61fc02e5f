/** Runs steps side by side, and prints each one's output whole when it ends. */
import { single } from './tally.mjs';

/** @typedef {import('./tally.mjs').Tally} Tally */

/**
 * @typedef {object} Outcome
 * @property {Tally} tally What was counted.
 * @property {string} output What it printed.
 * @property {string[]} [failures] Names of what failed, where they are known.
 */

/**
 * @typedef {object} Step
 * @property {string} name One word.
 * @property {string} title For its heading.
 * @property {string} [after] Name of the step that must end first, where it runs at all.
 * @property {() => Promise<Outcome>} run Does it.
 */

/** @typedef {Step & { tally: Tally, failures: string[], seconds: number }} Result */

/**
 * Runs steps, a number of them at a time. A step begins as soon as there is room and the step that it
 * waits for has ended, well or not.
 *
 * @param {readonly Step[]} steps In the order in which they should begin.
 * @param {number} lanes How many run at once, at least 1.
 * @param {(text: string) => void} [print] Where their output goes.
 * @returns {Promise<Result[]>} How each went, in the order of `steps`; a step that throws has failed.
 */
export async function runSteps(steps, lanes, print = console.log) {
  /** @type {Map<string, Result>} */
  const results = new Map();
  const waiting = [...steps];
  /** @type {Map<string, Promise<void>>} */
  const running = new Map();
  const isDue = (/** @type {Step} */ { after }) =>
    after === undefined || results.has(after) || !steps.some(({ name }) => name === after);

  const start = async (/** @type {Step} */ step) => {
    print(`... ${step.title}`);
    const begin = performance.now();
    const {
      tally,
      output,
      failures = [],
    } = await step
      .run()
      .catch((error) => /** @type {Outcome} */ ({ tally: single(false), output: String(error) }));
    const seconds = Math.round((performance.now() - begin) / 1000);
    print(`\n=== ${step.title} (${seconds} s) ===\n\n${output.trimEnd()}\n`);
    results.set(step.name, { ...step, tally, failures, seconds });
    running.delete(step.name);
  };

  while (waiting.length + running.size > 0) {
    const next = running.size < lanes ? waiting.findIndex(isDue) : -1;
    const [step] = next < 0 ? [] : waiting.splice(next, 1);
    if (step) running.set(step.name, start(step));
    else if (running.size > 0) await Promise.race(running.values());
    else throw new Error(`Steps wait for each other: ${waiting.map(({ name }) => name).join(' ')}`);
  }
  return steps.map(({ name }) => /** @type {Result} */ (results.get(name)));
}
