/**
 * A table as comma-separated values (RFC 4180), for spreadsheets.
 *
 * @param rows The first is the heading.
 * @returns With a byte order mark, without which Excel takes UTF-8 for something else. A text that a spreadsheet would take for a
 *   formula begins with an apostrophe.
 */
export function writeCsv(rows: readonly (readonly (string | number)[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
