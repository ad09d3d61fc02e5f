import { expect, test } from 'vitest';
import { parseRecipe } from '../../../../src/core/recipe/parsing';
import { tasks } from '../../../../src/core/recipe/tasks';
import { toggle } from '../../../../src/core/recipe/toggles';
import { usualFinish } from '../../../../src/core/recipe/usual-finish';

test('what a person has switched on is shown whole, whatever else is mended', () => {
  const cleaned = parseRecipe({
    v: 1,
    scale: 1,
    variant: 'faithful',
    clean: { noise: 20, jpeg: 0 },
  });
  expect(usualFinish(cleaned).strength).toBe(0.6);
  const healed = toggle(cleaned, tasks[0], true);
  expect(usualFinish(healed).strength).toBe(1);
  expect(usualFinish(toggle(healed, tasks[0], false)).strength).toBe(0.6);
});
