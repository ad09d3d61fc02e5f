"""Weight-only int8 and half precision: bounds, channels, and what does not fit."""

import numpy as np
import pytest

from training.quantize import quantize_int8, to_half

PLAIN = np.ones(1)


def kernel(outputs: int = 6, inputs: int = 5) -> np.ndarray:
    """Channels of very different size, as trained nets have them."""
    rng = np.random.default_rng(2)
    sizes = np.logspace(-3, 1, outputs).reshape(-1, 1, 1, 1)
    return (rng.normal(0, 1, (outputs, inputs, 3, 3)) * sizes).astype(np.float32)


def test_without_clipping_the_error_is_half_a_step_of_each_channel():
    original = kernel()
    small = quantize_int8(original, ratios=PLAIN)
    steps = np.abs(original).max((1, 2, 3)) / 127
    np.testing.assert_allclose(small.scales, steps, rtol=1e-6)
    assert (np.abs(small.restore() - original).max((1, 2, 3)) <= steps * 0.5001).all()


def test_clipping_is_chosen_only_where_it_helps():
    original = kernel()
    original[0, 0, 0, 0] = 6 * np.abs(original[0]).max()

    def error(ratios) -> np.ndarray:
        small = quantize_int8(original, None, *ratios)
        return ((small.restore() - original) ** 2).sum((1, 2, 3))

    assert (error([]) <= error([PLAIN]) * (1 + 1e-6)).all()
    assert error([]).sum() < error([PLAIN]).sum()


def test_values_are_symmetric_int8_and_scales_float32():
    small = quantize_int8(kernel())
    assert small.values.dtype == np.int8 and small.values.min() >= -127
    assert small.scales.dtype == np.float32 and small.scales.shape == (6,)


def test_a_channel_of_zeros_stays_zero_and_does_not_disturb_the_others():
    original = kernel()
    alone = quantize_int8(original)
    original[3] = 0
    small = quantize_int8(original)
    assert not small.restore()[3].any() and np.isfinite(small.scales).all()
    np.testing.assert_array_equal(np.delete(small.values, 3, 0), np.delete(alone.values, 3, 0))


def test_with_what_a_kernel_sees_its_sums_err_less_though_its_weights_err_more():
    rng, original = np.random.default_rng(0), kernel()
    seen = rng.normal(1, 1, (3, 45)).T @ rng.normal(0, 1, (3, 4000)) + rng.normal(0.5, 0.2, (45, 4000))
    nearest, compensated = (quantize_int8(original, moment) for moment in (None, seen @ seen.T / 4000))

    def errors(small) -> tuple[np.ndarray, np.ndarray]:
        off = (small.restore() - original).reshape(6, -1).astype(np.float64)
        return (off**2).mean(1), ((off @ seen) ** 2).mean(1)

    np.testing.assert_array_equal(nearest.scales, compensated.scales)
    assert (errors(compensated)[0] > errors(nearest)[0]).all()
    gains = errors(nearest)[1] / errors(compensated)[1]
    assert gains.min() > 1 and np.median(gains) > 8


def test_what_a_kernel_never_sees_is_rounded_to_the_nearest():
    original = kernel()
    np.testing.assert_array_equal(
        quantize_int8(original, np.zeros((45, 45))).values, quantize_int8(original).values
    )


def test_half_precision_rounds_or_refuses():
    assert to_half(np.array([0.1, 65504.0])).dtype == np.float16
    for bad in (1e5, np.nan, np.inf):
        with pytest.raises(ValueError, match="does not fit half precision"):
            to_half(np.array([bad]))
