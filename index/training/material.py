"""Read the training material: files of JSON lines, packed or not, without what is measured by."""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from index.training.overlap import HeldOut

Record = dict[str, object]

# A language pair of less support by its aligner is mostly free translation.
_SUPPORTED = 0.35
_LONGEST = 600  # characters of a sentence
# Manuals say the same in few words again and again, and exercises are short; news is scarce.
MOST_OF_SOURCE = 5_000
MOST: Mapping[str, int] = {"tatoeba": 85_000, "debian-web": 9_000, "mlqe-pe": 9_000}
REPEATED: Mapping[str, int] = {"ntrex": 3, "ud-pud": 3, "gut-leben-bericht": 3, "cwa-website": 2}


@dataclass(frozen=True, slots=True)
class Pair:
    """A German sentence and its English translation."""

    german: str
    english: str
    source: str


def records(path: Path) -> Iterator[Record]:
    """Yield the objects of a file of JSON lines; `.gz` is unpacked."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def texts_of(paths: Iterable[Path]) -> Iterator[str]:
    """Yield the articles and questions of evaluation sets, to hold them out."""
    for path in paths:
        for record in records(path):
            yield from (str(record[name]) for name in ("text", "question") if name in record)


def pairs_of(path: Path, held_out: HeldOut, chance: random.Random) -> list[Pair]:
    """Return the pairs to learn from: so many of each source, the scarce ones several times."""
    pairs = {
        Pair(str(record["de"]), str(record["en"]), str(record["source"])): None
        for record in records(path)
        if _usable(record) and not held_out.shares(str(record["de"]))
    }
    shuffled = chance.sample(list(pairs), len(pairs))
    taken: Counter[str] = Counter()
    chosen = []
    for pair in shuffled:
        if taken[pair.source] < MOST.get(pair.source, MOST_OF_SOURCE):
            taken[pair.source] += 1
            chosen += [pair] * REPEATED.get(pair.source, 1)
    return chosen


def _usable(record: Record) -> bool:
    support = record.get("score", 1.0)
    lengths = (len(str(record["de"])), len(str(record["en"])))
    return (
        isinstance(support, int | float)
        and support >= _SUPPORTED
        and min(lengths) > 1
        and max(lengths) <= _LONGEST
    )
