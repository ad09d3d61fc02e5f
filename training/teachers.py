"""Other people's networks whose results ours learn from: nothing of theirs is shipped, no weight of theirs is a start.

The teacher of the crisp enlargers is realesr-general-x4v3 (Wang et al. 2021, "Real-ESRGAN"; BSD-3-Clause,
github.com/xinntao/Real-ESRGAN), mixed half and half in weight space with its sibling that denoises less. It comes as
ncnn files: a list of layers (`.param`) and their numbers (`.bin`).

That of the better faithful enlargers is SPAN with 48 channels (Wan et al. 2023, arXiv 2311.12770; Apache-2.0,
github.com/hongyuanyu/SPAN), one network for each scale: it learned from many more photos than there are here.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from io import BytesIO
from itertools import islice
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

STRONG, GENTLE = "RealESRGAN_General_x4_v3", "RealESRGAN_General_WDN_x4_v3"
FAITHFUL = {2: "spanx2_ch48", 4: "spanx4_ch48"}
HASHES = {
    f"{STRONG}.param": "22174924330297357434ad21ed0af7f4b820008d2a502b492754d130d4142714",
    f"{STRONG}.bin": "85ee266b632a765a725425ba6a5620c088c8aa2939a03063b2d83b3462724cc1",
    f"{GENTLE}.param": "22174924330297357434ad21ed0af7f4b820008d2a502b492754d130d4142714",
    f"{GENTLE}.bin": "74eae91a6230cbe5b931be6c49141faaff0034976933d4da9accb77c329c8a78",
    f"{FAITHFUL[2]}.param": "2dea506ad6caa5f715678260984980dfd166c16a762e9ce8c575a453ca4d42ac",
    f"{FAITHFUL[2]}.bin": "2571a1bdfb6000092aba8b2c75070ab5596d56e60ba2f6da63f3279219f6edc0",
    f"{FAITHFUL[4]}.param": "0bf1d09f34fcabdd070db1d3c368cb8aa0765fc11b5a3a85c32e1aeab274663b",
    f"{FAITHFUL[4]}.bin": "ca85ff72fbab3cfc244190b482d05b3abde8df7b661ed12db3c9dedd21e42d51",
    "val.npz": "9316cfe99236b820feef55cb61e399d2a8b3b24fccef4ffc0e0f8dcdf9206c8c",
}
"""SHA-256 of the files we have looked at."""

CRISP_HASHES = [HASHES[f"{name}.{suffix}"] for name in (STRONG, GENTLE) for suffix in ("param", "bin")]

HALF_TAG = 0x01306B47
"""What ncnn writes before weights that are half floats; 0 before float32."""

REACH = 34
"""Low pixels that a result of the teacher depends on, to each side: 34 convolutions of 3x3."""


def teachers_root() -> Path:
    """The folder of the teachers' files: $ENLARGER_TEACHERS, else `../shared/teachers` beside the repository."""
    default = Path(__file__).resolve().parents[2] / "shared" / "teachers"
    root = Path(os.environ.get("ENLARGER_TEACHERS", default))
    if not root.is_dir():
        raise SystemExit(f"No teachers at {root}. Set ENLARGER_TEACHERS to the folder with their ncnn files.")
    return root


def read_checked(path: Path) -> bytes:
    """The bytes of a teacher's file; a missing one, or one of another hash than in HASHES, is refused."""
    if not path.exists():
        raise SystemExit(f"The teacher's file {path} is missing.")
    data = path.read_bytes()
    found = sha256(data).hexdigest()
    if found != HASHES.get(path.name):
        raise SystemExit(f"{path} is not the teacher's file: its SHA-256 is {found}, not {HASHES.get(path.name)}.")
    return data


@dataclass
class Layer:
    """One line of a `.param` file: its kind, the names of what it reads and makes, its numbers."""

    kind: str
    reads: list[str]
    makes: list[str]
    options: dict[int, float]
    tensors: list[torch.Tensor] = field(default_factory=list)


