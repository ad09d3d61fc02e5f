"""Blur: kernels, and blurring in linear light.

A kernel is float32 [n, n], n odd, its sum 1 and its centroid the middle: it moves nothing.
"""

import numpy as np
from scipy.signal import convolve2d, fftconvolve
from scipy.special import j1

from .colour import linear_to_srgb, srgb_to_linear

CLIPPED = 0.95
"""A display value from which a photo may have clipped a brighter light, 1 being the most likely."""


def grid(reach: int) -> tuple[np.ndarray, np.ndarray]:
    """(y, x) of the taps of a kernel of `reach` pixels to each side: [n, 1] and [1, n], n = 2 * reach + 1."""
    steps = np.arange(-reach, reach + 1, dtype=np.float64)
    return steps[:, None], steps[None, :]


def normalise(kernel: np.ndarray) -> np.ndarray:
    """The kernel scaled to sum 1, as float32."""
    return (kernel / kernel.sum()).astype(np.float32)


def gaussian_kernel(along: float, across: float, angle: float) -> np.ndarray:
    """A Gaussian with standard deviations `along` and `across` (pixels, > 0) an axis at `angle` (radians)."""
    y, x = grid(max(1, int(np.ceil(3 * max(along, across)))))
    u, v = x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)
    return normalise(np.exp(-0.5 * ((u / along) ** 2 + (v / across) ** 2)))


def sinc_kernel(cutoff: float, reach: int = 10) -> np.ndarray:
    """An ideal circular low-pass at `cutoff` (radians per pixel, pi/3..pi), cut at `reach`: it rings.

    Wang et al. 2021, "Real-ESRGAN", equation 6.
    """
    y, x = grid(reach)
    radius = np.hypot(y, x)
    radius[reach, reach] = 1
    kernel = cutoff * j1(cutoff * radius) / (2 * np.pi * radius)
    kernel[reach, reach] = cutoff**2 / (4 * np.pi)
    return normalise(kernel)


def disk_kernel(radius: float) -> np.ndarray:
    """Defocus: a disk of `radius` pixels (0: no blur), anti-aliased by the area of each tap inside it."""
    fine = 16
    reach = int(np.ceil(radius - 0.5)) if radius > 0.5 else 0
    steps = (np.arange((2 * reach + 1) * fine) + 0.5) / fine - reach - 0.5
    inside = (steps[:, None] ** 2 + steps**2 <= radius**2).reshape(2 * reach + 1, fine, -1, fine)
    return normalise(inside.sum((1, 3)) if radius > 0.5 else np.ones((1, 1)))


def path_kernel(path: np.ndarray, weights: np.ndarray | float = 1.0) -> np.ndarray:
    """A kernel that spends `weights` (equal time) at each point of `path` (complex [n], x + iy, pixels), bilinearly.

    The path is moved so that its mean, and so the kernel's centroid, is the middle.
    """
    path = path - np.average(path, weights=np.broadcast_to(weights, path.shape))
    reach = int(np.ceil(max(np.abs(path.real).max(), np.abs(path.imag).max()) - 1e-9))
    side = 2 * reach + 1
    kernel = np.zeros((side + 1, side + 1))
    column, row = np.floor(path.real).astype(int), np.floor(path.imag).astype(int)
    right, down = path.real - column, path.imag - row
    for dy, dx in ((0, 0), (0, 1), (1, 0), (1, 1)):
        share = (down if dy else 1 - down) * (right if dx else 1 - right)
        np.add.at(kernel, (row + reach + dy, column + reach + dx), weights * share)
    return normalise(kernel[:side, :side])


def centred(taps: np.ndarray) -> np.ndarray:
    """A kernel of the taps [h, w] (>= 0), moved so that its centroid is the middle."""
    y, x = np.nonzero(taps)
    return path_kernel(x + 1j * y, taps[y, x])


