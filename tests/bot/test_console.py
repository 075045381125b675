from __future__ import annotations

import dataclasses
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.answer import Answering
from bot.console import (
    Conversation,
    answer_record,
    article_record,
    headline,
    hit_record,
    render_answer,
    render_hits,
)
from bot.desk import Desk
from bot.rank import shipped_weights
from bot.reading import fitting
from bot.terminal_text import Style
from bot.types import Answer, AnswerKind, ArchiveExtent, Language, Question, Quote, Statement
from index.filter import Filter
from index.library import Library
from index.types import (
    Article,
    DateOrigin,
    Hit,
    Passage,
    Published,
    Sentence,
    Span,
    StoredArticle,
)
from tests.fakes import HashingEmbedder, Web

FETCHED = datetime(2024, 11, 2, 8, 0, tzinfo=UTC)
TEXT = "Der Minister äußerte sich. Rund 8.000 Soldaten stehen in Kursk. Moskau schweigt."
SENTENCE = "Rund 8.000 Soldaten stehen in Kursk."
GERMAN, ENGLISH = Language.GERMAN, Language.ENGLISH


def stored(text: str = TEXT, number: int = 7, **changes: object) -> StoredArticle:
    article = Article(
        title="Truppen in Kursk",
        text=text,
        fetched=FETCHED,
        url="https://tagesblatt.example/kursk",
        outlet="Tagesblatt",
        published=Published(date(2024, 11, 1), DateOrigin.METADATA),
    )
    return StoredArticle(number, dataclasses.replace(article, **changes))  # type: ignore[arg-type]


def quote(source: StoredArticle, words: str = SENTENCE, marked: str | None = "8.000") -> Quote:
    start = source.article.text.index(words)
    span = Span(source.article, start, start + len(words))
    mark = None
    if marked:
        at = source.article.text.index(marked)
        mark = Span(source.article, at, at + len(marked))
    return Quote(source, span, 0.9, mark)


def answer(
    *quotes: Quote, interpretation: str | None = None, nearest: tuple[StoredArticle, ...] = ()
) -> Answer:
    return Answer(
        Question("Wie viele?", GERMAN, AnswerKind.NUMBER, interpretation),
        tuple(Statement((one,)) for one in quotes),
        0.91234567 if quotes else 0.1,
        nearest,
        ArchiveExtent(12, date(2024, 10, 1), date(2024, 11, 1)),
    )


def test_a_quotation_stands_with_its_outlet_its_day_its_title_and_its_link() -> None:
    assert render_answer(answer(quote(stored())), GERMAN, Style()) == (
        "„Rund 8.000 Soldaten stehen in Kursk.“\n"
        "  — Tagesblatt · 1. November 2024\n"
        "    Truppen in Kursk\n"
        "    https://tagesblatt.example/kursk\n\n"
        "Eine Quelle"
    )


def test_with_the_day_an_age_stands_beside_the_date() -> None:
    shown = render_answer(answer(quote(stored())), GERMAN, Style(), date(2024, 11, 3))
    assert "— Tagesblatt · 1. November 2024 (vor 2 Tagen)" in shown


def test_what_a_question_was_limited_to_is_said_and_recorded() -> None:
    only = Filter(date(2024, 11, 1), None, frozenset({"Tagesblatt\x1b[2J"}))
    told = dataclasses.replace(answer(quote(stored())), only=only)
    shown = render_answer(told, GERMAN, Style(), date(2024, 11, 1))
    assert shown.startswith("Zeitraum: heute, ohne Artikel mit unbekanntem Datum · Medium: Tages")
    assert "\x1b" not in shown
    assert answer_record(told, 1.0)["filter"] == {
        "from": "2024-11-01",
        "to": None,
        "outlets": ["Tagesblatt\x1b[2J"],
    }
    none = dataclasses.replace(told, statements=(), archive=ArchiveExtent(0, None, None))
    assert render_answer(none, GERMAN, Style()).endswith("Dazu gibt es hier keine Artikel.")


