"""Measure on developing stories: articles come in as they appeared, questions at their moments."""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.answer import Answering
from bot.evaluate_watches import evaluate_watches
from bot.news.relations import Relation, relation_of
from bot.scratch_corpus import Progress
from bot.story_coming import coming_in_time
from bot.story_judge import StoryJudged, judge
from bot.story_set import Pair, StoryQuestion, read_pairs, read_story_questions
from bot.types import Answer
from index.corpus import Corpus
from index.library import Library
from index.protocols import Embedder
from index.types import StoredArticle

_RELATIONS = ("copy", "new_version", "corrects", "supersedes")
Share = tuple[int, int]  # how many of how many


@dataclass(frozen=True, slots=True)
class StoryReport:
    """The figures of a set: each a share of the questions that ask for it."""

    articles: int
    questions: int
    figures: dict[str, Share]
    milliseconds: float
    details: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the report for a program."""
        shares = {
            name: {"right": right, "of": of, "share": round(right / of, 3) if of else None}
            for name, (right, of) in self.figures.items()
        }
        return {"articles": self.articles, "questions": self.questions, "figures": shares}

    def as_text(self) -> str:
        """Return the report as a table for a person."""
        width = max(map(len, self.figures)) + 2
        rows = [
            f"{name.ljust(width)}{f'{right} of {of}'.rjust(10)}{_percent(right, of).rjust(8)}"
            for name, (right, of) in self.figures.items()
        ]
        head = f"{self.articles} articles, {self.questions} questions"
        return "\n".join([*self.details, head, "", *rows])


def evaluate_stories(
    articles: Path,
    questions: Path,
    more_articles: Sequence[Path],
    embedder: Embedder,
    *,
    progress: Progress[object],
    answering: Answering,
    details: bool = False,
) -> StoryReport:
    """Replay the articles in the order of their moments, and ask each question at its own.

    An article without a date is there from the beginning. Beside the questions, "pairs.jsonl" says
    which articles relate how. Raises SettingError for a file that cannot be read as what it is.
    """
    asked = sorted(read_story_questions(questions), key=lambda one: one.asked_at)
    pairs = read_pairs(questions.with_name("pairs.jsonl"))
    coming = coming_in_time([articles, *more_articles])
    known: dict[str, StoredArticle] = {}
    judged: list[StoryJudged] = []
    lines: list[str] = []
    with tempfile.TemporaryDirectory(prefix="beleg-stories-") as directory:
        library = Library(Path(directory), embedder)
        try:
            corpus = library.corpus("stories")
            waiting = list(coming)
            for question in progress(asked, "questions"):
                if not isinstance(question, StoryQuestion):
                    raise TypeError("progress yields what it is given")
                while waiting and waiting[0].at(question.asked_at):
                    waiting.pop(0).into(corpus, known)
                one, answer = _ask(corpus, answering, question)
                judged.append(one)
                if details:
                    lines += _detail(one, answer)
            for rest in waiting:
                rest.into(corpus, known)
            related = [(pair, _relation(corpus, known, pair)) for pair in pairs]
        finally:
            library.close()
    watches = evaluate_watches(
        coming, asked, pairs, embedder, answering=answering, progress=progress
    )
    if details:
        lines += watches.details
        lines += [f"{p.relation} {p.one} {p.other}: {found}" for p, found in related]
    return StoryReport(
        articles=len(coming),
        questions=len(asked),
        figures={**_figures(judged), **_of_pairs(related), **watches.figures()},
        milliseconds=sum(one.milliseconds for one in judged) / max(1, len(judged)),
        details=tuple(lines),
    )


def _ask(
    corpus: Corpus, answering: Answering, question: StoryQuestion
) -> tuple[StoryJudged, Answer]:
    begun = time.perf_counter()
    answer = answering.answer(corpus, question.text, now=question.asked_at)
    took = 1000.0 * (time.perf_counter() - begun)
    account = answering.account(corpus, question.text, now=question.asked_at)
    return judge(question, answer, account, took), replace(answer, account=account)


def _relation(corpus: Corpus, known: dict[str, StoredArticle], pair: Pair) -> str | None:
    """Return how Beleg takes two articles to be related, as far as the pair's relation goes."""
    one, other = known.get(pair.one), known.get(pair.other)
    if one is None or other is None or one.id == other.id:
        return None
    found = relation_of(corpus, one, other)
    if pair.relation == Relation.NEW_VERSION and other.id in _versions(corpus, one):
        return pair.relation
    return found.value if found else None


