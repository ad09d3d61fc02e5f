"""Golden tiles: they are what the network computes, in every window, and within what is stated of them."""

from hashlib import sha256

import numpy as np
import pytest
import torch
import torch.nn.functional as F

from training.catalog import MODELS, is_borrowed, load_catalog, read_shipped
from training.export import write_onnx
from training.golden import CONTROL, SIDE, draw_period, make_golden, render, to_levels
from training.nets import Net, build
from training.runtime import Runtime, _conv
from training.tests.test_export import halo_of
from training.tests.test_nets import ALL, randomise

# The build makes the files of others' networks, and tests of its own hold them to the original.
OWN = [card for card in load_catalog(MODELS)["models"] if not is_borrowed(card)]
SHIPPED = [(card, entry) for card in OWN for entry in card["files"]]
HALVES = [(card, entry) for card, entry in SHIPPED if entry["precision"] == "fp16"]


def random_model(kind: str) -> tuple[Net, dict]:
    """A network with small random weights, and what a golden tile needs of its card."""
    net = build(ALL[kind])
    randomise(net, scale=0.03)
    halo = halo_of(net)
    controls = ["anything"] * net.controls
    return net, {"scale": net.scale, "halo": halo, "multiple": net.multiple, "controls": controls}


def encode(net: Net, precision: str) -> bytes:
    return write_onnx(net, precision, {"id": "test"})


def lay(period: np.ndarray, top: int, left: int, height: int, width: int, controls: int) -> torch.Tensor:
    """A window of the periodic picture as a network takes it, [1, 3 + controls, height, width]."""
    picture = np.roll(period, (-top, -left), (0, 1))
    picture = np.tile(picture, (height // SIDE + 1, width // SIDE + 1, 1))[:height, :width]
    image = torch.from_numpy(picture).permute(2, 0, 1)[None] / 255
    return F.pad(image, (0, 0, 0, 0, 0, controls), value=CONTROL)


def result_of(data: bytes, scale: int) -> np.ndarray:
    """The second part of a golden tile: [SIDE * scale, SIDE * scale, planes]."""
    side = SIDE * scale
    return np.frombuffer(data, np.uint8)[SIDE * SIDE * 3 :].reshape(side, side, -1)


def to_picture(result: torch.Tensor) -> np.ndarray:
    """What a network computed, [1, planes, h, w], as levels [h, w, planes]."""
    return to_levels(result[0].clamp(0, 1).permute(1, 2, 0).numpy())


def difference(result: np.ndarray, golden: np.ndarray) -> int:
    """The largest difference in levels."""
    return int(np.abs(result.astype(int) - golden).max())


def test_the_period_is_drawn_the_same_everywhere_and_holds_what_is_hard():
    period = draw_period()
    assert sha256(period.tobytes()).hexdigest()[:16] == "636b28b2154da23c"
    colours = {tuple(pixel) for pixel in period.reshape(-1, 3)}
    assert {(r, g, b) for r in (0, 255) for g in (0, 255) for b in (0, 255)} <= colours
    assert len(np.unique(period)) > 200


@pytest.mark.parametrize("kind", ALL)
def test_a_golden_tile_is_what_the_network_itself_computes(kind: str):
    net, card = random_model(kind)
    golden = make_golden(encode(net, "fp32"), card)
    assert golden.tolerance == 1 and golden.data[: SIDE * SIDE * 3] == draw_period().tobytes()
    around = -(-card["halo"] // SIDE)
    side = (2 * around + 1) * SIDE
    with torch.no_grad():
        whole = net.float().eval()(lay(draw_period(), 0, 0, side, side, net.controls))
    middle = slice(around * SIDE * net.scale, (around + 1) * SIDE * net.scale)
    expected = to_picture(whole)[middle, middle]
    result = result_of(golden.data, net.scale)
    assert difference(result, expected) <= 1 and (result != expected).mean() < 0.01
    assert result.std() > (0 if kind in ("marker", "colourist") else 20)


@pytest.mark.parametrize("precision", ["fp32", "fp16", "int8"])
@pytest.mark.parametrize("kind", ["plain", "restorer"])
def test_every_window_has_the_golden_result_inside_its_halo(kind: str, precision: str):
    net, card = random_model(kind)
    data = encode(net, precision)
    golden = make_golden(data, card)
    expected, scale, halo = result_of(golden.data, net.scale), net.scale, card["halo"]
    for top, left, height, width in [(0, 0, 40, 90), (6, 30, 66, 2 * halo + 8), (14, 2, 2 * halo + 2, 32)]:
        with torch.no_grad():
            result = Runtime(data)(lay(draw_period(), top, left, height, width, net.controls))
        levels = to_picture(result)
        rows = np.arange(halo * scale, (height - halo) * scale)
        columns = np.arange(halo * scale, (width - halo) * scale)
        places = (rows + top * scale) % len(expected), (columns + left * scale) % len(expected)
        inside = levels[np.ix_(rows, columns)]
        assert inside.size and difference(inside, expected[np.ix_(*places)]) <= golden.tolerance


def test_a_changed_input_or_weight_is_noticed():
    net, card = random_model("plain")
    golden = make_golden(encode(net, "int8"), card)
    expected = result_of(golden.data, net.scale)
    period = draw_period()
    period[5, 7] ^= 255
    changed = render(Runtime(encode(net, "int8")), period, card)
    assert difference(to_levels(changed), expected) > golden.tolerance
    with torch.no_grad():
        net.body[1].bias[0] += 0.5
    wrong = render(Runtime(encode(net, "int8")), draw_period(), card)
    assert difference(to_levels(wrong), expected) > golden.tolerance


def name_of(value: dict) -> str:
    return value.get("id") or value["precision"]


@pytest.mark.parametrize("card, entry", SHIPPED, ids=name_of)
def test_the_shipped_tiles_are_those_of_the_shipped_files(card: dict, entry: dict):
    golden = make_golden(read_shipped(MODELS, entry), card)
    assert golden == (read_shipped(MODELS, entry["golden"]), entry["golden"]["tolerance"])


def convolve_in_half(attributes: dict, x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
    """A convolution by shifted pictures: a channel after another, each product and each sum rounded to half."""
    outputs, inputs, side, _ = weight.shape
    step, margin, gap = attributes["strides"][0], attributes["pads"][0], attributes["dilations"][0]
    padded = F.pad(x[0], [margin] * 4)
    height, width = ((length + 2 * margin - gap * (side - 1) - 1) // step + 1 for length in x.shape[2:])
    total = bias[:, None, None].expand(outputs, height, width)
    for channel in range(inputs):
        for row in range(side):
            for column in range(side):
                rows = slice(gap * row, gap * row + step * (height - 1) + 1, step)
                columns = slice(gap * column, gap * column + step * (width - 1) + 1, step)
                factor = weight[:, channel, row, column, None, None]
                product = (factor * padded[channel, rows, columns]).half().float()
                total = (total + product).half().float()
    return total[None]


@pytest.mark.parametrize("card, entry", HALVES, ids=name_of)
def test_half_arithmetic_of_another_order_stays_within_the_stated_tolerance(card: dict, entry: dict):
    runtime = Runtime(read_shipped(MODELS, entry))
    runtime.nodes = [(convolve_in_half if op is _conv else op, *rest) for op, *rest in runtime.nodes]
    result = to_levels(render(runtime, draw_period(), card))
    golden = result_of(read_shipped(MODELS, entry["golden"]), card["scale"])
    assert difference(result, golden) <= entry["golden"]["tolerance"]
