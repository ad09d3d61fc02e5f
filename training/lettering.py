"""Random text, drawn with Pillow's own font: no font file is needed."""

import string

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

CHARACTERS = string.ascii_letters * 3 + string.digits * 2 + ".,:;!?&%()-+/@#"


def text_line(width: int, height: int, rng: np.random.Generator) -> Image.Image:
    """Random words in Pillow's own font, `height` pixels tall and at least `width` long: mode L, ink 255.

    The font is a small bitmap; enlarging, smoothing and a soft threshold turn its steps into strokes.
    """
    font = ImageFont.load_default()
    words: list[str] = []
    while font.getbbox(" ".join(words))[2] * height < width * 11:
        words.append("".join(rng.choice(list(CHARACTERS), rng.integers(1, 10))))
    text = " ".join(words)
    box = font.getbbox(text)
    line = Image.new("L", (box[2], box[3]))
    ImageDraw.Draw(line).text((0, 0), text, fill=255, font=font)
    factor = height / box[3]
    line = line.resize((round(box[2] * factor), height), Image.BICUBIC)
    line = line.filter(ImageFilter.GaussianBlur(0.5 * factor))
    threshold, gain = rng.uniform(0.36, 0.5) * 255, max(1.0, factor)
    return line.point(lambda value: (value - threshold) * gain + 128)


def text_mask(side: int, rng: np.random.Generator) -> np.ndarray:
    """A turned page of text lines: ink 0..1, float32 [side, side]."""
    page = Image.new("L", (side * 3 // 2, side * 3 // 2))
    top = 0
    while top < page.height:
        height = int(np.exp(rng.uniform(np.log(16), np.log(100))))
        for _ in range(rng.integers(1, 5)):
            page.paste(text_line(page.width, height, rng), (-int(rng.integers(height)), top))
            top += round(height * rng.uniform(1, 1.4))
    angle = rng.choice([0.0, rng.normal(0, 5), rng.uniform(-180, 180)])
    page = page.rotate(angle, Image.BICUBIC)
    edge = side // 4
    return np.asarray(page.crop((edge, edge, edge + side, edge + side)), np.float32) / 255
