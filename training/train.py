"""Trains one network from a recipe file, for a stated number of minutes.

    python3 -m training.train training/recipes/upscale-x2-fast.toml --minutes 60
"""

import argparse
import copy
import math
import time
import tomllib
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

from .data import PairedPatches, data_root, list_photos, load_rgb
from .metrics import upscale_psnr
from .nets import build, load_matching
from .resample import reduce

HERE = Path(__file__).resolve().parent
WEIGHTS = HERE / "weights"
CHECKPOINTS = HERE / "checkpoints"


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


def upscale(model: torch.nn.Module, low: np.ndarray) -> np.ndarray:
    """Runs a network on one uint8 image [h, w, 3] and rounds the result to uint8."""
    device = next(model.parameters()).device
    with torch.no_grad():
        image = torch.from_numpy(low.transpose(2, 0, 1).copy()).float().div(255)[None].to(device)
        out = model(image)[0].clamp(0, 1).mul(255).round()
    return out.cpu().numpy().astype(np.uint8).transpose(1, 2, 0)


def validate(model: torch.nn.Module, folder: Path, scale: int) -> float:
    """Mean Y-PSNR over the photos of a benchmark folder, bicubic degradation."""
    scores = []
    for path in list_photos(folder):
        high = load_rgb(path)
        high = high[: high.shape[0] // scale * scale, : high.shape[1] // scale * scale]
        scores.append(upscale_psnr(upscale(model, reduce(high, scale)), high, scale))
    return float(np.mean(scores))


def frequency_l1(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Mean absolute difference of the two images' 2-D spectra (orthonormal FFT)."""
    return (torch.fft.rfft2(a, norm="ortho") - torch.fft.rfft2(b, norm="ortho")).abs().mean()


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


def train(recipe: dict, minutes: float, resume: bool, device: str) -> None:
    """Trains until `minutes` have been spent; checkpoints every two minutes and at the end."""
    net, settings, model_id = recipe["net"], recipe["train"], recipe["model"]["id"]
    torch.manual_seed(settings["seed"])
    model = build(net).to(device, memory_format=torch.channels_last)
    if settings.get("init"):
        fresh = load_matching(model, load_weights(settings["init"]))
        print(f"warm start from {settings['init']}; fresh: {', '.join(fresh) or 'nothing'}", flush=True)
    average = copy.deepcopy(model).requires_grad_(False)
    optimiser = torch.optim.Adam(model.parameters(), lr=settings["lr"], betas=(0.9, 0.99))
    checkpoint = CHECKPOINTS / f"{model_id}.pt"
    step, spent = 0, 0.0
    if resume and checkpoint.exists():
        saved = torch.load(checkpoint, map_location=device)
        if saved["net"] != net:
            raise SystemExit(f"{checkpoint} is of another net: {saved['net']}. Remove it or train without --resume.")
        model.load_state_dict(saved["model"])
        average.load_state_dict(saved["average"])
        optimiser.load_state_dict(saved["optimiser"])
        step, spent = saved["step"], saved["spent"]

    root = data_root()
    patches = PairedPatches(root / "train", net["scale"], settings["patch"], settings["seed"] + step, settings.get("limit"))
    bench = root / "dev" / "Set5"
    print(f"{model_id}: {len(patches.pairs)} photos, from step {step}, {spent:.1f} of {minutes} min", flush=True)

    def save(validate_too: bool) -> None:
        CHECKPOINTS.mkdir(exist_ok=True)
        state = {"net": net, "model": model.state_dict(), "average": average.state_dict(), "optimiser": optimiser.state_dict(), "step": step, "spent": clock.minutes()}
        part = checkpoint.with_suffix(".part")
        torch.save(state, part)
        part.replace(checkpoint)
        if validate_too and bench.is_dir():
            score = validate(average, bench, net["scale"])
            print(f"{clock.minutes():6.1f} min  step {step:6d}  loss {running:.5f}  Set5 {score:.3f} dB", flush=True)

    clock, running, saved_at = Clock(spent), 0.0, spent
    while clock.minutes() < minutes:
        progress = clock.minutes() / minutes
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(settings, progress)
        low, high = (t.to(device, memory_format=torch.channels_last) for t in patches.batch(settings["batch"]))
        with torch.autocast(device, torch.bfloat16, enabled=progress < settings["bfloat16"]):
            out = model(low)
        if progress < 1 - settings["l2_tail"]:
            loss = F.l1_loss(out, high) + settings["frequency"] * frequency_l1(out, high)
        else:
            loss = F.mse_loss(out, high) * settings["l2_weight"]
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), settings["clip"])
        optimiser.step()
        step += 1
        decay = min(settings["ema"], (1 + step) / (10 + step))
        with torch.no_grad():
            for kept, new in zip(average.parameters(), model.parameters()):
                kept.lerp_(new, 1 - decay)
        running = loss.item() if step == 1 else 0.98 * running + 0.02 * loss.item()
        if not math.isfinite(running):
            raise SystemExit(f"The loss is {running} at step {step}; the last checkpoint is {checkpoint}.")
        if clock.minutes() - saved_at > 2:
            saved_at = clock.minutes()
            save(validate_too=True)
    save(validate_too=True)
    save_weights(model_id, average)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recipe", type=Path)
    parser.add_argument("--minutes", type=float, required=True, help="training time in all, interruptions left out")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint, if there is one")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    train(load_recipe(options.recipe), options.minutes, options.resume, options.device)


if __name__ == "__main__":
    main()
