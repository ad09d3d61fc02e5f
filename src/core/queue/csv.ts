/**
 * A table as comma-separated values (RFC 4180), for spreadsheets. Where numbers have a decimal comma, spreadsheets separate by semicolons, and
 * so does this.
 *
 * @param rows The first is the heading.
 * @param decimal What stands in numbers before their fraction.
 * @returns With a byte order mark, without which Excel takes UTF-8 for something else. What a spreadsheet would take for a formula has
 *   an apostrophe before it: also in the middle of a text, where one that separates by semicolons or tabs would see a cell begin, as
 *   Excel does where numbers have a decimal comma.
 */
export function writeCsv(
  rows: readonly (readonly (string | number)[])[],
  decimal: '.' | ',' = '.',
): string {
  const separator = decimal === ',' ? ';' : ',';
  const lines = rows.map((row) => row.map((value) => cell(value, decimal)).join(separator));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

function cell(value: string | number, decimal: string): string {
  if (typeof value === 'number') return String(value).replace('.', decimal);
  const text = value.replace(/(^|[;\t\r\n]["\s]*)(?=[=+\-@\t\r＝＋－＠])/g, "$1'");
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
