/** Counting checks, and the one closing line that every test command ends with. */

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/**
 * The parts of vitest's JSON report that are counted.
 *
 * @typedef {object} VitestReport
 * @property {number} numPassedTests Tests that passed.
 * @property {number} numFailedTests Tests that failed.
 * @property {number} numPendingTests Tests that were skipped.
 * @property {number} numTodoTests Tests without a body.
 * @property {{ status: string, assertionResults: unknown[] }[]} testResults One per file.
 */

/**
 * The part of Playwright's JSON report that is counted.
 *
 * @typedef {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number } }}
 *   PlaywrightReport
 */

/**
 * Adds up.
 *
 * @param {Tally[]} tallies Any number of them.
 * @returns {Tally} Their sum.
 */
export const sum = (tallies) =>
  tallies.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  );

/**
 * The closing line.
 *
 * @param {Tally} tally What was counted.
 * @returns {string} `N passed, N failed`, with `, N skipped` where any were.
 */
export const closingLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;

/**
 * One check without a count of its own.
 *
 * @param {boolean} ok Whether it passed.
 * @returns {Tally} One passed or one failed.
 */
export const single = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });

/**
 * Counts a vitest JSON report.
 *
 * @param {VitestReport | undefined} report Undefined where none was written.
 * @param {boolean} ok Whether vitest itself ended well.
 * @returns {Tally} Its tests; a file that could not be loaded, and a failed run without a failed
 *   test (an unhandled error, no report), count as one failure.
 */
export function tallyVitest(report, ok) {
  if (!report) return single(false);
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  const failed = report.numFailedTests + broken;
  return {
    passed: report.numPassedTests,
    failed: failed || (ok ? 0 : 1),
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/**
 * Counts a Playwright JSON report.
 *
 * @param {PlaywrightReport | undefined} report Undefined where none was written.
 * @param {boolean} ok Whether Playwright itself ended well.
 * @returns {Tally} Its tests; a test that passed only when retried is a failure.
 */
export function tallyPlaywright(report, ok) {
  if (!report) return single(false);
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky || (ok ? 0 : 1), skipped };
}

/**
 * Counts pytest's summary line.
 *
 * @param {string} output What pytest printed.
 * @param {boolean} ok Whether pytest ended well.
 * @returns {Tally} Its tests; errors are failures.
 */
export function tallyPytest(output, ok) {
  const summary = output.split('\n').findLast((line) => / in [\d.]+s/.test(line)) ?? '';
  const count = (/** @type {string} */ word) =>
    Number(new RegExp(`(\\d+) ${word}`).exec(summary)?.[1] ?? 0);
  const failed = count('failed') + count('errors?');
  return { passed: count('passed'), failed: failed || (ok ? 0 : 1), skipped: count('skipped') };
}
