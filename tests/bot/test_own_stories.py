"""The stories of our own are whole: what is expected stands where it says, and dates make sense."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.story_set import KINDS, StoryQuestion, is_story_set, read_pairs, read_story_questions

HERE = Path(__file__).parents[1]
FOLDERS = [HERE / name for name in ("stories", "stories_further", "stories_third")]
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


@dataclass(frozen=True, slots=True)
class Own:
    """A set of stories of our own, with its questions as written and as Beleg reads them."""

    folder: Path
    articles: dict[str, dict[str, Any]]
    questions: list[StoryQuestion]
    asked: list[dict[str, Any]]


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def own(request: pytest.FixtureRequest) -> Own:
    folder: Path = request.param
    return Own(
        folder,
        {row["id"]: row for row in rows(folder / "articles.jsonl")},
        list(read_story_questions(folder / "questions.jsonl")),
        rows(folder / "questions.jsonl"),
    )


def moment(row: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(row["updated"] or row["published"])


def spans(row: dict[str, Any]) -> list[dict[str, Any]]:
    expected = row["expected"]
    return expected if isinstance(expected, list) else [expected] if expected else []


def word_runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[i : i + TOO_ALIKE]) for i in range(len(words) - TOO_ALIKE + 1)}


def test_each_story_has_six_articles_and_every_kind_of_question(own: Own) -> None:
    assert is_story_set(own.folder / "questions.jsonl")
    stories = [row["id"] for row in rows(own.folder / "stories.jsonl")]
    assert Counter(row["story"] for row in own.articles.values()) == dict.fromkeys(stories, 6)
    for story in stories:
        asked = [one for one in own.questions if one.story == story]
        assert {one.kind for one in asked} == set(KINDS)
        assert sum(row["lang"] == "en" for row in own.asked if row["story"] == story) == 1


def test_ids_stand_for_one_thing_each(own: Own) -> None:
    assert len(own.articles) == len(rows(own.folder / "articles.jsonl"))
    assert len({one.id for one in own.questions}) == len(own.questions)
    assert all(
        row["id"].startswith(f"{row['story']}-") for row in [*own.articles.values(), *own.asked]
    )


def test_what_is_expected_stands_in_its_article_word_by_word(own: Own) -> None:
    for row in own.asked:
        for one in spans(row):
            article = own.articles[one["article_id"]]
            assert article["text"].startswith(one["span"], one["start"]), row["id"]
            assert (one["published"], one.get("updated")) == (
                article["published"],
                article["updated"],
            )
            assert article["story"] == row["story"]
        for one in row["also_accept"]:
            assert one["span"] in own.articles[one["article_id"]]["text"], row["id"]


def test_a_hedge_is_said_where_the_value_stands(own: Own) -> None:
    for question in own.questions:
        for one in question.expected:
            if one.hedge:
                sentence = own.articles[one.article]["text"][max(0, one.start - 40) :]
                reach = sentence[: 40 + len(one.span)].casefold()
                assert one.hedge.casefold() in reach, (question.id, one.hedge)


def test_nobody_is_asked_for_what_is_not_yet_published(own: Own) -> None:
    for question in own.questions:
        for one in question.expected:
            assert moment(own.articles[one.article]) <= question.asked_at, question.id
        assert bool(question.expected) == (question.kind != "unanswerable")
        assert len(question.expected) > 1 or question.kind not in {"conflict", "history"}


def test_values_of_a_history_are_in_the_order_in_which_they_became_known(own: Own) -> None:
    for question in own.questions:
        if question.kind == "history":
            made = [one.made for one in question.expected]
            assert made == sorted(made), question.id


def test_articles_of_a_story_come_one_after_the_other(own: Own) -> None:
    for story in {row["story"] for row in own.articles.values()}:
        moments = [moment(row) for row in own.articles.values() if row["story"] == story]
        assert moments == sorted(moments)
        assert moments[-1] - moments[0] < LONGEST


def test_a_day_of_the_week_beside_a_date_is_that_day(own: Own) -> None:
    days = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
    pattern = re.compile(rf"({'|'.join(days)}),? (\d\d)\.(\d\d)\.(\d{{4}})")
    texts = [json.dumps(row, ensure_ascii=False) for row in own.asked]
    found = [match for text in texts for match in pattern.finditer(text)]
    assert found
    for match in found:
        name, day, month, year = match.groups()
        assert days[datetime(int(year), int(month), int(day)).weekday()] == name  # noqa: DTZ001 - a day


def test_a_new_version_keeps_the_address_and_a_copy_has_its_own(own: Own) -> None:
    for row in own.articles.values():
        if row["version_of"]:
            older = own.articles[row["version_of"]]
            assert (row["url"], row["published"]) == (older["url"], older["published"])
            assert moment(row) > moment(older)
        if row["copy_of"]:
            source = own.articles[row["copy_of"]]
            assert row["outlet"] != source["outlet"]
            assert row["url"] != source["url"]
            assert moment(row) > moment(source)


def test_pairs_name_articles_that_exist_and_every_copy_and_version(own: Own) -> None:
    pairs = read_pairs(own.folder / "pairs.jsonl")
    for pair in pairs:
        assert pair.relation in RELATIONS
        assert own.articles[pair.one]["story"] == own.articles[pair.other]["story"]
        assert moment(own.articles[pair.one]) >= moment(own.articles[pair.other]) or (
            pair.relation == "conflict"
        )
    related = {(pair.one, pair.other, pair.relation) for pair in pairs}
    for row in own.articles.values():
        for key, relation in (("copy_of", "copy"), ("version_of", "new_version")):
            assert not row[key] or (row["id"], row[key], relation) in related


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared stories are not here")
def test_nothing_is_taken_from_the_other_stories(own: Own) -> None:
    theirs = {run for row in rows(SHARED / "articles.jsonl") for run in word_runs(row["text"])}
    for row in own.articles.values():
        assert not word_runs(row["text"]) & theirs, row["id"]
