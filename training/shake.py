"""Shake: finds the one kernel that blurred a whole photo, and takes the blur back; no network has a part in it.

The reference of what the app does before its network deblurs (`src/core/shake/find.ts`, `src/core/shake/deconvolve.ts`). A small
network cannot tell the phases of a wide kernel from what it sees around a pixel; all strong edges of a photo can.
"""

import numpy as np
from scipy import fft
from scipy.ndimage import label, maximum_filter, minimum_filter, uniform_filter
from scipy.signal import convolve2d

from .blur import centred, gaussian_kernel, grid, normalise, spread
from .colour import linear_to_srgb, srgb_to_linear

SIDE = 512
"""Largest side in pixels of the window that is searched; its sides are powers of two."""

LEAST_SIDE = 128
"""A window with a shorter side shows too few edges."""

SPANS = (31, 15, 7, 3)
"""Sides of the kernels that are looked for: in the window, at half its size, at a quarter, at an eighth."""

ROUNDS = 8
"""How often edges and kernel take turns at each size."""

AGREEMENT = 0.9
"""Least correlation of the kernels that two halves of a window give by themselves."""

LEAST_SPREAD = 1.7
"""Standard deviation of a kernel along an axis, in pixels, under which the network does better by itself."""

ROUNDEST = 0.95
"""Correlation with a round Gaussian from which a kernel is no shake: defocus, or a picture enlarged before."""

NARROW, LEAST_ROUND = 2.3, 0.88
"""A kernel under this spread must be rather round: the three ragged ones that Levin's shakes gave were wrong."""

LEAST_DISC, FULLEST = 2.5, 0.8
"""Spread from which a kernel is compared with a disc, and correlation with it from which it is a lens's, no path."""

CONTRAST = 0.2
"""Standard deviation that a window is given, so that the weights below mean the same in the dark."""

EDGE_WEIGHT = 0.012
"""Price of an edge in squared contrast, at first: dear at first, so that only the strongest edges speak."""

CHEAPER = 1.1
"""What the price is divided by in each round."""

RIDGE = 2.0
"""Added to the edges' power where a kernel is solved for: no frequency without an edge is trusted."""

NOISE = 0.003
"""Noise over signal in power at a tenth of a cycle per pixel; it rises with the square of the frequency."""

MARGIN = 64
"""Pixels around a picture that are reflected and fade into its mean: the Fourier transform sees no jump."""


CLIPPED = 254 / 255
"""Display value from which one is held to be clipped."""

DIMMED_BY = 8
"""By how much the light that was clipped is taken to exceed what the first estimate says, which the clipping dims."""

MOST_LIGHT = 40
"""The brightest light that a clipped value is taken for; 1 is the brightest that a photo shows."""

LEAST_SHINING = 1.3
"""Light from which what was clipped shines: the filter makes a little more than 1 of plain white, too."""

DISTRUST = 10
"""How much more than the light at a place that counts which shines nearby, where the filter is to be trusted."""


def find_shake(image: np.ndarray) -> np.ndarray | None:
    """The kernel (float32 [n, n], n odd, sum 1, centred) that blurred `image` [h, w, 3], display values; None: none.

    Two halves of the busiest window are searched apart. They agree where one kernel blurred them both; where neither
    its left and right nor its upper and lower half do (too few edges, a subject that moved, a camera that turned),
    there is nothing to take back. What both found is refined on the whole window. A sharp photo may give a kernel, too,
    of its texture: ask for photos that look blurred. (The app halves photos with a side over 2048 pixels before.)
    """
    window = busiest_window(srgb_to_linear(image).mean(2))
    if window is None or window.std() < 1e-3:
        return None
    scale = CONTRAST / window.std()
    window = (window * scale).astype(np.float32)
    for axis in (1, 0):
        kernels = [search(half) for half in np.split(window, 2, axis)]
        agreement, both = compare(*kernels)
        if agreement >= AGREEMENT:
            kernel = centred(refine(window, both, EDGE_WEIGHT / 3, ROUNDS - 1)[0])
            return kernel if is_path(kernel) and is_credible(window, kernel, scale * 0.9) else None
    return None


def is_path(kernel: np.ndarray) -> bool:
    """Whether a centred kernel may be the path of a shake: neither too small to tell, nor a lens's."""
    if spread(kernel) < LEAST_SPREAD or roundness(kernel) >= ROUNDEST:
        return False
    if spread(kernel) < NARROW:
        return roundness(kernel) >= LEAST_ROUND
    return spread(kernel) < LEAST_DISC or fullness(kernel) < FULLEST


