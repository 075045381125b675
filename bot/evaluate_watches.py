"""Replay stories article by article with watches set: alerts at real changes, and false ones.

What a real change is follows from what the questions of a story expect. Its questions on one
quantity (figures of one unit, linked by a common expectation) give a series: article by article the
values that are right. A change is real where an article has a value that none of the values before
it agrees with. Each question on the quantity is watched from the article of the first value on, as
by somebody who has read it. An alert is right where its article brings a real change and one of the
values told is that of the change. It is false where its article has no expected value of that unit;
an alert at another expected value of the story is neither, nor is one at a version
of an article that a later one replaces, which nobody can know by then.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.answer import Answering
from bot.news.agreement import figures_agree
from bot.news.claim import Claim, Figure
from bot.scratch_corpus import Progress
from bot.story_coming import Coming
from bot.story_set import ExpectedClaim, Pair, StoryQuestion
from bot.watch_change import Change
from bot.watch_compare import compare, holding_now
from bot.watch_places import place_of
from index.corpus import Corpus
from index.library import Library
from index.protocols import Embedder
from index.watch_table import Watch, WatchTable

_NEW_VERSION = "new_version"
_WATCHED = ("current", "history", "conflict", "single")


@dataclass(frozen=True, slots=True)
class Quantity:
    """What one quantity of a story is, article by article, and the questions that ask for it.

    `first` is the article of the first value; `changes` maps the articles of real changes to the
    values that they bring; `expected` are all articles with an expected value of that unit.
    """

    story: str
    questions: tuple[str, ...]
    first: str
    changes: dict[str, tuple[Figure, ...]]
    expected: frozenset[str]


@dataclass(frozen=True, slots=True)
class WatchReport:
    """Real changes that were told, of how many, and alerts at nothing, in how many stories."""

    told: int
    changes: int
    false: int
    stories: int
    details: tuple[str, ...] = ()

    def figures(self) -> dict[str, tuple[int, int]]:
        """Return the rows of the table; none where no value ever changes."""
        if not self.changes:
            return {}
        return {
            "watch: alerts at real changes": (self.told, self.changes),
            "watch: false alerts, of stories": (self.false, self.stories),
        }


def quantities_of(questions: Sequence[StoryQuestion]) -> list[Quantity]:
    """Return the quantities of stories; those whose value never changes belong to it."""
    by_unit: defaultdict[tuple[str, str], list[StoryQuestion]] = defaultdict(list)
    for question in questions:
        units = {one.unit for one in question.expected if one.unit and _figure(one) is not None}
        for unit in units:
            by_unit[question.story, unit].append(question)
    found = []
    for (story, unit), asked in by_unit.items():
        expected = frozenset(e.article for q in asked for e in _of(q, unit)) | frozenset(
            article for q in asked for article, _ in q.also
        )
        for group in _linked(asked, unit):
            texts = tuple(dict.fromkeys(q.text for q in group if q.kind in _WATCHED))
            if texts:
                first, changes = _changes(e for q in group for e in _of(q, unit))
                found.append(Quantity(story, texts, first, changes, expected))
    return found


def evaluate_watches(
    coming: Sequence[Coming],
    questions: Sequence[StoryQuestion],
    pairs: Sequence[Pair],
    embedder: Embedder,
    *,
    answering: Answering,
    progress: Progress[object],
) -> WatchReport:
    """Let the articles come in one by one, each compared with the watches that are set by then."""
    quantities = quantities_of(questions)
    replaced = {pair.other for pair in pairs if pair.relation == _NEW_VERSION}
    waiting = {(i, text) for i, one in enumerate(quantities) for text in one.questions}
    watched: dict[int, tuple[Quantity, str, set[str]]] = {}
    false, lines = 0, list[str]()
    with tempfile.TemporaryDirectory(prefix="beleg-watches-") as directory:
        library = Library(Path(directory), embedder)
        try:
            corpus = library.corpus("stories")
            table = WatchTable(corpus.database)
            for one in progress(coming, "watches"):
                if not isinstance(one, Coming):
                    raise TypeError("progress yields what it is given")
                now = one.moment or datetime.now(UTC)
                one.into(corpus, {})
                name = str(one.article.source_id)
                for watch, change in _changed(corpus, table, answering, now):
                    quantity, _, told = watched[watch.id]
                    if name in quantity.changes:
                        right = any(_is_told(f, change) for f in quantity.changes[name])
                        told.update({name} if right else ())
                        verdict = "right" if right else "another value"
                    else:
                        known = name in quantity.expected or name in replaced
                        verdict = "neither" if known else "FALSE"
                        false += not known
                    lines.append(_line(verdict, name, watch, change))
                for i, text in sorted(waiting):
                    if quantities[i].first == name:
                        waiting.discard((i, text))
                        watch = _set(corpus, answering, text, now)
                        watched[watch.id] = (quantities[i], text, set())
        finally:
            library.close()
    lines += [
        f"missed {sorted(set(quantity.changes) - told)} | {text}"
        for quantity, text, told in watched.values()
        if set(quantity.changes) - told
    ]
    return WatchReport(
        told=sum(len(told) for _, _, told in watched.values()),
        changes=sum(len(quantity.changes) for quantity, _, _ in watched.values()),
        false=false,
        stories=len({question.story for question in questions}),
        details=tuple(lines),
    )


def _set(corpus: Corpus, answering: Answering, text: str, now: datetime) -> Watch:
    table = WatchTable(corpus.database)
    known = tuple(place_of(claim) for claim in holding_now(answering, corpus, text, now))
    number, newest = len(table.all()) + 1, table.newest_article()
    kept = table.add(Watch(number, None, text, "de", now, seen=newest, known=known))
    if kept is None:
        raise AssertionError("every watch has a person of its own")
    return kept


def _changed(
    corpus: Corpus, table: WatchTable, answering: Answering, now: datetime
) -> list[tuple[Watch, Change]]:
    newest, due = table.due()
    found = []
    for watch in due:
        compared = compare(answering, corpus, watch, now)
        if compared is None:
            table.seen([watch.id], newest)
            continue
        table.compared(watch.id, newest, [place_of(one) for one in compared.known], None, now)
        if compared.change is not None:
            found.append((watch, compared.change))
    return found


def _changes(expected: Iterable[ExpectedClaim]) -> tuple[str, dict[str, tuple[Figure, ...]]]:
    """Return the article of the first value, and those of real changes with their values."""
    by_article: dict[str, list[Figure]] = {}
    for one in sorted(expected, key=lambda e: (e.made, e.article, e.start)):
        figure = _figure(one)
        if figure is not None and figure not in by_article.setdefault(one.article, []):
            by_article[one.article].append(figure)
    (first, held), *later = by_article.items()
    changes = {}
    for article, figures in later:
        new = tuple(f for f in figures if not any(figures_agree(f, one) for one in held))
        if new:
            changes[article] = new
        held = figures
    return first, changes


def _linked(questions: Sequence[StoryQuestion], unit: str) -> list[list[StoryQuestion]]:
    """Put questions together that expect the same value of the same article, over others, too."""
    groups: list[tuple[set[tuple[str, Figure | None]], list[StoryQuestion]]] = []
    for question in questions:
        keys = {(one.article, _figure(one)) for one in _of(question, unit)}
        own = (keys, [question])
        for group in [group for group in groups if group[0] & keys]:
            groups.remove(group)
            own = (own[0] | group[0], [*group[1], *own[1]])
        groups.append(own)
    return [members for _, members in groups]


def _of(question: StoryQuestion, unit: str) -> list[ExpectedClaim]:
    return [one for one in question.expected if one.unit == unit and _figure(one) is not None]


def _figure(one: ExpectedClaim) -> Figure | None:
    return None if one.least is None or one.most is None else Figure(one.least, one.most)


def _is_told(figure: Figure, change: Change) -> bool:
    return any(_is(figure, claim) for claim in change.after)


def _is(figure: Figure, claim: Claim) -> bool:
    shown = claim.figure
    return shown is not None and (shown.least, shown.most) == (figure.least, figure.most)


def _line(verdict: str, article: str, watch: Watch, change: Change) -> str:
    before, after = (
        " / ".join(f"{c.value.text!r} {c.stored.article.source_id}" for c in claims)
        for claims in (change.before, change.after)
    )
    return f"{verdict} {article} {change.kind.value}: {before} -> {after} | {watch.question}"
