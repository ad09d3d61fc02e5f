"""Muon: steps whose matrices are orthogonal, so that every direction of a kernel learns at the same rate.

Source: Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks". What it buys a small
network on few cores: docs/decisions/0014-muon.md.
"""

import torch

QUINTIC = (3.4445, -4.7750, 2.0315)
"""Coefficients that drive singular values from (0, 1] to 0.7..1.2 in five rounds."""


def orthogonalise(matrices: torch.Tensor, rounds: int = 5) -> torch.Tensor:
    """The nearest semi-orthogonal matrices to [..., rows, columns], roughly: singular values 0.7..1.2.

    A round multiplies X by a polynomial in its gram matrix, and the next gram matrix follows from this one: the rounds
    are taken on the small square matrices, and X is multiplied once. Kernels of 64 x 576: in less than half the time.
    """
    a, b, c = QUINTIC
    wide = matrices.shape[-2] <= matrices.shape[-1]
    x = matrices if wide else matrices.mT
    x = x / (x.square().sum((-2, -1), keepdim=True).sqrt() + 1e-7)
    gram, whole = x @ x.mT, torch.eye(x.shape[-2], dtype=x.dtype, device=x.device)
    for _ in range(rounds):
        factor = b * gram + c * gram @ gram
        factor.diagonal(dim1=-2, dim2=-1).add_(a)
        whole, gram = factor @ whole, factor @ gram @ factor
    return whole @ x if wide else (whole @ x).mT


class Muon(torch.optim.Optimizer):
    """Muon for kernels and matrices, Adam (0.9, 0.99) for vectors; one learning rate for both.

    A step of a matrix has the root mean square 0.2 * lr in each of its entries, which is what Adam's have
    in practice (Liu et al. 2025, "Muon is scalable for LLM training"): Adam's rates can be kept. Matrices of one
    shape are stepped together: a GPU waits for each operation, not for its size. A step can be captured in a CUDA
    graph: whatever changes from step to step is a tensor, or may be one (`lr`).
    """

    def __init__(self, parameters, lr: float | torch.Tensor, momentum: float = 0.95):
        super().__init__(parameters, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            alike: dict[tuple[int, int], list[torch.Tensor]] = {}
            for parameter in group["params"]:
                if parameter.grad is None:
                    continue
                if parameter.dim() > 1:
                    shape = len(parameter), parameter.numel() // len(parameter)
                    alike.setdefault(shape, []).append(parameter)
                else:
                    self._step_vector(parameter, self.state[parameter], group["lr"])
            for parameters in alike.values():
                self._step_matrices(parameters, group)

    def _step_matrices(self, parameters: list[torch.Tensor], group: dict) -> None:
        momentum, wanted = group["momentum"], []
        for parameter in parameters:
            mean = self.state[parameter].setdefault("mean", torch.zeros_like(parameter))
            mean.lerp_(parameter.grad, 1 - momentum)
            ahead = parameter.grad.lerp(mean, momentum)  # Nesterov's
            wanted.append(ahead.reshape(len(ahead), -1))
        steps = orthogonalise(torch.stack(wanted))
        steps = steps * (-0.2 * max(steps.shape[1:]) ** 0.5 * group["lr"])
        for parameter, step in zip(parameters, steps):
            parameter.add_(step.reshape(parameter.shape))

    def _step_vector(self, parameter: torch.Tensor, state: dict, lr: float | torch.Tensor) -> None:
        mean = state.setdefault("mean", torch.zeros_like(parameter))
        square = state.setdefault("square", torch.zeros_like(parameter))
        step = state.setdefault("step", torch.zeros((), device=parameter.device))
        step.add_(1)
        mean.lerp_(parameter.grad, 0.1)
        square.lerp_(parameter.grad.square(), 0.01)
        scale = (square / (1 - 0.99**step)).sqrt().add_(1e-8)
        parameter.sub_(lr * (mean / (1 - 0.9**step)) / scale)
