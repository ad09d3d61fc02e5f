"""Photos on disk -> training patches in memory."""

import os
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from .resample import reduce

SUFFIXES = {".webp", ".png", ".jpg", ".jpeg"}


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


class PairedPatches:
    """Random aligned (low, high) crops of bicubically reduced photos, all kept in memory as uint8.

    Photos are drawn in proportion to the square root of their area, so that many small varied
    photos are not drowned by a few large ones. A photo that cannot be read is named and left out.
    """

    def __init__(self, folder: Path, scale: int, patch: int, seed: int, limit: int | None = None):
        self.scale, self.patch = scale, patch
        self.rng = np.random.default_rng(seed)
        self.pairs: list[tuple[np.ndarray, np.ndarray]] = []
        for path in list_photos(folder)[:limit]:
            try:
                photo = load_rgb(path)
            except (OSError, SyntaxError) as error:
                print(f"left out {path.name}: {error}", file=sys.stderr)
                continue
            height, width = (n - n % scale for n in photo.shape[:2])
            if min(height, width) < patch * scale:
                continue
            high = np.ascontiguousarray(photo[:height, :width])
            self.pairs.append((reduce(high, scale), high))
        if not self.pairs:
            raise SystemExit(f"No usable photo in {folder}.")
        area = np.array([low.shape[0] * low.shape[1] for low, _ in self.pairs], float)
        self.chance = np.sqrt(area) / np.sqrt(area).sum()

    def batch(self, size: int) -> tuple[torch.Tensor, torch.Tensor]:
        """`size` pairs as float32 [size, 3, p, p] and [size, 3, p*s, p*s] in [0, 1]."""
        lows, highs = [], []
        for pick in self.rng.choice(len(self.pairs), size, p=self.chance):
            low, high = self.pairs[pick]
            y = self.rng.integers(low.shape[0] - self.patch + 1)
            x = self.rng.integers(low.shape[1] - self.patch + 1)
            s, p = self.scale, self.patch
            low, high = low[y : y + p, x : x + p], high[y * s : (y + p) * s, x * s : (x + p) * s]
            turns, flip = self.rng.integers(4), self.rng.integers(2)
            low, high = np.rot90(low, turns), np.rot90(high, turns)
            if flip:
                low, high = low[:, ::-1], high[:, ::-1]
            lows.append(low)
            highs.append(high)
        return _tensor(lows), _tensor(highs)


def _tensor(images: list[np.ndarray]) -> torch.Tensor:
    stack = np.ascontiguousarray(np.stack(images).transpose(0, 3, 1, 2))
    return torch.from_numpy(stack).float().div_(255)
