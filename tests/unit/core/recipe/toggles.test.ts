import { expect, test } from 'vitest';
import { applyPreset } from '../../../../src/core/recipe/presets';
import { parseRecipe } from '../../../../src/core/recipe/parsing';
import { unmarked } from '../../../../src/core/recipe/marks';
import { isSamePlan, isSameWork, withoutMarks } from '../../../../src/core/recipe/recipe';
import { tasks } from '../../../../src/core/recipe/tasks';
import { isToggled, keepToggles, toggle } from '../../../../src/core/recipe/toggles';
import { createMask } from '../../../../src/core/run/mask-brush';

const [heal] = tasks;
const plain = parseRecipe({ v: 1, scale: 2, variant: 'faithful' });
const photo = { width: 30, height: 20 };
const mark = (value: number, cells = 5) => {
  const damage = createMask(photo, unmarked);
  damage.values.fill(value, 0, cells);
  return damage;
};

test('a checkbox asks for its task at its usual controls, and keeps those that it has', () => {
  expect(isToggled(plain, heal)).toBe(false);
  const on = toggle(plain, heal, true);
  expect(on.steps[0]).toEqual({ task: 'heal', sensitivity: 50 });
  expect(isToggled(on, heal)).toBe(true);
  const own = { ...on, steps: [{ task: 'heal' as const, sensitivity: 7 }] };
  expect(toggle(own, heal, true)).toBe(own);
  expect(isToggled(toggle(on, heal, false), heal)).toBe(false);
});

test('marks are a part of the work where they are healed, and only there', () => {
  const [a, b] = [mark(255), mark(255, 6)].map((damage) => ({ ...plain, damage }));
  expect(isSameWork(a!, b!)).toBe(true);
  const [healed, other] = [a!, b!].map((each) => toggle(each, heal, true));
  expect(isSameWork(healed!, { ...healed!, damage: mark(255) })).toBe(true);
  expect([isSameWork(healed!, other!), isSamePlan(healed!, other!)]).toEqual([false, false]);
  // Nothing is marked, so that nothing would be healed.
  const idle = toggle({ ...plain, damage: mark(90) }, heal, true);
  expect(isSameWork(idle, plain)).toBe(true);
});

test('marks come in bytes of their grid, and another recipe of the photo keeps them', () => {
  const marked = toggle({ ...plain, damage: mark(255) }, heal, true);
  expect(parseRecipe(marked)).toEqual(marked);
  const wrong = { ...marked, damage: { ...mark(255), values: [1, 2] } };
  expect(() => parseRecipe(wrong)).toThrow('recipe.damage.values');
  const preset = applyPreset('art', { recipe: keepToggles(plain, marked), reasons: [] }, []);
  expect(preset).toMatchObject({ damage: marked.damage });
  expect(isToggled(preset, heal)).toBe(true);
  expect(withoutMarks(marked)).not.toHaveProperty('damage');
});
