/**
 * Writes a clip that was made into a file, piece by piece: no more of it than one is in memory, and the browser puts it in the place of what lay in
 * the file when all is written.
 *
 * @param clip The clip.
 * @param handle The file, with leave to write.
 * @param onShare Is told how much is written, 0..1, after each piece.
 * @throws {unknown} What reading or writing fails with; then the file is what it was.
 */
export async function copyClip(
  clip: Blob,
  handle: FileSystemFileHandle,
  onShare: (share: number) => void,
): Promise<void> {
  const writable = await handle.createWritable();
  try {
    const reader = clip.stream().getReader();
    for (let written = 0; ;) {
      const { done, value } = await reader.read();
      if (done) break;
      await writable.write(value);
      written += value.length;
      onShare(written / clip.size);
    }
    await writable.close();
  } catch (error) {
    await writable.abort().catch(() => undefined);
    throw error;
  }
}
