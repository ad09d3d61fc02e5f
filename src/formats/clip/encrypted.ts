import { readMoov } from './moov';

/**
 * Whether the pictures of an MP4 or MOV are encrypted, by the name of their description, whatever else of it cannot be read.
 * Source: ISO/IEC 14496-12, 8.12 ("encv").
 *
 * @param file The file.
 * @returns False also where its description is not found.
 */
export async function isEncrypted(file: Blob): Promise<boolean> {
  const moov = await readMoov(file);
  return moov !== null && new TextDecoder('latin1').decode(moov).includes('encv');
}
