"""One table for every model and precision, measured on the shipped files.

    python3 -m training.evaluate [--full] [--write]

Protocol: the benchmark photo is cut to a multiple of the scale, reduced bicubically and rounded to
8 bit, enlarged, clamped and rounded to 8 bit; PSNR on Y (BT.601, studio range), a border of `scale`
pixels left out. A gray photo is repeated into RGB for the network and compared as gray, 0..255,
as the literature does. Borders as in the app: the photo is reflected (edge repeated) by the halo.
"""

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from .catalog import MODELS, load_catalog, read_shipped, save_catalog
from .data import data_root, list_photos, load_rgb
from .export import describe, encode, load_master, write_onnx
from .metrics import luma, psnr, upscale_psnr
from .resample import reduce, resize
from .runtime import Runtime
from .train import WEIGHTS, load_recipe

BENCHMARKS = ("Set5", "Set14", "CBSD68")
"""CBSD68 stands in for BSD100: photos of the same source, numbers near but not equal."""

FULL = (*BENCHMARKS, "CID22_val")
PUBLISHED = {("Set5", 2): 33.66, ("Set5", 4): 28.42, ("Set14", 2): 30.24, ("Set14", 4): 26.00}
"""Bicubic Y-PSNR (dB) as the super-resolution literature prints it."""

PUBLISHED_TOLERANCE = 0.05
LIMITS = {"int8": 0.1, "fp16": 0.05}
"""Largest PSNR loss a shipped file may have against the float32 master (dB)."""

RECIPES = Path(__file__).resolve().parent / "recipes"
Enlarger = Callable[[np.ndarray], np.ndarray]
"""uint8 [h, w, 3] -> uint8 [s*h, s*w, 3]."""


@dataclass(frozen=True)
class Sample:
    """A benchmark photo: uint8 RGB `low` [h, w, 3] and `high` [s*h, s*w, 3]; `gray`: stored as one plane."""

    low: np.ndarray
    high: np.ndarray
    gray: bool


def load_samples(folder: Path, scale: int) -> list[Sample]:
    """Every photo of a benchmark folder, with its reduced half."""
    samples = []
    for path in list_photos(folder):
        with Image.open(path) as image:
            gray = image.mode in ("L", "1", "I;16")
        photo = load_rgb(path)
        height, width = (n - n % scale for n in photo.shape[:2])
        high = photo[:height, :width]
        samples.append(Sample(reduce(high, scale), high, gray))
    return samples


def score(result: np.ndarray, sample: Sample, scale: int) -> float:
    """Y-PSNR in dB of one enlarged photo; a gray one's Y is stretched back to 0..255."""
    if not sample.gray:
        return upscale_psnr(result, sample.high, scale)
    inner = (slice(scale, -scale), slice(scale, -scale))
    gray = np.round((luma(result)[inner] - 16) * 255 / 219)
    return psnr(gray, sample.high[inner][..., 0])


def bicubic(scale: int) -> Enlarger:
    """The baseline: bicubic enlargement, rounded to 8 bit."""

    def enlarge(low: np.ndarray) -> np.ndarray:
        height, width = (n * scale for n in low.shape[:2])
        return np.clip(np.round(resize(low, height, width)), 0, 255).astype(np.uint8)

    return enlarge


def network(runtime: Runtime, scale: int, halo: int) -> Enlarger:
    """A network run as the app runs it: reflected by `halo` pixels, cropped, clamped, rounded."""

    def enlarge(low: np.ndarray) -> np.ndarray:
        padded = np.pad(low, ((halo, halo), (halo, halo), (0, 0)), mode="symmetric")
        image = torch.from_numpy(padded.transpose(2, 0, 1).copy()).float().div(255)[None]
        with torch.no_grad():
            out = runtime(image)[0]
        crop = halo * scale
        out = out[:, crop : out.shape[1] - crop, crop : out.shape[2] - crop]
        return out.clamp(0, 1).mul(255).round().byte().numpy().transpose(1, 2, 0)

    return enlarge


def measure(enlarge: Enlarger, sets: dict[str, list[Sample]], scale: int) -> dict[str, float]:
    """Mean Y-PSNR in dB for each benchmark."""
    return {
        name: float(np.mean([score(enlarge(sample.low), sample, scale) for sample in samples]))
        for name, samples in sets.items()
    }


def master_bytes(card: dict, files: dict[str, bytes], weights: Path) -> bytes | None:
    """The float32 graph of the master weights that `files` were made from.

    None, with a line that says why, where there are no such weights: a loss measured against
    other weights would be a lie.
    """
    paths = (weights / f"{card['id']}{suffix}" for suffix in (".npz", ".pt"))
    path = next((path for path in paths if path.exists()), None)
    recipe = RECIPES / f"{card['id']}.toml"
    if path is None or not recipe.exists():
        print(f"  no float32 row: no {'recipe' if path else 'master weights'} for {card['id']}")
        return None
    settings = load_recipe(recipe)
    layers = load_master(path, settings["net"])
    described = describe(settings, layers)
    if any(encode(described, layers, precision) != data for precision, data in files.items()):
        print(f"  no float32 row: the shipped files were not made from {path.name}; export again")
        return None
    return write_onnx(layers, card["scale"], "fp32", {"id": card["id"]})


