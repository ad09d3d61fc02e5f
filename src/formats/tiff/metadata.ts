import type { Found } from '../metadata/bytes';
import { readResources } from '../metadata/iptc';
import type { Bytes, Density } from '../metadata/metadata';
import { TiffStructure, type Directory } from './directory';
import { readExifBlock } from './exif-block';
import { tags } from './tags';

/** Pixels per metre of one per inch and of one per centimetre, by the unit's number. TIFF 6.0, section 8. */
const perMetre: Readonly<Record<number, number>> = { 2: 100 / 2.54, 3: 100 };

/** What IPTC's datasets begin with. */
const datasetMark = 0x1c;

/**
 * Reads what a TIFF says beside its picture. Sources: TIFF 6.0; XMP specification, part 3, 3.2; ICC.1, B.4. Never
 * throws: what is broken is left out.
 *
 * @param bytes The file.
 * @returns What was found.
 */
export function readTiffMetadata(bytes: Bytes): Found {
  try {
    const tiff = new TiffStructure(bytes);
    const directory = tiff.directory(tiff.first);
    return directory ? readDirectory(tiff, directory) : {};
  } catch {
    return {};
  }
}

function readDirectory(tiff: TiffStructure, directory: Directory): Found {
  const content = (tag: number) => tiff.content(directory.fields.get(tag));
  const xmp = content(tags.xmp);
  return {
    profile: content(tags.profile),
    exif: readExifBlock(tiff, directory),
    // Padded with zeros by some writers.
    xmp: xmp && new TextDecoder().decode(xmp).replace(/\0+$/, ''),
    iptc: readIptc(content(tags.iptc), content(tags.photoshop)),
    density: readDensity(tiff, directory),
  };
}

/** Datasets, or, as Photoshop has them too, one of its resources. */
function readIptc(told: Bytes | null, resources: Bytes | null): Bytes | null {
  if (told?.[0] === datasetMark) return told;
  return resources && readResources(resources);
}

function readDensity(tiff: TiffStructure, { fields }: Directory): Density | null {
  const unit = perMetre[tiff.number(fields.get(tags.resolutionUnit)) ?? 2];
  const told = [tags.resolutionX, tags.resolutionY].map((tag) => tiff.number(fields.get(tag)) ?? 0);
  if (unit === undefined) return null;
  const [x = 0, y = 0] = told.map((each) => Math.round(each * unit));
  const isUsable = x > 0 && y > 0 && Math.max(x, y) < 2 ** 32;
  return isUsable ? { x, y } : null;
}
