"""The pool of what a teacher makes: made, cut off, gone on with, refused, trained from."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from training import pool
from training.losses import gradient_l1, taught_loss
from training.pool import CROP, SIDE, PooledPatches, claim, make_pool, make_shard, pool_settings, with_tone_of
from training.resample import reduce
from training.tests.test_teachers import write_teachers
from training.train import train

DATA = {"pool": "test", "damage": "crisp", "crops": 4, "seed": 1, "synthetic": 0.0}


@pytest.fixture
def pools(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Tiny teachers, one photo that is large enough, shards of two crops; gives the folder of pools."""
    write_teachers(tmp_path / "teachers", monkeypatch)
    small = Image.fromarray(np.random.default_rng(0).integers(0, 256, (40, 50, 3), np.uint8))
    small.resize((500, 400), Image.BICUBIC).save(data / "train" / "large.png")
    monkeypatch.setattr(pool, "PER_SHARD", 2)
    monkeypatch.setenv("ENLARGER_POOLS", str(tmp_path / "pools"))
    pool.load_pictures.cache_clear()
    return tmp_path / "pools"


def fake_pool(folder: Path, crops: int = 3) -> np.ndarray:
    """A pool of one shard of noise, with its settings."""
    claim(folder, pool_settings(DATA))
    shard = np.zeros(crops, CROP)
    shard["taught4"] = np.random.default_rng(0).integers(0, 256, shard["taught4"].shape, np.uint8)
    for crop in shard:
        crop["taught2"], crop["low"] = reduce(crop["taught4"], 2), crop["taught4"][::4, ::4]
    np.save(folder / "000.npy", shard)
    return shard


def test_a_pool_is_made_once_and_goes_on_where_it_was_cut_off(pools: Path, capsys: pytest.CaptureFixture):
    make_pool("test", DATA, jobs=1)
    paths = sorted((pools / "pool-test").glob("*.npy"))
    first, second = (path.read_bytes() for path in paths)
    assert [path.name for path in paths] == ["000.npy", "001.npy"] and first != second
    crops = np.load(paths[0])
    assert crops.dtype == CROP and all(crops[name].std() > 1 for name in CROP.names)
    paths[1].unlink()
    before = paths[0].stat().st_mtime_ns
    make_pool("test", DATA, jobs=1)
    assert "1 of 2 shards there" in capsys.readouterr().out
    assert paths[1].read_bytes() == second and paths[0].stat().st_mtime_ns == before


def test_the_parts_of_a_crop_show_the_same_place(pools: Path):
    pools.mkdir()
    make_shard(0, pools, DATA)
    for crop in np.load(pools / "000.npy"):
        half = reduce(crop["taught4"], 2)[4:-4, 4:-4].astype(int)
        assert np.abs(half - crop["taught2"][4:-4, 4:-4]).max() <= 1
        low, truth = crop["low"].astype(float), reduce(crop["truth"], 4).astype(float)
        assert np.corrcoef(low.ravel(), truth.ravel())[0, 1] > 0.7


def test_synthetic_pictures_are_taught_too(pools: Path):
    pools.mkdir()
    truths = []
    for share in (0.0, 1.0):
        make_shard(0, pools, DATA | {"synthetic": share})
        truths.append(np.load(pools / "000.npy")["truth"])
    assert not np.array_equal(*truths)


def test_a_pool_of_other_settings_is_refused(pools: Path):
    fake_pool(pools / "pool-test")
    other = DATA | {"seed": 2, "synthetic": 0.5}
    for use in (lambda: make_pool("test", other, jobs=1), lambda: PooledPatches("test", other, 2, 8, 0)):
        with pytest.raises(SystemExit, match=r"pool-test was made with other settings \(seed, synthetic\)"):
            use()


def test_more_crops_are_the_same_pool_and_other_damage_is_not(monkeypatch: pytest.MonkeyPatch):
    settings = pool_settings(DATA)
    assert pool_settings(DATA | {"crops": 1000}) == settings
    assert pool_settings(DATA | {"damage": "real"}) != settings
    monkeypatch.setattr(pool, "damage_of", lambda kind, scale: lambda image, rng: (image[::4, ::4], ()))
    assert pool_settings(DATA)["damage"] != settings["damage"]


def test_a_missing_pool_is_named(pools: Path):
    with pytest.raises(SystemExit, match="No pool at .*pool-test: make it with"):
        PooledPatches("test", DATA, 2, 8, 0)
    fake_pool(pools / "pool-test")
    with pytest.raises(SystemExit, match="teaches 2x and 4x, not 3x"):
        PooledPatches("test", DATA, 3, 8, 0)


@pytest.mark.parametrize("scale", [2, 4])
def test_patches_are_aligned_and_new_shards_are_taken_in(scale: int, pools: Path, monkeypatch: pytest.MonkeyPatch):
    shard = fake_pool(pools / "pool-test")
    patches = PooledPatches("test", DATA, scale, 16, 0)
    low, high = patches.batch(6)
    assert low.shape == (6, 3, 16, 16) and high.shape == (6, 3, 16 * scale, 16 * scale)
    if scale == 4:
        for small, large in zip(low, high):
            assert any(torch.equal(small, large[:, y::4, x::4]) for y in (0, 3) for x in (0, 3))  # turned with it
    assert str(patches) == "3 crops"
    np.save(pools / "pool-test" / "001.npy", shard)
    monkeypatch.setattr(PooledPatches, "LOOK_AGAIN", 7)
    patches.batch(1)
    assert str(patches) == "6 crops"


def test_a_network_trains_from_a_pool(recipe: dict, data: Path, pools: Path, workshop: Path, capsys):
    fake_pool(pools / "pool-test")
    recipe["data"] = DATA
    recipe["train"] |= {"loss": "taught", "gradient": 0.3}
    train(recipe, minutes=1, resume=False, device="cpu")
    assert torch.load(workshop / "checkpoints" / "test-x2.pt")["step"] >= 2 and "3 crops" in capsys.readouterr().out


def test_slow_variations_are_the_truths_and_quick_ones_the_teachers():
    rng = np.random.default_rng(0)
    y, x = np.mgrid[:SIDE * 4, :SIDE * 4]
    truth = np.repeat((100 + 50 * np.sin(y / 200) + 20 * np.cos(x / 300))[..., None], 3, 2).round().astype(np.uint8)
    detail = rng.integers(-20, 21, truth.shape)
    shifted = (truth + detail + (-9, 0, 6)).astype(np.uint8)
    mended = with_tone_of(shifted, truth).astype(float) - truth
    assert np.abs(mended.mean((0, 1))).max() < 0.2
    assert np.abs(mended - detail).max() < 3


def test_the_taught_loss_counts_gradients():
    a, b = torch.zeros(1, 1, 4, 4), torch.zeros(1, 1, 4, 4)
    a[..., 2] = 1  # each row steps up and down again, columns are flat
    assert float(gradient_l1(a, b)) == pytest.approx((2 / 3 + 0) / 2) and float(gradient_l1(a, a + 1)) == 0
    plain = taught_loss(a, b, a, {"frequency": 0.0, "gradient": 0.0})
    assert float(taught_loss(a, b, a, {"frequency": 0.0, "gradient": 0.3})) == pytest.approx(float(plain) + 0.1)
