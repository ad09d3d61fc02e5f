"""Noise: white Gaussian, and a camera's. Images are float32 [h, w, 3], 0..1; results are not clamped."""

import numpy as np
from scipy.ndimage import gaussian_filter

from .colour import display_to_sensor, sensor_to_display

SHOT_RANGE = (1e-4, 1.2e-2)
"""Shot noise: variance per unit of linear light (Brooks et al. 2019)."""

LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
"""Luminance of linear RGB (BT.709)."""


def add_gaussian(image: np.ndarray, sigma: float, rng: np.random.Generator) -> np.ndarray:
    """White Gaussian noise of `sigma` (in units of full range), independent for each pixel and channel."""
    return image + np.float32(sigma) * rng.standard_normal(image.shape, np.float32)


def read_from_shot(shot: float, rng: np.random.Generator) -> float:
    """A read-noise variance that real cameras have with this shot noise.

    Brooks et al. 2019, section 3.1: log read ~ N(2.18 log shot + 1.20, 0.26).
    """
    return float(np.exp(2.18 * np.log(shot) + 1.20 + 0.26 * rng.standard_normal()))


def sensor_noise(light: np.ndarray, shot: float, read: float, rng: np.random.Generator) -> np.ndarray:
    """Noise of a sensor that saw `light` (linear, 0..1): zero mean, variance shot * light + read.

    The Gaussian approximation of Poisson-Gaussian noise (Foi et al. 2008; Brooks et al. 2019).
    """
    return np.sqrt(shot * light + read, dtype=np.float32) * rng.standard_normal(light.shape, np.float32)


def blur_chroma(noise: np.ndarray, sigma: float) -> np.ndarray:
    """Blurs what is not luminance by a Gaussian of `sigma` pixels, as demosaicing and cameras' denoisers do.

    The luminance of the noise, pixel by pixel, stays as it is.
    """
    luma = noise @ LUMA
    chroma = gaussian_filter(noise - luma[..., None], (sigma, sigma, 0), mode="reflect")
    return chroma + luma[..., None]


def add_camera(
    image: np.ndarray, shot: float, read: float, chroma_sigma: float, rng: np.random.Generator
) -> np.ndarray:
    """Sensor noise in linear light, its chroma blurred by `chroma_sigma` pixels, then the tone curve.

    Written as a difference, so that no noise is exactly no change.
    """
    light = display_to_sensor(image)
    noise = blur_chroma(sensor_noise(light, shot, read, rng), chroma_sigma)
    return image + (sensor_to_display(light + noise) - sensor_to_display(light))


def add_random_camera(
    image: np.ndarray,
    rng: np.random.Generator,
    strength: float = 1.0,
    shots: tuple[float, float] = SHOT_RANGE,
) -> np.ndarray:
    """Camera noise with shot log-uniform in `shots`, read from shot, chroma blurred 0.5-1.5 pixels.

    `strength` multiplies the amplitude (0: no noise).
    """
    shot = float(np.exp(rng.uniform(*np.log(shots))))
    read = read_from_shot(shot, rng)
    return add_camera(image, shot * strength**2, read * strength**2, rng.uniform(0.5, 1.5), rng)
