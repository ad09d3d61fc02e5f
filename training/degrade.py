"""What happens to photos before people enlarge them: the damage that the networks learn to undo.

    python3 -m training.degrade --sheet out.png [photo]

Pure functions: float32 [h, w, 3] display values in 0..1 in and out, all chance from `rng`. The parts are in
blur.py, noise.py, jpeg.py and colour.py; here are resizing and the chains, one for each task.
"""

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

from .blur import blur_light, blur_mildly, disk_kernel, gaussian_kernel, linear_kernel, path_kernel
from .blur import random_shake_kernel, ring, spread, trajectory
from .colour import linear_to_srgb, srgb_to_linear
from .data import data_root, list_photos, load_rgb
from .jpeg import QUALITIES, double_jpeg, jpeg, random_jpeg, webp
from .noise import add_camera, add_colour_grain, add_gaussian, add_random_camera, blur_grain, read_from_shot
from .resample import resize as resize_cubic
from .shake import LEAST_SPREAD, deconvolve, misjudge
from .tiles import save_sheet

METHODS = ("area", "bilinear", "bicubic")
NOISE_MAX = 55 / 255
REAL_NOISE_MAX = 15 / 255
REAL_SHOTS = (1e-4, 3e-3)
"""Shot noise that stays near REAL_NOISE_MAX in the middle tones."""
PHOTO_NOISE_MAX = 40 / 255
GRAIN_MAX = 25 / 255
HARMLESS = 85
"""JPEG quality above which the app does not tell a cleaner of it (core/recipe/reasons.ts, `mostCleanedQuality`)."""
CRISP_NOISE_MAX = 30 / 255
CRISP_SHOTS = (1e-4, 5e-3)


def resize(image: np.ndarray, height: int, width: int, method: str) -> np.ndarray:
    """Resizes to [height, width, 3] by `area`, `bilinear` or `bicubic`, low-passed when reducing; clamped.

    Enlarging by area is bilinear, as in OpenCV: boxes would only repeat pixels.
    """
    if method == "area" and height <= image.shape[0] and width <= image.shape[1]:
        rows, columns = overlaps(image.shape[0], height), overlaps(image.shape[1], width)
        return np.clip(np.einsum("yh,hwc,xw->yxc", rows, image, columns, optimize=True), 0, 1)
    kind = Image.BICUBIC if method == "bicubic" else Image.BILINEAR
    planes = (Image.fromarray(np.ascontiguousarray(image[..., c])) for c in range(3))
    resized = [np.asarray(plane.resize((width, height), kind)) for plane in planes]
    return np.clip(np.stack(resized, axis=2), 0, 1)


def overlaps(length: int, out_length: int) -> np.ndarray:
    """Area reduction of one axis: the share of each sample in each new one, float32 [out_length, length].

    Exact for any factor; Pillow's BOX is not, it takes or leaves whole samples.
    """
    edges = np.arange(out_length + 1)[:, None] * length / out_length
    below = np.clip(edges - np.arange(length), 0, 1)
    return (np.diff(below, axis=0) * out_length / length).astype(np.float32)


def resize_randomly(image: np.ndarray, low: float, high: float, rng: np.random.Generator) -> np.ndarray:
    """Resizes by a factor of `low`..`high`, by a method drawn at random."""
    factor, method = rng.uniform(low, high), str(rng.choice(METHODS))
    height, width = (max(1, round(n * factor)) for n in image.shape[:2])
    return resize(image, height, width, method)


def degrade_noise(
    image: np.ndarray, rng: np.random.Generator, strength: float = 1.0, clamp: bool = True
) -> tuple[np.ndarray, float]:
    """Noise, and its sigma (in units of full range) for the conditioning plane.

    White Gaussian, sigma 0..55/255, seven times in ten; else camera noise, for which sigma is the root
    mean square of what was added. `strength` multiplies the amplitude (0: the image itself). Benchmarks
    add Gaussian noise without clamping, files cannot: `clamp` chooses.
    """
    if rng.random() < 0.7:
        sigma = strength * rng.uniform(0, NOISE_MAX)
        noisy = add_gaussian(image, sigma, rng)
    else:
        noisy = add_random_camera(image, rng, strength)
        sigma = np.sqrt(np.mean((noisy - image) ** 2))
    return (np.clip(noisy, 0, 1) if clamp else noisy), float(sigma)


def degrade_jpeg(
    image: np.ndarray, rng: np.random.Generator, qualities: tuple[int, int] = QUALITIES
) -> tuple[np.ndarray, float]:
    """Compression of a quality in `qualities`, and its damage for the conditioning plane.

    JPEG, sometimes shifted and doubled, sometimes WebP; see `jpeg_damage`.
    """
    compressed, quality = random_jpeg(image, rng, qualities)
    return compressed, jpeg_damage(quality)


