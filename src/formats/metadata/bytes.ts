import type { Bytes, Metadata } from './metadata';

/** What a format's reader finds; what it leaves out is not there. */
export type Found = Partial<Omit<Metadata, 'orientation' | 'isConverted'>>;

/**
 * Puts arrays one after the other.
 *
 * @param parts Any number.
 * @returns A new array.
 */
export function joinBytes(parts: readonly Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/**
 * Text to bytes.
 *
 * @param text Characters 0..255; of others the lower byte is taken.
 * @returns A byte for each.
 */
export function latin1(text: string): Bytes {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/**
 * Bytes to text.
 *
 * @param bytes Any.
 * @returns A character 0..255 for each.
 */
export function readLatin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
