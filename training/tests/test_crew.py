"""Processes that train together hold equal weights, made from the patches of all of them."""

from functools import partial
from pathlib import Path

import pytest
import torch

from training.crew import Crew, join, run_crew
from training.muon import Muon


def step_together(folder: Path, crew: Crew) -> None:
    """Three steps towards a target of this process's own; what came of them goes into a file."""
    weights = torch.nn.Parameter(torch.ones(4, 6))
    optimiser = Muon([weights], 0.1)
    target = torch.full((4, 6), float(crew.rank))
    for _ in range(3):
        optimiser.zero_grad()
        (weights * target).sum().backward()
        crew.average([weights])
        gradient = weights.grad.clone()
        optimiser.step()
    result = {"weights": weights.detach(), "gradient": gradient, "agreed": crew.agree(7.0 + crew.rank)}
    torch.save(result | {"leads": crew.leads}, folder / f"{crew.rank}.pt")


def test_two_processes_take_the_mean_step(tmp_path: Path):
    run_crew(partial(step_together, tmp_path), 2)
    first, second = (torch.load(tmp_path / f"{rank}.pt") for rank in range(2))
    assert torch.equal(first["weights"], second["weights"]) and not torch.equal(first["weights"], torch.ones(4, 6))
    assert torch.equal(first["gradient"], torch.full((4, 6), 0.5))
    assert first["agreed"] == second["agreed"] == 7.0
    assert first["leads"] and not second["leads"]


def test_one_alone_is_left_as_it_is(tmp_path: Path):
    run_crew(partial(step_together, tmp_path), 1)
    alone = torch.load(tmp_path / "0.pt")
    assert torch.equal(alone["gradient"], torch.zeros(4, 6)) and alone["agreed"] == 7.0 and alone["leads"]


def test_a_process_lets_go_of_its_group_before_it_ends(tmp_path: Path):
    def fail(crew: Crew) -> None:
        crew.average([])
        raise RuntimeError("the work failed")

    with pytest.raises(RuntimeError, match="the work failed"):
        join(0, fail, 1, (tmp_path / "store").as_uri())
    assert not torch.distributed.is_initialized()
