"""Cut the power at any moment: what was not synchronised is there, or not, sector by sector."""

from __future__ import annotations

import bisect
import random
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from index.reindex import Reindexing
from tests.making import make_article, make_corpus
from tests.torture.disk import Disk, after_power_cut, write_files
from tests.torture.kills import BrokenPromiseError
from tests.torture.worker import Mirrored, opened

_CHANGES = 40
_REINDEX_AT = 25


@dataclass(slots=True)
class Cuts:
    """How often the power was cut, and when."""

    amid: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """Return the summary."""
        shown = ", ".join(f"{name} {count}" for name, count in sorted(self.amid.items()))
        return [f"power cuts: {self.amid.total()} (amid {shown}); nothing acknowledged was lost"]


@dataclass(frozen=True, slots=True)
class _Moment:
    """What was there after a call, and what was being done from then on."""

    calls: int
    present: frozenset[int]
    doing: str


def cut(directory: Path, times: int, seed: int = 7) -> Cuts:
    """Work once and remember, then cut the power so often in what is remembered."""
    chance = random.Random(seed)
    data = directory / "data"
    path = data / "corpora" / "local.sqlite3"
    corpus = make_corpus(path.parent, name="local")
    for i in range(3):
        corpus.add(make_article(f"Stück {i} steht hier. " * 20, url=f"https://example.org/{i}"))
    corpus.close()
    before = {str(file): file.read_bytes() for file in path.parent.iterdir()}
    moments, disk = _work(data, chance)
    cuts = Cuts()
    begins = [moment.calls for moment in moments]
    for _ in range(times):
        number = chance.randint(0, len(disk.calls))
        at = bisect.bisect_right(begins, number) - 1
        target = directory / "after"
        write_files(after_power_cut(before, disk.calls[:number], chance), data, target)
        _check(target, moments[at], moments[at + 1] if at + 1 < len(moments) else None)
        cuts.amid[moments[at].doing] += 1
        shutil.rmtree(target)
    return cuts


def _work(data: Path, chance: random.Random) -> tuple[list[_Moment], Disk]:
    with Disk() as disk:
        disk.remembers = True
        corpus = opened(data)
        present = {one.id for one in corpus.articles()}
        moments = []

        def begin(doing: str) -> None:
            moments.append(_Moment(len(disk.calls), frozenset(present), doing))

        moments.append(_Moment(0, frozenset(present), "opening"))
        for number in range(_CHANGES):
            if number == _REINDEX_AT:
                corpus.close()
                begin("reindexing")
                with Reindexing(corpus.database.path, Mirrored()) as reindexing:
                    reindexing.prepare(lambda items, _: items)
                    reindexing.take_over()
                corpus = opened(data)
            choice = chance.random()
            if choice < 0.3 and len(present) > 2:
                gone = chance.choice(sorted(present))
                begin("removing")
                corpus.remove(gone)
                present.discard(gone)
            elif choice < 0.5:
                old = chance.choice(sorted(present))
                article = corpus.article(old).article
                begin("updating")
                stored = corpus.add(make_article(f"Neu {number}. " * 30, url=article.url)).stored
                present ^= {old, stored.id}
            else:
                begin("adding")
                url = f"https://example.org/new/{number}"
                present.add(corpus.add(make_article(f"Kommt {number}. " * 30, url=url)).stored.id)
        begin("closing")
        corpus.close()
        begin("nothing")
    return moments, disk


def _check(data: Path, now: _Moment, then: _Moment | None) -> None:
    corpus = opened(data)
    there = frozenset(one.id for one in corpus.articles())
    if there not in {now.present, then.present if then else now.present}:
        raise BrokenPromiseError(f"{now.doing}: {sorted(there)} instead of {sorted(now.present)}")
    owners = {p.stored.id for passages, _ in corpus._store.everything() for p in passages}
    if owners != there or corpus.withheld():
        raise BrokenPromiseError(f"{now.doing}: half an article")
    if corpus.database.check() is not None:
        raise BrokenPromiseError(f"{now.doing}: {corpus.database.damage}")
    corpus.close()
