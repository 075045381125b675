from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.news.events_asked import EventAsked, event_asked, period_of
from index.types import Article
from tests.making import make_article

OPENING = "Der Verein eröffnet die Saison mit einem Sieg."
BREAK = "Der Verein geht mit 30 Punkten in die Sommerpause."
LATER = "Der Verein steht bei 41 Punkten."


def articles(*texts: str) -> list[Article]:
    return [
        make_article(text, title="Meldung", published=f"2025-0{month}-03T18:00:00+00:00")
        for month, text in enumerate(texts, 3)
    ]


def moments(event: EventAsked | None, found: list[Article]) -> tuple[str, str] | None:
    period = period_of(event, found) if event else None
    return (str(period.first), str(period.last)) if period else None


@pytest.mark.parametrize(
    "text",
    [
        "Wie viele Punkte hatte der Verein zur Sommerpause?",
        "Wie viele Punkte hatte der Verein bei der Sommerpause?",
        "Wo stand der Verein zur langen Sommerpause?",
    ],
)
def test_an_event_is_when_an_article_tells_of_it(text: str) -> None:
    found = moments(event_asked(text), articles(OPENING, BREAK, LATER))
    assert found == ("2025-04-03 00:00:00+00:00", "2025-04-03 23:59:59.999999+00:00")


def test_what_was_before_an_event_was_said_before_it_was_told_of() -> None:
    event = event_asked("Wie viele Punkte hatte der Verein vor der Sommerpause?")
    found = moments(event, articles(OPENING, BREAK, LATER))
    assert found == ("None", "2025-04-03 17:59:59.999999+00:00")
    # Where nothing was said before, the article that tells of it says it.
    alone = moments(event, articles(BREAK, LATER))
    assert alone is not None
    assert alone[0] == "2025-03-03 00:00:00+00:00"


def test_days_are_counted_from_the_first_article() -> None:
    event = event_asked("How many people were missing on the second day?")
    found = moments(event, articles(OPENING, BREAK, LATER))
    assert found is not None
    assert found[0] == "2025-03-04 00:00:00+00:00"


def test_an_event_that_most_articles_tell_of_is_the_matter_itself() -> None:
    event = event_asked("Wie viele Stimmen bekam er bei der Wahl? Wie viele waren es?")
    assert event is not None
    assert moments(event, articles("Die Wahl war.", "Nach der Wahl.", LATER)) is None


def test_an_event_that_nobody_tells_of_is_none() -> None:
    event = event_asked("Wie viele Punkte hatte der Verein zur Winterpause?")
    assert moments(event, articles(OPENING, BREAK, LATER)) is None
    undated = [make_article(BREAK)]
    assert moments(event_asked("Wo stand er zur Sommerpause?"), undated) is None


@pytest.mark.parametrize(
    "text",
    [
        "Wie viele Punkte hat der Verein zur Sommerpause?",  # it is to come, or now
        "Wie viele Verletzte gab es beim Unglück in Auental?",  # no moment of a story
        "Was kostete der Weg zum Rathaus?",
    ],
)
def test_what_names_no_event_that_is_over_has_none(text: str) -> None:
    assert event_asked(text) is None


def test_the_first_article_is_the_oldest_by_its_moment() -> None:
    newest_first = articles(OPENING, BREAK, LATER)[::-1]
    period = period_of(EventAsked(frozenset({"sommerpaus"})), newest_first)
    assert period is not None
    assert period.first == datetime(2025, 4, 3, tzinfo=UTC)


FIRE = "In der Halle ist ein Feuer ausgebrochen. Der Verein trauert."
POLLS = "Die Wahllokale schließen am Abend. In der Stadt wird ausgezählt."
SACKED = "Der Verein hat sich von Trainer Lasse Halvorsson getrennt."


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Wie viele Verletzte nannte die Polizei am Unglückstag?", "2025-03-03"),
        ("Wie viele Verletzte gab es am Abend des Brandes?", "2025-03-03"),
        ("Wie viele Verletzte meldete die Polizei in der Brandnacht?", "2025-03-03"),
        ("Wie viele Verletzte gab es am Tag nach dem Brand?", "2025-03-04"),
        ("Wie viele Verletzte gab es zwei Tage nach dem Brand?", "2025-03-05"),
        ("Wie viele Verletzte gab es 24 Stunden nach dem Brand?", "2025-03-04"),
        ("How many people were hurt two days after the fire?", "2025-03-05"),
        ("How many people were hurt on the evening of the fire?", "2025-03-03"),
        ("Welche Stufe galt in der Stadt, als das Unglück geschah?", "2025-03-03"),
        ("Which level applied in the town when the accident happened?", "2025-03-03"),
        ("Welchen Vorsprung meldete das Tageblatt am Wahlabend?", "2025-04-03"),
        ("What lead did the paper report on election night?", "2025-04-03"),
        ("Wie viele Punkte hatte der Verein, als Trainer Halvorsson gehen musste?", "2025-05-03"),
        ("How many points did the club have when Halvorsson was sacked?", "2025-05-03"),
    ],
)
def test_a_day_is_named_by_what_happened_then(text: str, day: str) -> None:
    found = moments(event_asked(text), articles(FIRE, POLLS, SACKED))
    assert found is not None
    assert found[0].startswith(day)


def test_weeks_after_it_are_not_told_to_the_day() -> None:
    event = event_asked("Wie viele Vermisste gab es eine Woche nach dem Brand?")
    found = moments(event, articles(FIRE, POLLS))
    assert found is not None
    assert [one[:10] for one in found] == ["2025-03-08", "2025-03-12"]


@pytest.mark.parametrize(
    "text",
    [
        "Wie viele Menschen waren an Bord, als der Zug entgleiste?",
        "How fast was the train when it derailed?",
    ],
)
def test_what_is_known_by_now_of_a_moment_is_no_period(text: str) -> None:
    assert event_asked(text) is None
