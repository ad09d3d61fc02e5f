"""Networks: what is trained (over-parameterised) and what is shipped (plain convolutions).

Re-parameterisation happens in weight space: each training convolution composes its 3x3 kernel from
several branches on every step, then convolves once. The composition is linear algebra on a few
thousand numbers, so the richer optimisation path costs almost nothing, and folding is exact by
construction. Idea: Ding et al. 2021 (RepVGG, DBB); Zhang et al. 2021 (ECBSR).
"""

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

SLOPE = 0.1
"""Negative slope of every LeakyReLU."""


class RepConv(nn.Module):
    """A 3x3 convolution, padding 1, whose kernel is composed of parallel branches.

    kernel = direct 3x3 + centre 1x1 + (1x1 expand -> 3x3) + identity (where in == out).
    """

    def __init__(self, inputs: int, outputs: int, expand: int = 2, identity: bool = True):
        super().__init__()
        self.direct = nn.Parameter(torch.empty(outputs, inputs, 3, 3))
        self.centre = nn.Parameter(torch.zeros(outputs, inputs))
        hidden = expand * outputs
        self.squeeze = nn.Parameter(torch.empty(hidden, inputs))
        self.spread = nn.Parameter(torch.zeros(outputs, hidden, 3, 3))
        self.bias = nn.Parameter(torch.zeros(outputs))
        nn.init.kaiming_normal_(self.direct, a=SLOPE)
        nn.init.kaiming_normal_(self.squeeze, a=SLOPE)
        with torch.no_grad():
            self.direct.mul_(0.5)
            self.squeeze.mul_(0.2)  # keeps the composed kernel's step near the direct branch's step
        self.identity = identity and inputs == outputs

    def kernel(self) -> torch.Tensor:
        """The folded kernel, [outputs, inputs, 3, 3]."""
        kernel = self.direct + torch.einsum("ohyx,hi->oiyx", self.spread, self.squeeze)
        centre = self.centre
        if self.identity:
            centre = centre + torch.eye(centre.shape[0], device=centre.device)
        return kernel + F.pad(centre[:, :, None, None], (1, 1, 1, 1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.conv2d(x, self.kernel(), self.bias, padding=1)


@dataclass(frozen=True)
class Layer:
    """One shipped convolution: kernel [out, in, 3, 3] and bias [out], float32."""

    name: str
    kernel: np.ndarray
    bias: np.ndarray


class PlainUpscaler(nn.Module):
    """`convs` 3x3 convolutions at low resolution, a linear 3x3 skip from the image, depth-to-space.

    Input [n, 3, h, w] in [0, 1]; output [n, 3, scale*h, scale*w], unclamped.
    """

    def __init__(self, scale: int, channels: int = 32, convs: int = 10):
        super().__init__()
        self.scale = scale
        widths = [3] + [channels] * (convs - 1)
        self.body = nn.ModuleList(RepConv(a, b) for a, b in zip(widths, widths[1:]))
        self.tail = RepConv(channels, 3 * scale * scale, identity=False)
        self.skip = nn.Conv2d(3, 3 * scale * scale, 3, padding=1)
        with torch.no_grad():
            self.tail.direct.mul_(0.1)
            self.skip.weight.zero_()
            self.skip.bias.zero_()
            for plane in range(3 * scale * scale):
                self.skip.weight[plane, plane // (scale * scale), 1, 1] = 1

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = x
        for conv in self.body:
            y = F.leaky_relu(conv(y), SLOPE)
        detail = self.tail(y)
        with torch.autocast(x.device.type, enabled=False):  # bfloat16 holds a residual, not a pixel
            return F.pixel_shuffle(detail.float() + self.skip(x.float()), self.scale)

    def fold(self) -> list[Layer]:
        """The plain convolutions that compute exactly what this network computes."""
        named = [(f"body{i}", conv) for i, conv in enumerate(self.body)] + [("tail", self.tail)]
        layers = [Layer(name, _array(conv.kernel()), _array(conv.bias)) for name, conv in named]
        return layers + [Layer("skip", _array(self.skip.weight), _array(self.skip.bias))]


def _array(tensor: torch.Tensor) -> np.ndarray:
    return tensor.detach().float().cpu().numpy()


def build(net: dict) -> PlainUpscaler:
    """The training form of a recipe's `[net]` table."""
    kinds = {"plain": PlainUpscaler}
    options = dict(net)
    kind = options.pop("kind")
    if kind not in kinds:
        raise SystemExit(f"Unknown net kind {kind!r}; known: {', '.join(kinds)}.")
    return kinds[kind](**options)


def load_matching(model: nn.Module, state: dict[str, torch.Tensor]) -> list[str]:
    """Warm start: copies every tensor of `state` whose name and shape fit; returns the names left fresh."""
    own = model.state_dict()
    fit = {k: v for k, v in state.items() if k in own and own[k].shape == v.shape}
    model.load_state_dict(fit, strict=False)
    return sorted(set(own) - set(fit))
