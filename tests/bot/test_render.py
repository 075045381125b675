from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.excerpt import units
from bot.render import (
    MESSAGE_LIMIT,
    PAGE_SIZE,
    page_count,
    render_answer,
    render_list,
    render_receipt,
    render_removed,
)
from bot.types import (
    Answer,
    AnswerKind,
    ArchiveExtent,
    Language,
    Question,
    Quote,
    Statement,
)
from index.filter import Filter
from index.types import Article, DateOrigin, Outcome, Published, Receipt, Span, StoredArticle
from tests.bot.discord_markdown import read

DE, EN = Language.GERMAN, Language.ENGLISH
SENTENCE = "Rund 8.000 Soldaten sind laut Lloyd Austin in Kursk."
EXTENT = ArchiveExtent(12, date(2024, 10, 1), date(2024, 11, 3))


def article(text: str = f"Vorab. {SENTENCE} Danach.", **values: object) -> StoredArticle:
    given_values: dict[str, object] = {
        "title": "Soldaten in Kursk",
        "url": "https://orf.at/stories/1",
        "outlet": "ORF",
        "published": Published(date(2024, 11, 1), DateOrigin.GIVEN),
    }
    merged = {"text": text, "fetched": datetime.now(UTC), **given_values, **values}
    return StoredArticle(4, Article(**merged))  # type: ignore[arg-type]  # values are the test's


def quote(of: StoredArticle, words: str, mark: str | None = None) -> Quote:
    text = of.article.text
    span = Span(of.article, text.index(words), text.index(words) + len(words))
    highlight = None
    if mark is not None:
        highlight = Span(of.article, text.index(mark), text.index(mark) + len(mark))
    return Quote(of, span, 0.9, highlight)


def answer(*quotes: Quote, nearest: tuple[StoredArticle, ...] = (), **values: object) -> Answer:
    interpretation = values.get("interpretation")
    assert interpretation is None or isinstance(interpretation, str)
    extent = values.get("extent", EXTENT)
    assert isinstance(extent, ArchiveExtent)
    question = Question("Wie viele Soldaten?", DE, AnswerKind.NUMBER, interpretation)
    return Answer(question, tuple(Statement((one,)) for one in quotes), 0.9, nearest, extent)


def test_who_else_printed_a_text_stands_behind_its_source() -> None:
    source = article()
    copies = (article(outlet="Abend*post*").headline, article(outlet="ORF").headline)
    told = replace(answer(quote(source, SENTENCE)), copies={source.id: copies})
    assert read(render_answer(told, DE)).text.endswith(
        "1. November 2024 · auch bei Abend*post*\nEine Quelle"
    )


def test_an_article_that_must_not_be_quoted_is_named_with_its_link() -> None:
    told = replace(answer(), unquoted=(article(), article(outlet="Abend*post*")))
    shown = read(render_answer(told, DE)).text
    assert shown.startswith("Dazu steht hier etwas, das ich nicht zitieren darf:")
    assert "Abend*post*" in shown
    assert SENTENCE not in shown
    assert "https://orf.at/stories/1" in render_answer(told, DE)
    both = replace(answer(quote(article(), SENTENCE)), unquoted=(article(),))
    assert SENTENCE in read(render_answer(both, DE)).text


def test_an_answer_shows_the_quotation_the_outlet_the_date_and_a_link_to_the_words() -> None:
    shown = read(render_answer(answer(quote(article(), SENTENCE, "Rund 8.000")), DE))
    assert f"»{SENTENCE}« [1]" in shown.text
    assert "[1] Soldaten in Kursk · ORF · 1. November 2024" in shown.text
    assert shown.bold == ["Rund 8.000"]
    assert shown.effects == ["quote", "small"]
    [(title, address)] = shown.links
    assert title == "Soldaten in Kursk"
    assert address.startswith("https://orf.at/stories/1#:~:text=Rund%208.000%20Soldaten")


