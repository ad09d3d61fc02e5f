"""Several processes that train one network together, each on patches of its own.

On a CPU one process a core makes more of the cores than threads do: the many small matrices of a step do not
wait for each other.
"""

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import torch
import torch.distributed
import torch.multiprocessing


class Crew:
    """One of `size` processes that take equal steps from equal weights, the one of number `rank`."""

    def __init__(self, rank: int = 0, size: int = 1):
        self.rank, self.size = rank, size

    @property
    def leads(self) -> bool:
        """Whether this is the process that speaks and saves."""
        return self.rank == 0

    def agree(self, value: float) -> float:
        """The leader's value."""
        if self.size == 1:
            return value
        shared = torch.tensor(value, dtype=torch.float64)
        torch.distributed.broadcast(shared, 0)
        return float(shared)

    def average(self, parameters: Iterable[torch.nn.Parameter]) -> None:
        """Puts the mean of all processes' gradients in place of this one's."""
        if self.size == 1:
            return
        gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
        flat = torch.cat([gradient.reshape(-1) for gradient in gradients])
        torch.distributed.all_reduce(flat)
        shares = flat.div_(self.size).split([gradient.numel() for gradient in gradients])
        for gradient, share in zip(gradients, shares):
            gradient.copy_(share.reshape(gradient.shape))


def run_crew(work: Callable[[Crew], None], size: int) -> None:
    """Runs `work` (which can be pickled) in `size` processes; in this one where that is enough."""
    if size == 1:
        work(Crew())
        return
    os.environ.setdefault("GLOO_SOCKET_IFNAME", "lo")
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        torch.multiprocessing.spawn(join, (work, size, store.as_uri()), size)


def join(rank: int, work: Callable[[Crew], None], size: int, store: str) -> None:
    """The life of one process; it ends with the one that started it, however that ends."""
    threading.Thread(target=follow, args=(os.getppid(),), daemon=True).start()
    torch.set_num_threads(1)
    torch.distributed.init_process_group("gloo", store, rank=rank, world_size=size)
    try:
        work(Crew(rank, size))
        torch.distributed.barrier()
    finally:
        # Its threads let go of tensors, for which they need an interpreter that is still whole: one that ended
        # with them was aborted.
        torch.distributed.destroy_process_group()


def follow(parent: int) -> None:
    """Ends this process once its parent is gone."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
