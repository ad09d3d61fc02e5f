"""What the crisp teacher makes of damaged crops, kept on disk: training looks at it many times, the teacher once.

    python3 -m training.pool training/recipes/upscale-x2-crisp.toml [--jobs 2]

A pool is a folder of shards; a shard is an .npy file of records CROP. It lies outside the repository
($ENLARGER_POOLS, else `~/.cache/enlarger`), a few gigabytes. Making it can be cut off and goes on with the shards that
are missing; training takes the shards that there are. Every shard has its own seed: the order doesn't matter.
"""

import argparse
import json
import os
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch
from scipy.ndimage import gaussian_filter

from .data import Pictures, crop_pair, data_root, load_photos, to_tensor
from .degrade import resize
from .jpeg import to_bytes
from .resample import reduce
from .synth import dead_leaves, palette_of, rendered_text
from .tasks import damage_of
from .teachers import CRISP_HASHES, load_crisp_teacher, teach

SIDE = 64
"""Low pixels of a crop's side."""
AROUND = 12
"""Low pixels that the teacher sees around a crop: within 51 dB of what it makes of the whole photo."""
SCALE = 4
PER_SHARD = 200
TEXT = 0.3
"""Share of text among the synthetic pictures: what crispness is judged by first."""
FLAT = 3.0
"""Mean difference of neighbours (levels) under which a region teaches little: another is drawn, once."""
COARSE = 8
TONE = 48
"""High pixels: variations slower than a Gaussian of this sigma are the truth's in what is taught."""

CROP = np.dtype([
    ("low", "u1", (SIDE, SIDE, 3)),
    ("taught2", "u1", (SIDE * 2, SIDE * 2, 3)),
    ("taught4", "u1", (SIDE * 4, SIDE * 4, 3)),
    ("truth", "u1", (SIDE * 4, SIDE * 4, 3)),
])  # fmt: skip
"""A damaged crop, what is taught about it (at 2x: that of 4x, reduced exactly), and what it was."""


def pools_root() -> Path:
    """The folder of all pools: $ENLARGER_POOLS, else `~/.cache/enlarger`."""
    return Path(os.environ.get("ENLARGER_POOLS", Path.home() / ".cache" / "enlarger"))


def pool_settings(data: dict) -> dict:
    """Everything that decides what is in a pool, of a recipe's [data]: kept beside the shards and compared.

    The damage is known by what it does to one picture: a change of its code makes another pool.
    """
    y, x = np.mgrid[:64, :64] / 8
    picture = np.stack([0.5 + 0.5 * np.sin(x + c) * np.cos(y) for c in range(3)], 2).astype(np.float32)
    damage, prints = damage_of(data["damage"], SCALE), sha256()
    for seed in range(32):
        prints.update(to_bytes(damage(picture, np.random.default_rng(seed))[0]).tobytes())
    return {
        "damage": f"{data['damage']} {prints.hexdigest()[:16]}",
        "teacher": sha256("".join(sorted(CRISP_HASHES)).encode()).hexdigest()[:16],
        "seed": data["seed"],
        "synthetic": data["synthetic"],
        "text": TEXT,
        "tone": TONE,
        "flat": FLAT,
        "sizes": [SIDE, AROUND, SCALE, PER_SHARD],
    }


def claim(folder: Path, settings: dict) -> None:
    """Makes the folder of a pool and writes its settings there; one of other settings is refused."""
    path = folder / "settings.json"
    if path.exists():
        known = json.loads(path.read_text("utf-8"))
        if known != settings:
            differing = sorted(key for key in {*known, *settings} if known.get(key) != settings.get(key))
            raise SystemExit(
                f"The pool {folder} was made with other settings ({', '.join(differing)}). "
                "Remove it, or name another folder in ENLARGER_POOLS."
            )
        return
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(settings, indent=2) + "\n", "utf-8")


