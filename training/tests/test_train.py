"""Training on three synthetic photos: it runs, resumes, and says clearly what it cannot do."""

import re
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from training import train as train_module
from training.data import DamagedPatches, PairedPatches, Pictures, data_root, load_photos
from training.export import load_master
from training.losses import LOSSES, inner, marking_loss, relative_loss, squared_loss, unsharp_masked
from training.nets import build
from training.resample import reduce
from training.tasks import damage_of
from training.train import load_recipe, load_weights, train

from training.tests.test_oldprint import write_sprites
from training.tests.test_teachers import write_faithful_teacher, write_teachers


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
    for one, other in zip(from_weights.parameters(), from_checkpoint.parameters(), strict=True):
        assert torch.equal(one, other)


def test_resumes_where_it_stopped(recipe: dict, data: Path, workshop: Path, capsys: pytest.CaptureFixture):
    train(recipe, minutes=1.5, resume=False, device="cpu")
    first = checkpoint(workshop)
    train(recipe, minutes=3, resume=True, device="cpu")
    second = checkpoint(workshop)
    assert f"from step {first['step']}," in capsys.readouterr().out
    assert second["step"] >= first["step"] + 3 and second["spent"] > first["spent"]
    steps = {int(memory["step"]) for memory in second["optimiser"]["state"].values() if "step" in memory}
    assert steps == {second["step"]}  # the optimiser's memory was kept, too


def test_what_is_cut_off_is_saved(recipe: dict, data: Path, workshop: Path, monkeypatch: pytest.MonkeyPatch):
    cut_off = threading.Event()
    monkeypatch.setattr(train_module, "CUT_OFF", cut_off)
    monkeypatch.setattr(train_module, "validate", lambda *_: cut_off.set())  # at the first glance
    with pytest.raises(SystemExit, match="Cut off at step .* nothing is lost: --resume goes on"):
        train(recipe, minutes=100, resume=False, device="cpu", glance=0.5)
    assert 0 < checkpoint(workshop)["spent"] < 10 and not (workshop / "weights").exists()
    cut_off.clear()
    monkeypatch.setattr(train_module, "validate", lambda *_: "")
    train(recipe, minutes=3, resume=True, device="cpu")
    assert (workshop / "weights").exists()


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


@pytest.mark.parametrize(
    "damage, net, loss",
    [
        ("real", {"kind": "span", "scale": 2, "channels": 4, "blocks": 2}, "absolute"),
        ("clean", {"kind": "restorer", "controls": 2, "channels": [4], "before": [[1]], "after": []}, "relative"),
        ("deblur", {"kind": "restorer", "channels": [4, 8], "before": [[1], [1]], "after": [[1]]}, "absolute"),
    ],
)
def test_every_kind_of_damage_trains(
    damage: str, net: dict, loss: str, recipe: dict, data: Path, workshop: Path, capsys
):
    recipe["net"], recipe["data"] = net, {"damage": damage, "synthetic": 0.5, "stock": 2}
    recipe["train"] |= {"loss": loss, "floor": 0.01}
    np.save(workshop / "synthetic.npy", np.random.default_rng(0).integers(0, 256, (2, 64, 64, 3), np.uint8))
    (workshop / "checkpoints").mkdir()
    (workshop / "synthetic.npy").rename(workshop / "checkpoints" / "synthetic.npy")
    train(recipe, minutes=1, resume=False, device="cpu")
    assert checkpoint(workshop)["step"] >= 2 and "5 pictures" in capsys.readouterr().out


def test_marking_trains_and_resumes(recipe: dict, data: Path, workshop: Path, capsys: pytest.CaptureFixture):
    write_sprites(data / "damage")
    recipe["net"] = {"kind": "marker", "channels": [4], "before": [[1]], "after": []}
    recipe["data"] = {"damage": "marks"}
    recipe["train"] |= {"loss": "marking", "missed": 2.0, "jaccard": 1.0, "patch": 24}
    train(recipe, minutes=1, resume=False, device="cpu")
    first = checkpoint(workshop)["step"]
    train(recipe, minutes=2, resume=True, device="cpu")
    assert first >= 2 and checkpoint(workshop)["step"] > first
    assert f"from step {first}," in capsys.readouterr().out


def test_colouring_trains_and_resumes(recipe: dict, data: Path, workshop: Path, capsys: pytest.CaptureFixture):
    recipe["net"] = {"kind": "colourist", "channels": [4, 8], "before": [[1], [1]], "after": [[1]]}
    recipe["data"] = {"damage": "gray"}
    recipe["train"] |= {"loss": "colouring", "plain": 1.0, "patch": 24}
    train(recipe, minutes=1, resume=False, device="cpu")
    first = checkpoint(workshop)["step"]
    train(recipe, minutes=2, resume=True, device="cpu")
    assert first >= 2 and checkpoint(workshop)["step"] > first
    assert f"from step {first}," in capsys.readouterr().out


