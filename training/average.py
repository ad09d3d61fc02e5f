"""Master weights as the mean of several trainings' that began at the same ones: what is left of small batches' noise goes down.

    python3 -m training.average upscale-x2-crisp BEFORE.npz AFTER.npz [--shares 1 3]

Izmailov et al. 2018, "Averaging Weights Leads to Wider Optima and Better Generalization". Only near ones may be averaged: of two
trainings from different random numbers nothing is left.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from .train import WEIGHTS


def average(paths: Sequence[Path], shares: Sequence[float]) -> dict[str, np.ndarray]:
    """The mean of .npz files of one network, each array as it is stored there; `shares`: how much each counts.

    Refuses files of different networks.
    """
    files = [dict(np.load(path)) for path in paths]
    shapes = [{name: array.shape for name, array in arrays.items()} for arrays in files]
    for path, shape in zip(paths, shapes):
        if shape != shapes[0]:
            raise SystemExit(f"{path} is of another network than {paths[0]}.")
    return {
        name: np.average([arrays[name].astype(np.float64) for arrays in files], axis=0, weights=shares).astype(first.dtype)
        for name, first in files[0].items()
    }


def main() -> None:
    """Writes training/weights/ID.npz."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("--shares", type=float, nargs="+")
    wanted = parser.parse_args()
    shares = wanted.shares or [1.0] * len(wanted.weights)
    if len(shares) != len(wanted.weights):
        parser.error("as many shares as files")
    whole, part = WEIGHTS / f"{wanted.model}.npz", WEIGHTS / f".{wanted.model}.part.npz"
    np.savez_compressed(part, **average(wanted.weights, shares))
    part.replace(whole)


if __name__ == "__main__":
    main()
