/** One of several things that were dropped, or a folder; both are asked for while the drop lasts, or never. */
export type DroppedItem = {
  readonly entry: FileSystemEntry | null;
  /** Access to it on the disk, which outlives the page, where the browser gives such. */
  readonly handle: Promise<FileSystemHandle | null> | undefined;
};

/** Of what type it is that is dragged within the page, from one place of a list to another. */
export const movedType = 'application/x-enlarger-place';

/** What arrives from outside the page. */
export type IntakeHandlers = {
  /**
   * Files were dropped or pasted; empty where something that is no file was dropped. `dropped` has more of them where they
   * are several, or a folder is among them.
   */
  readonly onFiles: (files: readonly File[], dropped: readonly DroppedItem[]) => void;
  /** Something is being dragged over the window, or no longer. */
  readonly onDragging: (dragging: boolean) => void;
};

/**
 * Listens to drops on the whole window and to pasted pictures.
 *
 * @param target The window.
 * @param handlers Called as things arrive.
 * @returns Stops listening.
 */
export function listenForFiles(target: Window, handlers: IntakeHandlers): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  // dragenter and dragleave come in pairs for every element that the pointer crosses.
  let depth = 0;
  const leave = (): void => {
    depth = 0;
    handlers.onDragging(false);
  };
  target.addEventListener(
    'dragenter',
    (event) => {
      event.preventDefault();
      if (depth++ === 0 && event.dataTransfer?.types.includes('Files')) handlers.onDragging(true);
    },
    { signal },
  );
  target.addEventListener('dragover', (event) => event.preventDefault(), { signal });
  target.addEventListener('dragleave', () => --depth <= 0 && leave(), { signal });
  target.addEventListener(
    'drop',
    (event) => {
      event.preventDefault();
      leave();
      if (event.dataTransfer?.types.includes(movedType)) return;
      const { files = [], items = [] } = event.dataTransfer ?? {};
      handlers.onFiles([...files], listDropped([...items]));
    },
    { signal },
  );
  target.addEventListener(
    'paste',
    (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      handlers.onFiles(files, []);
    },
    { signal },
  );
  return () => listening.abort();
}

/** What TypeScript's DOM does not know yet (https://wicg.github.io/file-system-access/). */
type WithHandle = DataTransferItem & {
  readonly getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>;
};

function listDropped(items: readonly WithHandle[]): DroppedItem[] {
  const files = items.filter(({ kind }) => kind === 'file');
  const entries = files.map((item) => item.webkitGetAsEntry());
  if (files.length < 2 && !entries[0]?.isDirectory) return [];
  return files.map((item, i) => ({
    entry: entries[i] ?? null,
    handle: item.getAsFileSystemHandle?.(),
  }));
}

/**
 * Whether photos are to be looked for in a file.
 *
 * @param file Any file.
 * @param file.name Its name.
 * @returns True for a ZIP archive.
 */
export function isArchive({ name }: Pick<File, 'name'>): boolean {
  return /\.zip$/i.test(name);
}

/**
 * Whether a file is a network of the person's own.
 *
 * @param file Any file.
 * @param file.name Its name.
 * @returns True where its ending says so; of ncnn's two files that one which says what the other is.
 */
export function isModel({ name }: Pick<File, 'name'>): boolean {
  return /\.(onnx|safetensors|pth|param)$/i.test(name);
}

/**
 * Reads the pictures of the clipboard, where the browser allows it without a key being pressed.
 *
 * @returns The pictures, or null where it does not.
 */
export async function readClipboard(): Promise<File[] | null> {
  try {
    const files = (await navigator.clipboard.read()).map(async (item) => {
      const type = item.types.find((each) => each.startsWith('image/'));
      return type ? new File([await item.getType(type)], 'pasted.png', { type }) : null;
    });
    return (await Promise.all(files)).filter((file) => file !== null);
  } catch {
    return null;
  }
}
