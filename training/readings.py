"""Noisy photos behind JPEG, and how the shipped cleaner does on each at every setting of its noise control.

    python3 -m training.readings FOLDER [--photos 24]

`npm run bench -- readings FOLDER` then says how far what the app suggests is from the best setting. Each photo of
dev/CID22_val and dev/LIVE1, its middle, comes twice with a camera's noise and JPEG 75 to 95, once with JPEG 92 alone
and once as it is.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from .data import data_root, list_photos, load_rgb
from .jpeg import jpeg, to_bytes
from .noise import add_random_camera
from .runtime import Runtime

SIDE = 384
SIGMAS = (0, 1, 2, 3.5, 5, 7, 9.5, 13, 18, 25, 35)
"""Settings of the noise control, in levels of 255."""

HARMFUL = 85
"""The app tells the cleaner of JPEG damage up to this quality (core/findings/suggest.ts)."""

Picture = np.ndarray
"""float32 [h, w, 3], 0..1."""


def damage(truth: Picture, rng: np.random.Generator) -> Iterator[tuple[str, Picture, int | None]]:
    """The kinds: a name, what the app sees, and the JPEG quality."""
    for name in ("noisy a", "noisy b"):
        quality, subsample = int(rng.integers(75, 95, endpoint=True)), rng.random() < 0.6
        noisy = np.clip(add_random_camera(truth, rng, shots=(2e-4, 1.2e-2)), 0, 1)
        yield name, jpeg(noisy, quality, subsample), quality
    yield "clean, JPEG 92", jpeg(truth, 92, True), 92
    yield "clean", truth, None


def measure(cleaner: Runtime, seen: Picture, truth: Picture, quality: int | None) -> tuple[list[float], list[float]]:
    """PSNR, and root mean square change in levels, at each of SIGMAS; JPEG is told as the app tells it."""
    told = (100 - quality) / 100 if quality is not None and quality <= HARMFUL else 0.0
    image = torch.from_numpy(seen.transpose(2, 0, 1)[None])
    scores, changes = [], []
    for sigma in SIGMAS:
        planes = [torch.full_like(image[:, :1], value) for value in (sigma / 255, told)]
        with torch.no_grad():
            out = cleaner(torch.cat([image, *planes], 1))[0].numpy().transpose(1, 2, 0)
        out = to_bytes(out).astype(np.float32) / 255 if sigma or told else seen
        scores.append(float(-10 * np.log10(max(1e-10, np.mean((out - truth) ** 2)))))
        changes.append(float(255 * np.sqrt(np.mean((out - seen) ** 2))))
    return scores, changes


def main() -> None:
    """Writes a PNG of each and `readings.json`."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--photos", type=int, default=24, help="taken evenly from the folders")
    options = parser.parse_args()
    models = Path(__file__).resolve().parents[1] / "public" / "models"
    card = next(c for c in json.loads((models / "catalog.json").read_text())["models"] if c["task"] == "clean")
    url = next(f["url"] for f in card["files"] if f["precision"] == "int8")
    cleaner = Runtime(models / url)
    options.folder.mkdir(parents=True, exist_ok=True)
    photos = [p for name in ("CID22_val", "LIVE1") for p in list_photos(data_root() / "dev" / name)]
    rows = []
    for number, path in enumerate(photos[:: max(1, len(photos) // options.photos)]):
        photo = load_rgb(path)
        top, left = (max(0, (n - SIDE) // 2) for n in photo.shape[:2])
        truth = photo[top : top + SIDE, left : left + SIDE].astype(np.float32) / 255
        for kind, seen, quality in damage(truth, np.random.default_rng(number)):
            name = f"{path.stem} {kind}.png"
            Image.fromarray(to_bytes(seen)).save(options.folder / name)
            scores, changes = measure(cleaner, seen, truth, quality)
            rows.append({"file": name, "kind": kind, "quality": quality, "decibels": scores, "changes": changes})
    (options.folder / "readings.json").write_text(json.dumps({"sigmas": SIGMAS, "photos": rows}))
    print(f"{len(rows)} photos in {options.folder}")


if __name__ == "__main__":
    main()
