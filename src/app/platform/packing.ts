/** Bytes of the number before a header that says how long it is. */
const lengthBytes = 4;

/**
 * A header and what follows it, in one.
 *
 * @param header Plain data.
 * @param body Bytes.
 * @returns Bytes of their own.
 */
export function pack(header: unknown, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const out = new Uint8Array(lengthBytes + text.length + body.length);
  new DataView(out.buffer).setUint32(0, text.length);
  out.set(text, lengthBytes);
  out.set(body, lengthBytes + text.length);
  return out;
}

/**
 * What {@link pack} has packed.
 *
 * @param bytes Anything.
 * @returns Header and body; null where it is nothing of the kind.
 */
export function unpack(
  bytes: Uint8Array<ArrayBuffer>,
): { readonly header: unknown; readonly body: Uint8Array<ArrayBuffer> } | null {
  if (bytes.length < lengthBytes) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const text = bytes.subarray(lengthBytes, lengthBytes + length);
  if (text.length !== length) return null;
  try {
    const header: unknown = JSON.parse(new TextDecoder().decode(text));
    return { header, body: bytes.slice(lengthBytes + length) };
  } catch {
    return null;
  }
}
