from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from bot.answer import Answering
from bot.evaluate_stories import StoryReport, evaluate_stories
from bot.rank import Weights, shipped_weights
from index.errors import SettingError
from tests.fakes import HashingEmbedder
from tests.making import make_confidence

# Whatever the learned weights say: it always speaks, and is always equally sure.
TALKATIVE = Answering(Weights(shipped_weights().ranking, make_confidence(5.0), 0.5))
NOON, EVENING = "2025-11-07T12:00:00+01:00", "2025-11-07T18:00:00+01:00"
BRIDGE = "Am Rathaus wurde über die Brücke gestritten, die der Kreis seit Jahren plant."
ARTICLES = [
    {
        "id": "noon",
        "title": "Unglück in Falkenried",
        "text": f"In Falkenried gab es am Freitag zwölf Verletzte. {BRIDGE}",
        "published": NOON,
    },
    {
        "id": "evening",
        "title": "Mehr Verletzte in Falkenried",
        "text": "In Falkenried gibt es nun 23 Verletzte. Die Feuerwehr blieb bis zum Abend.",
        "published": EVENING,
    },
    {
        "id": "copy",
        "title": "Unglück",
        "text": f"In Falkenried gab es am Freitag zwölf Verletzte. {BRIDGE}",
        "published": "2025-11-07T13:00:00+01:00",
        "outlet": "Alpenbote",
    },
]


def question(name: str, kind: str, hour: int, *values: tuple[str, str, int]) -> dict[str, object]:
    moments = {str(article["id"]): article["published"] for article in ARTICLES}
    return {
        "id": name,
        "story": "falkenried",
        "question": "Wie viele Verletzte gibt es in Falkenried?",
        "kind": kind,
        "asked_at": f"2025-11-07T{hour}:00:00+01:00",
        "expected": [
            {
                "article_id": article,
                "span": span,
                "start": 0,
                "value": {"number": number, "unit": "Verletzte"},
                "claimant": None,
                "hedge": None,
                "published": moments[article],
            }
            for article, span, number in values
        ],
    }


TWELVE, TWENTY_THREE = ("noon", "zwölf Verletzte", 12), ("evening", "23 Verletzte", 23)
AT_NOON = question("at noon", "current", 14, TWELVE)
AT_NIGHT = question("at night", "current", 20, TWENTY_THREE)
HISTORY = {
    **question("history", "history", 20, TWELVE, TWENTY_THREE),
    "question": "Wie hat sich die Zahl der Verletzten in Falkenried entwickelt?",
}


def progress(items: Sequence[object], label: str) -> Iterable[object]:
    return items


def write(path: Path, records: Sequence[object]) -> Path:
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


def run(
    directory: Path,
    questions: Sequence[object],
    *,
    pairs: Sequence[object] = (),
    articles: Sequence[object] = ARTICLES[:2],
    more: Sequence[object] = (),
    details: bool = False,
) -> StoryReport:
    if pairs:
        write(directory / "pairs.jsonl", pairs)
    return evaluate_stories(
        write(directory / "articles.jsonl", articles),
        write(directory / "questions.jsonl", questions),
        [write(directory / "more.jsonl", more)] if more else [],
        HashingEmbedder(),
        progress=progress,
        answering=TALKATIVE,
        details=details,
    )


def test_a_question_is_answered_by_what_is_there_at_its_moment(tmp_path: Path) -> None:
    report = run(tmp_path, [AT_NIGHT, AT_NOON])  # asked in the order of their moments
    assert (report.articles, report.questions) == (2, 2)
    assert report.figures["current: right value leads"] == (2, 2)


def test_a_wrong_expectation_is_not_met(tmp_path: Path) -> None:
    too_early = question("too early", "current", 14, TWENTY_THREE)
    report = run(tmp_path, [too_early, AT_NIGHT])
    assert report.figures["current: right value leads"] == (1, 2)


def test_more_articles_come_in_at_their_own_moments(tmp_path: Path) -> None:
    report = run(tmp_path, [AT_NOON, AT_NIGHT], articles=ARTICLES[:1], more=ARTICLES[1:2])
    assert report.articles == 2
    assert report.figures["current: right value leads"] == (2, 2)


def test_an_article_without_a_date_is_there_from_the_beginning(tmp_path: Path) -> None:
    undated = {**ARTICLES[0], "published": None}
    report = run(tmp_path, [AT_NOON], articles=[undated])
    assert report.figures["current: right value leads"] == (1, 1)


def test_a_history_counts_values_found_and_values_shown(tmp_path: Path) -> None:
    figures = run(tmp_path, [HISTORY]).figures
    assert figures["history: recall"] == (2, 2)
    assert figures["history: precision"] == (2, 2)


def test_kinds_that_nobody_asks_for_are_of_none(tmp_path: Path) -> None:
    report = run(tmp_path, [AT_NOON])
    assert report.figures["unanswerable: answered"] == (0, 0)
    assert report.figures["conflict: all differing values, none else"] == (0, 0)
    assert report.figures["one value shown as a conflict"] == (0, 1)


def test_an_answer_to_what_nobody_wrote_is_counted(tmp_path: Path) -> None:
    report = run(tmp_path, [question("nothing", "unanswerable", 20)])
    assert report.figures["unanswerable: answered"] == (1, 1)


def test_pairs_are_judged_by_how_beleg_relates_them(tmp_path: Path) -> None:
    pairs = [
        {"a": "copy", "b": "noon", "relation": "copy"},
        {"a": "copy", "b": "noon", "relation": "corrects"},
        {"a": "evening", "b": "noon", "relation": "copy"},
        {"a": "evening", "b": "copy", "relation": "none"},
        {"a": "evening", "b": "missing", "relation": "copy"},
    ]
    before_the_copy = question("early", "current", 12, TWELVE)
    figures = run(tmp_path, [before_the_copy], pairs=pairs, articles=ARTICLES).figures
    assert figures["pairs: relation recognised"] == (1, 4)
    assert figures["pairs: other pairs taken for one"] == (0, 1)


def test_a_set_without_pairs_has_no_figure_of_them(tmp_path: Path) -> None:
    assert not [name for name in run(tmp_path, [AT_NOON]).figures if name.startswith("pairs")]


def test_details_say_what_was_asked_expected_and_shown(tmp_path: Path) -> None:
    pairs = [{"a": "evening", "b": "noon", "relation": "copy"}]
    text = run(tmp_path, [AT_NIGHT], pairs=pairs, details=True).as_text()
    assert "at night current: leads=True" in text
    assert "expected evening 23-23" in text
    assert "* evening '23" in text
    assert "copy evening noon: None" in text
    (tmp_path / "pairs.jsonl").unlink()
    assert run(tmp_path, [AT_NIGHT]).details == ()


def test_files_that_are_no_set_of_stories_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingError):
        run(tmp_path, [{"question": "Wer?"}])


REPORT = StoryReport(4, 3, {"current: right value leads": (1, 3), "rare": (0, 0)}, 12.0)


def test_a_report_reads_as_a_table() -> None:
    assert REPORT.as_text().splitlines() == [
        "4 articles, 3 questions",
        "",
        "current: right value leads      1 of 3  33.3 %",
        "rare                            0 of 0       -",
    ]


def test_a_report_reads_as_json_with_a_share_where_there_is_one() -> None:
    assert json.loads(json.dumps(REPORT.as_json())) == {
        "articles": 4,
        "questions": 3,
        "figures": {
            "current: right value leads": {"right": 1, "of": 3, "share": 0.333},
            "rare": {"right": 0, "of": 0, "share": None},
        },
    }
