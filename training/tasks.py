"""What each kind of `[data] damage` in a recipe does to a picture."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from .data import Damage, Prepare
from .degrade import darken, degrade_blur, degrade_clean, degrade_crisp, degrade_real
from .oldprint import mark, to_truth
from .sprites import sprite_source

Rng = np.random.Generator


def real(image: np.ndarray, rng: Rng, scale: int) -> tuple[np.ndarray, tuple[float, ...]]:
    """A small picture as it comes from the web or a phone."""
    return degrade_real(image, scale, rng), ()


def crisp(image: np.ndarray, rng: Rng, scale: int) -> tuple[np.ndarray, tuple[float, ...]]:
    """The same with wider damage, for a teacher to show what to remove."""
    return degrade_crisp(image, scale, rng), ()


def clean(image: np.ndarray, rng: Rng) -> tuple[np.ndarray, tuple[float, ...]]:
    """Noise and JPEG, with a plane for each."""
    damaged, sigma, damage = degrade_clean(image, rng)
    return damaged, (sigma, damage)


def deblur(image: np.ndarray, rng: Rng) -> tuple[np.ndarray, tuple[float, ...]]:
    """Camera shake and defocus; one picture in ten stays as it is."""
    return (image if rng.random() < 0.1 else degrade_blur(image, rng)), ()


def marks(root: Path) -> Callable[[np.ndarray, Rng], tuple[np.ndarray, np.ndarray]]:
    """Old prints and photos, most of them damaged by sprites that are not held out; and what is to be marked."""
    sprites = sprite_source(root / "damage", held_out=False)

    def damage(image: np.ndarray, rng: Rng) -> tuple[np.ndarray, np.ndarray]:
        picture, change = mark(image, sprites, rng)
        return picture, to_truth(change)

    return damage


def damage_of(kind: str, scale: int) -> Damage:
    """The damage that a recipe names: `real`, `crisp`, `clean` or `deblur` (`bicubic` has pairs made once; `marks` and `gray` have no original)."""
    by_scale = {"real": partial(real, scale=scale), "crisp": partial(crisp, scale=scale)}
    known: dict[str, Damage] = {**by_scale, "clean": clean, "deblur": deblur}
    if kind not in known:
        raise SystemExit(f"Unknown damage {kind!r}; known: bicubic, marks, gray, {', '.join(known)}.")
    return known[kind]


def prepare_dark(share: float) -> Prepare:
    """Takes a `share` of all pictures at night."""
    return lambda image, rng: darken(image, rng) if rng.random() < share else image
