"""Transfer functions: display values (sRGB), linear light, and a camera's tone curve."""

import numpy as np


def srgb_to_linear(image: np.ndarray) -> np.ndarray:
    """Display values -> linear light, same shape and dtype, exact (IEC 61966-2-1). Unclamped."""
    power = ((np.maximum(image, 0) + 0.055) / 1.055) ** 2.4
    return np.where(image <= 0.04045, image / 12.92, power).astype(image.dtype)


def linear_to_srgb(light: np.ndarray) -> np.ndarray:
    """Linear light -> display values: the inverse of `srgb_to_linear`. Unclamped."""
    power = 1.055 * np.maximum(light, 0) ** (1 / 2.4) - 0.055
    return np.where(light <= 0.0031308, light * 12.92, power).astype(light.dtype)


def display_to_sensor(image: np.ndarray) -> np.ndarray:
    """Display values in 0..1 -> the light a sensor saw, 0..1: tone curve and gamma undone.

    Brooks et al. 2019, "Unprocessing Images for Learned Raw Denoising", section 3: the curve is
    smoothstep, 3x^2 - 2x^3, applied after gamma.
    """
    curve = 0.5 - np.sin(np.arcsin(np.clip(1 - 2 * image, -1, 1)) / 3)
    return srgb_to_linear(np.clip(curve, 0, 1))


def sensor_to_display(light: np.ndarray) -> np.ndarray:
    """Sensor light, clamped to 0..1 -> display values: the inverse of `display_to_sensor`."""
    curve = linear_to_srgb(np.clip(light, 0, 1))
    return curve * curve * (3 - 2 * curve)
