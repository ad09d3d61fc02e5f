"""Writes a trained network as the .onnx files the app ships, and its card in the catalog.

    python3 -m training.export training/recipes/upscale-x2-fast.toml
"""

import argparse
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from .catalog import MODELS, load_catalog, save_catalog, ship, upsert_card
from .nets import SLOPE, Layer, build
from .quantize import quantize_int8, to_half
from .runtime import Runtime, measure_halo
from .train import CHECKPOINTS, WEIGHTS, load_recipe

OPSET = 13
"""The first with DequantizeLinear per channel."""

SHIPPED = ("int8", "fp16")
EXACT = ("skip",)
"""Layers whose kernels stay float32 in an int8 file. The skip carries the picture itself, a large centre
among small taps: in int8 it cost 0.38 dB on Set5 at 10 minutes of training, kept exact 0.001 dB for
1.3 kB more at 2x. First and last convolution gain nothing from it."""

LICENCE = "MIT"
TRAINED_ON = (
    "207 photos of CID22 (Cloudinary, CC BY-SA 4.0), 26 of CLIC 2025 (Unsplash licence) and 51 wallpapers: "
    "Antergos (CC BY-SA 4.0), Budgie (CC0 1.0), deepin (Unsplash licence); reduced bicubically."
)


def load_master(path: Path, net: dict) -> list[Layer]:
    """Folded float32 layers of master weights (.npz) or of a checkpoint's running average (.pt).

    `net` is the recipe's table. Folding is done in float64 and rounded once.
    """
    if not path.exists():
        raise SystemExit(f"No weights at {path}: train first, or name a file with --weights.")
    if path.suffix == ".pt":
        saved = torch.load(path, map_location="cpu")
        if saved["net"] != net:
            raise SystemExit(f"{path} is of another net: {saved['net']}, not {net}.")
        print(f"{path.name}: step {saved['step']}, {saved['spent']:.1f} minutes")
        state = saved["average"]
    else:
        with np.load(path) as arrays:
            state = {name: torch.from_numpy(arrays[name]) for name in arrays.files}
    model = build(net)
    try:
        model.load_state_dict(state)
    except RuntimeError as error:
        raise SystemExit(f"{path} does not fit the recipe's net {net}: {error}") from None
    return model.double().fold()


def write_onnx(layers: list[Layer], scale: int, precision: str, properties: dict[str, str]) -> bytes:
    """The .onnx bytes of a plain upscaler; equal arguments give equal bytes.

    `layers`: body convolutions in order, then `tail` and `skip`. `precision`: `fp32`, `fp16` (the whole
    graph, input and output too) or `int8` (weights only, dequantized to float32; not those of EXACT).
    `properties` go into the file's metadata.
    """
    *body, tail, skip = layers
    graph = _Graph(precision)
    value = "image"
    for layer in body:
        value = graph.conv(layer, value)
        value = graph.add("LeakyRelu", f"{layer.name}.act", [value], alpha=SLOPE)
    both = [graph.conv(tail, value), graph.conv(skip, "image")]
    value = graph.add("Add", "join", both)
    graph.add("DepthToSpace", "shuffle", [value], "enhanced", blocksize=scale, mode="CRD")
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            properties["id"],
            [helper.make_tensor_value_info("image", graph.type, [1, 3, "h", "w"])],
            [helper.make_tensor_value_info("enhanced", graph.type, [1, 3, "h_out", "w_out"])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=7,
        producer_name="enlarger",
    )
    helper.set_model_props(model, properties)
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString(deterministic=True)


