"""One step of a training: what the network makes of a batch, how wrong it is, and what it learns from that."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from .crew import Crew
from .losses import LOSSES, inner, squared_loss, unsharp_masked
from .matching import Matching
from .muon import Muon
from .nets import Net


@dataclass(frozen=True)
class Phase:
    """What changes a few times in a training: the form of its steps.

    `patch`: side, in low pixels. `half`: in bfloat16. `matched`: held to what a teacher sees inside. `squared`: to
    squared errors alone, without a teacher.
    """

    patch: int
    half: bool
    matched: bool
    squared: bool


def phase_at(settings: dict, progress: float) -> Phase:
    """The phase of a recipe's [train] at `progress` in [0, 1]; sides of patches before the last: `small_first`, equal times long."""
    sides = [*settings.get("small_first", []), settings["patch"]]
    return Phase(
        patch=sides[min(int(progress * len(sides)), len(sides) - 1)],
        half=progress < settings["bfloat16"],
        matched="match" in settings and progress < settings["match_until"],
        squared=progress >= 1 - settings["l2_tail"],
    )


@dataclass
class Step:
    """Takes steps of `model`, by a recipe's [train], and lets `average` follow it.

    `rate`: the learning rate. `fresh`: how much of the model goes into the average. Both are tensors, which a step
    that was captured in a graph reads anew.
    """

    model: Net
    average: Net
    settings: dict
    crew: Crew
    matching: Matching | None
    teacher: Callable[[torch.Tensor], torch.Tensor] | None

    def __post_init__(self):
        self.device = next(self.model.parameters()).device
        self.rate, self.fresh = (torch.zeros((), device=self.device) for _ in range(2))
        self.learning = [*self.model.parameters(), *(self.matching.parameters() if self.matching else [])]
        self.optimiser = Muon(self.learning, self.rate)
        self.bind_rate()

    def bind_rate(self) -> None:
        """Lets the optimiser read `rate` itself, not a copy: after it was made, and after its state was loaded."""
        for group in self.optimiser.param_groups:
            group["lr"] = self.rate

    def set(self, rate: float, number: int) -> None:
        """What the next step is taken with, of a training's `number` steps so far."""
        self.rate.fill_(rate)
        self.fresh.fill_(1 - min(self.settings["ema"], (2 + number) / (11 + number)))

    def __call__(self, phase: Phase, low: torch.Tensor, high: torch.Tensor) -> torch.Tensor:
        """Takes a step on one batch; returns its loss."""
        loss = self.loss(phase, low, high)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self.crew.average(self.learning)
        torch.nn.utils.clip_grad_norm_(self.learning, self.settings["clip"])
        self.optimiser.step()
        with torch.no_grad():
            for kept, new in zip(self.average.parameters(), self.model.parameters()):
                kept.lerp_(new, self.fresh)
        return loss.detach()

    def loss(self, phase: Phase, low: torch.Tensor, high: torch.Tensor) -> torch.Tensor:
        """How far the network is from what is wanted of it in a phase."""
        settings = self.settings
        with torch.autocast(self.device.type, torch.bfloat16, enabled=phase.half):
            out = self.model(low)
            taught = settings["match_weight"] * self.matching(low) if phase.matched else 0
            wanted = self.teacher(low) if self.teacher and not phase.squared else None
        if wanted is not None:
            taught = taught + settings["teacher_weight"] * F.l1_loss(out, wanted)
        if amount := settings.get("aim_sharper", 0.0):
            high = unsharp_masked(high, amount)
        border = settings.get("border", 0)
        out, high = (inner(image, border * self.model.scale) for image in (out, high))
        if phase.squared:
            return squared_loss(out, high, settings) + taught
        return LOSSES[settings["loss"]](out, high, inner(low, border), settings) + taught
