"""Quality measures, against values worked out by hand."""

import numpy as np
import pytest

from training.benchmarks import Benchmark, Sample, do_nothing
from training.metrics import gradient_energy, luma, psnr


def test_luma_of_black_white_and_the_primaries():
    colours = np.array([[[0, 0, 0], [255, 255, 255], [255, 0, 0], [0, 255, 0], [0, 0, 255]]], np.uint8)
    np.testing.assert_allclose(luma(colours), [[16, 235, 81.481, 144.553, 40.966]], atol=1e-9)


def test_psnr_of_known_errors():
    black = np.zeros((4, 4), np.uint8)
    assert psnr(black, black) == float("inf")
    assert psnr(black, black + 255) == pytest.approx(0)
    assert psnr(black, black + 1) == pytest.approx(48.1308, abs=1e-4)


BENCHMARK = Benchmark("test", [], scale=2, on_luma=True, border=2)


def test_a_score_leaves_out_the_border_only():
    truth = np.full((12, 12, 3), 100, np.uint8)
    edge, middle = truth.copy(), truth.copy()
    edge[:2] = 0
    middle[2] = 0
    sample = Sample(truth[::2, ::2] / np.float32(255), truth)
    assert BENCHMARK.score(edge, sample) == float("inf")
    assert BENCHMARK.score(middle, sample) < 30


def test_a_gray_photo_is_measured_on_its_own_range():
    high = np.repeat(np.arange(144, dtype=np.uint8).reshape(12, 12, 1), 3, axis=2)
    sample = Sample(high[::2, ::2] / np.float32(255), high, gray=True)
    assert BENCHMARK.score(high, sample) == float("inf")
    assert BENCHMARK.score(high + 1, sample) == pytest.approx(48.1308, abs=1e-4)


def test_doing_nothing_keeps_constants_sizes_and_noise():
    flat = Sample(np.full((5, 7, 3), 200 / 255, np.float32), np.zeros((20, 28, 3), np.uint8))
    np.testing.assert_array_equal(do_nothing(flat, 4), np.full((20, 28, 3), 200, np.uint8))
    loud = Sample(np.full((2, 2, 3), 1.5, np.float32), np.full((2, 2, 3), 255, np.uint8))
    assert Benchmark("noise", [loud]).baseline() == pytest.approx(20 * np.log10(2), abs=1e-4)


def test_equal_pictures_count_as_100_db():
    same = np.full((4, 4, 3), 9, np.uint8)
    assert Benchmark("same", [Sample(same / np.float32(255), same)]).baseline() > 99


def test_gradient_energy_is_in_luma_both_ways():
    stripes = np.zeros((8, 8, 3), np.uint8)
    stripes[:, ::2] = 255  # 219 levels of luma, along rows only
    assert gradient_energy(stripes) == pytest.approx(219**2)
    assert gradient_energy(stripes.transpose(1, 0, 2)) == pytest.approx(219**2)
    assert gradient_energy(np.full((4, 4, 3), 77, np.uint8)) == 0
