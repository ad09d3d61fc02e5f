"""Chains of damage: their shares, their geometry, and that none of anything is nothing."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training import blur, degrade, noise
from training.tiles import CAPTION, save_sheet

from .drawn import QUIET, flat, photo, rng


@pytest.mark.parametrize("method", degrade.METHODS)
def test_resizing_keeps_constants_place_and_range(method: str):
    np.testing.assert_allclose(degrade.resize(flat(0.4, 20), 13, 27, method), 0.4, **QUIET)
    ramp = np.tile(np.linspace(0, 1, 40, dtype=np.float32)[:, None, None], (1, 30, 3))
    for height in (16, 20, 52):
        out = degrade.resize(ramp, height, 30, method)
        expected = ((np.arange(height) + 0.5) * 40 / height - 0.5) / 39
        np.testing.assert_allclose(out[3:-3, 5, 1], expected[3:-3], atol=0.01)
    spiky = (rng().random((40, 40, 3)) > 0.5).astype(np.float32)
    out = degrade.resize(spiky, 52, 52, method)
    assert out.min() >= 0 and out.max() <= 1 and out.dtype == np.float32


def test_area_reduction_keeps_the_mean():
    image = rng().random((60, 80, 3), np.float32)
    out = degrade.resize(image, 24, 32, "area")
    np.testing.assert_allclose(out.mean((0, 1)), image.mean((0, 1)), atol=1e-5)
    halved = degrade.resize(image, 30, 40, "area")
    np.testing.assert_allclose(halved, image.reshape(30, 2, 40, 2, 3).mean((1, 3)), **QUIET)


@pytest.mark.parametrize("seed", range(10))
def test_nothing_of_anything_is_the_identity(seed: int):
    image = photo()
    np.testing.assert_array_equal(noise.add_gaussian(image, 0, rng(seed)), image)
    np.testing.assert_array_equal(noise.add_camera(image, 0, 0, 1, rng(seed)), image)
    np.testing.assert_array_equal(blur.blur_light(image, np.ones((1, 1), np.float32), 4), image)
    for method in degrade.METHODS:
        np.testing.assert_array_equal(degrade.resize(image, *image.shape[:2], method), image)
    noisy, sigma = degrade.degrade_noise(image, rng(seed), strength=0)
    np.testing.assert_array_equal(noisy, image)
    assert sigma == 0
    np.testing.assert_array_equal(degrade.degrade_blur(image, rng(seed), strength=0), image)


@pytest.mark.parametrize("seed", range(8))
def test_chains_keep_shape_range_and_place_and_repeat_for_a_seed(seed: int):
    image = photo(64, 72)
    chains = {
        "noise": lambda r: degrade.degrade_noise(image, r)[0],
        "jpeg": lambda r: degrade.degrade_jpeg(image, r)[0],
        "blur": lambda r: degrade.degrade_blur(image, r),
        "x1": lambda r: degrade.degrade_real(image, 1, r),
        "x2": lambda r: degrade.degrade_real(image, 2, r),
        "crisp": lambda r: degrade.degrade_crisp(image, 2, r),
    }
    before = image.copy()
    for name, chain in chains.items():
        out = chain(rng(seed))
        assert out.shape == ((32, 36, 3) if name in ("x2", "crisp") else image.shape) and out.dtype == np.float32
        assert out.min() >= 0 and out.max() <= 1 and not np.array_equal(out, image)
        np.testing.assert_array_equal(out, chain(rng(seed)))
        clean = degrade.resize(image, *out.shape[:2], "area")
        assert np.corrcoef(out.ravel(), clean.ravel())[0, 1] > 0.6
    np.testing.assert_array_equal(image, before)


@pytest.mark.parametrize("chain", [degrade.degrade_real, degrade.degrade_crisp])
def test_the_chains_that_reduce_move_nothing(chain):
    """Over many draws, the centroid of a blob stays in the middle of the smaller picture."""
    blob = flat(0.1, 96)
    blob[36:60, 36:60] = 0.8
    total = sum(chain(blob, 2, rng(seed)).mean(2) - 0.1 for seed in range(40)) / 40
    place = np.arange(48) - 23.5
    for axis in (0, 1):
        assert abs((total.sum(axis) * place).sum() / total.sum()) < 0.3


def test_the_real_chain_leaves_some_pictures_clean_and_refuses_a_remainder():
    image = photo()
    clean = np.clip(degrade.resize_cubic(image, 32, 36), 0, 1)
    errors = [np.abs(degrade.degrade_real(image, 2, rng(seed)) - clean).max() for seed in range(100)]
    assert 0.04 < np.mean(np.array(errors) < 1e-6) < 0.25
    with pytest.raises(ValueError, match="72x64 does not divide by 5"):
        degrade.degrade_real(image, 5, rng())


def test_the_crisp_chain_is_wider_and_refuses_a_remainder():
    """More noise and softer pictures than the real one, on the average."""
    image = photo(96, 96)
    clean = degrade.resize(image, 48, 48, "area")
    errors = {
        chain: np.array([np.sqrt(np.mean((chain(image, 2, rng(seed)) - clean) ** 2)) for seed in range(100)])
        for chain in (degrade.degrade_real, degrade.degrade_crisp)
    }
    real, crisp = errors.values()
    assert np.mean(crisp) > 1.1 * np.mean(real) and np.min(crisp) < 0.01
    with pytest.raises(ValueError, match="72x64 does not divide by 5"):
        for seed in range(20):
            degrade.degrade_crisp(photo(), 5, rng(seed))


def test_wide_noise_is_mostly_weak_and_never_strong():
    gray = flat(0.5, 64)
    sigmas = [float(np.std(degrade.wide_noise(gray, rng(seed)) - gray)) for seed in range(200)]
    assert 0.01 < np.median(sigmas) < 0.05 and max(sigmas) < 35 / 255


def test_a_sheet_holds_every_degradation(tmp_path: Path):
    tiles = degrade.samples(photo(), rng())
    save_sheet(tmp_path / "sheet.png", tiles)
    rows = -(-len(tiles) // 4)
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.size == (4 * (72 + 4), rows * (64 + CAPTION + 4))
    assert all(tile.shape == (64, 72, 3) for tile in tiles.values())


def test_clean_damage_has_its_shares_and_true_planes(monkeypatch: pytest.MonkeyPatch):
    image, kinds = photo(64, 64), {"nothing": 0, "noise": 0, "jpeg": 0, "photographed": 0}
    photographed: list[bool] = []
    made = degrade.degrade_photographed
    monkeypatch.setattr(degrade, "degrade_photographed", lambda *rest: photographed.append(True) or made(*rest))
    generator = rng()
    for _ in range(400):
        photographed.clear()
        damaged, sigma, compression = degrade.degrade_clean(image, generator)
        assert damaged.shape == image.shape and 0 <= compression < 1
        if photographed:
            kinds["photographed"] += 1
            continue
        kind = "jpeg" if compression else ("noise" if sigma else "nothing")
        kinds[kind] += 1
        error = float(np.sqrt(np.mean((damaged - image) ** 2)))
        if kind == "nothing":
            np.testing.assert_array_equal(damaged, image)
        if kind == "noise":  # camera noise in one patch varies, clamping takes some away
            assert error == pytest.approx(sigma, rel=0.25, abs=2e-3)
    shares = {kind: count / 400 for kind, count in kinds.items()}
    assert shares == pytest.approx({"nothing": 0.04, "noise": 0.23, "jpeg": 0.23, "photographed": 0.5}, abs=0.07)


def test_the_noise_plane_of_a_photo_holds_the_noise_that_is_left_to_see(monkeypatch: pytest.MonkeyPatch):
    """On a flat picture, where JPEG alone does nothing, that is all there is to see."""
    gray = flat(0.5, 64)
    saved: list[int] = []
    made = degrade.jpeg
    monkeypatch.setattr(degrade, "jpeg", lambda image, *rest: saved.append(rest[0]) or made(image, *rest))
    told = {True: [], False: []}
    for seed in range(150):
        saved.clear()
        seen, sigma, compression = degrade.degrade_photographed(gray, rng(seed))
        assert float(np.sqrt(np.mean((seen - 0.5) ** 2))) == pytest.approx(sigma, rel=0.02, abs=1 / 255)
        quality = saved[-1] if len(saved) > 1 else 100  # twice: the noisy one, and the picture itself
        assert compression in (0, degrade.jpeg_damage(quality))
        if quality < 100:
            told[quality > degrade.HARMLESS].append(bool(compression))
    assert all(told[False]) and 0.2 < np.mean(told[True]) < 0.8


def test_noise_that_was_halved_is_weaker_and_moves_nothing():
    image = photo(64, 64)
    errors = [degrade.halve_noisy(image, rng(seed)) - image for seed in range(60)]
    halved = np.sqrt(np.mean(np.square(errors)))
    whole = np.sqrt(np.mean([np.mean((degrade.photo_noise(image, rng(seed)) - image) ** 2) for seed in range(60)]))
    assert 0.2 < halved / whole < 1.1 and np.abs(np.mean(errors)) < 0.01


def test_a_night_is_darker_and_in_order():
    ramp = np.linspace(0, 1, 64, dtype=np.float32)[:, None, None].repeat(64, 1).repeat(3, 2)
    for seed in range(20):
        dark = degrade.darken(ramp, rng(seed))
        assert dark.dtype == np.float32 and dark.min() == 0 and 0.2 < dark.max() < 0.67
        assert (np.diff(dark[:, 0, 0]) > 0).all()


@pytest.mark.parametrize("quality, damage", [(100, 0.0), (75, 0.25), (10, 0.9)])
def test_the_jpeg_plane_holds_what_is_missing_to_quality_100(quality: int, damage: float):
    assert degrade.jpeg_damage(quality) == pytest.approx(damage)
