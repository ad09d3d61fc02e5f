import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeManifest, manifestFile } from '../../../../scripts/make-manifest.mjs';
import type { TaskTable } from '../../../../src/core/recipe/task-row';
import { tasks } from '../../../../src/core/recipe/tasks';
import { attributes, propertyOf } from '../../../../src/embed/element/attributes';
import { choices } from '../../../../src/embed/protocol';

type Named = { readonly name: string }[];
type Declaration = Record<'attributes' | 'members' | 'events' | 'slots', Named>;
const manifest = JSON.parse(makeManifest()) as { modules: [{ declarations: [Declaration] }] };
const [{ declarations }] = manifest.modules;
const [element] = declarations;
const names = (list: Named) => list.map(({ name }) => name);

test('custom-elements.json is up to date (npm run manifest)', () => {
  expect(readFileSync(manifestFile, 'utf8')).toBe(makeManifest());
});

test('every attribute is in the manifest, has a property and a default, and is in the guide', () => {
  const own = Object.keys(attributes) as (keyof typeof attributes)[];
  const guide = readFileSync(join(import.meta.dirname, '../../../../docs/embed/README.md'), 'utf8');
  expect(names(element.attributes)).toEqual(expect.arrayContaining(own));
  expect(names(element.members)).toEqual(expect.arrayContaining(own.map(propertyOf)));
  for (const [usual] of Object.values(attributes)) expect(usual).toBeDefined();
  for (const name of names(element.attributes)) expect(guide).toContain(`\`${name}\``);
});

test('an attribute of a control takes what the table of tasks has for it', () => {
  const table: TaskTable = tasks;
  const [scale] = table.flatMap(({ controls }) => controls['scale'] ?? []);
  const values = scale?.kind === 'choice' && scale.options.map(({ value }) => value);
  expect(values).toEqual(choices.scales);
});

test('events, slots and methods are those that hosts are promised', () => {
  expect(names(element.events)).toEqual(['ready', 'progress', 'result', 'change', 'error']);
  expect(names(element.slots)).toEqual(['poster', 'fallback']);
  expect(names(element.members)).toEqual(
    expect.arrayContaining(['open', 'enhance', 'toBlob', 'cancel']),
  );
});
