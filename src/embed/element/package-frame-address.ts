import { EmbedError } from '../protocol';

/**
 * Where the page inside the frame is, for an element that came from the package `enlarger`: the host
 * page says it, as the frame needs an origin that serves the whole app.
 *
 * @returns An absolute address.
 * @throws {EmbedError} `frame-blocked` where the host page does not say it.
 */
export function findFrame(): string {
  const meta = document.querySelector<HTMLMetaElement>('meta[name="photo-enhancer-frame"]');
  if (meta?.content) return new URL(meta.content, document.baseURI).href;
  throw new EmbedError(
    'frame-blocked',
    'The page does not say where Enlarger is served: it needs a <meta name="photo-enhancer-frame"> ' +
      'with the address of embed.html, or PhotoEnhancer.frameUrl set before.',
  );
}
