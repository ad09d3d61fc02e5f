"""The ONNX graph of a network, drawn node by node by the network itself (`Net.draw`).

Folding happens here: kernels arrive in the precision they were composed in (float64 for export) and are
rounded once.
"""

from collections.abc import Mapping
from math import ceil
from typing import NamedTuple

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from .quantize import quantize_int8, to_half

OPSET = 13
"""The first with DequantizeLinear per channel."""

PRECISIONS = ("fp32", "fp16", "int8")
EXACT = ("skip", "split", "reduced", "head", "residual")
"""Layers whose kernels stay float32 in an int8 file. The split only moves pixels. A trained skip carries the
picture itself, a large centre among small taps: in int8 it cost 0.38 dB on Set5 at 10 minutes of training,
kept exact 0.001 dB for 1.3 kB more at 2x. A restorer's last convolution, the residual, cost 0.04 dB at sigma 50,
exact 15 kB; its first, the head, 0.08 dB at sigma 15, exact 26 kB, when all others together cost 0.01. The
enlargers' first and last gain nothing from it."""


class Extent(NamedTuple):
    """How large a value is: `planes` (channels), each with `density` positions for each input pixel."""

    planes: int
    density: float


CONSTANT = Extent(0, 0)
"""Of a value whose size does not depend on the picture's."""


