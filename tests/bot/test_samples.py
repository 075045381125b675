from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import bot
from index.types import DateOrigin, Published

SAMPLES = Path(bot.__file__).parent / "samples"
PAGES = sorted(SAMPLES.glob("*.html"))
TEXTS = sorted(SAMPLES.glob("*.txt"))
FURNITURE = (
    "Gehe zur Galerie",
    "Lesen Sie auch",
    "Newsletter",
    "Cookies",
    "Impressum",
    "Kommentar",
)
# Names a vocabulary in JSON-LD and microdata; nothing ever dials it.
VOCABULARY = "schema.org"
STATED_DATE = re.compile(r"datePublished|published_time|datetime=|Publiziert am")


@dataclass(frozen=True, slots=True)
class Expected:
    title: str
    outlet: str
    published: Published
    url: str
    body: str


def read_expected(path: Path) -> Expected:
    text = path.read_text(encoding="utf-8")
    title, source, url, empty, body = text.split("\n", 4)
    assert not empty
    outlet, published = source.rsplit(", ", 1)
    return Expected(title, outlet, Published.parse(published, DateOrigin.METADATA), url, body)


def read_questions() -> list[dict[str, Any]]:
    lines = (SAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


QUESTIONS = read_questions()
WITH_ANSWER = [question for question in QUESTIONS if question["kind"] != "unanswerable"]


def words_of(page: Path) -> str:
    """The page's words as a reader sees them, without soft hyphens and markup."""
    markup = page.read_text(encoding="utf-8")
    text = html.unescape(re.sub(r"<[^>]+>", "", markup)).replace("\u00ad", "")
    return re.sub(r"\s+", " ", text)


def named(path: Path) -> str:
    return path.name


def test_there_are_twelve_pages_each_with_its_expected_text() -> None:
    assert len(PAGES) == 12
    assert [page.stem for page in PAGES] == [text.stem for text in TEXTS]


@pytest.mark.parametrize("path", TEXTS, ids=named)
def test_expected_text_is_a_clean_article(path: Path) -> None:
    expected = read_expected(path)
    paragraphs = expected.body.removesuffix("\n").split("\n\n")
    assert len(paragraphs) >= 5
    assert all(re.fullmatch(r"\S.*\S", paragraph) for paragraph in paragraphs)
    assert 100 <= len(expected.body.split()) <= 280
    assert not re.search("[\u00ad\u00a0\u202f\u200b\t]|  ", path.read_text(encoding="utf-8"))
    assert re.fullmatch(r"https://[a-z-]+\.example/\S+", expected.url)
    assert expected.title
    assert expected.outlet


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_page_holds_every_paragraph_of_its_expected_text(page: Path) -> None:
    expected = read_expected(page.with_suffix(".txt"))
    words = words_of(page)
    for paragraph in [expected.title, *expected.body.removesuffix("\n").split("\n\n")]:
        assert paragraph in words
    assert expected.url in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_page_carries_furniture_that_its_expected_text_does_not(page: Path) -> None:
    words = words_of(page)
    expected = page.with_suffix(".txt").read_text(encoding="utf-8")
    assert [word for word in FURNITURE if word.casefold() not in words.casefold()] == []
    assert [word for word in FURNITURE if word.casefold() in expected.casefold()] == []


def test_moments_carry_a_zone_and_some_pages_state_only_a_day() -> None:
    moments = [read_expected(path).published.moment for path in TEXTS]
    assert None in moments
    assert all(moment.utcoffset() is not None for moment in moments if moment is not None)


def test_one_page_states_its_date_only_in_the_address() -> None:
    silent = [
        page.stem for page in PAGES if not STATED_DATE.search(page.read_text(encoding="utf-8"))
    ]
    assert silent == ["waermeplan-umlandbote"]
    expected = read_expected(SAMPLES / "waermeplan-umlandbote.txt")
    assert expected.published.day.strftime("/%Y/%m/%d/") in expected.url


def test_samples_name_no_host_outside_the_reserved_domain() -> None:
    for path in [*PAGES, *TEXTS, SAMPLES / "questions.jsonl"]:
        text = path.read_text(encoding="utf-8")
        dialled = re.findall(r"(?://|(?<=\w)@)([\w.-]*\w)", text)
        spoken = re.findall(r"\b[\w-]+\.(?:at|ch|com|de|eu|info|io|net|org)\b", text)
        foreign = {host for host in [*dialled, *spoken] if not host.endswith(".example")}
        assert foreign <= {VOCABULARY}, path.name


def test_question_ids_are_unique_and_kinds_are_known() -> None:
    ids = [question["id"] for question in QUESTIONS]
    assert len(set(ids)) == len(ids)
    assert {question["kind"] for question in QUESTIONS} == {"answerable", "unanswerable", "english"}
    assert all(
        question["lang"] == ("en" if question["kind"] == "english" else "de")
        for question in QUESTIONS
    )


@pytest.mark.parametrize("question", WITH_ANSWER, ids=lambda question: str(question["id"]))
def test_gold_sentence_stands_verbatim_in_the_body_and_holds_an_answer(
    question: dict[str, Any],
) -> None:
    body = read_expected(SAMPLES / f"{question['article_id']}.txt").body
    gold = question["gold_sentence"]
    assert gold in body
    assert question["answers"]
    assert all(answer in gold for answer in question["answers"])
    for other in question["also_in"]:
        also = read_expected(SAMPLES / f"{other}.txt").body
        assert any(answer in also for answer in question["answers"])


def test_unanswerable_questions_have_no_answer_and_a_known_neighbour() -> None:
    stems = {page.stem for page in PAGES}
    unanswerable = [question for question in QUESTIONS if question["kind"] == "unanswerable"]
    assert len(unanswerable) >= 8
    for question in unanswerable:
        assert "answers" not in question
        assert "article_id" not in question
        assert question.get("near_article") in stems | {None}


def test_an_article_of_the_first_of_november_attributes_the_number_of_soldiers_in_kursk() -> None:
    expected = read_expected(SAMPLES / "kursk-2-nordlicht.txt")
    assert expected.published.isoformat().startswith("2024-11-01")
    sentence = expected.body.split(". ", 1)[0]
    for word in ("Nach Angaben der US-Regierung", "rund 8.000", "Soldaten", "Kursk"):
        assert word in sentence


def test_no_expected_text_mentions_cherson() -> None:
    assert [path.name for path in TEXTS if "Cherson" in path.read_text(encoding="utf-8")] == []
