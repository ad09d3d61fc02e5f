import { expect, test } from 'vitest';
import type { TaskRow } from '../../../../src/core/recipe/task-row';
import { tasks } from '../../../../src/core/recipe/tasks';
import { enGuide } from '../../../../src/app/i18n/en-guide';

/** Lines of at most 140 characters. */
function wrap(text: string): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!;
    if (line && line.length + word.length >= 140) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines.join('\n');
}

test('docs/guide.md says what the page says (deleted, it is written anew)', async () => {
  const parts = enGuide.map(({ title, texts }) =>
    [`## ${title}`, ...texts.map((text) => wrap(typeof text === 'string' ? text : text.text))].join(
      '\n\n',
    ),
  );
  await expect(`# Guide\n\n${parts.join('\n\n')}\n`).toMatchFileSnapshot(
    '../../../../docs/guide.md',
  );
});

test('every control that is shown of the recipe has a paragraph, and no two are of the same', () => {
  const topics = enGuide.flatMap(({ texts }) =>
    texts.flatMap((text) => (typeof text === 'string' ? [] : text.about)),
  );
  expect(new Set(topics).size).toBe(topics.length);
  const controls = tasks.flatMap(({ task, toggle, controls: all }: TaskRow) => {
    return [...(toggle ? [task] : []), ...Object.keys(all).map((name) => `${task}.${name}`)];
  });
  expect(topics).toEqual(expect.arrayContaining(controls));
});
