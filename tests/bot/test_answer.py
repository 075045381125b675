from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Answering
from bot.rank import Weights, shipped_weights
from bot.types import Answer
from index.clean import clean_text
from index.corpus import Corpus
from index.errors import QuestionError, StoreError
from index.extract import extract
from index.filter import Filter
from index.onnx_embedder import OnnxEmbedder
from index.onnx_reader import OnnxReader
from index.types import Given, Page, Retrieval
from tests.fakes import HashingEmbedder, WordReader
from tests.making import FETCHED, day, make_article, make_confidence, make_corpus

# Whatever the learned weights say: one that always speaks and one that never does.
TALKATIVE = Answering(Weights(shipped_weights().ranking, make_confidence(5.0), 0.5))
SILENT = Answering(Weights(shipped_weights().ranking, make_confidence(-5.0), 0.5))
KURSK = "Wie viele Soldaten sind in Kursk?"
SEED = Path(__file__).parents[3] / "shared" / "data" / "seed" / "article.txt"


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    corpus = make_corpus(tmp_path)
    yield corpus
    corpus.close()


def check_quotes(corpus: Corpus, answer: Answer) -> None:
    for quote in answer.quotes:
        stored = corpus.article(quote.stored.id)
        assert stored == quote.stored
        assert quote.text
        assert stored.article.text[quote.span.start : quote.span.end] == quote.text


def test_an_answer_quotes_the_sentence_that_answers(corpus: Corpus) -> None:
    stored = corpus.add(make_article(published="2024-11-01")).stored
    corpus.add(make_article("In Wien regnet es.", title="Wetter", published="2024-11-03"))
    answer = TALKATIVE.answer(corpus, KURSK)
    assert answer.answered
    assert answer.quotes[0].stored == stored
    assert answer.quotes[0].sentence.text == "In Kursk sind rund 8.000 Soldaten."
    assert answer.question.text == KURSK
    assert answer.confidence == answer.quotes[0].confidence
    assert (answer.archive.articles, answer.archive.first, answer.archive.last) == (
        2,
        day(1),
        day(3),
    )
    check_quotes(corpus, answer)


PIECES = [
    "Soldaten",
    "Kursk",
    "8.000",
    "8 000",
    "[3]",
    "**fett**",
    "||geheim||",
    "`code`",
    "```",
    "> Zitat",
    "@everyone",
    "<@123>",
    "[Text](https://example.org)",
    "„Ja!“,",
    "sagte.",
    "Ende.",
    "z. B.",
    "A\u00adbc",
    "d\u200be",
    "\u202egerdnu",
    "  ",
    "\n\n",
    "\t",
    "😀",
    "a\u0308",
    "ﷺ",
    "~~weg~~",
    "\\",
]


@settings(max_examples=25)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=60).map(" ".join))
def test_every_quote_is_an_exact_slice_of_the_stored_text(text: str) -> None:
    with tempfile.TemporaryDirectory() as directory:
        corpus = make_corpus(Path(directory))
        for version in (text, clean_text(text)):
            if version.strip():
                corpus.add(make_article(version))
        check_quotes(corpus, TALKATIVE.answer(corpus, KURSK))
        corpus.close()


def test_markdown_and_footnotes_stay_in_the_quote(corpus: Corpus) -> None:
    sentence = "In **Kursk** sind laut Bericht[3] rund `8.000` Soldaten (@everyone)."
    corpus.add(make_article(f"Es regnet.  {sentence} Danach kam nichts."))
    quote = TALKATIVE.answer(corpus, KURSK).quotes[0]
    assert quote.sentence.text == sentence
    assert sentence in quote.text


class Meanwhile(Corpus):
    """Something happens to the first hit between the search and the answer."""

    damage = ""

    def search(
        self, text: str, count: int, language: str | None = None, *, only: Filter | None = None
    ) -> Retrieval:
        retrieval = super().search(text, count, language, only=only)
        first = retrieval.hits[0].stored
        if self.damage:
            connection = sqlite3.connect(self.path)
            with connection:
                connection.execute(self.damage, (first.id,))
            connection.close()
        else:
            self.change(first.id)
        return retrieval

    def __init__(self, path: Path) -> None:
        super().__init__(path, HashingEmbedder())
        self.path = path

    def change(self, article_id: int) -> None:
        self.remove(article_id)


class UpdatedMeanwhile(Meanwhile):
    def change(self, article_id: int) -> None:
        url = self.article(article_id).article.url
        self.add(make_article("Ganz anders geworden.", url=url))