def test_what_is_in_doubt_does_not_count_and_what_is_missed_counts_more():
    settings = {"missed": 2.0, "jaccard": 1.0}
    truth = torch.tensor([1.0, 0.0, 0.5, 0.0]).reshape(1, 1, 2, 2)

    def loss(*likely: float) -> float:
        return float(marking_loss(torch.tensor(likely).reshape(1, 1, 2, 2), truth, truth, settings))

    assert loss(1, 0, 0, 0) == loss(1, 0, 1, 0) < 0.01
    assert loss(0.5, 0, 0, 0) > loss(1, 0.5, 0, 0) > loss(1, 0.2, 0, 0)


def test_a_teacher_beside_the_truth_is_learned_from(
    recipe: dict, data: Path, workshop: Path, monkeypatch: pytest.MonkeyPatch
):
    write_faithful_teacher(write_teachers(workshop / "teachers", monkeypatch), monkeypatch)
    recipe["train"] |= {"lr": 0.02, "l2_tail": 0.0, "clip": 5.0}
    gray, results = torch.full((1, 3, 8, 8), 0.5), []
    for weight in (0, 20):
        recipe["train"]["teacher_weight"] = weight
        train(recipe, minutes=12, resume=False, device="cpu")
        net = load_master(workshop / "weights" / "test-x2.npz", recipe["net"]).float()
        results.append(float(net(gray).mean()))
    assert results[1] > results[0] + 0.02  # the teacher sees white in everything


def test_an_unknown_damage_is_refused(recipe: dict, data: Path, workshop: Path):
    recipe["data"]["damage"] = "rain"
    with pytest.raises(SystemExit, match="Unknown damage 'rain'; known: bicubic, marks, gray, real, crisp, clean, deblur"):
        train(recipe, minutes=1, resume=False, device="cpu")


def test_every_recipe_builds_its_net_and_names_known_damage():
    recipes = sorted((Path(__file__).resolve().parents[1] / "recipes").glob("*.toml"))
    for path in recipes:
        recipe = load_recipe(path)
        net = build(recipe["net"])
        assert path.stem == recipe["model"]["id"]
        assert net.controls == len(recipe["model"].get("controls", []))
        damage = recipe["data"]["damage"]
        assert damage in ("bicubic", "marks", "gray") or damage_of(damage, net.scale)
        assert recipe["train"]["patch"] % net.multiple == 0 and recipe["train"]["loss"] in LOSSES


def test_no_damage_drowns_another_in_the_relative_loss():
    truth = torch.rand(2, 3, 8, 8)
    heavy = torch.tensor([0.2, 0.002]).view(2, 1, 1, 1)
    low = truth + heavy * torch.randn(truth.shape)
    halved = truth + 0.5 * (low - truth)
    only = [relative_loss(halved[i : i + 1], truth[i : i + 1], low[i : i + 1], {"floor": 0}) for i in (0, 1)]
    assert float(only[0]) == pytest.approx(0.25, rel=1e-3) == pytest.approx(float(only[1]), rel=1e-3)


def test_a_broken_photo_is_named_and_left_out(data: Path, capsys: pytest.CaptureFixture):
    (data / "train" / "text.png").write_text("not a photo")
    cut = data / "train" / "cut.jpg"
    noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), dtype=np.uint8)
    Image.fromarray(noise).save(cut)
    cut.write_bytes(cut.read_bytes()[:1500])
    photos = load_photos(data / "train", least=16)
    told = capsys.readouterr().err
    assert "left out text.png" in told and "left out cut.jpg" in told
    assert len(photos) == 3


def test_a_folder_without_a_usable_photo_is_refused(tmp_path: Path):
    with pytest.raises(SystemExit, match="No usable photo in"):
        load_photos(tmp_path, least=16)


