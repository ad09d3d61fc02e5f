#!/usr/bin/python3
"""Writes public/sample.jpg, the picture behind "Try a sample": a cat (CC0), see public/CREDITS.md.

Damaged as a photo is that came through a messenger: reduced, and saved as a JPEG of quality 75. What the app makes of
it is drawn by `npm run proof`. Needs Debian's python3-skimage and python3-pil. Usage: /usr/bin/python3 scripts/make-sample.py
"""

from pathlib import Path

from PIL import Image

SOURCE = Path("/usr/lib/python3/dist-packages/skimage/data/chelsea.png")
TARGET = Path(__file__).resolve().parent.parent / "public" / "sample.jpg"
SIZE = 320, 213
QUALITY = 75

if __name__ == "__main__":
    with Image.open(SOURCE) as photo:
        small = photo.convert("RGB").resize(SIZE, Image.Resampling.LANCZOS)
    small.save(TARGET, quality=QUALITY, optimize=True)
    print(f"{TARGET}: {TARGET.stat().st_size} bytes")