class DamagedMeanwhile(Meanwhile):
    damage = "UPDATE article SET text = replace(text, '8.000', '9.000') WHERE id = ?"


@pytest.mark.parametrize("kind", [Meanwhile, UpdatedMeanwhile, DamagedMeanwhile])
def test_what_is_gone_since_the_search_is_not_quoted(tmp_path: Path, kind: type[Meanwhile]) -> None:
    corpus = kind(tmp_path / "test.sqlite3")
    corpus.add(make_article("In Kursk sind rund 8.000 Soldaten.", url="https://example.org/1"))
    assert not TALKATIVE.answer(corpus, KURSK).answered
    corpus.close()


def test_a_store_that_fails_is_not_taken_for_silence(tmp_path: Path) -> None:
    class Failing(Meanwhile):
        def change(self, article_id: int) -> None:
            self.close()

    corpus = Failing(tmp_path / "test.sqlite3")
    corpus.add(make_article())
    with pytest.raises(StoreError):
        TALKATIVE.answer(corpus, KURSK)


@pytest.mark.parametrize(
    "copy",
    [
        "In Kursk sind rund 8.000 Soldaten.",
        "In  Kursk sind rund 8000 Soldaten!",
        "„In Kursk sind rund 8 000 Soldaten.“",
    ],
)
def test_a_sentence_that_two_articles_share_is_quoted_once(corpus: Corpus, copy: str) -> None:
    corpus.add(make_article("In Kursk sind rund 8.000 Soldaten.", url="1"))
    corpus.add(make_article(copy, url="2"))
    assert len(TALKATIVE.answer(corpus, KURSK).quotes) == 1


@pytest.mark.parametrize(
    "other", ["In Kursk sind rund 9.000 Soldaten.", "In Kursk sind keine rund 8.000 Soldaten."]
)
def test_a_sentence_that_says_something_else_is_no_copy(corpus: Corpus, other: str) -> None:
    corpus.add(make_article("In Kursk sind rund 8.000 Soldaten.", url="1"))
    corpus.add(make_article(other, url="2"))
    assert len(TALKATIVE.answer(corpus, KURSK).quotes) == 2


def test_three_quotes_are_enough(corpus: Corpus) -> None:
    for number in range(8):
        corpus.add(make_article(f"In Kursk sind rund {number}.000 Soldaten.", url=f"{number}"))
    answer = TALKATIVE.answer(corpus, KURSK)
    assert len(answer.quotes) == 3
    assert [len(statement.quotes) for statement in answer.statements] == [1, 1, 1]


def test_silence_names_the_nearest_articles_once_each(corpus: Corpus) -> None:
    near = corpus.add(make_article("Soldaten in Kursk. Noch mehr Soldaten in Kursk.")).stored
    for number in range(5):
        corpus.add(make_article(f"In Wien regnet es seit {number} Tagen.", url=f"{number}"))
    answer = SILENT.answer(corpus, KURSK)
    assert not answer.answered
    assert answer.quotes == ()
    assert 0 < answer.confidence < 0.5
    assert answer.nearest[0] == near
    assert len(answer.nearest) == len({stored.id for stored in answer.nearest}) == 3


def test_an_empty_corpus_is_silent(corpus: Corpus) -> None:
    answer = TALKATIVE.answer(corpus, KURSK)
    assert not answer.answered
    assert (answer.nearest, answer.confidence) == ((), 0.0)
    assert (answer.archive.articles, answer.archive.first) == (0, None)
    assert TALKATIVE.search(corpus, KURSK, 5) == []
    assert TALKATIVE.quotes(corpus, KURSK) == []


def test_silence_can_still_tell_what_it_would_have_quoted(corpus: Corpus) -> None:
    corpus.add(make_article("In Kursk sind rund 8.000 Soldaten."))
    assert [quote.text for quote in SILENT.quotes(corpus, KURSK)] == [
        "In Kursk sind rund 8.000 Soldaten."
    ]


def test_a_search_gives_passages_best_first(corpus: Corpus) -> None:
    best = corpus.add(make_article("In Kursk sind rund 8.000 Soldaten.")).stored
    for number in range(5):
        corpus.add(make_article(f"In Wien regnet es seit {number} Tagen.", url=f"{number}"))
    hits = TALKATIVE.search(corpus, KURSK, 3)
    assert len(hits) == 3
    assert hits[0].stored == best


