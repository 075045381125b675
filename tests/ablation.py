"""What each part of Beleg is worth: measured without it, written into the README.

`make ablation` reads ../shared/data, as `make evaluate` does. Where figures of sentences are taken
away, the weights are learned anew without them, from the questions that the shipped weights were
learned from. Sentences are judged in the order of their scores, before anything is kept back or
joined to a quotation.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType

from bot.cli.parts import embedder_for, reader_for
from bot.cli.terminal import Terminal
from bot.learn import ENCODER_FIGURES, learn, learn_beside
from bot.metrics import auc
from bot.question import understand
from bot.question_set import Expected, read_questions
from bot.rank import Weights
from bot.reading import READER_FIGURES
from bot.scratch_corpus import fill
from bot.training_rows import Asked, Rows, ask
from bot.types import Language
from index.corpus import Corpus
from index.embed import SentenceTransformerEmbedder
from index.lexicon import Lexicon
from index.protocols import Embedder, Reader
from index.retrieve import SHIPPED_FUSION, FusionWeights
from tests.evaluate_all import DATA, README, ROOT, RememberingEmbedder
from tests.machine import cores
from tests.quality_table import Row, table, with_block

MARKER = "ablation"
VECTORS = "sentence vectors"
SEARCH = "how well the search ranked the passage"
# The figures of `bot.features`, by what they look at.
GROUPS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "words of the question in the sentence": frozenset(
            {"coverage", "relative_coverage", "local_coverage", "exact_coverage", "rarest_term"}
        ),
        "words of the question around it": frozenset(
            {
                "before_coverage",
                "around_coverage",
                "topic_coverage",
                "passage_coverage",
                "article_coverage",
            }
        ),
        "headline": frozenset({"title_coverage"}),
        "names and numbers that are missing": frozenset(
            {
                "missing_name",
                "missing_proper",
                "missing_place",
                "missing_number",
                "passage_missing_name",
            }
        ),
        "kind of answer": frozenset(
            {
                "has_number",
                "near_number",
                "counted",
                "unit",
                "has_date",
                "near_date",
                "has_person",
                "near_person",
                "has_place",
                "has_reason",
                "new_names_asked",
            }
        ),
        "what is new in the sentence, and its form": frozenset(
            {"new_names", "new_words", "length", "short", "asks", "dependent", "statement"}
        ),
        "position in the article": frozenset({"lead"}),
        SEARCH: frozenset({"rank", "relative_score", "lexical"}),
        VECTORS: frozenset({"cosine", "relative_cosine", "cosine_around"}),
    }
)
_SETS = ("xquad_de", "newsqa")
_COLUMNS = tuple(
    (heading, tuple(f"{name} {figure}" for figure in figures))
    for name in _SETS
    for heading, figures in (
        (f"{name}: article_hit@1", ("article_hit@1",)),
        ("quote_hit@1 / @3", ("quote_hit@1", "quote_hit@3")),
        *([("AUC", ("auc",))] if name == "newsqa" else []),
    )
)
_LEGEND = """\
Made by `make ablation`: xquad_de and newsqa (asked in German), both among the articles of both. \
Without figures of a kind, the weights were learned anew. Only the first row has the ranker."""


@dataclass(frozen=True, slots=True)
class Search:
    """A way to find passages."""

    fusion: FusionWeights = SHIPPED_FUSION
    word_knowledge: bool = True
    english: bool = False  # the encoder of a package in place of our own

    def embedder(self) -> Embedder:
        """Return the encoder, not loaded yet."""
        return SentenceTransformerEmbedder() if self.english else embedder_for(None)

    def open(self, path: Path, embedder: Embedder) -> Corpus:
        """Open a corpus that is searched in this way."""
        lexicon = None if self.word_knowledge else Lexicon((), ())
        return Corpus(path, embedder, self.fusion, lexicon)


@dataclass(frozen=True, slots=True)
class Ablation:
    """What is taken away: a part of the search, groups of figures, the ranker, or several."""

    label: str
    search: Search = Search()
    groups: frozenset[str] = frozenset()
    ranker: bool = False

    @property
    def figures(self) -> frozenset[str]:
        """Return the names of the figures that are taken away."""
        return frozenset().union(*(GROUPS[group] for group in self.groups))


WORDS_ALONE = Search(replace(SHIPPED_FUSION, best_cosine=0.0, best_two=0.0, mean_cosine=0.0))
VECTORS_ALONE = Search(
    replace(SHIPPED_FUSION, lexical=0.0, coverage=0.0, sentence_coverage=0.0, grams=0.0)
)
ABLATIONS = (
    Ablation("nothing", ranker=True),
    Ablation("the ranker"),
    Ablation("the ranker, with the English encoder in place of ours", Search(english=True)),
    Ablation("vectors, everywhere: words alone", WORDS_ALONE, frozenset({VECTORS})),
    Ablation(
        "words, everywhere: vectors alone", VECTORS_ALONE, frozenset(GROUPS) - {VECTORS, SEARCH}
    ),
    Ablation("thesaurus and dictionary", Search(word_knowledge=False)),
    *(Ablation(f"figures: {group}", groups=frozenset({group})) for group in GROUPS),
)


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its candidates, and whether a right article's passage was found first."""

    asked: Asked
    found: bool