class _Graph:
    """Nodes and constants of one graph, named after their layers."""

    def __init__(self, precision: str):
        self.precision = precision
        self.type = TensorProto.FLOAT16 if precision == "fp16" else TensorProto.FLOAT
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def add(self, kind: str, name: str, inputs: list[str], output: str | None = None, **attributes) -> str:
        """Adds a node; returns the name of its value."""
        self.nodes.append(helper.make_node(kind, inputs, [output or name], name, **attributes))
        return output or name

    def conv(self, layer: Layer, value: str) -> str:
        """Adds a 3x3 convolution, padding 1."""
        bias = self.constant(f"{layer.name}.bias", self.rounded(layer.bias))
        inputs = [value, self.kernel(layer), bias]
        return self.add("Conv", layer.name, inputs, kernel_shape=[3, 3], pads=[1] * 4)

    def kernel(self, layer: Layer) -> str:
        """Adds a layer's kernel [out, in, 3, 3] in this precision."""
        name = f"{layer.name}.kernel"
        if self.precision != "int8" or layer.name in EXACT:
            return self.constant(name, self.rounded(layer.kernel))
        small = quantize_int8(layer.kernel)
        inputs = [
            self.constant(f"{name}.levels", small.values),
            self.constant(f"{name}.scales", small.scales),
            self.constant(f"{name}.zeros", np.zeros(len(small.values), np.int8)),
        ]
        return self.add("DequantizeLinear", name, inputs, axis=0)

    def rounded(self, array: np.ndarray) -> np.ndarray:
        """float32 or float16, as the graph computes."""
        return to_half(array) if self.type == TensorProto.FLOAT16 else array

    def constant(self, name: str, array: np.ndarray) -> str:
        """Adds an initialiser; returns its name."""
        self.constants.append(numpy_helper.from_array(array, name))
        return name


def describe(recipe: dict, layers: list[Layer]) -> dict:
    """The measured and counted part of a card, and its texts: everything but metrics and files."""
    model, scale = recipe["model"], recipe["net"]["scale"]
    plain = write_onnx(layers, scale, "fp32", {"id": model["id"]})
    return {
        "id": model["id"],
        "task": model["task"],
        "tier": model["tier"],
        "title": model["title"],
        "scale": scale,
        "halo": measure_halo(Runtime(plain, torch.float64), scale),
        "multiple": 1,
        "controls": [],
        "macsPerPixel": sum(layer.kernel.size for layer in layers),
        "params": sum(layer.kernel.size + layer.bias.size for layer in layers),
        "licence": LICENCE,
        "trainedOn": TRAINED_ON,
    }


def encode(card: dict, layers: list[Layer], precision: str) -> bytes:
    """The .onnx bytes of a described model in one precision."""
    properties = {"id": card["id"], "licence": card["licence"], "precision": precision}
    return write_onnx(layers, card["scale"], precision, properties)


def export(recipe: dict, weights: Path, folder: Path) -> dict:
    """Writes the files, the card and the licence line of one model into `folder`; returns the card."""
    layers = load_master(weights, recipe["net"])
    card = describe(recipe, layers)
    card["metrics"] = {}
    card["files"] = [ship(folder, card["id"], kind, encode(card, layers, kind)) for kind in SHIPPED]
    catalog = load_catalog(folder)
    upsert_card(catalog, card)
    save_catalog(folder, catalog)
    return card


def main() -> None:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("recipe", type=Path)
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--weights", type=Path, help="an .npz or a .pt; default: training/weights/ID.npz")
    source.add_argument("--checkpoint", action="store_true", help="from training/checkpoints/ID.pt")
    parser.add_argument("--out", type=Path, default=MODELS, help="default: public/models")
    options = parser.parse_args()
    recipe = load_recipe(options.recipe)
    model_id = recipe["model"]["id"]
    default = CHECKPOINTS / f"{model_id}.pt" if options.checkpoint else WEIGHTS / f"{model_id}.npz"
    card = export(recipe, options.weights or default, options.out)
    params, macs = card["params"], card["macsPerPixel"]
    print(f"{model_id}: halo {card['halo']}, {params:,} parameters, {macs:,} MACs per pixel")
    for entry in card["files"]:
        print(f"  {entry['url']}  {entry['bytes']:,} bytes")
    if any(entry["psnrLoss"] is None for entry in card["files"]):
        print("New files. The app takes no card before python3 -m training.evaluate --write")


if __name__ == "__main__":
    main()
