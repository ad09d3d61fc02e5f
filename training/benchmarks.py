"""What networks are measured on: damaged pictures, the truth, and how the two are compared.

Everything is deterministic: the damage of a photo depends on its place in its folder alone.
"""

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from .blur import blur_light, centred, disk_kernel, linear_kernel
from .colouring import SEEN, look, shrink, to_gray, to_planes
from .data import data_root, list_photos, load_rgb
from .degrade import degrade_real, jpeg_damage
from .jpeg import jpeg
from .oldprint import VISIBLE, mark
from .resample import reduce
from .scores import (
    Benchmark,
    ColourLikeness,
    Colouring,
    Crispness,
    Likeness,
    Marking,
    Picture,
    Sample,
    Share,
    SureColouring,
    Unmarked,
    do_nothing,
)
from .shake import deconvolve, find_shake
from .sprites import sprite_source
from .teachers import read_fixed_set

Tensor = torch.Tensor


def run_network(net: Callable[[Tensor], Tensor], sample: Sample, scale: int, margin: int, multiple: int) -> Picture:
    """A network run as the app runs it: reflected by `margin`, cropped, clamped, rounded to 8 bit.

    `margin` and the padded sides are rounded up to `multiple`. A module is given the picture on its own device.
    """
    margin = -(-margin // multiple) * multiple
    height, width = sample.damaged.shape[:2]
    down, right = (-n % multiple for n in (height, width))
    around = ((margin, margin + down), (margin, margin + right), (0, 0))
    padded = np.pad(sample.damaged, around, mode="symmetric")
    planes = np.broadcast_to(np.array(sample.controls, np.float32), (*padded.shape[:2], len(sample.controls)))
    image = torch.from_numpy(np.concatenate([padded, planes], axis=2, dtype=np.float32).transpose(2, 0, 1).copy())
    device = next(net.parameters(), image).device if isinstance(net, torch.nn.Module) else image.device
    with torch.no_grad():
        out = net(image[None].to(device))[0].float().cpu()
    first = margin * scale
    out = out[:, first : first + height * scale, first : first + width * scale]
    return out.clamp(0, 1).mul(255).round().byte().numpy().transpose(1, 2, 0)


def upscaling(root: Path, name: str, scale: int, limit: int | None = None) -> Benchmark:
    """Cut to a multiple of the scale, reduced bicubically, 8 bit; PSNR on Y, a border of `scale` left out."""
    samples = []
    for path in list_photos(root / "dev" / name)[:limit]:
        with Image.open(path) as image:
            gray = image.mode in ("L", "1", "I;16")
        truth = cut(load_rgb(path), scale)
        samples.append(Sample(reduce(truth, scale).astype(np.float32) / 255, truth, gray=gray))
    published = {("Set5", 2): 33.66, ("Set5", 4): 28.42, ("Set14", 2): 30.24, ("Set14", 4): 26.00}
    whole = published.get((name, scale)) if limit is None else None
    return Benchmark(name, samples, scale, on_luma=True, border=scale, published=whole)


def real_world(root: Path, scale: int, limit: int | None = None) -> Benchmark:
    """CID22_val through `degrade_real` (blur, resizing, noise, JPEG; one in four nearly clean); PSNR on Y."""
    samples = []
    for number, path in enumerate(list_photos(root / "dev" / "CID22_val")[:limit]):
        truth = cut(load_rgb(path), scale)
        damaged = degrade_real(truth.astype(np.float32) / 255, scale, np.random.default_rng(number))
        samples.append(Sample(np.round(damaged * 255).astype(np.float32) / 255, truth))
    return Benchmark("real", samples, scale, on_luma=True, border=scale)


def taught(root: Path, scale: int) -> list[Benchmark]:
    """The teacher's fixed set: twelve photos of CID22_val, damaged, reduced by 4, and what the teacher made of them.

    RGB PSNR to the teacher, gradient energy as a part of its, and PSNR of Y to the photo; a border of 16 pixels left
    out. At 2x, teacher and photo are reduced by 2.
    """
    photos = (load_rgb(path) for path in list_photos(root / "dev" / "CID22_val"))
    photos = [photo for photo in photos if photo.shape[:2] == (512, 512)][:12]
    fixed = read_fixed_set() if photos else {"lr": [], "teacher": []}
    samples = []
    for low, shown, photo in zip(fixed["lr"], fixed["teacher"], photos):
        truth, shown = (reduce(picture, 4 // scale) if scale < 4 else picture for picture in (photo, shown))
        samples.append(Sample(low.astype(np.float32) / 255, truth, taught=shown))
    to_teacher = [replace(sample, truth=sample.taught) for sample in samples]
    return [
        Benchmark("teacher", to_teacher, scale, border=16),
        Crispness("energy", samples, scale, border=16),
        Benchmark("truth", samples, scale, on_luma=True, border=16),
    ]


def noisy(root: Path, sigma: int, limit: int | None = None) -> Benchmark:
    """CBSD68 with white Gaussian noise of `sigma` (8-bit levels), not clamped; PSNR on RGB."""
    samples = []
    for number, path in enumerate(list_photos(root / "dev" / "CBSD68")[:limit]):
        truth = load_rgb(path)
        noise = np.random.default_rng(number).standard_normal(truth.shape, np.float32)
        damaged = truth.astype(np.float32) / 255 + noise * np.float32(sigma / 255)
        samples.append(Sample(damaged, truth, (sigma / 255, 0.0)))
    return Benchmark(f"noise{sigma}", samples, published={25: 20.17}.get(sigma))


def compressed(root: Path, quality: int, limit: int | None = None) -> Benchmark:
    """LIVE1 through JPEG of `quality`, 4:2:0; PSNR on RGB."""
    samples = []
    for path in list_photos(root / "dev" / "LIVE1")[:limit]:
        truth = load_rgb(path)
        damaged = jpeg(truth.astype(np.float32) / 255, quality, subsample=True)
        samples.append(Sample(damaged, truth, (0.0, jpeg_damage(quality))))
    published = {10: 25.69, 20: 28.06, 30: 29.37, 40: 30.28}
    return Benchmark(f"jpeg{quality}", samples, published=published.get(quality) if limit is None else None)


def untouched(root: Path, controls: tuple[float, ...], limit: int | None = None) -> Benchmark:
    """CID22_val as it is: what a restorer whose planes hold `controls` must leave alone; PSNR on RGB."""
    photos = [load_rgb(path) for path in list_photos(root / "dev" / "CID22_val")[:limit]]
    return Benchmark("clean", [Sample(p.astype(np.float32) / 255, p, controls) for p in photos])


def blurred(root: Path, name: str, kernels: list[np.ndarray], limit: int | None = None) -> Benchmark:
    """CID22_val blurred in linear light, each photo by one of `kernels` in turn, 8 bit.

    PSNR on RGB, a border of 16 pixels left out. Without kernels there are no samples.
    """
    samples = []
    for number, path in enumerate(list_photos(root / "dev" / "CID22_val")[:limit] if kernels else []):
        truth = load_rgb(path)
        damaged = blur_light(truth.astype(np.float32) / 255, kernels[number % len(kernels)])
        samples.append(Sample(np.round(damaged * 255).astype(np.float32) / 255, truth))
    return Benchmark(name, samples, border=16)


def taken_back(shaken: Benchmark) -> Benchmark:
    """The pictures as the app hands them to its network: a shake that is found is taken back before, 8 bit."""

    def prepare(sample: Sample) -> Sample:
        kernel = find_shake(sample.damaged)
        if kernel is None:
            return sample
        return replace(sample, damaged=np.round(deconvolve(sample.damaged, kernel) * 255) / np.float32(255))

    return replace(shaken, name=f"{shaken.name} found", samples=[prepare(sample) for sample in shaken.samples])


def levin_kernels(root: Path) -> list[np.ndarray]:
    """The eight camera-shake kernels of Levin et al. 2009, centred; none without the file.

    As stored, five of them move the picture by 1 to 4 pixels, which no picture shows and no network can undo.
    """
    path = root / "kernels" / "Levin09.mat"
    if not path.exists():
        return []
    try:
        import h5py  # for this file alone: training goes without it
    except ImportError:
        raise SystemExit(f"{path.name} is a MATLAB 7.3 file: install h5py (python3-h5py) to read it.") from None
    with h5py.File(path) as file:
        return [centred(file[place][()].T) for place in file["kernels"][()].ravel()]


def marked(root: Path, limit: int | None = None) -> list[Benchmark]:
    """Held-out sprites and strokes over CID22_val, as photos and as old prints in turn; and these photos, clean.

    `change` over VISIBLE is the truth. Clean photos are as they are; and as old prints without any damage.
    """
    folder = root / "damage"
    photos = [load_rgb(path) for path in list_photos(root / "dev" / "CID22_val")[:limit]]
    sprites = sprite_source(folder, held_out=True) if photos and folder.exists() else None
    if sprites is None:
        return [Marking("IoU", []), Unmarked("clean %", [])]
    damaged: dict[bool, list[Sample]] = {False: [], True: []}
    aged = []
    for number, photo in enumerate(photos):
        rng, is_old = np.random.default_rng(number), number % 2 == 1
        image = photo.astype(np.float32) / 255
        picture, change = mark(image, sprites, rng, prints=float(is_old), damaged=1.0)
        damaged[is_old].append(Sample(as_stored(picture), np.uint8(255) * (change > VISIBLE)))
        picture, change = mark(image, sprites, rng, prints=1.0, damaged=0.0)
        aged.append(Sample(as_stored(picture), np.zeros_like(change, np.uint8)))
    clean = [Sample(photo.astype(np.float32) / 255, np.zeros((*photo.shape[:2], 1), np.uint8)) for photo in photos]
    every = [*damaged[False], *damaged[True]]
    return [
        Marking("IoU", every),
        Marking("IoU photos", damaged[False]),
        Marking("IoU prints", damaged[True]),
        Unmarked("clean %", clean),
        Unmarked("old clean %", aged),
        Likeness("mask", every),
    ]


def coloured(root: Path, limit: int | None = None) -> list[Benchmark]:
    """CID22_val in grey, as small as the app shows photos to the network, and the colours that they had."""
    samples = []
    for path in list_photos(root / "dev" / "CID22_val")[:limit]:
        photo = shrink(load_rgb(path), SEEN)
        seen = look(to_gray(photo[..., 0]), *(np.arange(length) for length in photo.shape[:2]))
        samples.append(Sample(as_stored(seen), np.round(255 * to_planes(photo[..., 1:])).astype(np.uint8)))
    kinds = {"error": Colouring, "sure": SureColouring, "sure %": Share, "colours": ColourLikeness}
    return [kind(name, samples) for name, kind in kinds.items()]


def as_stored(image: np.ndarray) -> np.ndarray:
    """0..1 as a file of eight bits holds it."""
    return np.round(image * 255).astype(np.float32) / 255


def cut(photo: Picture, scale: int) -> Picture:
    """A photo cut at the right and bottom so that its sides divide by `scale`."""
    height, width = (n - n % scale for n in photo.shape[:2])
    return photo[:height, :width]


def benchmarks_of(model: dict, scale: int, root: Path, effort: str) -> list[Benchmark]:
    """What a model is measured on, by its task and variant.

    `model`: a card or a recipe's [model]. `effort`: `quick` (a glance while training), `usual`, `full`.
    """
    some = 6 if effort == "quick" else None
    if model["task"] == "upscale" and model.get("variant") == "crisp":
        return [*taught(root, scale), *([] if some else [real_world(root, scale)])]
    if model["task"] == "upscale":
        names = ["Set5", "Set14", "CBSD68", "CID22_val"][: {"quick": 1, "usual": 3, "full": 4}[effort]]
        return [upscaling(root, name, scale) for name in names]
    if model["task"] == "clean":
        sigmas, qualities = ((25,), (10, 40)) if some else ((5, 15, 25, 50), (10, 20, 30, 40))
        noise = [noisy(root, sigma, some) for sigma in sigmas]
        jpegs = [compressed(root, quality, some) for quality in qualities]
        return [*noise, *jpegs, untouched(root, (0.0, 0.0), some)]
    if model["task"] == "deblur":
        defocus = [disk_kernel(radius) for radius in (1, 2, 3)]
        motion = [linear_kernel(length, angle) for length in (5, 9) for angle in (0.3, 1.9)]
        every = [blurred(root, "defocus", defocus, some), blurred(root, "motion", motion, some)]
        shaken = blurred(root, "levin", levin_kernels(root), some)
        return [*every, shaken, taken_back(shaken), untouched(root, (), some)]
    if model["task"] == "find-damage":
        return marked(root, some and 4)
    if model["task"] == "propose-colours":
        return coloured(root, some and 4)
    raise ValueError(f"no benchmark for the task {model['task']!r}")


def save_pairs(benchmark: Benchmark, folder: Path) -> None:
    """Writes the pictures of a benchmark at scale 1 as PNG, `damaged/` and `truth/`, for a measurement of the page."""
    for number, sample in enumerate(benchmark.samples):
        for kind, picture in (("damaged", do_nothing(sample, 1)), ("truth", sample.truth)):
            path = folder / kind / f"{number:02}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            picture = np.broadcast_to(np.clip(np.round(picture), 0, 255).astype(np.uint8), (*picture.shape[:2], 3))
            Image.fromarray(np.ascontiguousarray(picture)).save(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=save_pairs.__doc__)
    parser.add_argument("task", choices=["clean", "deblur", "find-damage"])
    parser.add_argument("name", help="a benchmark of that task, such as levin or defocus")
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    every = benchmarks_of({"task": options.task}, 1, data_root(), "full")
    found = [benchmark for benchmark in every if benchmark.name == options.name]
    if not found:
        raise SystemExit(f"Known: {', '.join(benchmark.name for benchmark in every)}.")
    save_pairs(found[0], options.folder)


if __name__ == "__main__":
    main()
