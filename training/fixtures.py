"""Tiny networks for the browser tests: real files of the model contract, with fixed random weights.

    python3 -m training.fixtures
"""

import argparse
import json
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch

from .catalog import replace_file
from .export import LICENCE, write_onnx
from .graph import PRECISIONS
from .nets import SLOPE, Net, RepConv, build
from .runtime import Runtime, measure_halo

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "fixtures" / "models"
DETAIL = 0.15
"""Standard deviation of what the convolutions add to the picture, on noise: enough that a halo one
pixel short shows as a seam of several grey levels."""

TINY: dict[str, dict] = {
    "tiny-x2": {"kind": "plain", "scale": 2, "channels": 8, "convs": 3},
    "tiny-x4": {"kind": "plain", "scale": 4, "channels": 4, "convs": 3},
    "tiny-clean": {"kind": "restorer", "controls": 2, "channels": 8, "convs": 3},
}
"""The 4x one is thinner, to stay under 20 kB."""

CONTROLS = {"tiny-clean": ["noise", "jpeg"]}


def tiny_net(model_id: str) -> Net:
    """A network with random kernels, every tap of which matters; its skip keeps the picture.

    NumPy draws the numbers, so that they do not depend on PyTorch's version.
    """
    rng = np.random.default_rng(100 + list(TINY).index(model_id))
    net = build(TINY[model_id]).double()
    for name, conv in net.named_modules():
        if not isinstance(conv, RepConv):
            continue
        conv.identity = False
        gain = DETAIL if name == "tail" else np.sqrt(2 / (1 + SLOPE**2))
        kernel = rng.normal(0, gain / np.sqrt(conv.direct[0].numel()), conv.direct.shape)
        with torch.no_grad():
            conv.direct.copy_(torch.from_numpy(kernel))
            conv.bias.copy_(torch.from_numpy(rng.normal(0, 0.02, conv.bias.shape)))
    return net


def write_fixture(model_id: str, folder: Path) -> dict:
    """Writes one network in every precision; returns its entry: id, geometry, controls, files."""
    net = tiny_net(model_id)
    files = {}
    for precision in PRECISIONS:
        properties = {"id": model_id, "licence": LICENCE, "precision": precision}
        data = write_onnx(net, precision, properties)
        path = folder / f"{model_id}.{precision}.onnx"
        replace_file(path, data)
        files[precision] = {"url": path.name, "bytes": len(data), "sha256": sha256(data).hexdigest()}
    plain = Runtime(folder / files["fp32"]["url"], torch.float64)
    return {
        "id": model_id,
        "scale": net.scale,
        "halo": measure_halo(plain, net),
        "multiple": net.multiple,
        "controls": CONTROLS.get(model_id, []),
        "files": files,
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
