from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.features import candidates
from bot.question import understand
from bot.question_set import read_questions
from bot.rank import BEST, shipped_weights
from bot.scratch_corpus import fill
from index.corpus import Corpus
from tests.ablation import (
    ABLATIONS,
    GROUPS,
    Ablation,
    Material,
    Search,
    measure,
)
from tests.fakes import HashingEmbedder, WordReader
from tests.making import make_article, make_corpus
from tests.question_sets import write_question_set

# Of `bot.rank.standings` and of the ranker: no figures of sentences.
ELSEWHERE = {"score", "margin", "mass", "reader", "reader_relative"}
QUESTIONS = (
    "Wie viele Euro kosten die Soldaten in Kursk?",
    "Wann kamen die Soldaten nach Kursk?",
    "Wer schickte die Soldaten?",
    "Wo stehen die Soldaten?",
    "Warum sind dort Soldaten?",
    "Sind Soldaten in Kursk?",
)


def known() -> set[str]:
    return {name for group in GROUPS.values() for name in group}


def test_every_figure_of_a_sentence_belongs_to_one_group(tmp_path: Path) -> None:
    corpus = make_corpus(tmp_path)
    corpus.add(make_article())
    seen = {
        name
        for text in QUESTIONS
        for candidate in candidates(understand(text), corpus.search(text, 5))
        for name in candidate.figures
    }
    assert seen == known()
    assert sum(map(len, GROUPS.values())) == len(known())


def test_what_is_learned_and_what_ships_knows_no_other_figures() -> None:
    weights = shipped_weights()
    for names in (weights.ranking, weights.confidence.names):
        assert {name.removeprefix(BEST) for name in names} - known() <= ELSEWHERE


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    directory = tmp_path_factory.mktemp("ablation")
    files = write_question_set(directory / "set")
    path = directory / "corpus.sqlite3"
    corpus = Corpus(path, HashingEmbedder())
    fill(corpus, [files.articles], lambda items, _: items)
    corpus.close()
    questions = tuple(read_questions(files.questions))
    return Material(path, questions, path, {"xquad_de": questions, "newsqa": questions[:6]})


def test_an_ablation_has_its_figures_for_each_set(material: Material) -> None:
    ablations = [Ablation("nothing"), Ablation("all", groups=frozenset(GROUPS) - {"headline"})]
    whole, poor = measure(material, HashingEmbedder(), Search(), ablations)
    assert (whole.label, poor.label) == ("nothing", "all")
    assert whole.figures["xquad_de quote_hit@1"] == 100.0
    assert whole.figures["xquad_de article_hit@1"] == poor.figures["xquad_de article_hit@1"]
    reached = poor.figures["xquad_de quote_hit@1"]
    assert reached is not None
    assert reached < 100.0
    assert whole.figures["newsqa auc"] is not None


def test_a_ranker_is_weighed_and_read_where_it_is_not_taken_away(material: Material) -> None:
    reader = WordReader()
    ids = frozenset().union(*(lesson.about for lesson in material.lessons))
    unseen = frozenset(sorted(ids)[: len(ids) // 2])
    some = replace(material, unseen=unseen)
    ablations = [Ablation("nothing", ranker=True), Ablation("the ranker")]
    rows = measure(some, HashingEmbedder(), Search(), ablations, reader)
    assert [row.label for row in rows] == ["nothing", "the ranker"]
    assert reader.calls
    assert rows[0].figures.keys() == rows[1].figures.keys()


def test_every_ablation_takes_something_away(material: Material) -> None:
    first, second, *others = ABLATIONS
    assert (first.search, first.figures, first.ranker) == (Search(), frozenset(), True)
    assert (second.search, second.figures, second.ranker) == (Search(), frozenset(), False)
    assert all(other.search != Search() or other.figures for other in others)
    assert len({one.label for one in ABLATIONS}) == len(ABLATIONS)