def test_in_english_the_frame_is_english_and_the_words_stay() -> None:
    shown = render_answer(answer(quote(stored())), ENGLISH, Style())
    assert "“Rund 8.000 Soldaten stehen in Kursk.”" in shown
    assert "1 November 2024" in shown


def test_the_answering_part_is_bold_where_bold_is_wanted() -> None:
    shown = render_answer(answer(quote(stored())), GERMAN, Style(width=80, bold=True))
    assert "Rund \x1b[1m8.000\x1b[22m Soldaten" in shown
    assert "\x1b" not in render_answer(answer(quote(stored())), GERMAN, Style(width=80))


def test_an_unknown_day_is_said_to_be_unknown_and_a_missing_link_left_out() -> None:
    bare = stored(published=None, outlet=None, url=None)
    shown = render_answer(answer(quote(bare)), GERMAN, Style())
    assert "  — Datum unbekannt\n    Truppen in Kursk\n\n" in shown


def test_two_quotations_of_one_article_share_their_source() -> None:
    source = stored()
    shown = render_answer(
        answer(quote(source), quote(source, "Moskau schweigt.", None)), GERMAN, Style()
    )
    assert shown.count("https://") == 1
    assert shown.index("Moskau") < shown.index("Tagesblatt")


def test_silence_says_how_much_was_searched_and_names_the_nearest_as_such() -> None:
    shown = render_answer(answer(nearest=(stored(),)), GERMAN, Style())
    assert shown.startswith("Das sagen die Artikel nicht.")
    assert "12 Artikel vom 1. Oktober 2024 bis 1. November 2024" in shown
    assert "Eine Antwort sind sie nicht" in shown
    assert "  Truppen in Kursk · Tagesblatt · 1. November 2024" in shown
    assert "„" not in shown


def test_without_articles_there_is_nothing_that_they_do_not_say() -> None:
    empty = dataclasses.replace(answer(), archive=ArchiveExtent(0, None, None))
    shown = render_answer(empty, GERMAN, Style())
    assert shown.startswith("Hier gibt es noch keine Artikel.")
    assert "Das sagen" not in shown


def test_a_quotation_with_marks_of_its_own_gets_no_second_ones() -> None:
    source = stored("Wood sprach. „Wir bleiben.“ „Wirklich“, sagte er.")
    shown = render_answer(answer(quote(source, "„Wir bleiben.“", None)), GERMAN, Style())
    assert shown.startswith("„Wir bleiben.“\n")
    shown = render_answer(answer(quote(source, "„Wirklich“, sagte er.", None)), GERMAN, Style())
    assert shown.startswith("»„Wirklich“, sagte er.«\n")


def test_what_was_inferred_beyond_the_words_is_shown() -> None:
    shown = render_answer(answer(interpretation="im Oktober\x1b[2J"), GERMAN, Style())
    assert "im Oktober[2J" in shown.splitlines()[0]


def test_an_article_cannot_steer_the_terminal() -> None:
    bell = stored(
        text="Die Zahl \x1b]0;x\x07 8.000\u202e stimmt.",
        title="\x1b[31mRot",
        outlet="A\x9bB",
        url="https://a.example/\x1b[1m",
    )
    said = quote(bell, bell.article.text)
    for shown in (
        render_answer(answer(said), GERMAN, Style()),
        render_answer(answer(nearest=(bell,)), GERMAN, Style()),
        headline(bell, GERMAN),
    ):
        assert not set(shown) & set("\x1b\x07\x9b\u202e")


def test_lines_keep_to_the_width_but_an_address_is_never_broken() -> None:
    long = stored(url="https://tagesblatt.example/" + "kursk-" * 10)
    lines = render_answer(answer(quote(long)), GERMAN, Style(width=30)).split("\n")
    assert all(len(line) <= 30 for line in lines if "https" not in line)
    assert "    " + (long.article.url or "") in lines