def test_english_frames_an_answer_in_english_and_leaves_the_quotation_alone() -> None:
    shown = read(render_answer(answer(quote(article(), SENTENCE)), EN))
    assert f"“{SENTENCE}” [1]" in shown.text
    assert "1 November 2024" in shown.text


def test_an_unknown_date_is_said() -> None:
    shown = read(render_answer(answer(quote(article(published=None), SENTENCE)), DE))
    assert "ORF · Datum unbekannt" in shown.text


def test_without_an_outlet_the_host_is_named_and_without_an_address_there_is_no_link() -> None:
    shown = read(render_answer(answer(quote(article(outlet=None), SENTENCE)), DE))
    assert "Soldaten in Kursk · orf.at · 1." in shown.text
    shown = read(render_answer(answer(quote(article(outlet=None, url=None), SENTENCE)), DE))
    assert shown.text.endswith("[1] Soldaten in Kursk · 1. November 2024\nEine Quelle")
    assert not shown.links


def test_two_quotations_of_one_article_share_a_number_and_a_link() -> None:
    one = article()
    shown = read(render_answer(answer(quote(one, SENTENCE), quote(one, "Danach.")), DE))
    assert shown.text.count("[1]") == 3
    assert "[2]" not in shown.text
    assert shown.links[0][1].endswith("&text=Danach")


def test_markers_and_markdown_of_the_article_are_shown_as_its_own_characters() -> None:
    words = "„Es sind [3] **8.000**“, sagte <@1> auf https://x.example @everyone."
    shown = read(render_answer(answer(quote(article(f"A. {words}"), words, "8.000")), DE))
    assert f"»{words}« [1]" in shown.text
    assert shown.bold == ["8.000"]
    assert shown.effects == ["quote", "small"]
    assert len(shown.links) == 1


def test_a_title_cannot_ping_link_or_shout() -> None:
    title = "# @everyone [Klick](https://evil.example) **jetzt** <@1> https://x.example"
    one = article(title=title)
    for text in (
        render_answer(answer(quote(one, SENTENCE)), DE),
        render_answer(answer(nearest=(one,)), DE),
        render_receipt(Receipt(Outcome.ADDED, one), DE),
        render_removed(one, DE),
        render_list([one], 0, DE),
    ):
        shown = read(text)
        assert title in shown.text
        assert [label for label, _ in shown.links] == ["öffnen"]
        assert all(address.startswith("https://orf.at/") for _, address in shown.links)
        assert set(shown.effects) <= {"quote", "list", "small"}


def test_a_quotation_over_lines_stays_inside_its_block() -> None:
    words = "Erste Zeile\n> zweite\r\n- dritte"
    text = render_answer(answer(quote(article(words), words, "Zeile\n> zweite")), DE)
    assert text.startswith("> »")
    assert [line[:2] for line in text.split("\n")[:3]] == ["> "] * 3
    shown = read(text)
    assert shown.text.startswith("»Erste Zeile\n> zweite\n- dritte« [1]")
    assert shown.bold == ["Zeile", "> zweite"]


def test_a_long_quotation_is_shortened_outside_its_marks_and_remains_a_slice() -> None:
    words = "Vorne " + "weit " * 200 + "rund 8.000 Soldaten " + "hinten " * 200
    one = article(words)
    shown = read(render_answer(answer(quote(one, words.strip(), "8.000")), DE)).text
    assert shown.startswith("… »")
    assert "« … [1]" in shown
    inside = shown[shown.index("»") + 1 : shown.index("«")]
    assert inside in words
    assert "8.000" in inside


def test_where_context_does_not_fit_the_answering_sentence_stands_without_it() -> None:
    context = "Austin sprach " + "sehr " * 120 + "lange."
    one = article(f"{context} Er nannte 8.000 Soldaten.", outlet=None, url=None)
    whole = quote(one, one.article.text)
    sentence = quote(one, "Er nannte 8.000 Soldaten.").span
    shown = read(render_answer(answer(replace(whole, answering=(sentence,))), DE)).text
    assert shown.startswith("»Er nannte 8.000 Soldaten.« [1]")


