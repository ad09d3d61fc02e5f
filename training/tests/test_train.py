"""Training on three synthetic photos: it runs, resumes, and says clearly what it cannot do."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from training.data import PairedPatches, data_root
from training.export import load_master
from training.resample import reduce
from training.train import load_weights, train, validate


def checkpoint(workshop: Path) -> dict:
    return torch.load(workshop / "checkpoints" / "test-x2.pt")


def test_trains_a_few_steps_and_saves_usable_weights(recipe: dict, data: Path, workshop: Path):
    train(recipe, minutes=1.5, resume=False, device="cpu")
    saved = checkpoint(workshop)
    assert saved["step"] >= 3 and saved["spent"] >= 1.5
    average, weights = saved["average"], load_weights("test-x2")
    assert set(weights) == set(average) and all(torch.equal(weights[k], average[k]) for k in average)
    from_weights = load_master(workshop / "weights" / "test-x2.npz", recipe["net"])
    from_checkpoint = load_master(workshop / "checkpoints" / "test-x2.pt", recipe["net"])
    for one, other in zip(from_weights, from_checkpoint, strict=True):
        np.testing.assert_array_equal(one.kernel, other.kernel)


def test_resumes_where_it_stopped(recipe: dict, data: Path, workshop: Path, capsys: pytest.CaptureFixture):
    train(recipe, minutes=1.5, resume=False, device="cpu")
    first = checkpoint(workshop)
    train(recipe, minutes=3, resume=True, device="cpu")
    second = checkpoint(workshop)
    assert f"from step {first['step']}," in capsys.readouterr().out
    assert second["step"] >= first["step"] + 3 and second["spent"] > first["spent"]
    moments = second["optimiser"]["state"][0]
    assert moments["step"] == second["step"]  # Adam's memory was kept, too


def test_without_resume_it_starts_again(recipe: dict, data: Path, workshop: Path):
    train(recipe, minutes=3, resume=False, device="cpu")
    longer = checkpoint(workshop)["step"]
    train(recipe, minutes=1.5, resume=False, device="cpu")
    assert checkpoint(workshop)["step"] < longer


def test_refuses_a_checkpoint_of_another_net(recipe: dict, data: Path, workshop: Path):
    train(recipe, minutes=1, resume=False, device="cpu")
    recipe["net"]["channels"] = 8
    with pytest.raises(SystemExit, match="is of another net: .*Remove it or train without --resume"):
        train(recipe, minutes=2, resume=True, device="cpu")


def test_a_warm_start_needs_its_weights(recipe: dict, data: Path, workshop: Path):
    recipe["train"]["init"] = "nobody"
    with pytest.raises(SystemExit, match="No weights at .*train nobody first"):
        train(recipe, minutes=1, resume=False, device="cpu")


def test_a_broken_photo_is_named_and_left_out(data: Path, capsys: pytest.CaptureFixture):
    (data / "train" / "text.png").write_text("not a photo")
    cut = data / "train" / "cut.jpg"
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    Image.fromarray(noise).save(cut)
    cut.write_bytes(cut.read_bytes()[:1500])
    patches = PairedPatches(data / "train", scale=2, patch=8, seed=0)
    told = capsys.readouterr().err
    assert "left out text.png" in told and "left out cut.jpg" in told
    assert len(patches.pairs) == 3


def test_a_folder_without_a_usable_photo_is_refused(tmp_path: Path):
    with pytest.raises(SystemExit, match="No usable photo in"):
        PairedPatches(tmp_path, scale=2, patch=8, seed=0)


def test_a_missing_data_folder_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("ENLARGER_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(SystemExit, match="No data folder at .*nowhere.*Set ENLARGER_DATA"):
        data_root()


def test_patches_are_aligned_pairs(data: Path):
    patches = PairedPatches(data / "train", scale=2, patch=8, seed=0)
    low, high = patches.batch(6)
    assert low.shape == (6, 3, 8, 8) and high.shape == (6, 3, 16, 16)
    assert 0 <= float(low.min()) and float(high.max()) <= 1
    for small, large in zip(low, high):
        image = (large * 255).round().byte().numpy().transpose(1, 2, 0)
        again = reduce(image, 2).transpose(2, 0, 1)[:, 3:-3, 3:-3]
        assert np.abs(again - small.numpy()[:, 3:-3, 3:-3] * 255).max() <= 1


def test_validate_measures_a_folder(data: Path):
    def repeat(image: torch.Tensor) -> torch.Tensor:
        return image.repeat_interleave(2, 2).repeat_interleave(2, 3)

    class Repeat(torch.nn.Linear):
        def forward(self, image: torch.Tensor) -> torch.Tensor:
            return repeat(image)

    assert 20 < validate(Repeat(1, 1), data / "train", 2) < 60
