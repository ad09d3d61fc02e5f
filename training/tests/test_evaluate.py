"""The evaluation: its bookkeeping on synthetic photos, its protocol on the real ones."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from training import benchmarks, evaluate as evaluation
from training.benchmarks import Benchmark, Sample, benchmarks_of, run_network
from training.catalog import load_catalog
from training.data import data_root
from training.evaluate import evaluate, show_half_sums
from training.export import export, write_onnx
from training.fixtures import tiny_net
from training.nets import build
from training.runtime import Runtime
from training.tests.test_export import save_npz
from training.tests.test_nets import randomise


@pytest.fixture
def shipped(recipe: dict, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one exported model, its recipe and weights beside it, and one benchmark."""
    monkeypatch.setattr(evaluation, "RECIPES", tmp_path)
    evaluation.load_benchmarks.cache_clear()
    monkeypatch.setattr(evaluation, "load_recipe", lambda path: recipe)
    (tmp_path / "test-x2.toml").touch()
    (data / "dev").mkdir()
    (data / "train").rename(data / "dev" / "Set5")
    net = build(recipe["net"])
    with torch.no_grad():
        net.tail.bias.fill_(0.01)
    export(recipe, save_npz(net, tmp_path / "test-x2.npz"), tmp_path / "models")
    return tmp_path


