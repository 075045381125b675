from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.answer import Answering
from bot.console import answer_record
from bot.console import render_answer as in_terminal
from bot.rank import Weights, shipped_weights
from bot.render import render_answer
from bot.terminal_text import Style
from bot.types import Answer, Language
from index.corpus import Corpus
from index.types import DateOrigin, Published
from tests.making import make_article, make_confidence, make_corpus

TALKATIVE = Answering(Weights(shipped_weights().ranking, make_confidence(5.0), 0.5))
PLAIN = Style(200)
KURSK = "Wie viele Soldaten sind in Kursk?"
NOW = datetime(2024, 11, 8, 12, tzinfo=UTC)
OLDER = (
    "In der Grenzregion wächst die Sorge. Laut Angaben der Regierung sind rund 8.000 Soldaten in"
    " Kursk. Mehr war nicht zu erfahren."
)
NEWER = (
    "Die Zahl steigt weiter. Nach Angaben der Regierung sind inzwischen 11.000 Soldaten in Kursk."
    " Die Lage bleibt unübersichtlich."
)
FLOOD = "Wie viele Menschen wurden in Auental evakuiert?"


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    corpus = make_corpus(tmp_path)
    yield corpus
    corpus.close()


def add(corpus: Corpus, text: str, at: str, outlet: str, url: str | None = None) -> int:
    published = f"{at}:00+00:00"
    article = make_article(text, title="Kurzmeldung", outlet=outlet, published=published, url=url)
    return corpus.add(article).stored.id


def values(answer: Answer) -> list[str]:
    assert answer.account is not None
    return [claim.value.text for claim in answer.account.current]


def test_the_newer_figure_leads_and_the_older_is_told_with_its_date_and_claimant(
    corpus: Corpus,
) -> None:
    add(corpus, OLDER, "2024-10-31T10:00", "Altblatt")
    add(corpus, NEWER, "2024-11-07T13:30", "Neublatt")
    answer = TALKATIVE.answer(corpus, KURSK, now=NOW)
    assert values(answer) == ["11.000"]
    assert answer.quotes[0].stored.article.outlet == "Neublatt"
    shown = render_answer(answer, Language.GERMAN)
    assert "Stand: 7. November 2024" in shown
    assert "Früher: rund 8.000 · Regierung · Altblatt · 31. Oktober 2024" in shown
    assert "Früher: rund 8.000" in in_terminal(answer, Language.GERMAN, PLAIN)


def test_the_order_in_which_articles_come_in_changes_nothing(corpus: Corpus) -> None:
    add(corpus, NEWER, "2024-11-07T13:30", "Neublatt")
    add(corpus, OLDER, "2024-10-31T10:00", "Altblatt")
    assert values(TALKATIVE.answer(corpus, KURSK, now=NOW)) == ["11.000"]


def test_an_older_version_is_told_as_such_and_stays_an_exact_slice(corpus: Corpus) -> None:
    url = "https://blatt.example/kursk"
    add(corpus, OLDER, "2024-11-06T10:00", "Blatt", url)
    corrected = make_article(
        NEWER, title="Kurzmeldung", outlet="Blatt", url=url, published="2024-11-06T10:00:00+00:00"
    )
    changed = Published.parse("2024-11-07T09:00:00+00:00", DateOrigin.METADATA)
    corpus.add(replace(corrected, updated=changed))
    answer = TALKATIVE.answer(corpus, KURSK, now=NOW)
    assert values(answer) == ["11.000"]
    account = answer.account
    assert account is not None
    old = account.claims[0]
    assert old.value.text == "8.000"
    assert old.stored.id in account.outdated
    assert old.stored.article.text[old.quote.span.start : old.quote.span.end] == old.quote.text
    assert "ältere Fassung" in render_answer(answer, Language.GERMAN)


def test_a_newer_figure_of_the_whole_country_does_not_lead(corpus: Corpus) -> None:
    add(corpus, OLDER, "2024-10-31T10:00", "Altblatt")
    everywhere = "Seoul schätzt die Zahl der Soldaten in ganz Russland auf mehr als 12.000."
    add(corpus, everywhere, "2024-11-07T13:30", "Neublatt")
    assert values(TALKATIVE.answer(corpus, KURSK, now=NOW)) == ["8.000"]


def test_who_differs_at_the_same_time_stands_beside_it(corpus: Corpus) -> None:
    add(corpus, "Die Polizei zählte 120 Evakuierte in Auental.", "2024-11-07T10:00", "Eins")
    add(
        corpus,
        "Der Landkreis zählte dagegen 150 Evakuierte in Auental.",
        "2024-11-07T12:00",
        "Zwei",
    )
    answer = TALKATIVE.answer(corpus, FLOOD, now=NOW)
    assert set(values(answer)) == {"120", "150"}
    shown = render_answer(answer, Language.GERMAN)
    assert "Die Quellen sagen Verschiedenes" in shown
    assert "150 · Landkreis · Zwei" in shown
    assert "120 · Polizei · Eins" in shown


