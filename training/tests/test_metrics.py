"""Quality measures, against values worked out by hand."""

import numpy as np
import pytest

from training.evaluate import Sample, bicubic, score
from training.metrics import luma, psnr, upscale_psnr


def test_luma_of_black_white_and_the_primaries():
    colours = np.array([[[0, 0, 0], [255, 255, 255], [255, 0, 0], [0, 255, 0], [0, 0, 255]]], np.uint8)
    np.testing.assert_allclose(luma(colours), [[16, 235, 81.481, 144.553, 40.966]], atol=1e-9)


def test_psnr_of_known_errors():
    black = np.zeros((4, 4), np.uint8)
    assert psnr(black, black) == float("inf")
    assert psnr(black, black + 255) == pytest.approx(0)
    assert psnr(black, black + 1) == pytest.approx(48.1308, abs=1e-4)


def test_upscale_psnr_leaves_out_the_border_only():
    truth = np.full((12, 12, 3), 100, np.uint8)
    edge, middle = truth.copy(), truth.copy()
    edge[:2] = 0
    middle[2] = 0
    assert upscale_psnr(edge, truth, 2) == float("inf")
    assert upscale_psnr(middle, truth, 2) < 30


def test_a_gray_photo_is_measured_on_its_own_range():
    high = np.repeat(np.arange(144, dtype=np.uint8).reshape(12, 12, 1), 3, axis=2)
    sample = Sample(low=high[::2, ::2], high=high, gray=True)
    assert score(high, sample, 2) == float("inf")
    assert score(high + 1, sample, 2) == pytest.approx(48.1308, abs=1e-4)


def test_the_bicubic_baseline_has_the_right_size_and_keeps_constants():
    flat = np.full((5, 7, 3), 200, np.uint8)
    np.testing.assert_array_equal(bicubic(4)(flat), np.full((20, 28, 3), 200, np.uint8))
