"""Runs a shipped .onnx file with PyTorch, so that what is measured is what people download.

An interpreter of the few operators our export writes, not a general one. Half-precision files:
PyTorch's CPU has no half convolution, so each operator computes in float32 from half weights and
its result is rounded to half (see `Rounding` for what a GPU may do instead).
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, Protocol

import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper

Tensor = torch.Tensor
Rounding = Literal["none", "values", "sums"]
"""What of a half-precision file is rounded to half, besides its weights: nothing; every value; every value
and every partial sum of a convolution. The last is the worst case, and the usual one: the WebGPU kernels of
onnxruntime keep their sums in the type of the tensor."""


class Geometry(Protocol):
    """What of a network its receptive field is measured by."""

    scale: int
    multiple: int
    controls: int


def _conv(attributes: dict, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    top, left, bottom, right = attributes["pads"]
    if (top, left) != (bottom, right):
        raise ValueError(f"Conv pads {attributes['pads']} are uneven")
    return F.conv2d(x, weight, bias, attributes["strides"], (top, left), attributes["dilations"])


def _unfold(attributes: dict, x: Tensor) -> Tensor:
    """[n, in, h, w] -> [n, in * side^2, pixels]: what each output pixel of a convolution is made of."""
    side, dilation, padding, stride = (attributes[a][0] for a in ("kernel_shape", "dilations", "pads", "strides"))
    return F.unfold(x, side, dilation, padding, stride)


def _conv_summed_in_half(attributes: dict, x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """`_conv` of one picture, its products added up one by one in half, all channels of a tap after another."""
    outputs, inputs, side, _ = weight.shape
    padding, stride, dilation = attributes["pads"][0], attributes["strides"][0], attributes["dilations"][0]
    taps = _unfold(attributes, x).reshape(inputs, side**2, -1).transpose(0, 1)
    weights = weight.reshape(outputs, inputs, side**2).permute(2, 1, 0)
    sums = torch.zeros(outputs, taps.shape[2], dtype=x.dtype)
    for each, value in zip(weights.flatten(0, 1), taps.flatten(0, 1)):
        sums = torch.addcmul(sums, each[:, None], value).half().to(x.dtype)
    height = (x.shape[2] + 2 * padding - dilation * (side - 1) - 1) // stride + 1
    return (sums + bias[:, None]).reshape(1, outputs, height, -1)


def _depth_to_space(attributes: dict, x: Tensor) -> Tensor:
    if attributes.get("mode") != b"CRD":
        raise ValueError("DepthToSpace is run in mode CRD only")
    return F.pixel_shuffle(x, attributes["blocksize"])


def _dequantize(attributes: dict, levels: Tensor, scale: Tensor, zero: Tensor) -> Tensor:
    shape = [1] * levels.dim()
    shape[attributes["axis"]] = -1
    return (levels - zero.reshape(shape)) * scale.reshape(shape)


OPERATORS: dict[str, Callable[..., Tensor]] = {
    "Conv": _conv,
    "LeakyRelu": lambda attributes, x: F.leaky_relu(x, attributes["alpha"]),
    "Sigmoid": lambda attributes, x: torch.sigmoid(x),
    "Add": lambda attributes, a, b: a + b,
    "Mul": lambda attributes, a, b: a * b,
    "Concat": lambda attributes, *values: torch.cat(values, attributes["axis"]),
    "DepthToSpace": _depth_to_space,
    "DequantizeLinear": _dequantize,
}


class Runtime:
    """One .onnx file, ready to run.

    `source`: a path or the bytes themselves. `dtype`: the type it computes in; float64 is for
    measuring the receptive field and for golden tiles. `rounding`: of a half-precision file.
    """

    def __init__(
        self, source: Path | bytes, dtype: torch.dtype = torch.float32, rounding: Rounding = "values"
    ):
        data = source if isinstance(source, bytes) else source.read_bytes()
        model = onnx.load_model_from_string(data)
        graph = model.graph
        unknown = sorted({node.op_type for node in graph.node} - set(OPERATORS))
        if unknown:
            known = ", ".join(sorted(OPERATORS))
            raise ValueError(f"training/runtime.py cannot run {', '.join(unknown)}; it knows {known}")
        self.dtype = dtype
        self.half = graph.input[0].type.tensor_type.elem_type == onnx.TensorProto.FLOAT16
        self.rounding = rounding if self.half else "none"
        operators = OPERATORS
        if self.rounding == "sums":
            operators = {**OPERATORS, "Conv": _conv_summed_in_half}
        self.input, self.output = graph.input[0].name, graph.output[0].name
        self.constants = {
            tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy()).to(dtype)
            for tensor in graph.initializer
        }
        self.nodes = [
            (operators[node.op_type], _attributes(node), list(node.input), node.output[0])
            for node in graph.node
        ]

    def __call__(self, image: Tensor) -> Tensor:
        """[n, 3 + controls, h, w] -> [n, 3, s*h, s*w], in `dtype`; keeps the gradient if one is wanted."""
        return self._values(image)[self.output]

    def taps(self, image: Tensor) -> Iterator[tuple[str, Tensor]]:
        """The name of each convolution, and what each of its output pixels is made of: [in * side^2, pixels].

        `image`: one picture.
        """
        values = self._values(image)
        for _, attributes, inputs, output in self.nodes:
            if "kernel_shape" in attributes:
                yield output, _unfold(attributes, values[inputs[0]])[0]

    def _values(self, image: Tensor) -> dict[str, Tensor]:
        values = {**self.constants, self.input: self._round(image.to(self.dtype))}
        for operator, attributes, inputs, output in self.nodes:
            values[output] = self._round(operator(attributes, *(values[name] for name in inputs)))
        return values

    def _round(self, x: Tensor) -> Tensor:
        return x if self.rounding == "none" else x.half().to(self.dtype)


def _attributes(node: onnx.NodeProto) -> dict:
    stated = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
    return {"dilations": [1, 1], **stated} if node.op_type == "Conv" else stated


def measure_halo(run: Callable[[Tensor], Tensor], net: Geometry, seed: int = 0) -> int:
    """The receptive-field radius in input pixels: how far away a pixel can still matter.

    Measured as the support of a gradient: a random mix of all outputs of one block of `multiple` x
    `multiple` input pixels is differentiated with respect to a random image, in float64, so that
    products of many small weights do not vanish. The distance counts from the block's edge: tiles are
    made of whole blocks. The image grows until the support stays clear of its border.
    """
    generator = torch.Generator().manual_seed(seed)
    blocks = 33
    while True:
        side = blocks * net.multiple
        shape = (1, 3 + net.controls, side, side)
        image = torch.rand(shape, dtype=torch.float64, generator=generator, requires_grad=True)
        first = blocks // 2 * net.multiple
        last = first + net.multiple - 1
        block = slice(first * net.scale, (last + 1) * net.scale)
        outputs = run(image)[0, :, block, block]
        mix = torch.randn(outputs.shape, dtype=torch.float64, generator=generator)
        (gradient,) = torch.autograd.grad((outputs * mix).sum(), image)
        places = gradient[0].abs().amax(0).nonzero()
        radius = max(int((first - places).max()), int((places - last).max()), 0)
        if radius < first:
            return radius
        blocks = 2 * blocks + 1
