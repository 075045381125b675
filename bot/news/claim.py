"""What a sentence claims: a value, how surely, by whom, of when. Every part is a stretch of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.types import Quote
from index.types import Published, Span, StoredArticle


class Hedge(StrEnum):
    """How a figure is limited."""

    ABOUT = "about"  # rund, etwa, ungefähr, about
    AT_LEAST = "at_least"  # mindestens, mehr als, über, more than
    AT_MOST = "at_most"  # bis zu, höchstens, weniger als, up to
    NEARLY = "nearly"  # knapp, fast, nearly: a little below


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is written, hedge and unit apart; `least` and `most` differ for a range.

    `unit` is a normalised name ("euro", "percent", "metre"), None where things are counted;
    `counted` is what is counted, as the sentence has it ("Verletzte").
    """

    least: Decimal
    most: Decimal
    unit: str | None = None
    counted: str | None = None
    hedge: Hedge | None = None

    def __post_init__(self) -> None:
        """Refuse a range that ends before it begins, and what is no number."""
        if not (self.least.is_finite() and self.most.is_finite()):
            raise ValueError("a figure is a finite number")
        if self.least > self.most:
            raise ValueError("a range ends after it begins")


@dataclass(frozen=True, slots=True)
class Days:
    """The days of which something is said, both included; None where it is open."""

    first: date | None
    last: date | None

    def __post_init__(self) -> None:
        """Refuse days without any limit, and a period that ends before it begins."""
        if self.first is None and self.last is None:
            raise ValueError("a period begins or ends")
        if self.first and self.last and self.first > self.last:
            raise ValueError("a period ends after it begins")


@dataclass(frozen=True, slots=True)
class Claim:
    """What one quotation claims in answer to a question.

    `value` are the answering words; `figure` reads them where they are a number, `days` where they
    are a date. `hedge` and `claimant` are the words that say how surely and by whom; `speaks_of` is
    the time that the sentence speaks of, read against its article's own date. Where the sentence
    does not say, they are None: nothing is guessed.
    """

    quote: Quote
    value: Span
    figure: Figure | None = None
    days: Days | None = None
    hedge: Span | None = None
    claimant: Span | None = None
    speaks_of: Days | None = None

    def __post_init__(self) -> None:
        """Refuse parts of another article; the value lies inside the quotation."""
        article = self.quote.stored.article
        if any(p and p.article is not article for p in (self.value, self.hedge, self.claimant)):
            raise ValueError("the parts of a claim are of its article")
        whole = self.quote.span
        if not whole.start <= self.value.start < self.value.end <= whole.end:
            raise ValueError("the value of a claim stands in its quotation")

    @property
    def stored(self) -> StoredArticle:
        """The article that has the claim."""
        return self.quote.stored

    @property
    def made(self) -> Published | None:
        """When it was made, as far as the article says: its last change, else its publication."""
        return self.stored.article.updated or self.stored.article.published


@dataclass(frozen=True, slots=True)
class Account:
    """What the articles claim on one question, all told.

    `claims` are in the order in which they were made, each origin once. `current` are those that
    hold now, the newest first: several where sources differ. What is in `claims` only is overtaken.
    `outdated` are the ids of articles that are older versions of another. `outside` says that there
    was nothing from the days that were asked for, so that the claims are of other days; `develops`
    that the question asks for all values, and not only for the one that holds; `asks_now` that it
    says "now" of its own; `untold` that it asks for a figure of something of which there is none,
    `plain` that there is one of the very thing.
    """

    claims: tuple[Claim, ...]
    current: tuple[Claim, ...]
    origins: int
    days: Days | None = None  # the period that the question was understood to ask for
    outdated: frozenset[int] = frozenset()
    outside: bool = False
    develops: bool = False
    asks_now: bool = False
    untold: bool = False
    plain: bool = False

    def __post_init__(self) -> None:
        """Refuse a current claim that is not among the claims, and claims without an origin."""
        if any(claim not in self.claims for claim in self.current):
            raise ValueError("what holds now is one of the claims")
        if self.claims and self.origins < 1:
            raise ValueError("a claim has an origin")

    @property
    def differs(self) -> bool:
        """Whether sources differ."""
        return len(self.current) > 1

    @property
    def as_of(self) -> Published | None:
        """When the newest of the claims that hold was made."""
        return self.current[0].made if self.current else None
