/**
 * Hands a blob to the browser's downloads. A plain link works in every browser and never replaces an
 * existing file without asking.
 *
 * @param blob The file's content.
 * @param name The suggested file name.
 */
export function download(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The download has its own reference by then; Safari needs the URL for a while after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
