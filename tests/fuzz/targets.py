"""The four places where foreign words are taken apart, each with a check for any bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

NAMES = ("extraction", "splitting", "understanding", "rendering")


@dataclass(frozen=True, slots=True)
class Target:
    """`check` raises where Beleg would break a promise; `dictionary` is what to try putting in."""

    name: str
    check: Callable[[bytes], None]
    seeds: Callable[[], list[bytes]]
    dictionary: Sequence[str]
    longest: int  # bytes


def load(name: str) -> Target:
    """Import a target; only now, so that a fuzzer can watch what it imports."""
    module = import_module(f"tests.fuzz.{name}")
    longest = 65_536 if name == "extraction" else 4096
    return Target(name, module.check, module.seeds, module.DICTIONARY, longest)
