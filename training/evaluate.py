"""One table for every model and precision, measured on the shipped files.

    python3 -m training.evaluate [--full] [--half-sums] [--write] [model ...]

What is measured, and how, is in benchmarks.py. Borders as in the app: the photo is reflected (edge
repeated) by the halo.
"""

import argparse
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from .benchmarks import Benchmark, Picture, Sample, benchmarks_of, run_network
from .catalog import MODELS, is_borrowed, load_catalog, read_shipped, save_catalog
from .data import data_root
from .export import describe, encode, load_master, write_onnx
from .runtime import Rounding, Runtime
from .train import WEIGHTS, load_recipe

PUBLISHED_TOLERANCE = 0.05
LIMITS = {"int8": 0.1, "fp16": 0.05}
"""Largest PSNR loss a shipped file may have against the float32 master (dB)."""

MOST_MARKED = 0.2
"""Largest percentage of the pixels of clean photos that what looks for damage may mark."""

NO_HARM = 38.0
"""Least PSNR (dB) of a clean photo through a restorer that is told there is nothing to restore."""

RECIPES = Path(__file__).resolve().parent / "recipes"


@cache
def load_benchmarks(task: str, variant: str | None, scale: int, root: Path, effort: str) -> list[Benchmark]:
    """The benchmarks of a task; one whose photos or kernels are missing is named and skipped."""
    every = benchmarks_of({"task": task, "variant": variant}, scale, root, effort)
    missing = [benchmark.name for benchmark in every if not benchmark.samples]
    if missing:
        print(f"Skipped, no data for: {', '.join(missing)}")
    return [benchmark for benchmark in every if benchmark.samples]


def measure(
    data: bytes, card: dict, benchmarks: list[Benchmark], rounding: Rounding = "values"
) -> dict[str, float]:
    """What one .onnx file reaches on each benchmark: mean PSNR (dB), where it is in decibels."""
    runtime = Runtime(data, rounding=rounding)
    scale, halo, multiple = card["scale"], card["halo"], card["multiple"]
    results: dict[int, Picture] = {}

    def enhance(sample: Sample) -> Picture:
        key = id(sample.damaged)  # benchmarks may share pictures
        if key not in results:
            results[key] = run_network(runtime, sample, scale, halo, multiple)
        return results[key]

    return {benchmark.name: benchmark.measure(enhance) for benchmark in benchmarks}


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
    model = load_master(path, settings["net"])
    described = describe(settings, model)
    if any(encode(described, model, precision) != data for precision, data in files.items()):
        print(f"  no float32 row: the shipped files were not made from {path.name}; export again")
        return None
    return write_onnx(model, "fp32", {"id": card["id"]})


def evaluate_card(card: dict, folder: Path, benchmarks: list[Benchmark], weights: Path) -> bool:
    """Prints the rows of one model and updates its card; False if a shipped file loses or harms too much."""
    files = {entry["precision"]: read_shipped(folder, entry) for entry in card["files"]}
    master = master_bytes(card, files, weights)
    reference = None
    if master is not None:
        reference = measure(master, card, benchmarks)
        card["metrics"].update({name: round(value, 3) for name, value in reference.items()})
        print_row("fp32 master", reference.values())
    fine = True
    for entry in card["files"]:
        precision = entry["precision"]
        scores = measure(files[precision], card, benchmarks)
        note = f"{entry['bytes'] / 1000:.0f} kB"
        if scores.get("clean", NO_HARM) < NO_HARM:
            note, fine = f"{note}, HARMS clean photos: under {NO_HARM} dB", False
        if scores.get("clean %", 0.0) > MOST_MARKED:
            note, fine = f"{note}, MARKS clean photos: over {MOST_MARKED} %", False
        if reference is not None:
            names = [benchmark.name for benchmark in benchmarks if benchmark.in_decibels]
            loss = max(lost(reference[name], scores[name]) for name in names)
            entry["psnrLoss"] = round(loss, 4) + 0.0
            over = not loss <= LIMITS[precision]
            fine = fine and not over
            note += f", loss {loss:.4f} dB" + (f": OVER {LIMITS[precision]} dB" if over else "")
        print_row(precision, scores.values(), note)
    return fine


def show_half_sums(folder: Path, only: Iterable[str], weights: Path) -> None:
    """Prints what fp16 files lose where a GPU keeps its sums in half, too, on the quick benchmarks."""
    own = (card for card in load_catalog(folder)["models"] if not is_borrowed(card))
    for card in (card for card in own if not only or card["id"] in only):
        kind = card["task"], card.get("variant"), card["scale"]
        benchmarks = load_benchmarks(*kind, data_root(), "quick")
        data = next(read_shipped(folder, e) for e in card["files"] if e["precision"] == "fp16")
        master = master_bytes(card, {"fp16": data}, weights)
        if not benchmarks or master is None:
            continue
        exact, halved = measure(master, card, benchmarks), measure(data, card, benchmarks, "sums")
        print(f"  {card['id']}: dB lost to fp16 with sums in half")
        print_row("", exact)
        print_row("", (lost(exact[name], halved[name]) for name in exact))


