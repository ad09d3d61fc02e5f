"""Pictures made of nothing: dead leaves and text, to teach lines, edges and textures.

    python3 -m training.synth --sheet out.png

Dead leaves are shapes of every size that hide one another: the simplest model with the edges and the scale
invariance of photos (Lee, Mumford & Huang 2001). Networks trained on them restore photos (Achddou et al.
2021, "Synthetic images as a regularity prior"; VibrantLeaves, arXiv 2504.10201). Everything is drawn at
twice the size and reduced by area. Pure functions: all chance is from `rng`.
"""

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .blur import blur_light, disk_kernel
from .lettering import text_mask
from .tiles import save_sheet

TEXT_SHARE = 0.05
FINEST = 8
"""Drawn pixels in the shortest period of bars: perspective may halve it, and reduction still shows it."""

PALETTE = np.array([
    (18, 20, 22), (43, 45, 48), (88, 86, 84), (128, 126, 122), (176, 173, 168), (222, 220, 215),
    (245, 244, 240), (58, 74, 32), (92, 110, 52), (134, 148, 84), (36, 52, 36), (176, 180, 120),
    (70, 110, 160), (120, 165, 210), (180, 205, 228), (30, 50, 84), (96, 62, 40), (140, 98, 66),
    (190, 150, 112), (222, 186, 156), (166, 72, 48), (200, 46, 40), (226, 150, 52), (236, 206, 96),
    (120, 70, 110), (52, 120, 118),
], np.float32) / 255  # fmt: skip
"""Colours for where there are no photos: stone, foliage, sky, earth, skin, brick, and a few paints."""


@dataclass(frozen=True)
class Leaf:
    """One shape: where it lies, and how its plane is seen.

    `centre` (y, x) and `radius` in drawn pixels; `angle` of its first axis in radians; `aspect` (0..1]: the
    second axis against the first; `tilt`: how fast the plane recedes, 0 (faces us) .. 0.4, for both axes.
    """

    centre: tuple[float, float]
    radius: float
    angle: float
    aspect: float
    tilt: tuple[float, float]

    def coordinates(self, y: np.ndarray, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Drawn pixels -> (u, v) in the leaf's plane, where it fills about -1..1; a homography."""
        y, x = (y - self.centre[0]) / self.radius, (x - self.centre[1]) / self.radius
        cos, sin = np.cos(self.angle), np.sin(self.angle)
        u, v = x * cos + y * sin, (y * cos - x * sin) / self.aspect
        depth = np.maximum(1 + self.tilt[0] * u + self.tilt[1] * v, 0.2)
        return u / depth, v / depth


def sample_radii(count: int, smallest: float, largest: float, rng: np.random.Generator) -> np.ndarray:
    """Radii with density proportional to r^-3 between the limits: scale-invariant pictures. [count]."""
    chance = rng.random(count)
    return (smallest**-2 - chance * (smallest**-2 - largest**-2)) ** -0.5


def texture(size: int, slope: float, rng: np.random.Generator) -> np.ndarray:
    """A periodic random field with an amplitude spectrum of 1 / f^slope: float32 [size, size].

    Mean 0, standard deviation 1; `slope` 0.5 (sandy) .. 2.5 (cloudy).
    """
    rows, columns = np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)
    frequency = np.hypot(rows, columns)
    frequency[0, 0] = np.inf
    spectrum = np.fft.rfft2(rng.standard_normal((size, size))) * frequency**-slope
    field = np.fft.irfft2(spectrum, (size, size))
    return (field / field.std()).astype(np.float32)


def coverage(distance: np.ndarray, pixels: float) -> np.ndarray:
    """How much of each pixel a shape covers: `distance` is 0 in the middle, 1 on the edge `pixels` away."""
    return np.clip((1 - distance) * pixels + 0.5, 0, 1)


