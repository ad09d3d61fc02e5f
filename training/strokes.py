"""Lines drawn by us: scratches, folds and cracks (damage), and wires, hair, grass, rain, twigs (none).

Masks are float32 [h, w], 0..1, drawn three times as large and reduced; all chance is from `rng`.
"""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw
from scipy.ndimage import gaussian_filter, zoom

FINE = 3
"""How much larger lines are drawn."""

Rng = np.random.Generator
Shape = tuple[int, int]
Line = tuple[np.ndarray, np.ndarray | float]
"""Points [n, 2] (x, y), and the width at each, or everywhere; in pixels."""


def draw_lines(shape: Shape, lines: list[Line]) -> np.ndarray:
    """Lines with round joints, smooth-edged; where one is thinner than a third of a pixel it is as thick."""
    height, width = shape
    canvas = Image.new("L", (width * FINE, height * FINE))
    draw = ImageDraw.Draw(canvas)
    for points, widths in lines:
        points = points * FINE
        widths = np.maximum(1, np.round(np.broadcast_to(widths, len(points)) * FINE)).astype(int)
        for (start, end), thick in zip(zip(points, points[1:]), widths):
            draw.line([*start, *end], fill=255, width=int(thick))
            if thick > 2:
                radius = thick / 2 - 0.5
                draw.ellipse([*(end - radius), *(end + radius)], fill=255)
    return np.asarray(canvas.reduce(FINE), np.float32) / 255


def wander(start: np.ndarray, angle: float, length: float, bend: float, rng: Rng, step: float = 4.0) -> np.ndarray:
    """A path [n, 2] of `length` pixels whose direction is a random walk: `bend` radians a step; it starts at `angle`."""
    count = max(2, int(length / step))
    angles = angle + np.cumsum(rng.normal(0, bend, count))
    steps = step * np.stack([np.cos(angles), np.sin(angles)], 1)
    return start + np.concatenate([[[0, 0]], np.cumsum(steps, 0)])


def somewhere(shape: Shape, rng: Rng) -> np.ndarray:
    """A point (x, y)."""
    return rng.uniform(0, 1, 2) * (shape[1], shape[0])


def across(shape: Shape, rng: Rng, bend: float) -> np.ndarray:
    """A nearly straight path from beyond one border to beyond the other."""
    reach = float(np.hypot(*shape))
    angle = rng.choice([0, np.pi / 2]) + rng.normal(0, 0.12) if rng.random() < 0.6 else rng.uniform(0, np.pi)
    back = reach * np.array([np.cos(angle), np.sin(angle)])
    return wander(somewhere(shape, rng) - back, angle, 2 * reach, bend, rng, step=6)


def patchy(shape: Shape, rng: Rng, grain: float) -> np.ndarray:
    """Smooth noise of `grain` pixels, mean 0 and deviation 1: float32 [h, w]."""
    rows, columns = (max(2, int(n / grain) + 2) for n in shape)
    field = zoom(rng.standard_normal((rows, columns)).astype(np.float32), grain, order=1)[: shape[0], : shape[1]]
    field = np.pad(field, [(0, n - m) for n, m in zip(shape, field.shape)], mode="edge")
    return field / max(float(field.std()), 1e-3)


def worn(mask: np.ndarray, rng: Rng, gaps: float) -> np.ndarray:
    """A mask as if rubbed through: parts of it are missing, the more the larger `gaps` (0..1)."""
    field = patchy(mask.shape, rng, rng.uniform(1, 3)) + patchy(mask.shape, rng, rng.uniform(6, 20))
    return mask * np.clip(field - 2.4 * gaps + 1.8, 0, 1)


def scratch(shape: Shape, rng: Rng) -> np.ndarray:
    """One to four straight or slightly bent scratches, thin, some of them broken."""
    lines, angle = [], rng.uniform(0, np.pi)
    for _ in range(rng.integers(1, 5)):
        own = angle + rng.normal(0, 0.3)
        length = np.exp(rng.uniform(np.log(12), np.log(300)))
        lines.append((wander(somewhere(shape, rng), own, length, rng.uniform(0, 0.04), rng), rng.uniform(0.5, 2)))
    return worn(draw_lines(shape, lines), rng, rng.uniform(0, 0.6))


def tramlines(shape: Shape, rng: Rng) -> np.ndarray:
    """Lines that run all along a film, upright or level."""
    lines = [(across(shape, rng, 0.002), rng.uniform(0.5, 1.6)) for _ in range(rng.integers(1, 3))]
    return worn(draw_lines(shape, lines), rng, rng.uniform(0, 0.5))


def fold(shape: Shape, rng: Rng) -> np.ndarray:
    """A crease across: a line of changing width whose coating has come off in places."""
    path = across(shape, rng, rng.uniform(0.005, 0.05))
    widths = np.clip(rng.uniform(1, 4) * (1 + 0.6 * rng.standard_normal(len(path))), 0.5, 8)
    return worn(draw_lines(shape, [(path, widths)]), rng, rng.uniform(0, 0.6))


def crack(shape: Shape, rng: Rng) -> np.ndarray:
    """A jagged crack with branches, thinner towards their ends."""
    lines, open_ends = [], [(somewhere(shape, rng), rng.uniform(0, 2 * np.pi), rng.uniform(40, 250), rng.uniform(1, 4))]
    while open_ends and len(lines) < 14:
        start, angle, length, width = open_ends.pop(0)
        path = wander(start, angle, length, rng.uniform(0.15, 0.5), rng, step=5)
        lines.append((path, width * np.linspace(1, 0.3, len(path)) * rng.uniform(0.7, 1.3, len(path))))
        for _ in range(rng.poisson(1.5)):
            place = int(rng.integers(len(path)))
            turn = rng.choice([-1, 1]) * rng.uniform(0.4, 1.3)
            open_ends.append((path[place], angle + turn, length * rng.uniform(0.2, 0.7), width * 0.7))
    return worn(draw_lines(shape, lines), rng, rng.uniform(0, 0.4))


