import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { TaskRow } from '../../../../src/core/recipe/task-row';
import { tasks } from '../../../../src/core/recipe/tasks';
import { readGuide, type GuideText } from '../../../../src/app/i18n/guide';

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

/** A paragraph as the document has it, with its picture. */
function write({ text, picture }: GuideText): string {
  if (!picture) return wrap(text);
  return `${wrap(text)}\n\n![${picture.parts.join('; ')}](../public/guide/${picture.file})`;
}

test('docs/guide.md says what the page says (deleted, it is written anew)', async () => {
  const parts = readGuide().map(({ title, texts }) =>
    [`## ${title}`, ...texts.map(write)].join('\n\n'),
  );
  await expect(`# Guide\n\n${parts.join('\n\n')}\n`).toMatchFileSnapshot(
    '../../../../docs/guide.md',
  );
});

test('every control that is shown of the recipe has a paragraph, and no two are of the same', () => {
  const topics = readGuide().flatMap(({ texts }) => texts.flatMap(({ about }) => about || []));
  expect(new Set(topics).size).toBe(topics.length);
  const controls = tasks.flatMap(({ task, toggle, controls: all }: TaskRow) => {
    return [...(toggle ? [task] : []), ...Object.keys(all).map((name) => `${task}.${name}`)];
  });
  expect(topics).toEqual(expect.arrayContaining(controls));
});

test('every picture is there, and is shown', () => {
  const files = readGuide().flatMap(({ texts }) =>
    texts.flatMap(({ picture }) => picture?.file ?? []),
  );
  expect(readdirSync('public/guide').sort()).toEqual([...files].sort());
});
