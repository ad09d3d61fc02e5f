import ExifReader from 'exifreader';
import { tellJpeg } from '../unit/formats/metadata/told-photo';
import { expect, test } from './fixtures';

test('a saved file says what the photo said, as far as the person wants it', async ({
  app,
  page,
}) => {
  const photo = { name: 'told.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(tellJpeg()) };
  const format = page.getByRole('combobox', { name: 'Format' });
  const keep = page.getByRole('checkbox', { name: 'Keep metadata' });
  const anonymous = page.getByRole('checkbox', { name: 'Remove place and serial numbers' });
  const mark = page.getByRole('checkbox', { name: 'Mark as enhanced' });
  const read = async () => {
    const { bytes } = await app.save();
    return ExifReader.load(Uint8Array.from(bytes).buffer, { expanded: true, async: false });
  };
  await app.visit();
  await app.open(photo);
  await app.enhance();
  for (const name of ['JPEG', 'PNG', 'TIFF', 'AVIF', 'WebP']) {
    await format.selectOption({ label: name });
    const { exif, gps, xmp } = await read();
    expect(exif).toMatchObject({ Make: { value: ['Acme'] }, Orientation: { value: 1 } });
    expect(gps!.Latitude).toBeCloseTo(52.52, 2);
    expect(xmp!['DigitalSourceType']!.value).toMatch(/algorithmicallyEnhanced$/);
  }
  // By the keyboard: what is told of a file's size moves them while it comes in.
  await anonymous.press('Space');
  await expect(anonymous).toBeChecked();
  await mark.press('Space');
  await expect(mark).not.toBeChecked();
  const less = await read();
  expect(less.exif).toMatchObject({ Make: { value: ['Acme'] } });
  expect(less.gps).toBeUndefined();
  expect(less.xmp!['DigitalSourceType']).toBeUndefined();
  await keep.press('Space');
  await expect(mark).toBeDisabled();
  const { exif, xmp } = await read();
  expect([exif, xmp]).toEqual([undefined, undefined]);
});
