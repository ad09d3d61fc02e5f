/** One line of a table: column to cell. */
export type Cells = Readonly<Record<string, string>>;

/**
 * Prints a table.
 *
 * @param rows Lines, all with the same columns.
 * @param markdown True for the table as a document wants it, false for a terminal.
 */
export function printTable(rows: readonly Cells[], markdown: boolean): void {
  if (!markdown) return console.table(rows);
  const columns = Object.keys(rows[0] ?? {});
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = columns.map((_, i) => (i < 2 ? '---' : '--:'));
  console.log(
    [columns, rule, ...rows.map((row) => columns.map((name) => row[name] ?? ''))]
      .map(line)
      .join('\n'),
  );
}

/**
 * The middle value.
 *
 * @param values At least one number.
 * @returns The median; of an even number of values the lower middle one.
 */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[(values.length - 1) >> 1]!;
}

/**
 * A number for a cell.
 *
 * @param value The number, or null where it is not known.
 * @param digits After the decimal point.
 * @returns The number, a dash where it is not known.
 */
export function figure(value: number | null, digits: number): string {
  return value === null ? '–' : value.toFixed(digits);
}

/**
 * A share for a cell.
 *
 * @param part What is left of 1, or null where it is not known.
 * @returns `1 - part` in percent; below 0 where a busy machine made the part slower than the whole.
 */
export function rest(part: number | null): string {
  return part === null ? '–' : `${figure(100 * (1 - part), 1)} %`;
}
