"""How results are compared with the truth: PSNR, crispness beside a teacher's, and how well marks fit."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .colouring import is_sure, to_colours
from .metrics import gradient_energy, luma, psnr
from .resample import resize

Picture = np.ndarray
"""uint8 [h, w, 3]."""


@dataclass(frozen=True)
class Sample:
    """`damaged` float32 [h, w, 3], 0..1 (more only where a benchmark says so); `truth` uint8 [s*h, s*w, 3].

    `controls`: what the planes of a network that has them are to hold. `gray`: stored as one plane. `taught`: what a
    teacher made of `damaged`, like `truth`.
    """

    damaged: np.ndarray
    truth: Picture
    controls: tuple[float, ...] = ()
    gray: bool = False
    taught: Picture | None = None


@dataclass(frozen=True)
class Benchmark:
    """Samples of one kind. `on_luma`: PSNR of Y (BT.601), else of RGB. `border`: pixels left out.

    `published`: the PSNR of doing nothing (bicubic enlargement, or the input itself) in the literature.
    """

    name: str
    samples: list[Sample]
    scale: int = 1
    on_luma: bool = False
    border: int = 0
    published: float | None = None

    in_decibels = True

    def score(self, result: Picture, sample: Sample) -> float:
        """PSNR in dB of one result."""
        inner = slice(self.border, -self.border or None)
        result, truth = result[inner, inner], sample.truth[inner, inner]
        if not self.on_luma:
            return psnr(result, truth)
        if sample.gray:  # compared as gray, 0..255, as the literature does
            return psnr(np.round((luma(result) - 16) * 255 / 219), truth[..., 0])
        return psnr(luma(result), luma(truth))

    def measure(self, enhance: Callable[[Sample], Picture]) -> float:
        """Mean PSNR in dB; equal pictures count as 100 dB."""
        return float(np.mean([min(self.score(enhance(sample), sample), 100.0) for sample in self.samples]))

    def baseline(self) -> float:
        """Mean PSNR in dB of doing nothing."""
        return self.measure(lambda sample: do_nothing(sample, self.scale))


class Crispness(Benchmark):
    """Gradient energy of results, as a part of the teacher's: the geometric mean over photos; 1 is as crisp as it."""

    in_decibels = False

    def score(self, result: Picture, sample: Sample) -> float:
        """The part for one result."""
        inner = slice(self.border, -self.border or None)
        return gradient_energy(result[inner, inner]) / gradient_energy(sample.taught[inner, inner])

    def measure(self, enhance: Callable[[Sample], Picture]) -> float:
        """The geometric mean."""
        return float(np.exp(np.mean([np.log(self.score(enhance(sample), sample)) for sample in self.samples])))


LIKELY = 230
"""Of 255: the least probability that the app marks at its usual sensitivity, nine in ten."""


class Marking(Benchmark):
    """Marks of LIKELY and more against the truth (uint8 [h, w, 1], 255 marked), in parts of 1, over all photos.

    The intersection over the union; nothing marked has 0.
    """

    in_decibels = False

    def measure(self, enhance: Callable[[Sample], Picture]) -> float:
        """Over all pixels of all photos together."""
        both = either = 0
        for sample in self.samples:
            found, truth = enhance(sample) >= LIKELY, sample.truth >= 128
            both, either = both + int((found & truth).sum()), either + int((found | truth).sum())
        return both / max(either, 1)

    def baseline(self) -> float:
        """Of marking nothing."""
        return self.measure(lambda sample: np.zeros_like(sample.truth))


class Unmarked(Marking):
    """The percentage of pixels that are marked; of clean photos it should be none."""

    def measure(self, enhance: Callable[[Sample], Picture]) -> float:
        """Over all pixels of all photos together, in percent."""
        found = [enhance(sample) >= LIKELY for sample in self.samples]
        return 100 * sum(int(mask.sum()) for mask in found) / sum(mask.size for mask in found)


class Likeness(Marking):
    """PSNR (dB) of the plane of probabilities to the truth: what rounding weights may cost."""

    in_decibels = True

    def measure(self, enhance: Callable[[Sample], Picture]) -> float:
        """The mean over photos."""
        return float(np.mean([min(psnr(enhance(sample), sample.truth), 100.0) for sample in self.samples]))


class Colouring(Benchmark):
    """How far proposed colours are off, as a part of what leaving all grey is off; over all pixels of all photos.

    Results and truths are planes of `colouring.py`, uint8 [h, w, 3].
    """

    in_decibels = False

    def counts(self, planes: Picture) -> np.ndarray:
        """Of which pixels: all, bool [h, w]."""
        return np.ones(planes.shape[:2], bool)

    def measure(self, enhance: Callable[[Sample], Picture]) -> float:
        """1 is as far off as grey."""
        off = grey = 0.0
        for sample in self.samples:
            planes = enhance(sample)
            where, colours = self.counts(planes), to_colours(sample.truth / np.float32(255))
            off += float(np.linalg.norm(to_colours(planes / np.float32(255)) - colours, axis=2)[where].sum())
            grey += float(np.linalg.norm(colours, axis=2)[where].sum())
        return off / grey if grey else 1.0

    def baseline(self) -> float:
        """Of leaving all grey."""
        return self.measure(lambda sample: np.full_like(sample.truth, 127.5, np.float32))


class SureColouring(Colouring):
    """The same where the network is sure."""

    def counts(self, planes: Picture) -> np.ndarray:
        """Of which pixels, bool [h, w]."""
        return is_sure(planes / np.float32(255))


class Share(SureColouring):
    """The percentage of pixels for which the network is sure."""

    def measure(self, enhance: Callable[[Sample], Picture]) -> float:
        """Over all pixels of all photos together."""
        return 100 * float(np.mean([self.counts(enhance(sample)).mean() for sample in self.samples]))


class ColourLikeness(Colouring):
    """PSNR (dB) of a and b: what rounding weights may cost."""

    in_decibels = True

    def measure(self, enhance: Callable[[Sample], Picture]) -> float:
        """The mean over photos."""
        return float(np.mean([psnr(enhance(sample)[..., :2], sample.truth[..., :2]) for sample in self.samples]))


def do_nothing(sample: Sample, scale: int) -> np.ndarray:
    """Bicubic enlargement in 8 bit; at scale 1 the input itself, 0..255 as float, neither rounded nor clamped.

    The literature measures noisy inputs before they are clamped.
    """
    if scale == 1:
        return sample.damaged * 255
    height, width = (n * scale for n in sample.damaged.shape[:2])
    low = np.round(sample.damaged * 255).astype(np.uint8)
    return np.clip(np.round(resize(low, height, width)), 0, 255).astype(np.uint8)
