"""The shipped files: they follow the contract, compute what the network computes, and are filed properly."""

import json
from collections import Counter
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from math import ceil
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from onnx import numpy_helper

from training.catalog import licences, load_catalog, read_shipped, store
from training.calibrate import draw_inputs
from training.export import describe, export, load_master, write_onnx
from training.fixtures import write_fixtures
from training.graph import Graph
from training.nets import Net, PlainUpscaler, Restorer, build
from training.runtime import Runtime, _conv, measure_halo
from training.tests.test_nets import ALL, randomise

PROPERTIES = {"id": "test", "licence": "MIT"}


def random_net(scale: int = 2, channels: int = 8, convs: int = 4) -> PlainUpscaler:
    torch.manual_seed(3)
    net = PlainUpscaler(scale, channels, convs)
    randomise(net, seed=3)
    return net


def save_npz(net: torch.nn.Module, path: Path) -> Path:
    np.savez(path, **{name: tensor.numpy() for name, tensor in net.state_dict().items()})
    return path


@pytest.mark.parametrize("scale", [2, 3, 4])
@pytest.mark.parametrize("precision, tolerance", [("fp32", 1e-5), ("fp16", 5e-3), ("int8", 5e-2)])
def test_a_file_computes_what_the_network_computes(scale: int, precision: str, tolerance: float):
    """`tolerance`: the largest error, as a part of the largest value (some 1 to 10 in random nets)."""
    net = random_net(scale)
    image = torch.rand(1, 3, 11, 14)
    result = Runtime(write_onnx(net, precision, PROPERTIES))(image)
    assert result.shape == (1, 3, 11 * scale, 14 * scale)
    expected = net(image).detach()
    torch.testing.assert_close(result, expected, atol=tolerance * float(expected.abs().max()), rtol=0)


def test_an_int8_file_is_rounded_by_what_its_convolutions_see():
    net = build(ALL["restorer"])
    randomise(net, seed=3)
    image = draw_inputs(2, seed=1).float()
    expected = net(image).detach()
    nearest = Graph("int8", 5)
    files = nearest.finish(net.draw(nearest), PROPERTIES), write_onnx(net, "int8", PROPERTIES)
    plain, calibrated = (float((Runtime(file)(image) - expected).square().mean()) for file in files)
    assert calibrated < plain / 2


@pytest.mark.parametrize("precision", ["fp32", "fp16", "int8"])
def test_a_file_follows_the_contract(precision: str):
    data = write_onnx(random_net(), precision, PROPERTIES)
    model = onnx.load_model_from_string(data)
    onnx.checker.check_model(model, full_check=True)
    kind = onnx.TensorProto.FLOAT16 if precision == "fp16" else onnx.TensorProto.FLOAT
    for value, name, dims in [
        (model.graph.input[0], "image", [1, 3, "h", "w"]),
        (model.graph.output[0], "enhanced", [1, 3, "h_out", "w_out"]),
    ]:
        tensor = value.type.tensor_type
        assert value.name == name and tensor.elem_type == kind
        assert [d.dim_param or d.dim_value for d in tensor.shape.dim] == dims
    assert len(model.graph.input) == len(model.graph.output) == 1
    assert model.opset_import[0].version == 13 and model.producer_name == "enlarger"
    assert {p.key: p.value for p in model.metadata_props} == PROPERTIES
    assert model.graph.node[-1].op_type == "DepthToSpace"
    names = [node.name for node in model.graph.node]
    assert len(set(names)) == len(names) and all(names)


def test_int8_keeps_the_skip_exact_and_everything_else_small():
    model = onnx.load_model_from_string(write_onnx(random_net(), "int8", PROPERTIES))
    kernels = {t.name: t.data_type for t in model.graph.initializer if ".kernel" in t.name}
    floats = [name for name, kind in kernels.items() if kind == onnx.TensorProto.FLOAT]
    exact = [name for name in floats if not name.endswith(".scales")]
    assert exact == ["skip.kernel"]
    for node in model.graph.node:
        if node.op_type == "DequantizeLinear":
            assert node.attribute[0].name == "axis" and node.attribute[0].i == 0


@pytest.mark.parametrize("precision", ["fp32", "fp16", "int8"])
def test_equal_weights_give_equal_bytes(precision: str):
    first, second = (write_onnx(random_net(), precision, PROPERTIES) for _ in range(2))
    assert first == second


def halo_of(net: Net) -> int:
    return measure_halo(Runtime(write_onnx(net.double(), "fp32", PROPERTIES), torch.float64), net)


