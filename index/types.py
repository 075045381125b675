"""The things that flow through `index`, named by the stage at which they exist."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Self


class DateOrigin(StrEnum):
    """Where a date was read. There is no "now": a date nobody stated is unknown."""

    METADATA = "metadata"
    LINKED_DATA = "json-ld"
    FEED = "feed"
    URL = "url"
    TEXT = "text"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Published:
    """When an article appeared or changed: a day, and the moment where the source stated one."""

    day: date
    origin: DateOrigin
    moment: datetime | None = None

    def __post_init__(self) -> None:
        """Refuse a moment that contradicts the day."""
        if self.moment is not None and self.moment.date() != self.day:
            raise ValueError(f"moment {self.moment.isoformat()} is not on {self.day.isoformat()}")

    @classmethod
    def parse(cls, text: str, origin: DateOrigin) -> Self:
        """Read an ISO 8601 day or moment; ValueError for anything else."""
        text = text.strip()
        if len(text) <= len("2024-11-01"):
            return cls(date.fromisoformat(text), origin)
        moment = datetime.fromisoformat(text)
        return cls(moment.date(), origin, moment)

    def isoformat(self) -> str:
        """Return the moment if known, else the day, as ISO 8601."""
        return self.moment.isoformat() if self.moment else self.day.isoformat()


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a site recognises a state of a page, to be told only of a newer one."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class NotModified:
    """What comes in place of a page that is still as its validators say."""

    url: str  # the address finally dialled
    moved_permanently_to: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Raw material as it came in: bytes, what they claim to be, and from where."""

    content: bytes
    media_type: str  # "text/html", "text/plain", ... without parameters
    charset: str | None = None  # as declared by the transport, often wrong
    url: str | None = None  # the address finally dialled, None for files and pasted text
    source: str = ""  # what to call it in messages: a file name, an address
    validators: Validators | None = None  # where the site has sent any
    headers: Mapping[str, str] = field(
        default_factory=dict
    )  # on rights: lower-case names, "\n" between lines
    moved_permanently_to: str | None = None  # as far as a chain of 301 and 308 leads
    max_snippet: int | None = None  # characters that the site lets be shown, 0 for none


@dataclass(frozen=True, slots=True)
class Given:
    """What the person who adds an article states about it; it outranks what the page says."""

    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: Published | None = None
    source_id: str | None = None


# Characters. The longest reports have a tenth of it; what is longer is a book or an attack.
LONGEST_TEXT = 200_000


@dataclass(frozen=True, slots=True)
class Article:
    """A clean article. Every offset in the program counts characters of `text`."""

    title: str
    text: str
    fetched: datetime
    url: str | None = None
    outlet: str | None = None
    published: Published | None = None
    source_id: str | None = None  # the id it had where it came from
    updated: Published | None = None  # when it was changed last, as the source states it
    authors: tuple[str, ...] = ()
    outlet_given: bool = False  # by a person; else it is the host, or what a file claims

    def __post_init__(self) -> None:
        """Refuse what has no words or no end, a fetch time without a zone, a nameless author."""
        if not self.text.strip():
            raise ValueError("an article needs text")
        if len(self.text) > LONGEST_TEXT:
            raise ValueError(f"{len(self.text)} characters are no article")
        if self.fetched.tzinfo is None:
            raise ValueError("fetched needs a time zone")
        if not all(map(str.strip, self.authors)):
            raise ValueError("an author needs a name")

    @property
    def text_sha256(self) -> str:
        """Hash of the text in UTF-8, as hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Extracted:
    """What was read out of a page."""

    article: Article
    canonical: str | None = None  # the address that the page declares as its own, unchecked


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text: holds offsets and yields the words, so it cannot misquote."""

    article: Article
    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a span that is empty or outside the text."""
        if not 0 <= self.start < self.end <= len(self.article.text):
            raise ValueError(f"span {self.start}:{self.end} outside 0:{len(self.article.text)}")

    @property
    def text(self) -> str:
        """The exact slice of the article's text."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Sentence(Span):
    """One sentence, without the white space around it."""


@dataclass(frozen=True, slots=True)
class Passage(Span):
    """Whole consecutive sentences, some 120 to 200 words: the unit that is retrieved."""

    sentences: tuple[Sentence, ...]

    def __post_init__(self) -> None:
        """Refuse a passage whose sentences do not fill it in order."""
        Span.__post_init__(self)
        if not self.sentences:
            raise ValueError("a passage needs a sentence")
        if self.sentences[0].start != self.start or self.sentences[-1].end != self.end:
            raise ValueError("a passage begins and ends with its sentences")
        ends = [self.start, *(sentence.end for sentence in self.sentences)]
        if any(s.start < end for s, end in zip(self.sentences, ends, strict=False)):
            raise ValueError("sentences must be in order and must not overlap")


@dataclass(frozen=True, slots=True)
class Headline:
    """All that a list shows of a stored article, without its text."""

    id: int
    title: str
    url: str | None
    outlet: str | None
    published: Published | None
    updated: Published | None
    authors: tuple[str, ...]
    fetched: datetime
    source_id: str | None
    characters: int
    text_sha256: str

    @property
    def headline(self) -> Headline:
        """Itself, so that a list takes whole articles as well."""
        return self


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article that the store has acknowledged; `id` is never used again for another."""

    id: int
    article: Article

    @property
    def headline(self) -> Headline:
        """What a list shows of it."""
        article = self.article
        return Headline(
            id=self.id,
            title=article.title,
            url=article.url,
            outlet=article.outlet,
            published=article.published,
            updated=article.updated,
            authors=article.authors,
            fetched=article.fetched,
            source_id=article.source_id,
            characters=len(article.text),
            text_sha256=article.text_sha256,
        )


class Outcome(StrEnum):
    """What adding an article came to."""

    ADDED = "added"
    UPDATED = "updated"  # the address was known, its text has changed; the old text is superseded
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Written only after the commit: what it acknowledges survives a kill."""

    outcome: Outcome
    stored: StoredArticle


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage with its evidence.

    `lexical` is BM25 divided by what the question could reach at best (about 0 to 1), `cosines` has
    one cosine per sentence of the passage, `score` is the fused figure by which hits are ordered.
    """

    stored: StoredArticle
    passage: Passage
    lexical: float
    cosines: tuple[float, ...]
    score: float

    def __post_init__(self) -> None:
        """Refuse evidence that does not match the passage."""
        if len(self.cosines) != len(self.passage.sentences):
            raise ValueError("one cosine per sentence")
        if self.passage.article is not self.stored.article:
            raise ValueError("a hit's passage must belong to its article")


@dataclass(frozen=True, slots=True)
class QuestionTerm:
    """A term of a question: how rare it is, and the corpus's terms that are like it (0 to 1).

    `similar` holds the term itself with 1.0 where the corpus has it.
    """

    term: str
    idf: float
    similar: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What was found for a question, best first, and by which terms."""

    terms: tuple[QuestionTerm, ...]
    hits: tuple[Hit, ...]
