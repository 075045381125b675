"""What depends on the real model: that questions are answered, and the demonstration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.demo import QUESTIONS
from index.onnx_embedder import OnnxEmbedder
from tests.bot.cli.running import Beleg


def test_the_demonstration_quotes_the_figure_its_outlet_and_its_day(
    beleg: Beleg, embedder: OnnxEmbedder, tmp_path: Path
) -> None:
    result = beleg("demo", embedder=embedder)
    assert result.code == 0
    _, first, _, last = result.out.split("\n> ")
    assert first.startswith(QUESTIONS[0])
    assert "8.000" in first
    assert "November 2024" in first
    assert "Das sagen die Artikel nicht." in last
    assert "beleg chat" in last
    assert not (tmp_path / "data" / "corpora").exists(), "it must not touch the user's articles"


def test_the_demonstration_keeps_its_articles_where_it_is_told_to(
    beleg: Beleg, embedder: OnnxEmbedder, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    assert beleg("demo", "--data", kept, embedder=embedder).code == 0
    assert "schon bekannt, 0 abgelehnt" in beleg("demo", "--data", kept, embedder=embedder).out
    answered = beleg("--data", kept, "ask", QUESTIONS[0], "--json", embedder=embedder)
    record = answered.json()
    assert (answered.code, record["answered"]) == (0, True)
    best = record["quotes"][0]
    shown = beleg("--data", kept, "show", str(best["article_id"]), "--json", embedder=embedder)
    assert shown.json()["text"][best["start"] : best["end"]] == best["text"]
    silent = beleg("--data", kept, "ask", QUESTIONS[-1], "--json", embedder=embedder)
    assert (silent.code, silent.json()["quotes"]) == (3, [])


def test_a_question_set_is_measured(beleg: Beleg, embedder: OnnxEmbedder, tmp_path: Path) -> None:
    articles, questions = tmp_path / "articles.jsonl", tmp_path / "questions.jsonl"
    sentence = "Rund 8.000 Soldaten aus Nordkorea stehen in der Region Kursk."
    articles.write_text(json.dumps({"id": "a1", "text": sentence}))
    questions.write_text(
        json.dumps(
            {
                "id": "q1",
                "question": "Wie viele Soldaten stehen in der Region Kursk?",
                "lang": "de",
                "kind": "answerable",
                "article_id": "a1",
                "also_in": [],
                "answers": ["8.000"],
                "gold_sentence": sentence,
            }
        )
    )
    argv = ["evaluate", "--articles", articles, "--questions", questions]
    result = beleg(*argv, "--json", embedder=embedder)
    assert result.code == 0
    assert result.json()["overall"]["article_hit@1"] == 100.0
    assert result.json()["overall"]["removed_answered"] is not None
    printed = beleg(*argv, "--once", embedder=embedder).out
    assert "article_hit@1" in printed
    assert "removed_answered" not in printed


@pytest.mark.parametrize("content", [None, "{", "[]"])
def test_a_question_set_that_cannot_be_read_is_a_usage_error(
    beleg: Beleg, tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "set.jsonl"
    if content is not None:
        path.write_text(content)
    result = beleg("evaluate", "--articles", path, "--questions", path)
    assert (result.code, result.out) == (2, "")
    assert str(path) in result.err