def _versions(corpus: Corpus, one: StoredArticle) -> list[int]:
    return [version.id for version in corpus.versions(one.id)]


def _of_pairs(related: Sequence[tuple[Pair, str | None]]) -> dict[str, Share]:
    figures: dict[str, Share] = {}
    asked = [(pair, found) for pair, found in related if pair.relation in _RELATIONS]
    if asked:
        right = [_same(pair.relation, found) for pair, found in asked]
        figures["pairs: relation recognised"] = sum(right), len(right)
        others = [found for pair, found in related if pair.relation not in _RELATIONS]
        if others:
            figures["pairs: other pairs taken for one"] = len([f for f in others if f]), len(others)
    return figures


def _same(relation: str, found: str | None) -> bool:
    # What corrects replaces too, and the other way round: both say that the older does not hold.
    replaces = {"corrects", "supersedes"}
    return found == relation or (relation in replaces and found in replaces)


def _figures(judged: Sequence[StoryJudged]) -> dict[str, Share]:
    by_kind: defaultdict[str, list[StoryJudged]] = defaultdict(list)
    for one in judged:
        by_kind[one.question.kind].append(one)

    def share(kind: str, test: Callable[[StoryJudged], bool | None]) -> Share:
        found = [value for one in by_kind[kind] if (value := test(one)) is not None]
        return sum(found), len(found)

    matched = sum(one.matched for one in by_kind["history"])
    expected = sum(len(one.question.expected) for one in by_kind["history"])
    shown = sum(one.shown for one in by_kind["history"])
    alone = [one.conflict for kind in ("current", "single", "asof") for one in by_kind[kind]]
    return {
        "current: right value leads": share("current", lambda one: one.leads),
        "current: claimant and hedge": share("current", lambda one: one.claimed),
        "asof: right value leads, period named": share(
            "asof", lambda one: one.leads and one.period
        ),
        "asof: right value leads": share("asof", lambda one: one.leads),
        "single: right value leads": share("single", lambda one: one.leads),
        "conflict: all differing values, none else": share("conflict", lambda one: one.differing),
        "one value shown as a conflict": (sum(alone), len(alone)),
        "history: recall": (matched, expected),
        "history: precision": (matched, shown),
        "unanswerable: answered": share("unanswerable", lambda one: one.answered),
    }


def _percent(right: int, of: int) -> str:
    return f"{100 * right / of:.1f} %" if of else "-"


def _detail(one: StoryJudged, answer: Answer) -> list[str]:
    """Say what was asked, expected and shown: to see what went wrong."""
    question, account = one.question, answer.account
    right = {
        "history": f"{one.matched}/{len(question.expected)} of {one.shown}",
        "conflict": f"differing={one.differing}",
        "unanswerable": f"answered={one.answered}",
    }.get(question.kind, f"leads={one.leads} claimed={one.claimed} conflict={one.conflict}")
    period = f" period={one.period} {account.days if account else None}" * (question.kind == "asof")
    lines = [f"{question.id} {question.kind}: {right}{period} | {question.text}"]
    lines += [
        f"    expected {e.article} {e.least}-{e.most} {e.claimant!r} {e.hedge!r} {e.span!r}"
        for e in question.expected
    ]
    for claim in account.claims if account else ():
        holds = "*" if account and claim in account.current else " "
        figure = claim.figure
        lines.append(
            f"   {holds} {claim.stored.article.source_id} {claim.value.text!r}"
            f" {f'{figure.least}-{figure.most} {figure.unit}' if figure else None}"
            f" by {claim.claimant.text if claim.claimant else None!r}"
            f" {claim.hedge.text if claim.hedge else None!r} | {claim.quote.sentence.text[:90]!r}"
        )
    if not account or not account.claims:
        lines += [
            f"      {quote.stored.article.source_id} {quote.text[:90]!r}" for quote in answer.quotes
        ]
    return [*lines, f"      confidence {answer.confidence:.2f}", ""]
