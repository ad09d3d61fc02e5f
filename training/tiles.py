"""Contact sheets: pictures side by side with their names, to be looked at."""

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from .jpeg import to_bytes

CAPTION = 14
"""Height of a caption in pixels."""


def save_sheet(path: Path, tiles: dict[str, np.ndarray], columns: int = 4) -> None:
    """Writes captioned pictures (float32 [h, w, 3], 0..1; any sizes) row by row as one PNG."""
    height = max(len(tile) for tile in tiles.values()) + CAPTION
    width = max(tile.shape[1] for tile in tiles.values())
    rows = -(-len(tiles) // columns)
    sheet = Image.new("RGB", (columns * (width + 4), rows * (height + 4)), "white")
    draw = ImageDraw.Draw(sheet)
    for number, (caption, tile) in enumerate(tiles.items()):
        corner = number % columns * (width + 4), number // columns * (height + 4)
        draw.text((corner[0] + 2, corner[1] + 1), caption, fill="black")
        sheet.paste(Image.fromarray(to_bytes(tile)), (corner[0], corner[1] + CAPTION))
    sheet.save(path)
