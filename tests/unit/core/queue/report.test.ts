import { expect, test } from 'vitest';
import { writeCsv } from '../../../../src/core/queue/csv';
import { queueSecondsLeft } from '../../../../src/core/queue/time-left';

test('the time left follows the bytes that were done and are left, each kind by itself', () => {
  const photos = { pace: { seconds: 30, doneBytes: 3e6 }, leftBytes: 10e6 };
  const none = { pace: { seconds: 0, doneBytes: 0 }, leftBytes: 0 };
  expect(queueSecondsLeft([photos, none])).toBeCloseTo(100);
  expect(queueSecondsLeft([none, { ...none, leftBytes: 10e6 }])).toBe(null);
  expect(queueSecondsLeft([{ ...photos, leftBytes: 0 }, none])).toBe(null);
  // What is run says so itself; of others of its kind nothing is known yet.
  expect(queueSecondsLeft([photos, { ...none, ownSeconds: 50 }])).toBeCloseTo(150);
  expect(queueSecondsLeft([photos, { ...none, ownSeconds: 50, leftBytes: 1 }])).toBe(null);
});

test('a table is read back by any spreadsheet, and runs no formula', () => {
  const text = writeCsv([
    ['file', 'seconds'],
    ['a, "b"\n.jpg', 1.5],
    ['=HYPERLINK("x")', -2],
    ['写真.png', 0],
  ]);
  expect(text).toBe(
    '\ufefffile,seconds\r\n"a, ""b""\n.jpg",1.5\r\n"\'=HYPERLINK(""x"")",-2\r\n写真.png,0\r\n',
  );
});

test('where numbers have a decimal comma, cells are separated as spreadsheets there do', () => {
  const text = writeCsv(
    [
      ['Datei', 'Sekunden'],
      ['a, b.jpg', 1.5],
      ['c;d.jpg', 12],
    ],
    ',',
  );
  expect(text).toBe('\ufeffDatei;Sekunden\r\n"a, b.jpg";1,5\r\n"c;d.jpg";12\r\n');
});

test('nor does it run one where cells are separated otherwise, or signs are wide', () => {
  const rows = [['a;=1+1.jpg'], ['b; @x'], ['c\n-1'], ['＝1'], ['d;"=1"'], ['plain; text - 1 = 1']];
  expect(writeCsv(rows).slice(1).split('\r\n')).toEqual([
    ...[
      `"a;'=1+1.jpg"`,
      `"b; '@x"`,
      `"c\n'-1"`,
      `'＝1`,
      `"d;""'=1"""`,
      '"plain; text - 1 = 1"',
      '',
    ],
  ]);
});