@pytest.mark.parametrize("text", ["", "😀", "x" * 501])
def test_what_is_no_question_is_refused(corpus: Corpus, text: str) -> None:
    with pytest.raises(QuestionError):
        TALKATIVE.answer(corpus, text)
    with pytest.raises(QuestionError):
        TALKATIVE.search(corpus, text, 5)


@pytest.mark.parametrize(
    "text", ["?x", "1", "ﷺ ﾞ", "² ½", '" OR NEAR( *', "' ; DROP TABLE article", "א ב ג", "x" * 500]
)
def test_an_odd_question_gets_an_answer_or_silence(corpus: Corpus, text: str) -> None:
    corpus.add(make_article())
    for answering in (TALKATIVE, SILENT, Answering()):
        check_quotes(corpus, answering.answer(corpus, text))


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory, embedder: OnnxEmbedder) -> Iterator[Corpus]:
    """The article that the project was begun with, as it was copied from a news page."""
    if not SEED.exists():
        pytest.skip("needs ../shared/data/seed/article.txt")
    page = Page(SEED.read_bytes(), "text/plain", source=SEED.name)
    corpus = make_corpus(tmp_path_factory.mktemp("seed"), embedder)
    corpus.add(extract(page, Given(), FETCHED).article)
    yield corpus
    corpus.close()


def test_the_seed_is_stored_without_the_furniture_of_its_page(seeded: Corpus) -> None:
    (stored,) = seeded.articles()
    assert stored.article.title == "Nordkorea versichert Russland Unterstützung bis zu Sieg"
    for furniture in ("Schulessen", "Galerie", "<strong>", "Bildstrecke", "1/50"):
        assert furniture not in stored.article.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Wie viele Soldaten sind in Kursk?", "8.000"),
        ("Wer ist der US-Verteidigungsminister?", "Lloyd Austin"),
        ("Wie heißt der stellvertretende Botschafter der USA bei der UNO?", "Robert Wood"),
    ],
)
def test_the_seed_answers_its_questions(
    seeded: Corpus, reader: OnnxReader, question: str, words: str
) -> None:
    answer = Answering(reader=reader).answer(seeded, question)
    assert answer.answered
    assert words in answer.quotes[0].text
    check_quotes(seeded, answer)


@pytest.mark.parametrize(
    "question",
    [
        "Wie viele Soldaten sind in Cherson?",
        "Wie groß ist der Mond?",
        "Wann hat Lawrow Geburtstag?",
        "Wer gewann die Weltmeisterschaft 2026?",
    ],
)
def test_the_seed_keeps_silent_where_it_does_not_say(
    seeded: Corpus, reader: OnnxReader, question: str
) -> None:
    answer = Answering(reader=reader).answer(seeded, question)
    assert not answer.answered, answer.quotes[0].text
    assert len(answer.nearest) == 1


def test_no_reader_is_asked_where_nothing_is_about_the_question(seeded: Corpus) -> None:
    reader = WordReader()
    answering = Answering(reader=reader)
    assert not answering.answer(seeded, "Wie backt man Käsekuchen mit Mandarinen?").answered
    assert reader.calls == []
    assert answering.answer(seeded, "Wie viele Soldaten sind in Kursk?").answered
    assert reader.calls


def test_an_agency_text_in_five_papers_is_one_witness(corpus: Corpus) -> None:
    text = (
        "In Kursk sind rund 8.000 Soldaten. Sie warten seit Tagen nahe der Grenze auf Befehle. "
        "Das sagte der Minister am Freitag nach einem Treffen mit seinem Kollegen in Wien. "
        "Die Regierung in Moskau wollte sich zu diesen Angaben zunächst nicht äußern."
    )
    papers = ("Abendpost", "Bergbote", "Cityruf", "Dorfblatt", "Eilmeldung")
    first, *rest = [
        corpus.add(make_article(f"{name} meldet: {text}", url=f"https://{i}.example", outlet=name))
        for i, name in enumerate(papers)
    ]
    own = corpus.add(make_article("In Kursk warten Soldaten auf Essen.", url="https://own.example"))
    answer = TALKATIVE.answer(corpus, KURSK)
    check_quotes(corpus, answer)
    told = {first.stored.id, *(copy.stored.id for copy in rest)}
    quoted = {quote.stored.id for quote in answer.quotes}
    assert len(quoted & told) == 1
    assert quoted <= told | {own.stored.id}
    (cited,) = quoted & told
    assert {copy.id for copy in answer.copies[cited]} == told - {cited}
    assert len({stored.id for stored in answer.nearest} & told) == 1
