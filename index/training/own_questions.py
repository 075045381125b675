"""Articles written for training, each with questions and all sentences that answer them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import cast

from index.training.examples import Asked, Right
from index.training.material import Record, records

OWN_QUESTIONS = tuple(sorted((Path(__file__).parent / "questions").glob("*.jsonl")))


def read_questions(paths: Iterable[Path]) -> tuple[list[Asked], dict[str, str]]:
    """Return the questions of these files, and the titles of the texts that they are about.

    A line holds an article: `title`, `text` and `questions`, of which each has the words of the
    `answer` and the `sentences` that answer, to the letter; no sentences means silence.
    """
    asked: list[Asked] = []
    titles: dict[str, str] = {}
    for path in paths:
        for article in records(path):
            text = str(article["text"])
            titles[text] = str(article["title"])
            for question in cast("list[Record]", article["questions"]):
                sentences = cast("list[str]", question["sentences"])
                answer = str(question["answer"])
                rights = tuple(_right(text, sentence, answer) for sentence in sentences)
                asked.append(Asked(str(question["question"]), text, rights))
    return asked, titles


def _right(text: str, sentence: str, answer: str) -> Right:
    start = text.index(sentence)
    at = sentence.find(answer)
    words = None if at < 0 else (start + at, start + at + len(answer))
    return Right(start if words is None else words[0], words)
