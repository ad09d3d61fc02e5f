import { expect, test } from 'vitest';
import {
  describeStrength,
  nameAdvice,
  nameDone,
  nameStep,
  nameTasks,
  type TaskPhrase,
} from '../../../../src/app/i18n/task-words';
import { parseRecipe } from '../../../../src/core/recipe/parsing';
import type { TaskTable } from '../../../../src/core/recipe/task-row';
import { withColour } from '../../core/fake-tasks';

const steps = [{ task: 'deblur' }, { task: 'deblur' }, { task: 'upscale' }] as const;
const size = { width: 20, height: 10 };

test('a task is named once, however many steps it has', () => {
  expect(nameTasks(steps)).toBe('Deblurring and enlarging');
  expect(nameDone(steps, 2, size)).toBe('Deblurred and enlarged 2× to 20 × 10');
});

test('a filter has a name of its own while it works', () => {
  expect(nameStep({ task: 'deblur' })).toBe('deblurring');
  expect(nameStep({ task: 'deblur', filter: 'shake' })).toBe('taking the shake back');
});

test('no strength at all is what the last step would make of it', () => {
  const fields = { v: 1, variant: 'faithful', deblur: 20 };
  const say = (scale: number) => describeStrength(parseRecipe({ ...fields, scale }));
  expect(say(1)).toBe('0 % is the original.');
  expect(describeStrength(parseRecipe({ ...fields, scale: 1 }), 60)).toBe(
    'Begins at 60 %, so that skin and texture stay. 0 % is the original.',
  );
  expect(say(2)).toBe('0 % is a plain enlargement, without the network.');
});

test('a new task is named by the words of its row', () => {
  const table = withColour as TaskTable<TaskPhrase>;
  const task = 'colourise';
  expect(nameTasks([{ task }], table)).toBe('Deblur');
  expect(nameDone([{ task }], 1, size, table)).toBe('Deblurred');
  const recipe = parseRecipe({ v: 2, steps: [{ task }] }, 'recipe', table);
  expect(nameAdvice(recipe, table)).toEqual(['Deblur']);
});
