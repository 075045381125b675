"""From sentences that were found to the account of what holds: the one way through the parts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Protocol

from bot.features import Candidate
from bot.news.asked import Asked, Wanted
from bot.news.claim import Account, Claim, Days
from bot.news.collect import collect
from bot.news.events_asked import event_asked, period_of
from bot.news.found import Found
from bot.news.one_quantity import of_one_quantity
from bot.news.organisations import firm_asked, may_name_one
from bot.news.periods_asked import PeriodAsked
from bot.news.relations import relates, share_a_name
from bot.news.standing import by_whom, changed_only, holding, in_order, told_once
from bot.rank import Choice
from bot.types import Question
from index.corpus import Corpus
from index.filter import Filter
from index.reading import Reading
from index.types import Hit, Retrieval

_ALIKE = 0.7


class Choose(Protocol):
    """Chooses sentences of what was found, best first: as a reader judges them or not.

    `loose` leaves in those of articles that have few words of the question.
    """

    def __call__(
        self, question: Question, found: Retrieval, /, *, as_read: bool, loose: bool
    ) -> Sequence[Choice]:
        """Return the sentences, best first."""


Read = Callable[[Question, Sequence[Candidate]], Sequence[Reading | None]]
# Whether an article is about a question at all.
About = Callable[[Question, Choice], bool]


@dataclass(frozen=True, slots=True)
class Accounting:
    """The account of a question, and where it was looked for.

    `narrowed` says that the period of the question has limited what was found.
    """

    account: Account
    found: Retrieval
    only: Filter | None
    narrowed: bool


def account_of(
    corpus: Corpus,
    asked: Asked,
    *,
    passages: int,
    choose: Choose,
    read: Read,
    about: About,
    only: Filter | None = None,
    found: Retrieval | None = None,
) -> Accounting:
    """Return all that is claimed on a question, and what of it holds.

    Where it names a period, what was said after it does not count, and what was said within it
    comes before what was said earlier; where nothing was said by then, everything counts.
    `found` is what the whole question finds, where that is known; `about` says whether an article
    is about a question at all.
    """
    asked, only = _of_outlet(corpus, asked, only)
    passages *= 2 if asked.develops else 1
    for place in _places(corpus, asked, passages, only, found):
        looked = _look(corpus, asked, place, choose, read, about=about)
        if looked.claims:
            break  # else what was said in the period is on other matters
    asked, choices, earlier, claims = looked.asked, looked.choices, looked.earlier, looked.claims
    there = {
        id_
        for id_, stored in {c.claim.stored.id: c.claim.stored for c in claims}.items()
        if corpus.holds(stored)
    }
    claims = [one for one in claims if one.claim.stored.id in there]
    period = asked.period
    asked_of = of_one_quantity(by_whom(claims, asked.question.text, official=asked.official))
    kept, outside = _within(asked_of, period)
    newest = _newest_ids(corpus, earlier)
    ordered = changed_only(in_order(kept), newest)
    told = told_once(ordered, first=asked.develops)
    current = holding(
        told,
        ordered,
        asked,
        newest,
        lambda one, other: relates(one, other) is not None,
    )
    if period is not None and period.earliest and not outside and told:
        current = [_first_said(told).claim]
    return Accounting(
        Account(
            claims=tuple(one.claim for one in told),
            current=tuple(current),
            origins=_origins(corpus, kept),
            days=_days_understood(period, current, outside=outside),
            outdated=frozenset(hit.stored.id for hit in earlier),
            outside=outside,
            develops=asked.develops,
            asks_now=asked.now,
            plain=any(one.plain for one in claims),
            untold=(not told and _is_plain(asked, choices)) or _lacks_firm(asked, told),
        ),
        *place,
    )


_Place = tuple[Retrieval, Filter | None, bool]  # what is found, by which filter, if it is narrower


@dataclass(frozen=True, slots=True)
class _Looked:
    """What was looked at: the question with its period, sentences, older versions, claims."""

    asked: Asked
    choices: Sequence[Choice]
    earlier: Sequence[Hit]
    claims: list[Found]


def _look(
    corpus: Corpus,
    asked: Asked,
    place: _Place,
    choose: Choose,
    read: Read,
    *,
    about: About,
) -> _Looked:
    """Collect the claims of what was found, and of older versions of it."""
    found, where, _ = place
    question = asked.question
    earlier = corpus.earlier(question.text, found.hits)
    hits = (*found.hits, *earlier)
    everything = replace(found, hits=hits) if earlier else found
    loose = asked.develops or (where is not None and bool(where.outlets))
    every = choose(question, everything, as_read=asked.wanted is Wanted.WORDS, loose=True)
    choices = [one for one in every if loose or about(question, one)]
    asked = _with_event(asked, choices)
    claims = collect(
        asked,
        choices,
        partial(read, question),
        every=every,
        alike=counted_alike(asked, found),
        origins=corpus.origin_of(list({hit.stored.id for hit in hits})),
    )
    return _Looked(asked, choices, earlier, claims)


def _places(
    corpus: Corpus,
    asked: Asked,
    passages: int,
    only: Filter | None,
    found: Retrieval | None,
) -> Iterator[_Place]:
    """Yield what is found, by which filter, and whether the period has narrowed it.

    First what was published in the period, then what was published by then, then all.
    """
    question = asked.question
    for narrowed in _narrowed(only, asked.period):
        some = corpus.search(question.text, passages, question.language, only=narrowed)
        if some.hits:
            yield some, narrowed, True
    if found is None or asked.develops or asked.period is not None:
        found = corpus.search(question.text, passages, question.language, only=only)
    yield found, only, False


def _of_outlet(corpus: Corpus, asked: Asked, only: Filter | None) -> tuple[Asked, Filter | None]:
    """Limit a question to the outlet that it asks about: "Was hat der Tagesruf gemeldet?"."""
    text = asked.question.text
    if (only is not None and only.outlets) or not _REPORTS.search(text):
        return asked, only
    for outlet in corpus.filters.outlets():
        named = re.search(rf"\b{re.escape(outlet)}\b", text, re.IGNORECASE)
        if named is None or len(outlet) < _SHORTEST_OUTLET:
            continue
        rest = " ".join(f"{text[: named.start()]} {text[named.end() :]}".split())
        outlets = frozenset({outlet})
        only = replace(only, outlets=outlets) if only else Filter(outlets=outlets)
        return replace(asked, question=replace(asked.question, text=rest)), only
    return asked, only


_SHORTEST_OUTLET = 4
_REPORTS = re.compile(
    r"\b(?:gemeldet|berichtet\w*|geschrieben|schrieb|schreibt|meldete|meldet|nannte|genannt"
    r"|reported?"
    r"|wrote|published|laut)\b",
    re.IGNORECASE,
)


def _narrowed(only: Filter | None, period: PeriodAsked | None) -> list[Filter]:
    """Return filters that leave out what was published after a period, the narrowest first."""
    days = period.days if period else None
    if days is None or days.last is None:
        return []
    own = only or Filter(last_day=days.last)
    last = days.last if own.last_day is None else min(own.last_day, days.last)
    starts = [day for day in (own.first_day, days.first) if day is not None]
    wanted: list[date | None] = [max(starts)] if starts else []
    if own.first_day not in wanted:
        wanted.append(own.first_day)
    return [
        replace(own, first_day=first, last_day=last)
        for first in wanted
        if first is None or first <= last
    ]


def _within(claims: Sequence[Found], period: PeriodAsked | None) -> tuple[list[Found], bool]:
    """Return the claims that a period leaves, and whether it had none at all.

    What was said within it, else what was said before it and still held.
    """
    if period is None or period.days is None:
        return list(claims), False
    dated = [one for one in claims if one.claim.made is not None]
    before = [one for one in dated if one.claim.made and not period.is_over(one.claim.made)]
    within = [one for one in before if one.claim.made and period.has(one.claim.made)]
    if within:
        return within, False
    if before:
        return before, False
    return list(claims), True


def _with_event(asked: Asked, choices: Sequence[Choice]) -> Asked:
    """Return a question with the period that an event in it names, as far as articles tell."""
    event = event_asked(asked.question.text) if asked.period is None else None
    if event is None or asked.develops:
        return asked
    names = [choice.candidate.figures["missing_proper"] for choice in choices]
    stored = {
        choice.candidate.hit.stored.id: choice.candidate.hit.stored
        for choice, missing in zip(choices, names, strict=True)
        if missing <= min(names)
    }
    if not stored:
        return asked
    best = next(iter(stored.values()))
    # A question that names nobody is of the story of what answers best.
    articles = [one.article for one in stored.values() if one is best or share_a_name(one, best)]
    return replace(asked, period=period_of(event, articles))


def _days_understood(
    period: PeriodAsked | None, current: Sequence[Claim], *, outside: bool
) -> Days | None:
    """Return the days of a period; where it is what was said first, until when that was."""
    if period is None or period.days is not None or outside:
        return period.days if period else None
    made = current[0].made if period.earliest and current else None
    return Days(None, made.day) if made is not None else None


def _is_plain(asked: Asked, choices: Sequence[Choice]) -> bool:
    """Whether it is known what a figure must be of, well enough to say that there is none.

    Where things are counted, several articles on the matter must be without it: one may only have
    written it in a way that nobody reads.
    """
    if asked.wanted is not Wanted.FIGURE:
        return False
    if asked.units or asked.fates or asked.objects or (asked.person and asked.counted):
        return True
    names = [choice.candidate.figures["missing_proper"] for choice in choices]
    articles = {
        choice.candidate.hit.stored.id
        for choice, missing in zip(choices, names, strict=True)
        if missing <= min(names)
    }
    return bool(asked.counted) and len(articles) > 1


def _lacks_firm(asked: Asked, told: Sequence[Found]) -> bool:
    """Whether a question asks which firm it is, and no sentence that may answer names any."""
    text = asked.question.text
    if asked.wanted is not Wanted.WORDS or asked.develops or not told or not firm_asked(text):
        return False
    return not any(may_name_one(text, one.claim.quote.sentence.text) for one in told)


def _first_said(told: Sequence[Found]) -> Found:
    return next((one for one in told if not one.retold), told[0])


def _newest_ids(corpus: Corpus, earlier: Sequence[Hit]) -> dict[int, int]:
    """Map each older version to the article that is current."""
    return {id_: corpus.newest(id_) for id_ in {hit.stored.id for hit in earlier}}


def counted_alike(asked: Asked, found: Retrieval) -> frozenset[str]:
    """Return the terms of the corpus that are like those that are counted or have a price."""
    wanted = asked.counted | asked.objects
    if asked.wanted is not Wanted.FIGURE or not wanted:
        return frozenset()
    return frozenset(
        other
        for term in found.terms
        if term.term in wanted
        for other, like in term.similar.items()
        if like >= _ALIKE
    )


def _origins(corpus: Corpus, claims: Sequence[Found]) -> int:
    ids = list({one.claim.stored.id for one in claims})
    return len(set(corpus.origin_of(ids).values())) if ids else 0