@dataclass(frozen=True, slots=True)
class Material:
    """Corpora and questions: to learn from, and to measure with by the name of the set.

    `unseen` are the ids of the articles that the ranker never learned from.
    """

    taught: Path
    lessons: tuple[Expected, ...]
    measured: Path
    questions: Mapping[str, tuple[Expected, ...]]
    unseen: frozenset[str] = frozenset()


def _is_unseen(expected: Expected, material: Material) -> bool:
    return bool(expected.about) and expected.about <= material.unseen


def measure(
    material: Material,
    embedder: Embedder,
    search: Search,
    ablations: Sequence[Ablation],
    reader: Reader | None = None,
) -> list[Row]:
    """Return a row for each ablation of one way to search."""
    lessons = _asked(_ask(material.taught, material.lessons, embedder, search))
    answered = {
        name: _ask(material.measured, questions, embedder, search)
        for name, questions in material.questions.items()
    }
    rows = []
    for ablation in ablations:
        left = [without(asked, ablation.figures) for asked in lessons]
        unseen = [one for one in left if _is_unseen(one.expected, material)]
        # With its reader comes our own encoder, which has learned from the other lessons as well.
        weights = learn(left) if reader is None else learn_beside(left, unseen, ENCODER_FIGURES)
        some: Mapping[str, Sequence[Answered]] = {
            name: [replace(one, asked=without(one.asked, ablation.figures)) for one in answers]
            for name, answers in answered.items()
        }
        if ablation.ranker and reader is not None:
            reading = partial(_ask, embedder=embedder, search=search, reading=(reader, weights))
            judging = [one for one in material.lessons if _is_unseen(one, material)]
            read = _asked(reading(material.taught, judging))
            weights = learn_beside(lessons, read, (*ENCODER_FIGURES, *READER_FIGURES))
            some = {
                name: reading(material.measured, questions)
                for name, questions in material.questions.items()
            }
        figures: dict[str, float | int | None] = {}
        for name, answers in some.items():
            judged = _judge(answers, weights)
            figures.update({f"{name} {figure}": value for figure, value in judged.items()})
        rows.append(Row(ablation.label, figures))
    return rows


def _asked(answered: Iterable[Answered]) -> list[Asked]:
    return [one.asked for one in answered]


def _judge(answered: Sequence[Answered], weights: Weights) -> dict[str, float | None]:
    ranks: list[int | None] = []
    sure: list[float] = []
    unsure: list[float] = []
    for one in answered:
        rows = one.asked.rows
        top = rows.top(weights.ranking) if rows else None
        confidence = float(weights.confidence.probability(top.figures)) if top else 0.0
        if one.asked.expected.answerable:
            ranks.append(top.right_rank if top else None)
            sure.append(confidence)
        else:
            unsure.append(confidence)
    return {
        "article_hit@1": _share(one.found for one in answered if one.asked.expected.answerable),
        "quote_hit@1": _share(rank == 1 for rank in ranks),
        "quote_hit@3": _share(rank in {1, 2, 3} for rank in ranks),
        "auc": auc(sure, unsure),
    }


