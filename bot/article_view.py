"""An article as those who look after the archive see it, and how much of it may be shown."""

from __future__ import annotations

from dataclasses import dataclass

from bot.excerpt_limits import ExcerptLimits
from index.corpus import Corpus
from index.split import split_sentences
from index.types import Headline, Span, StoredArticle


@dataclass(frozen=True, slots=True)
class ArticleView:
    """All versions, the oldest first, and who else printed the text.

    `room` is how many characters may be shown of it at once; `stated` what its site says about
    that, where it says something.
    """

    versions: tuple[StoredArticle, ...]
    copies: tuple[Headline, ...]
    room: int
    stated: int | None

    def __post_init__(self) -> None:
        """Refuse an article without a version."""
        if not self.versions:
            raise ValueError("an article has a version")

    @property
    def newest(self) -> StoredArticle:
        """The version that is searched and quoted."""
        return self.versions[-1]

    @property
    def excerpt(self) -> Span | None:
        """The first sentences, as many as may be shown; None where not even one may be."""
        article = self.newest.article
        sentences = split_sentences(article.text)
        start = sentences[0][0]
        ends = [end for _, end in sentences if end - start <= self.room]
        return Span(article, start, ends[-1]) if ends else None


def view_of(corpus: Corpus, article_id: int, limits: ExcerptLimits) -> ArticleView:
    """Look an article up by the number of any of its versions; NotFoundError where there is none.

    StoreError where all of it is damaged.
    """
    versions = corpus.versions(article_id)
    if not versions:
        corpus.article(article_id)  # says what is wrong with it
    stated = corpus.snippets.limits([stored.id for stored in versions])
    least = min(stated.values(), default=None)
    room = min(limits.quotation, limits.article) if limits.quotations else 0
    return ArticleView(
        versions=tuple(versions),
        copies=tuple(corpus.copies(versions[-1].id)),
        room=room if least is None else min(room, least),
        stated=least,
    )
