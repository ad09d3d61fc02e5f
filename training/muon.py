"""Muon: steps whose matrices are orthogonal, so that every direction of a kernel learns at the same rate.

Source: Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks". What it buys a small
network on few cores: docs/decisions/0014-muon.md.
"""

import torch

QUINTIC = (3.4445, -4.7750, 2.0315)
"""Coefficients that drive singular values from (0, 1] to 0.7..1.2 in five rounds."""


def orthogonalise(matrix: torch.Tensor, rounds: int = 5) -> torch.Tensor:
    """The nearest semi-orthogonal matrix to [rows, columns], roughly: singular values 0.7..1.2."""
    a, b, c = QUINTIC
    wide = matrix.shape[0] <= matrix.shape[1]
    x = matrix if wide else matrix.T
    x = x / (x.norm() + 1e-7)
    for _ in range(rounds):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return x if wide else x.T


class Muon(torch.optim.Optimizer):
    """Muon for kernels and matrices, Adam (0.9, 0.99) for vectors; one learning rate for both.

    A step of a matrix has the root mean square 0.2 * lr in each of its entries, which is what Adam's have
    in practice (Liu et al. 2025, "Muon is scalable for LLM training"): Adam's rates can be kept.
    """

    def __init__(self, parameters, lr: float, momentum: float = 0.95):
        super().__init__(parameters, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is None:
                    continue
                state = self.state[parameter]
                if parameter.dim() > 1:
                    self._step_matrix(parameter, state, group)
                else:
                    self._step_vector(parameter, state, group)

    def _step_matrix(self, parameter: torch.Tensor, state: dict, group: dict) -> None:
        momentum = group["momentum"]
        mean = state.setdefault("mean", torch.zeros_like(parameter))
        mean.lerp_(parameter.grad, 1 - momentum)
        ahead = parameter.grad.lerp(mean, momentum)  # Nesterov's
        step = orthogonalise(ahead.reshape(len(ahead), -1))
        scale = 0.2 * max(step.shape) ** 0.5
        parameter.add_(step.reshape(parameter.shape), alpha=-group["lr"] * scale)

    def _step_vector(self, parameter: torch.Tensor, state: dict, group: dict) -> None:
        mean = state.setdefault("mean", torch.zeros_like(parameter))
        square = state.setdefault("square", torch.zeros_like(parameter))
        state["step"] = step = state.get("step", 0) + 1
        mean.lerp_(parameter.grad, 0.1)
        square.lerp_(parameter.grad.square(), 0.01)
        scale = (square / (1 - 0.99**step)).sqrt().add_(1e-8)
        parameter.addcdiv_(mean / (1 - 0.9**step), scale, value=-group["lr"])
