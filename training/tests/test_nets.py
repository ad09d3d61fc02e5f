"""Re-parameterised convolutions fold exactly into the plain ones that are drawn and shipped."""

import pytest
import torch
import torch.nn.functional as F

from training.export import write_onnx
from training.graph import Graph
from training.nets import PlainUpscaler, RepConv, Restorer, build, load_matching
from training.runtime import Runtime

ALL: dict[str, dict] = {
    "plain": {"kind": "plain", "scale": 2, "channels": 8, "convs": 4},
    "span": {"kind": "span", "scale": 4, "channels": 8, "blocks": 3},
    "restorer": {"kind": "restorer", "controls": 2, "channels": [8], "before": [[1, 3]], "after": []},
    "levels": {
        "kind": "restorer",
        "controls": 2,
        "channels": [4, 8, 12],
        "before": [[1, 2], [1, 1], [1]],
        "after": [[3], []],
    },
    "marker": {"kind": "marker", "channels": [4, 8], "before": [[1], [1, 2]], "after": [[1]]},
    "colourist": {"kind": "colourist", "channels": [4, 8], "before": [[1], [1, 2]], "after": [[1]]},
}


def randomise(module: torch.nn.Module, seed: int = 0, scale: float = 0.1) -> None:
    """Gives every parameter, the zero-initialised ones too, a value that matters."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.add_(torch.randn(parameter.shape, generator=generator) * scale)


@pytest.mark.parametrize("inputs, outputs, identity", [(5, 5, True), (5, 5, False), (3, 7, True)])
def test_repconv_equals_its_branches_run_one_by_one(inputs: int, outputs: int, identity: bool):
    conv = RepConv(inputs, outputs, identity=identity)
    randomise(conv)
    x = torch.rand(2, inputs, 9, 11)
    expected = F.conv2d(x, conv.direct, padding=1)
    expected = expected + F.conv2d(x, conv.centre[:, :, None, None])
    expected = expected + F.conv2d(F.conv2d(x, conv.squeeze[:, :, None, None]), conv.spread, padding=1)
    expected = expected + conv.bias[None, :, None, None]
    if identity and inputs == outputs:
        expected = expected + x
    torch.testing.assert_close(conv(x), expected, atol=1e-5, rtol=0)


@pytest.mark.parametrize("kind", ALL)
def test_what_is_drawn_computes_what_trains(kind: str):
    net = build(ALL[kind]).eval()
    randomise(net, scale=0.03)
    data = write_onnx(net.double(), "fp32", {"id": kind})
    net.float()
    image = torch.rand(2, 3 + net.controls, 3 * net.multiple, 5 * net.multiple)
    expected = net(image).detach()
    assert expected.shape == (2, net.outputs, image.shape[2] * net.scale, image.shape[3] * net.scale)
    torch.testing.assert_close(Runtime(data)(image), expected, atol=1e-5, rtol=0)


@pytest.mark.parametrize("kind", ["restorer", "levels"])
def test_an_untrained_restorer_changes_little_and_starts_from_the_picture(kind: str):
    net = build(ALL[kind])
    image = torch.rand(1, 3 + net.controls, 16, 16)
    with torch.no_grad():
        net.tail.direct.zero_()
        torch.testing.assert_close(net(image), image[:, :3])


@pytest.mark.parametrize("kind", ["restorer", "levels"])
def test_a_control_plane_matters(kind: str):
    net = build(ALL[kind])
    randomise(net)
    image = torch.rand(1, 5, 16, 16)
    other = image.clone()
    other[:, 3] += 0.5
    assert float((net(image) - net(other)).abs().max().detach()) > 1e-3


@pytest.mark.parametrize("kind", ALL)
def test_channels_of_3x3_convolutions_are_safe_on_webgpu(kind: str):
    """Wrong results, silently: 3x3 convolutions whose input channels are a multiple of 3 but not of 4, but for 3."""
    net = build(ALL[kind])
    graph = Graph("fp32", 3 + net.controls)
    net.draw(graph)
    for tensor in graph.constants:
        if tensor.name.endswith(".kernel") and tensor.dims[2] == 3:
            assert tensor.dims[1] in (3, 5) or tensor.dims[1] % 4 == 0


def test_an_untrained_marker_marks_next_to_nothing():
    likely = build(ALL["marker"])(torch.rand(1, 3, 16, 16))
    assert 0 < float(likely.min()) and float(likely.max()) < 0.2


def test_an_untrained_skip_repeats_the_picture():
    net = PlainUpscaler(scale=4, channels=4, convs=2)
    with torch.no_grad():
        net.tail.direct.zero_()
    x = torch.rand(1, 3, 5, 6)
    torch.testing.assert_close(net(x).detach(), F.interpolate(x, scale_factor=4, mode="nearest"))


def test_an_unknown_kind_of_net_is_refused():
    with pytest.raises(SystemExit, match="Unknown net kind 'magic'; known: plain, span, restorer, marker, colourist"):
        build({"kind": "magic", "scale": 2})


def test_a_warm_start_takes_what_fits_and_names_the_rest():
    small, large = PlainUpscaler(2, 4, 3), PlainUpscaler(4, 4, 3)
    randomise(small)
    fresh = load_matching(large, small.state_dict())
    assert fresh and all(name.startswith(("tail.", "skip.")) for name in fresh)
    torch.testing.assert_close(large.body[1].direct, small.body[1].direct)


def test_a_net_without_controls_starts_from_the_colours_of_one_that_has_them():
    clean, deblur = (Restorer([4], [[1]], [], controls) for controls in (2, 0))
    randomise(clean)
    assert load_matching(deblur, clean.state_dict()) == []
    silent = torch.cat([image := torch.rand(1, 3, 8, 8), torch.zeros(1, 2, 8, 8)], 1)
    torch.testing.assert_close(deblur(image), clean(silent))
