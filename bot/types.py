"""Question, quotation, answer: built so that they cannot lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from index.filter import Filter
from index.types import Headline, Span, StoredArticle

if TYPE_CHECKING:
    from bot.news.claim import Account


class Language(StrEnum):
    """The languages in which Beleg speaks."""

    GERMAN = "de"
    ENGLISH = "en"


class AnswerKind(StrEnum):
    """What sort of thing a question asks for."""

    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    REASON = "reason"
    YES_NO = "yes_no"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood. `text` is what is searched: what the person wrote, trimmed.

    Where a question goes on with the one before it, `text` has more than the person wrote: `asked`
    is then what was written, and `interpretation` says what was inferred, to be shown.
    """

    text: str
    language: Language
    kind: AnswerKind
    interpretation: str | None = None
    asked: str | None = None

    def __post_init__(self) -> None:
        """Refuse a question without a letter or digit."""
        if not any(character.isalnum() for character in self.text):
            raise ValueError("a question needs words")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a stored article, one stretch of it.

    `highlight` is the answering part. `answering` are the sentences that were chosen as answers,
    the best first, where the quotation holds more than one sentence; the others are context.
    """

    stored: StoredArticle
    span: Span
    confidence: float
    highlight: Span | None = None
    answering: tuple[Span, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a quotation of another article, and parts that lie outside the quotation."""
        if self.span.article is not self.stored.article:
            raise ValueError("a quote must come from its article")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError("confidence is a probability")
        for part in (*self.answering, *([self.highlight] if self.highlight else [])):
            inside = self.span.start <= part.start and part.end <= self.span.end
            if part.article is not self.stored.article or not inside:
                raise ValueError("highlight and sentences lie inside their quote")

    @property
    def text(self) -> str:
        """The exact slice of the stored text."""
        return self.span.text

    @property
    def sentence(self) -> Span:
        """The sentence that answers, without its context."""
        return self.answering[0] if self.answering else self.span

    def parted(self) -> tuple[Quote, ...]:
        """Return a quotation of each answering sentence, without context: for measurement."""
        return tuple(
            Quote(self.stored, sentence, self.confidence, None, (sentence,))
            for sentence in self.answering or (self.span,)
        )


@dataclass(frozen=True, slots=True)
class Statement:
    """Something the articles say, borne by at least one quotation."""

    quotes: tuple[Quote, ...]

    def __post_init__(self) -> None:
        """Refuse a statement that nothing bears."""
        if not self.quotes:
            raise ValueError("a statement needs a quote")


@dataclass(frozen=True, slots=True)
class ArchiveExtent:
    """How much a corpus holds, for the refusal: number of articles, first and last known day."""

    articles: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Statements in order of confidence. None means: the articles do not say.

    `confidence` is the probability that the best sentence answers the question, also when it was
    too low to speak. `nearest` are related articles, to be shown as such and not as an answer.
    `unquoted` are articles that answer, of which nothing may be shown but title and link.
    `copies` are, by the id of an article that is quoted, others that tell the same text. `only` is
    what the person has limited the question to; `archive` is then what lies within. `account` is
    what all articles claim on the question.
    """

    question: Question
    statements: tuple[Statement, ...]
    confidence: float
    nearest: tuple[StoredArticle, ...]
    archive: ArchiveExtent
    copies: Mapping[int, tuple[Headline, ...]] = field(default_factory=dict)
    unquoted: tuple[StoredArticle, ...] = ()
    only: Filter | None = None
    account: Account | None = None

    @property
    def answered(self) -> bool:
        """Whether the articles say something."""
        return bool(self.statements or self.unquoted)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All quotations in the order in which they are shown."""
        return tuple(quote for statement in self.statements for quote in statement.quotes)