def flakes(shape: Shape, rng: Rng) -> np.ndarray:
    """Patches where the coating has come off, with ragged edges."""
    centre, field = somewhere(shape, rng), patchy(shape, rng, rng.uniform(3, 16))
    y, x = np.ogrid[: shape[0], : shape[1]]
    distance = np.hypot(x - centre[0], y - centre[1]) / rng.uniform(6, 40)
    return np.clip((field + 1 - distance) * 6, 0, 1).astype(np.float32)


DAMAGE: tuple[Callable[[Shape, Rng], np.ndarray], ...] = (scratch, tramlines, fold, crack, flakes)
"""What marks are drawn for."""


def wires(shape: Shape, rng: Rng) -> np.ndarray:
    """Cables that hang, and rods: smooth, of one width, from border to border."""
    lines, path = [], across(shape, rng, 0)
    sag = rng.uniform(-0.15, 0.15) * (np.linspace(-1, 1, len(path)) ** 2)[:, None] * np.array(shape[::-1])
    for _ in range(rng.integers(1, 7)):
        lines.append((path + sag + rng.normal(0, 25, 2), np.exp(rng.uniform(np.log(0.6), np.log(6)))))
    return draw_lines(shape, lines)


def strands(shape: Shape, rng: Rng) -> np.ndarray:
    """Hair, fur, eyelashes: many bent lines side by side, some astray."""
    root, angle = somewhere(shape, rng), rng.uniform(0, 2 * np.pi)
    length, spread, bend = np.exp(rng.uniform(np.log(15), np.log(250))), rng.uniform(10, 120), rng.uniform(0.01, 0.12)
    turn, lines = rng.normal(0, 0.03), []
    for _ in range(rng.integers(3, 60)):
        path = wander(root + rng.normal(0, spread, 2), angle + rng.normal(0, 0.25), length, bend, rng)
        curl = turn * np.arange(len(path))
        middle = path - path[0]
        bent = np.stack([middle[:, 0] * np.cos(curl) - middle[:, 1] * np.sin(curl),
                         middle[:, 0] * np.sin(curl) + middle[:, 1] * np.cos(curl)], 1)  # fmt: skip
        lines.append((path[0] + bent, rng.uniform(0.5, 1.8) * np.linspace(1, 0.4, len(path))))
    return draw_lines(shape, lines)


def grass(shape: Shape, rng: Rng) -> np.ndarray:
    """Blades from below, wider at their foot."""
    lines, ground = [], rng.uniform(0.3, 1.1) * shape[0]
    for _ in range(rng.integers(10, 80)):
        start = np.array([rng.uniform(0, shape[1]), ground + rng.normal(0, 15)])
        path = wander(start, -np.pi / 2 + rng.normal(0, 0.35), rng.uniform(15, 100), 0.06, rng)
        lines.append((path, rng.uniform(0.8, 4) * np.linspace(1, 0.2, len(path))))
    return draw_lines(shape, lines)


def rain(shape: Shape, rng: Rng) -> np.ndarray:
    """Short streaks of one direction everywhere, half transparent."""
    angle, length = np.pi / 2 + rng.normal(0, 0.2), rng.uniform(5, 50)
    count = int(rng.uniform(0.0005, 0.004) * shape[0] * shape[1])
    starts = (somewhere(shape, rng) for _ in range(count))
    lines = [(wander(start, angle, length * rng.uniform(0.5, 1.3), 0.0, rng), rng.uniform(0.5, 1.5)) for start in starts]
    return draw_lines(shape, lines) * np.float32(rng.uniform(0.2, 0.8))


def twigs(shape: Shape, rng: Rng) -> np.ndarray:
    """A branch that forks again and again."""
    lines, open_ends = [], [(somewhere(shape, rng), rng.uniform(0, 2 * np.pi), rng.uniform(30, 120), rng.uniform(2, 8))]
    while open_ends and len(lines) < 60:
        start, angle, length, width = open_ends.pop(0)
        path = wander(start, angle, length, 0.1, rng)
        lines.append((path, width * np.linspace(1, 0.7, len(path))))
        if width > 0.6:
            ends = ((path[-1], angle + turn + rng.normal(0, 0.25)) for turn in (-0.4, 0.35))
            open_ends += [(*end, length * rng.uniform(0.6, 0.9), width * 0.68) for end in ends]
    return draw_lines(shape, lines)


def glints(shape: Shape, rng: Rng) -> np.ndarray:
    """Lights out of focus, drops, buttons: round, of one size, smooth."""
    y, x = np.ogrid[: shape[0], : shape[1]]
    radius, mask = np.exp(rng.uniform(np.log(2), np.log(12))), np.zeros(shape, np.float32)
    for _ in range(rng.integers(1, 10)):
        centre, own = somewhere(shape, rng), radius * rng.uniform(0.8, 1.2)
        mask = np.maximum(mask, np.clip(own - np.hypot(x - centre[0], y - centre[1]) + 0.5, 0, 1))
    return gaussian_filter(mask, rng.uniform(0.3, 1.5)).astype(np.float32)


HARMLESS: tuple[Callable[[Shape, Rng], np.ndarray], ...] = (wires, strands, strands, grass, rain, twigs, glints)
"""What looks like damage and belongs to the picture."""
