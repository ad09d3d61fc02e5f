"""What the app and training rely on when a photo's shake is looked for and taken back."""

import numpy as np
import pytest

from training import blur, shake
from training.metrics import psnr
from training.synth import dead_leaves


@pytest.fixture(scope="module")
def scene() -> np.ndarray:
    """A sharp picture full of edges, float32 [256, 256, 3]."""
    return dead_leaves(256, np.random.default_rng(4))


@pytest.fixture(scope="module")
def bend() -> np.ndarray:
    """A hand's shake: 14 pixels to the right and 7 down, slower at the end."""
    steps = np.linspace(0, 1, 200)
    return blur.path_kernel(14 * steps + 7j * steps**3, 1 + steps)


def rounded(image: np.ndarray) -> np.ndarray:
    return np.round(image * 255).astype(np.float32) / 255


def score(image: np.ndarray, truth: np.ndarray) -> float:
    return psnr(*(np.clip(each[16:-16, 16:-16] * 255, 0, 255) for each in (image, truth)))


def test_a_shake_is_found_and_taken_back(scene: np.ndarray, bend: np.ndarray):
    shaken = rounded(blur.blur_light(scene, bend))
    kernel = shake.find_shake(shaken)
    assert kernel.dtype == np.float32 and kernel.sum() == pytest.approx(1, abs=1e-5)
    side = max(len(kernel), len(bend))
    assert shake.correlate(shake.fit(kernel, side), shake.fit(bend, side)) > 0.9
    assert score(shake.deconvolve(shaken, kernel), scene) > score(shaken, scene) + 3


def test_where_there_is_no_one_shake_none_is_found(scene: np.ndarray, bend: np.ndarray):
    shaken = rounded(blur.blur_light(scene, bend))
    other = rounded(blur.blur_light(scene, blur.linear_kernel(15, 2.2)))
    quarters = np.block([[[shaken[:128, :128]], [other[:128, 128:]]], [[other[128:, :128]], [shaken[128:, 128:]]]])
    assert shake.find_shake(quarters) is None, "two shakes"
    assert shake.find_shake(scene) is None, "sharp"
    assert shake.find_shake(rounded(blur.blur_light(scene, blur.disk_kernel(4)))) is None, "out of focus"
    assert shake.find_shake(shaken[:100]) is None, "too small"
    assert shake.find_shake(np.full((256, 256, 3), 0.5, np.float32)) is None, "nothing to see"


def test_deconvolution_keeps_size_range_and_what_has_no_detail(scene: np.ndarray, bend: np.ndarray):
    smooth = blur.blur_light(scene, blur.gaussian_kernel(6, 6, 0))
    np.testing.assert_allclose(shake.deconvolve(smooth, np.ones((1, 1), np.float32)), smooth, atol=2 / 255)
    sharp = shake.deconvolve(scene[:90, :71], bend)
    assert sharp.shape == (90, 71, 3) and sharp.dtype == np.float32
    assert sharp.min() >= 0 and sharp.max() <= 1


def test_kernels_are_compared_wherever_they_lie(bend: np.ndarray):
    wide = shake.fit(bend, 31)
    assert shake.compare(wide, shake.moved(wide, (2, -3)))[0] == pytest.approx(1, abs=1e-6)
    assert shake.compare(wide, shake.fit(blur.linear_kernel(15, 2.2), 31))[0] < 0.6


def test_an_enlarged_kernel_does_to_a_large_picture_what_the_kernel_does_to_a_small_one(bend: np.ndarray):
    large = shake.enlarge(bend)
    assert large.sum() == pytest.approx(1, abs=1e-5)
    assert blur.spread(large) == pytest.approx(2 * blur.spread(bend), rel=0.05)
    np.testing.assert_allclose(shake.fit(large, len(large)), large, atol=1e-7)


@pytest.mark.parametrize("seed", range(4))
def test_a_misjudged_kernel_is_a_kernel_like_the_true_one(bend: np.ndarray, seed: int):
    guess = shake.misjudge(bend, np.random.default_rng(seed))
    assert guess.sum() == pytest.approx(1, abs=1e-5) and guess.min() >= 0
    alike = shake.compare(shake.fit(guess, 31), shake.fit(bend, 31))[0]
    assert 0.85 < alike < 1