def forget_published(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set5 is not Set5 here."""
    made = benchmarks.upscaling
    unpublished = lambda *rest: replace(made(*rest), published=None)  # noqa: E731
    monkeypatch.setattr(benchmarks, "upscaling", unpublished)


def test_writes_metrics_and_losses(shipped: Path, monkeypatch, capsys):
    forget_published(monkeypatch)
    assert evaluate(shipped / "models", shipped, write=True)
    card = load_catalog(shipped / "models")["models"][0]
    assert set(card["metrics"]) == {"Set5"} and 20 < card["metrics"]["Set5"] < 60
    assert all(abs(entry["psnrLoss"]) < 0.05 for entry in card["files"])
    assert "Skipped, no data for: Set14, CBSD68" in capsys.readouterr().out


def test_a_bicubic_row_off_the_published_number_is_an_error(shipped: Path, capsys):
    assert not evaluate(shipped / "models", shipped)
    assert "PROTOCOL: Set5 is" in capsys.readouterr().out


def test_no_loss_is_stated_against_other_weights(shipped: Path, recipe: dict, monkeypatch, capsys):
    forget_published(monkeypatch)
    net = build(recipe["net"])
    randomise(net)
    save_npz(net, shipped / "test-x2.npz")
    assert evaluate(shipped / "models", shipped, write=True)
    assert "were not made from test-x2.npz; export again" in capsys.readouterr().out
    card = load_catalog(shipped / "models")["models"][0]
    assert card["metrics"] == {} and card["files"][0]["psnrLoss"] is None


def test_a_loss_over_the_limit_is_an_error(shipped: Path, monkeypatch, capsys):
    forget_published(monkeypatch)
    monkeypatch.setattr(evaluation, "LIMITS", {"int8": -1.0, "fp16": 0.05})
    assert not evaluate(shipped / "models", shipped)
    assert "OVER -1.0 dB" in capsys.readouterr().out


@pytest.fixture
def fixed_set(data: Path, monkeypatch: pytest.MonkeyPatch) -> np.ndarray:
    """Two photos of CID22_val and what a teacher made of them: the photo itself, brighter; gives the photos."""
    folder = data / "dev" / "CID22_val"
    folder.mkdir(parents=True)
    photos = smooth(np.random.default_rng(0).integers(40, 216, (2, 512, 512, 3)).astype(np.uint8))
    for number, photo in enumerate(photos):
        Image.fromarray(photo).save(folder / f"{number}.png")
    Image.new("RGB", (500, 512)).save(folder / "0-other-size.png")
    fixed = {"lr": photos[:, ::4, ::4], "teacher": photos + 10}
    monkeypatch.setattr(benchmarks, "read_fixed_set", lambda: fixed)
    return photos


def smooth(photos: np.ndarray) -> np.ndarray:
    return np.stack([np.repeat(np.repeat(photo[::8, ::8], 8, 0), 8, 1) for photo in photos])


@pytest.mark.parametrize("scale", [2, 4])
def test_crispness_is_measured_against_the_teacher(scale: int, fixed_set: np.ndarray, data: Path):
    every = {b.name: b for b in benchmarks_of({"task": "upscale", "variant": "crisp"}, scale, data, "quick")}
    assert list(every) == ["teacher", "energy", "truth"] and all(len(b.samples) == 2 for b in every.values())
    taught = {name: b.measure(lambda sample: sample.taught) for name, b in every.items()}
    assert taught["teacher"] == 100 and taught["energy"] == pytest.approx(1)
    flat = every["energy"].measure(lambda sample: np.full_like(sample.taught, 9) + ramp(sample.taught))
    assert 0 < flat < 0.01
    ours = {name: b.measure(lambda sample: sample.truth) for name, b in every.items()}
    assert ours["truth"] == 100 and ours["energy"] == pytest.approx(1, abs=0.01)
    photo = every["truth"].samples[0].truth
    assert every["teacher"].score(photo, every["teacher"].samples[0]) == pytest.approx(28.13, abs=0.1)  # 10 levels


def ramp(like: np.ndarray) -> np.ndarray:
    return (np.arange(like.shape[1]) // 4 % 256).astype(np.uint8)[None, :, None].repeat(len(like), 0)


def test_the_teacher_has_its_row(fixed_set: np.ndarray, data: Path, capsys: pytest.CaptureFixture):
    every = benchmarks_of({"task": "upscale", "variant": "crisp"}, 4, data, "usual")
    assert evaluation.print_baseline(every)
    row = next(line for line in capsys.readouterr().out.splitlines() if "teacher" in line)
    assert row.split()[1:3] == ["100.000", "1.000"] and row.split()[-1] == "-"  # it wasn't asked about the real ones


def test_energy_is_no_loss_in_decibels(shipped: Path, monkeypatch: pytest.MonkeyPatch):
    forget_published(monkeypatch)
    rng = np.random.default_rng(0)
    picture = rng.integers(0, 256, (32, 32, 3), np.uint8)
    sample = Sample(picture[::2, ::2] / np.float32(255), picture, taught=picture)
    crisp = benchmarks.Crispness("energy", [sample], 2)
    monkeypatch.setattr(crisp.__class__, "score", lambda self, result, sample: float(rng.uniform(1, 9)))
    card = load_catalog(shipped / "models")["models"][0]
    assert evaluation.evaluate_card(card, shipped / "models", [Benchmark("plain", [sample], 2), crisp], shipped)
    assert all(abs(entry["psnrLoss"]) < 0.1 for entry in card["files"]) and card["metrics"]["energy"] >= 1


def test_half_sums_lose_little_and_say_how_much(shipped: Path, monkeypatch, capsys):
    forget_published(monkeypatch)
    show_half_sums(shipped / "models", [], shipped)
    *_, title, names, losses = capsys.readouterr().out.splitlines()
    assert "test-x2: dB lost to fp16 with sums in half" in title and names.split() == ["Set5"]
    assert abs(float(losses)) < 0.05


def test_without_data_it_says_so_and_passes(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setenv("ENLARGER_DATA", str(tmp_path / "nowhere"))
    assert evaluate(tmp_path, tmp_path)
    assert "Skipped: nothing to measure on. No data folder at" in capsys.readouterr().out


def test_a_model_that_is_not_there_is_named(shipped: Path):
    with pytest.raises(SystemExit, match="Not in the catalog: magic"):
        evaluate(shipped / "models", shipped, only=["magic"])


def sample(height: int, width: int) -> Sample:
    photo = np.random.default_rng(0).random((height, width, 3), np.float32)
    return Sample(photo, np.zeros((height, width, 3), np.uint8), (0.1, 0.3))


@pytest.mark.parametrize("model_id", ["tiny-x2", "tiny-clean"])
def test_a_tile_with_its_halo_equals_the_whole_picture(model_id: str):
    net = tiny_net(model_id)
    runtime = Runtime(write_onnx(net, "fp32", {"id": "tiny"}))
    small = sample(14, 20)
    small = Sample(small.damaged, small.truth, (0.1, 0.3)[: net.controls])
    around = ((8, 8), (8, 8), (0, 0))
    reflected = Sample(np.pad(small.damaged, around, mode="symmetric"), small.truth, small.controls)
    whole = run_network(runtime, reflected, net.scale, 6, net.multiple)
    inner = slice(8 * net.scale, -8 * net.scale)
    alone = run_network(runtime, small, net.scale, 6, net.multiple)
    np.testing.assert_array_equal(whole[inner, inner], alone)


@pytest.mark.parametrize("height, width", [(1, 1), (1, 2), (5, 7)])
def test_odd_photos_and_ones_smaller_than_the_halo_keep_their_size(height: int, width: int):
    runtime = Runtime(write_onnx(tiny_net("tiny-clean"), "fp32", {"id": "tiny"}))
    assert run_network(runtime, sample(height, width), 1, 6, 2).shape == (height, width, 3)


def test_a_network_that_trains_on_another_device_gets_its_pictures_there():
    class Elsewhere(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.weight = torch.nn.Parameter(torch.zeros(1, device="meta"))

        def forward(self, image: torch.Tensor) -> torch.Tensor:
            assert image.device == self.weight.device
            return torch.zeros(1, 3, *image.shape[2:])

    assert run_network(Elsewhere(), sample(5, 7), 1, 0, 1).shape == (5, 7, 3)


def load_or_skip(task: str, scale: int) -> list[Benchmark]:
    """The benchmarks of a task. They are not part of the repository: a bare clone skips, and says what it lacks."""
    try:
        found = benchmarks_of({"task": task}, scale, data_root(), "usual")
    except SystemExit as absent:  # no data folder, or nothing that reads the kernels
        pytest.skip(str(absent))
    lacking = [benchmark.name for benchmark in found if not benchmark.samples]
    if lacking:  # a folder with some of the benchmarks only
        pytest.skip(f"no data for {', '.join(lacking)}")
    return found


@pytest.mark.parametrize("task, scale", [("upscale", 2), ("upscale", 4), ("clean", 1)])
def test_doing_nothing_reproduces_the_published_numbers(task: str, scale: int):
    checked = [benchmark for benchmark in load_or_skip(task, scale) if benchmark.published]
    for benchmark in checked:
        assert benchmark.baseline() == pytest.approx(benchmark.published, abs=0.05), benchmark.name
    assert len(checked) >= 2


def test_the_damage_of_a_benchmark_is_the_same_every_time():
    first, second = (load_or_skip("deblur", 1)[0] for _ in range(2))
    for one, other in zip(first.samples, second.samples):
        np.testing.assert_array_equal(one.damaged, other.damaged)
    assert 20 < first.baseline() < 35


def test_deblurring_trains_without_the_kernels_and_names_them_missing(data: Path):
    (data / "dev").mkdir()
    (data / "train").rename(data / "dev" / "CID22_val")
    quick = benchmarks_of({"task": "deblur"}, 1, data, "quick")
    assert [benchmark.name for benchmark in quick if benchmark.samples] == ["defocus", "motion", "clean"]
    usual = benchmarks_of({"task": "deblur"}, 1, data, "usual")
    assert [benchmark.name for benchmark in usual if not benchmark.samples] == ["levin", "levin found"]
