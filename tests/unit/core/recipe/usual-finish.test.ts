import { expect, test } from 'vitest';
import { parseRecipe } from '../../../../src/core/recipe/parsing';
import { tasks } from '../../../../src/core/recipe/tasks';
import { toggle } from '../../../../src/core/recipe/toggles';
import { usualFinish } from '../../../../src/core/recipe/usual-finish';

test('is as strong as suits what the networks do, whatever is healed before', () => {
  const same = parseRecipe({ v: 1, scale: 1, variant: 'faithful' });
  const cleaned = parseRecipe({
    v: 1,
    scale: 1,
    variant: 'faithful',
    clean: { noise: 20, jpeg: 0 },
  });
  for (const isOn of [false, true]) {
    expect(usualFinish(toggle(cleaned, tasks[0], isOn)).strength).toBe(0.6);
    expect(usualFinish(toggle(same, tasks[0], isOn)).strength).toBe(1);
  }
});
