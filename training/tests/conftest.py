"""Shared by the tests: a tiny synthetic training set, so that a bare clone can run them."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from training import train

NET = {"kind": "plain", "scale": 2, "channels": 4, "convs": 3}


@pytest.fixture(autouse=True)
def one_thread():
    """The nets here are tiny: more threads only get in each other's way."""
    torch.set_num_threads(1)


@pytest.fixture
def recipe() -> dict:
    """A recipe that trains a tiny net in milliseconds per step."""
    settings = {"seed": 1, "batch": 2, "patch": 8, "lr": 1e-3, "frequency": 0.05, "clip": 0.5}
    settings |= {"ema": 0.9, "l2_tail": 0.15, "l2_weight": 50.0, "bfloat16": 0.0, "loss": "absolute"}
    model = {"id": "test-x2", "task": "upscale", "tier": "fast", "title": "Test 2×", "damage": "reduced."}
    return {"model": model, "net": dict(NET), "data": {"damage": "bicubic"}, "train": settings}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with three photos of smooth random colour in train/, and no benchmarks."""
    root = tmp_path / "data"
    (root / "train").mkdir(parents=True)
    rng = np.random.default_rng(0)
    for number in range(3):
        small = Image.fromarray(rng.integers(0, 256, (6, 8, 3), dtype=np.uint8))
        small.resize((48, 36), Image.BICUBIC).save(root / "train" / f"photo{number}.png")
    monkeypatch.setenv("ENLARGER_DATA", str(root))
    return root


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sends weights and checkpoints to a temporary folder, and makes a look at the clock cost six seconds."""
    monkeypatch.setattr(train, "WEIGHTS", tmp_path / "weights")
    monkeypatch.setattr(train, "CHECKPOINTS", tmp_path / "checkpoints")
    monkeypatch.setattr(train, "Clock", TickingClock)
    return tmp_path


class TickingClock:
    """Stands in for train.Clock: every look at it is a tenth of a minute later."""

    def __init__(self, spent: float):
        self.spent = spent

    def minutes(self) -> float:
        self.spent += 0.1
        return self.spent
