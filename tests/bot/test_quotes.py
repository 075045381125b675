from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.context import MOST_WORDS
from bot.features import Candidate
from bot.question import understand
from bot.quotes import MOST, quotations, worth_showing
from bot.rank import Choice
from bot.types import Quote
from index.split import split_passages
from index.types import Hit, StoredArticle
from tests.making import make_article

KURSK = understand("Wie viele Soldaten sind in Kursk?")
TEXT = (
    "Der Rat tagte lange. Lloyd Austin sprach in New York. Er nannte 8.000 Soldaten in Kursk. "
    "Lawrow bestritt das am Abend. Dann regnete es."
)


def stored(text: str = TEXT, number: int = 1) -> StoredArticle:
    return StoredArticle(number, make_article(text))


def choices(*given: tuple[StoredArticle, str, float]) -> list[Choice]:
    """Sentences by their first words, best first."""
    found = []
    for source, begin, confidence in given:
        hit, sentence = next(
            (Hit(source, passage, 0.5, (0.5,) * len(passage.sentences), 0.5), sentence)
            for passage in split_passages(source.article)
            for sentence in passage.sentences
            if sentence.text.startswith(begin)
        )
        found.append(Choice(Candidate(hit, sentence, {}), 0.0, confidence))
    return found


def quoted(given: Sequence[Choice]) -> list[Quote]:
    return quotations(KURSK, given, lambda _: True)


def shown(given: Sequence[Choice]) -> list[str]:
    return [quote.text for quote in quoted(given)]


def test_a_sentence_that_stands_alone_is_quoted_alone() -> None:
    [quote] = quoted(choices((stored(), "Lloyd", 0.9)))
    assert quote.text == quote.sentence.text == "Lloyd Austin sprach in New York."
    assert quote.confidence == 0.9


def test_a_sentence_that_points_back_is_quoted_with_the_one_before() -> None:
    [quote] = quoted(choices((stored(), "Er", 0.9)))
    assert quote.text == "Lloyd Austin sprach in New York. Er nannte 8.000 Soldaten in Kursk."
    assert quote.sentence.text == "Er nannte 8.000 Soldaten in Kursk."
    assert quote.highlight is not None
    assert quote.highlight.text == "8.000"


def test_quotations_that_overlap_become_one_whichever_is_better() -> None:
    source = stored()
    for first, second in (("Er", "Lloyd"), ("Lloyd", "Er")):
        [quote] = quoted(choices((source, first, 0.9), (source, second, 0.5)))
        assert quote.text == "Lloyd Austin sprach in New York. Er nannte 8.000 Soldaten in Kursk."
        assert [s.text.split()[0] for s in quote.answering] == [first, second]
        assert quote.confidence == 0.9


def test_quotations_that_touch_become_one() -> None:
    source = stored()
    [text] = shown(choices((source, "Lawrow", 0.9), (source, "Er", 0.5)))
    assert text == TEXT.removeprefix("Der Rat tagte lange. ").removesuffix(" Dann regnete es.")


def test_quotations_apart_stay_apart() -> None:
    source = stored()
    assert shown(choices((source, "Dann", 0.9), (source, "Lloyd", 0.5))) == [
        "Dann regnete es.",
        "Lloyd Austin sprach in New York.",
    ]


def test_quotations_of_two_paragraphs_stay_apart() -> None:
    source = stored("In Kursk sind 8.000 Soldaten.\n\nMoskau schweigt.")
    assert len(quoted(choices((source, "In", 0.9), (source, "Moskau", 0.5)))) == 2


def test_what_touches_and_would_be_too_long_as_one_stays_apart() -> None:
    long = "Moskau " + "sehr " * MOST_WORDS + "lange."
    source = stored(f"In Kursk sind 8.000 Soldaten. {long}")
    given = choices((source, "In", 0.9), (source, "Moskau", 0.5))
    assert shown(given) == ["In Kursk sind 8.000 Soldaten.", long]


