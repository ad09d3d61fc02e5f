"""Writes a trained network as the .onnx files the app ships, and its card in the catalog.

    python3 -m training.export training/recipes/upscale-x2-fast.toml
"""

import argparse
from pathlib import Path

import numpy as np
import torch

from .calibrate import measure_moments
from .catalog import MODELS, load_catalog, save_catalog, store, upsert_card
from .golden import make_golden
from .graph import Graph
from .nets import Net, build
from .runtime import Runtime, measure_halo
from .train import CHECKPOINTS, WEIGHTS, load_recipe

SHIPPED = ("int8", "fp16")
LICENCE = "MIT"
TRAINED_ON = (
    "207 photos of CID22 (Cloudinary, CC BY-SA 4.0), 26 of CLIC 2025 (Unsplash licence) and 51 wallpapers: "
    "Antergos (CC BY-SA 4.0), Budgie (CC0 1.0), deepin (Unsplash licence);"
)


def load_master(path: Path, net: dict) -> Net:
    """The network of master weights (.npz) or of a checkpoint's running average (.pt), in float64.

    `net` is the recipe's table.
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
    return model.double()


def write_onnx(model: Net, precision: str, properties: dict[str, str]) -> bytes:
    """The .onnx bytes of a network (see `Graph`), those of int8 calibrated; equal arguments give equal bytes."""
    moments = measure_moments(write_onnx(model, "fp32", properties), model) if precision == "int8" else {}
    graph = Graph(precision, 3 + model.controls, moments)
    return graph.finish(model.draw(graph), properties)


def describe(recipe: dict, model: Net) -> dict:
    """The measured and counted part of a card, and its texts: everything but metrics and files."""
    texts = recipe["model"]
    graph = Graph("fp32", 3 + model.controls)
    plain = graph.finish(model.draw(graph), {"id": texts["id"]})
    variant = {"variant": texts["variant"]} if "variant" in texts else {}
    return {
        "id": texts["id"],
        "task": texts["task"],
        **variant,
        "tier": texts["tier"],
        "title": texts["title"],
        "scale": model.scale,
        **outputs_of(model),
        "halo": measure_halo(Runtime(plain, torch.float64), model),
        "multiple": model.multiple,
        "controls": texts.get("controls", []),
        "macsPerPixel": round(graph.macs),
        "widestBytes": graph.widest,
        "params": graph.params,
        "licence": LICENCE,
        "trainedOn": f"{TRAINED_ON} {texts['damage']}",
    }


def outputs_of(model: Net) -> dict:
    """What a card says of the planes of a result: nothing where they are a picture's three."""
    return {} if model.outputs == 3 else {"outputs": model.outputs}


def encode(card: dict, model: Net, precision: str) -> bytes:
    """The .onnx bytes of a described model in one precision."""
    properties = {"id": card["id"], "licence": card["licence"], "precision": precision}
    return write_onnx(model, precision, properties)


def ship(folder: Path, card: dict, model: Net, precision: str) -> dict:
    """Writes the .onnx of a described model in one precision, and its golden tile; returns the card's entry.

    `psnrLoss` (dB) is null until training.evaluate has measured it.
    """
    data = encode(card, model, precision)
    golden = make_golden(data, card)
    stem = f"{card['id']}.{precision}"
    return {
        "precision": precision,
        **store(folder, stem, "onnx", data),
        "psnrLoss": None,
        "golden": {**store(folder, f"{stem}.golden", "bin", golden.data), "tolerance": golden.tolerance},
    }


def export(recipe: dict, weights: Path, folder: Path) -> dict:
    """Writes the files, the card and the licence line of one model into `folder`; returns the card.

    What was measured of a model stays if its files come out the same (see `upsert_card`).
    """
    model = load_master(weights, recipe["net"])
    card = describe(recipe, model)
    card["metrics"] = {}
    card["files"] = [ship(folder, card, model, precision) for precision in SHIPPED]
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
        golden = f"golden tile within {entry['golden']['tolerance']} of 255"
        print(f"  {entry['url']}  {entry['bytes']:,} bytes, {golden}")
    if any(entry["psnrLoss"] is None for entry in card["files"]):
        print("New files. The app takes no card before python3 -m training.evaluate --write")


if __name__ == "__main__":
    main()
