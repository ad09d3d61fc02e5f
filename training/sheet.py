"""Enlargers side by side on real photos, to be looked at: bicubic, today's, the new one, the teacher.

    python3 -m training.sheet FOLDER [--scale 4] [--photos FOLDER] [--checkpoint] [model ...]

For each photo one PNG: its busiest region and its middle, a row each, at 300 % of the photo's size.
"""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from .benchmarks import Picture, Sample, do_nothing, run_network
from .data import data_root, list_photos, load_rgb
from .export import load_master
from .metrics import luma
from .nets import Net
from .resample import reduce, resize
from .teachers import REACH, Teacher, load_crisp_teacher, teach
from .tiles import save_sheet
from .train import CHECKPOINTS, HERE, WEIGHTS, load_recipe

SIDE = 96
"""Photo pixels of a region's side."""
ZOOM = 3

Enlarger = Callable[[Picture], Picture]
"""uint8 [h, w, 3] -> uint8 [s*h, s*w, 3]."""


def load_network(model_id: str, checkpoint: bool) -> Net:
    """A network of ours, float32, by its recipe; `checkpoint`: as far as its training has come, where there is one."""
    recipe = HERE / "recipes" / f"{model_id}.toml"
    if not recipe.exists():
        raise SystemExit(f"No recipe for {model_id}.")
    part = CHECKPOINTS / f"{model_id}.pt"
    path = part if checkpoint and part.exists() else WEIGHTS / f"{model_id}.npz"
    return load_master(path, load_recipe(recipe)["net"]).float()


def by_network(net: Net) -> Enlarger:
    """What a network of ours makes of a picture, its borders reflected as in the app."""
    return lambda low: run_network(net, Sample(low.astype(np.float32) / 255, low), net.scale, 16, net.multiple)


def by_teacher(teacher: Teacher, scale: int) -> Enlarger:
    """What the teacher makes of it; at 2x that is reduced by 2."""

    def enlarge(low: Picture) -> Picture:
        whole = teach(teacher, low[None])[0]
        return reduce(whole, 4 // scale) if scale < 4 else whole

    return enlarge


def by_cubic(scale: int) -> Enlarger:
    """Bicubic enlargement."""
    return lambda low: do_nothing(Sample(low.astype(np.float32) / 255, low), scale)


def busiest(photo: Picture, side: int) -> tuple[int, int]:
    """(top, left) of the square of `side` in which neighbours differ most, on a grid of half a side."""
    y = luma(photo)
    step = np.abs(np.diff(y, axis=0))[:, :-1] + np.abs(np.diff(y, axis=1))[:-1]
    places = [(t, l) for t in starts(photo.shape[0], side) for l in starts(photo.shape[1], side)]
    return max(places, key=lambda place: step[place[0] : place[0] + side, place[1] : place[1] + side].mean())


def starts(length: int, side: int) -> range:
    """Where regions may start along an axis: every half side."""
    return range(0, max(length - side, 0) + 1, side // 2)


def enlarged_region(enlarge: Enlarger, photo: Picture, top: int, left: int, side: int) -> np.ndarray:
    """A region of the enlarged photo at ZOOM times the photo's size: float32 [ZOOM*side, ZOOM*side, 3], 0..1.

    The enlarger sees the region with all around it that the teacher's reach asks for.
    """
    first, before = max(top - REACH, 0), max(left - REACH, 0)
    around = photo[first : top + side + REACH, before : left + side + REACH]
    result = enlarge(around)
    scale = result.shape[0] // around.shape[0]
    y, x = (top - first) * scale, (left - before) * scale
    result = result[y : y + side * scale, x : x + side * scale]
    height, width = (n // scale * ZOOM for n in result.shape[:2])
    return np.clip(resize(result, height, width) / 255, 0, 1)


def rows(photo: Picture, enlargers: dict[str, Enlarger]) -> Iterator[tuple[str, np.ndarray]]:
    """The captioned tiles of one photo."""
    side = min(SIDE, *photo.shape[:2])
    middle = tuple((n - side) // 2 for n in photo.shape[:2])
    for where, (top, left) in (("busiest", busiest(photo, side)), ("middle", middle)):
        for name, enlarge in enlargers.items():
            yield f"{name} ({where}: {left}, {top})", enlarged_region(enlarge, photo, top, left, side)


def main() -> None:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("folder", type=Path, help="where the PNG go")
    parser.add_argument("models", nargs="*", metavar="model", help="ids; default: the faithful and the crisp one")
    parser.add_argument("--scale", type=int, choices=[2, 4], default=4)
    parser.add_argument("--photos", type=Path, help="default: dev/real of the data folder")
    parser.add_argument("--checkpoint", action="store_true", help="trainings that are still going on, as they are")
    options = parser.parse_args()
    scale = options.scale
    names = options.models or [f"upscale-x{scale}-fast", f"upscale-x{scale}-crisp"]
    nets = {name: load_network(name, options.checkpoint) for name in names}
    wrong = [name for name, net in nets.items() if net.scale != scale]
    if wrong:
        raise SystemExit(f"Not of scale {scale}: {', '.join(wrong)}.")
    enlargers = {"bicubic": by_cubic(scale)} | {name: by_network(net) for name, net in nets.items()}
    enlargers["teacher"] = by_teacher(load_crisp_teacher(), scale)
    folder = options.photos or data_root() / "dev" / "real"
    photos = list_photos(folder)
    if not photos:
        raise SystemExit(f"No photos in {folder}.")
    options.folder.mkdir(parents=True, exist_ok=True)
    for path in photos:
        out = options.folder / f"{path.parent.name}-{path.stem}-x{scale}.png"
        save_sheet(out, dict(rows(load_rgb(path), enlargers)), columns=len(enlargers))
        print(out, flush=True)


if __name__ == "__main__":
    main()
