"""The bicubic resampling: its mathematics, and an independent implementation of it."""

import numpy as np
import pytest
from PIL import Image

from training.resample import cubic, reduce, resize, weights

SIZES = [(12, 24), (24, 12), (24, 6), (7, 21), (20, 13), (5, 5), (1, 4), (4, 1)]


def noise(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 256, (height, width, 3), dtype=np.uint8)


@pytest.mark.parametrize("length, out_length", SIZES)
def test_weights_sum_to_one_and_stay_inside(length: int, out_length: int):
    index, weight = weights(length, out_length)
    assert index.min() >= 0 and index.max() < length
    np.testing.assert_allclose(weight.sum(1), 1, atol=1e-12)


def test_kernel_interpolates_and_is_even():
    np.testing.assert_allclose(cubic(np.array([0, 1, -1, 2, 3])), [1, 0, 0, 0, 0], atol=1e-12)
    assert cubic(np.array(0.5)) == cubic(np.array(-0.5)) == pytest.approx(0.5625)


@pytest.mark.parametrize("size", [(24, 30), (6, 5), (48, 61)])
def test_a_constant_stays_constant(size: tuple[int, int]):
    flat = np.full((12, 10, 3), 77, np.uint8)
    np.testing.assert_allclose(resize(flat, *size), 77, atol=1e-4)


def test_the_same_size_changes_nothing():
    image = noise(9, 11)
    np.testing.assert_allclose(resize(image, 9, 11), image, atol=1e-4)


def test_a_ramp_is_enlarged_to_a_ramp():
    ramp = np.tile(np.arange(20.0)[:, None, None], (1, 8, 1))
    inner = resize(ramp, 40, 8)[6:-6, 0, 0]
    np.testing.assert_allclose(np.diff(inner), 0.5, atol=1e-5)


@pytest.mark.parametrize("height, width", [(24, 32), (96, 128), (36, 50)])
def test_agrees_with_pillow_away_from_the_borders(height: int, width: int):
    """Pillow's BICUBIC is Keys' a = -0.5, widened when reducing; its borders are cut, not reflected."""
    image = noise(48, 64)[..., :1]
    plane = Image.fromarray(image[..., 0].astype(np.float32), "F")
    other = np.asarray(plane.resize((width, height), Image.BICUBIC))
    inner = (slice(5, -5), slice(5, -5))
    np.testing.assert_allclose(resize(image, height, width)[..., 0][inner], other[inner], atol=1e-3)


def test_borders_are_reflected_with_the_edge_repeated():
    image = noise(8, 8)
    padded = np.pad(image, ((8, 8), (8, 8), (0, 0)), mode="symmetric")
    np.testing.assert_allclose(resize(image, 4, 16), resize(padded, 12, 48)[4:8, 16:32], atol=1e-3)


def test_reduce_rounds_to_8_bit_and_refuses_a_remainder():
    assert reduce(noise(12, 8), 4).shape == (3, 2, 3) and reduce(noise(12, 8), 4).dtype == np.uint8
    with pytest.raises(ValueError, match="9x12 does not divide by 2"):
        reduce(noise(12, 9), 2)
