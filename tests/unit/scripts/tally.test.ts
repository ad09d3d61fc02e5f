import { expect, test } from 'vitest';
import { failuresOfPlaywright, failuresOfVitest } from '../../../scripts/tally.mjs';

const counts = { numPassedTests: 1, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 };

test('what failed under vitest is named with its reason, and so is a file that does not load', () => {
  const failures = failuresOfVitest({
    ...counts,
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        assertionResults: [
          { fullName: 'adds up', status: 'passed', failureMessages: [] },
          { fullName: 'goes on', status: 'failed', failureMessages: ['\x1B[31mno\x1B[39m'] },
        ],
      },
      { name: 'b.test.ts', status: 'failed', message: 'cannot parse', assertionResults: [] },
    ],
  });
  expect(failures).toEqual([
    'a.test.ts: goes on\n    no',
    'b.test.ts: not loaded\n    cannot parse',
  ]);
  expect(failuresOfVitest(undefined)).toEqual([]);
});

test('what failed under Playwright is named in every group, what passed when retried too', () => {
  const failed = (status: string, message?: string) => ({
    status,
    results: [{ ...(message !== undefined && { error: { message } }) }, {}],
  });
  const failures = failuresOfPlaywright({
    stats: { expected: 1, unexpected: 1, flaky: 1, skipped: 0 },
    suites: [
      {
        file: 'a.spec.ts',
        specs: [{ title: 'fine', tests: [failed('expected')] }],
        suites: [
          {
            file: 'a.spec.ts',
            specs: [
              { title: 'broken', tests: [failed('unexpected', 'timed out')] },
              { title: 'at last', tests: [failed('flaky')] },
            ],
          },
        ],
      },
    ],
  });
  expect(failures).toEqual(['a.spec.ts: broken\n    timed out', 'a.spec.ts: at last']);
});
