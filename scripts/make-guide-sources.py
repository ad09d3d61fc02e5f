#!/usr/bin/python3
"""Writes the damaged pictures that `npm run guide-pictures` mends: scikit-image's CC0 and public-domain photos, and letters.

What each is of, and who took it, stands in public/CREDITS.md. Needs Debian's python3-skimage, python3-pil, python3-numpy
and fonts-dejavu-core. Usage: /usr/bin/python3 scripts/make-guide-sources.py FOLDER
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

PHOTOS = Path("/usr/lib/python3/dist-packages/skimage/data")
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
NOISE = 16
"""Standard deviation, levels."""
MOTION = 7
"""Pixels."""
WEAVE = 5.5, 0.05
"""Period of the silk paper's honeycomb in pixels, and its share of the brightness."""


def photo(name: str, box: tuple[int, int, int, int]) -> np.ndarray:
    """A part of a photo: float [h, w, 3], levels."""
    with Image.open(PHOTOS / name) as image:
        return np.asarray(image.convert("RGB").crop(box), float)


def save(pixels: np.ndarray, path: Path, **options) -> None:
    """Rounded and cut to 8 bits."""
    Image.fromarray(pixels.clip(0, 255).round().astype(np.uint8)).save(path, **options)


def blur_sideways(pixels: np.ndarray, length: int) -> np.ndarray:
    """The mean of `length` neighbours in linear light (a power of 2.2): the camera has moved."""
    light = np.pad((pixels / 255) ** 2.2, ((0, 0), (length // 2, length // 2), (0, 0)), mode="edge")
    width = pixels.shape[1]
    return 255 * np.mean([light[:, x : x + width] for x in range(length)], axis=0) ** (1 / 2.2)


def scratch(pixels: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """An old print: gray, yellowed, with grain, and with bright scratches and specks."""
    height, width = pixels.shape[:2]
    gray = pixels @ (0.299, 0.587, 0.114) + random.normal(0, 3, (height, width))
    marks = Image.new("L", (width, height))
    pen = ImageDraw.Draw(marks)
    for _ in range(7):
        x, y, bend = random.uniform(0, width), random.uniform(0, height / 3), random.uniform(-60, 60)
        steps = np.linspace(0, 1, 24)
        line = [(x + bend * t**2 + random.normal(0, 0.6), y + height * 0.7 * t) for t in steps]
        pen.line(line, fill=235, width=int(random.integers(1, 4)))
    for _ in range(26):
        x, y, r = random.uniform(0, width), random.uniform(0, height), random.uniform(1, 2.5)
        pen.ellipse((x - r, y - r, x + r, y + r), fill=240)
    share = np.asarray(marks, float) / 255
    gray = 20 + gray * 0.85
    return (gray + share * (245 - gray))[..., None] * (1, 0.95, 0.82)


def weave(pixels: np.ndarray) -> np.ndarray:
    """A photo printed on silk paper: three waves at 60 degrees make a honeycomb."""
    period, share = WEAVE
    y, x = np.mgrid[: pixels.shape[0], : pixels.shape[1]]
    angles = np.deg2rad((10, 70, 130))
    waves = sum(np.cos(2 * np.pi * (x * np.cos(a) + y * np.sin(a)) / period) for a in angles)
    return pixels * (1 + share * waves[..., None])


def letter(size: tuple[int, int], zoom: int) -> Image.Image:
    """Small print, drawn `zoom` times as large."""
    page = Image.new("RGB", (size[0] * zoom, size[1] * zoom), (244, 240, 230))
    font = ImageFont.truetype(FONT, 7 * zoom)
    for row, words in enumerate(("Invoice No. 80365-B8", "Paid 3,586.90 on 8 May", "Sheila Baines, Ealing")):
        ImageDraw.Draw(page).text((5 * zoom, (4 + 11 * row) * zoom), words, (40, 38, 46), font)
    return page


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(5)
    cat = photo("chelsea.png", (60, 20, 420, 260))
    save(cat + random.normal(0, NOISE, cat.shape), folder / "noise.png")
    save(blur_sideways(cat, MOTION), folder / "blur.png")
    save(photo("coffee.png", (100, 60, 580, 380)), folder / "jpeg.jpg", quality=15)
    pilot = photo("astronaut.png", (60, 0, 420, 240))
    save(scratch(pilot, random), folder / "scratched.png")
    save(weave(pilot @ np.full((3, 3), 1 / 3)), folder / "weave.png")
    large = letter((110, 40), 4)
    large.save(folder / "letters-large.png")
    large.resize((110, 40), Image.Resampling.BOX).save(folder / "letters.png")


if __name__ == "__main__":
    main()
