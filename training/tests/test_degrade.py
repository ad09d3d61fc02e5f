"""Degradations: their statistics, measured; their geometry; and that none of anything is nothing."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from training import blur, colour, degrade, jpeg, noise
from training.tiles import CAPTION, save_sheet

QUIET = dict(atol=1e-6, rtol=0)

# Annex K of ITU-T T.81, row by row.
LUMA_TABLE = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
]  # fmt: skip
CHROMA_TABLE = [
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99, *[99] * 32,
]  # fmt: skip

KERNELS = {
    "round": blur.gaussian_kernel(1.7, 1.7, 0),
    "oval": blur.gaussian_kernel(2, 0.3, 1),
    "narrow": blur.gaussian_kernel(0.2, 0.2, 0),
    "sinc": blur.sinc_kernel(np.pi / 3),
    "small disk": blur.disk_kernel(0.6),
    "disk": blur.disk_kernel(4),
    "no disk": blur.disk_kernel(0),
    "line": blur.linear_kernel(15, 0.3),
    "level line": blur.linear_kernel(3, 0),
    "no line": blur.linear_kernel(0, 0.3),
    "far from the middle": blur.centred(np.pad(np.ones((3, 5)), ((4, 0), (0, 9)))),
    **{f"shake {seed}": blur.random_shake_kernel(np.random.default_rng(seed)) for seed in range(12)},
}


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def photo(height: int = 64, width: int = 72) -> np.ndarray:
    """Something smooth with edges and colours, 0..1."""
    y, x = np.mgrid[:height, :width] / 16
    planes = [0.5 + 0.4 * np.sin(x + c) * np.cos(y * (1 + c)) for c in range(3)]
    image = np.stack(planes, 2).astype(np.float32)
    image[height // 3 : height // 2, width // 4 : width // 2] = (0.9, 0.2, 0.1)
    return image


def flat(value: float, side: int = 256) -> np.ndarray:
    return np.full((side, side, 3), value, np.float32)


def neighbour_correlation(plane: np.ndarray) -> float:
    return float(np.corrcoef(plane[:, 1:].ravel(), plane[:, :-1].ravel())[0, 1])


# Colour


def test_transfer_functions_are_the_standard_and_invert_each_other():
    values = np.linspace(0, 1, 4097, dtype=np.float32)
    np.testing.assert_allclose(colour.srgb_to_linear(np.array([0.0, 0.5, 1.0])), [0, 0.2140411, 1], atol=1e-6)
    np.testing.assert_allclose(colour.linear_to_srgb(colour.srgb_to_linear(values)), values, **QUIET)
    np.testing.assert_allclose(colour.srgb_to_linear(colour.linear_to_srgb(values)), values, **QUIET)
    np.testing.assert_allclose(colour.sensor_to_display(colour.display_to_sensor(values)), values, atol=1e-5)
    assert colour.srgb_to_linear(values).dtype == colour.linear_to_srgb(values).dtype == np.float32


# Noise


@pytest.mark.parametrize("sigma", [5 / 255, 25 / 255, 55 / 255])
def test_gaussian_noise_has_its_sigma_and_is_independent(sigma: float):
    added = noise.add_gaussian(flat(0.5), sigma, rng()) - 0.5
    assert added.std() == pytest.approx(sigma, rel=0.03) and abs(added.mean()) < sigma / 50
    channels = np.corrcoef(added.reshape(-1, 3).T)
    assert np.abs(channels - np.eye(3)).max() < 0.02
    assert abs(neighbour_correlation(added[..., 0])) < 0.02


def test_the_variance_of_sensor_noise_is_shot_times_light_plus_read():
    shot, read = 6e-3, 4e-4
    light = np.linspace(0, 1, 6)
    variances = [noise.sensor_noise(flat(v), shot, read, rng(7)).var() for v in light]
    slope, offset = np.polyfit(light, variances, 1)
    assert slope == pytest.approx(shot, rel=0.03) and offset == pytest.approx(read, rel=0.05)
    np.testing.assert_allclose(variances, shot * light + read, rtol=0.03)


def test_camera_noise_is_linear_light_seen_through_the_tone_curve():
    """Small noise grows by the slope of the curve."""
    shot, read, value = 1e-4, 1e-6, np.float64(0.6)
    noisy = noise.add_camera(flat(value), shot, read, 0, rng())
    light = colour.display_to_sensor(value)
    slope = (colour.sensor_to_display(light + 1e-5) - colour.sensor_to_display(light - 1e-5)) / 2e-5
    assert (noisy - value).std() == pytest.approx(slope * np.sqrt(shot * light + read), rel=0.03)


def test_read_noise_follows_shot_noise_as_in_brooks():
    generator = rng()
    logs = [np.log(noise.read_from_shot(1e-3, generator)) for _ in range(4000)]
    assert np.mean(logs) == pytest.approx(2.18 * np.log(1e-3) + 1.20, abs=0.02)
    assert np.std(logs) == pytest.approx(0.26, rel=0.05)


@pytest.mark.parametrize("sigma", [0.5, 1.0, 1.5])
def test_chroma_noise_is_correlated_over_its_blur_and_luma_is_not(sigma: float):
    white = noise.add_gaussian(flat(0), 0.1, rng())
    blurred = noise.blur_chroma(white, sigma)
    np.testing.assert_allclose(blurred @ noise.LUMA, white @ noise.LUMA, **QUIET)
    chroma = blurred[..., 0] - blurred @ noise.LUMA
    tap = np.exp(-0.5 * (np.arange(-9, 10) / sigma) ** 2)
    expected = (tap[1:] * tap[:-1]).sum() / (tap * tap).sum()
    assert neighbour_correlation(chroma) == pytest.approx(expected, abs=0.03)
    assert abs(neighbour_correlation(blurred @ noise.LUMA)) < 0.02


def test_the_sigma_plane_tells_the_noise_that_was_added():
    kinds, sigmas = set(), []
    for seed in range(60):
        noisy, sigma = degrade.degrade_noise(flat(0.5, 64), rng(seed), clamp=False)
        added = noisy - 0.5
        kinds.add(abs(np.corrcoef(added[..., 0].ravel(), added[..., 1].ravel())[0, 1]) > 0.1)
        assert added.std() == pytest.approx(sigma, rel=0.05, abs=1e-4)
        sigmas.append(sigma)
    assert kinds == {True, False} and max(sigmas) <= 0.35 and min(sigmas) < 0.02 and max(sigmas) > 0.18


# Compression


@pytest.mark.parametrize("quality", [10, 35, 50, 75, 95])
@pytest.mark.parametrize("subsample", [True, False])
def test_jpeg_files_have_the_standard_tables_and_the_asked_sampling(quality: int, subsample: bool):
    scale = 5000 // quality if quality < 50 else 200 - 2 * quality
    with Image.open(BytesIO(jpeg.encode_jpeg(photo(), quality, subsample))) as file:
        for number, table in enumerate((LUMA_TABLE, CHROMA_TABLE)):
            expected = [min(255, max(1, (value * scale + 50) // 100)) for value in table]
            assert list(file.quantization[number]) == expected
        sampling = [layer[1:3] for layer in file.layer]
    assert sampling == ([(2, 2), (1, 1), (1, 1)] if subsample else [(1, 1)] * 3)


def grid_phase(image: np.ndarray, axis: int) -> int:
    """Where, modulo 8, the strongest steps between neighbours lie."""
    steps = np.abs(np.diff(image.mean(2), axis=axis)).mean(1 - axis)
    return int(np.argmax([steps[(phase - 1) % 8 :: 8].mean() for phase in range(8)]))


@pytest.mark.parametrize("shift", [(0, 0), (1, 0), (3, 5), (7, 1)])
def test_double_jpeg_moves_the_first_grid(shift: tuple[int, int]):
    image = np.clip(noise.add_gaussian(photo(128, 136), 0.1, rng()), 0, 1)
    twice = jpeg.double_jpeg(image, (4, 100), shift, False)
    assert twice.shape == image.shape
    assert (grid_phase(twice, 0), grid_phase(twice, 1)) == (-shift[0] % 8, -shift[1] % 8)


def test_lower_quality_errs_more_and_kinds_have_their_shares(monkeypatch: pytest.MonkeyPatch):
    image = photo()
    errors = [np.mean((jpeg.jpeg(image, quality, True) - image) ** 2) for quality in (90, 50, 10)]
    assert errors == sorted(errors) and errors[0] > 0
    calls: list[tuple] = []
    for name in ("jpeg", "double_jpeg", "webp"):
        monkeypatch.setattr(jpeg, name, lambda image, *rest, name=name: calls.append((name, *rest)))
    generator = rng()
    for _ in range(4000):
        jpeg.random_jpeg(image, generator)
    names = [call[0] for call in calls]
    assert names.count("webp") / 4000 == pytest.approx(0.1, abs=0.02)
    single = [call for call in calls if call[0] == "jpeg"]
    double = [call for call in calls if call[0] == "double_jpeg"]
    assert len(double) / len(single + double) == pytest.approx(0.3, abs=0.025)
    assert np.mean([call[-1] for call in single + double]) == pytest.approx(0.75, abs=0.025)
    assert {q for call in single for q in call[1:2]} == set(range(10, 96))
    assert {s for call in double for s in call[2]} == set(range(8))


# Blur


@pytest.mark.parametrize("name", KERNELS)
def test_kernels_sum_to_one_and_are_centred(name: str):
    kernel = KERNELS[name]
    assert kernel.dtype == np.float32 and kernel.shape[0] == kernel.shape[1] and kernel.shape[0] % 2 == 1
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    place = np.arange(len(kernel)) - len(kernel) // 2
    assert abs(kernel.sum(1) @ place) < 0.01 and abs(kernel.sum(0) @ place) < 0.01
    assert name == "sinc" or kernel.min() >= 0


def test_centring_moves_a_kernel_and_changes_nothing_else():
    shape = rng().random((5, 7))
    moved = blur.centred(np.pad(shape, ((6, 0), (3, 4))))
    np.testing.assert_allclose(moved, blur.centred(shape), atol=1e-6)
    symmetric = blur.disk_kernel(3)
    np.testing.assert_allclose(blur.centred(symmetric), symmetric, atol=1e-6)


def test_kernels_have_the_size_asked_for():
    def spread(kernel: np.ndarray, axis: int) -> float:
        place = np.arange(len(kernel)) - len(kernel) // 2
        return float(np.sqrt(kernel.sum(1 - axis) @ place**2))

    assert spread(blur.gaussian_kernel(2, 2, 0), 0) == pytest.approx(2, rel=0.03)
    assert spread(blur.gaussian_kernel(2, 1, 0), 1) == pytest.approx(2, rel=0.03)
    assert spread(blur.gaussian_kernel(2, 1, np.pi / 2), 0) == pytest.approx(2, rel=0.03)
    assert spread(blur.disk_kernel(4), 0) == pytest.approx(4 / 2, rel=0.03)
    assert spread(blur.linear_kernel(12, 0), 1) == pytest.approx(12 / np.sqrt(12), rel=0.03)
    assert spread(blur.linear_kernel(12, 0), 0) < 1e-6
    np.testing.assert_allclose(blur.disk_kernel(4).sum() / blur.disk_kernel(4).max(), np.pi * 16, rtol=0.01)


def test_a_sinc_passes_what_is_below_its_cutoff_only():
    response = np.abs(np.fft.rfft(blur.sinc_kernel(np.pi / 2, 20).sum(0), 256))
    frequency = np.linspace(0, np.pi, 129)
    assert np.abs(response[frequency < 0.4 * np.pi] - 1).max() < 0.1
    assert response[frequency > 0.6 * np.pi].max() < 0.1


def test_a_trajectory_has_its_length_and_anxiety_bends_it():
    calm, nervous = (blur.trajectory(20, anxiety, rng(3)) for anxiety in (0, 5e-3))
    for path in (calm, nervous):
        assert np.abs(np.diff(path)).sum() == pytest.approx(20)
    assert abs(calm[-1] - calm[0]) == pytest.approx(20)
    ends = [abs(np.diff(blur.trajectory(20, 5e-3, rng(seed))[[0, -1]])[0]) for seed in range(20)]
    assert np.mean(ends) < 17


def test_a_point_keeps_its_linear_energy_and_gamma_blur_would_not():
    point = flat(0, 33)
    point[16, 16] = 0.9
    kernel = blur.disk_kernel(3)
    blurred = blur.blur_light(point, kernel)
    energy = colour.srgb_to_linear(blurred).sum() / colour.srgb_to_linear(point).sum()
    assert energy == pytest.approx(1, abs=1e-3)
    assert blurred[16, 16, 0] > 2 * blur.blur(point, kernel)[16, 16, 0]


def test_clipped_highlights_are_brighter_than_white_and_clip_again():
    lamp = flat(0.1, 33)
    lamp[14:19, 14:19] = 1
    kernel = blur.disk_kernel(3)
    plain, bright = (blur.blur_light(lamp, kernel, headroom) for headroom in (1, 4))
    assert plain[16, 16, 0] < 0.95 and bright[16, 16, 0] > 0.999 and bright.max() <= 1
    dim = flat(0.1, 33)
    np.testing.assert_allclose(blur.blur_light(dim, kernel, 4), dim, **QUIET)


def test_blur_reflects_at_the_border_and_turns_the_kernel_as_convolution_does():
    np.testing.assert_allclose(blur.blur(flat(0.3, 12), blur.disk_kernel(4)), 0.3, atol=1e-6)
    kernel = np.zeros((3, 3), np.float32)
    kernel[0, 0] = 1
    image = photo()
    np.testing.assert_allclose(blur.blur(image, kernel)[:-1, :-1], image[1:, 1:], **QUIET)


# Resizing and the chains


@pytest.mark.parametrize("method", degrade.METHODS)
def test_resizing_keeps_constants_place_and_range(method: str):
    np.testing.assert_allclose(degrade.resize(flat(0.4, 20), 13, 27, method), 0.4, **QUIET)
    ramp = np.tile(np.linspace(0, 1, 40, dtype=np.float32)[:, None, None], (1, 30, 3))
    for height in (16, 20, 52):
        out = degrade.resize(ramp, height, 30, method)
        expected = ((np.arange(height) + 0.5) * 40 / height - 0.5) / 39
        np.testing.assert_allclose(out[3:-3, 5, 1], expected[3:-3], atol=0.01)
    spiky = (rng().random((40, 40, 3)) > 0.5).astype(np.float32)
    out = degrade.resize(spiky, 52, 52, method)
    assert out.min() >= 0 and out.max() <= 1 and out.dtype == np.float32


def test_area_reduction_keeps_the_mean():
    image = rng().random((60, 80, 3), np.float32)
    out = degrade.resize(image, 24, 32, "area")
    np.testing.assert_allclose(out.mean((0, 1)), image.mean((0, 1)), atol=1e-5)
    halved = degrade.resize(image, 30, 40, "area")
    np.testing.assert_allclose(halved, image.reshape(30, 2, 40, 2, 3).mean((1, 3)), **QUIET)


@pytest.mark.parametrize("seed", range(10))
def test_nothing_of_anything_is_the_identity(seed: int):
    image = photo()
    np.testing.assert_array_equal(noise.add_gaussian(image, 0, rng(seed)), image)
    np.testing.assert_array_equal(noise.add_camera(image, 0, 0, 1, rng(seed)), image)
    np.testing.assert_array_equal(blur.blur_light(image, np.ones((1, 1), np.float32), 4), image)
    for method in degrade.METHODS:
        np.testing.assert_array_equal(degrade.resize(image, *image.shape[:2], method), image)
    noisy, sigma = degrade.degrade_noise(image, rng(seed), strength=0)
    np.testing.assert_array_equal(noisy, image)
    assert sigma == 0
    np.testing.assert_array_equal(degrade.degrade_blur(image, rng(seed), strength=0), image)


@pytest.mark.parametrize("seed", range(8))
def test_chains_keep_shape_range_and_place_and_repeat_for_a_seed(seed: int):
    image = photo(64, 72)
    chains = {
        "noise": lambda r: degrade.degrade_noise(image, r)[0],
        "jpeg": lambda r: degrade.degrade_jpeg(image, r)[0],
        "blur": lambda r: degrade.degrade_blur(image, r),
        "x1": lambda r: degrade.degrade_real(image, 1, r),
        "x2": lambda r: degrade.degrade_real(image, 2, r),
        "crisp": lambda r: degrade.degrade_crisp(image, 2, r),
    }
    before = image.copy()
    for name, chain in chains.items():
        out = chain(rng(seed))
        assert out.shape == ((32, 36, 3) if name in ("x2", "crisp") else image.shape) and out.dtype == np.float32
        assert out.min() >= 0 and out.max() <= 1 and not np.array_equal(out, image)
        np.testing.assert_array_equal(out, chain(rng(seed)))
        clean = degrade.resize(image, *out.shape[:2], "area")
        assert np.corrcoef(out.ravel(), clean.ravel())[0, 1] > 0.6
    np.testing.assert_array_equal(image, before)


@pytest.mark.parametrize("chain", [degrade.degrade_real, degrade.degrade_crisp])
def test_the_chains_that_reduce_move_nothing(chain):
    """Over many draws, the centroid of a blob stays in the middle of the smaller picture."""
    blob = flat(0.1, 96)
    blob[36:60, 36:60] = 0.8
    total = sum(chain(blob, 2, rng(seed)).mean(2) - 0.1 for seed in range(40)) / 40
    place = np.arange(48) - 23.5
    for axis in (0, 1):
        assert abs((total.sum(axis) * place).sum() / total.sum()) < 0.3


def test_the_real_chain_leaves_some_pictures_clean_and_refuses_a_remainder():
    image = photo()
    clean = np.clip(degrade.resize_cubic(image, 32, 36), 0, 1)
    errors = [np.abs(degrade.degrade_real(image, 2, rng(seed)) - clean).max() for seed in range(100)]
    assert 0.04 < np.mean(np.array(errors) < 1e-6) < 0.25
    with pytest.raises(ValueError, match="72x64 does not divide by 5"):
        degrade.degrade_real(image, 5, rng())


def test_the_crisp_chain_is_wider_and_refuses_a_remainder():
    """More noise and softer pictures than the real one, on the average."""
    image = photo(96, 96)
    clean = degrade.resize(image, 48, 48, "area")
    errors = {
        chain: np.array([np.sqrt(np.mean((chain(image, 2, rng(seed)) - clean) ** 2)) for seed in range(100)])
        for chain in (degrade.degrade_real, degrade.degrade_crisp)
    }
    real, crisp = errors.values()
    assert np.mean(crisp) > 1.1 * np.mean(real) and np.min(crisp) < 0.01
    with pytest.raises(ValueError, match="72x64 does not divide by 5"):
        for seed in range(20):
            degrade.degrade_crisp(photo(), 5, rng(seed))


def test_wide_noise_is_mostly_weak_and_never_strong():
    gray = flat(0.5, 64)
    sigmas = [float(np.std(degrade.wide_noise(gray, rng(seed)) - gray)) for seed in range(200)]
    assert 0.01 < np.median(sigmas) < 0.05 and max(sigmas) < 35 / 255


@pytest.mark.parametrize("sigma", [0.8, 1.2])
def test_grain_is_as_strong_as_the_noise_and_hangs_together(sigma: float):
    white = rng().standard_normal((128, 128, 3), np.float32)
    grain = noise.blur_grain(white, sigma)
    assert grain.std() == pytest.approx(white.std(), rel=1e-3)
    assert neighbour_correlation(grain[..., 0]) == pytest.approx(np.exp(-1 / (4 * sigma**2)), abs=0.1)


def test_a_sheet_holds_every_degradation(tmp_path: Path):
    tiles = degrade.samples(photo(), rng())
    save_sheet(tmp_path / "sheet.png", tiles)
    rows = -(-len(tiles) // 4)
    with Image.open(tmp_path / "sheet.png") as sheet:
        assert sheet.size == (4 * (72 + 4), rows * (64 + CAPTION + 4))
    assert all(tile.shape == (64, 72, 3) for tile in tiles.values())


# What `clean` removes


def test_clean_damage_has_its_shares_and_true_planes(monkeypatch: pytest.MonkeyPatch):
    image, kinds = photo(64, 64), {"nothing": 0, "noise": 0, "jpeg": 0, "photographed": 0}
    photographed: list[bool] = []
    made = degrade.degrade_photographed
    monkeypatch.setattr(degrade, "degrade_photographed", lambda *rest: photographed.append(True) or made(*rest))
    generator = rng()
    for _ in range(400):
        photographed.clear()
        damaged, sigma, compression = degrade.degrade_clean(image, generator)
        assert damaged.shape == image.shape and 0 <= compression < 1
        if photographed:
            kinds["photographed"] += 1
            continue
        kind = "jpeg" if compression else ("noise" if sigma else "nothing")
        kinds[kind] += 1
        error = float(np.sqrt(np.mean((damaged - image) ** 2)))
        if kind == "nothing":
            np.testing.assert_array_equal(damaged, image)
        if kind == "noise":  # camera noise in one patch varies, clamping takes some away
            assert error == pytest.approx(sigma, rel=0.25, abs=2e-3)
    shares = {kind: count / 400 for kind, count in kinds.items()}
    assert shares == pytest.approx({"nothing": 0.04, "noise": 0.23, "jpeg": 0.23, "photographed": 0.5}, abs=0.07)


def test_the_noise_plane_of_a_photo_holds_the_noise_that_is_left_to_see(monkeypatch: pytest.MonkeyPatch):
    """On a flat picture, where JPEG alone does nothing, that is all there is to see."""
    gray = flat(0.5, 64)
    saved: list[int] = []
    made = degrade.jpeg
    monkeypatch.setattr(degrade, "jpeg", lambda image, *rest: saved.append(rest[0]) or made(image, *rest))
    told = {True: [], False: []}
    for seed in range(150):
        saved.clear()
        seen, sigma, compression = degrade.degrade_photographed(gray, rng(seed))
        assert float(np.sqrt(np.mean((seen - 0.5) ** 2))) == pytest.approx(sigma, rel=0.02, abs=1 / 255)
        quality = saved[-1] if len(saved) > 1 else 100  # twice: the noisy one, and the picture itself
        assert compression in (0, degrade.jpeg_damage(quality))
        if quality < 100:
            told[quality > degrade.HARMLESS].append(bool(compression))
    assert all(told[False]) and 0.2 < np.mean(told[True]) < 0.8


def test_noise_that_was_halved_is_weaker_and_moves_nothing():
    image = photo(64, 64)
    errors = [degrade.halve_noisy(image, rng(seed)) - image for seed in range(60)]
    halved = np.sqrt(np.mean(np.square(errors)))
    whole = np.sqrt(np.mean([np.mean((degrade.photo_noise(image, rng(seed)) - image) ** 2) for seed in range(60)]))
    assert 0.2 < halved / whole < 1.1 and np.abs(np.mean(errors)) < 0.01


@pytest.mark.parametrize("chroma", [0.02, 0.07])
def test_coloured_grain_has_its_strength_its_size_and_no_luma(chroma: float):
    sizes = []
    for seed in range(40):
        added = noise.add_colour_grain(flat(0.5, 64), 0, chroma, rng(seed)) - 0.5
        red = added[..., 0] / 1.402
        assert red.std() == pytest.approx(chroma, rel=0.2)
        assert np.abs(added @ np.array([0.299, 0.587, 0.114])).max() < 1e-3
        sizes.append(neighbour_correlation(red))
    assert min(sizes) < 0.5 and max(sizes) > 0.9
    np.testing.assert_array_equal(noise.add_colour_grain(photo(), 0, 0, rng()), photo())


def test_a_night_is_darker_and_in_order():
    ramp = np.linspace(0, 1, 64, dtype=np.float32)[:, None, None].repeat(64, 1).repeat(3, 2)
    for seed in range(20):
        dark = degrade.darken(ramp, rng(seed))
        assert dark.dtype == np.float32 and dark.min() == 0 and 0.2 < dark.max() < 0.67
        assert (np.diff(dark[:, 0, 0]) > 0).all()


@pytest.mark.parametrize("quality, damage", [(100, 0.0), (75, 0.25), (10, 0.9)])
def test_the_jpeg_plane_holds_what_is_missing_to_quality_100(quality: int, damage: float):
    assert degrade.jpeg_damage(quality) == pytest.approx(damage)


def test_the_worse_of_two_qualities_is_told(monkeypatch: pytest.MonkeyPatch):
    generator, image = rng(), photo(32, 32)
    seen: list[tuple[int, int]] = []
    made = jpeg.double_jpeg
    monkeypatch.setattr(jpeg, "double_jpeg", lambda i, q, *rest: seen.append(q) or made(i, q, *rest))
    for _ in range(60):
        before = len(seen)
        _, quality = jpeg.random_jpeg(image, generator)
        if len(seen) > before:
            assert quality == min(seen[-1])
    assert len(seen) > 5
