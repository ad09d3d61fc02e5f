import { EnhanceError } from '../core/errors';

/**
 * SHA-256 of some bytes.
 *
 * @param bytes Hashed whole.
 * @returns 64 lower-case hexadecimal digits.
 * @throws {EnhanceError} `page-insecure` where the page is not served securely and cannot hash.
 */
export async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  if (!('subtle' in crypto)) throw new EnhanceError('page-insecure');
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