def test_what_overlaps_and_would_be_too_long_as_one_repeats_nothing() -> None:
    many = "sehr " * (MOST_WORDS // 3)
    text = f"Austin sprach {many}lange. Er nannte {many}viele Zahlen. Damit war {many}viel gesagt."
    source = stored(text)
    assert shown(choices((source, "Er", 0.9), (source, "Damit", 0.5))) == [
        f"Austin sprach {many}lange. Er nannte {many}viele Zahlen.",
        f"Damit war {many}viel gesagt.",
    ]


def test_a_sentence_between_two_quotations_is_shown_in_one_of_them() -> None:
    many = "sehr " * (MOST_WORDS // 3)
    source = stored(f"Wien war {many}leer. Austin sprach {many}lange. Er nannte {many}viel.")
    given = choices((source, "Wien", 0.9), (source, "Er", 0.5), (source, "Austin", 0.4))
    assert shown(given) == [
        f"Wien war {many}leer.",
        f"Austin sprach {many}lange. Er nannte {many}viel.",
    ]


MANY = "sehr " * 18
WORDS = (
    "Er sprach.",
    f"Er sprach {MANY}lange.",
    "Moskau schweigt.",
    f"Moskau schweigt {MANY}lange.",
)


@given(
    st.lists(
        st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", "\n\n"])), min_size=1, max_size=4
    ),
    st.randoms(use_true_random=False),
)
def test_in_whatever_order_sentences_come_none_is_shown_twice(
    parts: list[tuple[str, str]], random: Random
) -> None:
    numbered = [f"{text[:-1]} {number}.{gap}" for number, (text, gap) in enumerate(parts)]
    source = stored("".join(numbered))
    hits = [
        (Hit(source, passage, 0.5, (0.5,) * len(passage.sentences), 0.5), sentence)
        for passage in split_passages(source.article)
        for sentence in passage.sentences
    ]
    random.shuffle(hits)
    quotes = quoted([Choice(Candidate(hit, sentence, {}), 0.0, 0.5) for hit, sentence in hits])
    spans = sorted((quote.span.start, quote.span.end) for quote in quotes)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    assert sum(len(quote.answering) for quote in quotes) == min(MOST, len(hits))


def test_what_two_articles_say_alike_is_quoted_once() -> None:
    text = "In Kursk sind nach Angaben der USA rund 8.000 Soldaten."
    ours, theirs = stored(text, 1), stored(text.replace("nach Angaben", "laut Angaben"), 2)
    [quote] = quoted(choices((ours, "In", 0.9), (theirs, "In", 0.8)))
    assert quote.stored is ours


def test_a_conflicting_figure_is_quoted_too() -> None:
    text = "In Kursk sind nach Angaben der USA rund 8.000 Soldaten."
    ours, theirs = stored(text, 1), stored(text.replace("8.000", "9.000"), 2)
    assert len(quoted(choices((ours, "In", 0.9), (theirs, "In", 0.8)))) == 2


def test_of_two_that_are_as_sure_the_one_that_stands_alone_comes_first() -> None:
    source, other = stored(), stored("In Kursk sind 8.000 Soldaten.", 2)
    assert shown(choices((source, "Er", 0.5), (other, "In", 0.495)))[0].startswith("In")
    assert not shown(choices((source, "Er", 0.5), (other, "In", 0.4)))[0].startswith("In")


def test_what_is_a_worse_answer_does_not_come_first_for_standing_alone() -> None:
    source, other = stored(), stored("In Kursk sind 8.000 Soldaten.", 2)
    first, second = choices((source, "Er", 0.5), (other, "In", 0.9))
    worse = replace(second, score=first.score - 5.0)
    assert not shown([first, worse])[0].startswith("In")


def test_three_sentences_are_enough() -> None:
    sources = [stored(f"In Kursk sind {number}.000 Soldaten.", number) for number in range(1, 6)]
    assert len(quoted(choices(*((source, "In", 0.5) for source in sources)))) == MOST


def test_what_is_gone_is_not_quoted() -> None:
    given = choices((stored(), "Er", 0.9), (stored("Moskau schweigt.", 2), "Moskau", 0.8))
    [quote] = quotations(KURSK, given, lambda choice: choice is not given[0])
    assert quote.text == "Moskau schweigt."


def test_an_unsure_sentence_is_quoted_without_a_mark() -> None:
    [quote] = quoted(choices((stored(), "Er", 0.1)))
    assert quote.highlight is None


@pytest.mark.parametrize(
    ("number", "confidence", "worth"), [(1, 0.02, True), (1, 0.01, False), (2, 0.02, False)]
)
def test_a_further_sentence_must_be_less_sure_where_it_is_of_the_same_article(
    number: int, confidence: float, worth: bool
) -> None:
    other = stored("Moskau schweigt.", number)
    given = choices((stored(), "Er", 0.5), (other, "Moskau", confidence))
    assert (len(worth_showing(given, 0.07)) == 2) is worth


def test_nothing_considered_is_nothing_worth_showing() -> None:
    assert worth_showing([], 0.07) == []


def test_a_quotation_can_be_taken_apart_into_its_sentences() -> None:
    source = stored()
    [quote] = quoted(choices((source, "Er", 0.9), (source, "Lawrow", 0.5)))
    assert [part.text.split()[0] for part in quote.parted()] == ["Er", "Lawrow"]
    whole = Quote(source, quote.span, 0.5)
    assert [part.span for part in whole.parted()] == [quote.span]


def test_a_sentence_outside_its_quotation_is_refused() -> None:
    [first, second] = choices((stored(), "Lloyd", 0.9), (stored(), "Er", 0.5))
    source = first.candidate.hit.stored
    for sentence in (second.candidate.sentence, first.candidate.hit.passage):
        with pytest.raises(ValueError, match="inside"):
            Quote(source, first.candidate.sentence, 0.5, None, (sentence,))


def test_of_several_papers_that_print_one_text_one_is_quoted() -> None:
    first, copy, other = stored(), stored(TEXT + " Mehr dazu.", 2), stored("Es sind 9.000.", 3)
    found = choices(
        (first, "Er", 0.9), (copy, "Dann", 0.8), (first, "Der", 0.7), (other, "Es", 0.6)
    )
    shown = quotations(KURSK, found, lambda _: True, origins={1: 1, 2: 1, 3: 3})
    assert {quote.stored.id for quote in shown} == {1, 3}
    assert sum(len(quote.answering) for quote in shown) == 3
    alone = quotations(KURSK, found, lambda _: True)
    assert {quote.stored.id for quote in alone} == {1, 2}
