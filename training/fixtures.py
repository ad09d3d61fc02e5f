"""Tiny networks for the browser tests: real files of the model contract, with fixed random weights.

    python3 -m training.fixtures
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from .catalog import describe_file, replace_file
from .export import LICENCE, outputs_of, write_onnx
from .golden import make_golden
from .graph import PRECISIONS, Graph
from .nets import SLOPE, Net, RepConv, build
from .runtime import Runtime, measure_halo

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "fixtures" / "models"
DETAIL = 0.15
"""Standard deviation of what the convolutions add to the picture, on noise: enough that a halo one
pixel short shows as a seam of several grey levels."""

TINY: dict[str, dict] = {
    "tiny-x2": {"kind": "plain", "scale": 2, "channels": 8, "convs": 3},
    "tiny-x4": {"kind": "plain", "scale": 4, "channels": 4, "convs": 3},
    "tiny-clean": {"kind": "restorer", "controls": 2, "channels": [8], "before": [[1]], "after": []},
    "tiny-find": {"kind": "marker", "channels": [4, 8], "before": [[1], [1]], "after": [[1]]},
}
"""The 4x one is thinner, to stay under 20 kB."""

CONTROLS = {"tiny-clean": ["noise", "jpeg"]}


def tiny_net(model_id: str) -> Net:
    """A network with random kernels, every tap of which matters; its skip keeps the picture.

    NumPy draws the numbers, so that they do not depend on PyTorch's version.
    """
    rng = np.random.default_rng(100 + list(TINY).index(model_id))
    net = build(TINY[model_id]).double()
    marks = net.outputs == 1  # its tail is all that there is
    for name, conv in net.named_modules():
        if not isinstance(conv, RepConv) and not name.startswith(("down.", "up.")):
            continue
        conv.identity = False
        weights = conv.direct if isinstance(conv, RepConv) else conv.weight
        gain = DETAIL if name == "tail" and not marks else np.sqrt(2 / (1 + SLOPE**2))
        kernel = rng.normal(0, gain / np.sqrt(weights[0].numel()), weights.shape)
        with torch.no_grad():
            weights.copy_(torch.from_numpy(kernel))
            conv.bias.copy_(torch.from_numpy(rng.normal(0, 0.02, conv.bias.shape)))
    return net


def describe(model_id: str, net: Net) -> dict:
    """The entry of one network in tiny.json, but for its files: id, geometry, controls, widest value."""
    graph = Graph("fp32", 3 + net.controls)
    plain = graph.finish(net.draw(graph), {"id": model_id})
    return {
        "id": model_id,
        "scale": net.scale,
        **outputs_of(net),
        "halo": measure_halo(Runtime(plain, torch.float64), net),
        "multiple": net.multiple,
        "controls": CONTROLS.get(model_id, []),
        "widestBytes": graph.widest,
    }


def write_fixture(model_id: str, folder: Path) -> dict:
    """Writes one network in every precision, each with its golden tile; returns its entry."""
    net = tiny_net(model_id)
    entry = describe(model_id, net)
    entry["files"] = {precision: write_files(entry, net, precision, folder) for precision in PRECISIONS}
    return entry


def write_files(entry: dict, net: Net, precision: str, folder: Path) -> dict:
    """Writes the .onnx of a described network in one precision, and its golden tile; returns both described."""
    stem = f"{entry['id']}.{precision}"
    data = write_onnx(net, precision, {"id": entry["id"], "licence": LICENCE, "precision": precision})
    golden = make_golden(data, entry)
    replace_file(folder / f"{stem}.onnx", data)
    replace_file(folder / f"{stem}.golden.bin", golden.data)
    return {
        **describe_file(f"{stem}.onnx", data),
        "golden": {**describe_file(f"{stem}.golden.bin", golden.data), "tolerance": golden.tolerance},
    }


def write_fixtures(folder: Path) -> list[dict]:
    """Writes every fixture network and tiny.json, the list of their entries."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = [write_fixture(model_id, folder) for model_id in TINY]
    replace_file(folder / "tiny.json", (json.dumps(entries, indent=2) + "\n").encode())
    return entries


def main() -> None:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--out", type=Path, default=FOLDER, help="default: tests/fixtures/models")
    for entry in write_fixtures(parser.parse_args().out):
        sizes = ", ".join(f"{kind} {file['bytes']:,}" for kind, file in entry["files"].items())
        print(f"{entry['id']}: halo {entry['halo']}; bytes: {sizes}")


if __name__ == "__main__":
    main()
