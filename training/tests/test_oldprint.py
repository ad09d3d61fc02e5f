"""Old prints and their damage: what is marked is what was changed, and nothing depends on anything but the seed."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training import benchmarks, strokes
from training.benchmarks import Likeness, Marking, Sample, Unmarked, marked
from training.scores import LIKELY
from training.oldprint import SEEN, UNSEEN, VISIBLE, mark, to_truth
from training.sprites import HELD_OUT, KINDS, load_sprites, paste, sprite_source

SHAPE = (60, 80)


def write_sprites(folder: Path) -> None:
    """Six sprites of each kind, told apart by their width."""
    for kind in KINDS:
        (folder / kind).mkdir(parents=True)
        for number in range(6):
            alpha = np.full((40, 40 + number), 255, np.uint8)
            pixels = np.stack([np.zeros_like(alpha), alpha], 2)
            Image.fromarray(pixels, "LA").save(folder / kind / f"{number}.png")


@pytest.fixture
def sprites(tmp_path: Path) -> Path:
    """A folder of sprites."""
    write_sprites(tmp_path / "damage")
    return tmp_path / "damage"


def photo(seed: int = 0) -> np.ndarray:
    """A smooth picture, float32."""
    small = Image.fromarray(np.random.default_rng(seed).integers(0, 256, (6, 8, 3), dtype=np.uint8))
    return np.asarray(small.resize(SHAPE[::-1], Image.BICUBIC), np.float32) / 255


def test_every_fifth_sprite_is_held_out(sprites: Path):
    trained, held_out = load_sprites(sprites, False), load_sprites(sprites, True)
    for kind in KINDS:
        widths = [[alpha.shape[1] for alpha in every[kind]] for every in (trained, held_out)]
        assert widths == [[41, 42, 43, 44], [40, 40 + HELD_OUT]]


def test_a_folder_without_sprites_is_refused(tmp_path: Path):
    with pytest.raises(SystemExit, match="No sprites of dirt, dots, hair"):
        load_sprites(tmp_path, True)


@pytest.mark.parametrize("kind", KINDS)
def test_a_pasted_sprite_lies_in_the_picture(kind: str):
    alpha, rng = np.full((30, 50), 255, np.uint8), np.random.default_rng(1)
    pasted = [paste(alpha, KINDS[kind], SHAPE, rng) for _ in range(10)]
    assert all(each.shape == SHAPE and each.dtype == np.float32 for each in pasted)
    assert all(0 <= each.min() and each.max() <= 1 for each in pasted)
    assert sum(each.max() > 0.5 for each in pasted) >= 5


@pytest.mark.parametrize("draw", {*strokes.DAMAGE, *strokes.HARMLESS}, ids=lambda draw: draw.__name__)
def test_strokes_are_soft_masks_that_the_seed_decides(draw):
    masks = [draw(SHAPE, np.random.default_rng(seed)) for seed in range(8)]
    for seed, mask in enumerate(masks):
        assert mask.shape == SHAPE and mask.dtype == np.float32
        assert 0 <= mask.min() and mask.max() <= 1 + 1e-6
        np.testing.assert_array_equal(mask, draw(SHAPE, np.random.default_rng(seed)))
    assert sum(mask.max() > 0.15 for mask in masks) >= 4
    assert np.mean([(mask > 0.5).mean() for mask in masks]) < 0.6


def test_what_is_not_damaged_has_no_marks_and_damage_is_marked_where_it_is(sprites: Path):
    source, image = sprite_source(sprites, False), photo()
    found = 0
    for seed in range(12):
        clean, none = mark(image, source, np.random.default_rng(seed), damaged=0.0)
        assert not none.any() and clean.shape == image.shape and 0 <= clean.min() and clean.max() <= 1
        damaged, change = mark(image, source, np.random.default_rng(seed), damaged=1.0)
        again = mark(image, source, np.random.default_rng(seed), damaged=1.0)
        np.testing.assert_array_equal(damaged, again[0])
        np.testing.assert_array_equal(change, again[1])
        assert change.shape == (*SHAPE, 1) and change.min() >= 0
        found += bool((change > SEEN).any())
    assert found >= 8


def test_the_truth_is_in_doubt_between_seen_and_unseen():
    change = np.array([0, UNSEEN * 0.99, VISIBLE, SEEN * 0.99, SEEN * 1.01, 1], np.float32)
    np.testing.assert_array_equal(to_truth(change), [0, 0, 0.5, 0.5, 1, 1])


def sample(truth: list[int]) -> Sample:
    """One row of marks."""
    return Sample(np.zeros((1, len(truth), 3), np.float32), np.array(truth, np.uint8).reshape(1, -1, 1))


def test_marks_are_compared_over_all_photos_together():
    samples = [sample([255, 255, 0, 0]), sample([0, 0, 0, 255])]
    found = {id(samples[0]): [255, LIKELY - 1, LIKELY, 0], id(samples[1]): [0, 0, 0, LIKELY]}

    def enhance(each: Sample) -> np.ndarray:
        return np.array(found[id(each)], np.uint8).reshape(1, -1, 1)

    assert Marking("IoU", samples).measure(enhance) == 2 / 4 and Marking("IoU", samples).baseline() == 0
    assert Unmarked("clean %", samples).measure(enhance) == 100 * 3 / 8
    assert Likeness("mask", samples).measure(lambda each: each.truth) == 100


def test_the_benchmark_takes_held_out_sprites_and_is_the_same_each_time(tmp_path: Path, sprites: Path):
    folder = tmp_path / "dev" / "CID22_val"
    folder.mkdir(parents=True)
    for number in range(2):
        Image.fromarray(np.uint8(photo(number) * 255)).save(folder / f"{number}.png")
    first, again = marked(tmp_path), marked(tmp_path)
    assert [len(each.samples) for each in first] == [2, 1, 1, 2, 2, 2]
    for one, other in zip(first, again):
        for a, b in zip(one.samples, other.samples):
            np.testing.assert_array_equal(a.damaged, b.damaged)
            np.testing.assert_array_equal(a.truth, b.truth)
    assert any(each.truth.any() for each in first[0].samples)
    assert not any(each.truth.any() for each in first[3].samples)
    assert not any(each.samples for each in benchmarks.marked(tmp_path / "nothing"))
