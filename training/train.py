"""Trains one network from a recipe file, for a stated number of minutes.

    python3 -m training.train training/recipes/upscale-x2-fast.toml --minutes 60
"""

import argparse
import copy
import ctypes
import math
import os
import signal
import threading
import time
import tomllib
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import numpy as np
import torch

from .benchmarks import Benchmark, Sample, benchmarks_of, do_nothing, run_network
from .colouring import ColouredPatches
from .crew import Crew, run_crew
from .data import DamagedPatches, MarkedPatches, PairedPatches, Patches, Pictures, data_root, load_photos
from .matching import Matching
from .nets import Net, build, load_matching
from .pool import PooledPatches
from .resident import Feeder, Replayed, Ring
from .step import Phase, Step, phase_at
from .tiles import save_sheet
from .synth import load_stock
from .tasks import damage_of, marks, prepare_dark
from .teachers import load_crisp_teacher, load_faithful_teacher

HERE = Path(__file__).resolve().parent
WEIGHTS = HERE / "weights"
CHECKPOINTS = HERE / "checkpoints"

CUT_OFF = threading.Event()
"""Set by a signal: the step that is being made is the last one."""


def load_recipe(path: Path) -> dict:
    """A recipe: tables [model], [net], [data], [train]."""
    with open(path, "rb") as file:
        return tomllib.load(file)


def load_weights(model_id: str) -> dict[str, torch.Tensor]:
    """Master weights (training form, float32) of a model, from training/weights."""
    path = WEIGHTS / f"{model_id}.npz"
    if not path.exists():
        raise SystemExit(f"No weights at {path}: train {model_id} first.")
    with np.load(path) as arrays:
        return {name: torch.from_numpy(arrays[name].astype(np.float32)) for name in arrays.files}


def save_weights(model_id: str, model: torch.nn.Module) -> None:
    """Writes master weights, replacing the old file only when the new one is whole."""
    WEIGHTS.mkdir(exist_ok=True)
    whole, part = WEIGHTS / f"{model_id}.npz", WEIGHTS / f".{model_id}.part.npz"
    np.savez_compressed(part, **{k: v.cpu().numpy() for k, v in model.state_dict().items()})
    part.replace(whole)


@cache
def quick_benchmarks(
    task: str, variant: str | None, scale: int, root: Path
) -> list[tuple[Benchmark, float]]:
    """The quick benchmarks that have photos, each with what doing nothing reaches (dB)."""
    found = benchmarks_of({"task": task, "variant": variant}, scale, root, "quick")
    return [(each, each.baseline()) for each in found if each.samples]


def validate(model: Net, recipe: dict, root: Path) -> str:
    """A glance at the model's benchmarks, as text: each one's PSNR and its gain over doing nothing."""
    rows, texts, results = [], recipe["model"], {}

    def enhance(sample: Sample) -> np.ndarray:
        key = id(sample.damaged)  # benchmarks may share pictures
        if key not in results:
            results[key] = run_network(model, sample, model.scale, 0, model.multiple)
        return results[key]

    for benchmark, nothing in quick_benchmarks(texts["task"], texts.get("variant"), model.scale, root):
        score = benchmark.measure(enhance)
        rows.append(f"{benchmark.name} {score:.3f} ({score - nothing:+.3f})")
    return ", ".join(rows) or "no benchmarks"


