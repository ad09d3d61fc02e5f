"""Re-parameterised convolutions fold exactly into the plain ones that are shipped."""

import pytest
import torch
import torch.nn.functional as F

from training.nets import SLOPE, PlainUpscaler, RepConv, build, load_matching


def randomise(module: torch.nn.Module, seed: int = 0) -> None:
    """Gives every parameter, the zero-initialised ones too, a value that matters."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.add_(torch.randn(parameter.shape, generator=generator) * 0.1)


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


def test_folded_layers_compute_what_the_network_computes():
    net = PlainUpscaler(scale=2, channels=8, convs=4)
    randomise(net)
    x = torch.rand(1, 3, 10, 12)
    *body, tail, skip = [
        (torch.from_numpy(layer.kernel), torch.from_numpy(layer.bias)) for layer in net.double().fold()
    ]
    y = x
    for kernel, bias in body:
        y = F.leaky_relu(F.conv2d(y, kernel, bias, padding=1), SLOPE)
    y = F.conv2d(y, *tail, padding=1) + F.conv2d(x, *skip, padding=1)
    torch.testing.assert_close(F.pixel_shuffle(y, 2), net.float()(x).detach(), atol=1e-5, rtol=0)


def test_an_untrained_skip_repeats_the_picture():
    net = PlainUpscaler(scale=4, channels=4, convs=2)
    with torch.no_grad():
        net.tail.direct.zero_()
    x = torch.rand(1, 3, 5, 6)
    torch.testing.assert_close(net(x).detach(), F.interpolate(x, scale_factor=4, mode="nearest"))


def test_an_unknown_kind_of_net_is_refused():
    with pytest.raises(SystemExit, match="Unknown net kind 'magic'; known: plain"):
        build({"kind": "magic", "scale": 2})


def test_a_warm_start_takes_what_fits_and_names_the_rest():
    small, large = PlainUpscaler(2, 4, 3), PlainUpscaler(4, 4, 3)
    randomise(small)
    fresh = load_matching(large, small.state_dict())
    assert fresh and all(name.startswith(("tail.", "skip.")) for name in fresh)
    torch.testing.assert_close(large.body[1].direct, small.body[1].direct)