def with_tone_of(taught: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """A teacher's result with the truth's slow variations of colour; both uint8 [h, w, 3], h and w divide by COARSE.

    The teacher shifts colours by a level or two. Slow variations are seen well enough at an eighth of the size.
    """
    height, width = truth.shape[:2]
    wrong = (truth.astype(np.float32) - taught).reshape(height // COARSE, COARSE, width // COARSE, COARSE, 3)
    slow = gaussian_filter(wrong.mean((1, 3)), (TONE / COARSE, TONE / COARSE, 0), mode="reflect")
    slow = resize(slow / 512 + 0.5, height, width, "bilinear") * 512 - 256  # resize clamps to 0..1
    return np.clip(np.round(taught + slow), 0, 255).astype(np.uint8)


def draw_region(pictures: Pictures, side: int, rng: np.random.Generator) -> np.ndarray:
    """A square of a photo, uint8 [side, side, 3]; half of those of large photos are reduced by 2, and sharper."""
    photo = pictures.all[pictures.draw(rng, 1)[0]]
    factor = 2 if min(photo.shape[:2]) >= 2 * side and rng.random() < 0.5 else 1
    y, x = (int(rng.integers(n - factor * side + 1)) for n in photo.shape[:2])
    region = photo[y : y + factor * side, x : x + factor * side]
    return reduce(region, factor) if factor > 1 else region


def draw_truth(pictures: Pictures, synthetic: float, rng: np.random.Generator) -> np.ndarray:
    """A square to be damaged, uint8: of a photo or, `synthetic` of them, dead leaves and text in a photo's colours."""
    side = (SIDE + 2 * AROUND) * SCALE
    region = draw_region(pictures, side, rng)
    if rng.random() < synthetic:
        draw = rendered_text if rng.random() < TEXT else dead_leaves
        return to_bytes(draw(side, rng, palette_of(region, rng)))
    if np.abs(np.diff(region.astype(np.float32), axis=1)).mean() < FLAT:
        return draw_region(pictures, side, rng)
    return region


@cache
def load_pictures(limit: int | None) -> Pictures:
    """The photos that crops are cut from, read once by each process."""
    return Pictures(load_photos(data_root() / "train", (SIDE + 2 * AROUND) * SCALE, limit))


def make_shard(number: int, folder: Path, data: dict, batch: int = 8) -> int:
    """Makes one shard of a pool and returns its number. On one device the same arguments make the same shard."""
    torch.set_num_threads(1)
    rng = np.random.default_rng([data["seed"], number])
    pictures = load_pictures(data.get("limit"))
    device = "cuda" if torch.cuda.is_available() else "cpu"  # asked here: a process that has asked can't be forked
    teacher, damage = load_crisp_teacher().to(device), damage_of(data["damage"], SCALE)
    shard = np.zeros(PER_SHARD, CROP)
    for start in range(0, PER_SHARD, batch):
        part = shard[start : start + batch]
        truths = [draw_truth(pictures, data["synthetic"], rng) for _ in part]
        lows = np.stack([to_bytes(damage(truth.astype(np.float32) / 255, rng)[0]) for truth in truths])
        for crop, low, taught, truth in zip(part, lows, teach(teacher, lows, device), truths):
            taught = with_tone_of(taught, truth)
            whole = {"low": (low, 1), "taught2": (reduce(taught, 2), 2), "taught4": (taught, 4), "truth": (truth, 4)}
            for name, (picture, scale) in whole.items():
                first, last = AROUND * scale, (AROUND + SIDE) * scale
                crop[name] = picture[first:last, first:last]
    unfinished = folder / f".{number:03}.part.npy"
    np.save(unfinished, shard)
    unfinished.replace(folder / f"{number:03}.npy")
    return number


def make_pool(name: str, data: dict, jobs: int) -> None:
    """Makes what is missing of a recipe's pool, `jobs` shards at a time."""
    folder, count = pools_root() / f"pool-{name}", -(-data["crops"] // PER_SHARD)
    load_crisp_teacher()  # says what is wrong with it before anything starts
    claim(folder, pool_settings(data))
    missing = [number for number in range(count) if not (folder / f"{number:03}.npy").exists()]
    print(f"{folder}: {count - len(missing)} of {count} shards there", flush=True)
    with ProcessPoolExecutor(jobs) as workers:
        work = [workers.submit(make_shard, number, folder, data) for number in missing]
        for done in work:
            print(f"shard {done.result() + 1} of {count}", flush=True)


class PooledPatches:
    """Random aligned patches of a pool's crops and of what the teacher made of them."""

    LOOK_AGAIN = 8000
    """Crops after which shards that were made meanwhile are taken in."""

    def __init__(self, name: str, data: dict, scale: int, patch: int, seed: int):
        self.folder, self.taught, self.scale, self.patch = pools_root() / f"pool-{name}", f"taught{scale}", scale, patch
        if self.taught not in CROP.names:
            raise SystemExit(f"A pool teaches 2x and 4x, not {scale}x.")
        if self.folder.exists():
            claim(self.folder, pool_settings(data))
        self.rng, self.count, self.shards = np.random.default_rng(seed), 0, []
        self.look()
        if not self.shards:
            raise SystemExit(f"No pool at {self.folder}: make it with python3 -m training.pool RECIPE.")

    def look(self) -> None:
        """Takes in the shards that are there; they stay on disk, the system keeps in memory what is used."""
        self.shards = [np.load(path, mmap_mode="r") for path in sorted(self.folder.glob("[0-9]*.npy"))]

    def __str__(self) -> str:
        return f"{sum(len(shard) for shard in self.shards)} crops"

    def region(self) -> tuple[np.ndarray, np.ndarray]:
        """A crop and what is taught about it, uint8 [SIDE, SIDE, 3] and [s*SIDE, s*SIDE, 3]."""
        self.count += 1
        if self.count % self.LOOK_AGAIN == 0:
            self.look()
        shard = self.shards[self.rng.integers(len(self.shards))]
        crop = shard[self.rng.integers(len(shard))]
        return crop["low"], crop[self.taught]

    def batch(self, size: int) -> tuple[torch.Tensor, torch.Tensor]:
        """`size` pairs as float32 [size, 3, p, p] and [size, 3, p*s, p*s] in [0, 1]."""
        lows, highs = zip(*(crop_pair(*self.region(), self.patch, self.scale, self.rng) for _ in range(size)))
        return to_tensor(lows).div_(255), to_tensor(highs).div_(255)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recipe", type=Path, help="a recipe whose [data] names a pool")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="shards made at a time (every core)")
    options = parser.parse_args()
    from .train import load_recipe

    data = load_recipe(options.recipe)["data"]
    if "pool" not in data:
        raise SystemExit(f"{options.recipe} trains from no pool.")
    make_pool(data["pool"], data, options.jobs)


if __name__ == "__main__":
    main()
