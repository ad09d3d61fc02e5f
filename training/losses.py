"""What training makes small. A loss: (result, truth, what the network saw, the recipe's [train]) -> a number."""

import torch
import torch.nn.functional as F

from .colouring import NARROWEST, SPAN, WIDEST


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


def squared_loss(out: torch.Tensor, wanted: torch.Tensor, settings: dict) -> torch.Tensor:
    """Squared error of pixels and, `l2_gradient` of it, of forward differences, down and to the right.

    A last part's: where a network cannot know, a mean is less soft than a median, and what is decisive about it is in
    the differences.
    """
    error = out - wanted
    loss = error.square().mean()
    if share := settings.get("l2_gradient", 0.0):
        loss = loss + share * sum(error.diff(dim=axis).square().mean() for axis in (2, 3)) / 2
    return settings["l2_weight"] * loss


def unsharp_masked(wanted: torch.Tensor, amount: float, sigma: float = 1.0) -> torch.Tensor:
    """[n, c, h, w] with `amount` of what a Gaussian of `sigma` pixels takes from it added; edges are reflected.

    What is aimed at (`aim_sharper`): the least mean error is that of a mean, which shrinks what it is unsure of. An aim
    drawn out by some hundredths gives the amplitude back at a distance of second order. Real-ESRGAN (Wang et al. 2021)
    trains for sharpened photos in the same way, with far more.
    """
    reach = round(3 * sigma)
    kernel = torch.exp(-0.5 * (torch.arange(-reach, reach + 1, device=wanted.device) / sigma) ** 2)
    kernel = (kernel / kernel.sum()).to(wanted.dtype)
    channels = wanted.shape[1]
    soft = F.pad(wanted, [reach] * 4, mode="reflect")
    soft = F.conv2d(soft, kernel.view(1, 1, -1, 1).expand(channels, 1, -1, 1), groups=channels)
    soft = F.conv2d(soft, kernel.view(1, 1, 1, -1).expand(channels, 1, 1, -1), groups=channels)
    return wanted + amount * (wanted - soft)


def marking_loss(out: torch.Tensor, truth: torch.Tensor, low: torch.Tensor, settings: dict) -> torch.Tensor:
    """Cross-entropy, and what is missing to a Jaccard index of 1 over the whole batch; of probabilities.

    Where the truth is 0.5 nothing counts. `settings["missed"]`: how much more a missed pixel costs than a false one.
    """
    counts = (truth - 0.5).abs() * 2
    likely, wanted = out.clamp(1e-4, 1 - 1e-4), (truth > 0.5).float()
    entropy = -(settings["missed"] * wanted * likely.log() + (1 - wanted) * (1 - likely).log())
    both = (counts * out * wanted).sum()
    either = (counts * (out + wanted - out * wanted)).sum()
    return (counts * entropy).sum() / counts.sum() + settings["jaccard"] * (1 - (both + 1) / (either + 1))


def colouring_loss(out: torch.Tensor, truth: torch.Tensor, low: torch.Tensor, settings: dict) -> torch.Tensor:
    """How unlikely the truth's colours are, by planes of `colouring.py`, and how far off.

    The distance of a colour is taken for Laplace's, of the spread that the network states (Kendall & Gal 2017, "What Uncertainties Do We
    Need"), in two dimensions; `settings["plain"]`: the weight of the distance itself, without which all starts with great
    spreads and no colours. Strong colours count more: most of a photo is next to grey.
    """
    ratio = WIDEST / NARROWEST
    colours = (truth[:, :2] - 0.5) * SPAN
    distance = ((out[:, :2] - truth[:, :2]).square().sum(1) * SPAN**2 + 1e-6).sqrt()
    spread = NARROWEST * ratio ** out[:, 2]
    weight = 1 + colours.norm(dim=1) / 0.1
    each = distance / spread + 2 * spread.log() + settings["plain"] * distance / 0.1
    return (each * weight).sum() / weight.sum()


LOSSES = {
    "absolute": absolute_loss,
    "relative": relative_loss,
    "taught": taught_loss,
    "marking": marking_loss,
    "colouring": colouring_loss,
}
