"""What training makes small. A loss: (result, truth, what the network saw, the recipe's [train]) -> a number."""

import torch
import torch.nn.functional as F


def frequency_l1(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Mean absolute difference of the two images' 2-D spectra (orthonormal FFT)."""
    return (torch.fft.rfft2(a, norm="ortho") - torch.fft.rfft2(b, norm="ortho")).abs().mean()


def absolute_loss(out: torch.Tensor, truth: torch.Tensor, low: torch.Tensor, settings: dict) -> torch.Tensor:
    """L1 in pixels and in frequencies."""
    return F.l1_loss(out, truth) + settings["frequency"] * frequency_l1(out, truth)


def relative_loss(out: torch.Tensor, truth: torch.Tensor, low: torch.Tensor, settings: dict) -> torch.Tensor:
    """Squared error of each patch as a part of what doing nothing would err, so that no damage drowns another.

    JPEG needs a squared error: the median of its error is zero, and an L1 loss rests at the identity. An
    enlarger's doing nothing is bicubic: sharpening a soft picture that needed none costs most.
    """
    plain = low[:, :3]
    if plain.shape != truth.shape:
        plain = F.interpolate(plain, truth.shape[2:], mode="bicubic", align_corners=False)
    before = (plain - truth).square().mean((1, 2, 3))
    after = (out - truth).square().mean((1, 2, 3))
    return (after / (before + settings["floor"] ** 2)).mean()


def inner(image: torch.Tensor, border: int) -> torch.Tensor:
    """[n, c, h, w] without `border` pixels at each side: what a network sees too little around, as the app does."""
    return image[..., border : image.shape[-2] - border, border : image.shape[-1] - border]


def gradient_l1(a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    """Mean absolute difference of the two images' forward differences, down and to the right."""
    error = a - b
    return sum(error.diff(dim=axis).abs().mean() for axis in (2, 3)) / 2


def taught_loss(out: torch.Tensor, taught: torch.Tensor, low: torch.Tensor, settings: dict) -> torch.Tensor:
    """L1 to a teacher's result in pixels, in frequencies, and in gradients.

    A loss on local energy instead of the last drew a grid of 4 pixels.
    """
    return absolute_loss(out, taught, low, settings) + settings["gradient"] * gradient_l1(out, taught)


LOSSES = {"absolute": absolute_loss, "relative": relative_loss, "taught": taught_loss}