def jpeg_damage(quality: int) -> float:
    """What the JPEG conditioning plane holds: 0 (not compressed) .. 0.99 (quality 1)."""
    return (100 - quality) / 100


def degrade_clean(image: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, float, float]:
    """What `clean` removes: a picture with noise, JPEG or both, and its two conditioning planes.

    As files of cameras have it every second time (`degrade_photographed`); noise alone 23 times in a hundred (half of
    those as benchmarks have it, not clamped), JPEG alone 23 times, nothing four times: that is what it must leave alone.
    """
    kind = rng.random()
    if kind < 0.04:
        return image, 0.0, 0.0
    if kind < 0.27:
        noisy, sigma = degrade_noise(image, rng, clamp=rng.random() < 0.5)
        return noisy, sigma, 0.0
    if kind < 0.5:
        compressed, damage = degrade_jpeg(image, rng)
        return compressed, 0.0, damage
    return degrade_photographed(image, rng)


def degrade_photographed(image: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, float, float]:
    """Noise, then what a camera, a phone or a web site does with it: halving (one time in four), JPEG (nine in ten).

    The noise plane holds what of the noise is SEEN in the end: the root mean square of the difference to the picture
    itself through the same JPEG, over R, G and B, coloured grain included. So what JPEG or halving has taken of the
    noise does not count, and what JPEG does to the picture itself does not, either; an app measures the same. The JPEG
    plane is `jpeg_damage`, but 0 half the time where quality is over `HARMLESS`: there apps do not tell of it.
    """
    halved = rng.random() < 0.25
    stage = halve_noisy(image, rng) if halved else np.clip(photo_noise(image, rng), 0, 1)
    if rng.random() < 0.1:
        return stage, root_mean_square(stage - image), 0.0
    low, high = (75, 95) if rng.random() < 0.65 else (25, 75)
    quality, subsample = int(rng.integers(low, high, endpoint=True)), rng.random() < 0.7
    seen = jpeg(stage, quality, subsample)
    sigma = root_mean_square(seen - jpeg(image, quality, subsample))
    is_told = quality <= HARMLESS or rng.random() < 0.5
    return seen, sigma, jpeg_damage(quality) if is_told else 0.0


