"""Teachers' files: what is computed from them, and what is refused."""

from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from training import teachers
from training.teachers import Teacher, load_crisp_teacher, load_faithful_teacher, read_checked, teach, teachers_root

PARAM = """7767517
8 9
Input input 0 1 data
Split copy 1 2 data one two
Convolution c0 1 1 one a 0=4 1=3 4=1 5=1 6=108
PReLU p0 1 1 a b 0=4
Convolution c1 1 1 b c 0=48 1=3 4=1 5=1 6=1728
PixelShuffle s 1 1 c d 0=4
Interp i 1 1 two e 0=1 1=4.0e+00 2=4.0e+00
BinaryOp add 2 1 d e output
"""


def tensors(seed: int) -> list[np.ndarray]:
    """Kernels and the rest of the network of PARAM, in the file's order; kernels are rounded to half."""
    rng = np.random.default_rng(seed)
    shapes = [(4, 3, 3, 3), (4,), (4,), (48, 4, 3, 3), (48,)]
    values = [0.1 * rng.standard_normal(shape) for shape in shapes]
    return [v.astype(np.float16 if v.ndim == 4 else np.float32).astype(np.float32) for v in values]


def numbers(seed: int, half: bool = True) -> bytes:
    """A `.bin` file for PARAM."""
    data = b""
    for values in tensors(seed):
        if values.ndim == 4:
            data += (teachers.HALF_TAG if half else 0).to_bytes(4, "little")
        data += values.astype(np.float16 if half and values.ndim == 4 else np.float32).tobytes()
    return data


