import { matchText } from '../header';
import { segments } from '../jpeg/metadata';
import { joinBytes, latin1 } from '../metadata/bytes';
import type { Bytes, GainMap } from '../metadata/metadata';
import { tellGainMap } from '../metadata/xmp';
import { mpfKinds, mpfMark, writeMpf } from './mpf';

const xmpMark = 'http://ns.adobe.com/xap/1.0/\0';

/** A segment's marker and length, and the most that may follow. */
const [headBytes, mostBody] = [4, 0xffff - 2];

/**
 * Puts a gain map behind a JPEG, as Ultra HDR and ISO 21496-1 have it: what it says of itself stays as it was read, the
 * photo tells of it as the one did that it was read from, and the index of pictures (MPF) says where it is.
 * Source: Ultra HDR image format 1.1; CIPA DC-007; ISO 21496-1, annex C.
 *
 * @param photo The photo's JPEG, with its metadata.
 * @param map The gain map for this photo, as a JPEG that says nothing.
 * @param facts What was read with the gain map that it was made of.
 * @returns One file; null where the photo has no room for another word of XMP.
 */
export async function joinGainMap(photo: Blob, map: Bytes, facts: GainMap): Promise<Blob | null> {
  const head = await readHead(photo);
  const told = joinBytes([...insertAfterJfif(map, facts.said)]);
  const xmp = facts.isInXmp ? tellGainMap(head.xmp, told.length) : head.xmp;
  const packet = xmp === null ? null : packetOf(xmp);
  if (packet && packet.length > mostBody) return null;
  const before = [
    ...head.before,
    ...(packet ? [segment(0xe1, packet)] : []),
    ...head.behind,
    ...(facts.iso ? [segment(0xe2, facts.iso)] : []),
  ];
  const index = (first: number, offset: number) =>
    segment(
      0xe2,
      writeMpf([
        { kind: mpfKinds.main, bytes: first, offset: 0 },
        { kind: mpfKinds.other, bytes: told.length, offset },
      ]),
    );
  const { length } = joinBytes(before);
  const rest = photo.slice(head.end);
  const first = length + index(0, 0).length + rest.size;
  // It is counted from where the index itself begins, behind its mark.
  const offset = first - (length + headBytes + mpfMark.length);
  return new Blob([...before, index(first, offset), rest, told], { type: photo.type });
}

/** More than the segments of a photo take: a profile, EXIF and XMP. */
const mostHead = 2 ** 24;

type Head = {
  /** All up to where XMP has its place, and what comes behind that, XMP left out. */
  readonly before: readonly Bytes[];
  readonly behind: readonly Bytes[];
  readonly xmp: string | null;
  /** Where the picture begins. */
  readonly end: number;
};

async function readHead(photo: Blob): Promise<Head> {
  const bytes = new Uint8Array(await photo.slice(0, mostHead).arrayBuffer());
  const before: Bytes[] = [bytes.subarray(0, 2)];
  const behind: Bytes[] = [];
  let xmp: string | null = null;
  let end = 2;
  for (const { marker, body } of segments(bytes)) {
    if (!isBeforePicture(marker)) break;
    const to = body.byteOffset - bytes.byteOffset + body.length;
    const whole = bytes.subarray(to - body.length - headBytes, to);
    if (marker === 0xe1 && matchText(body, 0, xmpMark))
      xmp = new TextDecoder().decode(body.subarray(xmpMark.length));
    else (marker <= 0xe1 && behind.length === 0 ? before : behind).push(whole);
    end = to;
  }
  return { before, behind, xmp, end };
}

/** Applications' segments and comments. */
const isBeforePicture = (marker: number) => (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;

const packetOf = (xmp: string) => joinBytes([latin1(xmpMark), new TextEncoder().encode(xmp)]);

function segment(marker: number, body: Bytes): Bytes {
  const length = body.length + 2;
  return joinBytes([Uint8Array.of(0xff, marker, length >> 8, length & 0xff), body]);
}

/** JFIF's segment, where there is one, comes first. */
function insertAfterJfif(file: Bytes, said: Bytes): readonly Bytes[] {
  const isThere = file[2] === 0xff && file[3] === 0xe0;
  const at = isThere ? headBytes + new DataView(file.buffer, file.byteOffset).getUint16(4) : 2;
  return [file.subarray(0, at), said, file.subarray(at)];
}