def test_who_says_something_newer_replaces_what_they_said(corpus: Corpus) -> None:
    add(corpus, "Die Polizei zählte 120 Evakuierte in Auental.", "2024-11-07T10:00", "Eins")
    add(corpus, "Die Polizei zählte 150 Evakuierte in Auental.", "2024-11-07T12:00", "Zwei")
    assert values(TALKATIVE.answer(corpus, FLOOD, now=NOW)) == ["150"]


def test_a_period_limits_what_answers_and_is_named(corpus: Corpus) -> None:
    add(corpus, OLDER, "2024-10-31T10:00", "Altblatt")
    add(corpus, NEWER, "2024-11-07T13:30", "Neublatt")
    answer = TALKATIVE.answer(corpus, "Wie viele Soldaten waren letzte Woche in Kursk?", now=NOW)
    assert values(answer) == ["8.000"]
    assert "Verstanden als: 28. Oktober 2024 bis 3. November 2024" in render_answer(
        answer, Language.GERMAN
    )


def test_where_the_period_has_nothing_the_answer_says_so(corpus: Corpus) -> None:
    add(corpus, NEWER, "2024-11-07T13:30", "Neublatt")
    answer = TALKATIVE.answer(corpus, "Wie viele Soldaten waren im März in Kursk?", now=NOW)
    assert values(answer) == ["11.000"]
    assert answer.account is not None
    assert answer.account.outside
    assert "Von dann habe ich dazu nichts" in render_answer(answer, Language.GERMAN)


def test_what_nobody_dated_keeps_its_order(corpus: Corpus) -> None:
    for text in (OLDER, NEWER):
        corpus.add(make_article(text, title="Kurzmeldung"))
    answer = TALKATIVE.answer(corpus, KURSK, now=NOW)
    assert answer.account is not None
    assert answer.account.as_of is None
    assert "Stand:" not in render_answer(answer, Language.GERMAN)


def test_what_is_old_is_said_to_be_where_one_asks_of_now(corpus: Corpus) -> None:
    add(corpus, OLDER, "2024-10-31T10:00", "Altblatt")
    question = "Wie viele Soldaten sind jetzt in Kursk?"
    answer = TALKATIVE.answer(corpus, question, now=NOW)
    today = (NOW + timedelta(1)).date()
    assert "Neueres habe ich dazu nicht." in render_answer(answer, Language.GERMAN, today)
    plain = TALKATIVE.answer(corpus, KURSK, now=NOW)
    assert "Neueres" not in render_answer(plain, Language.GERMAN, today)


def test_the_record_has_every_claim_with_its_parts(corpus: Corpus) -> None:
    add(corpus, OLDER, "2024-10-31T10:00", "Altblatt")
    add(corpus, NEWER, "2024-11-07T13:30", "Neublatt")
    record = answer_record(TALKATIVE.answer(corpus, KURSK, now=NOW), 1.0)
    assert record["as_of"] == "2024-11-07T13:30:00+00:00"
    assert record["origins"] == 2
    assert record["conflicts"] == []
    older, newer = record["claims"]
    assert (older["current"], newer["current"]) == (False, True)
    assert older["figure"] == {
        "least": 8000, "most": 8000, "unit": None, "counted": "Soldaten", "hedge": "about"
    }  # fmt: skip
    assert older["hedge"]["text"] == "rund"
    assert "Regierung" in older["claimant"]["text"]


def test_copies_of_one_text_are_one_origin(corpus: Corpus) -> None:
    text = (
        "Nach Angaben der Regierung sind inzwischen 11.000 Soldaten in Kursk. Die Lage an der"
        " Grenze bleibt unübersichtlich, hieß es am Abend aus dem Ministerium in der Hauptstadt."
        " Beobachter rechnen mit weiteren Kämpfen in den kommenden Tagen und Wochen."
    )
    add(corpus, text, "2024-11-07T10:00", "Eins")
    add(corpus, text.replace("hieß es", "so hieß es"), "2024-11-07T11:00", "Zwei")
    account = TALKATIVE.account(corpus, KURSK, now=NOW)
    assert account.origins == 1
    assert len(account.claims) == 1


def test_of_official_figures_are_those_that_an_office_says(corpus: Corpus) -> None:
    add(corpus, "Die Polizei zählte 120 Evakuierte in Auental.", "2024-11-07T10:00", "Eins")
    add(corpus, "Ein Verein zählte dagegen 150 Evakuierte in Auental.", "2024-11-07T12:00", "Zwei")
    official = "Wie viele Menschen wurden nach amtlichen Angaben in Auental evakuiert?"
    assert values(TALKATIVE.answer(corpus, official, now=NOW)) == ["120"]


def test_a_date_to_come_is_none_that_is_over(corpus: Corpus) -> None:
    text = (
        "Das Museum in Auental wird am 3. Mai 2025 eröffnet. Der Bau des Museums in Auental wurde"
        " am 5. November 2024 fertig."
    )
    add(corpus, text, "2024-11-07T10:00", "Eins")
    account = TALKATIVE.account(corpus, "Wann eröffnet das Museum in Auental?", now=NOW)
    assert [claim.value.text for claim in account.claims] == ["am 3. Mai 2025"]
