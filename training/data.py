"""Photos on disk -> training patches in memory."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from PIL import Image

from .resample import reduce

SUFFIXES = {".webp", ".png", ".jpg", ".jpeg"}
Damage = Callable[[np.ndarray, np.random.Generator], tuple[np.ndarray, tuple[float, ...]]]
"""float32 [h, w, 3], 0..1 -> the damaged picture (smaller by the scale) and the value of each control plane."""

Prepare = Callable[[np.ndarray, np.random.Generator], np.ndarray]
"""float32 [h, w, 3], 0..1 -> what is damaged, and is to be restored."""


def data_root() -> Path:
    """The data folder: $ENLARGER_DATA, else `../shared/data` beside the repository."""
    default = Path(__file__).resolve().parents[2] / "shared" / "data"
    root = Path(os.environ.get("ENLARGER_DATA", default))
    if not root.is_dir():
        raise SystemExit(f"No data folder at {root}. Set ENLARGER_DATA to a folder with train/ and dev/.")
    return root


def load_rgb(path: Path) -> np.ndarray:
    """A photo as uint8 [h, w, 3]; gray is repeated, alpha dropped."""
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def list_photos(folder: Path) -> list[Path]:
    """Every photo below `folder`, sorted by path."""
    return sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES)


def load_photos(folder: Path, least: int, limit: int | None = None) -> list[np.ndarray]:
    """The photos of a folder whose sides are `least` or more, uint8 [h, w, 3].

    One that cannot be read is named and left out; a folder without a usable one is refused.
    """
    photos = []
    for path in list_photos(folder)[:limit]:
        try:
            photo = load_rgb(path)
        except (OSError, SyntaxError) as error:
            print(f"left out {path.name}: {error}", file=sys.stderr)
            continue
        if min(photo.shape[:2]) >= least:
            photos.append(photo)
    if not photos:
        raise SystemExit(f"No usable photo in {folder}.")
    return photos


class Pictures:
    """What patches are cut from: photos, and a share of synthetic pictures; all uint8 [h, w, 3].

    Photos are drawn in proportion to the square root of their area, so that many small varied
    photos are not drowned by a few large ones.
    """

    def __init__(self, photos: list[np.ndarray], synthetic: np.ndarray | None = None, share: float = 0.0):
        count = 0 if synthetic is None else len(synthetic)
        self.all = [*photos, *(synthetic if synthetic is not None else [])]
        side = np.sqrt([photo.shape[0] * photo.shape[1] for photo in photos])
        share = share if count else 0.0
        self.chance = np.concatenate([(1 - share) * side / side.sum(), np.full(count, share / max(count, 1))])

    def __str__(self) -> str:
        return f"{len(self.all)} pictures"

    def draw(self, rng: np.random.Generator, count: int) -> np.ndarray:
        """Numbers of `count` pictures in `all`."""
        return rng.choice(len(self.all), count, p=self.chance)


class PairedPatches:
    """Random aligned (low, high) crops of bicubically reduced pictures, all kept in memory as uint8."""

    def __init__(self, pictures: Pictures, scale: int, patch: int, seed: int):
        self.scale, self.patch, self.pictures = scale, patch, pictures
        self.rng = np.random.default_rng(seed)
        self.pairs = []
        for picture in pictures.all:
            height, width = (n - n % scale for n in picture.shape[:2])
            high = np.ascontiguousarray(picture[:height, :width])
            self.pairs.append((reduce(high, scale), high))

    def __str__(self) -> str:
        return str(self.pictures)

    def region(self) -> tuple[np.ndarray, np.ndarray]:
        """A window of a pair, room for several patches: uint8 [n, n, 3] and [s*n, s*n, 3]."""
        low, high = self.pairs[self.pictures.draw(self.rng, 1)[0]]
        side, scale = self.patch * 4 // 3, self.scale
        y, x = (int(self.rng.integers(n - side + 1)) for n in low.shape[:2])
        return low[y : y + side, x : x + side], high[y * scale : (y + side) * scale, x * scale : (x + side) * scale]

    def batch(self, size: int) -> tuple[torch.Tensor, torch.Tensor]:
        """`size` pairs as float32 [size, 3, p, p] and [size, 3, p*s, p*s] in [0, 1]."""
        drawn = (self.pairs[pick] for pick in self.pictures.draw(self.rng, size))
        lows, highs = zip(*(crop_pair(*pair, self.patch, self.scale, self.rng) for pair in drawn))
        return to_tensor(lows).div_(255), to_tensor(highs).div_(255)


class DamagedPatches:
    """Random aligned crops of damaged regions and their originals.

    Damage takes longer than a training step can wait: a pool of regions is kept, of which every batch
    renews a few, and each region lends several crops before it goes.
    """

    POOL = 320
    FRESH = 4
    """Regions damaged anew for each batch of 16."""

    def __init__(
        self, pictures: Pictures, damage: Damage, scale: int, patch: int, seed: int, prepare: Prepare | None = None
    ):
        self.pictures, self.damage, self.scale, self.patch = pictures, damage, scale, patch
        self.prepare = prepare or (lambda original, rng: original)
        self.rng = np.random.default_rng(seed)
        self.pool: list[tuple[np.ndarray, np.ndarray]] = []
        self.oldest = 0

    def __str__(self) -> str:
        return str(self.pictures)

    def region(self) -> tuple[np.ndarray, np.ndarray]:
        """One damaged region [n, n, 3 + controls] and its original [s*n, s*n, 3], float32."""
        side = self.patch * 4 // 3 * self.scale
        picture = self.pictures.all[self.pictures.draw(self.rng, 1)[0]]
        y, x = (int(self.rng.integers(max(n - side, 0) + 1)) for n in picture.shape[:2])
        height, width = (n - n % self.scale for n in picture[y : y + side, x : x + side].shape[:2])
        original = picture[y : y + height, x : x + width].astype(np.float32) / 255
        original = self.prepare(original, self.rng)
        damaged, planes = self.damage(original, self.rng)
        values = np.array(planes, np.float32)
        controls = np.broadcast_to(values, (*damaged.shape[:2], len(values)))
        return np.concatenate([damaged, controls], axis=2, dtype=np.float32), original

    def renew(self, count: int) -> None:
        """Damages `count` more regions, in place of the oldest ones once the pool is full."""
        for _ in range(count):
            if len(self.pool) < self.POOL:
                self.pool.append(self.region())
            else:
                self.pool[self.oldest] = self.region()
                self.oldest = (self.oldest + 1) % self.POOL

    def batch(self, size: int) -> tuple[torch.Tensor, torch.Tensor]:
        """`size` pairs: [size, 3 + controls, p, p] and [size, 3, p*s, p*s], float32."""
        self.renew(max(self.FRESH * size // 16, size - len(self.pool)))
        picks = self.rng.integers(len(self.pool), size=size)
        lows, highs = zip(*(self.cut(*self.pool[pick]) for pick in picks))
        return to_tensor(lows), to_tensor(highs)

    def cut(self, low: np.ndarray, high: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """A patch of a region and its original."""
        return crop_pair(low, high, self.patch, self.scale, self.rng)


class MarkedPatches(DamagedPatches):
    """Random crops of pictures and what is to be marked in them.

    `mark`: (float32 [h, w, 3], chance) -> the damaged picture, and float32 [h, w, 1]: 1 marked, 0 not, 0.5 in doubt.
    """

    FRESH = 1
    """An old print takes as long to make as a quarter of a small network's step."""

    def __init__(self, pictures: Pictures, mark: Damage, patch: int, seed: int):
        super().__init__(pictures, mark, 1, patch, seed)

    def region(self) -> tuple[np.ndarray, np.ndarray]:
        """One picture [n, n, 3] and its marks [n, n, 1], float32."""
        side = self.patch * 4 // 3
        picture = self.pictures.all[self.pictures.draw(self.rng, 1)[0]]
        y, x = (int(self.rng.integers(max(n - side, 0) + 1)) for n in picture.shape[:2])
        return self.damage(picture[y : y + side, x : x + side].astype(np.float32) / 255, self.rng)


