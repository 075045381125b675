"""Which values hold where articles have been told one after the other."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.answer import Answering
from bot.rank import Weights, shipped_weights
from index.corpus import Corpus
from tests.making import make_article, make_confidence

EARLIER, LATER = "2025-11-03T10:00", "2025-11-08T10:00"
_TALKATIVE = Answering(Weights(shipped_weights().ranking, make_confidence(5.0), 0.5))
_NOW = datetime(2025, 11, 20, 12, tzinfo=UTC)


def held(corpus: Corpus, question: str, *told: tuple[str, str]) -> set[str]:
    """Add articles, each with its time, and return the values that hold of a question."""
    for number, (at, text) in enumerate(told):
        article = make_article(
            text, title="Kurzmeldung", outlet=f"Blatt {number}", published=f"{at}:00+00:00"
        )
        corpus.add(article)
    account = _TALKATIVE.account(corpus, question, now=_NOW)
    return {claim.value.text for claim in account.current}
