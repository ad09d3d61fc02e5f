/** The element that mediabunny 1.61.0 writes the length of an Opus sound's start in, and the one that it belongs in. */
const [seekPreRoll, codecDelay] = [0xbb, 0xaa];

/**
 * Names the silence that an Opus sound begins with as what it is, in a WebM or MKV file: mediabunny writes its length as SeekPreRoll, and players
 * would play all sound that much later. Source: RFC 9559, 5.1.4.1.25 and 5.1.4.1.26.
 *
 * @param bytes The file's beginning, up to its first cluster or more; changed in place.
 */
export function mendOpusDelay(bytes: Uint8Array): void {
  // The pictures come after the description of all tracks.
  const cluster = find(bytes, [0x1f, 0x43, 0xb6, 0x75]);
  const name = [0x56, seekPreRoll];
  const end = cluster < 0 ? bytes.length : cluster;
  const head = bytes.subarray(0, end);
  for (let at = find(head, name); at >= 0; at = find(head, name)) head[at + 1] = codecDelay;
}

function find(bytes: Uint8Array, wanted: readonly number[]): number {
  for (let i = bytes.indexOf(wanted[0]!); i >= 0; i = bytes.indexOf(wanted[0]!, i + 1))
    if (wanted.every((byte, k) => bytes[i + k] === byte)) return i;
  return -1;
}
