import { optionValidator as check, type Fields } from '../validator';
import { parseBox } from './box';
import { neutralFinish } from './finish';
import { parseFinish, parseMask } from './finish-parsing';
import { parseBasis, withBasis } from './basis';
import { ownScales, type AskedStep, type ControlValue, type OwnName } from './kinds';
import { emptyRecipe, scaleOf, withoutUnsaid, type Recipe, type RecipeStep } from './recipe';
import { readShort } from './short-form';
import { parseTarget } from './target-parsing';
import type { ChoiceControl, Control, TaskRow, TaskTable } from './task-row';
import { tasks } from './tasks';

/**
 * Checks a recipe that came from outside, and turns one of version 1 into version 2.
 *
 * @param value Anything. Version 2 must say nothing that is not known; in version 1 that is left out.
 * @param path Where it lies, for the message.
 * @param table The tasks that there are.
 * @returns A new, typed recipe, every control filled in.
 * @throws {EnhanceError} `option-wrong`, naming the path of what is wrong.
 */
export function parseRecipe(value: unknown, path = 'recipe', table: TaskTable = tasks): Recipe {
  const fields = check.object(value, path);
  if (check.oneOf(fields['v'], [1, 2], `${path}.v`) === 1) {
    const wanted = { isWhole: true, path, parse: parseControl };
    return readShort(emptyRecipe, fields, wanted, table);
  }
  const known = ['v', 'frame', 'tone', 'steps', 'finish', 'size', 'damage', 'wrap'];
  const { steps, finish, size, damage, wrap = false } = check.object(fields, path, known);
  return {
    v: 2,
    ...parseBasis(fields, path),
    steps: parseSteps(steps, `${path}.steps`, table),
    finish: finish === undefined ? neutralFinish : parseFinish(finish, `${path}.finish`),
    ...(size !== undefined && { size: parseTarget(size, `${path}.size`) }),
    ...(damage !== undefined && { damage: parseMask(damage, `${path}.damage`) }),
    ...(check.flag(wrap, `${path}.wrap`) && { wrap: true as const }),
  };
}

/**
 * Lays fields of a recipe over another.
 *
 * @param recipe What lies below.
 * @param value Anything: fields of either version. `steps` takes the place of all steps; fields of version
 *   1, which need not be whole, take the place of what they name.
 * @param table The tasks that there are.
 * @returns A new, typed recipe.
 * @throws {EnhanceError} `option-wrong`, naming the path of what is wrong.
 */
export function layOver(recipe: Recipe, value: unknown, table: TaskTable = tasks): Recipe {
  const fields = check.object(value, 'recipe');
  if (fields['v'] === 2 || fields['steps'] !== undefined)
    return parseRecipe({ ...recipe, ...fields }, 'recipe', table);
  check.oneOf(fields['v'] ?? 1, [1, 2], 'recipe.v');
  const wanted = { isWhole: false, path: 'recipe', parse: parseControl };
  const laid = readShort(recipe, fields, wanted, table);
  const { finish, size, damage, wrap } = fields;
  const { wrap: before, ...unwrapped } = laid;
  const isWrapped = wrap === undefined ? before : check.flag(wrap, 'recipe.wrap');
  const { frame = laid.frame, tone = laid.tone } = fields;
  return {
    ...withBasis(unwrapped, parseBasis({ frame, tone }, 'recipe')),
    ...(isWrapped && { wrap: true as const }),
    ...(finish !== undefined && { finish: parseFinish(finish, 'recipe.finish') }),
    ...(size !== undefined && { size: parseTarget(size, 'recipe.size') }),
    ...(damage !== undefined && { damage: parseMask(damage, 'recipe.damage') }),
  };
}