def test_an_article_that_must_not_be_quoted_is_named_with_its_link() -> None:
    told = dataclasses.replace(answer(), unquoted=(stored(),))
    assert told.answered
    assert render_answer(told, GERMAN, Style()) == (
        "Dazu steht hier etwas, das ich nicht zitieren darf:\n"
        "  Truppen in Kursk · Tagesblatt · 1. November 2024\n"
        "  https://tagesblatt.example/kursk"
    )
    record = answer_record(told, 1.0)
    assert (record["answered"], record["quotes"]) == (True, [])
    (named,) = record["unquoted"]
    assert named["url"] == "https://tagesblatt.example/kursk"
    assert "text" not in named


def test_the_record_of_an_answer_holds_what_scripts_rely_on() -> None:
    record = answer_record(answer(quote(stored()), nearest=(stored(number=8),)), 12.3456)
    assert record == {
        "question": "Wie viele?",
        "language": "de",
        "answered": True,
        "confidence": 0.9123,
        "quotes": [
            {
                "text": SENTENCE,
                "start": 27,
                "end": 63,
                "sentence": [27, 63],
                "highlight": [32, 37],
                "article_id": 7,
                "title": "Truppen in Kursk",
                "url": "https://tagesblatt.example/kursk",
                "outlet": "Tagesblatt",
                "published": "2024-11-01",
                "fetched": "2024-11-02T08:00:00+00:00",
                "copies": [],
            }
        ],
        "unquoted": [],
        "interpretation": None,
        "filter": None,
        "took_ms": 12.3,
        "nearest": [
            {
                "article_id": 8,
                "title": "Truppen in Kursk",
                "outlet": "Tagesblatt",
                "published": "2024-11-01",
            }
        ],
        "claims": [],
        "conflicts": [],
        "as_of": None,
        "origins": 0,
        "period": None,
        "archive": {"articles": 12, "first": "2024-10-01", "last": "2024-11-01"},
    }
    found = record["quotes"][0]
    assert TEXT[found["start"] : found["end"]] == found["text"]
    assert TEXT[slice(*found["highlight"])] == "8.000"


def test_who_else_printed_a_text_is_named_once() -> None:
    source = stored()
    others = ("Tagesblatt", "Abendpost", "Bergbote", "Abendpost", None, "Cityruf", "Dorfblatt")
    copies = tuple(stored(number=i, outlet=o).headline for i, o in enumerate(others, start=10))
    told = dataclasses.replace(answer(quote(source)), copies={source.id: copies})
    assert "auch bei Abendpost, Bergbote, Cityruf" in render_answer(told, GERMAN, Style())
    assert "also in Abendpost" in render_answer(told, ENGLISH, Style())
    assert "auch bei" not in render_answer(answer(quote(source)), GERMAN, Style())
    (record,) = answer_record(told, 1.0)["quotes"]
    assert [copy["article_id"] for copy in record["copies"]] == list(range(10, 17))


def test_the_record_of_a_question_that_went_on_has_the_words_and_what_they_were_taken_for() -> None:
    question = Question("Wo? Kursk", GERMAN, AnswerKind.PLACE, "Wo? · zu: Kursk", "Und wo?")
    record = answer_record(dataclasses.replace(answer(), question=question), 1.0)
    assert (record["question"], record["interpretation"]) == ("Und wo?", "Wo? · zu: Kursk")


def test_the_record_of_silence_says_what_is_unknown() -> None:
    empty = dataclasses.replace(answer(), archive=ArchiveExtent(0, None, None))
    record = answer_record(empty, 1.0)
    assert (record["answered"], record["quotes"]) == (False, [])
    assert record["archive"] == {"articles": 0, "first": None, "last": None}
    assert article_record(stored(published=None))["published"] is None


