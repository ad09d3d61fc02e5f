/** A picture, coded. */
export type ClipPacket = {
  /** Seconds of the file that is written, and how long it is shown. */
  readonly timestamp: number;
  readonly duration: number;
  /** Whether it needs no other. */
  readonly isKey: boolean;
  readonly data: Uint8Array;
};

/** Pictures from one that needs no other up to the next such, coded: what is kept of a clip that is being made. */
export type ClipSegment = {
  readonly packets: readonly ClipPacket[];
  /** What decodes them. */
  readonly config: VideoDecoderConfig;
  /** When its first picture is shown, and what comes after its last, in microseconds of the source's own time. */
  readonly from: number;
  readonly until: number;
  /** Which networks made its pictures, by their ids, where that is known: those that go on with it do as well. */
  readonly models?: readonly string[];
};

/** What a segment is written before its pictures' bytes as. */
type Header = {
  readonly from: number;
  readonly until: number;
  readonly config: Omit<VideoDecoderConfig, 'description'> & { readonly description: number[] };
  /** Timestamp, duration, whether it needs no other, and bytes, of each. */
  readonly packets: readonly (readonly [number, number, boolean, number])[];
  readonly models?: readonly string[];
};

/** Bytes before a segment: what marks it, and the lengths of its header and of its pictures. */
export const segmentPrefix = 12;

const mark = 0x5e9c11b5;

/**
 * A segment as bytes that lie behind others.
 *
 * @param segment The segment.
 * @returns Bytes of their own, for {@link readSegment}.
 */
export function writeSegment({
  packets,
  config,
  from,
  until,
  models,
}: ClipSegment): Uint8Array<ArrayBuffer> {
  const description = [...bytesOf(config.description)];
  const header: Header = {
    ...{ from, until, config: { ...config, description }, ...(models && { models }) },
    packets: packets.map(({ timestamp, duration, isKey, data }) => {
      return [timestamp, duration, isKey, data.length];
    }),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = packets.reduce((sum, { data }) => sum + data.length, 0);
  const out = new Uint8Array(segmentPrefix + text.length + length);
  const view = new DataView(out.buffer);
  [mark, text.length, length].forEach((value, i) => view.setUint32(4 * i, value));
  out.set(text, segmentPrefix);
  let at = segmentPrefix + text.length;
  for (const { data } of packets) {
    out.set(data, at);
    at += data.length;
  }
  return out;
}

/**
 * How long a segment is.
 *
 * @param prefix Its first {@link segmentPrefix} bytes.
 * @returns All its bytes, these among them; null where there is no segment.
 */
export function lengthOfSegment(prefix: Uint8Array): number | null {
  if (prefix.length < segmentPrefix) return null;
  const view = new DataView(prefix.buffer, prefix.byteOffset);
  if (view.getUint32(0) !== mark) return null;
  return segmentPrefix + view.getUint32(4) + view.getUint32(8);
}

/**
 * A segment that was written.
 *
 * @param bytes All of it, and nothing else; its pictures' bytes stay part of them.
 * @returns The segment; null where it is damaged.
 */
export function readSegment(bytes: Uint8Array): ClipSegment | null {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4);
  const text = bytes.subarray(segmentPrefix, segmentPrefix + length);
  let header: Header;
  try {
    header = JSON.parse(new TextDecoder().decode(text)) as Header;
  } catch {
    return null;
  }
  const { from, until, config, packets, models } = header;
  let at = segmentPrefix + length;
  const read = packets.map(([timestamp, duration, isKey, size]) => {
    const data = bytes.subarray(at, at + size);
    at += size;
    return { timestamp, duration, isKey, data };
  });
  const { description, ...rest } = config;
  const own = description.length > 0 && { description: Uint8Array.from(description) };
  const segment = { packets: read, config: { ...rest, ...own }, from, until };
  return { ...segment, ...(models && { models }) };
}

/**
 * Whether pictures of two encoders may lie in one clip.
 *
 * @param a What decodes the one.
 * @param b What decodes the other.
 * @returns False where players would need to be told of the change.
 */
export function isSameCoding(a: VideoDecoderConfig, b: VideoDecoderConfig): boolean {
  const [one, other] = [bytesOf(a.description), bytesOf(b.description)];
  return a.codec === b.codec && one.length === other.length && one.every((x, i) => x === other[i]);
}

function bytesOf(source: AllowSharedBufferSource | undefined): Uint8Array {
  if (!source) return new Uint8Array();
  if (!ArrayBuffer.isView(source)) return new Uint8Array(source);
  return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
}
