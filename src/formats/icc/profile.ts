import { readLatin1 } from '../metadata/bytes';

/** Whose numbers a profile gives a meaning to. */
export type ProfileSpace = 'rgb' | 'gray' | 'cmyk' | 'other';

/** Longer ones are no colour profiles of photos; those with large tables have two or three. */
const mostBytes = 8 * 2 ** 20;

/** Header and the count of tags. */
const leastBytes = 132;

const spaces: Readonly<Record<string, ProfileSpace>> = {
  'RGB ': 'rgb',
  GRAY: 'gray',
  CMYK: 'cmyk',
};

/**
 * What an ICC profile is for. Source: ICC.1:2022, 7.2.
 *
 * @param profile The profile.
 * @returns Null where it is none: too short, too long, or without its mark.
 */
export function readProfileSpace(profile: Uint8Array): ProfileSpace | null {
  if (profile.length < leastBytes || profile.length > mostBytes) return null;
  const word = (at: number) => readLatin1(profile.subarray(at, at + 4));
  const length = new DataView(profile.buffer, profile.byteOffset).getUint32(0);
  if (word(36) !== 'acsp' || length < leastBytes || length > profile.length) return null;
  return spaces[word(16)] ?? 'other';
}