/** Checks the steps of a recipe or, with a table without regions, those inside of one. */
function parseSteps(value: unknown, path: string, table: TaskTable): readonly RecipeStep[] {
  const mostOf = ({ most = 1 }: TaskRow) => most;
  const most = table.reduce((sum, row) => sum + mostOf(row), 0);
  const counts = new Map<TaskRow, number>();
  let last = 0;
  const steps = check.list(value, path, most).map((item, i): AskedStep => {
    const at = `${path}[${i}]`;
    const { task } = check.object(item, at);
    const name = check.oneOf(
      task,
      table.map((row) => row.task),
      `${at}.task`,
    );
    const place = table.findIndex((row) => row.task === name);
    const row = table[place]!;
    if (place < last) throw check.wrong(`${at}.task`, { before: table[last]!.task });
    const count = (counts.get(row) ?? 0) + 1;
    if (count > mostOf(row)) throw check.wrong(`${at}.task`, 'unique');
    counts.set(row, count);
    last = place;
    return parseStep(item as Fields, at, row, table);
  });
  // What the rows' controls hold is what the types of their tasks say.
  return steps as readonly AskedStep[] as readonly RecipeStep[];
}

function parseStep(value: Fields, path: string, row: TaskRow, table: TaskTable): AskedStep {
  const names = Object.keys(row.controls);
  const fields = check.object(value, path, ['task', ...names]);
  const controls = names.flatMap((name) => {
    const control = row.controls[name]!;
    if (control.kind === 'own' && fields[name] === undefined) return [];
    const given = fields[name] === undefined ? usualOf(control) : fields[name];
    return [[name, parseControl(given, `${path}.${name}`, control, table)] as const];
  });
  return { task: row.task, ...withoutUnsaid(row, Object.fromEntries(controls)) };
}

function usualOf(control: Control): unknown {
  return 'usual' in control ? control.usual : undefined;
}

function parseControl(
  value: unknown,
  path: string,
  control: Control,
  table: TaskTable,
): ControlValue {
  switch (control.kind) {
    case 'percent':
      return check.between(value, [0, 100], path);
    case 'choice':
      return parseChoice(value, path, control);
    case 'box':
      return parseBox(value, path);
    case 'steps':
      return parseInnerSteps(value, path, table);
    case 'own':
      return parseOwn(value, path);
  }
}

/** Most characters of an own network's title. */
const mostTitle = 200;

/**
 * Checks what a network of a person's own is named by.
 *
 * @param value Anything.
 * @param path Where it lies.
 * @returns The name.
 * @throws {EnhanceError} `option-wrong`, naming the path of what is wrong.
 */
export function parseOwn(value: unknown, path: string): OwnName {
  const known = ['sha256', 'title', 'scale', 'after'];
  const { sha256, title, scale, after = false } = check.object(value, path, known);
  const hash = check.text(sha256, `${path}.sha256`);
  if (!/^[0-9a-f]{64}$/.test(hash)) throw check.wrong(`${path}.sha256`, 'sha256');
  const own = {
    sha256: hash,
    title: check.text(title, `${path}.title`).slice(0, mostTitle),
    scale: check.oneOf(scale, ownScales, `${path}.scale`),
  };
  if (!check.flag(after, `${path}.after`)) return own;
  if (own.scale > 1) throw check.wrong(`${path}.scale`, 'keeping-size');
  return { ...own, after: true };
}

function parseChoice(value: unknown, path: string, { options }: ChoiceControl): number | string {
  const renamed = options.find(({ formerly }) => formerly !== undefined && formerly === value);
  const values = options.map((option) => option.value);
  return renamed?.value ?? check.oneOf(value, values, path);
}

/** A region holds no regions, so that none can hold itself, and keeps its size. */
function parseInnerSteps(value: unknown, path: string, table: TaskTable): readonly RecipeStep[] {
  const isRegion = (row: TaskRow) =>
    Object.values(row.controls).some(({ kind }) => kind === 'steps');
  const flat = table.filter((row) => !isRegion(row));
  const steps = parseSteps(value, path, flat);
  if (scaleOf({ steps }, flat) > 1) throw check.wrong(path, 'keeping-size');
  return steps;
}
