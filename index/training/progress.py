"""The rate of learning over a run, and where a run goes on after it was broken off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import torch
from torch import nn

_Part = nn.Module | torch.optim.Optimizer | torch.optim.lr_scheduler.LRScheduler

_WARM = 0.06
_LAST = 0.02
_EVERY = 200


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
