"""Smaller weights: int8 per output channel, and half precision. Only weights are touched."""

from dataclasses import dataclass

import numpy as np

LEVELS = 127
"""Largest magnitude of a quantized weight; -128 is unused, so that the range is symmetric."""

RATIOS = np.linspace(1.0, 0.6, 41)
"""Clipping ratios tried, as a part of each channel's largest magnitude. The first clips nothing."""

DAMPING = 0.01
"""Part of the mean square of what a kernel sees that is added to each: what the pictures happen not to hold."""


@dataclass(frozen=True)
class Int8Kernel:
    """A kernel as int8 `values` [out, in, 3, 3] times float32 `scales` [out]."""

    values: np.ndarray
    scales: np.ndarray

    def restore(self) -> np.ndarray:
        """What a runtime computes from it: float32 [out, in, 3, 3]."""
        return self.values.astype(np.float32) * self.scales.reshape(-1, 1, 1, 1)


def quantize_int8(
    kernel: np.ndarray, moment: np.ndarray | None = None, ratios: np.ndarray = RATIOS
) -> Int8Kernel:
    """Symmetric weight-only int8, one scale per output channel.

    For each channel the scale is the one of `ratios * max|w| / 127` with the least squared error:
    clipping a lone large weight may buy finer steps for all the others. With the ratio 1 among
    `ratios` a channel is never worse than with plain max scaling.

    `kernel`: float [out, in, 3, 3]; a channel of zeros gets the scale 1. `moment`: the mean of x x^T of what
    the kernel sees, [in * 9, in * 9]; with it the rounding errors make up for each other (`compensate`),
    without it each weight is rounded to the nearest.
    """
    flat = kernel.reshape(len(kernel), -1).astype(np.float64)
    peak = np.abs(flat).max(1)
    peak[peak == 0] = LEVELS
    scales = (ratios[:, None] * peak / LEVELS).astype(np.float32)  # [ratios, out]
    levels = np.clip(np.round(flat / scales[..., None]), -LEVELS, LEVELS)  # [ratios, out, in*9]
    error = ((levels * scales[..., None] - flat) ** 2).sum(2)
    best = error.argmin(0), np.arange(len(flat))
    chosen = levels[best] if moment is None else compensate(flat, scales[best].astype(np.float64), moment)
    return Int8Kernel(chosen.astype(np.int8).reshape(kernel.shape), scales[best])


def compensate(weights: np.ndarray, scales: np.ndarray, moment: np.ndarray) -> np.ndarray:
    """Levels [out, n] of `weights` [out, n], so that the sums they make of x err least, not they themselves.

    Frantar et al. 2022, "GPTQ", on `moment` [n, n], the mean of x x^T: one column after the other is rounded,
    and those still to come are moved by what undoes most of the error. Everything float64.
    """
    rest, levels = weights.copy(), np.empty_like(weights)
    curved = moment + DAMPING * np.eye(len(moment)) * max(np.trace(moment) / len(moment), np.finfo(np.float32).tiny)
    undo = np.linalg.cholesky(np.linalg.inv(curved)).T
    for column, row in enumerate(undo):
        levels[:, column] = np.clip(np.round(rest[:, column] / scales), -LEVELS, LEVELS)
        error = rest[:, column] - levels[:, column] * scales
        rest[:, column:] -= np.outer(error / row[column], row[column:])
    return levels


def to_half(array: np.ndarray) -> np.ndarray:
    """float16 of any shape, rounded to nearest. Refuses what half precision cannot hold (65504)."""
    peak = np.abs(array).max(initial=0)
    if not peak <= np.finfo(np.float16).max:
        raise ValueError(f"a weight of {peak} does not fit half precision")
    return array.astype(np.float16)
