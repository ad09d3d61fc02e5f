#!/usr/bin/python3
"""Draws tests/fixtures/formats: small pictures whose every pixel a test can compute.

Needs PIL and numpy, heif-enc of the distribution's libheif-examples, cjxl of its libjxl-tools, and tiffcp of its libtiff-tools. Run from anywhere:
/usr/bin/python3 scripts/make-fixtures.py
"""

import io
import json
import struct
import subprocess
import tempfile
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms

OUT = Path(__file__).resolve().parent.parent / 'tests' / 'fixtures' / 'formats'
RED, GREEN, BLUE, YELLOW = (220, 30, 30), (30, 180, 30), (30, 30, 220), (230, 220, 40)


def quadrants(width=48, height=32):
    """Red | green over blue | yellow."""
    a = np.zeros((height, width, 3), np.uint8)
    a[: height // 2, : width // 2] = RED
    a[: height // 2, width // 2 :] = GREEN
    a[height // 2 :, : width // 2] = BLUE
    a[height // 2 :, width // 2 :] = YELLOW
    return Image.fromarray(a)


def veil(width=64, height=32):
    """RGBA whose alpha runs from 0 (left) to 255 and whose colour does not depend on it."""
    y, x = np.mgrid[0:height, 0:width]
    a = np.stack([x * 4, y * 8, 255 - x * 2, np.minimum(255, (x // 2) * 9)], -1)
    return Image.fromarray(a.astype(np.uint8), 'RGBA')


def waves(width=96, height=64):
    """A smooth picture, for measuring lossy formats."""
    y, x = np.mgrid[0:height, 0:width]
    a = np.stack([128 + 100 * np.sin(x / 11), 128 + 100 * np.cos(y / 9), 128 + 90 * np.sin((x + y) / 17)], -1)
    return Image.fromarray(a.round().astype(np.uint8))


def chunk(kind, data):
    body = kind + data
    return struct.pack('>I', len(data)) + body + struct.pack('>I', zlib.crc32(body))


def png(width, height, depth, colour, rows, interlace=0, extra=b''):
    """A PNG from ready scanlines (each without its filter byte; filter 0)."""
    ihdr = struct.pack('>IIBBBBB', width, height, depth, colour, 0, 0, interlace)
    data = zlib.compress(b''.join(b'\0' + bytes(r) for r in rows), 9)
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', ihdr) + extra + chunk(b'IDAT', data) + chunk(b'IEND', b'')


def adam7(a):
    """The seven interlaced passes of an array (PNG specification, 8.2)."""
    for x0, y0, dx, dy in [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]:
        for row in a[y0::dy, x0::dx]:
            if row.size:
                yield row.tobytes()


def exif(orientation):
    e = Image.Exif()
    e[0x0112] = orientation
    return e


def swapped_profile():
    """sRGB with its red and blue primaries exchanged: a reader that ignores ICC shows it at once."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile('sRGB')).tobytes()
    return data.replace(b'rXYZ', b'tmpX').replace(b'bXYZ', b'rXYZ').replace(b'tmpX', b'bXYZ')


def save(name, image, **options):
    image.save(OUT / name, **options)


def turned():
    # How to lay out the stored picture so that the viewer, who applies the tag, sees the quadrants.
    t = Image.Transpose
    stored = {1: None, 2: t.FLIP_LEFT_RIGHT, 3: t.ROTATE_180, 4: t.FLIP_TOP_BOTTOM,
              5: t.TRANSPOSE, 6: t.ROTATE_90, 7: t.TRANSVERSE, 8: t.ROTATE_270}
    for tag, how in stored.items():
        image = quadrants() if how is None else quadrants().transpose(how)
        save(f'orientation-{tag}.jpg', image, quality=92, subsampling=0, exif=exif(tag))
        save(f'orientation-{tag}.webp', image, lossless=True, exif=exif(tag))
        save(f'orientation-{tag}.png', image, exif=exif(tag))


def jpegs():
    save('progressive.jpg', quadrants(), quality=92, subsampling=0, progressive=True)
    save('cmyk.jpg', quadrants().convert('CMYK'), quality=92)
    save('gray.jpg', quadrants().convert('L'), quality=92)
    save('one.jpg', Image.new('RGB', (1, 1), RED))
    save('profile.jpg', quadrants(), quality=92, subsampling=0, icc_profile=swapped_profile())
    buffer = io.BytesIO()
    waves(192, 160).save(buffer, 'JPEG', quality=90, subsampling=0)
    (OUT / 'cut.jpg').write_bytes(buffer.getvalue()[: len(buffer.getvalue()) * 6 // 10])
    # A camera's trailer behind the end marker (motion photo): complete, not cut off.
    buffer = io.BytesIO()
    quadrants().save(buffer, 'JPEG', quality=92, subsampling=0)
    (OUT / 'trailer.jpg').write_bytes(buffer.getvalue() + b'MotionPhoto' * 40)
    (OUT / 'empty.jpg').write_bytes(b'')
    (OUT / 'text.jpg').write_text('This is a shopping list: milk, bread, eggs.\n')


def pngs():
    q = quadrants()
    save('rgb.png', q)
    save('palette.png', q.quantize(4))
    p = q.quantize(4)
    index = p.getpixel((0, 0))
    save('palette-alpha.png', p, transparency=bytes(100 if i == index else 255 for i in range(4)))
    save('gray.png', q.convert('L'))
    v = np.asarray(veil())
    save('alpha.png', veil())
    save('gray-alpha.png', Image.fromarray(v[..., [0, 3]].copy(), 'LA'))
    wide16 = v.astype('>u2') * 257
    (OUT / 'rgba16.png').write_bytes(png(64, 32, 16, 6, [r.tobytes() for r in wide16]))
    (OUT / 'rgb16.png').write_bytes(png(64, 32, 16, 2, [r.tobytes() for r in wide16[..., :3]]))
    (OUT / 'interlaced.png').write_bytes(png(64, 32, 8, 6, adam7(v), interlace=1))
    (OUT / 'opaque-rgba.png').write_bytes(png(48, 32, 8, 6, [r.tobytes() for r in np.asarray(q.convert('RGBA'))]))
    turned = png(64, 32, 8, 6, [r.tobytes() for r in v], extra=chunk(b'eXIf', exif(6).tobytes()[6:]))
    (OUT / 'turned.png').write_bytes(turned)
    a = np.asarray(q.convert('RGBA')).copy()
    a[0, 0, 3] = 128
    save('profile-alpha.png', Image.fromarray(a), icc_profile=swapped_profile())
    save('one.png', Image.new('RGB', (1, 1), RED))
    y, x = np.mgrid[0:10, 0:40000]
    save('wide.png', Image.fromarray(np.stack([x & 255, x >> 8, y * 20], -1).astype(np.uint8)), optimize=True)
    ihdr = struct.pack('>IIBBBBB', 20000, 15000, 8, 2, 0, 0, 0)
    idat = zlib.compress(b'\0' * 64)
    huge = b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', ihdr) + chunk(b'IDAT', idat) + chunk(b'IEND', b'')
    (OUT / 'huge-header.png').write_bytes(huge)
    buffer = io.BytesIO()
    waves(192, 160).save(buffer, 'PNG')
    (OUT / 'cut.png').write_bytes(buffer.getvalue()[: len(buffer.getvalue()) * 6 // 10])
    save('animated.png', q, save_all=True, append_images=[q.rotate(180)], duration=100)


def others():
    q, v = quadrants(), veil()
    save('lossy.webp', q, quality=90)
    save('lossless.webp', q, lossless=True)
    save('alpha-lossless.webp', v, lossless=True, exact=True)
    save('alpha-lossy.webp', v, quality=90)
    save('animated.webp', q, save_all=True, append_images=[q.rotate(180)], duration=100, lossless=True)
    buffer = io.BytesIO()
    waves(192, 160).save(buffer, 'WEBP', quality=90)
    (OUT / 'cut.webp').write_bytes(buffer.getvalue()[: len(buffer.getvalue()) * 6 // 10])
    save('still.gif', q.quantize(4))
    save('animated.gif', q.quantize(4), save_all=True, append_images=[q.rotate(180).quantize(4)], duration=100)
    save('waves.png', waves())


def heif(name, image, *options, exif=b''):
    """A HEIC or AVIF file, by its ending; `exif` goes through a JPEG, as a phone's would."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / ('photo.jpg' if exif else 'photo.png')
        image.save(source, **({'exif': exif, 'quality': 98, 'subsampling': 0} if exif else {}))
        command = ['heif-enc', '-q', '95', *options, '-o', str(OUT / name), str(source)]
        subprocess.run(command, check=True, capture_output=True)


def with_property(data, box):
    """A HEIC file of heif-enc's whose picture has one more property: turned, or of other colours."""
    data = bytearray(data)
    kinds = (b'meta', b'pitm', b'iprp', b'ipco', b'ipma', b'iloc')
    at = {kind: data.index(kind) - 4 for kind in kinds}
    length = {kind: struct.unpack_from('>I', data, start)[0] for kind, start in at.items()}
    added = len(box) + 1
    # Offsets, lengths and bases of 4 bytes; from version 1 on a base counts from the file's start or not.
    iloc = at[b'iloc'] + 12
    version = data[iloc - 4]
    assert version < 2 and data[iloc : iloc + 2] == b'\x44\x40'
    for item in range(struct.unpack_from('>H', data, iloc + 2)[0]):
        entry = iloc + 4 + item * (18 + 2 * version)
        method = struct.unpack_from('>H', data, entry + 2)[0] if version else 0
        base = entry + 4 + 2 * version
        if method == 0:
            struct.pack_into('>I', data, base, struct.unpack_from('>I', data, base)[0] + added)
    for kind in (b'meta', b'iprp', b'ipco', b'ipma'):
        grown = {b'ipco': len(box), b'ipma': 1}.get(kind, added)
        struct.pack_into('>I', data, at[kind], length[kind] + grown)
    properties, end = 0, at[b'ipco'] + 8
    while end < at[b'ipco'] + length[b'ipco']:
        end += struct.unpack_from('>I', data, end)[0]
        properties += 1
    primary = data[at[b'pitm'] + 12 : at[b'pitm'] + 14]
    entry = at[b'ipma'] + 16
    while data[entry : entry + 2] != primary:
        entry += 3 + data[entry + 2]
    data[entry + 2] += 1
    data[entry + 3 : entry + 3] = bytes([0x80 | (properties + 1)])
    data[end:end] = box
    return bytes(data)


def heifs():
    q = quadrants()
    heif('plain.heic', q)
    heif('alpha.heic', veil())
    plain = (OUT / 'plain.heic').read_bytes()
    (OUT / 'cut.heic').write_bytes(plain[:-40])
    p3 = struct.pack('>I4s4sHHHB', 19, b'colr', b'nclx', 12, 13, 6, 128)
    (OUT / 'p3.heic').write_bytes(with_property(plain, p3))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = 'Acme'
    heif('turned.heic', q, exif=exif.tobytes())
    # A quarter turn anticlockwise, as the property counts; who reads EXIF too turns it twice.
    once = struct.pack('>I4sB', 9, b'irot', 1)
    (OUT / 'turned.heic').write_bytes(with_property((OUT / 'turned.heic').read_bytes(), once))
    heif('plain.avif', q, '--avif')
    heif('alpha.avif', veil(), '--avif')
    profile = swapped_profile()
    box = struct.pack('>I4s4s', 12 + len(profile), b'colr', b'prof') + profile
    # Both, as phones write it: the profile is what counts, and the code says Display P3.
    (OUT / 'profile.heic').write_bytes(with_property(with_property(plain, p3), box))
    (OUT / 'profile.avif').write_bytes(with_property((OUT / 'plain.avif').read_bytes(), box))
    # Display P3 by its code, with alpha.
    veiled = (OUT / 'alpha.avif').read_bytes()
    code = veiled.index(b'nclx') + 4
    (OUT / 'p3-alpha.avif').write_bytes(veiled[:code] + b'\x00\x0c' + veiled[code + 2 :])
    save('plain.bmp', q)


def deep():
    """A ramp of 1,024 levels of 16 bits, in files of 10, 12 and 16; and a picture of 12 that is turned and mirrored."""
    twelve = ['heif-enc', '-q', '98', '-b', '12', '-p', 'chroma=444', '--avif', '-o']
    ramp = np.repeat(np.arange(1024) * 64, 3).astype('>u2').tobytes()
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / 'ramp.png'

        def make(name, *command):
            subprocess.run([*command, str(OUT / name), str(source)], check=True, capture_output=True)

        source.write_bytes(png(1024, 16, 16, 2, [ramp] * 16))
        make('deep.heic', 'heif-enc', '-q', '95', '-b', '10', '-p', 'chroma=444', '-o')
        make('deep.avif', *twelve)
        subprocess.run(['cjxl', str(source), str(OUT / 'deep.jxl'), '-d', '0'], check=True, capture_output=True)
        rows = np.asarray(quadrants()).astype('>u2') * 257
        source.write_bytes(png(48, 32, 16, 2, [row.tobytes() for row in rows.astype('>u2')]))
        make('turned.avif', *twelve)
    # A quarter anticlockwise, then top and bottom exchanged.
    for box in (struct.pack('>I4sB', 9, b'irot', 1), struct.pack('>I4sB', 9, b'imir', 0)):
        (OUT / 'turned.avif').write_bytes(with_property((OUT / 'turned.avif').read_bytes(), box))


def jxl(name, image, *options, **more):
    """A JPEG XL without loss, unless options say other; what `more` says goes through a PNG or, turned, a JPEG."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / ('photo.jpg' if 'exif' in more else 'photo.gif' if 'append_images' in more else 'photo.png')
        image.save(source, **more)
        lossless = [] if 'exif' in more else ['-d', '0']
        command = ['cjxl', str(source), str(OUT / name), *lossless, *options]
        subprocess.run(command, check=True, capture_output=True)


def jxls():
    q = quadrants()
    jxl('plain.jxl', q)
    jxl('alpha.jxl', veil())
    jxl('profile.jxl', q, icc_profile=swapped_profile())
    # Display P3 by its codes; without loss, and as all with loss in XYB; and there with a profile that is told by codes.
    p3 = ['-x', 'color_space=RGB_D65_DCI_Rel_SRG']
    jxl('p3.jxl', q, *p3)
    jxl('p3-xyb.jxl', q, *p3, '-d', '0.3')
    jxl('codes-xyb.jxl', q, '-d', '0.3', icc_profile=swapped_profile())
    # Of another curve, which has no codes: its sRGB-like power of 2.4 becomes 2.
    other = swapped_profile().replace(b'\x00\x02\x66\x66', b'\x00\x02\x00\x00')
    jxl('profile-xyb.jxl', q, '-d', '0.3', icc_profile=other)
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = 'Acme'
    jxl('told.jxl', q, '-j', '0', '-d', '0.3', exif=exif.tobytes(), quality=98, subsampling=0)
    # It has been turned by then, and lost what else was said.
    packet = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4"/></rdf:RDF></x:xmpmeta>'
    )
    said = {b'Exif': bytes(4) + exif.tobytes().removeprefix(b'Exif\0\0'), b'xml ': packet}
    with open(OUT / 'told.jxl', 'ab') as file:
        for kind, body in said.items():
            file.write(struct.pack('>I4s', 8 + len(body), kind) + body)
    jxl('animated.jxl', q, save_all=True, append_images=[q.rotate(180)], duration=100)
    jxl('cut.jxl', waves(192, 160), '--container=1')
    whole = (OUT / 'cut.jxl').read_bytes()
    (OUT / 'cut.jxl').write_bytes(whole[: len(whole) * 6 // 10])


def tiff(size, bits, colours, samples, data, extra=(), big=False, **more):
    """An uncompressed TIFF of one strip, put together by hand; `more` are further tags, of shorts."""
    e = '>' if big else '<'
    fields = {256: size[:1], 257: size[1:], 258: (bits,) * samples, 259: (1,), 262: (colours,), 277: (samples,), 278: size[1:]}
    if extra:
        fields[338] = extra
    fields.update({int(tag[1:]): values for tag, values in more.items()})
    fields[273] = fields[279] = None
    head = 8 + 2 + 12 * len(fields) + 4
    values, at = b'', {}
    for tag, numbers in fields.items():
        if numbers and len(numbers) > 2:
            at[tag] = head + len(values)
            values += struct.pack(f'{e}{len(numbers)}H', *numbers)
    out = struct.pack(f'{e}2sHIH', b'MM' if big else b'II', 42, 8, len(fields))
    for tag, numbers in sorted(fields.items()):
        if numbers is None:
            out += struct.pack(f'{e}HHII', tag, 4, 1, head + len(values) if tag == 273 else len(data))
        elif tag in at:
            out += struct.pack(f'{e}HHII', tag, 3, len(numbers), at[tag])
        else:
            out += struct.pack(f'{e}HHIHH', tag, 3, len(numbers), *numbers, *(0,) * (2 - len(numbers)))
    return out + bytes(4) + values + data


def tiffs():
    q, v = quadrants(), np.asarray(veil())
    save('rgb.tif', q)
    save('palette.tif', q.quantize(4), compression='packbits')
    save('gray.tif', q.convert('L'), compression='tiff_lzw')
    save('two-levels.tif', q.convert('L').point(lambda level: level > 80 and 255).convert('1'), compression='packbits')
    save('cmyk.tif', q.convert('CMYK'))
    save('fax.tif', q.convert('1'), compression='group4')
    save('float.tif', Image.fromarray(np.asarray(q.convert('L')).astype(np.float32)))
    save('profile.tif', q, icc_profile=swapped_profile(), compression='tiff_deflate')
    save('pages.tif', q, save_all=True, append_images=[q.rotate(180)])
    save('alpha.tif', veil(), compression='tiff_adobe_deflate')
    t = Image.Transpose
    save('orientation-6.tif', q.transpose(t.ROTATE_90), tiffinfo={274: 6, 271: 'Acme', 282: 300.0, 283: 300.0, 296: 2})
    wide = v.astype('<u2') * 257
    (OUT / 'rgba16.tif').write_bytes(tiff((64, 32), 16, 2, 4, wide.tobytes(), (2,)))
    (OUT / 'white16.tif').write_bytes(tiff((64, 32), 16, 0, 1, (65535 - wide[..., 0]).astype('>u2').tobytes(), big=True))
    veiled = np.asarray(veil()).astype(np.uint32)
    veiled[..., :3] = (veiled[..., :3] * veiled[..., 3:] + 127) // 255
    (OUT / 'associated.tif').write_bytes(tiff((64, 32), 8, 2, 4, veiled.astype(np.uint8).tobytes(), (1,)))
    (OUT / 'huge-header.tif').write_bytes(tiff((20000, 15000), 8, 2, 3, bytes(64)))
    for name, source, *options in [
        ('lzw.tif', 'rgb.tif', '-c', 'lzw:2', '-r', '7'),
        ('tiles.tif', 'rgb.tif', '-c', 'zip:2', '-t', '-w', '32', '-l', '16'),
        ('planes.tif', 'rgb.tif', '-c', 'packbits', '-p', 'separate', '-r', '5', '-B'),
        ('deep.tif', 'rgba16.tif', '-c', 'lzw:2', '-B', '-r', '10'),
        ('deep-tiles.tif', 'rgba16.tif', '-c', 'zip:2', '-t', '-w', '16', '-l', '16'),
        ('jpeg.tif', 'rgb.tif', '-c', 'jpeg'),
        ('big.tif', 'rgb.tif', '-8'),
    ]:
        subprocess.run(['tiffcp', *options, str(OUT / source), str(OUT / name)], check=True, capture_output=True)
    buffer = io.BytesIO()
    waves(192, 160).save(buffer, 'TIFF', compression='tiff_lzw', strip_size=8192)
    data = bytearray(buffer.getvalue())
    # Writers put the directory behind the picture: what is cut off must not be that.
    first = struct.unpack_from('<I', data, 4)[0]
    strips = 0x0111
    (OUT / 'cut.tif').write_bytes(front(data, first, strips))


def inks_profile():
    """A CMYK profile: CIE Lab of D50 on a grid of five amounts of each ink (ICC.1:2001-04, 6.5.7)."""
    grid = 5
    paper, dyes = np.array((0.9642, 1, 0.8249)), np.array(((0.15, 0.22, 0.55), (0.33, 0.17, 0.14), (0.70, 0.77, 0.08)))
    amounts = np.stack(np.meshgrid(*[np.linspace(0, 1, grid) ** 0.8] * 4, indexing='ij'), -1).reshape(-1, 4)
    xyz = paper * np.prod(1 - amounts[:, :3, None] * (1 - dyes / paper), 1)
    xyz = xyz * (1 - amounts[:, 3:]) + amounts[:, 3:] * 0.012 * paper
    t = xyz / paper
    f = np.where(t > 216 / 24389, np.cbrt(t), (24389 / 27 * t + 16) / 116)
    lab = np.stack((116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])), -1)
    table = np.clip(np.round((lab + (0, 128, 128)) * (652.8, 256, 256)), 0, 65535).astype('>u2').tobytes()
    fixed = lambda *values: b''.join(struct.pack('>i', round(value * 65536)) for value in values)
    ends = struct.pack('>HH', 0, 65535)
    lut = b'mft2' + bytes(4) + bytes((4, 3, grid, 0)) + fixed(1, 0, 0, 0, 1, 0, 0, 0, 1) + struct.pack('>HH', 2, 2) + ends * 4 + table + ends * 3
    tags = {
        b'desc': b'desc' + bytes(4) + struct.pack('>I', 10) + b'Test inks\0' + bytes(79),
        b'cprt': b'text' + bytes(4) + b'CC0\0',
        b'wtpt': b'XYZ ' + bytes(4) + fixed(*paper),
        b'A2B0': lut,
    }
    at, index, body = 132 + 12 * len(tags), b'', b''
    for tag, content in tags.items():
        index += struct.pack('>4sII', tag, at + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    head = struct.pack('>I4sI12s6H4s28s', at + len(body), bytes(4), 0x02400000, b'prtrCMYKLab ', 2020, 1, 1, 0, 0, 0, b'acsp', bytes(28))
    return head + fixed(*paper) + bytes(48) + struct.pack('>I', len(tags)) + index + body


def inks(width=96, height=64):
    """Four inks that do not depend on each other."""
    y, x = np.mgrid[0:height, 0:width]
    return np.stack([x * 2.5, y * 3.9, 240 - x * 2.5, (x + y) % 64], -1).astype(np.uint8)


def presses():
    """CMYK and CIE Lab. What the distribution's LittleCMS makes of them is in tests/fixtures/press.json."""
    profile = inks_profile()
    image = Image.fromarray(inks(), 'CMYK')
    how = dict(quality=100, subsampling=0, icc_profile=profile)
    save('inks.jpg', image, **how)
    save('inks-progressive.jpg', image, progressive=True, **how)
    save('inks.tif', image, icc_profile=profile, compression='tiff_lzw')
    # The first three read as luma and chroma, and the fourth as black.
    data = bytearray((OUT / 'inks.jpg').read_bytes())
    data[data.index(b'Adobe') + 11] = 2
    (OUT / 'ycck.jpg').write_bytes(data)
    srgb, lab = ImageCms.createProfile('sRGB'), ImageCms.createProfile('LAB')
    intent, flags = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    convert = lambda picture, of, mode='RGB', to=srgb: ImageCms.profileToProfile(picture, of, to, intent, mode, flags=flags)
    meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    wave = convert(waves(), srgb, 'LAB', lab)
    # Its profile, of no use, tells when it was made.
    wave.info.pop('icc_profile', None)
    save('lab.tif', wave)
    # In TIFF a and b have a sign, as PIL gives them, and white is 65535.
    signed = np.asarray(wave).astype(np.int8).astype(np.int64)
    light, a, b = np.asarray(wave)[..., 0].astype(np.int64), signed[..., 1], signed[..., 2]
    deep = np.stack([light * 257, a * 256, b * 256], -1) & 65535
    (OUT / 'lab16.tif').write_bytes(tiff((96, 64), 16, 8, 3, deep.astype('<u2').tobytes()))
    # Of ICC's second version: no sign, and white is 65280.
    deep = np.stack([light, a + 128, b + 128], -1) * 256
    (OUT / 'icc-lab16.tif').write_bytes(tiff((96, 64), 16, 9, 3, deep.astype('<u2').tobytes()))
    veiled = np.concatenate([inks(24, 16), np.asarray(veil(24, 16))[..., 3:]], -1).astype('<u2') * 257
    (OUT / 'inks-alpha.tif').write_bytes(tiff((24, 16), 16, 5, 5, veiled.tobytes(), (2,)))
    spots = [(3, 5), (40, 20), (70, 50), (93, 61)]
    told = {}
    for name in ('inks.jpg', 'inks-progressive.jpg', 'ycck.jpg', 'inks.tif', 'lab.tif'):
        picture = Image.open(OUT / name)
        seen = convert(picture, lab if name == 'lab.tif' else meant)
        told[name] = [[*at, *seen.getpixel(at)] for at in spots]
    lines = [f'  "{name}": [\n    ' + ',\n    '.join(json.dumps(spot) for spot in spots) + '\n  ]' for name, spots in told.items()]
    (OUT.parent / 'press.json').write_text('{\n' + ',\n'.join(lines) + '\n}\n')


def front(data, first, strips):
    """A TIFF of PIL's with its directory at the beginning, and without the last third of its strips."""
    count = struct.unpack_from('<H', data, first)[0]
    size = len(data) - first
    entries = bytearray(data[first:])
    for i in range(count):
        tag, kind, number, value = struct.unpack_from('<HHII', entries, 2 + i * 12)
        width = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8}[kind] * number
        where = 2 + i * 12 + 8
        if width > 4:
            struct.pack_into('<I', entries, where, value - first + 8)
            where = value - first
        if tag == strips:
            for at in range(where, where + 4 * number, 4):
                struct.pack_into('<I', entries, at, struct.unpack_from('<I', entries, at)[0] + size)
    whole = struct.pack('<2sHI', b'II', 42, 8) + entries + data[8:first]
    return whole[: len(whole) - first // 3]


if __name__ == '__main__':
    OUT.mkdir(parents=True, exist_ok=True)
    turned()
    jpegs()
    pngs()
    others()
    heifs()
    deep()
    jxls()
    tiffs()
    presses()
    total = sum(f.stat().st_size for f in OUT.iterdir())
    print(f'{len(list(OUT.iterdir()))} files, {total} bytes')
