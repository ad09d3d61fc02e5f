import type { LaunchedFile } from './launches';

/** Why a file on the disk was not written. */
export type WriteFault = 'refused' | 'changed' | 'failed';

type Permission = { readonly mode: 'readwrite' };
/** What TypeScript's DOM does not know yet (https://wicg.github.io/file-system-access/). */
type WithPermission = FileSystemFileHandle & {
  readonly requestPermission?: (permission: Permission) => Promise<PermissionState>;
};

/**
 * Asks the browser for leave to write; it may ask the person, so it must come first after a click.
 *
 * @param handle The file.
 * @returns Whether it may be written.
 */
export async function allowWriting(handle: FileSystemFileHandle): Promise<boolean> {
  const { requestPermission } = handle as WithPermission;
  if (!requestPermission) return true;
  const answer = await requestPermission
    .call(handle, { mode: 'readwrite' })
    .catch(() => 'denied' as const);
  return answer === 'granted';
}

/**
 * Replaces a file's content, all of it or nothing: the browser writes beside the file and puts it in
 * place when all is written.
 *
 * @param original The file as it was opened; it is not written where it has changed since.
 * @param content What it is to hold.
 * @returns The file as it is now, or why it is still what it was.
 */
export async function overwrite(
  { file, handle }: LaunchedFile,
  content: Blob,
): Promise<File | WriteFault> {
  try {
    const present = await handle.getFile();
    if (present.lastModified !== file.lastModified || present.size !== file.size) return 'changed';
    const writable = await handle.createWritable();
    try {
      await writable.write(content);
      await writable.close();
    } catch (error) {
      await writable.abort().catch(() => undefined);
      throw error;
    }
    return await handle.getFile();
  } catch {
    return 'failed';
  }
}
