from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import unquote

import pytest

from bot.cite import Citation, cite, scroll_link
from bot.types import Quote
from index.types import Article, Span, StoredArticle

URL = "https://orf.at/stories/1"


def stored(identifier: int, text: str = "Eins zwei. Drei vier.") -> StoredArticle:
    return StoredArticle(identifier, Article("Titel", text, datetime.now(UTC), url=URL))


def quote(of: StoredArticle, words: str) -> Quote:
    start = of.article.text.index(words)
    return Quote(of, Span(of.article, start, start + len(words)), 0.9)


def span(text: str) -> Span:
    article = Article("Titel", text, datetime.now(UTC))
    return Span(article, 0, len(text))


def test_one_number_per_article_in_order_of_first_appearance() -> None:
    seven, three = stored(7), stored(3)
    quotes = [quote(seven, "Eins zwei."), quote(three, "Eins"), quote(seven, "Drei vier.")]
    citations = cite(quotes)
    assert [(c.number, c.stored.id, len(c.quotes)) for c in citations] == [(1, 7, 2), (2, 3, 1)]


def test_a_citation_of_nothing_or_of_another_article_is_refused() -> None:
    with pytest.raises(ValueError, match="a quote"):
        Citation(1, stored(1), ())
    with pytest.raises(ValueError, match="one article"):
        Citation(1, stored(1), (quote(stored(2), "Eins"),))


def test_a_short_quotation_is_named_whole_without_the_marks_at_its_ends() -> None:
    assert scroll_link(URL, [span("„Drei Tote.“")]) == f"{URL}#:~:text=Drei%20Tote"


def test_what_has_a_meaning_in_a_text_fragment_is_encoded() -> None:
    link = scroll_link(URL, [span("E-Autos, Bus & Bahn #1")])
    assert link == f"{URL}#:~:text=E%2DAutos%2C%20Bus%20%26%20Bahn%20%231"


def test_a_long_quotation_is_named_by_its_first_and_last_words() -> None:
    text = "Rund 8.000 nordkoreanische Soldaten sind nach Angaben der USA in der Region Kursk."
    directive = scroll_link(URL, [span(text)]).partition("text=")[2]
    start, end = map(unquote, directive.split(","))
    assert start == "Rund 8.000 nordkoreanische Soldaten"
    assert end == "in der Region Kursk"
    assert text.startswith(start)
    assert f"{end}." == text[-len(end) - 1 :]


def test_a_quotation_over_a_line_break_is_named_by_its_ends_for_a_phrase_cannot_cross_blocks() -> (
    None
):
    assert scroll_link(URL, [span("Eins zwei\n\ndrei vier.")]).endswith(
        "text=Eins%20zwei,drei%20vier"
    )


def test_dashes_and_figures_between_words_stay_in_the_phrase() -> None:
    text = "Die Lage – so hieß es – sei in allen Teilen der Region Kursk – auch im Süden – ernst."
    start = unquote(scroll_link(URL, [span(text)]).partition("text=")[2].split(",")[0])
    assert start in text


def test_several_quotations_of_an_article_are_all_marked() -> None:
    link = scroll_link(URL, [span("Eins."), span("Zwei.")])
    assert link == f"{URL}#:~:text=Eins&text=Zwei"


def test_an_address_keeps_its_own_fragment_but_no_older_directive() -> None:
    assert scroll_link(f"{URL}#top", [span("Eins.")]) == f"{URL}#top:~:text=Eins"
    assert scroll_link(f"{URL}#:~:text=alt", [span("Eins.")]) == f"{URL}#:~:text=Eins"
