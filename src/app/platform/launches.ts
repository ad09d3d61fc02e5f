/** A file that the system opened the app with. */
export type LaunchedFile = {
  readonly file: File;
  /** Writes to the file on the disk, where the system gave such access. */
  readonly handle: FileSystemFileHandle;
};

/** What the system starts the app for. */
export type LaunchHandlers = {
  /** "Open with": the files; empty where none of them could be read. */
  readonly onFiles: (files: readonly LaunchedFile[]) => void;
  /** A shortcut, or another address of the app, for a window that is already open. */
  readonly onAddress: (address: string) => void;
};

/** What of the Launch Handler API is used (https://wicg.github.io/web-app-launch/). */
type LaunchQueue = {
  setConsumer: (
    consumer: (launch: {
      readonly targetURL?: string;
      readonly files?: readonly FileSystemFileHandle[];
    }) => void,
  ) => void;
};

/**
 * Takes what the system starts the installed app with; what came before this call has waited.
 *
 * @param target The window.
 * @param handlers Called for each launch.
 */
export function listenForLaunches(target: Window, handlers: LaunchHandlers): void {
  const { launchQueue } = target as Window & { readonly launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files = [], targetURL }) => {
    if (files.length > 0) void readAll(files).then(handlers.onFiles);
    else if (targetURL) handlers.onAddress(targetURL);
  });
}

async function readAll(handles: readonly FileSystemFileHandle[]): Promise<LaunchedFile[]> {
  const reading = handles.map(async (handle) => ({ file: await handle.getFile(), handle }));
  const outcomes = await Promise.allSettled(reading);
  return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
}
