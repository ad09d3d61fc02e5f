"""Layers that train over-parameterised and are drawn as plain convolutions.

Re-parameterisation happens in weight space: each training convolution composes its 3x3 kernel from
several branches on every step, then convolves once. The composition is linear algebra on a few
thousand numbers, so the richer optimisation path costs almost nothing, and folding is exact by
construction. Idea: Ding et al. 2021 (RepVGG, DBB); Zhang et al. 2021 (ECBSR).
"""

import torch
import torch.nn.functional as F
from torch import nn

from .graph import Graph

SLOPE = 0.1
"""Negative slope of every LeakyReLU."""


class RepConv(nn.Module):
    """A 3x3 convolution, padded to keep the size, whose kernel is composed of parallel branches.

    kernel = direct 3x3 + centre 1x1 + (1x1 expand -> 3x3) + identity (where in == out and stride is 1).
    `expand`: width of the expanding branch in outputs; 0: none.
    """

    def __init__(
        self,
        inputs: int,
        outputs: int,
        expand: int = 2,
        identity: bool = True,
        stride: int = 1,
        dilation: int = 1,
    ):
        super().__init__()
        self.stride, self.dilation = stride, dilation
        self.direct = nn.Parameter(torch.empty(outputs, inputs, 3, 3))
        self.centre = nn.Parameter(torch.zeros(outputs, inputs))
        self.bias = nn.Parameter(torch.zeros(outputs))
        nn.init.kaiming_normal_(self.direct, a=SLOPE)
        with torch.no_grad():
            self.direct.mul_(0.5)
        self.expand = expand
        if expand:
            self.squeeze = nn.Parameter(torch.empty(expand * outputs, inputs))
            self.spread = nn.Parameter(torch.zeros(outputs, expand * outputs, 3, 3))
            nn.init.kaiming_normal_(self.squeeze, a=SLOPE)
            with torch.no_grad():
                self.squeeze.mul_(0.2)  # keeps the composed kernel's step near the direct branch's step
        self.identity = identity and inputs == outputs and stride == 1

    def kernel(self) -> torch.Tensor:
        """The folded kernel, [outputs, inputs, 3, 3]."""
        kernel, centre = self.direct, self.centre
        if self.expand:
            kernel = kernel + torch.einsum("ohyx,hi->oiyx", self.spread, self.squeeze)
        if self.identity:
            centre = centre + torch.eye(centre.shape[0], dtype=centre.dtype, device=centre.device)
        return kernel + F.pad(centre[:, :, None, None], (1, 1, 1, 1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        options = {"stride": self.stride, "padding": self.dilation, "dilation": self.dilation}
        return F.conv2d(x, self.kernel(), self.bias, **options)

    def draw(self, graph: Graph, name: str, value: str) -> str:
        """The folded convolution as a node of `graph`."""
        return graph.conv(name, value, self.kernel(), self.bias, self.stride, self.dilation)


class RepStack(nn.Module):
    """Convolutions of equal width, each with its LeakyReLU; `dilations`: one for each."""

    def __init__(self, channels: int, dilations: list[int]):
        super().__init__()
        each = (RepConv(channels, channels, expand=0, dilation=dilation) for dilation in dilations)
        self.convs = nn.ModuleList(each)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for conv in self.convs:
            x = F.leaky_relu(conv(x), SLOPE)
        return x

    def draw(self, graph: Graph, name: str, value: str) -> str:
        """The folded stack."""
        for i, conv in enumerate(self.convs):
            value = graph.leaky_relu(conv.draw(graph, f"{name}.conv{i}", value), SLOPE)
        return value
