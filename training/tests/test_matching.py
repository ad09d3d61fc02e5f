"""Learning what a teacher sees inside: measured to zero where it is met, learnable, resumable."""

from pathlib import Path

import pytest
import torch

from training.matching import Matching
from training.nets import build
from training.step import phase_at
from training.teachers import Teacher
from training.tests.test_pool import DATA, fake_pool, pools  # noqa: F401  (a fixture)
from training.tests.test_teachers import PARAM, numbers
from training.train import train

NET = {"kind": "plain", "scale": 4, "channels": 6, "convs": 4}


@pytest.fixture
def teacher() -> Teacher:
    return Teacher.read(PARAM.encode(), numbers(0))


def test_what_is_met_costs_nothing_and_ignorance_costs_one(teacher: Teacher):
    torch.manual_seed(0)
    net, low = build(NET), torch.rand(2, 3, 8, 8)
    matching = Matching(net, teacher, [(1, 0)])
    with torch.no_grad():
        matching.maps[0].weight.zero_()
        net(low)
        assert float(matching(low)) == pytest.approx(1)
        matching.maps[0].weight[range(4), range(4)] = 1
        wanted = teacher.activations(low, (0,))[0]
        seen = torch.nn.functional.pad(torch.where(wanted < 0, wanted * 10, wanted) + 0.0, (0, 0, 0, 0, 0, 2))
        matching.seen[1] = seen
        assert float(matching(low)) == pytest.approx(0, abs=1e-10)


def test_it_is_learned_by_the_network_and_the_map(teacher: Teacher):
    torch.manual_seed(0)
    net, low = build(NET), torch.rand(2, 3, 8, 8)
    matching = Matching(net, teacher, [(2, 0)])
    optimiser = torch.optim.Adam([*net.parameters(), *matching.parameters()], 1e-2)
    losses = []
    for _ in range(30):
        net(low)
        loss = matching(low)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(float(loss))
    assert losses[-1] < 0.5 * losses[0]
    assert net.body[0].direct.grad is not None and teacher.layers[2].tensors[0].grad is None


def test_activations_out_of_order_are_refused(teacher: Teacher):
    with pytest.raises(ValueError, match="must be in order"):
        Matching(build(NET), teacher, [(0, 1), (1, 0)])


def test_patches_grow_in_equal_parts():
    whole = {"patch": 40, "bfloat16": 0.8, "l2_tail": 0.15}

    def sides(settings: dict) -> list[int]:
        return [phase_at(settings, progress).patch for progress in (0, 0.3, 0.4, 0.7, 0.99, 1.0)]

    assert sides(whole | {"small_first": [20, 28]}) == [20, 20, 28, 40, 40, 40]
    assert sides(whole) == [40] * 6


def test_a_training_has_the_phases_that_its_recipe_names():
    settings = {"patch": 8, "bfloat16": 0.8, "l2_tail": 0.15, "match": [[1, 0]], "match_until": 0.6}
    phases = [phase_at(settings, progress) for progress in (0, 0.7, 0.82, 0.9)]
    shapes = [(phase.half, phase.matched, phase.squared) for phase in phases]
    assert shapes == [(True, True, False), (True, False, False), (False, False, False), (False, False, True)]


def test_a_network_trains_matched_and_resumes(recipe: dict, pools: Path, workshop: Path):  # noqa: F811
    fake_pool(pools / "pool-test")
    recipe["net"], recipe["data"] = NET, DATA
    recipe["train"] |= {"loss": "taught", "gradient": 0.3, "small_first": [4]}
    recipe["train"] |= {"match": [[1, 0]], "match_weight": 0.1, "match_until": 0.6}
    train(recipe, minutes=1.5, resume=False, device="cpu")
    first = torch.load(workshop / "checkpoints" / "test-x2.pt")
    train(recipe, minutes=3, resume=True, device="cpu")
    second = torch.load(workshop / "checkpoints" / "test-x2.pt")
    assert second["step"] > first["step"] >= 2
    name = "maps.0.weight"
    maps = [saved["matching"][name] for saved in (first, second)]
    assert maps[0].shape == (4, 6, 1, 1) and not torch.equal(*maps)
