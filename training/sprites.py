"""Dust, hair, scratches and stains as people have scanned them: sprites with alpha, of which some are kept for tests.

FilmDamageSimulator (MIT; Ivanova et al. 2023, "Simulating analogue film damage to analyse and improve artefact
restoration on high-resolution scans", arXiv 2302.10004). Only their alpha is used: what colour damage has is drawn anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from PIL import Image

from .data import list_photos

HELD_OUT = 5
"""Of each kind every fifth sprite, in the order of names, is never trained on."""

Rng = np.random.Generator


@dataclass(frozen=True)
class Kind:
    """How sprites of one folder are pasted: their size as a part of what is stored, and a power that alpha is raised to."""

    sizes: tuple[float, float]
    power: float = 1.0


KINDS = {
    "dirt": Kind((0.4, 1.2), 0.5),
    "dots": Kind((0.03, 0.25)),
    "hair": Kind((0.35, 1.4), 0.8),
    "hair-short": Kind((0.35, 1.4), 0.8),
    "lint": Kind((0.25, 1.0)),
    "scratches": Kind((0.35, 1.4), 0.7),
    "smut": Kind((0.1, 0.45)),
    "spots": Kind((0.4, 1.6), 0.6),
    "sprinkles": Kind((0.3, 0.9), 0.7),
    "stain": Kind((0.1, 0.5)),
}
"""Blots are made small: inside of one nothing tells it from a wall."""


@cache
def load_sprites(folder: Path, held_out: bool) -> dict[str, list[np.ndarray]]:
    """Alpha of the sprites below `folder`, uint8 [h, w], by kind: those `held_out`, or all others."""
    sprites = {}
    for kind in KINDS:
        paths = list_photos(folder / kind)
        chosen = [path for number, path in enumerate(paths) if (number % HELD_OUT == 0) == held_out]
        sprites[kind] = [load_alpha(path) for path in chosen]
    missing = [kind for kind, found in sprites.items() if not found]
    if missing:
        raise SystemExit(f"No sprites of {', '.join(missing)} in {folder}.")
    return sprites


def load_alpha(path: Path) -> np.ndarray:
    """The alpha of a picture file, uint8 [h, w]."""
    with Image.open(path) as image:
        return np.asarray(image.getchannel("A"))


def paste(alpha: np.ndarray, kind: Kind, shape: tuple[int, int], rng: Rng) -> np.ndarray:
    """A sprite at a random size, turned, somewhere on a picture of `shape`: float32 [h, w], 0..1."""
    size = float(np.exp(rng.uniform(*np.log(kind.sizes))))
    height, width = (max(2, round(n * size)) for n in alpha.shape)
    sprite = Image.fromarray(alpha).resize((width, height), Image.BILINEAR)
    sprite = sprite.rotate(rng.uniform(0, 360), Image.BILINEAR, expand=True)
    canvas = Image.new("L", (shape[1], shape[0]))
    corner = (int(rng.integers(-n // 2, shape[1 - axis] - n // 2)) for axis, n in enumerate(sprite.size))
    canvas.paste(sprite, tuple(corner))
    return (np.asarray(canvas, np.float32) / 255) ** np.float32(kind.power)


def sprite_source(folder: Path, held_out: bool) -> Callable[[tuple[int, int], Rng], tuple[str, np.ndarray]]:
    """Draws sprites of any kind: (the picture's shape, chance) -> the kind, and where it lies, float32 [h, w], 0..1."""
    sprites = load_sprites(folder, held_out)

    def draw(shape: tuple[int, int], rng: Rng) -> tuple[str, np.ndarray]:
        kind = str(rng.choice(list(KINDS)))
        return kind, paste(sprites[kind][rng.integers(len(sprites[kind]))], KINDS[kind], shape, rng)

    return draw