def lost(reference: float, score: float) -> float:
    """PSNR loss in dB, as far as an eye could tell: over 50 dB differences are under half a grey level."""
    return min(reference, 50.0) - min(score, 50.0)


def print_baseline(benchmarks: list[Benchmark]) -> bool:
    """Prints what doing nothing and a teacher reach beside the published numbers; False if they are not reproduced."""
    scores = [benchmark.baseline() for benchmark in benchmarks]
    print_row("nothing done", scores)
    if any(sample.taught is not None for sample in benchmarks[0].samples):
        print_row("teacher", (measure_teacher(benchmark) for benchmark in benchmarks))
    if any(benchmark.published for benchmark in benchmarks):
        print_row("  published", (benchmark.published for benchmark in benchmarks))
    fine = True
    for benchmark, score in zip(benchmarks, scores):
        if benchmark.published and abs(score - benchmark.published) > PUBLISHED_TOLERANCE:
            print(f"  PROTOCOL: {benchmark.name} is {score:.3f} dB, published {benchmark.published} dB")
            fine = False
    return fine


def measure_teacher(benchmark: Benchmark) -> float | None:
    """What the teacher of a crisp enlarger reaches; None where it was not asked. To itself it is 100 dB."""
    asked = all(sample.taught is not None for sample in benchmark.samples)
    return benchmark.measure(lambda sample: sample.taught) if asked else None


def print_row(title: str, values: Iterable[str | float | None], note: str = "") -> None:
    """One line of the table; None prints as a dash."""
    texts = ("-" if v is None else v if isinstance(v, str) else f"{v:.3f}" for v in values)
    cells = "".join(f"{text:>13}" for text in texts)
    print(f"  {title:<14}{cells}  {note}".rstrip(), flush=True)


def evaluate(
    folder: Path, weights: Path, effort: str = "usual", write: bool = False, only: Iterable[str] = ()
) -> bool:
    """Measures our models of a catalog (`only` those named); False if the protocol or a file is off."""
    try:
        root = data_root()
    except SystemExit as absent:
        print(f"Skipped: nothing to measure on. {absent}")
        return True
    catalog, fine, seen = load_catalog(folder), True, set()
    own = [card for card in catalog["models"] if not is_borrowed(card)]
    wanted = set(only) or {card["id"] for card in own}
    unknown = wanted - {card["id"] for card in own}
    if unknown:
        raise SystemExit(f"Not in the catalog: {', '.join(sorted(unknown))}.")
    for card in (card for card in own if card["id"] in wanted):
        kind = card["task"], card.get("variant"), card["scale"]
        benchmarks = load_benchmarks(*kind, root, effort)
        if not benchmarks:
            continue
        if kind not in seen:
            seen.add(kind)
            unit = "PSNR in dB" if all(each.in_decibels for each in benchmarks) else "PSNR in dB and parts"
            print(f"\n{' '.join(filter(None, kind[:2]))}, {card['scale']}x, {unit}")
            print_row("", (benchmark.name for benchmark in benchmarks))
            fine &= print_baseline(benchmarks)
        print(f"  {card['id']}: {card['params']:,} parameters, halo {card['halo']}")
        fine &= evaluate_card(card, folder, benchmarks, weights)
    if write:
        save_catalog(folder, catalog)
        print(f"\nWritten: {folder.name}/catalog.json")
    return fine


def main() -> None:
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("only", nargs="*", metavar="model", help="ids; default: every model")
    parser.add_argument("--full", action="store_true", help="CID22_val for the faithful enlargers, too (slow)")
    parser.add_argument(
        "--half-sums", action="store_true", help="only what fp16 loses where sums are half, too (very slow)"
    )
    parser.add_argument("--write", action="store_true", help="write metrics and losses into catalog.json")
    parser.add_argument("--models", type=Path, default=MODELS, help="folder with catalog.json (public/models)")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder of masters (training/weights)")
    options = parser.parse_args()
    if options.half_sums:
        return show_half_sums(options.models, options.only, options.weights)
    effort = "full" if options.full else "usual"
    if not evaluate(options.models, options.weights, effort, options.write, options.only):
        raise SystemExit("Not as it should be: see the lines in capitals above.")


if __name__ == "__main__":
    main()
