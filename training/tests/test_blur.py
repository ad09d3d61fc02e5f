"""Kernels of blur, and what they do to light."""

import numpy as np
import pytest

from training import blur, colour

from .drawn import QUIET, flat, photo, rng

KERNELS = {
    "round": blur.gaussian_kernel(1.7, 1.7, 0),
    "oval": blur.gaussian_kernel(2, 0.3, 1),
    "narrow": blur.gaussian_kernel(0.2, 0.2, 0),
    "sinc": blur.sinc_kernel(np.pi / 3),
    "small disk": blur.disk_kernel(0.6),
    "disk": blur.disk_kernel(4),
    "no disk": blur.disk_kernel(0),
    "line": blur.linear_kernel(15, 0.3),
    "level line": blur.linear_kernel(3, 0),
    "no line": blur.linear_kernel(0, 0.3),
    "far from the middle": blur.centred(np.pad(np.ones((3, 5)), ((4, 0), (0, 9)))),
    **{f"shake {seed}": blur.random_shake_kernel(np.random.default_rng(seed)) for seed in range(12)},
}


@pytest.mark.parametrize("name", KERNELS)
def test_kernels_sum_to_one_and_are_centred(name: str):
    kernel = KERNELS[name]
    assert kernel.dtype == np.float32 and kernel.shape[0] == kernel.shape[1] and kernel.shape[0] % 2 == 1
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    place = np.arange(len(kernel)) - len(kernel) // 2
    assert abs(kernel.sum(1) @ place) < 0.01 and abs(kernel.sum(0) @ place) < 0.01
    assert name == "sinc" or kernel.min() >= 0


def test_centring_moves_a_kernel_and_changes_nothing_else():
    shape = rng().random((5, 7))
    moved = blur.centred(np.pad(shape, ((6, 0), (3, 4))))
    np.testing.assert_allclose(moved, blur.centred(shape), atol=1e-6)
    symmetric = blur.disk_kernel(3)
    np.testing.assert_allclose(blur.centred(symmetric), symmetric, atol=1e-6)


def test_kernels_have_the_size_asked_for():
    def spread(kernel: np.ndarray, axis: int) -> float:
        place = np.arange(len(kernel)) - len(kernel) // 2
        return float(np.sqrt(kernel.sum(1 - axis) @ place**2))

    assert spread(blur.gaussian_kernel(2, 2, 0), 0) == pytest.approx(2, rel=0.03)
    assert spread(blur.gaussian_kernel(2, 1, 0), 1) == pytest.approx(2, rel=0.03)
    assert spread(blur.gaussian_kernel(2, 1, np.pi / 2), 0) == pytest.approx(2, rel=0.03)
    assert spread(blur.disk_kernel(4), 0) == pytest.approx(4 / 2, rel=0.03)
    assert spread(blur.linear_kernel(12, 0), 1) == pytest.approx(12 / np.sqrt(12), rel=0.03)
    assert spread(blur.linear_kernel(12, 0), 0) < 1e-6
    np.testing.assert_allclose(blur.disk_kernel(4).sum() / blur.disk_kernel(4).max(), np.pi * 16, rtol=0.01)


def test_a_sinc_passes_what_is_below_its_cutoff_only():
    response = np.abs(np.fft.rfft(blur.sinc_kernel(np.pi / 2, 20).sum(0), 256))
    frequency = np.linspace(0, np.pi, 129)
    assert np.abs(response[frequency < 0.4 * np.pi] - 1).max() < 0.1
    assert response[frequency > 0.6 * np.pi].max() < 0.1


def test_a_trajectory_has_its_length_and_anxiety_bends_it():
    calm, nervous = (blur.trajectory(20, anxiety, rng(3)) for anxiety in (0, 5e-3))
    for path in (calm, nervous):
        assert np.abs(np.diff(path)).sum() == pytest.approx(20)
    assert abs(calm[-1] - calm[0]) == pytest.approx(20)
    ends = [abs(np.diff(blur.trajectory(20, 5e-3, rng(seed))[[0, -1]])[0]) for seed in range(20)]
    assert np.mean(ends) < 17


def test_a_point_keeps_its_linear_energy_and_gamma_blur_would_not():
    point = flat(0, 33)
    point[16, 16] = 0.9
    kernel = blur.disk_kernel(3)
    blurred = blur.blur_light(point, kernel)
    energy = colour.srgb_to_linear(blurred).sum() / colour.srgb_to_linear(point).sum()
    assert energy == pytest.approx(1, abs=1e-3)
    assert blurred[16, 16, 0] > 2 * blur.blur(point, kernel)[16, 16, 0]


def test_clipped_highlights_are_brighter_than_white_and_clip_again():
    lamp = flat(0.1, 33)
    lamp[14:19, 14:19] = 1
    kernel = blur.disk_kernel(3)
    plain, bright = (blur.blur_light(lamp, kernel, headroom) for headroom in (1, 4))
    assert plain[16, 16, 0] < 0.95 and bright[16, 16, 0] > 0.999 and bright.max() <= 1
    dim = flat(0.1, 33)
    np.testing.assert_allclose(blur.blur_light(dim, kernel, 4), dim, **QUIET)


def test_blur_reflects_at_the_border_and_turns_the_kernel_as_convolution_does():
    np.testing.assert_allclose(blur.blur(flat(0.3, 12), blur.disk_kernel(4)), 0.3, atol=1e-6)
    kernel = np.zeros((3, 3), np.float32)
    kernel[0, 0] = 1
    image = photo()
    np.testing.assert_allclose(blur.blur(image, kernel)[:-1, :-1], image[1:, 1:], **QUIET)
