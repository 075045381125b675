"""What is new in a period: the articles story by story, a sentence of each story quoted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bot.excerpt_limits import ExcerptLimits, within
from bot.types import Quote
from index.corpus import Corpus
from index.errors import NotFoundError, StoreError
from index.filter import Filter
from index.split import split_passages
from index.types import Headline, Sentence, StoredArticle

# Of a period with more articles only the newest are put together: nobody reads so many stories.
MOST = 400
_SHORTEST, _LONGEST = 40, 350  # characters of a sentence that tells what a story is about
_FIRST = 4  # sentences of an article among which it is looked for
_ENDS = tuple(".!?…“”»«\"'’‘")


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one matter. The newest stands for them, `others` are the rest, newest first.

    `quote` is None where its site lets nothing be shown; `origins` counts the texts, copies once.
    """

    lead: StoredArticle
    quote: Quote | None
    others: tuple[Headline, ...]
    origins: int


@dataclass(frozen=True, slots=True)
class Digest:
    """The stories of a period, those of most origins first; `left` are articles not looked at."""

    only: Filter
    stories: tuple[Story, ...]
    articles: int
    left: int = 0


def digest_of(
    corpus: Corpus, only: Filter, limits: ExcerptLimits, zone: tzinfo | None = None
) -> Digest:
    """Put together what was published or changed in a period, newest version and copies once.

    The day of a moment is that in the zone, by default this machine's.
    """
    dated = [(_when(one, zone), one) for one in corpus.headlines()]
    within_period = [(when, one) for when, one in dated if _is_in(when, one, only)]
    newest = sorted(within_period, key=lambda pair: (pair[0], pair[1].id), reverse=True)
    known = {one.id: one for _, one in newest[:MOST]}
    groups = corpus.stories(list(known))
    stories = [story for group in groups if (story := _story(corpus, group, known, limits))]
    order = {article_id: place for place, article_id in enumerate(known)}
    stories.sort(key=lambda story: (-story.origins, order[story.lead.id]))
    return Digest(only, tuple(stories), len(known), len(newest) - len(known))


def lead_sentence(stored: StoredArticle) -> Sentence:
    """Return the sentence that tells what an article is about: the first whole one of some length.

    What comes before the lead is often a place, a name or a heading.
    """
    first = [s for passage in split_passages(stored.article) for s in passage.sentences][:_FIRST]
    whole = (
        s for s in first if _SHORTEST <= len(s.text) <= _LONGEST and s.text.rstrip().endswith(_ENDS)
    )
    return next(whole, None) or max(first, key=lambda s: min(len(s.text), _SHORTEST))


def _story(
    corpus: Corpus, group: Sequence[int], known: dict[int, Headline], limits: ExcerptLimits
) -> Story | None:
    ordered = sorted(group, key=list(known).index)  # the newest first
    for number in ordered:
        try:
            lead = corpus.article(number)
        except (NotFoundError, StoreError):  # gone meanwhile, or damaged: the next one tells
            continue
        sentence = lead_sentence(lead)
        quote = Quote(lead, sentence, 1.0, None, (sentence,))
        shown, _ = within([quote], limits, corpus.snippets.limits([number]))
        others = tuple(known[i] for i in ordered if i != number)
        origins = len(set(corpus.origin_of(ordered).values()))
        return Story(lead, shown[0] if shown else None, others, origins)
    return None


def _when(article: Headline, zone: tzinfo | None) -> tuple[date, datetime]:
    """Return when an article was new: its last change, else its publication, else its arrival."""
    stated = article.updated or article.published
    if stated is None:
        arrived = article.fetched.astimezone(zone)
        return arrived.date(), arrived
    moment = stated.moment.astimezone(zone) if stated.moment is not None else None
    if moment is None:
        return stated.day, datetime.combine(stated.day, datetime.min.time()).astimezone(zone)
    return moment.date(), moment


def _is_in(when: tuple[date, datetime], article: Headline, only: Filter) -> bool:
    day = when[0]
    if only.outlets and article.outlet not in only.outlets:
        return False
    return (only.first_day is None or only.first_day <= day) and (
        only.last_day is None or day <= only.last_day
    )