def is_credible(window: np.ndarray, kernel: np.ndarray, clipped: float) -> bool:
    """Whether `kernel` may have blurred [h, w], whose values from `clipped` on are: see `src/core/shake/evidence.ts`."""
    reach, margin = len(kernel) // 2, 32
    hidden = maximum_filter(window >= clipped, 2 * (reach + 2) + 1)
    shown = np.zeros(window.shape, bool)
    shown[margin:-margin, margin:-margin] = ~hidden[margin:-margin, margin:-margin]
    if shown.mean() < 0.02:
        return False
    faded, blur = fade(window, margin), transfer(kernel, window.shape)
    sharp = fft.irfft2(fft.rfft2(faded) * wiener_of(blur, window.shape), window.shape)
    foreign = faded - fft.irfft2(fft.rfft2(sharp) * blur, window.shape)

    def steps_of(picture: np.ndarray) -> np.ndarray:
        return np.concatenate([np.roll(picture, -1, axis)[shown] - picture[shown] for axis in (1, 0)])

    steps, sharper = steps_of(window), steps_of(sharp)
    sparsity = [np.abs(each).sum() / np.sqrt((each**2).sum()) for each in (steps, sharper)]
    less_sparse = sparsity[1] / sparsity[0]
    share = np.sqrt((foreign[shown] ** 2).sum() / (steps**2).sum())
    if less_sparse > 1.4 or share > 0.25 or (less_sparse > 1.05 and share > 0.19):
        return False
    noise = 4 * np.median(np.abs(foreign[shown])) / 0.6745
    around = 2 * (reach + 1) + 1
    near = maximum_filter(window, around, mode="nearest") - minimum_filter(window, around, mode="nearest")
    return int((np.abs(foreign) - noise > 0.4 * near)[shown].sum()) < 12