class Graph:
    """Nodes and constants of one graph in one precision: `fp32`, `fp16` (all of it, input and output too)
    or `int8` (weights only, dequantized to float32; not those of EXACT).

    `planes`: channels of the input `image`. `moments`: of what the convolutions see, by name, for rounding
    kernels to int8 (`quantize_int8`). Methods add a node and return the name of its value. `params` and `macs`
    (multiply-accumulates per input pixel) count the convolutions.
    """

    def __init__(self, precision: str, planes: int, moments: Mapping[str, np.ndarray] | None = None):
        self.precision, self.moments = precision, moments or {}
        self.planes = planes
        self.type = TensorProto.FLOAT16 if precision == "fp16" else TensorProto.FLOAT
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self.params = 0
        self.macs = 0.0
        self._extents = {"image": Extent(planes, 1.0)}
        self._eyes: set[str] = set()
        """Names of the diagonals that are stored already."""

    @property
    def widest(self) -> int:
        """Bytes per input pixel of the largest value in float32, input and output included; rounded up."""
        return ceil(4 * max(planes * density for planes, density in self._extents.values()))

    def node(self, kind: str, inputs: list[str], extent: Extent, name: str = "", **attributes) -> str:
        """Adds a node, named `name` or after its kind."""
        name = name or f"{kind.lower()}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], name, **attributes))
        self._extents[name] = extent
        return name

    def conv(
        self,
        name: str,
        value: str,
        kernel: torch.Tensor,
        bias: torch.Tensor,
        stride: int = 1,
        dilation: int = 1,
    ) -> str:
        """A convolution: `kernel` [out, in, n, n], `bias` [out]; 3x3 is padded by its dilation, others not at all."""
        side = kernel.shape[2]
        padding = dilation if side == 3 else 0
        extent = Extent(len(kernel), self._extents[value].density / stride**2)
        self.params += kernel.numel() + bias.numel()
        self.macs += kernel.numel() * extent.density
        inputs = [value, self._kernel(name, to_array(kernel)), self._rounded(f"{name}.bias", to_array(bias))]
        shape = {"kernel_shape": [side, side], "pads": [padding] * 4, "strides": [stride, stride]}
        if dilation > 1:
            shape["dilations"] = [dilation, dilation]
        return self.node("Conv", inputs, extent, name, **shape)

    def leaky_relu(self, value: str, slope: float) -> str:
        """x where positive, else slope * x."""
        return self.node("LeakyRelu", [value], self._extents[value], f"{value}.act", alpha=slope)

    def sigmoid(self, value: str) -> str:
        """1 / (1 + exp(-x))."""
        return self.node("Sigmoid", [value], self._extents[value])

    def add(self, a: str, b: str) -> str:
        """Sum of two values."""
        return self.node("Add", [a, b], self._extents[a])

    def multiply(self, a: str, b: str) -> str:
        """Product of two values."""
        return self.node("Mul", [a, b], self._extents[a])

    def concat(self, name: str, values: list[str]) -> str:
        """Values behind one another in the channel axis."""
        planes = sum(self._extents[value].planes for value in values)
        extent = Extent(planes, self._extents[values[0]].density)
        return self.node("Concat", values, extent, name, axis=1)

    def space_to_depth(self, value: str, block: int, name: str) -> str:
        """torch.pixel_unshuffle, as a convolution of zeros and ones.

        onnxruntime's WebGPU provider has no kernel for the operator SpaceToDepth: it copies every tile to
        the CPU and back.
        """
        channels = self._extents[value].planes
        kernel = torch.eye(channels * block**2).reshape(-1, channels, block, block)
        return self.conv(name, value, kernel, torch.zeros(len(kernel)), stride=block)

    def reduce(self, value: str, name: str) -> str:
        """Each plane at half the size: the mean of every 2 x 2 positions, as a convolution, too."""
        channels = self._extents[value].planes
        kernel = torch.eye(channels)[:, :, None, None].repeat(1, 1, 2, 2) / 4
        return self.conv(name, value, kernel, torch.zeros(channels), stride=2)

    def depth_to_space(self, value: str, block: int) -> str:
        """torch.pixel_shuffle."""
        planes, density = self._extents[value]
        extent = Extent(planes // block**2, density * block**2)
        return self.node("DepthToSpace", [value], extent, blocksize=block, mode="CRD")

    def scalar(self, name: str, value: float) -> str:
        """A constant for `add` or `multiply`."""
        name = self._rounded(name, np.array(value, np.float32))
        self._extents[name] = CONSTANT
        return name

    @property
    def results(self) -> int:
        """Channels of the value that was added last."""
        return self._extents[self.nodes[-1].name].planes

    def finish(self, output: str, properties: dict[str, str]) -> bytes:
        """The file's bytes: input `image` [1, planes, h, w], output `enhanced`; equal arguments, equal bytes.

        `properties` (with `id`) go into the file's metadata.
        """
        self.nodes[-1].output[0] = "enhanced"
        if self.nodes[-1].name != output:
            raise ValueError(f"{output} is not the last node")
        model = helper.make_model(
            helper.make_graph(
                self.nodes,
                properties["id"],
                [helper.make_tensor_value_info("image", self.type, [1, self.planes, "h", "w"])],
                [helper.make_tensor_value_info("enhanced", self.type, [1, self.results, "h_out", "w_out"])],
                self.constants,
            ),
            opset_imports=[helper.make_opsetid("", OPSET)],
            ir_version=7,
            producer_name="enlarger",
        )
        helper.set_model_props(model, properties)
        onnx.checker.check_model(model, full_check=True)
        return model.SerializeToString(deterministic=True)

    def _kernel(self, name: str, kernel: np.ndarray) -> str:
        """Adds a layer's kernel in this precision."""
        weights = f"{name}.kernel"
        if self.precision != "int8" or name.rstrip("0123456789") in EXACT:
            return self._rounded(weights, kernel)
        outputs, inputs, side, _ = kernel.shape
        moment = self.moments.get(name)
        if outputs != inputs or side != 3:
            return self._int8(weights, kernel, moment)
        own = np.zeros_like(kernel)  # what each channel keeps of itself
        own[range(outputs), range(outputs), 1, 1] = kernel[range(outputs), range(outputs), 1, 1]
        others = self._int8(f"{weights}.others", kernel - own, moment)
        return self.node("Add", [others, self._diagonal(f"{weights}.own", own)], CONSTANT, weights)

    def _int8(self, name: str, kernel: np.ndarray, moment: np.ndarray | None) -> str:
        """Adds a kernel as int8 with a scale for each output channel."""
        small = quantize_int8(kernel, moment)
        inputs = [
            self._constant(f"{name}.levels", small.values),
            self._constant(f"{name}.scales", small.scales),
            self._constant(f"{name}.zeros", np.zeros(len(small.values), np.int8)),
        ]
        return self.node("DequantizeLinear", inputs, CONSTANT, name, axis=0)

    def _diagonal(self, name: str, own: np.ndarray) -> str:
        """Adds a kernel [n, n, 3, 3] that is zero but for the centres of its diagonal, which stay exact.

        A re-parameterised convolution passes most of each channel on: that weight is twice the next one, and
        would coarsen the steps of all others. Of `clean` int8 lost 0.22 dB at sigma 50 without this.
        Every kernel of a size scales the same stored zeros and ones.
        """
        count = len(own)
        eye = f"eye{count}"
        if eye not in self._eyes:
            self._eyes.add(eye)
            places = np.zeros(own.shape, np.int8)
            places[range(count), range(count), 1, 1] = 1
            self._constant(f"{eye}.levels", places)
            self._constant(f"{eye}.zeros", np.zeros(count, np.int8))
        weights = np.ascontiguousarray(own[range(count), range(count), 1, 1])
        inputs = [f"{eye}.levels", self._constant(f"{name}.scales", weights), f"{eye}.zeros"]
        return self.node("DequantizeLinear", inputs, CONSTANT, name, axis=0)

    def _rounded(self, name: str, array: np.ndarray) -> str:
        """Adds a constant as float32 or float16, as the graph computes."""
        return self._constant(name, to_half(array) if self.type == TensorProto.FLOAT16 else array)

    def _constant(self, name: str, array: np.ndarray) -> str:
        self.constants.append(numpy_helper.from_array(array, name))
        return name


def to_array(tensor: torch.Tensor) -> np.ndarray:
    """A tensor as float32."""
    return tensor.detach().cpu().float().numpy()
