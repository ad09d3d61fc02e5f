"""The evaluation: its bookkeeping on synthetic photos, its protocol on the real ones."""

from pathlib import Path

import numpy as np
import pytest
import torch

from training import evaluate as evaluation
from training.catalog import load_catalog
from training.data import data_root
from training.evaluate import PUBLISHED, Sample, bicubic, evaluate, load_samples, measure, network
from training.export import export, write_onnx
from training.fixtures import tiny_layers
from training.nets import build
from training.runtime import Runtime
from training.tests.test_export import save_npz
from training.tests.test_nets import randomise


@pytest.fixture
def shipped(recipe: dict, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one exported model, its recipe and weights beside it, and one benchmark."""
    monkeypatch.setattr(evaluation, "RECIPES", tmp_path)
    monkeypatch.setattr(evaluation, "load_recipe", lambda path: recipe)
    (tmp_path / "test-x2.toml").touch()
    (data / "dev").mkdir()
    (data / "train").rename(data / "dev" / "Set5")
    net = build(recipe["net"])
    with torch.no_grad():
        net.tail.bias.fill_(0.01)
    export(recipe, save_npz(net, tmp_path / "test-x2.npz"), tmp_path / "models")
    return tmp_path


def test_writes_metrics_and_losses(shipped: Path, monkeypatch, capsys):
    monkeypatch.setattr(evaluation, "PUBLISHED", {})
    assert evaluate(shipped / "models", shipped, write=True)
    card = load_catalog(shipped / "models")["models"][0]
    assert set(card["metrics"]) == {"Set5"} and 20 < card["metrics"]["Set5"] < 60
    assert all(abs(entry["psnrLoss"]) < 0.05 for entry in card["files"])
    assert "Skipped, no photos in dev/: Set14, CBSD68" in capsys.readouterr().out


def test_a_bicubic_row_off_the_published_number_is_an_error(shipped: Path, capsys):
    assert not evaluate(shipped / "models", shipped)
    assert "PROTOCOL: bicubic on Set5" in capsys.readouterr().out


def test_no_loss_is_stated_against_other_weights(shipped: Path, recipe: dict, monkeypatch, capsys):
    monkeypatch.setattr(evaluation, "PUBLISHED", {})
    net = build(recipe["net"])
    randomise(net)
    save_npz(net, shipped / "test-x2.npz")
    assert evaluate(shipped / "models", shipped, write=True)
    assert "were not made from test-x2.npz; export again" in capsys.readouterr().out
    card = load_catalog(shipped / "models")["models"][0]
    assert card["metrics"] == {} and card["files"][0]["psnrLoss"] is None


def test_a_loss_over_the_limit_is_an_error(shipped: Path, monkeypatch, capsys):
    monkeypatch.setattr(evaluation, "PUBLISHED", {})
    monkeypatch.setattr(evaluation, "LIMITS", {"int8": -1.0, "fp16": 0.05})
    assert not evaluate(shipped / "models", shipped)
    assert "OVER -1.0 dB" in capsys.readouterr().out


def test_without_data_it_says_so_and_passes(tmp_path: Path, monkeypatch, capsys):
    monkeypatch.setenv("ENLARGER_DATA", str(tmp_path / "nowhere"))
    assert evaluate(tmp_path, tmp_path)
    assert "Skipped: nothing to measure on. No data folder at" in capsys.readouterr().out


def test_a_tile_with_its_halo_equals_the_whole_picture():
    runtime = Runtime(write_onnx(tiny_layers(2), 2, "fp32", {"id": "tiny"}))
    photo = np.random.default_rng(0).integers(0, 256, (14, 20, 3), dtype=np.uint8)
    enlarge = network(runtime, 2, 3)
    reflected = np.pad(photo, ((5, 5), (5, 5), (0, 0)), mode="symmetric")
    np.testing.assert_array_equal(enlarge(reflected)[10:-10, 10:-10], enlarge(photo))


def test_a_photo_smaller_than_the_halo_is_reflected_more_than_once():
    runtime = Runtime(write_onnx(tiny_layers(2), 2, "fp32", {"id": "tiny"}))
    assert network(runtime, 2, 10)(np.full((1, 2, 3), 90, np.uint8)).shape == (2, 4, 3)


@pytest.mark.parametrize("name, scale", PUBLISHED)
def test_bicubic_reproduces_the_published_numbers(name: str, scale: int):
    try:
        folder = data_root() / "dev" / name
    except SystemExit as absent:
        pytest.skip(str(absent))
    samples: list[Sample] = load_samples(folder, scale)
    if not samples:
        pytest.skip(f"no photos in dev/{name}")
    measured = measure(bicubic(scale), {name: samples}, scale)[name]
    assert measured == pytest.approx(PUBLISHED[name, scale], abs=0.05)
