"""What the tests of damage start from: drawn pictures, and what is measured in them."""

import numpy as np

# For values that only rounding parts.
QUIET = dict(atol=1e-6, rtol=0)


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def photo(height: int = 64, width: int = 72) -> np.ndarray:
    """Something smooth with edges and colours, 0..1."""
    y, x = np.mgrid[:height, :width] / 16
    planes = [0.5 + 0.4 * np.sin(x + c) * np.cos(y * (1 + c)) for c in range(3)]
    image = np.stack(planes, 2).astype(np.float32)
    image[height // 3 : height // 2, width // 4 : width // 2] = (0.9, 0.2, 0.1)
    return image


def flat(value: float, side: int = 256) -> np.ndarray:
    return np.full((side, side, 3), value, np.float32)


def neighbour_correlation(plane: np.ndarray) -> float:
    return float(np.corrcoef(plane[:, 1:].ravel(), plane[:, :-1].ravel())[0, 1])
