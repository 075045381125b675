from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.metrics import (
    Again,
    Decision,
    Judged,
    answered_while,
    auc,
    figures,
    highlight_is_right,
    is_right,
)
from bot.question_set import Expected
from bot.types import AnswerKind, Quote
from index.types import Span, StoredArticle
from tests.making import make_article

TEXT = "Es regnet.  In Kursk sind\nrund 8.000 Soldaten. Das sagte Wood. Später waren es 8.000."


def expected(
    answers: dict[str, tuple[str, ...]] | None = None, gold: str | None = None
) -> Expected:
    return Expected("q", "Frage?", answers or {}, gold, {})


def quote(text: str, highlight: str | None = None, whole: str = TEXT) -> Quote:
    article = make_article(whole)
    start = whole.index(text)
    mark = None
    if highlight is not None:
        begin = whole.index(highlight, start)
        mark = Span(article, begin, begin + len(highlight))
    span = Span(article, start, start + len(text))
    return Quote(StoredArticle(1, article), span, 0.9, mark)


def judged(
    *,
    right: bool = True,
    article_rank: int | None = None,
    quote_rank: int | None = None,
    sentence_rank: int | None = None,
    answered: bool = False,
    confidence: float = 0.0,
    verbatim: bool = True,
    highlights: tuple[bool | None, ...] = (),
    quote_words: tuple[int, ...] = (),
    milliseconds: float = 1.0,
    again: Again | None = None,
) -> Judged:
    return Judged(
        expected=expected({"a": ("x",)} if right else {}),
        kind=AnswerKind.OTHER,
        article_rank=article_rank,
        quote_rank=quote_rank,
        sentence_rank=sentence_rank,
        answered=answered,
        confidence=confidence,
        verbatim=verbatim,
        highlights=highlights,
        quote_words=quote_words,
        milliseconds=milliseconds,
        again=again,
    )


def asked_again(confidence: float, *found: str) -> Again:
    names = ("typos", "umlauts_dropped", "umlauts_spelled")
    return Again(
        removed=Decision(confidence >= 0.5, confidence),
        topic_removed=Decision(confidence >= 0.6, confidence / 2),
        found={name: name in found for name in names},
    )


def test_a_quote_is_right_by_article_answer_and_gold_sentence() -> None:
    soldiers = quote("In Kursk sind\nrund 8.000 Soldaten.")
    gold = "In Kursk sind rund 8.000  Soldaten."
    assert is_right(soldiers, "a", expected({"a": ("rund 8.000",)}, gold))
    assert is_right(soldiers, "a", expected({"a": ("9.000", "sind rund")}))
    assert not is_right(soldiers, "b", expected({"a": ("8.000",)}, gold))
    assert not is_right(soldiers, None, expected({"a": ("8.000",)}, gold))
    assert not is_right(soldiers, "a", expected({"a": ("9.000",)}, gold))


def test_the_answer_in_another_sentence_than_the_gold_one_is_wrong() -> None:
    gold = "In Kursk sind rund 8.000 Soldaten."
    assert not is_right(quote("Später waren es 8.000."), "a", expected({"a": ("8.000",)}, gold))
    assert is_right(quote("Später waren es 8.000."), "a", expected({"a": ("8.000",)}))


def test_a_gold_sentence_of_another_article_is_no_hindrance() -> None:
    gold = "Rund 8.000 Mann stehen dort."
    assert is_right(quote("Später waren es 8.000."), "b", expected({"b": ("8.000",)}, gold))


def test_a_highlight_is_right_if_it_and_an_answer_overlap() -> None:
    some = expected({"a": ("rund 8.000 Soldaten",)})
    marked = quote("In Kursk sind\nrund 8.000 Soldaten.", "8.000")
    assert highlight_is_right(marked, "a", some)
    assert highlight_is_right(quote(TEXT, "sind\nrund 8.000"), "a", some)
    assert not highlight_is_right(quote("Das sagte Wood.", "Wood"), "a", some)
    assert not highlight_is_right(quote("Das sagte Wood."), "a", some)
    assert not highlight_is_right(marked, "b", some)


def test_an_answer_in_other_words_bears_out_what_it_contains_but_no_part_of_a_number() -> None:
    later = quote("Später waren es 8.000.", "8.000")
    assert highlight_is_right(later, "a", expected({"a": ("rund 8.000 Soldaten",)}))
    assert not highlight_is_right(later, "a", expected({"a": ("rund 18.000 Soldaten",)}))
    assert not highlight_is_right(
        quote("Es waren 8.", "8", "Es waren 8."), "a", expected({"a": ("rund 8.000 Soldaten",)})
    )


def test_the_answer_elsewhere_in_the_quotation_bears_out_no_highlight() -> None:
    text = "Es waren 12 von 300 Häusern."
    some = expected({"a": ("12",)})
    assert highlight_is_right(quote(text, "12", text), "a", some)
    assert not highlight_is_right(quote(text, "300", text), "a", some)