def test_a_link_scrolls_to_the_sentence_that_answers() -> None:
    one = article("Austin sprach in New York. Er nannte 8.000 Soldaten.")
    sentence = quote(one, "Er nannte 8.000 Soldaten.").span
    whole = replace(quote(one, one.article.text), answering=(sentence,))
    shown = read(render_answer(answer(whole), DE))
    assert shown.text.startswith("»Austin sprach in New York. Er nannte 8.000 Soldaten.« [1]")
    assert shown.links[0][1].endswith("#:~:text=Er%20nannte%208.000%20Soldaten")


def test_a_quotation_in_marks_of_its_own_gets_no_second_ones() -> None:
    one = article("Wood sprach. „Wir bleiben.“")
    shown = read(render_answer(answer(quote(one, "„Wir bleiben.“")), DE)).text
    assert shown.startswith("„Wir bleiben.“ [1]")


def test_silence_says_so_names_the_archive_and_calls_headlines_no_answer() -> None:
    shown = read(render_answer(answer(nearest=(article(),)), DE))
    assert shown.text == (
        "Das sagen die Artikel nicht.\n"
        "Durchsucht: 12 Artikel vom 1. Oktober 2024 bis 3. November 2024.\n\n"
        "Am nächsten kommen diese Artikel. Eine Antwort sind sie nicht:\n"
        "Soldaten in Kursk · ORF · 1. November 2024"
    )
    assert "They are not an answer" in render_answer(answer(nearest=(article(),)), EN)


@pytest.mark.parametrize(
    ("extent", "sentence"),
    [
        (ArchiveExtent(1, None, None), "Durchsucht: 1 Artikel."),
        (ArchiveExtent(2, date(2024, 11, 1), date(2024, 11, 1)), "2 Artikel vom 1. November 2024."),
        (ArchiveExtent(0, None, None), "noch keine Artikel"),
    ],
)
def test_the_archive_is_described_by_what_is_known(extent: ArchiveExtent, sentence: str) -> None:
    assert sentence in render_answer(answer(extent=extent), DE)


def test_an_empty_archive_is_not_blamed_on_the_articles() -> None:
    text = render_answer(answer(extent=ArchiveExtent(0, None, None)), DE)
    assert "Das sagen die Artikel nicht" not in text
    assert "/artikel hinzufügen" in text


def test_how_a_question_was_understood_is_shown() -> None:
    text = render_answer(answer(quote(article(), SENTENCE), interpretation="im *Oktober*"), DE)
    assert read(text).text.startswith("Verstanden als: im *Oktober*\n")


def test_the_age_stands_beside_the_date_where_the_day_is_known() -> None:
    told = answer(quote(article(), SENTENCE), quote(article(published=None), "Danach."))
    shown = read(render_answer(told, DE, date(2024, 11, 4))).text
    assert "ORF · 1. November 2024 (vor 3 Tagen)" in shown
    assert "1 November 2024 (3 days ago)" in render_answer(told, EN, date(2024, 11, 4))
    # A date that lies ahead is the page's mistake, and has no age.
    assert "(" not in read(render_answer(told, DE, date(2024, 10, 1))).text
    silent = render_answer(answer(nearest=(article(),)), DE, date(2024, 11, 1))
    assert "1. November 2024 (heute)" in silent


def test_sources_are_counted_by_outlet() -> None:
    def of(number: int, outlet: str | None) -> Quote:
        return quote(StoredArticle(number, article(outlet=outlet).article), SENTENCE)

    def last_line(*quotes: Quote) -> str:
        return read(render_answer(answer(*quotes), DE)).text.rpartition("\n")[2]

    assert last_line(of(1, "ORF")) == "Eine Quelle"
    assert last_line(of(1, "ORF"), of(2, "APA"), of(3, None)) == "3 unabhängige Quellen"
    assert last_line(of(1, "ORF"), of(2, "ORF")) == "Eine Quelle"


