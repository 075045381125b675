"""Whether an article is about what is asked at all."""

from __future__ import annotations

from bot.news.tongue import tongue_of
from bot.rank import Choice
from bot.types import Language, Question

# Share of a question, by rarity, that an article must have words for. One in 150 questions that
# newspaper articles do answer lies below.
_SHARED = 0.3


def is_about(question: Question, choice: Choice) -> bool:
    """Whether an article is about what is asked at all: likeness of a sentence is no help then.

    It is not where the question names a place that the article never does, nor where the article
    lacks most of the question's words. A question shares few words with an article in the other
    language.
    """
    figures = choice.candidate.figures
    if figures["missing_place"] > 0:
        return False
    if question.language is Language.ENGLISH or figures["article_coverage"] >= _SHARED:
        return True
    return tongue_of(choice.candidate.sentence.text) is Language.ENGLISH