def test_figures_are_those_computed_by_hand() -> None:
    report = figures(
        [
            judged(
                article_rank=1,
                quote_rank=1,
                sentence_rank=2,
                answered=True,
                confidence=0.9,
                highlights=(True, False),
                quote_words=(10, 20),
                milliseconds=10,
                again=asked_again(0.7, "umlauts_dropped", "umlauts_spelled"),
            ),
            judged(
                article_rank=4,
                quote_rank=3,
                answered=True,
                confidence=0.6,
                highlights=(False,),
                quote_words=(6,),
                milliseconds=20,
                again=asked_again(0.5, "umlauts_spelled"),
            ),
            judged(
                article_rank=11,
                confidence=0.2,
                highlights=(None, True),
                milliseconds=30,
                again=asked_again(0.1),
            ),
            judged(confidence=0.4, milliseconds=40, again=asked_again(0.3, "typos")),
            judged(right=False, answered=True, confidence=0.6, verbatim=False, milliseconds=50),
            judged(right=False, confidence=0.1, milliseconds=60),
        ]
    )
    assert report == {
        "questions": 6,
        "article_hit@1": 25.0,
        "article_hit@5": 50.0,
        "mrr@10": 0.312,  # (1 + 1/4) / 4
        "quote_hit@1": 25.0,
        "quote_hit@3": 50.0,
        "sentence_hit@1": 0.0,
        "sentence_hit@3": 25.0,
        "answerable_answered": 50.0,
        "unanswerable_answered": 50.0,
        "auc": 0.688,  # above 0.6: one and a tie; above 0.1: all four; 5.5 of 8
        "unanswerable_at_85": 50.0,  # 3.4 of 4: the threshold is 0.2
        "removed_answered": 50.0,
        "removed_at_90": 75.0,  # 3.6 of 4: the threshold is 0.2
        "topic_removed_answered": 25.0,
        "topic_removed_at_90": 50.0,
        "highlighted": 50.0,
        "highlight_precision": 50.0,
        "highlight_precision@3": 50.0,
        "typos_loss": 0.0,  # one lost, one won
        "umlauts_dropped_loss": 0.0,
        "umlauts_spelled_loss": -25.0,
        "verbatim": 83.3,
        "quote_words": 12,
        "longest_quote": 20,
        "p50_ms": 35,
        "p95_ms": 60,
    }


def test_a_group_without_unanswerable_questions_is_held_against_all_of_the_set() -> None:
    group = [judged(confidence=0.9), judged(confidence=0.5)]
    whole = [*group, judged(right=False, confidence=0.7, answered=True), judged(confidence=0.8)]
    report = figures(group, whole)
    assert (report["auc"], report["unanswerable_at_85"]) == (0.5, 100.0)
    assert report["unanswerable_answered"] is None
    own = figures([*group, judged(right=False, confidence=0.1)], whole)
    assert own["auc"] == 1.0


@pytest.mark.parametrize(
    ("negative", "positive", "share", "answered"),
    [
        ([0.9, 0.3, 0.1], [0.8, 0.7, 0.6, 0.2], 0.75, 33.3),
        ([0.9, 0.3, 0.1], [0.8, 0.7, 0.6, 0.2], 1.0, 66.7),
        # Half of those that tie is needed, and half of those that tie with them counts.
        ([0.5, 0.5, 0.1, 0.1], [0.9, 0.9, 0.5, 0.5], 0.75, 25.0),
        ([0.5] * 7, [0.5] * 9, 0.9, 90.0),
        ([], [0.5], 0.9, None),
        ([0.5], [], 0.9, None),
    ],
)
def test_the_threshold_is_the_one_that_a_share_of_the_positives_reaches(
    negative: list[float], positive: list[float], share: float, answered: float | None
) -> None:
    assert answered_while(negative, positive, share) == answered


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=60),
    st.sampled_from([0.5, 0.55, 0.85, 0.9, 1.0]),
)
def test_what_is_no_better_than_the_positives_is_answered_as_often(
    confidences: list[float], share: float
) -> None:
    answered = answered_while(confidences, confidences, share)
    assert answered == pytest.approx(100.0 * share, abs=0.1)


def test_where_there_is_nothing_to_count_there_is_no_figure() -> None:
    report = figures([])
    assert report.pop("questions") == 0
    assert set(report.values()) == {None}
    only_unanswerable = figures([judged(right=False)])
    assert only_unanswerable["article_hit@1"] is None
    assert only_unanswerable["auc"] is None
    assert only_unanswerable["unanswerable_answered"] == 0.0


@pytest.mark.parametrize(
    ("positive", "negative", "area"),
    [
        ([0.9, 0.8], [0.1], 1.0),
        ([0.1], [0.9], 0.0),
        ([0.5], [0.5], 0.5),
        ([], [0.5], None),
        ([0.5], [], None),
    ],
)
def test_the_area_is_the_share_of_pairs_in_the_right_order(
    positive: list[float], negative: list[float], area: float | None
) -> None:
    assert auc(positive, negative) == area


@given(st.lists(st.floats(0, 1), min_size=1), st.lists(st.floats(0, 1), min_size=1))
def test_the_area_turns_round_with_its_sides(one: list[float], other: list[float]) -> None:
    there, back = auc(one, other), auc(other, one)
    assert there is not None
    assert back is not None
    assert there + back == pytest.approx(1.0, abs=0.002)


def test_a_quote_is_judged_as_shown_and_its_sentences_without_their_context() -> None:
    whole = quote("In Kursk sind\nrund 8.000 Soldaten. Das sagte Wood.")
    article = whole.stored.article
    start = article.text.index("Das")
    sentence = Span(article, start, start + len("Das sagte Wood."))
    with_context = replace(whole, answering=(sentence,))
    wanted = expected({"a": ("8.000",)})
    (alone,) = with_context.parted()
    assert is_right(with_context, "a", wanted)
    assert not is_right(alone, "a", wanted)
    other_gold = expected({"a": ("Wood",)}, "In Kursk sind rund 8.000")
    assert is_right(with_context, "a", other_gold)
    assert not is_right(alone, "a", other_gold)
    assert is_right(alone, "a", expected({"a": ("Wood",)}, "Das sagte Wood."))
