import { decode } from '../../src/formats/decode';
import { depthOf } from '../../src/core/picture/raster';

/** What became of a file. */
export type Opened = { readonly format: string; readonly cells: readonly string[] };

declare global {
  /** Opens the file at an address of this page. */
  var readFixture: (address: string) => Promise<Opened>;
}

globalThis.readFixture = async (address) => {
  const file = await (await fetch(address)).blob();
  try {
    const { raster, header, metadata, notes, colours } = await decode(file);
    const { exif, xmp, iptc, density, texts } = metadata;
    const { profile } = colours;
    const parts = { EXIF: exif, XMP: xmp, IPTC: iptc, ICC: profile, density };
    const kept = Object.entries({ ...parts, texts: texts.length > 0 || null })
      .filter(([, part]) => part !== null)
      .map(([part]) => part);
    const { width, height, hasAlpha } = raster;
    const picture = `${width} × ${height}, ${depthOf(raster)} bit${hasAlpha ? ', alpha' : ''}`;
    const said = notes.map(({ note }) => note).join(', ');
    return { format: header.format, cells: [picture, kept.join(', '), said] };
  } catch (error) {
    const { problem } = error as { readonly problem?: string };
    return { format: '–', cells: [`refused: ${problem ?? String(error)}`, '', ''] };
  }
};

Object.assign(globalThis, { isScriptReady: true });