def evaluate_card(card: dict, folder: Path, sets: dict[str, list[Sample]], weights: Path) -> bool:
    """Prints the rows of one model and updates its card; False if a shipped file loses too much."""
    scale, halo = card["scale"], card["halo"]
    files = {entry["precision"]: read_shipped(folder, entry) for entry in card["files"]}
    master = master_bytes(card, files, weights)
    reference = None
    if master is not None:
        reference = measure(network(Runtime(master), scale, halo), sets, scale)
        card["metrics"].update({name: round(value, 3) for name, value in reference.items()})
        print_row("fp32 master", reference.values())
    fine = True
    for entry in card["files"]:
        precision = entry["precision"]
        scores = measure(network(Runtime(files[precision]), scale, halo), sets, scale)
        note = f"{entry['bytes'] / 1000:.0f} kB"
        if reference is not None:
            loss = max(reference[name] - scores[name] for name in sets)
            entry["psnrLoss"] = round(loss, 4) + 0.0
            over = not loss <= LIMITS[precision]
            fine = fine and not over
            note += f", loss {loss:.4f} dB" + (f": OVER {LIMITS[precision]} dB" if over else "")
        print_row(precision, scores.values(), note)
    return fine


def print_bicubic(sets: dict[str, list[Sample]], scale: int) -> bool:
    """Prints the baseline beside the published numbers; False if the protocol does not reproduce them."""
    scores = measure(bicubic(scale), sets, scale)
    known = {name: PUBLISHED[name, scale] for name in sets if (name, scale) in PUBLISHED}
    print_row("bicubic", scores.values())
    if known:
        print_row("  published", (known.get(name) for name in sets))
    wrong = [name for name, value in known.items() if abs(scores[name] - value) > PUBLISHED_TOLERANCE]
    for name in wrong:
        print(f"  PROTOCOL: bicubic on {name} is {scores[name]:.3f} dB, published {known[name]} dB")
    return not wrong


def print_row(title: str, values: Iterable[str | float | None], note: str = "") -> None:
    """One line of the table; None prints as a dash."""
    texts = ("-" if v is None else v if isinstance(v, str) else f"{v:.3f}" for v in values)
    cells = "".join(f"{text:>11}" for text in texts)
    print(f"  {title:<14}{cells}  {note}".rstrip(), flush=True)


def load_sets(root: Path, names: tuple[str, ...], scale: int) -> dict[str, list[Sample]]:
    """The benchmarks that are there; a missing one is named and skipped."""
    missing = [name for name in names if not list_photos(root / "dev" / name)]
    if missing:
        print(f"Skipped, no photos in dev/: {', '.join(missing)}")
    return {name: load_samples(root / "dev" / name, scale) for name in names if name not in missing}


def evaluate(folder: Path, weights: Path, full: bool = False, write: bool = False) -> bool:
    """Measures every upscaler of a catalog; False if the protocol or a file is off."""
    try:
        root = data_root()
    except SystemExit as absent:
        print(f"Skipped: nothing to measure on. {absent}")
        return True
    catalog, fine = load_catalog(folder), True
    cards = [card for card in catalog["models"] if card["task"] == "upscale"]
    for scale in sorted({card["scale"] for card in cards} | {2, 4}):
        sets = load_sets(root, FULL if full else BENCHMARKS, scale)
        if not sets:
            return True
        print(f"\nEnlarging {scale}x, Y-PSNR in dB")
        print_row("", sets)
        fine &= print_bicubic(sets, scale)
        for card in (card for card in cards if card["scale"] == scale):
            print(f"  {card['id']}: {card['params']:,} parameters, halo {card['halo']}")
            fine &= evaluate_card(card, folder, sets, weights)
    if write:
        save_catalog(folder, catalog)
        print(f"\nWritten: {folder.name}/catalog.json")
    return fine


def main() -> None:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--full", action="store_true", help="CID22_val too (slow)")
    parser.add_argument("--write", action="store_true", help="write metrics and losses into catalog.json")
    parser.add_argument("--models", type=Path, default=MODELS, help="folder with catalog.json (public/models)")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder of masters (training/weights)")
    options = parser.parse_args()
    if not evaluate(options.models, options.weights, options.full, options.write):
        raise SystemExit("Not as it should be: see the lines in capitals above.")


if __name__ == "__main__":
    main()
