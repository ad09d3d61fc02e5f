import { expect, test } from 'vitest';
import {
  OutNames,
  resultPath,
  safePath,
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
  ['emoji 👩‍👩‍👧.webp', 'emoji 👩‍👩‍👧.webp'],
])('%j becomes a path that is safe everywhere', (path, safe) => {
  expect(safePath(path)).toBe(safe);
});

test('a name is cut where no file system takes more, and never within a letter', () => {
  const path = resultPath('{name}', { ...facts, path: `${'写'.repeat(300)}.png` });
  expect(new TextEncoder().encode(path).length).toBeLessThanOrEqual(200);
  expect(path).toMatch(/^写+\.jpg$/);
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