def draw_samples(model: Net, recipe: dict, root: Path, path: Path, side: int = 96) -> None:
    """A contact sheet of what the network does to the middle of two pictures of each quick benchmark."""
    tiles, texts, scale = {}, recipe["model"], model.scale
    for benchmark, _ in quick_benchmarks(texts["task"], texts.get("variant"), scale, root):
        for number, whole in enumerate(benchmark.samples[:2]):
            y, x = (max(n - side, 0) // 2 // model.multiple * model.multiple for n in whole.damaged.shape[:2])
            truth = whole.truth[y * scale : (y + side) * scale, x * scale : (x + side) * scale]
            sample = replace(whole, damaged=whole.damaged[y : y + side, x : x + side], truth=truth)
            after = run_network(model, sample, scale, 0, model.multiple)
            name = f"{benchmark.name} {number}"
            shown = {"before": do_nothing(sample, scale), "after": after, "truth": truth}
            for when, picture in shown.items():
                tiles[f"{name} {when}"] = np.broadcast_to(np.clip(picture / 255, 0, 1), (*picture.shape[:2], 3))
    if tiles:
        save_sheet(path, tiles, columns=6)


def open_patches(recipe: dict, root: Path, scale: int, seed: int) -> Patches:
    """The patches of a recipe's `[data]` table."""
    data, patch = recipe["data"], recipe["train"]["patch"]
    if "pool" in data:
        return PooledPatches(data["pool"], data, scale, patch, seed)
    photos = load_photos(root / "train", patch * scale * 4 // 3, data.get("limit"))
    share = data.get("synthetic", 0.0)
    synthetic = load_stock(CHECKPOINTS / "synthetic.npy", data["stock"], photos) if share else None
    pictures = Pictures(photos, synthetic, share)
    if data["damage"] == "bicubic":
        return PairedPatches(pictures, scale, patch, seed)
    if data["damage"] == "marks":
        return MarkedPatches(pictures, marks(root), patch, seed)
    if data["damage"] == "gray":
        return ColouredPatches(pictures, patch, seed)
    damage, prepare = damage_of(data["damage"], scale), prepare_dark(data.get("dark", 0.0))
    return DamagedPatches(pictures, damage, scale, patch, seed, prepare)


def learning_rate(settings: dict, progress: float) -> float:
    """Linear warm-up over the first 2 %, then a cosine to 1e-6. `progress` in [0, 1]."""
    peak, warm = settings["lr"], 0.02
    if progress < warm:
        return peak * (0.05 + 0.95 * progress / warm)
    return 1e-6 + (peak - 1e-6) * 0.5 * (1 + math.cos(math.pi * (progress - warm) / (1 - warm)))


class Clock:
    """Training time in minutes, counted over interruptions."""

    def __init__(self, spent: float):
        self.start = time.monotonic() - spent * 60

    def minutes(self) -> float:
        """Minutes trained so far."""
        return (time.monotonic() - self.start) / 60


def launched(step: Step, patches: Patches, size: int) -> Callable[[Phase], torch.Tensor]:
    """Steps on batches of `size` that are made between them, in this process."""

    def take(phase: Phase) -> torch.Tensor:
        patches.patch = phase.patch
        batch = (t.to(step.device, memory_format=torch.channels_last) for t in patches.batch(size))
        return step(phase, *batch)

    return take


def begin(recipe: dict, device: str, crew: Crew, fresh: bool) -> Step:
    """The step of a recipe's network: of random numbers or, `fresh`, of those it is to start from."""
    settings = recipe["train"]
    torch.manual_seed(settings["seed"])
    model = build(recipe["net"]).to(device, memory_format=torch.channels_last)
    if settings.get("init") and fresh:
        unknown = load_matching(model, load_weights(settings["init"]))
        if crew.leads:
            print(f"warm start from {settings['init']}; fresh: {', '.join(unknown) or 'nothing'}", flush=True)
    average = copy.deepcopy(model).requires_grad_(False).eval()
    matching = None
    if "match" in settings:
        matching = Matching(model, load_crisp_teacher().to(device), settings["match"]).to(device)
    teacher = load_faithful_teacher(model.scale).to(device) if settings.get("teacher_weight") else None
    return Step(model, average, settings, crew, matching, teacher)


def train(
    recipe: dict,
    minutes: float,
    resume: bool,
    device: str,
    workers: int = 0,
    crew: Crew = Crew(),
    glance: float = 2.0,
) -> None:
    """Trains until `minutes` have been spent; a checkpoint and a glance every `glance` minutes and at the end.

    `workers`: processes that cut and damage pictures for a GPU, where steps are replayed; 0 makes batches between
    the steps. `crew`: with whom; each brings a batch of the recipe's size to every step.
    """
    settings, model_id = recipe["train"], recipe["model"]["id"]
    checkpoint = CHECKPOINTS / f"{model_id}.pt"
    resume = resume and checkpoint.exists()
    step = begin(recipe, device, crew, fresh=not resume)
    parts = {"model": step.model, "average": step.average, "optimiser": step.optimiser, "matching": step.matching}
    number, spent = 0, 0.0
    if resume:
        number, spent = recall(checkpoint, recipe["net"], step, parts)

    root = data_root()
    patches = open_patches(recipe, root, step.model.scale, settings["seed"] + number + 1_000_000 * crew.rank)
    if crew.leads:
        print(f"{model_id}: {patches}, from step {number}, {spent:.1f} of {minutes} min", flush=True)
    feeder = Feeder(patches, Ring(device, step.model.scale), workers) if workers else None
    take = Replayed(step, feeder, settings["batch"]) if feeder else launched(step, patches, settings["batch"])

    def save() -> None:
        if not crew.leads:
            return
        CHECKPOINTS.mkdir(exist_ok=True)
        state = {name: part.state_dict() for name, part in parts.items() if part}
        state |= {"net": recipe["net"], "step": number, "spent": clock.minutes()}
        part = checkpoint.with_suffix(".part")
        torch.save(state, part)
        part.replace(checkpoint)
        scores = validate(step.average, recipe, root)
        draw_samples(step.average, recipe, root, checkpoint.with_suffix(".png"))
        print(f"{clock.minutes():6.1f} min  step {number:6d}  loss {running:.5f}  {scores}", flush=True)

    clock, running, saved_at = Clock(spent), torch.zeros((), device=device), spent
    while (progress := crew.agree(clock.minutes()) / minutes) < 1 and not CUT_OFF.is_set():
        step.set(learning_rate(settings, progress), number)
        loss = take(phase_at(settings, progress))
        number += 1
        running = loss.clone() if number == 1 else running.lerp(loss, 0.02)
        if number % 50 == 0 and not running.isfinite():  # each look waits for the device
            raise SystemExit(f"The loss is {running} at step {number}; the last checkpoint is {checkpoint}.")
        if clock.minutes() - saved_at > glance:
            saved_at = clock.minutes()
            save()
    if feeder:
        feeder.close()
    save()
    if CUT_OFF.is_set():
        raise SystemExit(f"Cut off at step {number}; nothing is lost: --resume goes on.")
    if crew.leads:
        save_weights(model_id, step.average)


def recall(checkpoint: Path, net: dict, step: Step, parts: dict) -> tuple[int, float]:
    """Goes on from a checkpoint: fills the `parts` of a step; returns the steps taken and the minutes spent."""
    saved = torch.load(checkpoint, map_location=step.device)
    if saved["net"] != net:
        raise SystemExit(f"{checkpoint} is of another net: {saved['net']}. Remove it or train without --resume.")
    for name, part in parts.items():
        if part:
            part.load_state_dict(saved[name])
    step.bind_rate()
    return saved["step"], saved["spent"]


def keep_freed_memory() -> None:
    """Lets glibc keep what a step frees for the next one; elsewhere nothing is done.

    By default large tensors are given back to the system and fetched anew, page by page: half of a step's time on a CPU
    (0.75 s before, 0.37 s after, 64 channels x 18 at 4x, batch 16 of 48 pixels, two cores).
    """
    if mallopt := getattr(ctypes.CDLL(None), "mallopt", None):
        trim_threshold, mmap_threshold = -1, -3  # malloc.h
        mallopt(mmap_threshold, 2**30)
        mallopt(trim_threshold, 2**31 - 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--minutes", type=float, required=True, help="training time in all, interruptions left out")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint, if there is one")
    gpu = torch.cuda.is_available()
    parser.add_argument("--device", default="cuda" if gpu else "cpu")
    beside = (os.cpu_count() or 2) - 1 if gpu else 0
    parser.add_argument("--workers", type=int, default=beside, help=f"processes that damage pictures for a GPU ({beside})")
    parser.add_argument("--crew", type=int, default=1, help="processes that train together: on a CPU, its cores (1)")
    parser.add_argument("--glance", type=float, default=2.0, help="minutes from one checkpoint to the next (2)")
    options = parser.parse_args()
    keep_freed_memory()
    torch.backends.cudnn.benchmark = True
    torch.set_float32_matmul_precision("high")
    recipe = load_recipe(options.recipe)
    settings = options.minutes, options.resume, options.device, options.workers
    work = partial(train, recipe, *settings, glance=options.glance)
    if options.crew == 1:
        for cut in (signal.SIGTERM, signal.SIGINT):
            signal.signal(cut, lambda *_: CUT_OFF.set())
    run_crew(work, options.crew)


if __name__ == "__main__":
    main()
