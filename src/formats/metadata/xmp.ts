import { DOMParser, XMLSerializer, type Document, type Element } from '@xmldom/xmldom';
import type { Size } from '../../core/picture/rect';

/** Namespaces by the prefixes that they usually have. XMP specification, parts 1 and 2; IPTC Photo Metadata 2023.1. */
const names = {
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  x: 'adobe:ns:meta/',
  tiff: 'http://ns.adobe.com/tiff/1.0/',
  exif: 'http://ns.adobe.com/exif/1.0/',
  exifEX: 'http://cipa.jp/exif/1.0/',
  aux: 'http://ns.adobe.com/exif/1.0/aux/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  xmpMM: 'http://ns.adobe.com/xap/1.0/mm/',
  stEvt: 'http://ns.adobe.com/xap/1.0/sType/ResourceEvent#',
  xmpNote: 'http://ns.adobe.com/xmp/note/',
  photoshop: 'http://ns.adobe.com/photoshop/1.0/',
  core: 'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/',
  ext: 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/',
  hdrgm: 'http://ns.adobe.com/hdr-gain-map/1.0/',
  container: 'http://ns.google.com/photos/1.0/container/',
  item: 'http://ns.google.com/photos/1.0/container/item/',
  camera: 'http://ns.google.com/photos/1.0/camera/',
  xml: 'http://www.w3.org/XML/1998/namespace',
} as const;

type Space = keyof typeof names;

/** Properties by namespace; `*` for all of one, a last `*` for all that begin so. */
type Properties = readonly (readonly [Space, ...string[]])[];

/** What is not in the new file: thumbnails, what does not fit into one segment, films beside the photo, and what told of the old gain map. */
const gone: Properties = [
  ['xmp', 'Thumbnails'],
  ['xmpNote', 'HasExtendedXMP'],
  ['hdrgm', '*'],
  ['container', '*'],
  ['camera', 'MotionPhoto*', 'MicroVideo*'],
];

const identifying: Properties = [
  ['exif', 'GPS*', 'ImageUniqueID'],
  ['exifEX', 'BodySerialNumber', 'LensSerialNumber', 'CameraOwnerName'],
  ['aux', 'SerialNumber', 'LensSerialNumber', 'OwnerName', 'ImageNumber'],
  ['photoshop', 'City', 'State', 'Country'],
  ['core', 'Location', 'CountryCode'],
  ['ext', 'LocationCreated', 'LocationShown'],
];

/** IPTC NewsCodes, "Digital Source Type": made from a photo by a program that a person told to. */
const enhancedSource = 'http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced';

const empty = `<x:xmpmeta xmlns:x="${names.x}"><rdf:RDF xmlns:rdf="${names.rdf}"/></x:xmpmeta>`;

/** What a packet is changed for. */
export type XmpChanges = {
  /** The new picture's. */
  readonly size: Size;
  /** Whether the place, the owner, and serial numbers are taken out. */
  readonly isAnonymous: boolean;
  /** When the photo was enhanced, in ISO 8601, which is then written down; null to write nothing. */
  readonly enhanced: string | null;
  /** Texts by property of Dublin Core (`title`, `description`, `creator`, `rights`), where it has none. */
  readonly texts?: Readonly<Record<string, string>>;
};

/**
 * Whether a packet can be adapted.
 *
 * @param packet XMP.
 * @returns False where it is not well-formed, or not XMP.
 */
