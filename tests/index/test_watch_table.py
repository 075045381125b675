from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.corpus import Corpus
from index.library import Library
from index.types import Article
from index.watch_table import Watch, WatchTable
from tests.fakes import HashingEmbedder

NOW = datetime(2025, 11, 7, 12, 0, tzinfo=UTC)
QUESTION = "Wie viele Verletzte gibt es?"
PLACE = {"article": 1, "value": [3, 5]}
OTHER = {"article": 2, "value": [7, 9]}


def watch(**values: object) -> Watch:
    given: dict[str, object] = {
        "person": 7,
        "channel": None,
        "question": QUESTION,
        "language": "de",
        "at": NOW,
        "seen": 0,
        "known": (PLACE,),
    }
    return Watch(**{**given, **values})  # type: ignore[arg-type]  # values are the test's


def article(text: str) -> Article:
    return Article(title="Zug", text=text, fetched=NOW)


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    library = Library(tmp_path, HashingEmbedder())
    yield library.corpus("1")
    library.close()


@pytest.fixture
def table(corpus: Corpus) -> WatchTable:
    return WatchTable(corpus.database)


def test_a_watch_comes_back_as_it_was_kept(table: WatchTable) -> None:
    kept = table.add(watch(outlets=frozenset({"Abendbote"}), channel=9))
    assert kept is not None
    assert table.all() == [kept] == table.of(7) == [table.find(kept.id)]
    assert replace(kept, id=0) == watch(outlets=frozenset({"Abendbote"}), channel=9)


def test_the_same_question_of_the_same_person_at_the_same_place_is_kept_once(
    table: WatchTable,
) -> None:
    assert table.add(watch())
    assert table.add(watch()) is None
    for other in (watch(channel=9), watch(person=8), watch(question="Wann?")):
        assert table.add(other)
    assert len(table.all()) == 4


def test_due_is_what_was_not_compared_with_the_newest_text(
    corpus: Corpus, table: WatchTable
) -> None:
    kept = table.add(watch())
    resting = table.add(watch(person=8, paused="person"))
    assert kept
    assert resting
    assert table.due() == (0, [])
    first = corpus.add(article("Zwölf Menschen wurden verletzt.")).stored.id
    assert table.due() == (first, [kept])
    table.seen([kept.id], first)
    assert table.due() == (first, [])
    second = corpus.add(article("Später waren es 23 Verletzte.")).stored.id
    assert table.new_articles(first) == {second}
    assert [one.id for one in table.due()[1]] == [kept.id]


def test_what_was_not_told_yet_is_told_together_with_what_is_newer(table: WatchTable) -> None:
    kept = table.add(watch())
    assert kept
    table.compared(kept.id, 2, [OTHER], ("changed", [PLACE]), NOW)
    table.compared(kept.id, 3, [PLACE, OTHER], ("contradicted", [OTHER]), NOW)
    (alert,) = table.alerts()
    assert (alert.kind, alert.before, alert.after) == ("contradicted", (PLACE,), (PLACE, OTHER))
    assert alert.watch.seen == 3
    table.told([alert.id])
    assert table.alerts() == []


def test_an_alert_of_a_watch_that_rests_waits(table: WatchTable) -> None:
    kept = table.add(watch())
    assert kept
    table.compared(kept.id, 2, [OTHER], ("changed", [PLACE]), NOW)
    assert table.pause(kept.id, "person")
    assert table.alerts() == []
    assert table.resume(kept.id)
    assert len(table.alerts()) == 1


def test_with_a_watch_goes_what_it_was_to_tell(table: WatchTable) -> None:
    kept = table.add(watch())
    assert kept
    table.compared(kept.id, 2, [OTHER], ("changed", [PLACE]), NOW)
    assert table.remove(kept.id)
    assert not table.remove(kept.id)
    assert not table.pause(kept.id, "person")
    table.compared(kept.id, 3, [OTHER], ("changed", [PLACE]), NOW)  # it was being compared
    assert table.alerts() == []


def test_a_person_is_forgotten_and_others_are_not(table: WatchTable) -> None:
    table.add(watch())
    table.add(watch(channel=9))
    table.add(watch(person=8))
    assert table.forget(7) == 2
    assert [one.person for one in table.all()] == [8]
    assert table.clear() == 1


def test_alerts_survive_another_opening(tmp_path: Path) -> None:
    library = Library(tmp_path, HashingEmbedder())
    table = WatchTable(library.corpus("1").database)
    kept = table.add(watch())
    assert kept
    table.compared(kept.id, 2, [OTHER], ("changed", [PLACE]), NOW)
    library.close()
    again = Library(tmp_path, HashingEmbedder())
    (alert,) = WatchTable(again.corpus("1").database).alerts()
    assert alert.watch.question == QUESTION
    again.close()


@pytest.mark.parametrize(
    "values",
    [{"question": " "}, {"person": 0}, {"channel": -1}, {"at": datetime(2025, 1, 1)}],  # noqa: DTZ001
)
def test_a_watch_of_nothing_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"watch|numbers|zone"):
        watch(**values)


@pytest.mark.parametrize(
    "damage",
    [
        "person = 8",
        "channel = 10",
        "question = 'Wie viele Tote gibt es?'",
        "outlets = '[]'",
        "outlets = '[\"Aben'",
        "language = 'en'",
        "at = 'x'",
        "known = '[{'",
        "seal = NULL",
    ],
)
def test_nobody_is_told_what_a_damaged_watch_asks_for(
    table: WatchTable, corpus: Corpus, damage: str
) -> None:
    kept = table.add(watch(outlets=frozenset({"Abendbote"}), channel=9))
    other = table.add(watch(person=5))
    assert kept is not None
    assert other is not None
    for one in (kept, other):
        table.compared(one.id, 1, [OTHER], ("changed", [PLACE]), NOW)
    with corpus.database.transaction() as connection:
        connection.execute(f"UPDATE watch SET {damage} WHERE id = {kept.id}")
    assert [one.id for one in table.all()] == [other.id]
    assert [alert.watch.id for alert in table.alerts()] == [other.id]


def test_an_alert_that_is_damaged_keeps_no_other_back(table: WatchTable, corpus: Corpus) -> None:
    for person in (5, 6):
        kept = table.add(watch(person=person))
        assert kept is not None
        table.compared(kept.id, 1, [OTHER], ("changed", [PLACE]), NOW)
    with corpus.database.transaction() as connection:
        connection.execute("UPDATE alert SET before = '[{' WHERE watch_id = 1")
    assert [alert.watch.person for alert in table.alerts()] == [6]
