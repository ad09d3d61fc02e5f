"""Networks: what is trained (over-parameterised) and, by `draw`, what is shipped (plain convolutions).

Every network is a `Net`: input [n, 3 + controls, h, w], RGB in 0..1 and then one plane for each control;
output [n, outputs, scale * h, scale * w], unclamped; h and w divide by `multiple`.
"""

import torch
import torch.nn.functional as F
from torch import nn

from .graph import Graph
from .layers import SLOPE, RepConv, RepStack


class Net(nn.Module):
    """What every network states about itself; `forward` is how it trains, `draw` how it is shipped."""

    scale: int = 1
    multiple: int = 1
    controls: int = 0
    outputs: int = 3

    def draw(self, graph: Graph) -> str:
        """Adds the folded network to `graph`, from the value `image`; returns the value of its result."""
        raise NotImplementedError


class PlainUpscaler(Net):
    """`convs` 3x3 convolutions at low resolution, a linear 3x3 skip from the image, depth-to-space."""

    def __init__(self, scale: int, channels: int = 32, convs: int = 10):
        super().__init__()
        self.scale = scale
        widths = [3] + [channels] * (convs - 1)
        self.body = nn.ModuleList(RepConv(a, b) for a, b in zip(widths, widths[1:]))
        self.tail = RepConv(channels, 3 * scale * scale, identity=False)
        self.skip = repeating_skip(scale)
        with torch.no_grad():
            self.tail.direct.mul_(0.1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = x
        for conv in self.body:
            y = F.leaky_relu(conv(y), SLOPE)
        return enlarge(self.tail(y), self.skip, x, self.scale)

    def draw(self, graph: Graph) -> str:
        value = "image"
        for i, conv in enumerate(self.body):
            value = graph.leaky_relu(conv.draw(graph, f"body{i}", value), SLOPE)
        return draw_enlarge(graph, self.tail.draw(graph, "tail", value), self.skip, self.scale)


class SpanUpscaler(Net):
    """Blocks of three convolutions whose last one gates itself and its input, without a parameter.

    attention = (sigmoid(f) - 0.5) * (f + x). Wan et al. 2023 (SPAN, arXiv 2311.12770). The first features,
    those after the first and before the last block, and the last are joined by one 1x1 convolution.
    """

    def __init__(self, scale: int, channels: int = 48, blocks: int = 6):
        super().__init__()
        self.scale = scale
        self.head = RepConv(3, channels)
        self.blocks = nn.ModuleList(SpanBlock(channels) for _ in range(blocks))
        self.last = RepConv(channels, channels)
        self.join = nn.Conv2d(4 * channels, channels, 1)
        self.tail = RepConv(channels, 3 * scale * scale, identity=False)
        self.skip = repeating_skip(scale)
        with torch.no_grad():
            self.tail.direct.mul_(0.1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        head = y = self.head(x)
        kept = []
        for block in self.blocks:
            kept.append(y)
            y = block(y)
        joined = self.join(torch.cat([head, self.last(y), kept[1], kept[-1]], 1))
        return enlarge(self.tail(joined), self.skip, x, self.scale)

    def draw(self, graph: Graph) -> str:
        head = value = self.head.draw(graph, "head", "image")
        kept = []
        for i, block in enumerate(self.blocks):
            kept.append(value)
            value = block.draw(graph, f"block{i}", value)
        last = self.last.draw(graph, "last", value)
        both = graph.concat("features", [head, last, kept[1], kept[-1]])
        joined = graph.conv("join", both, self.join.weight, self.join.bias)
        return draw_enlarge(graph, self.tail.draw(graph, "tail", joined), self.skip, self.scale)


class SpanBlock(nn.Module):
    """Three convolutions and the gate of `SpanUpscaler`."""

    def __init__(self, channels: int):
        super().__init__()
        self.convs = nn.ModuleList(RepConv(channels, channels, identity=False) for _ in range(3))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        first, second, third = self.convs
        f = third(F.leaky_relu(second(F.leaky_relu(first(x), SLOPE)), SLOPE))
        return (torch.sigmoid(f) - 0.5) * (f + x)

    def draw(self, graph: Graph, name: str, value: str) -> str:
        """The folded block."""
        f = value
        for i, conv in enumerate(self.convs):
            f = conv.draw(graph, f"{name}.conv{i}", f)
            if i < 2:
                f = graph.leaky_relu(f, SLOPE)
        gate = graph.add(graph.sigmoid(f), graph.scalar(f"{name}.half", -0.5))
        return graph.multiply(gate, graph.add(f, value))


class Restorer(Net):
    """A residual U-Net over blocks of 2 x 2 pixels: the picture plus a correction. With one level, a plain stack.

    The input may have control planes. `channels`: of each level, the finest first. `before`: for each level the
    dilations of its 3x3 convolutions on the way down, `after`: on the way up, for all levels but the coarsest
    (dilated for a wider reach at no cost: Zhang et al. 2017, IRCNN). Every level also sees the picture itself, reduced
    to its size (Cho et al. 2021, MIMO-UNet): what a network of one level knows of small blurs, a coarser level
    begins with for large ones. Strided convolutions lead down, depth-to-space up; skips are added, not
    concatenated. No convolution has an expanding branch: at coarse levels' width it would take most of a step's time.
    """

    def __init__(
        self, channels: list[int], before: list[list[int]], after: list[list[int]], controls: int = 0
    ):
        super().__init__()
        self.controls = controls
        self.multiple = 2 ** len(channels)
        pairs = list(zip(channels, channels[1:]))
        self.heads = nn.ModuleList(RepConv(4 * (3 + controls), width, expand=0) for width in channels)
        self.before = nn.ModuleList(RepStack(*level) for level in zip(channels, before, strict=True))
        self.down = nn.ModuleList(RepConv(a, b, expand=0, stride=2) for a, b in pairs)
        self.up = nn.ModuleList(RepConv(b, 4 * a, expand=0, identity=False) for a, b in pairs)
        self.after = nn.ModuleList(RepStack(*level) for level in zip(channels[:-1], after, strict=True))
        self.tail = RepConv(channels[0], 12, expand=0, identity=False)
        with torch.no_grad():  # as good as one convolution at first: twenty with much of their own overflow
            self.tail.direct.mul_(0.1)
            for conv in [*self.up, *(conv for stack in [*self.before, *self.after] for conv in stack.convs)]:
                conv.direct.mul_(0.1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y, kept, image = self.heads[0](F.pixel_unshuffle(x, 2)), [], x
        for head, stack, down in zip(self.heads[1:], self.before, self.down):
            kept.append(stack(F.leaky_relu(y, SLOPE)))
            image = F.avg_pool2d(image, 2)
            y = head(F.pixel_unshuffle(image, 2)) + down(kept[-1])
        y = self.before[-1](F.leaky_relu(y, SLOPE))
        for level in reversed(range(len(kept))):
            y = self.after[level](F.pixel_shuffle(self.up[level](y), 2) + kept[level])
        return x[:, :3] + F.pixel_shuffle(self.tail(y).float(), 2)

    def draw(self, graph: Graph) -> str:
        parts, kept = graph.space_to_depth("image", 2, "split0"), []
        value, image = self.heads[0].draw(graph, "head0", parts), "image"
        for level, down in enumerate(self.down):
            kept.append(self.before[level].draw(graph, f"before{level}", graph.leaky_relu(value, SLOPE)))
            image = graph.reduce(image, f"reduced{level + 1}")
            blocks = graph.space_to_depth(image, 2, f"split{level + 1}")
            own = self.heads[level + 1].draw(graph, f"head{level + 1}", blocks)
            value = graph.add(own, down.draw(graph, f"down{level}", kept[-1]))
        value = self.before[-1].draw(graph, f"before{len(kept)}", graph.leaky_relu(value, SLOPE))
        for level in reversed(range(len(kept))):
            raised = graph.depth_to_space(self.up[level].draw(graph, f"up{level}", value), 2)
            value = self.after[level].draw(graph, f"after{level}", graph.add(raised, kept[level]))
        # The image is added where it is in parts already: a 1x1 convolution that picks the colours.
        colours = torch.eye(12, 4 * (3 + self.controls))[:, :, None, None]
        skip = graph.conv("skip", parts, colours, torch.zeros(12))
        return graph.depth_to_space(graph.add(self.tail.draw(graph, "residual", value), skip), 2)


class Marker(Net):
    """A U-Net over blocks of 2 x 2 pixels whose one plane says how likely a pixel is marked, 0..1.

    Ronneberger et al. 2015, "U-Net", with skips that are added. `channels`: of each level, the finest first; each is
    half as large as the one before. `before`, `after`: dilations of each level's 3x3 convolutions, on the way down and
    up (for all levels but the coarsest). 2x2 convolutions lead down, depth-to-space up.
    """

    block = 2
    outputs = 1
    usual = -3.0
    """What the sigmoid of an untrained network is of: most pixels are not marked."""
    forgotten = 0.0
    """Share of planes that training leaves out."""

    def __init__(self, channels: list[int], before: list[list[int]], after: list[list[int]]):
        super().__init__()
        self.multiple = self.block * 2 ** (len(channels) - 1)
        pairs = list(zip(channels, channels[1:]))
        self.head = RepConv(3 * self.block**2, channels[0], expand=0)
        self.before = nn.ModuleList(RepStack(*level) for level in zip(channels, before, strict=True))
        self.down = nn.ModuleList(nn.Conv2d(a, b, 2, 2) for a, b in pairs)
        self.up = nn.ModuleList(nn.Conv2d(b, 4 * a, 1) for a, b in pairs)
        self.after = nn.ModuleList(RepStack(*level) for level in zip(channels[:-1], after, strict=True))
        self.tail = RepConv(channels[0], self.outputs * self.block**2, expand=0, identity=False)
        with torch.no_grad():
            for conv in [self.tail, *(conv for stack in [*self.before, *self.after] for conv in stack.convs)]:
                conv.direct.mul_(0.2)
            self.tail.bias.fill_(self.usual)

    def forget(self, features: torch.Tensor) -> torch.Tensor:
        """While training: without some of its planes, the same share for all (Tompson et al. 2015, spatial dropout)."""
        return F.dropout2d(features, self.forgotten, self.training) if self.forgotten else features

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y, kept = F.leaky_relu(self.head(F.pixel_unshuffle(x, self.block)), SLOPE), []
        for stack, down in zip(self.before, self.down):
            kept.append(stack(y))
            y = F.leaky_relu(down(kept[-1]), SLOPE)
        y = self.forget(self.before[-1](self.forget(y)))
        for level in reversed(range(len(kept))):
            y = self.after[level](F.pixel_shuffle(self.up[level](y), 2) + self.forget(kept[level]))
        return torch.sigmoid(F.pixel_shuffle(self.tail(y).float(), self.block))

    def draw(self, graph: Graph) -> str:
        kept = []
        value = self.head.draw(graph, "head", graph.space_to_depth("image", self.block, "split"))
        value = graph.leaky_relu(value, SLOPE)
        for level, down in enumerate(self.down):
            kept.append(self.before[level].draw(graph, f"before{level}", value))
            below = graph.conv(f"down{level}", kept[-1], down.weight, down.bias, stride=2)
            value = graph.leaky_relu(below, SLOPE)
        value = self.before[-1].draw(graph, f"before{len(kept)}", value)
        for level in reversed(range(len(kept))):
            up = self.up[level]
            raised = graph.depth_to_space(graph.conv(f"up{level}", value, up.weight, up.bias), 2)
            value = self.after[level].draw(graph, f"after{level}", graph.add(raised, kept[level]))
        return graph.sigmoid(graph.depth_to_space(self.tail.draw(graph, "tail", value), self.block))


class Colourist(Marker):
    """The same over blocks of 4 x 4 pixels, for three planes: a and b of Oklab, and how far they may be off.

    What the planes hold is said in `colouring.py`.
    """

    block = 4
    outputs = 3
    usual = 0.0
    forgotten = 0.25


def repeating_skip(scale: int) -> nn.Conv2d:
    """A 3x3 convolution from RGB to what depth-to-space makes pixels of; untrained it repeats each pixel."""
    skip = nn.Conv2d(3, 3 * scale * scale, 3, padding=1)
    with torch.no_grad():
        skip.weight.zero_()
        skip.bias.zero_()
        for plane in range(3 * scale * scale):
            skip.weight[plane, plane // (scale * scale), 1, 1] = 1
    return skip


def enlarge(detail: torch.Tensor, skip: nn.Conv2d, image: torch.Tensor, scale: int) -> torch.Tensor:
    """Detail and the skipped image, as pixels."""
    with torch.autocast(image.device.type, enabled=False):  # bfloat16 holds a residual, not a pixel
        return F.pixel_shuffle(detail.float() + skip(image.float()), scale)


def draw_enlarge(graph: Graph, detail: str, skip: nn.Conv2d, scale: int) -> str:
    """`enlarge` as nodes of `graph`."""
    plain = graph.conv("skip", "image", skip.weight, skip.bias)
    return graph.depth_to_space(graph.add(detail, plain), scale)


KINDS: dict[str, type[Net]] = {
    "plain": PlainUpscaler,
    "span": SpanUpscaler,
    "restorer": Restorer,
    "marker": Marker,
    "colourist": Colourist,
}


def build(net: dict) -> Net:
    """The training form of a recipe's `[net]` table."""
    options = dict(net)
    kind = options.pop("kind")
    if kind not in KINDS:
        raise SystemExit(f"Unknown net kind {kind!r}; known: {', '.join(KINDS)}.")
    return KINDS[kind](**options)


def load_matching(model: nn.Module, state: dict[str, torch.Tensor]) -> list[str]:
    """Warm start: copies every tensor of `state` whose name and shape fit; returns the names left fresh.

    A convolution with fewer inputs than its namesake takes those it has: colours come before controls.
    """
    own = model.state_dict()
    fit = {}
    for name, tensor in own.items():
        kept = state.get(name)
        if kept is not None and kept.dim() > 1:
            kept = kept[:, : tensor.shape[1]]
        if kept is not None and kept.shape == tensor.shape:
            fit[name] = kept
    model.load_state_dict(fit, strict=False)
    return sorted(set(own) - set(fit))