def without(asked: Asked, names: frozenset[str]) -> Asked:
    """Return a question's candidates without the figures of these names."""
    return replace(
        asked, rows=_stripped(asked.rows, names), without=_stripped(asked.without, names)
    )


def _stripped(rows: Rows | None, names: frozenset[str]) -> Rows | None:
    if rows is None or not names:
        return rows
    kept = tuple(name for name in rows.names if name not in names)
    return replace(rows, names=kept, figures=rows.columns(kept))


def _ask(
    path: Path,
    questions: Iterable[Expected],
    embedder: Embedder,
    search: Search,
    reading: tuple[Reader | None, Weights | None] = (None, None),
) -> list[Answered]:
    reader, weights = reading
    shortlist = weights.ranking if weights else {}
    corpus = search.open(path, embedder)
    try:
        return [
            Answered(ask(corpus, expected, reader, shortlist), _finds(corpus, expected))
            for expected in questions
        ]
    finally:
        corpus.close()


def _finds(corpus: Corpus, expected: Expected) -> bool:
    question = understand(expected.text)
    hits = corpus.search(question.text, 1, question.language).hits
    return any(hit.stored.article.source_id in expected.answers for hit in hits)


def _share(tests: Iterable[bool]) -> float | None:
    listed = list(tests)
    return round(100.0 * sum(listed) / len(listed), 1) if listed else None


def read_material(directory: Path, every: int, search: Search, terminal: Terminal) -> Material:
    """Fill the corpora with an encoder's vectors and read every n-th question."""
    directory.mkdir()
    embedder = RememberingEmbedder(search.embedder())
    taught, measured = directory / "taught.sqlite3", directory / "measured.sqlite3"
    for path, files in (
        (taught, [DATA / "train" / "passages_de.jsonl"]),
        (measured, [DATA / name / "articles.jsonl" for name in _SETS]),
    ):
        corpus = Corpus(path, embedder)
        fill(corpus, files, terminal.tracked)
        corpus.close()
    questions = {
        name: [
            expected
            for expected in read_questions(DATA / name / "questions.jsonl")
            if expected.groups["kind"] in {"answerable", "unanswerable"}
        ]
        for name in _SETS
    }
    unseen = json.loads((ROOT / "index" / "model" / "held_out.json").read_text(encoding="utf-8"))
    return Material(
        taught=taught,
        lessons=tuple(read_questions(DATA / "train" / "questions_de.jsonl")[::every]),
        measured=measured,
        questions={name: tuple(some[::every]) for name, some in questions.items()},
        unseen=frozenset(unseen),
    )


def _measure_apart(material: Material, search: Search, ablations: Sequence[Ablation]) -> list[Row]:
    """Measure in a process of its own, which loads the models for itself."""
    return measure(material, search.embedder(), search, ablations, reader_for(None))


def main(arguments: Sequence[str]) -> int:
    """Write the table, and into the README where all questions were asked.

    An argument says that only every n-th question is to be asked.
    """
    every = int(arguments[0]) if arguments else 1
    terminal = Terminal(Language.ENGLISH, os.environ)
    with tempfile.TemporaryDirectory(prefix="beleg-ablation-") as directory:
        materials = {
            english: read_material(
                Path(directory, "english" if english else "ours"),
                every,
                Search(english=english),
                terminal,
            )
            for english in (False, True)
        }
        # For the processes, which would stand in each other's way.
        os.environ["OMP_NUM_THREADS"] = "1"
        # What shares a search shares its candidates; the ranker has a process of its own.
        tasks: dict[tuple[Search, bool], list[Ablation]] = {}
        for one in ABLATIONS:
            tasks.setdefault((one.search, one.ranker), []).append(one)
        with ProcessPoolExecutor(cores(), get_context("spawn")) as processes:
            parts = [
                processes.submit(_measure_apart, materials[search.english], search, some)
                for (search, _), some in tasks.items()
            ]
            rows = {row.label: row for part in parts for row in part.result()}
    block = f"{table('taken away', _COLUMNS, [rows[one.label] for one in ABLATIONS])}\n\n{_LEGEND}"
    terminal.write(block)
    if every == 1:
        readme = with_block(README.read_text(encoding="utf-8"), MARKER, block)
        README.write_text(readme, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
