"""Old prints and their damage, synthesised: what the network that finds damage learns from.

    python3 -m training.oldprint --sheet out.png

Pure functions of float32 [h, w, 3] display values in 0..1; all chance from `rng`.
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

from . import strokes
from .data import data_root, list_photos, load_rgb
from .jpeg import jpeg
from .lettering import text_mask
from .noise import LUMA, blur_grain
from .sprites import sprite_source
from .strokes import patchy, somewhere
from .tiles import save_sheet

Rng = np.random.Generator
Sprites = Callable[[tuple[int, int], Rng], tuple[str, np.ndarray]]

SEEN, UNSEEN = 18 / 255, 8 / 255
"""A mark counts where it changes a channel by so much, and not where by less than so little; between, it is in doubt."""

VISIBLE = 12 / 255
"""Where tests draw the line between the two."""

PRINTS, DAMAGED, DISTURBED = 0.6, 0.5, 0.3
"""Shares of pictures that are old prints, that are damaged, and that have harmless lines drawn in."""


def blur_all(image: np.ndarray, sigma: float) -> np.ndarray:
    """A Gaussian of `sigma` pixels over each plane."""
    return gaussian_filter(image, (sigma, sigma, 0), mode="nearest") if sigma > 0.2 else image


def uneven(shape: tuple[int, int], rng: Rng) -> np.ndarray:
    """A field that changes slowly, about -1..1: [h, w, 1]."""
    return np.tanh(patchy(shape, rng, max(shape) * rng.uniform(0.3, 1)))[..., None]


def soften(image: np.ndarray, rng: Rng) -> np.ndarray:
    """As large as `image`, its middle enlarged by up to 2.5: soft, as small or unsharp pictures are."""
    height, width = image.shape[:2]
    factor = rng.uniform(1, 2.5)
    rows, columns = (max(4, round(n / factor)) for n in (height, width))
    middle = image[(height - rows) // 2 :, (width - columns) // 2 :][:rows, :columns]
    large = Image.fromarray(np.round(middle * 255).astype(np.uint8)).resize((width, height), Image.BICUBIC)
    return np.asarray(large, np.float32) / 255


def age(image: np.ndarray, rng: Rng) -> np.ndarray:
    """A photo as a print of long ago: gray or pale, faded, yellowed, unevenly so, on paper, with grain."""
    shape = image.shape[:2]
    gray = (image @ LUMA)[..., None]
    keep = 0.0 if rng.random() < 0.6 else rng.uniform(0.2, 1)
    picture = gray + np.float32(keep) * (image - gray)
    black, white = rng.uniform(0, 0.25), rng.uniform(0.65, 1)
    black, white = (level + rng.uniform(0, 0.08) * uneven(shape, rng) for level in (black, white))
    tint = 1 - rng.uniform(0, 1) * np.array([0.0, rng.uniform(0.02, 0.18), rng.uniform(0.1, 0.45)])
    picture = (black + (white - black) * picture ** rng.uniform(0.7, 1.4)) * (tint if rng.random() < 0.7 else 1)
    if rng.random() < 0.4:
        centre, reach = somewhere(shape, rng), max(shape) * rng.uniform(0.6, 1.5)
        y, x = np.ogrid[: shape[0], : shape[1]]
        picture = picture * (1 - rng.uniform(0, 0.6) * (((x - centre[0]) ** 2 + (y - centre[1]) ** 2) / reach**2)[..., None])
    picture = blur_all(picture.astype(np.float32), rng.uniform(0, 1.4))
    if rng.random() < 0.5:
        picture = picture + rng.uniform(0, 0.03) * patchy(shape, rng, rng.uniform(1, 4))[..., None]
    grain = blur_grain(rng.standard_normal((*shape, 1), np.float32), rng.uniform(0.3, 1.2))
    return np.clip(picture + rng.uniform(0, 0.06) ** 1.3 * grain, 0, 1).astype(np.float32)


def disturb(image: np.ndarray, rng: Rng) -> np.ndarray:
    """Harmless lines, lights or lettering drawn into the picture: shaded, in its colours or far from them."""
    shape, kind = image.shape[:2], int(rng.integers(len(strokes.HARMLESS) + 1))
    if kind == len(strokes.HARMLESS):
        side = max(shape)
        mask = text_mask(side, rng)[: shape[0], : shape[1]]
    else:
        mask = strokes.HARMLESS[kind](shape, rng)
    place = somewhere(shape, rng).astype(int)
    near = image[min(place[1], shape[0] - 1), min(place[0], shape[1] - 1)]
    colour = rng.choice([near, np.full(3, rng.uniform(0, 0.15)), np.full(3, rng.uniform(0.75, 1)), rng.uniform(0, 1, 3)])
    shade = 1 + rng.uniform(0, 0.3) * patchy(shape, rng, rng.uniform(5, 40))[..., None]
    alpha = gaussian_filter(mask, rng.uniform(0, 1.0))[..., None]
    return np.clip(image + alpha * (np.clip(colour * shade, 0, 1) - image), 0, 1).astype(np.float32)


def paper_colour(rng: Rng) -> np.ndarray:
    """What comes to light where a print is scratched, or lies on it: paper or dust (two in three), or dark; [3]."""
    kind = rng.random()
    if kind < 0.68:
        return rng.uniform(0.7, 1) * (1 - rng.uniform(0, 0.25) * np.array([0.0, 0.35, 1.0]))
    if kind < 0.96:
        return np.full(3, rng.uniform(0, 0.3)) * (1 + rng.uniform(-0.2, 0.2, 3))
    return rng.uniform(0, 1, 3)  # layers of a colour film


def lay(image: np.ndarray, mask: np.ndarray, colour: np.ndarray, strength: float, rng: Rng) -> np.ndarray:
    """`image` under a mark [h, w] of `colour`, slightly mottled."""
    texture = 1 + rng.uniform(0, 0.12) * patchy(mask.shape, rng, rng.uniform(1, 4))[..., None]
    return image + np.float32(strength) * mask[..., None] * (np.clip(colour * texture, 0, 1) - image)


def damage(image: np.ndarray, sprites: Sprites, rng: Rng) -> np.ndarray:
    """`image` with one to five kinds of damage over it: sprites, and strokes of ours."""
    usual = paper_colour(rng)
    for _ in range(1 + rng.poisson(1.0 + image.shape[0] * image.shape[1] / 60_000)):
        colour = usual if rng.random() < 0.7 else paper_colour(rng)
        strength = rng.uniform(0.65, 1)
        if rng.random() < 0.35:
            stroke = strokes.DAMAGE[rng.integers(len(strokes.DAMAGE))]
            image = lay(image, stroke(image.shape[:2], rng), colour, strength, rng)
            continue
        kind, mask = sprites(image.shape[:2], rng)
        if kind == "stain" and rng.random() < 0.7:
            colour = rng.uniform(0.2, 0.8) * np.array([1.0, rng.uniform(0.7, 0.95), rng.uniform(0.35, 0.8)])
            strength *= rng.uniform(0.5, 1)
        image = lay(image, mask, colour, strength, rng)
    return image.astype(np.float32)


def scan(image: np.ndarray, rng: Rng) -> np.ndarray:
    """What a scanner or a phone adds in the end: a little noise, JPEG three times in five; clamped."""
    noisy = np.clip(image + rng.uniform(0, 0.02) ** 1.3 * rng.standard_normal(image.shape, np.float32), 0, 1)
    return jpeg(noisy, int(rng.integers(60, 98)), rng.random() < 0.6) if rng.random() < 0.6 else noisy


def mark(
    image: np.ndarray, sprites: Sprites, rng: Rng, prints: float = PRINTS, damaged: float = DAMAGED
) -> tuple[np.ndarray, np.ndarray]:
    """A picture with or without damage, and how much the damage changes each pixel: [h, w, 3] and [h, w, 1], 0..1.

    The change is the largest of a channel, after the scanner's blur and before its noise. `prints`, `damaged`: the
    shares of old prints and of damaged pictures.
    """
    picture = soften(image, rng) if rng.random() < 0.25 else image
    picture = disturb(picture, rng) if rng.random() < DISTURBED else picture
    picture = age(picture, rng) if rng.random() < prints else picture
    sigma = rng.uniform(0, 0.8)
    whole = marked = blur_all(picture, sigma)
    if rng.random() < damaged:
        marked = blur_all(damage(picture, sprites, rng), sigma)
    return scan(marked, rng), np.abs(marked - whole).max(2, keepdims=True)


def to_truth(change: np.ndarray) -> np.ndarray:
    """What is to be marked: 1 where damage is seen, 0 where it is not, 0.5 where that is in doubt; float32."""
    return ((change > UNSEEN).astype(np.float32) + (change > SEEN)) / 2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sheet", type=Path, required=True, help="the PNG to write: pictures, and what is to be marked")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    root = data_root()
    sprites, photos = sprite_source(root / "damage", False), list_photos(root / "train" / "cid22")
    tiles = {}
    for seed in range(options.seed, options.seed + 12):
        photo = load_rgb(photos[seed % len(photos)])[128:384, 128:384].astype(np.float32) / 255
        picture, change = mark(photo, sprites, np.random.default_rng(seed))
        tiles |= {f"{seed}": picture, f"{seed} marks": np.repeat(to_truth(change), 3, 2)}
    save_sheet(options.sheet, tiles, columns=6)


if __name__ == "__main__":
    main()
