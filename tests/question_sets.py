"""A question set that can be learned from: small, made up, with near misses."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

_TOWNS = (
    "Hallbrück",
    "Quastorf",
    "Steinhöring",
    "Wiesental",
    "Mergenau",
    "Altlünen",
    "Birkhain",
    "Donnersee",
    "Eschweg",
    "Fichtenau",
)
_STORIES = (
    (
        "Im Stadtpark von {town} wurden {count} Bäume gepflanzt.",
        "Wie viele Bäume wurden in {town} gepflanzt?",
        "{count}",
    ),
    (
        "Die neue Brücke in {town} wird am {count}. Mai eröffnet.",
        "Wann wird die Brücke in {town} eröffnet?",
        "{count}. Mai",
    ),
)
_FILLING = (
    "Der Rat von {town} beriet am Abend lange über den Haushalt der Stadt.",
    "Bäume und Brücken sind den Menschen in {town} wichtig, sagte die Bürgermeisterin.",
    "Das Wetter blieb freundlich.",
)


class QuestionSet(NamedTuple):
    """The two files of a set."""

    articles: Path
    questions: Path


def write_question_set(directory: Path, towns: int = len(_TOWNS)) -> QuestionSet:
    """Write an article for each town, two questions that it answers and one that it does not."""
    articles, questions = [], []
    for number, town in enumerate(_TOWNS[:towns]):
        told = [sentence.format(town=town) for sentence in _FILLING]
        for story, (sentence, question, answer) in enumerate(_STORIES):
            values = {"town": town, "count": 11 + 2 * number + story}
            told.insert(1 + story, sentence.format(**values))
            questions.append(
                {
                    "id": f"q{number}-{story}",
                    "passage_id": town,
                    "question": question.format(**values),
                    "impossible": False,
                    "answer": answer.format(**values),
                    "sentence": sentence.format(**values),
                }
            )
        articles.append({"id": town, "title": f"Nachrichten aus {town}", "text": " ".join(told)})
        questions.append(
            {
                "id": f"q{number}-x",
                "passage_id": town,
                "question": f"Wer leitet die Feuerwehr in {town}?",
                "impossible": True,
            }
        )
    directory.mkdir(exist_ok=True)
    return QuestionSet(
        _write(directory / "articles.jsonl", articles),
        _write(directory / "questions.jsonl", questions),
    )


def _write(path: Path, records: Sequence[object]) -> Path:
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path