def test_what_a_question_was_limited_to_is_shown_and_nothing_there_is_said() -> None:
    only = Filter(first_day=date(2024, 11, 1), outlets=frozenset({"*ORF*"}))
    told = replace(answer(quote(article(), SENTENCE)), only=only)
    assert read(render_answer(told, DE, date(2024, 11, 7))).text.startswith(
        "Zeitraum: letzte 7 Tage, ohne Artikel mit unbekanntem Datum · Medium: *ORF*\n"
    )
    empty = replace(answer(extent=ArchiveExtent(0, None, None)), only=only)
    shown = read(render_answer(empty, DE)).text
    assert shown.endswith("Dazu gibt es hier keine Artikel.")
    assert "/artikel" not in shown


NASTY = st.text(alphabet="aä 😀*_[]\\<@:/\n\r`|>#-.1", min_size=1, max_size=3000)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_message_is_longer_than_discord_takes(data: st.DataObject) -> None:
    quotes = []
    for identifier in range(data.draw(st.integers(0, 6))):
        text = "x" + data.draw(NASTY)
        one = StoredArticle(
            identifier,
            Article(
                data.draw(NASTY),
                text,
                datetime.now(UTC),
                url=data.draw(st.sampled_from([None, "https://orf.at/" + "ü" * 900, "http://a"])),
                outlet=data.draw(st.none() | NASTY),
            ),
        )
        end = data.draw(st.integers(1, len(text)))
        mark = Span(one.article, data.draw(st.integers(0, end - 1)), end)
        quotes.append(Quote(one, Span(one.article, 0, len(text)), 0.5, mark))
    nearest = tuple(one.stored for one in quotes)
    for language in Language:
        for rendered in (
            render_answer(answer(*quotes, interpretation=data.draw(st.none() | NASTY)), language),
            render_answer(answer(nearest=nearest), language),
            render_list(nearest * 3, 0, language),
        ):
            assert units(rendered) <= MESSAGE_LIMIT
    for stored in nearest:
        assert units(render_receipt(Receipt(Outcome.UPDATED, stored), DE)) <= MESSAGE_LIMIT


@settings(max_examples=150, deadline=None)
@given(NASTY)
@example("\r- 11")
def test_every_quotation_shown_is_a_slice_of_the_article(text: str) -> None:
    one = article("x" + text, url=None)
    mark = Span(one.article, len(one.article.text) // 2, len(one.article.text))
    whole = Quote(one, Span(one.article, 0, len(one.article.text)), 0.9, mark)
    shown = read(render_answer(answer(whole), DE)).text
    inside = shown[shown.index("»") + 1 : shown.rindex("«")]
    assert inside in one.article.text.replace("\r\n", "\n").replace("\r", "\n")


def test_a_list_has_pages_and_a_page_that_is_gone_shows_the_last() -> None:
    many = [article()] * (PAGE_SIZE + 1)
    assert page_count(many) == 2
    assert "Seite 1 von 2" in render_list(many, 0, DE)
    assert render_list(many, 9, DE) == render_list(many, 1, DE)
    assert render_list(many, 1, DE).count("Soldaten in Kursk") == 1
    assert page_count([]) == 1
    assert "noch keine Artikel" in render_list([], 0, DE)


@pytest.mark.parametrize(
    ("outcome", "word"),
    [(Outcome.ADDED, "Hinzugefügt"), (Outcome.UPDATED, "Aktualisiert"), (Outcome.KNOWN, "bekannt")],
)
def test_a_receipt_says_what_happened_and_what_was_found(outcome: Outcome, word: str) -> None:
    shown = read(render_receipt(Receipt(outcome, article()), DE)).text
    assert word in shown
    assert "Nr. 4" in shown
    assert "Soldaten in Kursk · ORF · 1. November 2024" in shown
