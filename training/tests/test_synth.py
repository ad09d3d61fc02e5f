"""Synthetic pictures: the laws they follow, and that they repeat for a seed."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training import synth
from training.lettering import text_mask
from training.tiles import save_sheet


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_radii_follow_the_power_law_between_their_limits():
    radii = synth.sample_radii(200_000, 4, 200, rng())
    assert radii.min() >= 4 and radii.max() <= 200
    edges = np.geomspace(4, 64, 13)
    density = np.histogram(radii, edges)[0] / np.diff(edges)
    slope = np.polyfit(np.log(np.sqrt(edges[1:] * edges[:-1])), np.log(density), 1)[0]
    assert slope == pytest.approx(-3, abs=0.05)


@pytest.mark.parametrize("slope", [0.5, 1.0, 2.5])
def test_the_spectrum_of_a_texture_falls_with_its_slope(slope: float):
    field = synth.texture(256, slope, rng(1))
    assert field.shape == (256, 256) and field.dtype == np.float32
    assert abs(field.mean()) < 1e-5 and field.std() == pytest.approx(1, abs=1e-4)
    amplitude = np.abs(np.fft.rfft2(field.astype(float)))[1:128, 1:128]
    frequency = np.hypot(*np.mgrid[1:128, 1:128])
    edges = np.geomspace(4, 120, 10)
    rings = [(frequency >= low) & (frequency < high) for low, high in zip(edges, edges[1:])]
    means = [(np.log(frequency[ring]).mean(), np.log(amplitude[ring]).mean()) for ring in rings]
    assert np.polyfit(*np.transpose(means), 1)[0] == pytest.approx(-slope, abs=0.1)


@pytest.mark.parametrize("draw", [synth.dead_leaves, synth.rendered_text])
@pytest.mark.parametrize("seed", range(4))
def test_pictures_are_in_range_lively_and_repeat(draw, seed: int):
    picture = draw(96, rng(seed))
    assert picture.shape == (96, 96, 3) and picture.dtype == np.float32
    assert picture.min() >= 0 and picture.max() <= 1
    assert picture.std((0, 1)).max() > 0.04
    blocks = picture.reshape(4, 24, 4, 24, 3).std((1, 3)).max(2)
    assert np.mean(blocks > 0.02) > 0.7  # no large empty regions
    np.testing.assert_array_equal(picture, draw(96, rng(seed)))
    assert not np.array_equal(picture, draw(96, rng(seed + 100)))


def test_colours_come_from_the_photos():
    photo = np.zeros((8, 8, 3), np.uint8)
    photo[..., 2] = 200
    picture = synth.dead_leaves(64, rng(2), synth.palette_of(photo, rng()))
    assert picture[..., 2].mean() > picture[..., 0].mean() + 0.4


def test_text_is_one_in_twenty(monkeypatch: pytest.MonkeyPatch):
    drawn: list[str] = []
    for name in ("dead_leaves", "rendered_text"):
        blank = lambda size, *rest, name=name: drawn.append(name) or np.zeros((size, size, 3))  # noqa: E731
        monkeypatch.setattr(synth, name, blank)
    for seed in range(4000):
        synth.render(seed, 2, synth.PALETTE)
    assert drawn.count("rendered_text") / 4000 == pytest.approx(0.05, abs=0.012)


def test_a_stock_is_rendered_once_and_grows(tmp_path: Path):
    blue = np.zeros((8, 8, 3), np.uint8)
    blue[..., 2] = 200
    path = tmp_path / "stock.npy"
    two = synth.load_stock(path, 2, [blue], size=32)
    assert two.shape == (2, 32, 32, 3) and two.dtype == np.uint8
    assert two[..., 2].mean() > two[..., 0].mean() + 100
    written = path.stat().st_mtime_ns
    np.testing.assert_array_equal(synth.load_stock(path, 1, [blue], size=32), two[:1])
    assert path.stat().st_mtime_ns == written
    np.testing.assert_array_equal(synth.load_stock(path, 3, [blue], size=32)[:2], two)


def test_a_leaf_in_perspective_is_where_it_should_be():
    leaf = synth.Leaf(centre=(40, 50), radius=20, angle=0, aspect=0.5, tilt=(0, 0))
    u, v = leaf.coordinates(np.array([40.0, 50.0]), np.array([70.0, 50.0]))
    np.testing.assert_allclose((u, v), [[1, 0], [0, 1]], atol=1e-12)
    tilted = synth.Leaf(centre=(40, 50), radius=20, angle=0, aspect=1, tilt=(0.3, 0))
    near, far = (tilted.coordinates(np.array(40.0), np.array(x))[0] for x in (30.0, 70.0))
    assert -near > 1 > far > 0


def test_bars_have_their_share_their_number_and_soft_edges():
    position = np.linspace(-1, 1, 4000, endpoint=False)
    bars = synth.wave(position, 10, 0.3, 2000)
    assert bars.mean() == pytest.approx(0.3, abs=0.01)
    assert np.count_nonzero(np.diff((bars > 0.5).astype(int)) == 1) + (bars[0] > 0.5) in (10, 11)
    assert ((bars > 0) & (bars < 1)).any()


def test_each_shape_covers_its_middle_and_not_its_outside():
    u = np.array([0.0, 2.0])
    for shape in synth.SHAPES.values():
        np.testing.assert_array_equal(synth.coverage(shape(u, 0 * u, rng()), 20), [1, 0])
    assert synth.coverage(np.array(1.0), 20) == 0.5


def test_ink_is_a_fair_part_of_a_page():
    for seed in range(4):
        mask = text_mask(192, rng(seed))
        assert mask.shape == (192, 192) and 0.05 < mask.mean() < 0.6
        assert np.mean((mask < 0.1) | (mask > 0.9)) > 0.6


def test_a_sheet_of_synthetic_pictures_is_written(tmp_path: Path):
    tiles = {"leaves": synth.dead_leaves(32, rng()), "text": synth.rendered_text(32, rng())}
    save_sheet(tmp_path / "sheet.png", tiles)
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.width > 64
