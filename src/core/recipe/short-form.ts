import { optionValidator as check, type Fields } from '../validator';
import type { ControlValue } from './kinds';
import { controlsOf, withControls, type Recipe } from './recipe';
import type { Control, ControlValues, TaskRow, TaskTable } from './task-row';
import { tasks } from './tasks';

/** How the short form is to be read. */
export type ShortReading = {
  /** Whether what is a field of the recipe itself must be there, as in version 1. */
  readonly isWhole: boolean;
  /** Where the recipe lies. */
  readonly path: string;
  /** Checks the value of a control. */
  readonly parse: (
    value: unknown,
    path: string,
    control: Control,
    table: TaskTable,
  ) => ControlValue;
};

/**
 * Reads the short form, which version 1 of a recipe was written in: a field for each task, and fields of
 * the last one for itself.
 *
 * @param recipe What a field lies over.
 * @param fields Anything; what is not known is left out.
 * @param reading How.
 * @param table The tasks that there are.
 * @returns A new recipe of version 2.
 * @throws {EnhanceError} `option-wrong`, naming the path of what is wrong.
 */
export function readShort(
  recipe: Recipe,
  fields: Fields,
  reading: ShortReading,
  table: TaskTable = tasks,
): Recipe {
  return table.reduce((before, row) => {
    const controls = readTask(before, fields, row, reading, table);
    return controls ? withControls(before, row, controls, table) : before;
  }, recipe);
}

/** What the fields say of a task; null where they say nothing. */
function readTask(
  recipe: Recipe,
  fields: Fields,
  row: TaskRow,
  { isWhole, path, parse }: ShortReading,
  table: TaskTable,
): ControlValues | null {
  const read = (value: unknown, name: string, at: string) =>
    [name, parse(value, at, row.controls[name]!, table)] as const;
  const names = shortNames(row);
  if (row.short === 'fields') {
    const isLeft = (name: string) => {
      const control = row.controls[name]!;
      return control.kind === 'choice' && control.isByPace;
    };
    const given = names.filter((name) => fields[name] !== undefined || (isWhole && !isLeft(name)));
    if (given.length === 0) return null;
    const values = given.map((name) => read(fields[name], name, `${path}.${name}`));
    return { ...controlsOf(recipe, row), ...Object.fromEntries(values) };
  }
  const field = fields[row.task];
  if (field === undefined) return null;
  const at = `${path}.${row.task}`;
  if (row.short === 'value') return Object.fromEntries(names.map((name) => read(field, name, at)));
  const values = check.object(field, at);
  return Object.fromEntries(names.map((name) => read(values[name], name, `${at}.${name}`)));
}

/** What the short form can say of a task: a network that only one device has is none of it. */
function shortNames({ controls }: TaskRow): readonly string[] {
  return Object.keys(controls).filter((name) => controls[name]?.kind !== 'own');
}

/**
 * Writes the short form.
 *
 * @param recipe Any recipe; its finish is left out.
 * @param table The tasks that there are.
 * @returns A recipe of version 1, with a field for each step of a task that came later.
 */
export function writeShort(recipe: Recipe, table: TaskTable = tasks): Fields {
  const fields: Record<string, unknown> = { v: 1 };
  for (const row of table) {
    const controls = controlsOf(recipe, row);
    if (row.short === 'fields')
      for (const name of shortNames(row)) {
        if (controls[name] !== undefined) fields[name] = controls[name];
      }
    else if (recipe.steps.some(({ task }) => task === row.task))
      fields[row.task] = row.short === 'value' ? Object.values(controls)[0] : controls;
  }
  return fields;
}
