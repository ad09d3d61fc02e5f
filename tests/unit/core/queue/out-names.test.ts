import { expect, test } from 'vitest';
import {
  OutNames,
  resultPath,
  safePath,
  twinKey,
  usualPattern,
  type NameFacts,
} from '../../../../src/core/queue/out-names';

const facts: NameFacts = {
  ...{ path: '2024/beach.HEIC', number: 7, total: 500, scale: 2 },
  ...{ width: 4000, height: 3000, extension: 'jpg' },
};

test('a result lies in the folder of its photo, named by the pattern', () => {
  expect(resultPath(usualPattern, facts)).toBe('2024/beach-2x.jpg');
  expect(resultPath(usualPattern, { ...facts, scale: 1 })).toBe('2024/beach-enhanced.jpg');
  expect(resultPath('{n} {name} {width}x{height}', facts)).toBe('2024/007 beach 4000x3000.jpg');
  expect(resultPath('{name}', facts)).toBe('2024/beach.jpg');
  expect(resultPath('{nonsense}', facts)).toBe('2024/{nonsense}.jpg');
  expect(resultPath('  ', facts)).toBe('2024/beach.jpg');
  expect(resultPath('a/../b', facts)).toBe('2024/a-..-b.jpg');
});

test.each([
  ['../../etc/passwd.jpg', 'etc/passwd.jpg'],
  ['/absolute//x.png', 'absolute/x.png'],
  ['C:\\photos\\..\\x.png', 'C-/photos/x.png'],
  ['a/./b/x.png', 'a/b/x.png'],
  ['con.jpg', '_con.jpg'],
  ['nul/LPT1', '_nul/_LPT1'],
  ['what? "now" <x>|*.jpg', 'what- -now- -x---.jpg'],
  ['ends with dots...', 'ends with dots'],
  ['bell\u0007 and \u202egpj.exe', 'bell and gpj.exe'],
  ['...', 'photo'],
  ['', 'photo'],
  ['日本/写真 ①.jpg', '日本/写真 ①.jpg'],
  ['عربي/صورة.png', 'عربي/صورة.png'],
  ['photo of 👪.webp', 'photo of 👪.webp'],
  // What Chromium refuses in a folder of the disk: "Name is not allowed".
  ['emoji 👩\u200d👧.webp', 'emoji 👩👧.webp'],
  ['می\u200cخواهم \u200f.png', 'میخواهم .png'],
  ['soft\u00adhyphen\ufdd0\ud800.png', 'softhyphen.png'],
  ['\u3000~wide~\u00a0', '-wide-'],
  ['IMG~1.JPG', 'IMG-1.JPG'],
  ['..hidden.png', '.hidden.png'],
  ['clock$.png', '_clock$.png'],
  ['trip.lnk/conin$', 'trip.lnk_/_conin$'],
  [
    'bin.{20D04FE0-3AEA-1069-A2D8-08002B30309D}/a.png',
    'bin.{20D04FE0-3AEA-1069-A2D8-08002B30309D}_/a.png',
  ],
])('%j becomes a path that is safe everywhere', (path, safe) => {
  expect(safePath(path)).toBe(safe);
});

test('a name is cut where no file system takes more, and never within a letter', () => {
  const path = resultPath('{name}', { ...facts, path: `${'写'.repeat(300)}.png` });
  expect(new TextEncoder().encode(path).length).toBeLessThanOrEqual(200);
  expect(path).toMatch(/^写+\.jpg$/);
  const accents = resultPath('{name}', { ...facts, path: `${'e\u0301'.repeat(100)}.png` });
  expect(accents).toMatch(/^(e\u0301)+\.jpg$/);
});

test('of a name that is too long the name alone is cut: what else the pattern says is there', () => {
  const long = { ...facts, path: `${'x'.repeat(240)}.png` };
  expect(resultPath(usualPattern, long)).toMatch(/^x+-2x\.jpg$/);
  expect(resultPath(usualPattern, long).length).toBe(200);
  expect(resultPath('{n}-{name}-{width}', long)).toMatch(/^007-x+-4000\.jpg$/);
  expect(resultPath('y'.repeat(250), long).length).toBe(200);
});

test('of photos that differ in their endings alone each has a name of its own, whichever is done first', () => {
  const twin = { ...facts, hasTwin: true };
  expect(resultPath(usualPattern, { ...twin, path: 'a/x.JPG' })).toBe('a/x-2x.jpg');
  expect(resultPath(usualPattern, { ...twin, path: 'a/x.png' })).toBe('a/x.png-2x.jpg');
  expect(twinKey('a/x.JPG')).toBe(twinKey('a/X.png'));
  expect(twinKey('a/é.jpg')).toBe(twinKey('a/e\u0301.png'));
  expect(twinKey('a/x.jpg')).not.toBe(twinKey('b/x.jpg'));
});

test('no two results have one path, also where cases and accents are not told apart', () => {
  const names = new OutNames();
  const all = ['a/x.jpg', 'b/x.jpg', 'a/X.JPG', 'a/x.jpg', 'é.png', 'e\u0301.png', 'none', 'none'];
  expect(all.map((path) => names.claim(path))).toEqual([
    ...['a/x.jpg', 'b/x.jpg', 'a/X (2).JPG', 'a/x (3).jpg'],
    ...['é.png', 'e\u0301 (2).png', 'none', 'none (2)'],
  ]);
  names.release('a/x.jpg');
  expect(names.claim('a/x.jpg')).toBe('a/x.jpg');
});
