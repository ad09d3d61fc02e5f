"""Training on a GPU: regions of pictures lie on it, patches are cut there, and steps are replayed, not launched.

Processes beside the training cut and damage regions; a ring of them on the device is renewed as fast as they come. A
step of a small network is a thousand short operations: captured once as a CUDA graph, they run back to back.
"""

import contextlib
import queue
import threading
from collections.abc import Iterator

import numpy as np
import torch
import torch.utils.data

from .data import Patches
from .step import Phase, Step

TOGETHER = 16
"""Regions that travel from a process at a time."""
CAPACITY = 8192
"""Regions that a ring holds: of 64 pixels and their 4x, 1.7 GB."""
LEAST = 512
"""Regions without which no training starts."""
TRIES = 3
"""Steps that are launched one by one before one is captured: what is allocated once is there then."""


class Regions(torch.utils.data.IterableDataset):
    """Endless stacks of regions, [TOGETHER, h, w, c] and [TOGETHER, s*h, s*w, c]; uint8, or float16 of 0..1."""

    def __init__(self, patches: Patches):
        self.patches = patches

    def __iter__(self) -> Iterator[tuple[torch.Tensor, torch.Tensor]]:
        worker = torch.utils.data.get_worker_info()
        torch.set_num_threads(1)
        self.patches.rng = np.random.default_rng(worker.seed)
        while True:
            pairs = zip(*(self.patches.region() for _ in range(TOGETHER)))
            yield tuple(to_stored(np.stack(images)) for images in pairs)


def to_stored(images: np.ndarray) -> torch.Tensor:
    """As a ring holds them: bytes as they are, numbers as halves."""
    return torch.from_numpy(images if images.dtype == np.uint8 else images.astype(np.float16))


class Ring:
    """Regions on a device, the newest in place of the oldest, and random patches of them."""

    def __init__(self, device: str | torch.device, scale: int, capacity: int = CAPACITY):
        self.device, self.scale, self.capacity = torch.device(device), scale, capacity
        self.held: list[torch.Tensor] = []
        self.next, self.size = 0, 0
        self.count = torch.zeros((), device=self.device)

    def put(self, stacks: tuple[torch.Tensor, torch.Tensor]) -> None:
        """Takes in regions; all have the size of the first."""
        if not self.held:
            self.held = [torch.empty((self.capacity, *s.shape[1:]), dtype=s.dtype, device=self.device) for s in stacks]
        places = torch.arange(self.next, self.next + len(stacks[0]), device=self.device) % self.capacity
        for held, stack in zip(self.held, stacks):
            held.index_copy_(0, places, stack.to(self.device))
        self.next = (self.next + len(stacks[0])) % self.capacity
        self.size = min(self.size + len(stacks[0]), self.capacity)
        self.count.fill_(self.size)

    def batch(self, size: int, patch: int) -> tuple[torch.Tensor, torch.Tensor]:
        """`size` patches of `patch` low pixels a side, turned and mirrored at random; float32 [size, c, p, p] of 0..1."""

        def chance(*shape: int) -> torch.Tensor:
            return torch.rand(shape, device=self.device)

        picks = (chance(size) * self.count).long()[:, None, None]
        mirrored, turned = chance(2, size, 1) < 0.5, chance(size, 1, 1, 1) < 0.5
        corners = [(chance(size, 1) * (side - patch + 1)).long() for side in self.held[0].shape[1:3]]
        pair = []
        for held, scale in zip(self.held, (1, self.scale)):
            along = torch.arange(patch * scale, device=self.device)
            rows, columns = (
                corner * scale + torch.where(flip, patch * scale - 1 - along, along)
                for corner, flip in zip(corners, mirrored)
            )
            images = held[picks, rows[:, :, None], columns[:, None, :]]
            images = images.float() / 255 if images.dtype == torch.uint8 else images.float()
            pair.append(torch.where(turned, images.transpose(1, 2), images).permute(0, 3, 1, 2))
        return pair[0], pair[1]


class Feeder:
    """Fills a ring from `workers` processes that cut regions of `patches`."""

    def __init__(self, patches: Patches, ring: Ring, workers: int):
        self.ring, self.ready, self.ended = ring, queue.Queue(maxsize=32), threading.Event()
        loader = torch.utils.data.DataLoader(Regions(patches), batch_size=None, num_workers=workers, prefetch_factor=4)
        self.fetching = threading.Thread(target=self.fetch, args=(iter(loader),), daemon=True)
        self.fetching.start()
        while ring.size < LEAST:
            ring.put(self.ready.get())

    def fetch(self, regions: Iterator) -> None:
        """Takes what the processes have made, as long as there is room for it; they end with it."""
        for stacks in regions:
            if self.ended.is_set():
                return
            self.ready.put(stacks)

    def feed(self) -> None:
        """Puts into the ring what is ready, one stack at most: nothing waits."""
        if not self.ready.empty():
            self.ring.put(self.ready.get())


    def close(self) -> None:
        """Ends the processes."""
        self.ended.set()
        while self.fetching.is_alive():
            with contextlib.suppress(queue.Empty):
                self.ready.get(timeout=0.1)  # one may be waiting for room


class Replayed:
    """Steps on batches of a ring, each phase's captured as a CUDA graph and replayed."""

    def __init__(self, step: Step, feeder: Feeder, size: int):
        self.step, self.feeder, self.size = step, feeder, size
        self.phase: Phase | None = None

    def __call__(self, phase: Phase) -> torch.Tensor:
        """Takes a step; returns its loss, which the next one overwrites."""
        self.feeder.feed()
        if phase != self.phase:
            self.capture(phase)
        self.graph.replay()
        return self.loss

    def take(self, phase: Phase) -> torch.Tensor:
        """A step as it is launched."""
        return self.step(phase, *self.feeder.ring.batch(self.size, phase.patch))

    def capture(self, phase: Phase) -> None:
        """Takes TRIES steps, and captures another without taking it."""
        self.graph = self.loss = None  # the earlier one's memory
        aside = torch.cuda.Stream()
        aside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(aside):
            for _ in range(TRIES):
                self.take(phase)
        torch.cuda.current_stream().wait_stream(aside)
        self.step.optimiser.zero_grad(set_to_none=True)
        self.graph, self.phase = torch.cuda.CUDAGraph(), phase
        with torch.cuda.graph(self.graph, capture_error_mode="thread_local"):
            self.loss = self.take(phase)
