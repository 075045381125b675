"""Whether what Beleg says of a developing story is right: by number, range or words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.news.claim import Account, Claim
from bot.story_set import ExpectedClaim, StoryQuestion
from bot.types import Answer, Quote
from index.terms import fold, tokens

# Of the words expected, this share stands in what is quoted.
_MOST_OF_IT = 0.5
_ALIKE = 5  # letters at the beginning by which two words are taken for one
# An expected claimant is German, whatever language the article is written in.
_IN_GERMAN = {
    "police": "Polizei",
    "interior ministry": "Innenministerium",
    "health": "Gesundheit",
    "ministry": "Ministerium",
    "mayor": "Bürgermeister Oberbürgermeister",
    "town hall": "Rathaus Stadt",
    "city hall": "Rathaus Stadt",
    "council": "Stadtrat Rat",
    "fire service": "Feuerwehr",
    "union": "Gewerkschaft",
    "company": "Unternehmen Firma",
    "operator": "Betreiber",
    "court": "Gericht",
    "prosecutor": "Staatsanwaltschaft",
    "hospital": "Klinik Krankenhaus",
    "government": "Regierung",
    "league": "Liga",
    "party": "Partei",
    "university": "Universität",
    "airport": "Flughafen",
    "bank": "Bank",
    "minister": "Minister Ministerin",
}


@dataclass(frozen=True, slots=True)
class StoryJudged:
    """What became of one question; None where its kind does not ask for it."""

    question: StoryQuestion
    answered: bool
    leads: bool | None = None  # the right value, from an accepted article
    claimed: bool | None = None  # claimant and hedge of what leads
    period: bool | None = None  # the period was understood
    differing: bool | None = None  # all differing values and none else
    conflict: bool = False  # shown as one
    matched: int = 0  # values of a history in their order
    shown: int = 0
    milliseconds: float = 0.0


def judge(question: StoryQuestion, answer: Answer, account: Account, took: float) -> StoryJudged:
    """Compare an answer, and the account that was asked for, with what is expected."""
    said = answer.account
    lead = said.current[0] if said and said.current else None
    first = answer.quotes[0] if answer.quotes else None
    conflict = answer.answered and said is not None and said.differs
    if question.kind == "unanswerable":
        return StoryJudged(question, answer.answered, conflict=conflict, milliseconds=took)
    if question.kind == "history":
        matched = _in_order(question.expected, account.claims, question)
        return StoryJudged(
            question, answer.answered, matched=matched, shown=len(account.claims), milliseconds=took
        )
    if question.kind == "conflict":
        current = said.current if said and answer.answered else ()
        hits = [[_is(one, claim, question) for claim in current] for one in question.expected]
        whole = all(map(any, hits)) and all(any(column) for column in zip(*hits, strict=True))
        return StoryJudged(
            question, answer.answered, differing=whole, conflict=conflict, milliseconds=took
        )
    expected = question.expected[0]
    leads = answer.answered and (
        _is(expected, lead, question)
        if lead is not None
        else first is not None and _quotes(expected, first, question)
    )
    return StoryJudged(
        question,
        answer.answered,
        leads=leads,
        claimed=_claimed(expected, lead) if expected.claimant or expected.hedge else None,
        period=_period(expected, said) if question.kind == "asof" else None,
        conflict=conflict,
        milliseconds=took,
    )


def _is(expected: ExpectedClaim, claim: Claim, question: StoryQuestion) -> bool:
    """Whether a claim is the expected one: its number where it has one, else its words."""
    if expected.least is None or expected.most is None:
        return _quotes(expected, claim.quote, question)
    if claim.stored.article.source_id not in question.accepted:
        return False
    figure = claim.figure
    return figure is not None and (figure.least, figure.most) == (expected.least, expected.most)


def _quotes(expected: ExpectedClaim, quote: Quote, question: StoryQuestion) -> bool:
    """Whether the sentences that answer have the expected words, in an article that may say so."""
    article = quote.stored.article
    spans = [span for one, span in question.also if one == article.source_id]
    if article.source_id == expected.article:
        spans.append(expected.span)
    parts = [part.span.text for part in quote.parted()]
    return any(_has(part, span) for part in parts for span in spans)


def _has(text: str, span: str) -> bool:
    words, wanted = _words(text), _words(span)
    if " ".join(wanted) in " ".join(words):
        return True
    return sum(word in words for word in wanted) > _MOST_OF_IT * len(wanted) and bool(
        # of two sentences that share an expected span, the one with its beginning counts
        wanted and wanted[0] in words
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _claimed(expected: ExpectedClaim, claim: Claim | None) -> bool:
    if claim is None:
        return False
    if expected.hedge and not _hedged(expected.hedge, claim):
        return False
    return not expected.claimant or _names(expected.claimant, claim)


def _hedged(hedge: str, claim: Claim) -> bool:
    shown = claim.hedge.text if claim.hedge else ""
    return bool(shown) and (fold(hedge) in fold(shown) or fold(shown) in fold(hedge))


def _names(claimant: str, claim: Claim) -> bool:
    """Whether the claimant shown shares a name with the expected one."""
    if claim.claimant is None:
        # What is not said by anybody in particular is said by the paper.
        outlet = claim.stored.article.outlet
        return outlet is not None and fold(claimant) == fold(outlet)
    shown = claim.claimant.text
    shown += "".join(f" {de}" for en, de in _IN_GERMAN.items() if en in shown.lower())
    ours, theirs = _beginnings(claimant), _beginnings(shown)
    return any(
        one.startswith(other[:_ALIKE]) or other.endswith(one) or one.endswith(other)
        for one in ours
        for other in theirs
    )


def _beginnings(text: str) -> set[str]:
    return {fold(text[t.start : t.end].lower()) for t in tokens(text) if not t.stop}


def _period(expected: ExpectedClaim, account: Account | None) -> bool:
    """Whether a period was named that ends at or after the claim, and does not begin after it.

    A claim from before a day holds on that day: of a single day it may be some days older.
    """
    days = account.days if account else None
    if days is None:
        return False
    made = expected.made.date()
    return days.last is None or made <= days.last


def _in_order(
    expected: Sequence[ExpectedClaim], claims: Sequence[Claim], question: StoryQuestion
) -> int:
    """Return how many expected values come in their order: the longest common subsequence."""
    same: Callable[[ExpectedClaim, Claim], bool] = lambda one, claim: _is(one, claim, question)  # noqa: E731
    row = [0] * (len(claims) + 1)
    for one in expected:
        before, row = row, [0]
        for i, claim in enumerate(claims):
            row.append(max(row[-1], before[i + 1], before[i] + 1 if same(one, claim) else 0))
    return row[-1]
