import { expect, test } from 'vitest';
import { readNotes } from '../../../scripts/release-notes.mjs';

test('what is new is the list of the newest version, each point on one line', () => {
  const changelog = '# Changelog\n\n## 2\n\n- One\n  point.\n- Another.\n\n## 1\n\n- Old.\n';
  expect(readNotes(changelog)).toEqual(['One point.', 'Another.']);
  expect(readNotes('# Changelog\n')).toEqual([]);
});