def halve_noisy(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """`image` as if it had been taken at twice its size, noisy, half the time saved as JPEG 75 to 95, and halved."""
    height, width = image.shape[:2]
    large = resize(image, 2 * height, 2 * width, "bicubic")
    noisy = np.clip(photo_noise(large, rng, strength=1.5), 0, 1)
    if rng.random() < 0.5:
        noisy = jpeg(noisy, int(rng.integers(75, 95, endpoint=True)), rng.random() < 0.7)
    method = str(rng.choice(METHODS))
    change = resize(noisy, height, width, method) - resize(large, height, width, method)
    return np.clip(image + change, 0, 1)


def photo_noise(image: np.ndarray, rng: np.random.Generator, strength: float = 1.0) -> np.ndarray:
    """Noise of photos, not clamped: a camera's (two times in five), coloured grain (two), white (one); mostly weak.

    White to 40/255; of coloured grain Cb and Cr have up to 25/255, luma up to as much.
    """
    kind, share = rng.random(), rng.random() ** 1.5
    if kind < 0.4:
        return add_random_camera(image, rng, strength)
    if kind < 0.6:
        return add_gaussian(image, strength * share * PHOTO_NOISE_MAX, rng)
    chroma = strength * share * GRAIN_MAX
    return add_colour_grain(image, chroma * rng.uniform(0, 1), chroma, rng)


def root_mean_square(values: np.ndarray) -> float:
    """Of all values."""
    return float(np.sqrt(np.mean(np.square(values))))


def darken(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """`image` at an exposure of 4 to 40 % (in linear light, log-uniform): what a night holds."""
    light = srgb_to_linear(image) * np.float32(np.exp(rng.uniform(np.log(0.04), np.log(0.4))))
    return linear_to_srgb(light).astype(np.float32)


def degrade_blur(image: np.ndarray, rng: np.random.Generator, strength: float = 1.0) -> np.ndarray:
    """Camera shake, straight motion or defocus in linear light; a little noise, JPEG: each half the time.

    Without noise is what a camera leaves that has cleaned its picture, or whoever reduced it. Half of the blurs
    that the app could find are taken back as well as it would: the network then has the rest to do. `strength`
    multiplies the blur's size and the noise; at 0 nothing at all is done.
    """
    headroom = rng.choice([1.0, rng.uniform(1, 4)])
    kernel = random_shake_kernel(rng, strength)
    stage = blur_light(image, kernel, headroom)
    if rng.random() < 0.5:
        stage = np.clip(add_gaussian(stage, strength * rng.uniform(0, 4 / 255), rng), 0, 1)
    if strength and rng.random() < 0.5:
        stage = random_jpeg(stage, rng, (70, 95))[0]
    found = spread(kernel) >= LEAST_SPREAD and rng.random() < 0.5
    return deconvolve(stage, misjudge(kernel, rng)) if found else stage


def degrade_real(image: np.ndarray, scale: int, rng: np.random.Generator) -> np.ndarray:
    """A small picture as it comes from the web or a phone: [h, w, 3] -> [h / scale, w / scale, 3].

    Half of Real-ESRGAN's ranges (Wang et al. 2021), for small networks: one picture in four only reduced
    bicubically, half of those with a mild JPEG; else blur, resizing, noise and JPEG, half the time twice.
    `h` and `w` must divide by `scale`.
    """
    height, width = image.shape[:2]
    if height % scale or width % scale:
        raise ValueError(f"{width}x{height} does not divide by {scale}")
    size = height // scale, width // scale
    if rng.random() < 0.25:
        small = np.clip(resize_cubic(image, *size), 0, 1)
        return random_jpeg(small, rng, (85, 95))[0] if rng.random() < 0.5 else small
    stage = blur_mildly(image, rng)
    stage = mild_noise(resize_randomly(stage, 0.4, 1.3, rng), rng)
    if rng.random() < 0.5:
        stage = random_jpeg(stage, rng, (45, 95))[0]
        stage = blur_mildly(stage, rng, largest=1.0)
        stage = mild_noise(resize_randomly(stage, 0.7, 1.3, rng), rng, strength=0.5)
    stage = resize(stage, *size, str(rng.choice(METHODS)))
    return random_jpeg(stage, rng, (45, 95))[0]


def degrade_crisp(image: np.ndarray, scale: int, rng: np.random.Generator) -> np.ndarray:
    """`degrade_real` (two pictures in five) and wider damage, for networks that a crisp teacher shows what to remove.

    Wider: one picture in two was smaller than the result once, down to half its size, where noise and JPEG may
    have found it; noise up to 30/255 comes at the size of the result, so that the JPEG after it (quality 25 up; one
    picture in ten has none) makes worms and blocks of it. `h` and `w` must divide by `scale`.
    """
    if rng.random() < 0.4:
        return degrade_real(image, scale, rng)
    height, width = image.shape[:2]
    if height % scale or width % scale:
        raise ValueError(f"{width}x{height} does not divide by {scale}")
    size = np.array([height // scale, width // scale])
    stage = blur_mildly(image, rng)
    if rng.random() < 0.5:
        smaller = np.maximum(1, np.round(size * rng.uniform(0.5, 1))).astype(int)
        stage = resize(stage, *smaller, str(rng.choice(METHODS)))
        stage = wide_noise(stage, rng, 0.5) if rng.random() < 0.5 else stage
        stage = random_jpeg(stage, rng, (40, 95))[0] if rng.random() < 0.5 else stage
    elif rng.random() < 0.5:
        stage = mild_noise(resize_randomly(stage, 0.4, 1.3, rng), rng)
    stage = resize(stage, *size, str(rng.choice(METHODS)))
    stage = wide_noise(stage, rng) if rng.random() < 0.75 else stage
    return random_jpeg(stage, rng, (25, 95))[0] if rng.random() < 0.9 else stage


def wide_noise(image: np.ndarray, rng: np.random.Generator, strength: float = 1.0) -> np.ndarray:
    """The noise of `degrade_crisp`, clamped, mostly weak: its sigma is up to 30/255, and half the time under 7.5/255.

    White Gaussian (half), of a camera (a fifth), or, half as strong, with grain of 0.5 to 1.2 pixels, colour more
    than light (the rest): of coarser or stronger grain the teacher makes coloured worms.
    """
    sigma, kind = strength * CRISP_NOISE_MAX * rng.random() ** 2, rng.random()
    if kind < 0.5:
        return np.clip(add_gaussian(image, sigma, rng), 0, 1)
    if kind < 0.7:
        return np.clip(add_random_camera(image, rng, strength, CRISP_SHOTS), 0, 1)
    grain = blur_grain(rng.standard_normal(image.shape, np.float32), rng.uniform(0.5, 1.2))
    light = grain.mean(2, keepdims=True)
    return np.clip(image + np.float32(sigma / 2) * (light * np.float32(rng.uniform(0, 1)) + grain - light), 0, 1)


def mild_noise(image: np.ndarray, rng: np.random.Generator, strength: float = 1.0) -> np.ndarray:
    """The noise of `degrade_real`, clamped: white Gaussian up to 15/255, or camera noise of like strength."""
    if rng.random() < 0.7:
        noisy = add_gaussian(image, strength * rng.uniform(0, REAL_NOISE_MAX), rng)
    else:
        noisy = add_random_camera(image, rng, strength, REAL_SHOTS)
    return np.clip(noisy, 0, 1)


def samples(image: np.ndarray, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """`image` through every degradation, by name; some with a picture of their kernel."""
    height, width = image.shape[:2]
    tiles = {"clean": image}
    for sigma in (10, 25, 50):
        tiles[f"gaussian noise {sigma}"] = add_gaussian(image, sigma / 255, rng)
    for shot, chroma in ((1e-3, 0.5), (4e-3, 1.0), (1.2e-2, 1.5)):
        noisy = add_camera(image, shot, read_from_shot(shot, rng), chroma, rng)
        tiles[f"camera noise, shot {shot:g}, chroma {chroma:g} px"] = noisy
    for level in (0.02, 0.07):
        tiles[f"coloured grain {level:g}"] = np.clip(add_colour_grain(image, level / 4, level, rng), 0, 1)
    for quality in (10, 30, 60):
        tiles[f"JPEG {quality}, 4:2:0"] = jpeg(image, quality, True)
    tiles["JPEG 10, 4:4:4"] = jpeg(image, 10, False)
    tiles["JPEG 20 and 60, shift 3, 5"] = double_jpeg(image, (20, 60), (3, 5), True)
    tiles["WebP 10"] = webp(image, 10)
    kernels = {
        "gaussian 2": gaussian_kernel(2, 2, 0),
        "oval 2.5 x 0.7": gaussian_kernel(2.5, 0.7, 0.5),
        "disk 1": disk_kernel(1),
        "disk 4": disk_kernel(4),
        "linear 15": linear_kernel(15, 0.4),
        "trajectory, calm": path_kernel(trajectory(20, 5e-4, rng)),
        "trajectory, nervous": path_kernel(trajectory(30, 5e-3, rng)),
    }
    for name, kernel in kernels.items():
        tiles[name] = with_kernel(blur_light(image, kernel, 2), kernel)
    tiles["sinc pi/3"], tiles["sinc pi/2"] = ring(image, np.pi / 3), ring(image, np.pi / 2)
    for method in METHODS:
        small = resize(image, round(height * 0.4), round(width * 0.4), method)
        tiles[f"0.4 and back by {method}"] = resize(small, height, width, method)
    for number in range(4):
        noisy, sigma = degrade_noise(image, rng)
        tiles[f"degrade_noise {number}: {255 * sigma:.1f}"] = noisy
        seen, sigma, damage = degrade_photographed(image, rng)
        tiles[f"degrade_photographed {number}: {255 * sigma:.1f}, {100 * damage:.0f}"] = seen
        tiles[f"degrade_jpeg {number}"] = degrade_jpeg(image, rng)[0]
        tiles[f"degrade_blur {number}"] = degrade_blur(image, rng)
        for chain in (degrade_real, degrade_crisp):
            small = chain(image, 2, rng)
            tiles[f"{chain.__name__} {number}, 2x bicubic"] = np.clip(resize_cubic(small, height, width), 0, 1)
    return tiles


def with_kernel(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """`image` with the kernel, twice its size and its peak white, in the upper left corner."""
    shown = np.clip(kernel / kernel.max(), 0, 1).repeat(2, 0).repeat(2, 1)[: len(image), : image.shape[1]]
    out = image.copy()
    out[: shown.shape[0], : shown.shape[1]] = shown[..., None]
    return out


def main() -> None:
    """The contact sheet: the middle of one photo through every degradation."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("photo", type=Path, nargs="?", help="default: the first one of train/")
    parser.add_argument("--sheet", type=Path, required=True, help="the PNG to write")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    photo = load_rgb(options.photo or list_photos(data_root() / "train")[0])
    top, left = (max(0, n // 2 - 128) for n in photo.shape[:2])
    height, width = (min(256, n - n % 2) for n in photo.shape[:2])
    image = photo[top : top + height, left : left + width].astype(np.float32) / 255
    save_sheet(options.sheet, samples(image, np.random.default_rng(options.seed)))


if __name__ == "__main__":
    main()
