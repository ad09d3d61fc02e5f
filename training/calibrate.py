"""What the convolutions of a network see, measured on pictures that are drawn: what rounding its kernels needs to know.

The same on every machine but for the last bits of float64, so that exporting equal weights gives equal files.
"""

from functools import cache

import numpy as np
import torch

from .runtime import Geometry, Runtime
from .synth import dead_leaves

PICTURES, SIDE = 8, 160
LOUDEST = (0.2, 0.9)
"""Largest values of the control planes: sigma of the noise, and what is missing to JPEG quality 100."""


@cache
def draw_inputs(controls: int, seed: int = 0) -> torch.Tensor:
    """Dead leaves; one in two noisy for a network with control planes: float64 [PICTURES, 3 + controls, SIDE, SIDE].

    The planes of a picture hold what is done to it, or what is not: how much the network then does matters here,
    not whether it is right to.
    """
    rng, inputs = np.random.default_rng(seed), []
    for number in range(PICTURES):
        planes = np.zeros((SIDE, SIDE, 3 + controls))
        planes[..., :3] = dead_leaves(SIDE, rng) / 255
        if controls:
            which = number % controls
            planes[..., 3 + which] = value = rng.uniform(0, LOUDEST[which])
            if which == 0:
                planes[..., :3] += rng.normal(0, value, (SIDE, SIDE, 3))
        inputs.append(planes.transpose(2, 0, 1))
    return torch.from_numpy(np.stack(inputs))


def measure_moments(plain: bytes, net: Geometry) -> dict[str, np.ndarray]:
    """Second moments of the inputs of each convolution, by its name: the mean of x x^T, float64 [in * 9, in * 9].

    x: what one output pixel is made of, in the order of a kernel's weights. `plain`: the network's fp32 file.
    """
    run, moments = Runtime(plain, torch.float64), {}
    for image in draw_inputs(net.controls).split(1):
        for name, taps in run.taps(image):
            moments[name] = moments.get(name, 0) + (taps @ taps.T).numpy() / taps.shape[1] / PICTURES
    return moments
