"""Grey photos and their colours: what the network sees, what it is to say, and what it is blamed for."""

import numpy as np
import pytest
import torch

from training.colouring import ColouredPatches, is_sure, look, mirrored, shrink, to_colours, to_gray, to_oklab, to_planes, to_spread
from training.data import Pictures
from training.losses import colouring_loss
from training.scores import Colouring, Sample, Share, SureColouring


def test_oklab_of_known_colours():
    """Ottosson's own: white has no colour; red is (0.628, 0.225, 0.126)."""
    white, red = to_oklab(np.array([[[1.0, 1, 1], [1, 0, 0]]]))[0]
    np.testing.assert_allclose(white, [1, 0, 0], atol=1e-3)
    np.testing.assert_allclose(red, [0.628, 0.2249, 0.1258], atol=1e-3)


def test_a_grey_is_as_light_as_the_colour_was():
    grays = np.linspace(0, 1, 11, dtype=np.float32)
    np.testing.assert_allclose(to_gray(to_oklab(np.repeat(grays[None, :, None], 3, 2))[0, :, 0]), grays, atol=1e-4)


def test_planes_hold_colours_and_are_cut_at_their_span():
    colours = np.array([[[0.1, -0.2], [0.5, 0]]], np.float32)
    back = to_colours(to_planes(colours))
    np.testing.assert_allclose(back[0], [[0.1, -0.2], [0.32, 0]], atol=1e-6)
    np.testing.assert_allclose(to_spread(np.array([[[0, 0, 0.0], [0, 0, 1]]])), [[0.005, 0.3]])


def test_what_is_beside_a_photo_is_its_mirror_image_as_often_as_it_takes():
    rng = np.random.default_rng(0)
    for length, side in ((5, 40), (40, 8), (1, 6)):
        for _ in range(50):
            places = mirrored(length, side, rng)
            assert len(places) == side and places.min() >= 0 and places.max() < length
            assert np.abs(np.diff(places)).max(initial=0) <= 1


def test_the_network_sees_where_a_place_lies():
    seen = look(np.full((4, 8), 0.5, np.float32), np.arange(4), np.arange(8))
    assert seen.shape == (4, 8, 3) and (seen[..., 0] == 0.5).all()
    np.testing.assert_allclose(seen[0, :, 1], seen[0, ::-1, 1])
    assert seen[0, 0, 1] == 0.875 and list(seen[:, 0, 2]) == [0.125, 0.375, 0.625, 0.875]


def test_patches_are_grey_above_each_other_and_have_the_photo_s_colours():
    photo = np.zeros((300, 200, 3), np.uint8)
    photo[:240] = [60, 120, 220]
    photo[240:] = [90, 150, 60]
    patches = ColouredPatches(Pictures([photo]), 96, seed=1)
    low, high = patches.batch(16)
    assert low.shape == high.shape == (16, 3, 96, 96)
    colours = to_colours(high.permute(0, 2, 3, 1).numpy())
    sky = low[:, 2].numpy() < 0.3
    assert sky.any() and np.median(colours[sky][:, 1]) < -0.05
    assert float(low.min()) >= 0 and float(low.max()) <= 1 and bool(torch.isfinite(low).all())
    assert shrink(photo, 64).shape == (64, 43, 3)


def planes(a: float, b: float, spread: float, side: int = 4) -> torch.Tensor:
    third = np.log(spread / 0.005) / np.log(60)
    return torch.tensor([0.5 + a / 0.64, 0.5 + b / 0.64, third]).reshape(1, 3, 1, 1).repeat(1, 1, side, side)


def test_a_wrong_colour_is_dear_and_dearer_if_it_was_sure():
    truth, settings = planes(0.05, 0.05, 0.005), {"plain": 1.0}

    def loss(a: float, b: float, spread: float) -> float:
        return float(colouring_loss(planes(a, b, spread), truth, truth, settings))

    assert loss(0.05, 0.05, 0.01) < loss(0.05, 0.05, 0.1) < loss(-0.05, -0.05, 0.1) < loss(-0.05, -0.05, 0.01)


def test_scores_count_what_is_off_beside_grey_and_where_it_is_sure():
    truth = np.round(255 * to_planes(np.full((2, 2, 2), 0.1, np.float32))).astype(np.uint8)
    sample = Sample(np.zeros((2, 2, 3), np.float32), truth)
    said = truth.copy()
    said[0, :, :2] = 128
    said[..., 2] = 0
    assert Colouring("error", [sample]).baseline() == pytest.approx(1, abs=0.01)
    assert Colouring("error", [sample]).measure(lambda _: said) == pytest.approx(0.5, abs=0.02)
    assert SureColouring("sure", [sample]).measure(lambda _: said) == 0
    assert Share("sure %", [sample]).measure(lambda _: said) == 50
    assert is_sure(said / 255).tolist() == [[False, False], [True, True]]
