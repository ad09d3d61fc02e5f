/** What arrives from outside the page. */
export type IntakeHandlers = {
  /** Files were dropped or pasted; empty where something that is no file was dropped. */
  readonly onFiles: (files: readonly File[]) => void;
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
      handlers.onFiles([...(event.dataTransfer?.files ?? [])]);
    },
    { signal },
  );
  target.addEventListener(
    'paste',
    (event) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0) return;
      event.preventDefault();
      handlers.onFiles(files);
    },
    { signal },
  );
  return () => listening.abort();
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