def write_teachers(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A teachers' folder with two tiny networks in the place of the crisp teacher's; also named in the environment."""
    folder.mkdir(exist_ok=True)
    for seed, name in enumerate((teachers.STRONG, teachers.GENTLE)):
        for suffix, data in (("param", PARAM.encode()), ("bin", numbers(seed))):
            (folder / f"{name}.{suffix}").write_bytes(data)
            monkeypatch.setitem(teachers.HASHES, f"{name}.{suffix}", sha256(data).hexdigest())
    monkeypatch.setenv("ENLARGER_TEACHERS", str(folder))
    return folder


def write_faithful_teacher(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Teacher:
    """The faithful teacher for 2x in a teachers' folder, one that sees white in everything; as it is loaded."""
    param = "7767517\n3 3\nInput i 0 1 data\nConvolution c 1 1 data a 0=12 1=3 4=1 5=1 6=324\nPixelShuffle s 1 1 a y 0=2\n"
    kernel, white = bytes(4 * 324), np.ones(12, np.float32).tobytes()
    for suffix, data in (("param", param.encode()), ("bin", bytes(4) + kernel + white)):
        (folder / f"{teachers.FAITHFUL[2]}.{suffix}").write_bytes(data)
        monkeypatch.setitem(teachers.HASHES, f"{teachers.FAITHFUL[2]}.{suffix}", sha256(data).hexdigest())
    return load_faithful_teacher(2)


@pytest.mark.parametrize("half", [True, False])
def test_a_file_computes_what_it_says(half: bool):
    image = torch.rand(1, 3, 6, 5)
    first, bias, slope, second, last = (torch.from_numpy(t) for t in tensors(3))
    inner = F.prelu(F.conv2d(image, first, bias, padding=1), slope)
    expected = F.pixel_shuffle(F.conv2d(inner, second, last, padding=1), 4)
    expected = expected + image.repeat_interleave(4, 2).repeat_interleave(4, 3)
    teacher = Teacher.read(PARAM.encode(), numbers(3, half))
    torch.testing.assert_close(teacher(image), expected)
    torch.testing.assert_close(teacher.activations(image, (0,)), [inner])
    assert teacher.width(0) == 4


def test_two_are_mixed_number_by_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write_teachers(tmp_path / "teachers", monkeypatch)
    mixed = [t for layer in load_crisp_teacher().layers for t in layer.tensors]
    for found, one, other in zip(mixed, tensors(0), tensors(1), strict=True):
        np.testing.assert_allclose(found.numpy(), (one + other) / 2, atol=1e-7)


def test_what_is_taught_is_four_times_as_large_and_in_8_bit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    write_teachers(tmp_path / "teachers", monkeypatch)
    images = np.random.default_rng(0).integers(0, 256, (2, 8, 6, 3), np.uint8)
    teacher = load_crisp_teacher()
    taught = teach(teacher, images)
    exact = teacher(torch.from_numpy(images.transpose(0, 3, 1, 2) / np.float32(255))).clamp(0, 1).numpy() * 255
    assert taught.shape == (2, 32, 24, 3) and taught.dtype == np.uint8
    assert np.abs(taught.transpose(0, 3, 1, 2) - exact).max() < 4  # bfloat16 has eight bits


def test_a_missing_folder_and_a_missing_file_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = write_teachers(tmp_path / "teachers", monkeypatch)
    (folder / f"{teachers.GENTLE}.bin").unlink()
    with pytest.raises(SystemExit, match=f"teacher's file .*{teachers.GENTLE}.bin is missing"):
        load_crisp_teacher()
    monkeypatch.setenv("ENLARGER_TEACHERS", str(tmp_path / "nowhere"))
    with pytest.raises(SystemExit, match="No teachers at .*nowhere. Set ENLARGER_TEACHERS"):
        teachers_root()


def test_an_altered_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = write_teachers(tmp_path / "teachers", monkeypatch)
    path = folder / f"{teachers.STRONG}.bin"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(SystemExit, match=f"{teachers.STRONG}.bin is not the teacher's file: its SHA-256 is"):
        load_crisp_teacher()
    (folder / "other.bin").write_bytes(b"")
    with pytest.raises(SystemExit, match="other.bin is not the teacher's file"):
        read_checked(folder / "other.bin")


@pytest.mark.parametrize(
    "param, data, message",
    [
        (PARAM, numbers(0) + bytes(4), "4 bytes too many"),
        (PARAM, b"\1" + numbers(0)[1:], "tag 0x"),
        (PARAM, numbers(0)[:-4], "buffer is smaller"),
    ],
)
def test_a_file_that_does_not_fit_is_refused(param: str, data: bytes, message: str):
    with pytest.raises(ValueError, match=message):
        Teacher.read(param.encode(), data)


GATED = """7767517
9 11
Input input 0 1 data
MemoryData mean 0 1 mean 0=1 1=1 2=3
BinaryOp centre 2 1 data mean centred 0=1
BinaryOp range 1 1 centred wide 0=2 1=1 2=2.550000e+02
Swish s 1 1 wide a
Sigmoid g 1 1 wide b
BinaryOp gate 2 1 a b c 0=2
Concat both 2 1 c wide d
BinaryOp half 1 1 d output 0=1 1=1 2=5.000000e-01
"""


def test_the_layers_of_gated_networks_are_known():
    mean = np.float32([0.1, 0.2, 0.3])
    image = torch.rand(2, 3, 4, 5)
    wide = (image - torch.from_numpy(mean).view(1, 3, 1, 1)) * 255
    expected = torch.cat([F.silu(wide) * torch.sigmoid(wide), wide], 1) - 0.5
    torch.testing.assert_close(Teacher.read(GATED.encode(), mean.tobytes())(image), expected)


def test_a_faithful_teacher_knows_two_scales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = write_teachers(tmp_path / "teachers", monkeypatch)
    white = write_faithful_teacher(folder, monkeypatch)(torch.rand(1, 3, 4, 4))
    torch.testing.assert_close(white, torch.ones(1, 3, 8, 8))
    with pytest.raises(SystemExit, match="SPAN teaches 2x and 4x, not 3x"):
        load_faithful_teacher(3)


@pytest.mark.parametrize(
    "layer, message",
    [("Pooling s 1 1 c d", "unknown kind: Pooling"), ("BinaryOp s 2 1 c b d 0=4", "unknown kind: BinaryOp")],
)
def test_an_unknown_layer_is_refused(layer: str, message: str):
    layers = PARAM.replace("PixelShuffle s 1 1 c d 0=4", layer)
    with pytest.raises(ValueError, match=message):
        Teacher.read(layers.encode(), numbers(0))(torch.rand(1, 3, 4, 4))