def spread(kernel: np.ndarray) -> float:
    """Standard deviation of a centred kernel along an axis, in pixels, the mean of both axes."""
    y, x = grid(len(kernel) // 2)
    return float(np.sqrt((kernel * (y**2 + x**2)).sum() / 2))


def linear_kernel(length: float, angle: float) -> np.ndarray:
    """Straight motion over `length` pixels (0: no blur) in the direction `angle` (radians)."""
    return path_kernel(np.linspace(-0.5, 0.5, 257) * length * np.exp(1j * angle))


def trajectory(length: float, anxiety: float, rng: np.random.Generator, steps: int = 1000) -> np.ndarray:
    """The path of a shaken camera: complex [steps], x + iy, `length` pixels long.

    Boracchi & Foi 2012, "Modeling the Performance of Image Restoration from Motion Blur", section V: a
    particle of constant speed, pushed by a random force, pulled back by inertia, and now and then
    thrown around by a big shake. `anxiety` 0 (a straight line) .. 0.005 (nervous).
    """
    pull, shakes, force = 0.7 * rng.random(), 0.2 * rng.random(), 10 * rng.random()
    pushes = force * (rng.standard_normal(steps) + 1j * rng.standard_normal(steps))
    shaken = rng.random(steps) < shakes * anxiety
    turns = np.exp(1j * (np.pi + rng.uniform(-0.5, 0.5, steps)))
    speed = length / (steps - 1)
    velocity = speed * np.exp(2j * np.pi * rng.random())
    path = np.zeros(steps, complex)
    for step in range(steps - 1):
        if shaken[step]:
            velocity += 2 * velocity * turns[step]
        velocity += anxiety * (pushes[step] - pull * path[step]) * speed
        velocity *= speed / abs(velocity) if velocity else 1
        path[step + 1] = path[step] + velocity
    return path


def blur(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Convolves float32 [h, w, c] with a kernel; borders reflected with the edge repeated. Same shape."""
    reach = len(kernel) // 2
    padded = np.pad(image, ((reach, reach), (reach, reach), (0, 0)), mode="symmetric")
    return fftconvolve(padded, kernel[..., None], mode="valid", axes=(0, 1)).astype(np.float32)


def blur_light(image: np.ndarray, kernel: np.ndarray, headroom: float = 1.0) -> np.ndarray:
    """Blurs display values [h, w, 3], 0..1, in LINEAR light, and clips: what a lens or a moving camera does.

    Pixels whose brightest channel the photo has clipped are taken to be up to `headroom` (>= 1) times as
    bright, so a lamp stays white when it smears. A kernel of one tap changes nothing, bit for bit.
    """
    if kernel.size == 1:
        return image
    clipped = np.clip((image.max(2, keepdims=True) - CLIPPED) / (1 - CLIPPED), 0, 1)
    light = srgb_to_linear(image) * (1 + np.float32(headroom - 1) * clipped)
    return linear_to_srgb(np.clip(blur(light, kernel), 0, 1))


def ring(image: np.ndarray, cutoff: float) -> np.ndarray:
    """A sinc low-pass of display values, clamped: the halos of software, which knows no linear light.

    In linear light its negative lobes would draw black lines around every lamp.
    """
    return np.clip(blur(image, sinc_kernel(cutoff)), 0, 1)


def blur_mildly(image: np.ndarray, rng: np.random.Generator, largest: float = 2.0) -> np.ndarray:
    """A lens's mild blur: Gaussian, sigma 0.2..`largest` pixels, round or oval; one time in ten a sinc."""
    along, across = rng.uniform(0.2, largest, 2)
    angle, kind = rng.uniform(0, np.pi), rng.random()
    if kind < 0.1:
        return ring(image, rng.uniform(np.pi / 3, np.pi))
    return blur_light(image, gaussian_kernel(along, along if kind < 0.6 else across, angle))


def random_shake_kernel(rng: np.random.Generator, strength: float = 1.0) -> np.ndarray:
    """A trajectory of 5-32 px (half), straight motion of 3-15 px (a fifth) or defocus of 0.5-4 px (the rest).

    Half of them through a soft lens: a Gaussian of sigma 0.3-1 px. `strength` multiplies lengths, radii and
    sigma (0: the kernel of one tap).
    """
    kind, angle = rng.random(), rng.uniform(0, np.pi)
    if kind < 0.5:
        anxiety = np.exp(rng.uniform(*np.log((1e-4, 5e-3))))
        kernel = path_kernel(trajectory(strength * rng.uniform(5, 32), anxiety, rng))
    elif kind < 0.7:
        kernel = linear_kernel(strength * rng.uniform(3, 15), angle)
    else:
        kernel = disk_kernel(strength * rng.uniform(0.5, 4))
    if strength == 0 or rng.random() < 0.5:
        return kernel
    sigma = strength * rng.uniform(0.3, 1)
    return normalise(convolve2d(kernel, gaussian_kernel(sigma, sigma, 0)))
