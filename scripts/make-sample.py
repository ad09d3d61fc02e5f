#!/usr/bin/python3
"""Writes public/sample.jpg, the picture behind "Try a sample": Chelsea the cat (CC0), see public/CREDITS.md.

Needs Debian's python3-skimage and python3-pil. Usage: /usr/bin/python3 scripts/make-sample.py
"""

from pathlib import Path

from PIL import Image

SOURCE = Path("/usr/lib/python3/dist-packages/skimage/data/chelsea.png")
TARGET = Path(__file__).resolve().parent.parent / "public" / "sample.jpg"

if __name__ == "__main__":
    with Image.open(SOURCE) as photo:
        photo.convert("RGB").save(TARGET, quality=90, optimize=True)
    print(f"{TARGET}: {TARGET.stat().st_size} bytes")
