"""Regions on a device: held in a ring, cut into patches that fit each other, fed by other processes."""

import multiprocessing
from pathlib import Path

import numpy as np
import torch

from training import resident
from training.data import PairedPatches, Pictures, load_photos
from training.resample import reduce
from training.resident import Feeder, Ring


def stacks(*values: int) -> tuple[torch.Tensor, torch.Tensor]:
    """A stack of flat regions of 6 pixels and their 2x."""
    flat = torch.tensor(values, dtype=torch.uint8).reshape(-1, 1, 1, 1)
    return flat.expand(-1, 6, 6, 3).clone(), flat.expand(-1, 12, 12, 3).clone()


def test_the_newest_regions_take_the_place_of_the_oldest():
    ring = Ring("cpu", scale=2, capacity=4)
    ring.put(stacks(1, 2, 3))
    assert ring.size == 3
    ring.put(stacks(4, 5))
    assert ring.size == 4 and sorted(ring.held[0][:, 0, 0, 0].tolist()) == [2, 3, 4, 5]
    low, _ = ring.batch(200, 4)
    assert sorted(set(torch.round(low[:, 0, 0, 0] * 255).tolist())) == [2, 3, 4, 5]


def test_only_what_is_there_is_drawn():
    ring = Ring("cpu", scale=2, capacity=100)
    ring.put(stacks(7))
    low, high = ring.batch(50, 4)
    assert low.shape == (50, 3, 4, 4) and high.shape == (50, 3, 8, 8)
    assert torch.allclose(low, torch.tensor(7 / 255)) and torch.allclose(high, torch.tensor(7 / 255))


def test_patches_of_both_sizes_show_the_same_place_in_all_eight_positions():
    ring = Ring("cpu", scale=2, capacity=2)
    high = torch.from_numpy(np.random.default_rng(0).integers(0, 256, (2, 12, 12, 3), np.uint8))
    low = high[:, ::2, ::2]
    ring.put((low, high))
    lows, highs = ring.batch(4000, 4)
    corners = torch.stack([highs[..., y::2, x::2] for y in (0, 1) for x in (0, 1)])
    assert ((corners - lows).abs().amax((2, 3, 4)).amin(0) == 0).all()  # turning moves the sample
    places = {tuple(torch.round(patch * 255).int().flatten().tolist()) for patch in lows}
    assert len(places) == 2 * 3 * 3 * 8


def test_numbers_of_more_planes_are_kept_as_halves():
    ring = Ring("cpu", scale=1, capacity=2)
    planes = np.random.default_rng(0).random((1, 6, 6, 5), np.float32)
    ring.put((resident.to_stored(planes), resident.to_stored(planes[..., :3])))
    low, high = ring.batch(3, 6)
    assert low.shape == (3, 5, 6, 6) and torch.equal(low[:, :3], high)
    assert abs(float(low.sum()) / 3 - planes.sum()) < 0.1 and low.dtype == torch.float32


def test_processes_fill_the_ring_each_by_its_own_chance(data: Path, monkeypatch):
    monkeypatch.setattr(resident, "LEAST", 64)
    patches = PairedPatches(Pictures(load_photos(data / "train", 16)), scale=2, patch=9, seed=0)
    ring = Ring("cpu", scale=2, capacity=128)
    feeder = Feeder(patches, ring, workers=2)
    processes = multiprocessing.active_children()
    feeder.close()
    assert len(processes) >= 2 and not any(process.is_alive() for process in processes)
    lows, highs = (held[: ring.size] for held in ring.held)
    assert lows.shape[1:] == (12, 12, 3) and highs.shape[1:] == (24, 24, 3)
    assert len({low.numpy().tobytes() for low in lows[:48]}) > 24
    inner = np.abs(reduce(highs[5].numpy(), 2)[4:-4, 4:-4].astype(int) - lows[5].numpy()[4:-4, 4:-4])
    assert inner.max() <= 1
