"""Golden tiles: what a shipped file computes, small enough to be shipped beside it.

A tile is one period of a picture that repeats in both directions every SIDE pixels, and the same period of
the network's result. Convolutions do not care where they are: in the result of a window of any size that is
cut from that picture, at a place that `multiple` divides, every pixel whose distance from the window's edge
is at least `halo` input pixels equals the tile at its place modulo SIDE * scale. So an app can check a
network on its own GPU, at the tile size it is going to use.

The file: SIDE * SIDE * 3 bytes of input, then (SIDE * scale)^2 bytes of result for each of its planes (three, or
one of a network that marks); both uint8, rows from the top, interleaved. All conditioning planes hold CONTROL. A result v is stored as
floor(255 v + 0.5), v clamped to 0..1.
"""

from math import ceil
from typing import NamedTuple

import numpy as np
import torch

from .runtime import Runtime

SIDE = 32
"""Period of the picture in pixels; every network's `multiple` divides it."""

CONTROL = 0.25
"""What every conditioning plane holds."""


class Golden(NamedTuple):
    """The bytes of a golden tile, and the largest difference (levels of 255) that a right result may have."""

    data: bytes
    tolerance: int


def draw_period() -> np.ndarray:
    """The input's period: uint8 [SIDE, SIDE, 3], in integers only, so that it is the same everywhere.

    A quarter each: the corners of the RGB cube in blocks; a soft gradient; noise; diagonal stripes.
    """
    y, x, channel = np.indices((SIDE, SIDE, 3))
    half = SIDE // 2
    v, u = y % half, x % half
    corners = 255 * (u // 4 + v // 8 * 4 >> channel & 1)
    gradient = np.choose(channel, [64 + 8 * u, 64 + 8 * v, 248 - 4 * (u + v)])
    noise = scatter((y * SIDE + x) * 3 + channel)
    stripes = 255 * ((u + v) // 4 % 2)
    quarter = y // half * 2 + x // half
    return np.choose(quarter, [corners, gradient, noise, stripes]).astype(np.uint8)


def scatter(numbers: np.ndarray) -> np.ndarray:
    """0..255 without a pattern, for int64 numbers under 2^31: two rounds of multiplicative hashing."""
    mixed = numbers * 2654435761 % 2**32
    mixed ^= mixed >> 15
    return mixed * 1664525 % 2**32 >> 24


def render(run: Runtime, period: np.ndarray, card: dict) -> np.ndarray:
    """One period of a network's result on a periodic picture: float [SIDE * scale, SIDE * scale, planes], 0..1.

    `period`: uint8 [SIDE, SIDE, 3]. `card` states scale, halo, multiple and controls.
    """
    scale, multiple = card["scale"], card["multiple"]
    margin = ceil(card["halo"] / multiple) * multiple
    places = np.arange(-margin, SIDE + margin) % SIDE
    picture = torch.from_numpy(period[places][:, places]).permute(2, 0, 1).double() / 255
    controls = torch.full((len(card["controls"]), *picture.shape[1:]), CONTROL)
    inner = slice(margin * scale, (margin + SIDE) * scale)
    with torch.no_grad():
        result = run(torch.cat([picture, controls])[None])[0, :, inner, inner]
    return result.clamp(0, 1).permute(1, 2, 0).numpy()


def to_levels(result: np.ndarray) -> np.ndarray:
    """0..1 as uint8; a half rounds up."""
    return np.floor(result * 255 + 0.5).astype(np.uint8)


def make_golden(data: bytes, card: dict) -> Golden:
    """The golden tile of an .onnx file: its own weights, computed in float64.

    The tolerance of a file that computes in float32 is one level: only the last rounding may differ. Of a
    half-precision file it is twice the worst difference that partial sums in half make here, in whole
    levels, and at least two: a GPU adds in another order, or rounds each product, too.
    """
    period = draw_period()
    runtime = Runtime(data, torch.float64, "none")
    exact = render(runtime, period, card)
    tolerance = 1
    if runtime.half:
        rounded = render(Runtime(data, rounding="sums"), period, card)
        tolerance = 2 * max(1, ceil(255 * np.abs(rounded - exact).max()))
    return Golden(period.tobytes() + to_levels(exact).tobytes(), tolerance)