def test_a_missing_data_folder_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("ENLARGER_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(SystemExit, match="No data folder at .*nowhere.*Set ENLARGER_DATA"):
        data_root()


def test_patches_are_aligned_pairs(data: Path):
    patches = PairedPatches(Pictures(load_photos(data / "train", 16)), scale=2, patch=8, seed=0)
    low, high = patches.batch(6)
    assert low.shape == (6, 3, 8, 8) and high.shape == (6, 3, 16, 16)
    assert 0 <= float(low.min()) and float(high.max()) <= 1
    for small, large in zip(low, high):
        image = (large * 255).round().byte().numpy().transpose(1, 2, 0)
        again = reduce(image, 2).transpose(2, 0, 1)[:, 3:-3, 3:-3]
        assert np.abs(again - small.numpy()[:, 3:-3, 3:-3] * 255).max() <= 1


def test_damaged_patches_are_aligned_and_carry_their_controls(data: Path):
    def darken(image: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, tuple[float, ...]]:
        part = float(rng.uniform(0.2, 0.8))
        return image[::2, ::2] * np.float32(part), (part, 1 - part)

    patches = DamagedPatches(Pictures(load_photos(data / "train", 16)), darken, scale=2, patch=9, seed=0)
    low, high = patches.batch(8)
    assert low.shape == (8, 5, 9, 9) and high.shape == (8, 3, 18, 18)
    for small, large in zip(low, high):
        part = small[3, 0, 0]
        assert (small[3] == part).all() and torch.allclose(small[4], 1 - part)
        corners = [large[:, y::2, x::2] * part for y in (0, 1) for x in (0, 1)]  # turning moves the sample
        assert min(float((small[:3] - corner).abs().max()) for corner in corners) < 1e-6


def test_the_pool_renews_its_oldest_regions(data: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(DamagedPatches, "POOL", 8)
    count = iter(range(1000))

    def number(image: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, tuple[float, ...]]:
        return image, (float(next(count)),)

    patches = DamagedPatches(Pictures(load_photos(data / "train", 16)), number, scale=1, patch=8, seed=0)
    for _ in range(6):
        low, _ = patches.batch(4)
    assert next(count) == 9  # four for the first batch, one for each of the others
    assert sorted(int(region[0][0, 0, 3]) for region in patches.pool) == list(range(1, 9))


def test_pictures_are_drawn_by_their_shares():
    photos = [np.zeros((10, 10, 3), np.uint8), np.zeros((20, 20, 3), np.uint8)]
    pictures = Pictures(photos, np.zeros((3, 8, 8, 3), np.uint8), share=0.25)
    np.testing.assert_allclose(pictures.chance, [0.25, 0.5, 0.25 / 3, 0.25 / 3, 0.25 / 3])
    assert Pictures(photos, None, share=0.25).chance.sum() == pytest.approx(1)


def test_validation_names_benchmarks_and_gains(recipe: dict, data: Path, workshop: Path, capsys):
    (data / "dev").mkdir()
    shutil.copytree(data / "train", data / "dev" / "Set5")
    train(recipe, minutes=1, resume=False, device="cpu")
    with Image.open(workshop / "checkpoints" / "test-x2.png") as sheet:
        assert sheet.width > 6 * 48
    assert re.search(r"step +\d+  loss 0\.\d+  Set5 \d\d\.\d{3} \([+-]\d+\.\d{3}\)", capsys.readouterr().out)


def test_squared_errors_may_count_differences_of_neighbours():
    wanted = torch.zeros(1, 3, 8, 8)
    pale = wanted + 0.1
    checked = wanted + 0.1 * (-1) ** (torch.arange(8)[:, None] + torch.arange(8))
    plain, with_differences = {"l2_weight": 20.0}, {"l2_weight": 20.0, "l2_gradient": 0.5}
    assert squared_loss(pale, wanted, with_differences).item() == pytest.approx(0.2)
    assert squared_loss(checked, wanted, plain).item() == pytest.approx(0.2)
    assert squared_loss(checked, wanted, with_differences).item() == pytest.approx(20 * (0.01 + 0.5 * 0.04))


def test_what_is_aimed_at_may_be_drawn_out_and_keeps_its_means():
    flat, ramp = torch.full((1, 3, 12, 12), 0.4), torch.linspace(0, 1, 24).expand(1, 3, 24, 24)
    edge = (torch.arange(24) >= 12).float().expand(1, 3, 24, 24)
    torch.testing.assert_close(unsharp_masked(flat, 0.5), flat)
    torch.testing.assert_close(unsharp_masked(ramp, 0.5)[..., 3:-3], ramp[..., 3:-3])
    sharper = unsharp_masked(edge, 0.1)
    assert sharper.mean().item() == pytest.approx(0.5)
    # A Gaussian of one pixel leaves 0.3 of the step's one side on the other: at the edge a tenth of that is added.
    assert sharper[0, 0, 5, 12].item() == pytest.approx(1 + 0.1 * 0.3, abs=0.002)
    assert sharper[0, 0, 5, 11].item() == pytest.approx(-0.1 * 0.3, abs=0.002)


def test_the_loss_leaves_the_border_out():
    image = torch.zeros(1, 1, 6, 8)
    image[..., 2:4, 2:6] = 1
    assert torch.equal(inner(image, 2), torch.ones(1, 1, 2, 4)) and torch.equal(inner(image, 0), image)
