/** Counting checks, naming those that failed, and the closing line that every test command ends with. */

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/**
 * The parts of vitest's JSON report that are counted.
 *
 * @typedef {object} VitestReport
 * @property {number} numPassedTests Tests that passed.
 * @property {number} numFailedTests Tests that failed.
 * @property {number} numPendingTests Tests that were skipped.
 * @property {number} numTodoTests Tests without a body.
 * @property {{
 *   name: string;
 *   status: string;
 *   message?: string;
 *   assertionResults: { fullName: string; status: string; failureMessages?: string[] | null }[];
 * }[]} testResults
 *   One per file.
 */

/**
 * A file or a group of tests in Playwright's JSON report.
 *
 * @typedef {object} PlaywrightSuite
 * @property {string} file Its file.
 * @property {PlaywrightSuite[]} [suites] Groups in it.
 * @property {{
 *   title: string;
 *   tests: { status: string; results: { error?: { message?: string } }[] }[];
 * }[]} specs
 *   Its own tests.
 */

/**
 * The parts of Playwright's JSON report that are read.
 *
 * @typedef {object} PlaywrightReport
 * @property {{ expected: number; unexpected: number; flaky: number; skipped: number }} stats Numbers
 *   of tests.
 * @property {PlaywrightSuite[]} [suites] One per file.
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

/** A reason's first lines, without what colours them in a terminal. */
const briefly = (/** @type {string | undefined} */ text = '') =>
  text
    .replaceAll(/\x1B\[[0-9;]*m/gu, '')
    .split('\n')
    .slice(0, 6)
    .join('\n    ')
    .trim();

const named = (/** @type {string} */ file, /** @type {string} */ title, reason = '') =>
  `${file}: ${title}${reason && `\n    ${briefly(reason)}`}`;

/**
 * Names the failures of a vitest JSON report, so that they stand where a long log ends.
 *
 * @param {VitestReport | undefined} report Undefined where none was written.
 * @returns {string[]} File, name and the reason's first lines of each; a file that could not be loaded
 *   is named without a test.
 */
export const failuresOfVitest = (report) =>
  (report?.testResults ?? []).flatMap(({ name, status, message, assertionResults }) =>
    status === 'failed' && assertionResults.length === 0
      ? [named(name, 'not loaded', message)]
      : assertionResults
          .filter((test) => test.status === 'failed')
          .map((test) => named(name, test.fullName, test.failureMessages?.[0])),
  );

/**
 * Names the failures of a Playwright JSON report, those that passed when retried with them.
 *
 * @param {PlaywrightReport | undefined} report Undefined where none was written.
 * @returns {string[]} File, title and the reason's first lines of each.
 */
export function failuresOfPlaywright(report) {
  /** @type {string[]} */
  const failures = [];
  const waiting = [...(report?.suites ?? [])];
  for (let suite = waiting.shift(); suite; suite = waiting.shift()) {
    for (const { title, tests } of suite.specs)
      for (const { status, results } of tests)
        if (status === 'unexpected' || status === 'flaky')
          failures.push(
            named(suite.file, title, results.find(({ error }) => error)?.error?.message),
          );
    waiting.unshift(...(suite.suites ?? []));
  }
  return failures;
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
