from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.answer import Answering
from bot.cli.parts import embedder_for, reader_for
from bot.scratch_corpus import scratch_corpus
from index.corpus import Corpus
from tests.evaluate_all import samples_in


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    articles = samples_in(tmp_path_factory.mktemp("samples")).articles
    with scratch_corpus([articles], embedder_for(None), lambda items, _: items) as corpus:
        yield corpus


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Wie viele Soldaten sind in Kursk?", "8.000"),
        ("When does the demolition of the Rade bridge start?", "13. Oktober"),
        ("Warum ist die Radebrücke gesperrt?", "gesperrt"),
        ("Seit wann kämpft die Ukraine in der Region Kursk?", "6. August"),
    ],
)
def test_what_leads_on_the_samples_is_of_the_matter_and_place_that_are_asked_for(
    samples: Corpus, question: str, words: str
) -> None:
    answer = Answering(reader=reader_for(None)).answer(samples, question)
    assert words in answer.quotes[0].text
