"""How much of an article an answer may show."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.excerpt_limits import ExcerptLimits, within
from bot.types import Quote
from index.types import Article, Span, StoredArticle

TEXT = "Die Brücke ist gesperrt. Sie wird saniert. Das dauert zwei Jahre. Danach folgt die nächste."
FIRST, SECOND, THIRD, FOURTH = (f"{part.strip('. ')}." for part in TEXT.split(". "))


def article(number: int) -> StoredArticle:
    fetched = datetime(2026, 11, 22, tzinfo=UTC)
    return StoredArticle(number, Article(f"Titel {number}", TEXT, fetched))


ONE, TWO = article(1), article(2)


def span(stored: StoredArticle, words: str) -> Span:
    start = TEXT.index(words)
    return Span(stored.article, start, start + len(words))


def quote(stored: StoredArticle, words: str, *answering: str, mark: str | None = None) -> Quote:
    return Quote(
        stored,
        span(stored, words),
        0.9,
        span(stored, mark) if mark else None,
        tuple(span(stored, sentence) for sentence in answering),
    )


def test_what_is_within_the_limits_stays_as_it_is() -> None:
    quotes = [quote(ONE, f"{FIRST} {SECOND}", SECOND), quote(TWO, THIRD)]
    assert within(quotes, ExcerptLimits(), {}) == (quotes, [])
    exactly = ExcerptLimits(quotation=len(quotes[0].text), article=len(quotes[0].text))
    assert within(quotes, exactly, {}) == (quotes, [])


def test_a_quotation_that_is_too_long_loses_its_context_before_it_is_left_out() -> None:
    long = quote(ONE, f"{FIRST} {SECOND}", SECOND, mark="saniert")
    (short,), named = within([long], ExcerptLimits(quotation=len(long.text) - 1), {})
    assert (short.text, short.sentence.text, named) == (SECOND, SECOND, [])
    assert short.highlight is not None
    assert short.highlight.text == "saniert"
    assert within([long], ExcerptLimits(quotation=len(SECOND) - 1), {}) == ([], [ONE])


def test_of_several_sentences_that_answer_the_best_one_stays() -> None:
    long = quote(ONE, f"{FIRST} {SECOND} {THIRD}", THIRD, FIRST, mark="gesperrt")
    (short,), _ = within([long], ExcerptLimits(quotation=30), {})
    assert (short.text, short.highlight) == (THIRD, None)


def test_an_article_has_so_many_characters_in_all() -> None:
    quotes = [quote(ONE, FIRST), quote(ONE, f"{SECOND} {THIRD}", THIRD), quote(TWO, FIRST)]
    shown, named = within(quotes, ExcerptLimits(article=len(FIRST) + len(THIRD)), {})
    assert [part.text for part in shown] == [FIRST, THIRD, FIRST]
    shown, named = within(quotes, ExcerptLimits(article=len(FIRST) + 1), {})
    assert [part.stored for part in shown] == [ONE, TWO]
    assert named == []  # it is quoted, only less


def test_so_many_quotations_and_the_articles_of_the_others_by_name() -> None:
    quotes = [quote(ONE, FIRST), quote(ONE, THIRD), quote(TWO, FIRST)]
    assert within(quotes, ExcerptLimits(quotations=2), {}) == (quotes[:2], [TWO])
    assert within(quotes, ExcerptLimits(quotations=1), {}) == (quotes[:1], [TWO])


@pytest.mark.parametrize("limit", ["quotation", "quotations", "article"])
def test_nothing_is_shown_at_zero(limit: str) -> None:
    none = replace(ExcerptLimits(), **{limit: 0})
    assert within([quote(ONE, FIRST), quote(ONE, THIRD)], none, {}) == ([], [ONE])


def test_a_site_may_set_a_lower_limit_for_its_article_and_no_higher_one() -> None:
    quotes = [quote(ONE, FIRST), quote(TWO, FIRST)]
    assert within(quotes, ExcerptLimits(), {1: 0}) == (quotes[1:], [ONE])
    assert within(quotes, ExcerptLimits(), {1: len(FIRST) - 1}) == (quotes[1:], [ONE])
    assert within(quotes, ExcerptLimits(), {1: len(FIRST)}) == (quotes, [])
    assert within(quotes, ExcerptLimits(quotation=5), {1: 900}) == ([], [ONE, TWO])


def test_no_limit_is_below_nothing() -> None:
    with pytest.raises(ValueError, match="negative"):
        ExcerptLimits(quotation=-1)


def test_a_server_may_narrow_the_operators_limit_but_not_widen_it() -> None:
    limits = ExcerptLimits(quotation=300, quotations=2, article=500)
    assert limits.narrowed(None) == limits
    assert limits.narrowed(100) == replace(limits, quotation=100)
    assert limits.narrowed(1000) == limits