@pytest.mark.parametrize("convs", [2, 3, 5, 10])
@pytest.mark.parametrize("scale", [2, 4])
def test_the_measured_halo_is_one_pixel_per_convolution(scale: int, convs: int):
    assert halo_of(random_net(scale, 4, convs)) == convs


def test_a_halo_larger_than_the_probe_is_still_found():
    assert halo_of(random_net(2, 4, 18)) == 18


def test_at_half_resolution_a_convolution_reaches_two_pixels():
    net = Restorer([4], [[1, 1, 1]], [], controls=2)
    randomise(net)
    assert halo_of(net) == 10


def test_the_measured_halo_sees_a_dead_layer():
    net = random_net(2, 4, 5)
    dead = net.body[2]
    with torch.no_grad():
        for parameter in (dead.direct, dead.spread):
            parameter[:, :, [0, 2], :] = 0
            parameter[:, :, :, [0, 2]] = 0
    assert halo_of(net) == 4


@pytest.mark.parametrize("kind", ALL)
def test_params_macs_and_widest_value_are_those_of_a_run(kind: str, tmp_path: Path):
    """Counted again: every convolution's kernel, bias and output size; every operator's output."""
    net, counted = build(ALL[kind]), Counter()

    def count(operator: Callable[..., torch.Tensor], attributes: dict, *values: torch.Tensor) -> torch.Tensor:
        out = operator(attributes, *values)
        if operator is _conv:
            _, weight, bias = values
            counted["params"] += weight.numel() + bias.numel()
            counted["macs"] += weight.numel() * out.shape[2] * out.shape[3]
        counted["widest"] = max(counted["widest"], out.numel())
        return out

    randomise(net)
    weights = save_npz(net, tmp_path / "w.npz")
    texts = {"id": kind, "task": "clean", "tier": "fast", "title": kind, "damage": "x"}
    card = describe({"model": texts}, load_master(weights, ALL[kind]))
    runtime = Runtime(write_onnx(net, "fp32", PROPERTIES))
    runtime.nodes = [(partial(count, operator), *rest) for operator, *rest in runtime.nodes]
    side = 4 * net.multiple
    image = torch.rand(1, 3 + net.controls, side, side)
    runtime(image)
    assert (card["params"], card["macsPerPixel"]) == (counted["params"], round(counted["macs"] / side**2))
    assert card["widestBytes"] == ceil(4 * max(counted["widest"], image.numel()) / side**2)
    assert card["multiple"] == net.multiple and card["scale"] == net.scale


def test_an_unknown_operator_is_named():
    model = onnx.load_model_from_string(write_onnx(random_net(), "fp32", PROPERTIES))
    model.graph.node[1].op_type = "PRelu"
    with pytest.raises(ValueError, match="cannot run PRelu; it knows Add, Concat, Conv"):
        Runtime(model.SerializeToString())


def test_export_writes_files_card_and_licence_and_replaces_the_old(recipe: dict, tmp_path: Path):
    folder = tmp_path / "models"
    for seed in (1, 2):
        net = build(recipe["net"])
        randomise(net, seed)
        card = export(recipe, save_npz(net, tmp_path / "w.npz"), folder)
    on_disk = sorted(path.name for path in folder.glob("*.*.*"))
    named = [*card["files"], *(entry["golden"] for entry in card["files"])]
    assert on_disk == sorted(entry["url"] for entry in named)
    for entry in named:
        digest = sha256((folder / entry["url"]).read_bytes()).hexdigest()
        assert entry["sha256"] == digest and digest[:8] in entry["url"]
    for entry in card["files"]:
        assert entry["golden"]["url"].startswith(f"test-x2.{entry['precision']}.golden.")
        assert entry["golden"]["bytes"] == 3 * 32**2 + 3 * 64**2
    text = (folder / "catalog.json").read_text("utf-8")
    assert text.endswith("}\n") and json.loads(text) == {"version": 1, "models": [card]}
    assert card["halo"] == 3 and card["params"] == card["macsPerPixel"] + 4 + 4 + 12 + 12
    assert "`test-x2`: MIT" in (folder / "LICENSES.md").read_text("utf-8")


