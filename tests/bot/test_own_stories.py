"""The stories of our own are whole: what is expected stands where it says, and dates make sense."""

import json
import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.story_set import KINDS, is_story_set, read_pairs, read_story_questions

OWN = Path(__file__).parents[1] / "stories"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "stories"
RELATIONS = {
    "copy",
    "new_version",
    "corrects",
    "supersedes",
    "conflict",
    "internal_conflict",
    "same_event_low_overlap",
}
TOO_ALIKE = 10  # words in a row
LONGEST = timedelta(days=500)  # from the first article of a story to the last


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


ARTICLES = {row["id"]: row for row in rows(OWN / "articles.jsonl")}
QUESTIONS = read_story_questions(OWN / "questions.jsonl")
ASKED = rows(OWN / "questions.jsonl")


def moment(row: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(row["updated"] or row["published"])


def spans(row: dict[str, Any]) -> list[dict[str, Any]]:
    expected = row["expected"]
    return expected if isinstance(expected, list) else [expected] if expected else []


def word_runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + TOO_ALIKE]) for i in range(len(words) - TOO_ALIKE + 1)}


def test_each_story_has_six_articles_and_every_kind_of_question() -> None:
    assert is_story_set(OWN / "questions.jsonl")
    stories = [row["id"] for row in rows(OWN / "stories.jsonl")]
    assert Counter(row["story"] for row in ARTICLES.values()) == dict.fromkeys(stories, 6)
    for story in stories:
        asked = [one for one in QUESTIONS if one.story == story]
        assert {one.kind for one in asked} == set(KINDS)
        assert sum(row["lang"] == "en" for row in ASKED if row["story"] == story) == 1


def test_ids_stand_for_one_thing_each() -> None:
    assert len(ARTICLES) == len(rows(OWN / "articles.jsonl"))
    assert len({one.id for one in QUESTIONS}) == len(QUESTIONS)
    assert all(row["id"].startswith(f"{row['story']}-") for row in [*ARTICLES.values(), *ASKED])


def test_what_is_expected_stands_in_its_article_word_by_word() -> None:
    for row in ASKED:
        for one in spans(row):
            article = ARTICLES[one["article_id"]]
            assert article["text"].startswith(one["span"], one["start"]), row["id"]
            assert (one["published"], one.get("updated")) == (
                article["published"],
                article["updated"],
            )
            assert article["story"] == row["story"]
        for one in row["also_accept"]:
            assert one["span"] in ARTICLES[one["article_id"]]["text"], row["id"]


def test_a_hedge_is_said_where_the_value_stands() -> None:
    for question in QUESTIONS:
        for one in question.expected:
            if one.hedge:
                sentence = ARTICLES[one.article]["text"][max(0, one.start - 40) :]
                reach = sentence[: 40 + len(one.span)].casefold()
                assert one.hedge.casefold() in reach, (question.id, one.hedge)


def test_nobody_is_asked_for_what_is_not_yet_published() -> None:
    for question in QUESTIONS:
        for one in question.expected:
            assert moment(ARTICLES[one.article]) <= question.asked_at, question.id
        assert bool(question.expected) == (question.kind != "unanswerable")
        assert len(question.expected) > 1 or question.kind not in {"conflict", "history"}


def test_values_of_a_history_are_in_the_order_in_which_they_became_known() -> None:
    for question in QUESTIONS:
        if question.kind == "history":
            made = [one.made for one in question.expected]
            assert made == sorted(made), question.id


def test_articles_of_a_story_come_one_after_the_other() -> None:
    for story in {row["story"] for row in ARTICLES.values()}:
        moments = [moment(row) for row in ARTICLES.values() if row["story"] == story]
        assert moments == sorted(moments)
        assert moments[-1] - moments[0] < LONGEST


def test_a_day_of_the_week_beside_a_date_is_that_day() -> None:
    days = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
    pattern = re.compile(rf"({'|'.join(days)}),? (\d\d)\.(\d\d)\.(\d{{4}})")
    texts = [json.dumps(row, ensure_ascii=False) for row in ASKED]
    found = [match for text in texts for match in pattern.finditer(text)]
    assert found
    for match in found:
        name, day, month, year = match.groups()
        assert days[datetime(int(year), int(month), int(day)).weekday()] == name  # noqa: DTZ001 - a day


def test_a_new_version_keeps_the_address_and_a_copy_has_its_own() -> None:
    for row in ARTICLES.values():
        if row["version_of"]:
            older = ARTICLES[row["version_of"]]
            assert (row["url"], row["published"]) == (older["url"], older["published"])
            assert moment(row) > moment(older)
        if row["copy_of"]:
            source = ARTICLES[row["copy_of"]]
            assert row["outlet"] != source["outlet"]
            assert row["url"] != source["url"]
            assert moment(row) > moment(source)


def test_pairs_name_articles_that_exist_and_every_copy_and_version() -> None:
    pairs = read_pairs(OWN / "pairs.jsonl")
    for pair in pairs:
        assert pair.relation in RELATIONS
        assert ARTICLES[pair.one]["story"] == ARTICLES[pair.other]["story"]
        assert moment(ARTICLES[pair.one]) >= moment(ARTICLES[pair.other]) or (
            pair.relation == "conflict"
        )
    related = {(pair.one, pair.other, pair.relation) for pair in pairs}
    for row in ARTICLES.values():
        for key, relation in (("copy_of", "copy"), ("version_of", "new_version")):
            assert not row[key] or (row["id"], row[key], relation) in related


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared stories are not here")
def test_nothing_is_taken_from_the_other_stories() -> None:
    theirs = {run for row in rows(SHARED / "articles.jsonl") for run in word_runs(row["text"])}
    for row in ARTICLES.values():
        assert not word_runs(row["text"]) & theirs, row["id"]