export function isReadable(packet: string): boolean {
  try {
    parse(packet);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether a packet tells of an HDR gain map beside the picture (Ultra HDR).
 *
 * @param packet XMP.
 * @returns True where it names one.
 */
export function hasGainMap(packet: string): boolean {
  return packet.includes(names.hdrgm);
}

/**
 * A packet for another picture of the same photo: upright, of its size, marked where that is wanted.
 *
 * @param packet XMP; null for a photo without.
 * @param changes What changes.
 * @returns A packet; null where it would say nothing.
 * @throws {Error} Where `packet` is not XMP.
 */
export function adaptXmp(packet: string | null, changes: XmpChanges): string | null {
  const { size, isAnonymous, enhanced, texts = {} } = changes;
  if (packet === null && enhanced === null && Object.keys(texts).length === 0) return null;
  const { document, rdf } = parse(packet ?? empty);
  remove(rdf, gone);
  if (isAnonymous) remove(rdf, identifying);
  const { width, height } = size;
  replace(rdf, 'tiff', { Orientation: 1, ImageWidth: width, ImageLength: height });
  replace(rdf, 'exif', { PixelXDimension: width, PixelYDimension: height });
  addTexts(document, rdf, texts);
  if (enhanced !== null) mark(document, rdf, enhanced);
  return serialize(document);
}

/**
 * A packet that tells of a gain map behind the picture, in the one place where readers of Ultra HDR look for it.
 *
 * @param packet XMP that tells of none; null for a photo without.
 * @param bytes How long the gain map's file is.
 * @returns A packet.
 * @throws {Error} Where `packet` is not XMP.
 */
export function tellGainMap(packet: string | null, bytes: number): string {
  const { document, rdf } = parse(packet ?? empty);
  const subject = ownSubject(document, rdf);
  subject.setAttributeNS(names.hdrgm, 'hdrgm:Version', '1.0');
  const list = document.createElementNS(names.rdf, 'rdf:Seq');
  for (const told of [{ Semantic: 'Primary' }, { Semantic: 'GainMap', Length: bytes }]) {
    const entry = document.createElementNS(names.rdf, 'rdf:li');
    entry.setAttributeNS(names.rdf, 'rdf:parseType', 'Resource');
    const item = document.createElementNS(names.container, 'Container:Item');
    for (const [name, value] of Object.entries({ Mime: 'image/jpeg', ...told }))
      item.setAttributeNS(names.item, `Item:${name}`, String(value));
    entry.appendChild(item);
    list.appendChild(entry);
  }
  const directory = document.createElementNS(names.container, 'Container:Directory');
  directory.appendChild(list);
  subject.appendChild(directory);
  return serialize(document);
}

function serialize(document: Document): string {
  const body = new XMLSerializer().serializeToString(document.documentElement!);
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>\n${body}\n<?xpacket end="w"?>`;
}

function parse(packet: string): { readonly document: Document; readonly rdf: Element } {
  // A document type could define entities that unfold without end; XMP has none.
  if (/<!DOCTYPE/i.test(packet)) throw new Error('doctype');
  const start = packet.search(/<(?!\?)/);
  const end = packet.lastIndexOf('<?xpacket');
  const body = packet.slice(Math.max(0, start), end > start ? end : undefined).trim();
  const onError = (level: string, message: string) => {
    if (level !== 'warning') throw new Error(message);
  };
  const document = new DOMParser({ onError }).parseFromString(body, 'text/xml');
  const rdf = document.getElementsByTagNameNS(names.rdf, 'RDF')[0];
  if (!rdf) throw new Error('no RDF');
  return { document, rdf };
}

/** The subjects of the packet, each with properties as attributes and as children. */
function subjects(rdf: Element): readonly Element[] {
  return children(rdf).filter(
    ({ namespaceURI, localName }) => namespaceURI === names.rdf && localName === 'Description',
  );
}

function children(element: Element): readonly Element[] {
  return [...element.childNodes].filter((node): node is Element => node.nodeType === 1);
}

function remove(rdf: Element, properties: Properties): void {
  const isMeant = ({
    namespaceURI,
    localName,
  }: {
    namespaceURI: string | null;
    localName: string | null;
  }) =>
    properties.some(
      ([space, ...wanted]) =>
        namespaceURI === names[space] &&
        wanted.some((name) =>
          name.endsWith('*') ? localName?.startsWith(name.slice(0, -1)) : localName === name,
        ),
    );
  for (const subject of subjects(rdf)) {
    for (const attribute of [...subject.attributes].filter(isMeant))
      subject.removeAttributeNode(attribute);
    for (const child of children(subject).filter(isMeant)) subject.removeChild(child);
  }
}

/** Sets properties of one value where they are there. */
function replace(rdf: Element, space: Space, values: Readonly<Record<string, number>>): void {
  for (const subject of subjects(rdf))
    for (const [name, value] of Object.entries(values)) {
      const attribute = subject.getAttributeNodeNS(names[space], name);
      if (attribute) attribute.value = String(value);
      for (const child of children(subject))
        if (child.namespaceURI === names[space] && child.localName === name)
          child.textContent = String(value);
    }
}

function addTexts(document: Document, rdf: Element, texts: Readonly<Record<string, string>>): void {
  const dc = 'http://purl.org/dc/elements/1.1/';
  for (const [name, text] of Object.entries(texts)) {
    const isThere = subjects(rdf).some(
      (subject) => subject.getElementsByTagNameNS(dc, name).length > 0,
    );
    if (isThere) continue;
    const property = document.createElementNS(dc, `dc:${name}`);
    const isList = name === 'creator';
    const list = document.createElementNS(names.rdf, isList ? 'rdf:Seq' : 'rdf:Alt');
    const item = document.createElementNS(names.rdf, 'rdf:li');
    if (!isList) item.setAttributeNS(names.xml, 'xml:lang', 'x-default');
    item.appendChild(document.createTextNode(text));
    list.appendChild(item);
    property.appendChild(list);
    ownSubject(document, rdf).appendChild(property);
  }
}

/** Says what kind of picture it is now, and adds a line to its history. */
function mark(document: Document, rdf: Element, when: string): void {
  remove(rdf, [['ext', 'DigitalSourceType']]);
  const source = document.createElementNS(names.ext, 'Iptc4xmpExt:DigitalSourceType');
  source.appendChild(document.createTextNode(enhancedSource));
  ownSubject(document, rdf).appendChild(source);
  const event = document.createElementNS(names.rdf, 'rdf:li');
  const tell = (name: string, value: string) =>
    event.setAttributeNS(names.stEvt, `stEvt:${name}`, value);
  tell('action', 'edited');
  tell('softwareAgent', 'Enlarger');
  tell('when', when);
  historyOf(document, rdf).appendChild(event);
}

function historyOf(document: Document, rdf: Element): Element {
  const present = rdf.getElementsByTagNameNS(names.xmpMM, 'History')[0];
  const list = present && children(present).find(({ localName }) => localName === 'Seq');
  if (list) return list;
  present?.parentNode?.removeChild(present);
  const history = document.createElementNS(names.xmpMM, 'xmpMM:History');
  const sequence = document.createElementNS(names.rdf, 'rdf:Seq');
  history.appendChild(sequence);
  ownSubject(document, rdf).appendChild(history);
  return sequence;
}

/** The first subject, which properties are added to; there is one then. */
function ownSubject(document: Document, rdf: Element): Element {
  const first = subjects(rdf)[0];
  if (first) return first;
  const subject = document.createElementNS(names.rdf, 'rdf:Description');
  subject.setAttributeNS(names.rdf, 'rdf:about', '');
  rdf.appendChild(subject);
  return subject;
}
