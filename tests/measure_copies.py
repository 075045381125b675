"""How well copies are told from other reports: `python -m tests.measure_copies [--seed N]`."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from random import Random

from index.corpus import Corpus
from tests.agency_copies import Told, edited_copy
from tests.fakes import HashingEmbedder
from tests.look_alikes import follow_up, templated
from tests.making import make_article

WIKINEWS = Path("../shared/data/wikinews_de.jsonl")
STORIES = Path("../shared/data/stories/articles.jsonl")
# Shorter ones leave nothing to cut.
FEWEST_WORDS = 60


@dataclass(frozen=True)
class Figures:
    """Pairs of one origin: those that are, those that were found, and those that are both."""

    true: int
    found: int
    right: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.true)


def make_set(rows: Sequence[Mapping[str, str]], random: Random) -> list[Told]:
    """Every article; of half of them one to four copies, of a tenth a follow-up; and templates."""
    originals = [Told(row["id"], row["title"], row["text"]) for row in rows]
    told = list(originals)
    long = [one for one in originals if len(one.text.split()) >= FEWEST_WORDS]
    for one in long:
        chance = random.random()
        other = random.choice(long)
        if chance < 0.5:
            told += [
                edited_copy(one, random, random.choice(long).text)
                for _ in range(random.randint(1, 4))
            ]
        elif chance < 0.6 and other is not one:
            fresh = Told(f"{one.group}-later", one.title, other.text)
            # Its own part is new, so it is taken from nothing else in the set.
            shuffled = " ".join(random.sample(fresh.text.split(), len(fresh.text.split())))
            told.append(follow_up(one, random, shuffled, fresh.group))
    return told + templated(random, 12)


def grouped(told: Iterable[Told], directory: Path) -> dict[int, list[Told]]:
    """Add all of it to a corpus in this order, and return it by origin."""
    corpus = Corpus(directory / "copies.sqlite3", HashingEmbedder())
    added = {
        corpus.add(make_article(one.text, title=one.title, source_id=str(number))).stored.id: one
        for number, one in enumerate(told)
    }
    groups: dict[int, list[Told]] = {}
    for article, origin in corpus.origin_of(list(added)).items():
        groups.setdefault(origin, []).append(added[article])
    corpus.close()
    return groups


def figures_of(groups: Mapping[int, Sequence[Told]]) -> Figures:
    """Count pairs of articles."""
    everything = [one for group in groups.values() for one in group]
    found = [pair for group in groups.values() for pair in combinations(group, 2)]
    return Figures(
        true=sum(n * (n - 1) // 2 for n in Counter(one.group for one in everything).values()),
        found=len(found),
        right=sum(one.group == other.group for one, other in found),
    )


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def stories() -> list[Told]:
    """The written stories: what names the text that it copies has its origin."""
    return [
        Told(row["copy_of"] or row["version_of"] or row["id"], row["title"], row["text"])
        for row in read_rows(STORIES)
    ]


def measure(told: Sequence[Told], random: Random) -> tuple[Figures, dict[int, list[Told]]]:
    """Group a set that comes in any order."""
    shuffled = random.sample(told, len(told))
    with tempfile.TemporaryDirectory() as directory:
        groups = grouped(shuffled, Path(directory))
    return figures_of(groups), groups


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--wrong", action="store_true", help="list pairs that are no copies")
    arguments = parser.parse_args()
    rows = read_rows(WIKINEWS)
    _say(f"{'set':<16}{'articles':>9}{'pairs':>7}{'precision':>11}{'recall':>8}")
    sets = {f"wikinews, seed {seed}": seed for seed in arguments.seed}
    for name, seed in sets.items():
        _report(name, make_set(rows, Random(seed)), Random(seed), wrong=arguments.wrong)
    _report("stories", stories(), Random(0), wrong=arguments.wrong)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _report(name: str, told: Sequence[Told], random: Random, *, wrong: bool) -> None:
    figures, groups = measure(told, random)
    _say(
        f"{name:<16}{len(told):>9}{figures.true:>7}{figures.precision:>11.1%}{figures.recall:>8.1%}"
    )
    for group in groups.values() if wrong else ():
        for one, other in combinations(group, 2):
            if one.group != other.group:
                _say(f"    {one.group} ({one.kind}) | {other.group} ({other.kind})")


if __name__ == "__main__":
    main()
