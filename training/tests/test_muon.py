"""Muon's steps have equal singular values, Adam's size, and a memory that is saved."""

import copy

import pytest
import torch

from training.muon import Muon, orthogonalise


def draw(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("rows, columns", [(8, 8), (8, 72), (32, 5), (1, 9)])
@pytest.mark.parametrize("size", [1e-4, 1.0, 1e4])
def test_orthogonalise_makes_singular_values_nearly_one(rows: int, columns: int, size: float):
    # From 1 down to 0.05: an iteration of five rounds lifts no value that is next to nothing.
    left, _, right = torch.linalg.svd(draw(rows, columns), full_matrices=False)
    values = torch.linspace(1, 0.05, min(rows, columns))
    result = orthogonalise(size * left @ torch.diag(values) @ right)
    assert result.shape == (rows, columns)
    inside = left.T @ result @ right.T
    assert 0.6 < float(inside.diagonal().min()) and float(inside.diagonal().max()) < 1.3
    torch.testing.assert_close(inside, torch.diag(inside.diagonal()), atol=1e-4, rtol=0)


@pytest.mark.parametrize("shape", [(16, 16, 3, 3), (32, 12), (12, 32, 3, 3), (24,)])
def test_the_first_step_is_as_large_as_the_rate_says(shape: tuple[int, ...]):
    weight = torch.nn.Parameter(torch.zeros(shape))
    optimiser = Muon([weight], lr=0.01)
    weight.grad = 1e-3 * draw(*shape)
    optimiser.step()
    rms = float(weight.detach().square().mean().sqrt())
    # Each step of Adam's first is +-lr; Muon's matrices move by a fifth of it.
    expected = 0.01 if weight.dim() == 1 else 0.2 * 0.01
    assert expected / 1.5 < rms < expected * 1.5
    assert float((weight.detach() * weight.grad).sum()) < 0


def test_a_parameter_without_a_gradient_stays():
    weight = torch.nn.Parameter(draw(3, 3))
    before = weight.detach().clone()
    Muon([weight], lr=0.1).step()
    assert torch.equal(weight, before)


def test_it_goes_on_from_its_saved_memory():
    weights = [torch.nn.Parameter(draw(4, 6)), torch.nn.Parameter(draw(4))]
    optimiser = Muon(weights, lr=0.01)

    def step(parameters: list[torch.nn.Parameter], stepped: Muon, seed: int) -> None:
        for parameter in parameters:
            parameter.grad = draw(*parameter.shape, seed=seed)
        stepped.step()

    step(weights, optimiser, 1)
    others, fresh = ([torch.nn.Parameter(weight.detach().clone()) for weight in weights] for _ in range(2))
    resumed = Muon(others, lr=0.01)
    resumed.load_state_dict(copy.deepcopy(optimiser.state_dict()))
    step(weights, optimiser, 2)
    step(others, resumed, 2)
    step(fresh, Muon(fresh, lr=0.01), 2)
    for one, other, forgetful in zip(weights, others, fresh):
        assert torch.equal(one, other)
        assert not torch.allclose(one, forgetful, atol=1e-4)
