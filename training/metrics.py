"""Image quality measures, as the benchmarks define them."""

import numpy as np


def luma(rgb: np.ndarray) -> np.ndarray:
    """Y of ITU-R BT.601 in studio range (16..235), from RGB in 0..255, [h, w, 3] -> [h, w]."""
    return 16 + rgb.astype(np.float64) @ np.array([65.481, 128.553, 24.966]) / 255


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    """Peak signal-to-noise ratio in dB, peak 255. Infinite for equal images."""
    error = np.mean((a.astype(np.float64) - b.astype(np.float64)) ** 2)
    return float("inf") if error == 0 else 10 * float(np.log10(255**2 / error))


def gradient_energy(rgb: np.ndarray) -> float:
    """How much a picture [h, w, 3], 0..255, varies from pixel to pixel: mean squared forward differences of luma.

    The sum of those down and those to the right.
    """
    y = luma(rgb)
    return float(sum(np.mean(np.diff(y, axis=axis) ** 2) for axis in (0, 1)))
