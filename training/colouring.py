"""What the network that proposes colours learns from: grey photos, and the colours that they had.

Colours are a and b of Oklab (B. Ottosson, "A perceptual color space for image processing", 2020). The network gives three
planes of 0..1: a and b as `0.5 + value / SPAN`, and how far both may be off, on the scale of `to_spread`.
"""

import numpy as np
from scipy.ndimage import gaussian_filter

from .colour import linear_to_srgb, srgb_to_linear
from .data import DamagedPatches, Pictures
from .resample import resize

Rng = np.random.Generator

SPAN = 0.64
"""What 0..1 of a colour's plane covers, around grey."""

NARROWEST, WIDEST = 0.005, 0.3
"""What 0 and 1 of the third plane stand for, evenly by the logarithm between."""

CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    np.float32,
)
LAB = np.array(
    [
        [0.2104542553, 0.793617785, -0.0040720468],
        [1.9779984951, -2.428592205, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.808675766],
    ],
    np.float32,
)
"""Light of red, green and blue to that of three cones; their cubic roots to lightness, a and b."""

LEAST, MOST = 144, 320
"""Shortest and longest longer side, in pixels, that photos or parts of them are reduced to."""

KEPT = 400
"""Longer side that photos are kept at."""

SEEN = 256
"""Longer side that the app shows the network a photo at."""


def to_oklab(image: np.ndarray) -> np.ndarray:
    """Display values 0..1 [h, w, 3] as lightness, a and b of Oklab, float32."""
    return np.cbrt(srgb_to_linear(image.astype(np.float32)) @ CONES.T) @ LAB.T


def to_gray(lightness: np.ndarray) -> np.ndarray:
    """The display value of a grey of this lightness."""
    return np.clip(linear_to_srgb(np.maximum(lightness, 0) ** 3), 0, 1)


def to_planes(colours: np.ndarray) -> np.ndarray:
    """a and b [h, w, 2] as a network gives them, and a third plane of zeros: float32 [h, w, 3], clamped to 0..1."""
    planes = np.zeros((*colours.shape[:2], 3), np.float32)
    planes[..., :2] = np.clip(0.5 + colours / SPAN, 0, 1)
    return planes


def to_colours(planes: np.ndarray) -> np.ndarray:
    """a and b [h, w, 2] of planes 0..1."""
    return (planes[..., :2] - 0.5) * np.float32(SPAN)


def to_spread(planes: np.ndarray) -> np.ndarray:
    """How far a colour may be off, in Oklab, [h, w]: the mean distance, as the network sees it."""
    return NARROWEST * (WIDEST / NARROWEST) ** planes[..., 2]


SURE_BLUE, SURE, COLOURED = 0.6, 1.2, 0.02
"""A colour is proposed where its chroma is over COLOURED, and over so many times twice its spread: less of blues, more of all others.

On CBSD68, which no training has seen, blues (skies, water) are nearer to the truth than grey from the first on; browns are not before the second.
"""


def is_sure(planes: np.ndarray) -> np.ndarray:
    """Where planes 0..1 hold a colour that may be proposed, bool [h, w]."""
    a, b = np.moveaxis(to_colours(planes), 2, 0)
    chroma = np.hypot(a, b)
    least = np.where(b < -np.abs(a), SURE_BLUE, SURE)
    return (chroma > least * 2 * to_spread(planes)) & (chroma > COLOURED)


def wear(gray: np.ndarray, rng: Rng) -> np.ndarray:
    """A grey picture [h, w], 0..1, with an old print's tones, grain and softness, or some of them."""
    black, white = rng.uniform(0, 0.3) * (rng.random() < 0.6), 1 - rng.uniform(0, 0.25) * (rng.random() < 0.6)
    worn = black + (white - black) * gray ** rng.uniform(0.7, 1.5)
    if rng.random() < 0.35:
        worn = gaussian_filter(worn, rng.uniform(0.3, 1.2), mode="nearest")
    if rng.random() < 0.5:
        worn = worn + rng.uniform(0, 0.05) * rng.standard_normal(worn.shape, np.float32)
    return np.clip(worn, 0, 1).astype(np.float32)


def shrink(photo: np.ndarray, side: int) -> np.ndarray:
    """A photo, uint8 [h, w, 3], with a longer side of `side` pixels, as Oklab, float32."""
    height, width = photo.shape[:2]
    part = side / max(height, width)
    small = resize(photo, max(1, round(height * part)), max(1, round(width * part)))
    return to_oklab(np.clip(small, 0, 255) / 255)


def look(gray: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """What the network sees of a grey picture [h, w]: at each place of `rows` and `columns` its level, how far out, how far down.

    float32 [len(rows), len(columns), 3], 0..1. A sky is above: without the other two planes, and as what lies outside of a photo is its
    mirror image, no network could know where that is.
    """
    height, width = gray.shape
    seen = np.empty((len(rows), len(columns), 3), np.float32)
    seen[..., 0] = gray[rows][:, columns]
    seen[..., 1] = np.abs(2 * (columns + 0.5) / width - 1)
    seen[..., 2] = ((rows + 0.5) / height)[:, None]
    return seen


class ColouredPatches(DamagedPatches):
    """Windows of small grey photos, or of parts of them, and the planes of their colours. Outside a photo is its mirror image, as in the app."""

    FRESH = 6

    def __init__(self, pictures: Pictures, patch: int, seed: int):
        small = [shrink(photo, KEPT).astype(np.float16) for photo in pictures.all]
        super().__init__(Pictures(small), None, 1, patch, seed)

    def region(self) -> tuple[np.ndarray, np.ndarray]:
        """What is seen of one worn grey picture [n, n, 3] and its planes [n, n, 3], float32."""
        rng = self.rng
        photo = self.pictures.all[self.pictures.draw(rng, 1)[0]].astype(np.float32)
        for axis, length in enumerate(photo.shape[:2]):
            part = round(length * (rng.uniform(0.6, 1) if rng.random() < 0.7 else 1))
            photo = photo.take(range(first := int(rng.integers(length - part + 1)), first + part), axis)
        height, width = photo.shape[:2]
        part, stretch = rng.uniform(LEAST, MOST) / max(height, width), np.exp(rng.uniform(-0.1, 0.1))
        photo = resize(photo, max(1, round(height * part * stretch)), max(1, round(width * part / stretch)))
        rows, columns = (mirrored(length, self.patch * 9 // 8, rng) for length in photo.shape[:2])
        gray = wear(to_gray(photo[..., 0]), rng)
        return look(gray, rows, columns), to_planes(photo[rows][:, columns, 1:])

    def cut(self, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """A patch of both, mirrored sideways at random: what is above is never below."""
        y, x = (int(self.rng.integers(n - self.patch + 1)) for n in low.shape[:2])
        low, high = (plane[y : y + self.patch, x : x + self.patch] for plane in (low, high))
        return (low[:, ::-1], high[:, ::-1]) if self.rng.random() < 0.5 else (low, high)


def mirrored(length: int, side: int, rng: Rng) -> np.ndarray:
    """`side` places, each beside the one before, in a row of 0..length - 1 that goes on as its mirror image."""
    slack = max(side // 4, side - length)
    places = np.arange(side) + int(rng.integers(-slack, length - side + slack + 1))
    period = places % (2 * length)
    return np.minimum(period, 2 * length - 1 - period)