def misjudge(kernel: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A kernel as `find_shake` might find it: its taps uneven, the weak ones lost, half the time a little too wide."""
    found = kernel * np.exp(0.4 * rng.standard_normal(kernel.shape))
    if rng.random() < 0.5:
        sigma = rng.uniform(0.3, 0.7)
        found = convolve2d(found, gaussian_kernel(sigma, sigma, 0))
    return centred(np.where(found < 0.05 * found.max(), 0, found))


def busiest_window(light: np.ndarray) -> np.ndarray | None:
    """The window of [h, w] with the most contrast between neighbours; None where a side is under LEAST_SIDE."""
    if min(light.shape) < LEAST_SIDE:
        return None
    height, width = (min(SIDE, 1 << (n.bit_length() - 1)) for n in light.shape)
    rows, columns = (range(0, n - side + 1, side // 2) for n, side in zip(light.shape, (height, width)))
    windows = [light[y : y + height, x : x + width] for y in rows for x in columns]
    return max(windows, key=lambda window: sum(np.abs(np.diff(window, axis=axis)).mean() for axis in (0, 1)))


def reduce(light: np.ndarray, factor: int) -> np.ndarray:
    """[h, w] -> [h // factor, w // factor]: the mean of each block; a rest at the right and below is cut."""
    height, width = (n // factor for n in light.shape)
    blocks = light[: height * factor, : width * factor].reshape(height, factor, width, factor)
    return blocks.mean((1, 3))


def search(window: np.ndarray) -> np.ndarray:
    """The kernel of a window [h, w], of the first of SPANS: found at an eighth of the size, then at each larger one."""
    kernel, price = np.ones((1, 1)), EDGE_WEIGHT
    for level in reversed(range(len(SPANS))):
        kernel = fit(enlarge(kernel) if len(kernel) > 1 else kernel, SPANS[level])
        kernel, price = refine(reduce(window, 1 << level), kernel, price, ROUNDS)
    return kernel


def refine(window: np.ndarray, kernel: np.ndarray, price: float, rounds: int) -> tuple[np.ndarray, float]:
    """Sharpens the edges of [h, w] with the kernel, solves for a kernel of the same side that blurs them, and again.

    Xu, Zheng & Jia 2013, "Unnatural L0 Sparse Representation for Natural Image Deblurring"; the closed forms are those
    of Pan et al. 2014, "Deblurring Text Images via L0-Regularized Intensity and Gradient Prior". Also returns the price.
    """
    blurred = fade(window, min(len(kernel), min(window.shape) // 4)).astype(np.float32)
    for _ in range(rounds):
        edges = sharpen(blurred, transfer(kernel, blurred.shape), price)
        kernel = solve(edges, blurred, len(kernel))
        price = max(price / CHEAPER, 1e-4)
    return fit(kernel, len(kernel)), price


def sharpen(blurred: np.ndarray, kernel: np.ndarray, price: float) -> np.ndarray:
    """The picture of few edges that `kernel` (a transfer function) blurs into [h, w]: each costs `price`.

    Half-quadratic splitting; Xu et al. 2011, "Image Smoothing via L0 Gradient Minimization".
    """
    shape = blurred.shape
    steps = sum(np.abs(transfer(taps, shape)) ** 2 for taps in (np.array([[0, -1, 1]]), np.array([[0], [-1], [1]])))
    fidelity, power = np.conj(kernel) * fft.rfft2(blurred), np.abs(kernel) ** 2
    picture, coupling = blurred, 2 * price
    while coupling < 1e5:
        right, down = (np.roll(picture, -1, axis) - picture for axis in (1, 0))
        kept = right**2 + down**2 >= price / coupling
        right, down = right * kept, down * kept
        pulled = np.roll(right, 1, 1) - right + np.roll(down, 1, 0) - down
        spectrum = (fidelity + coupling * fft.rfft2(pulled)) / (power + coupling * steps)
        picture, coupling = fft.irfft2(spectrum, shape), 2 * coupling
    return picture


def solve(edges: np.ndarray, blurred: np.ndarray, side: int) -> np.ndarray:
    """The kernel [side, side] that blurs the gradients of `edges` into those of `blurred`; weak, stray taps are cut."""
    cross, power = 0, RIDGE
    for axis in (1, 0):
        sharp, soft = (fft.rfft2(np.roll(picture, -1, axis) - picture) for picture in (edges, blurred))
        cross, power = cross + np.conj(sharp) * soft, power + np.abs(sharp) ** 2
    reach = np.arange(-(side // 2), side // 2 + 1)
    kernel = fft.irfft2(cross / power, edges.shape)[np.ix_(reach, reach)]
    kernel = np.where(kernel < 0.05 * kernel.max(), 0, kernel)
    islands, count = label(kernel, np.ones((3, 3)))
    weights = np.bincount(islands.ravel(), kernel.ravel(), count + 1)
    return normalise(np.where(weights[islands] < 0.1 * kernel.sum(), 0, kernel))


def compare(a: np.ndarray, b: np.ndarray) -> tuple[float, np.ndarray]:
    """How much two kernels [n, n] look alike (0..1, at the best of the shifts by up to 3 pixels), and their mean."""
    shifts = [(dy, dx) for dy in range(-3, 4) for dx in range(-3, 4)]
    alike = [correlate(a, moved(b, shift)) for shift in shifts]
    best = int(np.argmax(alike))
    both = a + moved(b, shifts[best])
    return alike[best], fit(np.where(both < 0.03 * both.max(), 0, both), len(a))


def correlate(a: np.ndarray, b: np.ndarray) -> float:
    """How much two kernels [n, n] look alike, 0..1, seen a little out of focus."""
    a, b = (smear(kernel, (0.25, 0.5, 0.25)) for kernel in (a, b))
    return float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum()))


def roundness(kernel: np.ndarray) -> float:
    """How much a centred kernel looks like the round Gaussian of its spread, 0..1."""
    y, x = grid(len(kernel) // 2)
    return correlate(kernel, np.exp((y**2 + x**2) / (-2 * spread(kernel) ** 2)))


def fullness(kernel: np.ndarray) -> float:
    """How much a centred kernel looks like the disc of its spread, 0..1."""
    y, x = grid(len(kernel) // 2)
    return correlate(kernel, np.clip(2 * spread(kernel) + 0.5 - np.hypot(y, x), 0, 1))


def moved(kernel: np.ndarray, shift: tuple[int, int]) -> np.ndarray:
    """A kernel shifted by whole pixels (rows, columns); what leaves it is lost."""
    (height, width), (dy, dx) = kernel.shape, shift
    padded = np.pad(kernel, ((max(dy, 0), max(-dy, 0)), (max(dx, 0), max(-dx, 0))))
    return padded[max(-dy, 0) :, max(-dx, 0) :][:height, :width]


def enlarge(kernel: np.ndarray) -> np.ndarray:
    """A kernel [n, n] for a picture of twice the size, [2n + 1, 2n + 1], bilinearly."""
    spaced = np.zeros((2 * len(kernel) - 1,) * 2)
    spaced[::2, ::2] = kernel
    return normalise(smear(np.pad(spaced, 1), (0.5, 1, 0.5)))


def smear(kernel: np.ndarray, taps: tuple[float, float, float]) -> np.ndarray:
    """A kernel convolved with `taps` along both axes, its size kept."""
    for axis in (0, 1):
        low, middle, high = (np.roll(np.pad(kernel, 1), step, axis)[1:-1, 1:-1] for step in (-1, 0, 1))
        kernel = taps[0] * low + taps[1] * middle + taps[2] * high
    return kernel


def fit(kernel: np.ndarray, side: int) -> np.ndarray:
    """A kernel cut or widened to [side, side], its centroid within half a pixel of the middle."""
    middle = [int(np.floor((kernel.sum(1 - axis) @ np.arange(len(kernel))) / kernel.sum() + 0.5)) for axis in (0, 1)]
    reach = side // 2
    y, x = (m + side for m in middle)
    return normalise(np.pad(kernel, side)[y - reach : y - reach + side, x - reach : x - reach + side])


def transfer(kernel: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """What a kernel does to each frequency of a picture of `shape`: the half spectrum, complex."""
    placed = np.zeros(shape, np.float32)
    rows, columns = (np.arange(n) - n // 2 for n in kernel.shape)
    placed[np.ix_(rows, columns)] = kernel
    return fft.rfft2(placed)


def fade(image: np.ndarray, margin: int) -> np.ndarray:
    """[h, w] faded into its mean over the outer `margin` pixels."""
    ramps = (np.minimum(np.arange(n), np.arange(n)[::-1]) + 0.5 for n in image.shape)
    rows, columns = (np.sin(np.pi / 2 * np.minimum(ramp / margin, 1)) ** 2 for ramp in ramps)
    return (image - image.mean()) * rows[:, None] * columns + image.mean()


def deconvolve(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Takes a kernel's blur out of display values [h, w, 3], in linear light: Wiener's filter. Clamped to 0..1.

    Clipped values are replaced by what the kernel makes of a first estimate, where that is brighter (Whyte et al. 2014,
    "Deblurring Shaken and Partially Saturated Images"); round what shines then, and the more the darker it is there,
    the photo is left as it is.
    """
    light = np.pad(srgb_to_linear(image), ((MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0)), "symmetric")
    shape = light.shape[:2]
    blur = transfer(kernel, shape)
    wiener = wiener_of(blur, shape)
    planes = (steady(light[..., c], blur, wiener, len(kernel) // 2) for c in range(3))
    sharp = np.stack([plane[MARGIN:-MARGIN, MARGIN:-MARGIN] for plane in planes], axis=2)
    return linear_to_srgb(np.clip(sharp, 0, 1).astype(np.float32))


def wiener_of(blur: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Wiener's filter, as a half spectrum, that takes back a transfer function of pictures of `shape`."""
    frequency = np.hypot(fft.fftfreq(shape[0])[:, None], fft.rfftfreq(shape[1]))
    return np.conj(blur) / (np.abs(blur) ** 2 + NOISE * (frequency / 0.1) ** 2 + 1e-5)


def steady(light: np.ndarray, blur: np.ndarray, wiener: np.ndarray, reach: int) -> np.ndarray:
    """One plane of light [h, w] without the blur, by its filter; `reach`: taps to each side of the kernel's middle."""

    def run(plane: np.ndarray, by: np.ndarray) -> np.ndarray:
        return fft.irfft2(fft.rfft2(plane) * by, light.shape)

    estimate = run(fade(light, MARGIN), wiener)
    clipped = light >= srgb_to_linear(np.float32(CLIPPED))
    if not clipped.any():
        return estimate
    beyond = light + DIMMED_BY * (run(np.maximum(estimate, 0), blur) - light)
    unclipped = np.where(clipped, np.clip(beyond, 1, MOST_LIGHT), light)
    sharp = run(fade(unclipped, MARGIN), wiener)
    seen = uniform_filter(light, 5, mode="nearest") ** 2
    shining = uniform_filter(np.maximum(sharp - LEAST_SHINING, 0), 4 * reach + 1, mode="nearest")
    trust = seen / (seen + (DISTRUST * shining) ** 2 + 1e-8)
    return light + trust * (sharp - light)
