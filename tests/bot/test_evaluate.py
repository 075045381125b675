from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from bot.answer import Answering
from bot.evaluate import Report, evaluate
from bot.rank import Weights, shipped_weights
from tests.fakes import HashingEmbedder
from tests.making import make_confidence

# Whatever the learned weights say: it always speaks, and is always equally sure.
TALKATIVE = Answering(Weights(shipped_weights().ranking, make_confidence(5.0), 0.5))
ARTICLES = [
    {"id": "kursk", "text": "In Kursk sind  rund 8.000 Soldaten.", "title": "Grenze"},
    {"id": "wien", "text": "In Wien regnet es seit drei Tagen.", "title": "Wetter"},
    {"id": "empty", "text": " "},
    {"id": "pokal", "text": "Den Pokal gewann der Außenseiter.", "title": "Sport"},
]
QUESTIONS = [
    {
        "id": "right",
        "question": "Wie viele Soldaten sind in Kursk?",
        "kind": "answerable",
        "article_id": "kursk",
        "answers": ["rund 8.000"],
        "gold_sentence": "In Kursk sind rund 8.000 Soldaten.",
        "lexical_gap": 1,
    },
    {
        "id": "right article, wrong answer",
        "question": "Seit wie vielen Tagen regnet es in Wien?",
        "kind": "answerable",
        "article_id": "wien",
        "answers": ["vier"],
        "lexical_gap": 2,
    },
    {
        "id": "article that nobody has",
        "question": "Wer gewann den Pokal?",
        "kind": "answerable",
        "article_id": "missing",
        "answers": ["Außenseiter"],
        "lexical_gap": 2,
    },
    {"id": "unanswerable", "question": "Wer gewann in Wien?", "kind": "unanswerable"},
]


class Progress:
    def __init__(self) -> None:
        self.seen: dict[str, int] = {}

    def __call__(self, items: Sequence[object], label: str) -> Iterable[object]:
        self.seen[label] = len(items)
        return items


def write(path: Path, records: Sequence[object]) -> Path:
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


@pytest.fixture
def report(tmp_path: Path) -> Report:
    return run(tmp_path, Progress())


def run(directory: Path, progress: Progress, questions: Sequence[object] = QUESTIONS) -> Report:
    return evaluate(
        write(directory / "articles.jsonl", ARTICLES[:2]),
        write(directory / "questions.jsonl", questions),
        [write(directory / "more.jsonl", ARTICLES[2:])],
        HashingEmbedder(),
        progress=progress,
        answering=TALKATIVE,
    )


def test_the_figures_are_those_computed_by_hand(report: Report) -> None:
    assert (report.articles, report.passages) == (3, 3)
    figures = {name: figure for name, figure in report.overall.items() if "_ms" not in name}
    assert figures == {
        "questions": 4,
        "article_hit@1": 66.7,
        "article_hit@5": 66.7,
        "mrr@10": 0.667,
        "quote_hit@1": 33.3,
        "quote_hit@3": 33.3,
        "sentence_hit@1": 33.3,
        "sentence_hit@3": 33.3,
        "answerable_answered": 100.0,
        "unanswerable_answered": 100.0,
        "auc": 0.5,
        "unanswerable_at_85": 85.0,
        "removed_answered": 33.3,  # no other article names Kursk or Wien
        "removed_at_90": 30.0,
        "topic_removed_answered": 33.3,
        "topic_removed_at_90": 30.0,
        "highlighted": figures["highlighted"],
        "highlight_precision": figures["highlight_precision"],
        "highlight_precision@3": figures["highlight_precision@3"],
        "typos_loss": figures["typos_loss"],
        "umlauts_dropped_loss": 0.0,
        "umlauts_spelled_loss": 0.0,
        "verbatim": 100.0,
        "quote_words": figures["quote_words"],
        "longest_quote": 7,
    }
    for name in ("p50_ms", "p95_ms"):
        assert report.overall[name] is not None


def test_of_articles_with_one_headline_one_or_all_are_taken_away(tmp_path: Path) -> None:
    told = {"id": "told", "text": "Rund 8.000 Soldaten stehen in Kursk.", "title": "Grenze"}
    report = evaluate(
        write(tmp_path / "articles.jsonl", [*ARTICLES[:2], told]),
        write(tmp_path / "questions.jsonl", QUESTIONS[:1]),
        [],
        HashingEmbedder(),
        progress=Progress(),
        answering=TALKATIVE,
    )
    assert report.overall["removed_answered"] == 100.0
    assert report.overall["topic_removed_answered"] == 0.0


def test_groups_have_figures_of_their_own(report: Report) -> None:
    assert set(report.groups) == {"kind", "lexical_gap", "asked_for"}
    assert set(report.groups["asked_for"]) == {"number", "person"}
    assert set(report.groups["kind"]) == {"answerable", "unanswerable"}
    gaps = report.groups["lexical_gap"]
    assert (gaps["1"]["questions"], gaps["1"]["quote_hit@1"]) == (1, 100.0)
    assert (gaps["2"]["questions"], gaps["2"]["article_hit@1"], gaps["2"]["quote_hit@1"]) == (
        2,
        50.0,
        0.0,
    )


def test_the_report_reads_as_json_and_as_tables(report: Report) -> None:
    data = json.loads(json.dumps(report.as_json()))
    assert data["overall"]["questions"] == 4
    assert data["by_lexical_gap"]["1"]["questions"] == 1
    text = report.as_text()
    assert text.startswith("3 articles, 3 passages\n")
    (line,) = [line for line in text.splitlines() if line.startswith("quote_hit@1")][:1]
    assert line.split() == ["quote_hit@1", "33.3"]
    assert "unanswerable" in text


def test_progress_is_told_of_articles_and_questions(tmp_path: Path) -> None:
    progress = Progress()
    run(tmp_path, progress)
    assert progress.seen == {"articles": 4, "questions": 4}


def test_a_set_without_questions_has_no_figures(tmp_path: Path) -> None:
    report = run(tmp_path, Progress(), [])
    assert report.overall["questions"] == 0
    assert report.overall["verbatim"] is None
    assert report.as_text()


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    run(tmp_path, Progress())
    assert list(scratch.iterdir()) == []
