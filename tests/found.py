"""Write what Beleg finds for the German training questions: `python -m tests.found FILE`.

The ranker is taught to tell the answer from these sentences (`python -m index.training ranker
--found FILE`): they are the ones that it has to judge later.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.answer import Answering
from bot.cli.parts import embedder_for
from bot.cli.terminal import Terminal
from bot.question import understand
from bot.question_set import Expected, read_questions
from bot.scratch_corpus import Progress, scratch_corpus
from bot.types import Language
from index.protocols import Embedder
from tests.evaluate_all import DATA

_MOST = 40


def found_for(
    articles: Path, questions: Path, embedder: Embedder, progress: Progress[object]
) -> list[dict[str, object]]:
    """Return for each question the best sentences, as the id of their article and their start."""
    answering = Answering()
    records: list[dict[str, object]] = []
    with scratch_corpus([articles], embedder, progress) as corpus:
        for question in progress(read_questions(questions), "questions"):
            assert isinstance(question, Expected)
            choices = answering.choices(corpus, understand(question.text))[:_MOST]
            found = [
                (choice.candidate.hit.stored.article.source_id, choice.candidate.sentence.start)
                for choice in choices
            ]
            records.append({"question": question.text, "found": found})
    return records


def main(arguments: Sequence[str]) -> int:
    """Write a line for each question."""
    (out,) = arguments
    train, terminal = DATA / "train", Terminal(Language.ENGLISH, os.environ)
    records = found_for(
        train / "passages_de.jsonl",
        train / "questions_de.jsonl",
        embedder_for(None),
        terminal.tracked,
    )
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    Path(out).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