def disk_shape(u: np.ndarray, v: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Distance to the edge of the unit disk: 0 in the middle, 1 on the edge."""
    return np.hypot(u, v)


def polygon_shape(u: np.ndarray, v: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The same for a convex polygon of three to seven sides."""
    sides = int(rng.integers(3, 8))
    angles = (np.arange(sides) + rng.uniform(-0.3, 0.3, sides)) * 2 * np.pi / sides
    return np.max([(u * np.cos(a) + v * np.sin(a)) / rng.uniform(0.5, 0.8) for a in angles], axis=0)


def box_shape(u: np.ndarray, v: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The same for the square -1..1."""
    return np.maximum(np.abs(u), np.abs(v))


SHAPES = {
    "disk": disk_shape,
    "polygon": polygon_shape,
    "strip": box_shape,
    "grating": box_shape,
    "windows": box_shape,
}
CHANCES = (0.3, 0.34, 0.18, 0.09, 0.09)


def draw_leaf(rng: np.random.Generator, kind: str, size: tuple[int, int], radius: float) -> Leaf:
    """A leaf somewhere on (or across the border of) a drawing of `size`."""
    aspect = {"disk": rng.uniform(0.5, 1), "strip": np.exp(rng.uniform(*np.log((0.02, 0.3))))}
    least = min(1.0, 1.5 / radius)  # nothing thinner than three drawn pixels
    return Leaf(
        centre=tuple(rng.uniform(-0.1, 1.1, 2) * size),
        radius=radius,
        angle=rng.uniform(0, np.pi),
        aspect=max(least, aspect.get(kind, rng.uniform(0.6, 1))),
        tilt=tuple(rng.uniform(-0.35, 0.35, 2)),
    )


def wave(position: np.ndarray, periods: float, share: float, pixels: float) -> np.ndarray:
    """Soft-edged bars, 1 on `share` of a period, else 0; `position` -1..1 is `periods`, 2 * `pixels` wide."""
    phase = (position + 1) / 2 * periods % 1
    edge = np.minimum(phase, share - phase) * 2 * pixels / periods
    return np.clip(edge + 0.5, 0, 1)


def pattern(kind: str, u: np.ndarray, v: np.ndarray, leaf: Leaf, rng: np.random.Generator) -> np.ndarray:
    """How much of the leaf's second colour each pixel takes, 0..1: bars, or panes between mullions.

    Never finer than FINEST where the plane is nearest, unless the leaf is too small for two periods.
    """

    def bars(position: np.ndarray, pixels: float) -> np.ndarray:
        finest = max(2.0, min(40.0, 2 * pixels / FINEST))
        return wave(position, np.exp(rng.uniform(np.log(2), np.log(finest))), rng.uniform(0.3, 0.8), pixels)

    columns = bars(u, leaf.radius)
    return columns if kind == "grating" else columns * bars(v, leaf.radius * leaf.aspect)


def paint(
    canvas: np.ndarray,
    leaf: Leaf,
    kind: str,
    colours: np.ndarray,
    textures: Sequence[np.ndarray],
    rng: np.random.Generator,
) -> None:
    """Paints a leaf over `canvas` (float32 [h, w, 3], changed in place) in two of `colours` and a texture."""
    reach = leaf.radius * 1.7
    top, left = (max(0, int(c - reach)) for c in leaf.centre)
    bottom, right = (min(n, int(c + reach) + 1) for n, c in zip(canvas.shape, leaf.centre))
    if top >= bottom or left >= right:
        return
    y, x = np.ogrid[top:bottom, left:right]
    u, v = (axis.astype(np.float32) for axis in leaf.coordinates(y, x))
    alpha = coverage(SHAPES[kind](u, v, rng), leaf.radius * np.sqrt(leaf.aspect))
    first, second = colours[rng.integers(len(colours), size=2)]
    surface = first + rng.uniform(-0.15, 0.15) * u[..., None]
    if kind in ("grating", "windows"):
        surface = surface + pattern(kind, u, v, leaf, rng)[..., None] * (second - first)
    else:
        field = textures[rng.integers(len(textures))]
        down, along = rng.integers(len(field), size=2)
        grain = field[(y + down) % len(field), (x + along) % len(field)]
        surface = surface + rng.uniform(0, 0.5) ** 2 * grain[..., None] * (0.3 + second)
    under = canvas[top:bottom, left:right]
    under += alpha[..., None] * (surface - under)


def dead_leaves(size: int, rng: np.random.Generator, colours: np.ndarray = PALETTE) -> np.ndarray:
    """A picture of dead leaves: float32 [size, size, 3], 0..1, in `colours` (float32 [n, 3], 0..1).

    Two pictures in five have a background out of focus, as if by a lens.
    """
    side = 2 * size
    textures = [texture(256, rng.uniform(0.5, 2.5), rng) for _ in range(6)]
    smallest, largest = np.exp(rng.uniform(np.log(4), np.log(20))), 0.45 * side
    area = 2 * np.pi * smallest**2 * np.log(largest / smallest)
    radii = sample_radii(int(6 * side**2 / area), smallest, largest, rng)
    focus = int(len(radii) * rng.uniform(0.6, 0.95)) if rng.random() < 0.4 else 0
    canvas = np.tile(colours[rng.integers(len(colours))], (side, side, 1))
    for number, radius in enumerate(radii):
        if number and number == focus:
            canvas = blur_light(np.clip(canvas, 0, 1), disk_kernel(rng.uniform(2, 16)))
        kind = str(rng.choice(list(SHAPES), p=CHANCES))
        paint(canvas, draw_leaf(rng, kind, (side, side), radius), kind, colours, textures, rng)
    return halve(canvas)


def halve(canvas: np.ndarray) -> np.ndarray:
    """Area reduction by two: [2h, 2w, 3] -> [h, w, 3], clamped to 0..1."""
    height, width = canvas.shape[0] // 2, canvas.shape[1] // 2
    return np.clip(canvas.reshape(height, 2, width, 2, 3).mean((1, 3)), 0, 1)


def rendered_text(size: int, rng: np.random.Generator, colours: np.ndarray = PALETTE) -> np.ndarray:
    """A picture of text on textured paper, dark on light or light on dark: float32 [size, size, 3], 0..1."""
    side = 2 * size
    light, dark = sorted(colours[rng.integers(len(colours), size=2)], key=np.mean, reverse=True)
    paper, ink = 1 - (1 - light) * rng.uniform(0, 0.5), dark * rng.uniform(0, 0.5)
    if rng.random() < 0.3:
        paper, ink = ink, paper
    grain = texture(side, rng.uniform(0.5, 2.5), rng)[..., None] * rng.uniform(0, 0.2) ** 2
    mask = text_mask(side, rng)[..., None]
    return halve(paper + mask * (ink - paper) + grain)


def palette_of(photo: np.ndarray, rng: np.random.Generator, count: int = 256) -> np.ndarray:
    """Colours of `count` random pixels of a photo (uint8 [h, w, 3]): float32 [count, 3], 0..1."""
    pixels = photo.reshape(-1, 3)
    return pixels[rng.integers(len(pixels), size=count)].astype(np.float32) / 255


def load_stock(path: Path, count: int, photos: Sequence[np.ndarray], size: int = 256) -> np.ndarray:
    """`count` synthetic pictures, uint8 [count, size, size, 3], from `path` or rendered there (minutes).

    The same seeds make the same pictures; what is missing of a smaller stock is added to it.
    """
    stock = np.load(path) if path.exists() else np.zeros((0, size, size, 3), np.uint8)
    missing = range(len(stock), count)
    if missing:
        print(f"rendering {len(missing)} synthetic pictures", flush=True)
        palettes = [palette_of(photos[seed % len(photos)], np.random.default_rng(seed)) for seed in missing]
        with ProcessPoolExecutor() as pool:
            fresh = list(pool.map(render, missing, [size] * len(missing), palettes, chunksize=4))
        stock = np.concatenate([stock, *(picture[None] for picture in fresh)])
        path.parent.mkdir(exist_ok=True)
        part = path.with_name(f".{path.name}.part.npy")
        np.save(part, stock)
        part.replace(path)
    return stock[:count]


def render(seed: int, size: int, colours: np.ndarray) -> np.ndarray:
    """One synthetic picture in `colours`, uint8 [size, size, 3]: text one time in twenty, else dead leaves."""
    rng = np.random.default_rng(seed)
    draw = rendered_text if rng.random() < TEXT_SHARE else dead_leaves
    return np.round(draw(size, rng, colours) * 255).astype(np.uint8)


def main() -> None:
    """A contact sheet of synthetic pictures."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--sheet", type=Path, required=True, help="the PNG to write")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    tiles = {}
    for seed in range(options.seed, options.seed + 8):
        tiles[f"dead leaves {seed}"] = dead_leaves(256, np.random.default_rng(seed))
    for seed in range(options.seed, options.seed + 4):
        tiles[f"text {seed}"] = rendered_text(256, np.random.default_rng(seed))
    save_sheet(options.sheet, tiles)


if __name__ == "__main__":
    main()