def test_a_record_says_when_an_article_was_changed_and_by_whom_it_is() -> None:
    updated = Published.parse("2024-11-03T08:00:00+01:00", DateOrigin.LINKED_DATA)
    record = article_record(stored(updated=updated, authors=("Anna Muster",)))
    assert (record["updated"], record["updated_origin"], record["authors"]) == (
        "2024-11-03T08:00:00+01:00",
        "json-ld",
        ["Anna Muster"],
    )
    assert (
        answer_record(answer(quote(stored(), marked=None)), 1.0)["quotes"][0]["highlight"] is None
    )


def hit(source: StoredArticle) -> Hit:
    text = source.article.text
    sentence = Sentence(source.article, 0, len(text))
    return Hit(source, Passage(source.article, 0, len(text), (sentence,)), 0.5, (0.25,), 0.75)


def whole(found: Hit) -> tuple[Hit, Span | None]:
    passage = found.passage
    return found, Span(passage.article, passage.start, passage.end)


def test_of_a_passage_that_may_not_be_shown_the_article_is_named() -> None:
    found = hit(stored())
    assert render_hits([(found, None)], GERMAN, Style()).endswith("1. November 2024 (7)")
    record = hit_record(found, None)
    assert (record["text"], record["start"], record["article_id"]) == (None, None, 7)


def test_passages_are_numbered_and_named() -> None:
    shown = render_hits([whole(hit(stored())), whole(hit(stored(number=8)))], GERMAN, Style())
    assert shown.startswith("1. Truppen in Kursk · Tagesblatt · 1. November 2024 (7)\n   Der Min")
    assert "\n\n2. Truppen" in shown


def test_the_record_of_a_passage_holds_its_place_and_evidence() -> None:
    record = hit_record(*whole(hit(stored())))
    assert record["text"] == TEXT[record["start"] : record["end"]]
    assert (record["score"], record["lexical"], record["cosine"]) == (0.75, 0.5, 0.25)
    assert record["article_id"] == 7


@pytest.fixture
async def conversation(tmp_path: Path) -> AsyncIterator[Conversation]:
    library = Library(tmp_path, HashingEmbedder())
    talkative = dataclasses.replace(fitting(shipped_weights(), None), threshold=0.001)
    async with Desk(library, Web(), Answering(talkative)) as desk:
        await desk.add_article("local", stored().article)
        yield Conversation(desk, "local", GERMAN, Style())
    library.close()


async def test_the_conversation_begins_with_what_there_is(conversation: Conversation) -> None:
    greeting = await conversation.greeting()
    assert "1 Artikel" in greeting
    assert "/ende" in greeting


async def test_a_line_is_a_question(conversation: Conversation) -> None:
    said = await conversation.reply("Wie viele Soldaten stehen in Kursk?\n")
    assert "Rund 8.000 Soldaten stehen in Kursk." in said


async def test_a_line_goes_on_with_the_one_before(conversation: Conversation) -> None:
    assert "Worum soll es gehen?" in await conversation.reply("Seit wann?")
    await conversation.reply("Wie viele Soldaten stehen in Kursk?")
    said = await conversation.reply("Und wer hat das bestätigt?")
    assert said.startswith("Verstanden als: wer hat das bestätigt? · zu: Soldaten, Kursk\n\n")
    assert await conversation.reply("?!") != said
    said = await conversation.reply("Seit wann?")
    assert "zu: bestätigt, Soldaten, Kursk" in said
    said = await conversation.reply("Wie ist das Wetter in Wien?")
    assert "Verstanden als" not in said


@pytest.mark.parametrize("line", ["?!", "x" * 6000, "/unbekannt", "/hilfe", "/ARTIKEL", "🙂"])
async def test_any_other_line_gets_a_sentence(conversation: Conversation, line: str) -> None:
    assert (await conversation.reply(line)).strip()


async def test_the_articles_can_be_listed(conversation: Conversation) -> None:
    assert await conversation.reply("/articles") == (
        "1. Truppen in Kursk · Tagesblatt · 1. November 2024"
    )


def test_words_of_both_languages_end_it(conversation: Conversation) -> None:
    assert conversation.is_end(" /Ende\n")
    assert conversation.is_end("/quit")
    assert not conversation.is_end("/artikel")
