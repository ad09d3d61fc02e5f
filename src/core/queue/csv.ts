/**
 * A table as comma-separated values (RFC 4180), for spreadsheets.
 *
 * @param rows The first is the heading.
 * @returns With a byte order mark, without which Excel takes UTF-8 for something else. What a spreadsheet would take for a formula has
 *   an apostrophe before it: also in the middle of a text, where one that separates by semicolons or tabs would see a cell begin, as
 *   Excel does where numbers have a decimal comma.
 */
export function writeCsv(rows: readonly (readonly (string | number)[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = value.replace(/(^|[;\t\r\n]["\s]*)(?=[=+\-@\t\r＝＋－＠])/g, "$1'");
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