def parse_layers(text: str) -> Iterator[Layer]:
    """The layers of a `.param` file, without their tensors."""
    for line in text.splitlines()[2:]:
        kind, _, reads, makes, *rest = line.split()
        names, options = rest[: int(reads) + int(makes)], rest[int(reads) + int(makes) :]
        numbers = {int(key): float(value) for key, value in (option.split("=") for option in options)}
        yield Layer(kind, names[: int(reads)], names[int(reads) :], numbers)


class Numbers:
    """Reads a `.bin` file from the front."""

    def __init__(self, data: bytes):
        self.data, self.place = data, 0

    def take(self, count: int, dtype: type = np.float32) -> torch.Tensor:
        """The next `count` numbers as float32; the file is aligned to four bytes."""
        values = np.frombuffer(self.data, dtype, count, self.place)
        self.place += -(-values.nbytes // 4) * 4
        return torch.from_numpy(values.astype(np.float32))

    def take_kernel(self, count: int) -> torch.Tensor:
        """The next `count` weights, after the tag that says how they are stored."""
        tag = int.from_bytes(self.data[self.place : self.place + 4], "little")
        if tag not in (0, HALF_TAG):
            raise ValueError(f"weights stored in an unknown way: tag {tag:#x}")
        self.place += 4
        return self.take(count, np.float16 if tag else np.float32)


class Teacher:
    """A network of an ncnn file, of the layers that `compute` knows."""

    def __init__(self, layers: list[Layer]):
        self.layers = layers

    @classmethod
    def read(cls, param: bytes, numbers: bytes) -> "Teacher":
        """Raises ValueError for a layer it does not know, and for a `.bin` that is too short or too long."""
        layers, left = list(parse_layers(param.decode())), Numbers(numbers)
        for layer in layers:
            if layer.kind == "Convolution":
                outputs, side, count = (int(layer.options[key]) for key in (0, 1, 6))
                kernel = left.take_kernel(count).view(outputs, -1, side, side)
                kernel = kernel.contiguous(memory_format=torch.channels_last)
                layer.tensors = [kernel, left.take(outputs)]
            elif layer.kind == "PReLU":
                layer.tensors = [left.take(int(layer.options[0]))]
            elif layer.kind == "MemoryData":  # a number for each channel: width 1, height 1
                layer.tensors = [left.take(int(layer.options[2])).view(1, -1, 1, 1)]
        if left.place != len(numbers):
            raise ValueError(f"{len(numbers) - left.place} bytes too many")
        return cls(layers)

    def mixed(self, other: "Teacher", share: float) -> "Teacher":
        """The network whose every number is `share` of this one's and the rest of the other's."""
        layers = []
        for own, its in zip(self.layers, other.layers, strict=True):
            tensors = [torch.lerp(b, a, share) for a, b in zip(own.tensors, its.tensors, strict=True)]
            layers.append(replace(own, tensors=tensors))
        return Teacher(layers)

    def to(self, device: str | torch.device) -> "Teacher":
        """The same network on another device."""
        layers = [replace(layer, tensors=[t.to(device) for t in layer.tensors]) for layer in self.layers]
        return Teacher(layers)

    @torch.no_grad()
    def run(self, image: torch.Tensor, keep: tuple[int, ...] = ()) -> Iterator[torch.Tensor]:
        """What the activations of the numbers `keep` hold (0: the first PReLU), in order, and at last the result."""
        values, number = {}, 0
        for layer in self.layers:
            result = image if layer.kind == "Input" else compute(layer, [values[name] for name in layer.reads])
            values.update({name: result for name in layer.makes})
            if layer.kind == "PReLU":
                if number in keep:
                    yield result
                number += 1
        yield result

    def __call__(self, image: torch.Tensor) -> torch.Tensor:
        """[n, 3, h, w], RGB 0..1 -> [n, 3, s*h, s*w] of the network's scale s, unclamped."""
        return next(self.run(image))

    def activations(self, image: torch.Tensor, keep: tuple[int, ...]) -> list[torch.Tensor]:
        """What activations hold, by their numbers in order; computes no further than the last of them."""
        return list(islice(self.run(image, keep), len(keep)))

    def width(self, activation: int) -> int:
        """Channels of an activation."""
        slopes = [layer.tensors[0] for layer in self.layers if layer.kind == "PReLU"]
        return len(slopes[activation])


ACTIVATIONS = {"Swish": F.silu, "Sigmoid": torch.sigmoid}
BINARY = {0: torch.add, 1: torch.sub, 2: torch.mul}
"""What ncnn's numbers of a BinaryOp stand for."""


def compute(layer: Layer, inputs: list[torch.Tensor]) -> torch.Tensor:
    """What one layer makes of its inputs."""
    if layer.kind == "MemoryData":
        return layer.tensors[0]
    first, options = inputs[0], layer.options
    if layer.kind == "Split":
        return first
    if layer.kind == "Convolution":
        kernel, bias = layer.tensors
        return F.conv2d(first, kernel, bias, padding=kernel.shape[2] // 2)
    if layer.kind == "PReLU":
        return F.prelu(first, layer.tensors[0].to(first.dtype))
    if layer.kind in ACTIVATIONS:
        return ACTIVATIONS[layer.kind](first)
    if layer.kind == "Concat" and not options.get(0):
        return torch.cat(inputs, 1)
    if layer.kind == "PixelShuffle":
        return F.pixel_shuffle(first.float(), int(options[0]))
    if layer.kind == "Interp" and options[0] == 1:
        return F.interpolate(first.float(), scale_factor=options[1], mode="nearest")
    if layer.kind == "BinaryOp" and options.get(0, 0) in BINARY:
        return BINARY[options.get(0, 0)](first, options[2] if options.get(1) else inputs[1])
    raise ValueError(f"a layer of unknown kind: {layer.kind} {options}")


def load_teacher(name: str, root: Path) -> Teacher:
    """One network of a teachers' folder, its files checked."""
    return Teacher.read(*(read_checked(root / f"{name}.{suffix}") for suffix in ("param", "bin")))


def load_crisp_teacher(root: Path | None = None) -> Teacher:
    """The teacher of the crisp enlargers: half of it denoises fully, half of it less."""
    root = root or teachers_root()
    return load_teacher(STRONG, root).mixed(load_teacher(GENTLE, root), 0.5)


def load_faithful_teacher(scale: int, root: Path | None = None) -> Teacher:
    """The teacher of the better faithful enlargers, for 2x or 4x."""
    if scale not in FAITHFUL:
        raise SystemExit(f"SPAN teaches {' and '.join(f'{known}x' for known in FAITHFUL)}, not {scale}x.")
    return load_teacher(FAITHFUL[scale], root or teachers_root())


def read_fixed_set() -> dict[str, np.ndarray]:
    """The fixed set that crispness is measured on: `lr` [12, 128, 128, 3], `teacher` [12, 512, 512, 3], uint8."""
    with np.load(BytesIO(read_checked(teachers_root() / "val.npz"))) as arrays:
        return {name: arrays[name] for name in ("lr", "teacher")}


def teach(teacher: Teacher, images: np.ndarray, device: str = "cpu") -> np.ndarray:
    """What a teacher that is on `device` makes of uint8 [n, h, w, 3]: uint8 [n, 4h, 4w, 3].

    In bfloat16: twice as fast on a CPU that has it, and 56 dB from float32 on photos.
    """
    batch = torch.from_numpy(images.transpose(0, 3, 1, 2).astype(np.float32) / 255)
    batch = batch.to(device, memory_format=torch.channels_last)
    with torch.autocast(device, torch.bfloat16):
        result = teacher(batch)
    return result.float().clamp(0, 1).mul(255).round().byte().cpu().numpy().transpose(0, 2, 3, 1)
