"""A run of learning: its rate, its steps, and where it goes on after it was broken off."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor, nn

logger = logging.getLogger(__name__)

_Batch = TypeVar("_Batch")
_Part = nn.Module | torch.optim.Optimizer | torch.optim.lr_scheduler.LRScheduler

_WARM = 0.06
_LAST = 0.02
_EVERY = 200
_SAID_EVERY = 50


def rate(steps: int) -> Callable[[int], float]:
    """Return the factor of the rate at a step: up within a few, then down in a straight line."""

    def factor(step: int) -> float:
        done = step / max(1, steps)
        return min((step + 1) / (steps * _WARM + 1), 1.0) * max(_LAST, 1 - done)

    return factor


class Checkpoint:
    """A file with the state of a run; removed by whoever has the result."""

    def __init__(
        self,
        path: Path,
        network: nn.Module,
        optimizer: torch.optim.Optimizer,
        schedule: torch.optim.lr_scheduler.LRScheduler,
    ) -> None:
        """Take the file and what is trained."""
        self._path = path
        self._parts: dict[str, _Part] = {
            "network": network,
            "optimizer": optimizer,
            "schedule": schedule,
        }

    def resume(self) -> int:
        """Restore what was saved and return the step that comes next, 0 where nothing was."""
        if not self._path.exists():
            return 0
        state = torch.load(self._path, weights_only=True)
        for name, part in self._parts.items():
            part.load_state_dict(state[name])
        return int(state["step"]) + 1

    def after(self, step: int) -> None:
        """Save the state every so many steps; a broken-off write leaves the last one whole."""
        if step % _EVERY != _EVERY - 1:
            return
        state = {name: part.state_dict() for name, part in self._parts.items()}
        beside = self._path.with_suffix(".writing")
        torch.save({"step": step, **state}, beside)
        beside.replace(self._path)


def descend(
    network: nn.Module,
    optimizer: torch.optim.Optimizer,
    batches: Sequence[_Batch],
    loss_of: Callable[[_Batch], Tensor],
    checkpoint: Path,
) -> None:
    """Take a step for each batch; goes on from the checkpoint where there is one."""
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate(len(batches)))
    saved = Checkpoint(checkpoint, network, optimizer, schedule)
    parameters = [one for group in optimizer.param_groups for one in group["params"]]
    for step in range(saved.resume(), len(batches)):
        loss = loss_of(batches[step])
        loss.backward()  # type: ignore[no-untyped-call] # torch leaves it unannotated
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        saved.after(step)
        if step % _SAID_EVERY == 0:
            logger.info("step %d of %d: loss %.3f", step, len(batches), loss.item())
