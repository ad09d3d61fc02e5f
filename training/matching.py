"""A network that learns to see inside as its teacher does, not only to give what it gives.

Source: Romero et al. 2015, "FitNets: hints for thin deep nets". A deep network of random numbers finds its way sooner
when some of its layers are held to a teacher's; the maps between the two are thrown away.
"""

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import nn

from .nets import SLOPE, Net
from .teachers import Teacher


class Matching(nn.Module):
    """Compares what convolutions of a plain network give (after LeakyReLU) with activations of the teacher.

    `pairs`: (number of the network's convolution, number of the teacher's activation), both from 0. A 1x1 map without
    bias leads from each to each: it learns along. Only the maps are parameters of this.
    """

    def __init__(self, net: Net, teacher: Teacher, pairs: Sequence[tuple[int, int]]):
        super().__init__()
        self.keep = tuple(its for _, its in pairs)
        if list(self.keep) != sorted(self.keep):
            raise ValueError(f"the teacher's activations must be in order: {self.keep}")
        self.seen: dict[int, torch.Tensor] = {}
        self.watched = [own for own, _ in pairs]
        for own in self.watched:
            net.body[own].register_forward_hook(lambda module, inputs, result, own=own: self.seen.update({own: result}))
        widths = [(net.body[own].bias.numel(), teacher.width(its)) for own, its in pairs]
        self.maps = nn.ModuleList(nn.Conv2d(a, b, 1, bias=False) for a, b in widths)
        self.ask = teacher.activations

    def forward(self, low: torch.Tensor) -> torch.Tensor:
        """How far the network was from the teacher when it last ran, on `low`: 1 is knowing only the means.

        Mean over the pairs of the squared difference as a part of the variance of the teacher's channels.
        """
        wanted = self.ask(low, self.keep)
        losses = []
        for own, to_teacher, target in zip(self.watched, self.maps, wanted):
            found = to_teacher(F.leaky_relu(self.seen[own], SLOPE)).float()
            target = target.float()
            target = target - target.mean((0, 2, 3), keepdim=True)
            found = found - found.mean((0, 2, 3), keepdim=True)
            losses.append((found - target).square().mean() / target.square().mean().clamp(min=1e-8))
        return torch.stack(losses).mean()
