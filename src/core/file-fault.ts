/**
 * Why a file or a folder that a person chose takes nothing more: leave to write was withdrawn, its disk is full, it is not there any more, or
 * something else.
 */
export type FileFault = 'refused' | 'full' | 'gone' | 'failed';

const faults: Readonly<Record<string, FileFault>> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NoModificationAllowedError: 'refused',
  QuotaExceededError: 'full',
  NotFoundError: 'gone',
};

/**
 * Reads what a browser throws while it writes.
 *
 * @param error What it threw.
 * @returns Why, by the names of the File System Standard (https://fs.spec.whatwg.org/).
 */
export function faultOfFile(error: unknown): FileFault {
  return (error instanceof Error ? faults[error.name] : undefined) ?? 'failed';
}
