"""JPEG as the training sees it: tables, grids, qualities."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from training import jpeg, noise

from .drawn import photo, rng

# Annex K of ITU-T T.81, row by row.
LUMA_TABLE = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
]  # fmt: skip
CHROMA_TABLE = [
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99, *[99] * 32,
]  # fmt: skip


@pytest.mark.parametrize("quality", [10, 35, 50, 75, 95])
@pytest.mark.parametrize("subsample", [True, False])
def test_jpeg_files_have_the_standard_tables_and_the_asked_sampling(quality: int, subsample: bool):
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    with Image.open(BytesIO(jpeg.encode_jpeg(photo(), quality, subsample))) as file:
        for number, table in enumerate((LUMA_TABLE, CHROMA_TABLE)):
            expected = [min(255, max(1, (value * scale + 50) // 100)) for value in table]
            assert list(file.quantization[number]) == expected
        sampling = [layer[1:3] for layer in file.layer]
    assert sampling == ([(2, 2), (1, 1), (1, 1)] if subsample else [(1, 1)] * 3)


def grid_phase(image: np.ndarray, axis: int) -> int:
    """Where, modulo 8, the strongest steps between neighbours lie."""
    steps = np.abs(np.diff(image.mean(2), axis=axis)).mean(1 - axis)
    return int(np.argmax([steps[(phase - 1) % 8 :: 8].mean() for phase in range(8)]))


@pytest.mark.parametrize("shift", [(0, 0), (1, 0), (3, 5), (7, 1)])
def test_double_jpeg_moves_the_first_grid(shift: tuple[int, int]):
    image = np.clip(noise.add_gaussian(photo(128, 136), 0.1, rng()), 0, 1)
    twice = jpeg.double_jpeg(image, (4, 100), shift, False)
    assert twice.shape == image.shape
    assert (grid_phase(twice, 0), grid_phase(twice, 1)) == (-shift[0] % 8, -shift[1] % 8)


def test_lower_quality_errs_more_and_kinds_have_their_shares(monkeypatch: pytest.MonkeyPatch):
    image = photo()
    errors = [np.mean((jpeg.jpeg(image, quality, True) - image) ** 2) for quality in (90, 50, 10)]
    assert errors == sorted(errors) and errors[0] > 0
    calls: list[tuple] = []
    for name in ("jpeg", "double_jpeg", "webp"):
        monkeypatch.setattr(jpeg, name, lambda image, *rest, name=name: calls.append((name, *rest)))
    generator = rng()
    for _ in range(4000):
        jpeg.random_jpeg(image, generator)
    names = [call[0] for call in calls]
    assert names.count("webp") / 4000 == pytest.approx(0.1, abs=0.02)
    single = [call for call in calls if call[0] == "jpeg"]
    double = [call for call in calls if call[0] == "double_jpeg"]
    assert len(double) / len(single + double) == pytest.approx(0.3, abs=0.025)
    assert np.mean([call[-1] for call in single + double]) == pytest.approx(0.75, abs=0.025)
    assert {q for call in single for q in call[1:2]} == set(range(10, 96))
    assert {s for call in double for s in call[2]} == set(range(8))


def test_the_worse_of_two_qualities_is_told(monkeypatch: pytest.MonkeyPatch):
    generator, image = rng(), photo(32, 32)
    seen: list[tuple[int, int]] = []
    made = jpeg.double_jpeg
    monkeypatch.setattr(jpeg, "double_jpeg", lambda i, q, *rest: seen.append(q) or made(i, q, *rest))
    for _ in range(60):
        before = len(seen)
        _, quality = jpeg.random_jpeg(image, generator)
        if len(seen) > before:
            assert quality == min(seen[-1])
    assert len(seen) > 5
