"""Throw millions of inputs at the four targets: `python -m tests.fuzz --minutes N`."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.counter import Counter
from tests.fuzz.targets import NAMES

FOLDER = Path(__file__).parents[2] / ".fuzz"
_FASTEST_DEATH = 5.0  # seconds; a fuzzer that dies sooner does not come to work at all


@dataclass(slots=True)
class Tally:
    """What became of one target."""

    target: str
    seconds: float = 0.0
    inputs: int = 0
    corpus: int = 0
    crashes: list[str] = field(default_factory=list)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=4.0, help="for all targets together")
    parser.add_argument("--target", choices=NAMES, action="append", help="only this one")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="corpora, crashes, counts")
    arguments = parser.parse_args()
    names = arguments.target or list(NAMES)
    tallies = []
    for name in names:
        tally = _fuzzed(name, arguments.minutes * 60 / len(names), arguments.folder)
        tallies.append(tally)
        _say(_line(tally))
        for crash in tally.crashes:
            _say(f"  {crash}")
    inputs, crashes = sum(t.inputs for t in tallies), sum(len(t.crashes) for t in tallies)
    minutes = sum(t.seconds for t in tallies) / 60
    _say(f"together: {inputs:,} inputs in {minutes:.1f} minutes, {crashes} crashes")
    return 1 if crashes else 0


def _fuzzed(name: str, seconds: float, folder: Path) -> Tally:
    """Run fuzzers one after the other until the time is up: a hanging input ends one of them."""
    tally = Tally(name)
    crashes = folder / "crashes" / name
    crashes.mkdir(parents=True, exist_ok=True)
    known = set(crashes.iterdir())
    with Counter(folder / f"{name}.count") as counter:
        while seconds - tally.seconds >= 1.0:
            began = time.monotonic()
            left = seconds - tally.seconds
            command = [sys.executable, "-m", "tests.fuzz.fuzzer", name, str(int(left)), str(folder)]
            log = folder / f"{name}.log"
            with log.open("ab") as file:
                subprocess.run(command, stdout=file, stderr=file, check=False)
            took = time.monotonic() - began
            tally.seconds += took
            if took < min(_FASTEST_DEATH, left / 2):
                tally.crashes.append(f"the fuzzer does not start, see {log}")
                break
        tally.inputs = counter.value
    tally.corpus = sum(1 for _ in (folder / "corpus" / name).glob("*"))
    tally.crashes += [str(path) for path in sorted(set(crashes.iterdir()) - known)]
    record = {"target": name, "seconds": round(tally.seconds), "inputs": tally.inputs}
    with (folder / "runs.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({**record, "crashes": tally.crashes}) + "\n")
    return tally


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _line(tally: Tally) -> str:
    return (
        f"{tally.target}: {tally.inputs:,} inputs in {tally.seconds:.0f} s, "
        f"{tally.corpus:,} kept that reach something new, {len(tally.crashes)} crashes"
    )


if __name__ == "__main__":
    sys.exit(main())
