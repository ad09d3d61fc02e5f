import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { TaskRow } from '../../../../src/core/recipe/task-row';
import { tasks } from '../../../../src/core/recipe/tasks';
import { enGuide, type GuideText } from '../../../../src/app/i18n/en-guide';

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
function write(text: GuideText): string {
  if (typeof text === 'string') return wrap(text);
  const { picture } = text;
  if (!picture) return wrap(text.text);
  return `${wrap(text.text)}\n\n![${picture.parts.join('; ')}](../public/guide/${picture.file})`;
}

test('docs/guide.md says what the page says (deleted, it is written anew)', async () => {
  const parts = enGuide.map(({ title, texts }) =>
    [`## ${title}`, ...texts.map(write)].join('\n\n'),
  );
  await expect(`# Guide\n\n${parts.join('\n\n')}\n`).toMatchFileSnapshot(
    '../../../../docs/guide.md',
  );
});

test('every control that is shown of the recipe has a paragraph, and no two are of the same', () => {
  const topics = enGuide.flatMap(({ texts }) =>
    texts.flatMap((text) => (typeof text === 'string' ? [] : (text.about ?? []))),
  );
  expect(new Set(topics).size).toBe(topics.length);
  const controls = tasks.flatMap(({ task, toggle, controls: all }: TaskRow) => {
    return [...(toggle ? [task] : []), ...Object.keys(all).map((name) => `${task}.${name}`)];
  });
  expect(topics).toEqual(expect.arrayContaining(controls));
});

test('every picture is there, and is shown', () => {
  const files = enGuide.flatMap(({ texts }) =>
    texts.flatMap((text) => (typeof text === 'string' ? [] : (text.picture?.file ?? []))),
  );
  expect(readdirSync('public/guide').sort()).toEqual([...files].sort());
});
