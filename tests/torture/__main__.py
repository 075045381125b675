"""Torture Beleg's storage and say how it fared: `python -m tests.torture --kills 500`.

Ends with 1 at the first promise that is broken, and leaves what it worked on to be looked at.
"""

# ruff: noqa: T201 - a command
from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.torture.backups import compare_backup
from tests.torture.damage import damage_everything
from tests.torture.disk import available
from tests.torture.failing import let_each_fail
from tests.torture.kills import BrokenPromiseError, Killing
from tests.torture.power import cut


def main() -> int:
    """Run what is asked for, and print a summary of each part as it ends."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--power-cuts", type=int, default=500)
    parser.add_argument("--damages", type=int, default=100, help="of each kind of file")
    parser.add_argument("--questions", type=int, default=200, help="to a backup and its origin")
    parser.add_argument("--every", type=int, default=1, help="let every so manieth call fail")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--log", type=Path, help="file for the summary as well")
    asked = parser.parse_args()
    logging.disable(logging.CRITICAL)  # every fault is logged where it is found
    directory = Path(tempfile.mkdtemp(prefix="beleg-torture-"))
    parts: dict[str, Callable[[Path], list[str]]] = {
        "kills": lambda place: Killing(place, asked.seed).run(asked.kills).lines(),
        "backup": lambda place: compare_backup(place, asked.questions).lines(),
        "damages": lambda place: damage_everything(place, asked.damages, asked.seed).lines(),
    }
    if available():
        parts["power"] = lambda place: cut(place, asked.power_cuts, asked.seed).lines()
        parts["failing"] = lambda place: let_each_fail(place, step=asked.every).lines()
    else:
        print("This Python's SQLite cannot be reached: no power cuts, no failing calls.")
    said = [f"seed {asked.seed}"]
    for name, part in parts.items():
        place = directory / name
        place.mkdir()
        begun = time.monotonic()
        try:
            lines = part(place)
        except BrokenPromiseError as broken:
            print(f"{name}: BROKEN: {broken}\nIt lies in {place}", file=sys.stderr)
            return 1
        said += [*lines, f"({time.monotonic() - begun:.0f} s)"]
        print("\n".join([*lines, said[-1]]), flush=True)
    if asked.log is not None:
        asked.log.write_text("\n".join(said) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
