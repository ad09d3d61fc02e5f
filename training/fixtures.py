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
from .nets import SLOPE, Layer, PlainUpscaler
from .runtime import Runtime, measure_halo

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "fixtures" / "models"
PRECISIONS = ("fp32", "fp16", "int8")
CHANNELS = {2: 8, 4: 4}
"""Channels for each scale; the 4x one is thinner, to stay under 20 kB."""

CONVS = 3
DETAIL = 0.15
"""Standard deviation of what the convolutions add to the picture, on noise: enough that a halo one
pixel short shows as a seam of several grey levels."""


def tiny_layers(scale: int) -> list[Layer]:
    """Folded layers of a PlainUpscaler with random kernels, every tap of which matters.

    NumPy draws the numbers, so that they do not depend on PyTorch's version.
    """
    rng = np.random.default_rng(100 + scale)
    layers = []
    for layer in PlainUpscaler(scale, CHANNELS[scale], CONVS).fold():
        if layer.name == "skip":  # keeps its identity: the result is the picture, and some detail
            kernel, bias = layer.kernel, layer.bias
        else:
            fan_in = layer.kernel[0].size
            gain = DETAIL if layer.name == "tail" else np.sqrt(2 / (1 + SLOPE**2))
            kernel = rng.normal(0, gain / np.sqrt(fan_in), layer.kernel.shape)
            bias = rng.normal(0, 0.02, layer.bias.shape)
        layers.append(Layer(layer.name, kernel.astype(np.float32), bias.astype(np.float32)))
    return layers


def write_fixture(scale: int, folder: Path) -> dict:
    """Writes one network in every precision; returns its entry: id, scale, halo, multiple, files."""
    layers, model_id = tiny_layers(scale), f"tiny-x{scale}"
    files = {}
    for precision in PRECISIONS:
        properties = {"id": model_id, "licence": LICENCE, "precision": precision}
        data = write_onnx(layers, scale, precision, properties)
        path = folder / f"{model_id}.{precision}.onnx"
        replace_file(path, data)
        files[precision] = {"url": path.name, "bytes": len(data), "sha256": sha256(data).hexdigest()}
    plain = Runtime(folder / files["fp32"]["url"], torch.float64)
    return {"id": model_id, "scale": scale, "halo": measure_halo(plain, scale), "multiple": 1, "files": files}


def write_fixtures(folder: Path) -> list[dict]:
    """Writes every fixture network and tiny.json, the list of their entries."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = [write_fixture(scale, folder) for scale in CHANNELS]
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
