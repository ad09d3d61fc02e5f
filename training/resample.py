"""Bicubic resampling as the super-resolution literature defines it (MATLAB's imresize).

The kernel is Keys' cubic with a = -0.5 (Keys 1981, "Cubic convolution interpolation for digital
image processing"); when reducing, it is widened by the reduction factor, so it low-passes first.
"""

import numpy as np


def cubic(x: np.ndarray) -> np.ndarray:
    """Keys' cubic convolution kernel, a = -0.5, at distances `x` in samples."""
    x = np.abs(x)
    near = (1.5 * x - 2.5) * x * x + 1
    far = ((-0.5 * x + 2.5) * x - 4) * x + 2
    return np.where(x <= 1, near, np.where(x < 2, far, 0.0))


def weights(length: int, out_length: int) -> tuple[np.ndarray, np.ndarray]:
    """Taps of a resampling from `length` to `out_length` samples.

    Returns (index, weight), both [out_length, taps]; indices are reflected at the borders and the
    weights of each output sample sum to 1.
    """
    scale = out_length / length
    stretch = max(1.0, 1 / scale)
    centre = (np.arange(out_length) + 0.5) / scale - 0.5
    taps = int(np.ceil(4 * stretch)) + 2
    index = np.floor(centre - 2 * stretch).astype(int)[:, None] + np.arange(taps)
    weight = cubic((centre[:, None] - index) / stretch)
    weight /= weight.sum(1, keepdims=True)
    period = 2 * length
    index = index % period
    return np.where(index < length, index, period - 1 - index), weight


def resize(image: np.ndarray, height: int, width: int) -> np.ndarray:
    """Resizes [h, w, c] to [height, width, c], float32, unclamped. Rows first, as MATLAB does."""
    out = image.astype(np.float32)
    for axis, size in ((0, height), (1, width)):
        index, weight = weights(out.shape[axis], size)
        moved = np.moveaxis(out, axis, 0)
        acc = np.zeros((size,) + moved.shape[1:], np.float32)
        shape = (-1,) + (1,) * (moved.ndim - 1)
        for tap in range(index.shape[1]):
            if np.any(weight[:, tap]):
                acc += moved[index[:, tap]] * weight[:, tap].astype(np.float32).reshape(shape)
        out = np.moveaxis(acc, 0, axis)
    return out


def reduce(image: np.ndarray, scale: int) -> np.ndarray:
    """The low-resolution half of a training pair: uint8 [h, w, c] -> uint8 [h/scale, w/scale, c].

    `h` and `w` must divide by `scale`.
    """
    height, width = image.shape[:2]
    if height % scale or width % scale:
        raise ValueError(f"{width}x{height} does not divide by {scale}")
    small = resize(image, height // scale, width // scale)
    return np.clip(np.round(small), 0, 255).astype(np.uint8)
