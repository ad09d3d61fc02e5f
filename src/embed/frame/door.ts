import { protocolVersion, readConnect, type FrameMessage } from '../protocol';

/** A host that has been let in. */
export type Visitor = {
  /** The only way to speak with it. */
  readonly port: MessagePort;
  /** Its origin; `null` as a text where it has none of its own. */
  readonly origin: string;
};

/** The file beside the frame that says which origins may use it. */
export const configFile = 'embed-config.json';

/**
 * Whether an allow-list lets an origin in.
 *
 * @param allow Exact origins, `https://*.example.com` for every host below one, or `*` for all.
 * @param origin A host's origin, as the browser gives it.
 * @returns True where one of the entries fits.
 */
export function isAllowed(allow: readonly string[], origin: string): boolean {
  return allow.some((entry) => {
    const [scheme, below, more] = entry.split('*.');
    if (entry === '*' || entry === origin) return true;
    if (!scheme?.endsWith('://') || !below || more !== undefined) return false;
    const host = origin.slice(scheme.length);
    return origin.startsWith(scheme) && host.endsWith(`.${below}`) && /^[\w.:-]+$/.test(host);
  });
}

/**
 * Reads an allow-list.
 *
 * @param config The parsed {@link configFile}.
 * @returns Its `allow`; empty, which lets nobody in, where it is not what it should be.
 */
export function readAllow(config: unknown): readonly string[] {
  const { allow } = (config ?? {}) as { readonly allow?: unknown };
  const isList = Array.isArray(allow) && allow.every((entry) => typeof entry === 'string');
  return isList ? allow : [];
}

/**
 * Waits for the page around this frame to say who it is. Accepts once, and from the parent only;
 * anything else is not answered.
 *
 * @param frame The frame's window.
 * @param loadAllow Loads the allow-list, when somebody has come; a failure lets nobody in.
 * @returns The host.
 */
export function awaitVisitor(
  frame: Window,
  loadAllow: () => Promise<readonly string[]>,
): Promise<Visitor> {
  return new Promise((resolve) => {
    const listen = async (event: MessageEvent<unknown>): Promise<void> => {
      const [port, ...others] = event.ports;
      if (event.source !== frame.parent || frame.parent === frame) return;
      const version = readConnect(event.data);
      if (version === null || !port || others.length > 0) return;
      const refuse = (message: string): void => {
        port.postMessage({ type: 'refused', message } satisfies FrameMessage);
        port.close();
      };
      if (version !== protocolVersion)
        return refuse(`The page speaks version ${version}, this enhancer ${protocolVersion}.`);
      frame.removeEventListener('message', hear);
      const allow = await loadAllow().catch(() => []);
      if (isAllowed(allow, event.origin)) resolve({ port, origin: event.origin });
      else refuse(`This enhancer is not open to ${event.origin}.`);
    };
    const hear = (event: MessageEvent<unknown>): void => void listen(event);
    frame.addEventListener('message', hear);
  });
}