def test_what_was_measured_stays_with_the_same_files_only(recipe: dict, tmp_path: Path):
    net = build(recipe["net"])
    weights = save_npz(net, tmp_path / "w.npz")
    export(recipe, weights, tmp_path)
    catalog = load_catalog(tmp_path)
    catalog["models"][0]["metrics"] = {"Set5": 37.0}
    for entry in catalog["models"][0]["files"]:
        entry["psnrLoss"] = 0.01
    (tmp_path / "catalog.json").write_text(json.dumps(catalog))
    same = export(recipe, weights, tmp_path)
    assert same == load_catalog(tmp_path)["models"][0] == catalog["models"][0]
    assert same["metrics"] == {"Set5": 37.0} and {e["psnrLoss"] for e in same["files"]} == {0.01}
    randomise(net)
    new = export(recipe, save_npz(net, weights), tmp_path)
    assert new["metrics"] == {} and {e["psnrLoss"] for e in new["files"]} == {None}


def test_a_changed_file_is_noticed(tmp_path: Path):
    entry = store(tmp_path, "m.int8", "onnx", b"model")
    assert read_shipped(tmp_path, entry) == b"model"
    (tmp_path / entry["url"]).write_bytes(b"other")
    with pytest.raises(SystemExit, match="is not the file its card describes"):
        read_shipped(tmp_path, entry)


def test_missing_or_foreign_weights_are_refused(recipe: dict, tmp_path: Path):
    with pytest.raises(SystemExit, match="No weights at .*train first"):
        load_master(tmp_path / "none.npz", recipe["net"])
    other = save_npz(PlainUpscaler(2, 8, 3), tmp_path / "other.npz")
    with pytest.raises(SystemExit, match="does not fit the recipe's net"):
        load_master(other, recipe["net"])
    torch.save({"net": {**recipe["net"], "convs": 9}}, tmp_path / "other.pt")
    with pytest.raises(SystemExit, match="is of another net"):
        load_master(tmp_path / "other.pt", recipe["net"])


def test_the_browser_fixtures_are_up_to_date_small_and_need_their_whole_halo(tmp_path: Path):
    committed = Path(__file__).resolve().parents[2] / "tests" / "fixtures" / "models"
    for entry in write_fixtures(tmp_path):
        for file in entry["files"].values():
            assert file["bytes"] < 20_000
            for url in (file["url"], file["golden"]["url"]):
                assert (committed / url).read_bytes() == (tmp_path / url).read_bytes()
        net, scale, halo = Runtime(tmp_path / entry["files"]["fp32"]["url"]), entry["scale"], entry["halo"]
        planes = 3 + len(entry["controls"])
        image = torch.rand(1, planes, 16, 32, generator=torch.Generator().manual_seed(0))
        half = slice(0, 16 * scale)
        whole = net(image)[..., half]

        def seam(margin: int) -> float:
            return 255 * float((net(image[..., : 16 + margin])[..., half] - whole).abs().max())

        assert seam(halo) < 1e-3 and seam(halo - entry["multiple"]) > 4
    assert (committed / "tiny.json").read_text() == (tmp_path / "tiny.json").read_text()


def test_what_a_channel_keeps_of_itself_does_not_coarsen_the_other_weights():
    """Of an int8 kernel, one large weight would set the steps of its whole channel."""
    rng = np.random.default_rng(0)
    others = torch.from_numpy(rng.normal(0, 0.02, (8, 8, 3, 3)))
    kernel = others.clone()
    kernel[range(8), range(8), 1, 1] += torch.from_numpy(rng.choice([-1.0, 1.0], 8))
    graph = Graph("int8", 8)
    graph.conv("same", "image", kernel, torch.zeros(8))
    values = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.constants}

    def restore(name: str, levels: str) -> np.ndarray:
        return values[f"{levels}.levels"] * values[f"{name}.scales"].reshape(-1, 1, 1, 1)

    restored = restore("same.kernel.others", "same.kernel.others") + restore("same.kernel.own", "eye8")
    step = float(others.abs().max()) / 127
    np.testing.assert_allclose(restored, kernel.numpy(), atol=0.75 * step)
    np.testing.assert_array_equal(restored[0, 0, 1, 1], np.float32(kernel[0, 0, 1, 1]))
    graph.conv("again", "same", kernel, torch.zeros(8))
    assert [tensor.name for tensor in graph.constants].count("eye8.levels") == 1


def test_the_licences_say_so_where_a_teacher_taught():
    card = {"id": "a", "task": "clean", "licence": "MIT", "trainedOn": "photos, reduced."}
    alone, taught = licences([card]), licences([card, card | {"trainedOn": "photos; taught what X makes of them."}])
    assert "nobody else's network" in alone and "results of another network" not in alone
    assert "No weight of anybody else's" in taught and "results of another network" in taught
