"""What the store says of articles to be quoted: that they are there, how much, whose text first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.rank import Choice
from bot.types import Quote
from index.corpus import Corpus
from index.errors import NotFoundError, StoreError
from index.types import StoredArticle

_NEAREST = 3


def still_stored(corpus: Corpus, choice: Choice) -> bool:
    """Ask the store again whether it has this very text: what is gone is not shown."""
    stored = choice.candidate.hit.stored
    try:
        return corpus.article(stored.id).article.text == stored.article.text
    except NotFoundError:
        return False
    except StoreError as error:
        if error.code != "article_damaged":
            raise
        return False


def stated(corpus: Corpus, quotes: Sequence[Quote]) -> Mapping[int, int]:
    """Return what sites let be shown; of an older version as much as of the newest."""
    newest = {id_: corpus.newest(id_) for id_ in {quote.stored.id for quote in quotes}}
    limits = corpus.snippets.limits(list(set(newest.values())))
    return {id_: limits[one] for id_, one in newest.items() if one in limits}


def origins_of(corpus: Corpus, choices: Sequence[Choice]) -> Mapping[int, int]:
    """Return the first article of the text of each article that was chosen from."""
    return corpus.origin_of(list({choice.candidate.hit.stored.id for choice in choices}))


def nearest_of(choices: Sequence[Choice], origins: Mapping[int, int]) -> tuple[StoredArticle, ...]:
    """Return the articles of the best choices, of those of one text the best."""
    nearest: dict[int, StoredArticle] = {}
    for choice in choices:
        stored = choice.candidate.hit.stored
        nearest.setdefault(origins[stored.id], stored)
    return tuple(nearest.values())[:_NEAREST]
