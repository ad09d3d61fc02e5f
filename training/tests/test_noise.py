"""Noise: its statistics, measured."""

import numpy as np
import pytest

from training import colour, degrade, noise

from .drawn import QUIET, flat, neighbour_correlation, photo, rng


@pytest.mark.parametrize("sigma", [5 / 255, 25 / 255, 55 / 255])
def test_gaussian_noise_has_its_sigma_and_is_independent(sigma: float):
    added = noise.add_gaussian(flat(0.5), sigma, rng()) - 0.5
    assert added.std() == pytest.approx(sigma, rel=0.03) and abs(added.mean()) < sigma / 50
    channels = np.corrcoef(added.reshape(-1, 3).T)
    assert np.abs(channels - np.eye(3)).max() < 0.02
    assert abs(neighbour_correlation(added[..., 0])) < 0.02


def test_the_variance_of_sensor_noise_is_shot_times_light_plus_read():
    shot, read = 6e-3, 4e-4
    light = np.linspace(0, 1, 6)
    variances = [noise.sensor_noise(flat(v), shot, read, rng(7)).var() for v in light]
    slope, offset = np.polyfit(light, variances, 1)
    assert slope == pytest.approx(shot, rel=0.03) and offset == pytest.approx(read, rel=0.05)
    np.testing.assert_allclose(variances, shot * light + read, rtol=0.03)


def test_camera_noise_is_linear_light_seen_through_the_tone_curve():
    """Small noise grows by the slope of the curve."""
    shot, read, value = 1e-4, 1e-6, np.float64(0.6)
    noisy = noise.add_camera(flat(value), shot, read, 0, rng())
    light = colour.display_to_sensor(value)
    slope = (colour.sensor_to_display(light + 1e-5) - colour.sensor_to_display(light - 1e-5)) / 2e-5
    assert (noisy - value).std() == pytest.approx(slope * np.sqrt(shot * light + read), rel=0.03)


def test_read_noise_follows_shot_noise_as_in_brooks():
    generator = rng()
    logs = [np.log(noise.read_from_shot(1e-3, generator)) for _ in range(4000)]
    assert np.mean(logs) == pytest.approx(2.18 * np.log(1e-3) + 1.20, abs=0.02)
    assert np.std(logs) == pytest.approx(0.26, rel=0.05)


@pytest.mark.parametrize("sigma", [0.5, 1.0, 1.5])
def test_chroma_noise_is_correlated_over_its_blur_and_luma_is_not(sigma: float):
    white = noise.add_gaussian(flat(0), 0.1, rng())
    blurred = noise.blur_chroma(white, sigma)
    np.testing.assert_allclose(blurred @ noise.LUMA, white @ noise.LUMA, **QUIET)
    chroma = blurred[..., 0] - blurred @ noise.LUMA
    tap = np.exp(-0.5 * (np.arange(-9, 10) / sigma) ** 2)
    expected = (tap[1:] * tap[:-1]).sum() / (tap * tap).sum()
    assert neighbour_correlation(chroma) == pytest.approx(expected, abs=0.03)
    assert abs(neighbour_correlation(blurred @ noise.LUMA)) < 0.02


def test_the_sigma_plane_tells_the_noise_that_was_added():
    kinds, sigmas = set(), []
    for seed in range(60):
        noisy, sigma = degrade.degrade_noise(flat(0.5, 64), rng(seed), clamp=False)
        added = noisy - 0.5
        kinds.add(abs(np.corrcoef(added[..., 0].ravel(), added[..., 1].ravel())[0, 1]) > 0.1)
        assert added.std() == pytest.approx(sigma, rel=0.05, abs=1e-4)
        sigmas.append(sigma)
    assert kinds == {True, False} and max(sigmas) <= 0.35 and min(sigmas) < 0.02 and max(sigmas) > 0.18


@pytest.mark.parametrize("sigma", [0.8, 1.2])
def test_grain_is_as_strong_as_the_noise_and_hangs_together(sigma: float):
    white = rng().standard_normal((128, 128, 3), np.float32)
    grain = noise.blur_grain(white, sigma)
    assert grain.std() == pytest.approx(white.std(), rel=1e-3)
    assert neighbour_correlation(grain[..., 0]) == pytest.approx(np.exp(-1 / (4 * sigma**2)), abs=0.1)


@pytest.mark.parametrize("chroma", [0.02, 0.07])
def test_coloured_grain_has_its_strength_its_size_and_no_luma(chroma: float):
    sizes = []
    for seed in range(40):
        added = noise.add_colour_grain(flat(0.5, 64), 0, chroma, rng(seed)) - 0.5
        red = added[..., 0] / 1.402
        assert red.std() == pytest.approx(chroma, rel=0.2)
        assert np.abs(added @ np.array([0.299, 0.587, 0.114])).max() < 1e-3
        sizes.append(neighbour_correlation(red))
    assert min(sizes) < 0.5 and max(sizes) > 0.9
    np.testing.assert_array_equal(noise.add_colour_grain(photo(), 0, 0, rng()), photo())
