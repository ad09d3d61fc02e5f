from pathlib import Path

import numpy as np
import pytest

from training.average import average


def save(path: Path, **arrays: np.ndarray) -> Path:
    np.savez(path, **arrays)
    return path


def test_weights_are_averaged_by_their_shares_and_keep_their_type(tmp_path: Path):
    a = save(tmp_path / "a.npz", weight=np.zeros((2, 3), np.float32), bias=np.array([1.0], np.float32))
    b = save(tmp_path / "b.npz", weight=np.full((2, 3), 4, np.float32), bias=np.array([3.0], np.float32))
    mean = average([a, b], [1, 3])
    np.testing.assert_array_equal(mean["weight"], np.full((2, 3), 3, np.float32))
    np.testing.assert_array_equal(mean["bias"], np.array([2.5], np.float32))
    assert mean["weight"].dtype == np.float32


def test_another_networks_weights_are_refused_by_name(tmp_path: Path):
    a = save(tmp_path / "a.npz", weight=np.zeros((2, 3), np.float32))
    b = save(tmp_path / "b.npz", weight=np.zeros((3, 3), np.float32))
    with pytest.raises(SystemExit, match="b.npz is of another network"):
        average([a, b], [1, 1])