def crop_pair(
    low: np.ndarray, high: np.ndarray, patch: int, scale: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """The same random window of both, turned and mirrored at random: `patch` low pixels a side."""
    y, x = (int(rng.integers(n - patch + 1)) for n in low.shape[:2])
    low = low[y : y + patch, x : x + patch]
    high = high[y * scale : (y + patch) * scale, x * scale : (x + patch) * scale]
    turns, flip = rng.integers(4), rng.integers(2)
    low, high = np.rot90(low, turns), np.rot90(high, turns)
    return (low[:, ::-1], high[:, ::-1]) if flip else (low, high)


def to_tensor(images: tuple[np.ndarray, ...]) -> torch.Tensor:
    """Equal images [h, w, c] as float32 [n, c, h, w]."""
    return torch.from_numpy(np.ascontiguousarray(np.stack(images).transpose(0, 3, 1, 2))).float()


class Patches(Protocol):
    """What training takes its batches from; as text it says what there is."""

    rng: np.random.Generator
    patch: int

    def batch(self, size: int) -> tuple[torch.Tensor, torch.Tensor]:
        """`size` inputs and what the network is to make of them: float32 [size, c, p, p] and [size, c, s*p, s*p]."""

    def region(self) -> tuple[np.ndarray, np.ndarray]:
        """An input larger than a patch and what is to be made of it: [n, n, c] and [s*n, s*n, c], all of one size."""
