"""Compression: JPEG once and twice, WebP. Images are float32 [h, w, 3], 0..1; results have 8-bit values."""

from io import BytesIO

import numpy as np
from PIL import Image

QUALITIES = (10, 95)


def to_bytes(image: np.ndarray) -> np.ndarray:
    """Display values 0..1 (clamped) -> uint8, same shape, rounded."""
    return np.round(np.clip(image, 0, 1) * 255).astype(np.uint8)


def encode_jpeg(image: np.ndarray, quality: int, subsample: bool) -> bytes:
    """A JPEG file of `quality` 1..100 (the standard tables, scaled); 4:2:0 if `subsample`, else 4:4:4."""
    file = BytesIO()
    Image.fromarray(to_bytes(image)).save(file, "JPEG", quality=quality, subsampling=2 if subsample else 0)
    return file.getvalue()


def decode(data: bytes) -> np.ndarray:
    """A picture file -> float32 [h, w, 3], 0..1."""
    with Image.open(BytesIO(data)) as image:
        return np.asarray(image.convert("RGB"), np.float32) / 255


def jpeg(image: np.ndarray, quality: int, subsample: bool) -> np.ndarray:
    """`image` through one JPEG file."""
    return decode(encode_jpeg(image, quality, subsample))


def double_jpeg(
    image: np.ndarray, qualities: tuple[int, int], shift: tuple[int, int], subsample: bool
) -> np.ndarray:
    """`image` through two JPEG files, the first's grid moved up and left by `shift` (rows, columns: 0..7).

    What a cropped and saved-again picture looks like (Jiang et al. 2021, "FBCNN"). Same size as `image`.
    """
    down, right = shift
    first = jpeg(np.pad(image, ((down, 0), (right, 0), (0, 0)), mode="edge"), qualities[0], subsample)
    return jpeg(first[down:, right:], qualities[1], subsample)


def webp(image: np.ndarray, quality: int) -> np.ndarray:
    """`image` through one lossy WebP file of `quality` 0..100."""
    file = BytesIO()
    Image.fromarray(to_bytes(image)).save(file, "WEBP", quality=quality, method=2)
    return decode(file.getvalue())


def random_jpeg(
    image: np.ndarray, rng: np.random.Generator, qualities: tuple[int, int] = QUALITIES
) -> tuple[np.ndarray, int]:
    """One compression with a quality of `qualities` (both ends included), and the worst quality used.

    WebP one time in ten; else JPEG, 4:2:0 three times in four, twice with a random shift three times in ten.
    """
    first, second = (int(q) for q in rng.integers(qualities[0], qualities[1], 2, endpoint=True))
    shift = int(rng.integers(8)), int(rng.integers(8))
    subsample, kind = rng.random() < 0.75, rng.random()
    if kind < 0.1:
        return webp(image, first), first
    if kind < 0.1 + 0.3 * 0.9:
        return double_jpeg(image, (first, second), shift, subsample), min(first, second)
    return jpeg(image, first, subsample), first
