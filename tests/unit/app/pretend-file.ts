/**
 * A file as a browser gives it to whoever was let write: what is written comes into its place when that is closed.
 *
 * @param room Bytes that its disk takes.
 * @returns The file's handle, and what it holds: `before` at first.
 */
export function pretendFile(room = Infinity) {
  let content = new Blob(['before']);
  const createWritable = async () => {
    let written = new Blob();
    return {
      async write(piece: Uint8Array<ArrayBuffer>) {
        if (written.size + piece.length > room)
          throw new DOMException('full', 'QuotaExceededError');
        written = new Blob([written, piece]);
      },
      close: async () => void (content = written),
      abort: async () => undefined,
    };
  };
  const handle = { name: 'mine.mp4', createWritable } as unknown as FileSystemFileHandle;
  return { handle, file: () => content };
}
