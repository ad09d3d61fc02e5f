"""Transfer functions of sRGB."""

import numpy as np

from training import colour

from .drawn import QUIET


def test_transfer_functions_are_the_standard_and_invert_each_other():
    values = np.linspace(0, 1, 4097, dtype=np.float32)
    np.testing.assert_allclose(colour.srgb_to_linear(np.array([0.0, 0.5, 1.0])), [0, 0.2140411, 1], atol=1e-6)
    np.testing.assert_allclose(colour.linear_to_srgb(colour.srgb_to_linear(values)), values, **QUIET)
    np.testing.assert_allclose(colour.srgb_to_linear(colour.linear_to_srgb(values)), values, **QUIET)
    np.testing.assert_allclose(colour.sensor_to_display(colour.display_to_sensor(values)), values, atol=1e-5)
    assert colour.srgb_to_linear(values).dtype == colour.linear_to_srgb(values).dtype == np.float32
