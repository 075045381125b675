"""Let every write, truncation and synchronisation fail once: the first, the second, … the last."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from index.corpus import Corpus
from index.errors import StoreError
from index.reindex import Reindexing
from tests.fakes import HashingEmbedder
from tests.making import make_article, make_corpus
from tests.torture.disk import FULL, IO_WRITE, Disk
from tests.torture.kills import BrokenPromiseError
from tests.torture.worker import Mirrored

_ARTICLES = 4
_LONG = "Das steht auch noch da. " * 25


@dataclass(slots=True)
class Faults:
    """How many calls were let fail, by what was being done and how it ended."""

    ended: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """Return the summary."""
        return [f"failing calls: {self.ended.total()}"] + [
            f"  {name}: {count}" for name, count in sorted(self.ended.items())
        ]


def _add(corpus: Corpus) -> None:
    corpus.add(make_article(f"Neu hier. {_LONG}", url="https://example.org/new"))


def _update(corpus: Corpus) -> None:
    corpus.add(make_article(f"Anders jetzt. {_LONG}", url="https://example.org/2"))


def _remove(corpus: Corpus) -> None:
    corpus.remove(3)


def _purge(corpus: Corpus) -> None:
    corpus.purge()


def _reindex(corpus: Corpus) -> None:
    with Reindexing(corpus.database.path, Mirrored()) as reindexing:
        reindexing.prepare(lambda items, _: items)


WORK: dict[str, Callable[[Corpus], None]] = {
    "add": _add,
    "update": _update,
    "remove": _remove,
    "purge": _purge,
    "reindex": _reindex,
}


def _wished(name: str, before: set[int]) -> set[int]:
    """Return the articles that are there when the work is done; a new one has the next number."""
    new = {max(before) + 1}
    return {"add": before | new, "update": before - {2} | new, "remove": before - {3}}.get(
        name, before
    )


def let_each_fail(directory: Path, *, step: int = 1) -> Faults:
    """Go through all work, kinds of failure and numbers; BrokenPromiseError at the first fault.

    With a `step` only every so manieth call is let fail.
    """
    base = directory / "base"
    corpus = make_corpus(base)
    for i in range(1, _ARTICLES + 1):
        corpus.add(make_article(f"Stück {i} steht hier. {_LONG}", url=f"https://example.org/{i}"))
    corpus.close()
    faults = Faults()
    for name in WORK:
        for code, once in ((FULL, False), (IO_WRITE, True), (IO_WRITE, False)):
            number = 1
            while True:
                fault = (number, code, once)
                ended = _one(base, directory / "run", name, fault)
                if ended is None:
                    break
                faults.ended[f"{name}, {'once' if once else 'from then on'}: {ended}"] += 1
                number += step
    return faults


def _one(base: Path, run: Path, name: str, fault: tuple[int, int, bool]) -> str | None:
    """Let one call fail, and say how the work ended; None where there is no such call any more."""
    shutil.rmtree(run, ignore_errors=True)
    shutil.copytree(base, run)
    number, code, once = fault
    with Disk() as disk:
        corpus = Corpus(run / "test.sqlite3", HashingEmbedder())
        before = {one.id for one in corpus.articles()}
        corpus.search("Was steht hier?", 3)
        disk.fail(number, code=code, once=once)
        try:
            WORK[name](corpus)
            ended = "done"
        except StoreError:
            ended = "refused"
        reached = disk.count >= number
        if not corpus.search("Was steht hier?", 3).hits:
            raise BrokenPromiseError(f"{name} {fault}: no answers while the disk is full")
        disk.heal()
        if corpus.database.damage is not None:
            raise BrokenPromiseError(f"{name} {fault}: a full disk is no damage")
        # Whoever was refused finds everything as it was.
        there = _wished(name, before) if ended == "done" else before
        _check(corpus, there, f"{name} {fault} {ended}")
        # It works again, without a restart.
        new = corpus.add(make_article("Wieder da.", url="https://example.org/again")).stored.id
        corpus.remove(1)
        there = there - {1} | {new}
        _check(corpus, there, f"{name} {fault} {ended}, after it")
        corpus.close()
        again = Corpus(run / "test.sqlite3", HashingEmbedder())
        _check(again, there, f"{name} {fault} {ended}, opened again")
        again.close()
    return ended if reached else None


def _check(corpus: Corpus, expected: set[int], when: str) -> None:
    there = {one.id for one in corpus.articles()}
    if there != expected or corpus.withheld():
        raise BrokenPromiseError(f"{when}: {there} instead of {expected}, {corpus.withheld()}")
    everything = [p for passages, _ in corpus._store.everything() for p in passages]
    if {p.stored.id for p in everything} != expected:
        raise BrokenPromiseError(f"{when}: half an article")
    if corpus._indexes().vectors.ids() != {i for p in everything for i in p.sentence_ids}:
        raise BrokenPromiseError(f"{when}: the index is unlike the store")
