"""Enlargers side by side: the same place for each, at its size."""

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training import sheet
from training.nets import build
from training.sheet import ZOOM, busiest, by_cubic, by_network, by_teacher, enlarged_region, load_network, main
from training.teachers import load_crisp_teacher
from training.tests.test_export import save_npz
from training.tests.test_teachers import write_teachers


def photo(height: int = 150, width: int = 170) -> np.ndarray:
    """A gentle slope with a noisy patch."""
    y, x = np.mgrid[:height, :width]
    image = np.stack([y, x, (y + x) // 2], 2).astype(np.uint8)
    image[96:144, 48:96] = np.random.default_rng(0).integers(0, 256, (48, 48, 3))
    return image


def test_the_busiest_square_is_found():
    assert busiest(photo(), 48) == (96, 48)
    assert busiest(photo()[:20, :20], 20) == (0, 0)


@pytest.mark.parametrize("scale", [2, 4])
@pytest.mark.parametrize("corner", [(0, 0), (50, 40), (102, 122)])
def test_every_enlarger_shows_the_same_place(scale: int, corner: tuple[int, int], tmp_path: Path, monkeypatch):
    write_teachers(tmp_path / "teachers", monkeypatch)
    gentle = photo()
    gentle[96:144, 48:96] = gentle[95:96, 48:96]
    enlargers = {
        "bicubic": by_cubic(scale),
        "net": by_network(build({"kind": "plain", "scale": scale, "channels": 4, "convs": 3})),
        "teacher": by_teacher(load_crisp_teacher(), scale),
    }
    expected = np.repeat(np.repeat(gentle, ZOOM, 0), ZOOM, 1) / 255
    y, x = (n * ZOOM for n in corner)
    for name, enlarge in enlargers.items():
        shown = enlarged_region(enlarge, gentle, *corner, 48)
        assert shown.shape == (48 * ZOOM, 48 * ZOOM, 3)
        if name == "bicubic":
            inner = (slice(12, -12), slice(12, -12))
            assert np.abs(shown - expected[y : y + 144, x : x + 144])[inner].mean() < 0.02


def test_a_sheet_for_each_photo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture):
    write_teachers(tmp_path / "teachers", monkeypatch)
    monkeypatch.setattr(sheet, "WEIGHTS", tmp_path)
    monkeypatch.setattr(sheet, "CHECKPOINTS", tmp_path)
    net = {"kind": "plain", "scale": 2, "channels": 4, "convs": 3}
    monkeypatch.setattr(sheet, "load_recipe", lambda path: {"net": net})
    for name in ("upscale-x2-fast", "upscale-x2-crisp"):
        save_npz(build(net), tmp_path / f"{name}.npz")
    (tmp_path / "photos").mkdir()
    Image.fromarray(photo()).save(tmp_path / "photos" / "one.png")
    arguments = ["sheet", str(tmp_path / "out"), "--scale", "2", "--photos", str(tmp_path / "photos")]
    monkeypatch.setattr(sys, "argv", arguments)
    main()
    with Image.open(tmp_path / "out" / "photos-one-x2.png") as drawn:
        assert drawn.width == 4 * (96 * ZOOM + 4) and drawn.height > 2 * 96 * ZOOM
    monkeypatch.setattr(sys, "argv", [*arguments[:2], "upscale-x2-fast", "--scale", "4"])
    with pytest.raises(SystemExit, match="Not of scale 4: upscale-x2-fast"):
        main()
    with pytest.raises(SystemExit, match="No recipe for nobody"):
        load_network("nobody", checkpoint=False)
