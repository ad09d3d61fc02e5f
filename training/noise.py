"""Noise: white Gaussian, a camera's, and coloured grain. Images are float32 [h, w, 3], 0..1; results are not clamped."""

import numpy as np
from PIL import Image
from scipy.ndimage import gaussian_filter

from .colour import display_to_sensor, sensor_to_display

SHOT_RANGE = (1e-4, 1.2e-2)
"""Shot noise: variance per unit of linear light (Brooks et al. 2019)."""

GRAINS = (0.5, 3.0)
"""Size of colour noise's grain, in pixels: the sigma of a Gaussian, or the pitch of a coarser sensor."""

CHROMA_TO_RGB = np.array([[0, -0.344136, 1.772], [1.402, -0.714136, 0]], np.float32)
"""What Cb and Cr add to R, G and B (JFIF)."""

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


def blur_grain(noise: np.ndarray, sigma: float) -> np.ndarray:
    """Noise [h, w, n] whose grain is a Gaussian of `sigma` pixels, as strong as it was."""
    blurred = gaussian_filter(noise, (sigma, sigma, 0), mode="wrap")
    return blurred * (noise.std() / max(float(blurred.std()), 1e-6))


def enlarge_grain(noise: np.ndarray, pitch: float, kind: Image.Resampling) -> np.ndarray:
    """Noise [h, w, n] of as many pixels `pitch` times as large, resampled by `kind`, as strong as it was."""
    height, width = noise.shape[:2]
    rows, columns = (max(2, round(n / pitch)) for n in (height, width))
    planes = (Image.fromarray(np.ascontiguousarray(noise[:rows, :columns, c])) for c in range(noise.shape[2]))
    enlarged = np.stack([np.asarray(plane.resize((width, height), kind)) for plane in planes], axis=2)
    return enlarged * (noise.std() / max(float(enlarged.std()), 1e-6))


def add_colour_grain(image: np.ndarray, luma: float, chroma: float, rng: np.random.Generator) -> np.ndarray:
    """Noise of a camera that smooths colours: grain of 0.5 to 3 pixels, of sigma `chroma` in Cb and Cr, and luma's.

    A grain is a Gaussian, or pixels of a coarser grid enlarged: half the time each. Luma noise is white or, one time in
    three, has a fine grain (0.4 to 1.2 pixels) as film has it. `luma` and `chroma` in units of full range; no noise is
    exactly no change.
    """
    white = rng.standard_normal((*image.shape[:2], 2), np.float32)
    if rng.random() < 0.5:
        grain = blur_grain(white, float(np.exp(rng.uniform(*np.log(GRAINS)))))
    else:
        kinds = (Image.NEAREST, Image.BILINEAR, Image.BICUBIC)
        grain = enlarge_grain(white, rng.uniform(1, GRAINS[1]), kinds[rng.integers(3)])
    light = rng.standard_normal((*image.shape[:2], 1), np.float32)
    if rng.random() < 1 / 3:
        light = blur_grain(light, rng.uniform(0.4, 1.2))
    return image + np.float32(chroma) * (grain @ CHROMA_TO_RGB) + np.float32(luma) * light
