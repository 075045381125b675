from __future__ import annotations

from random import Random

import pytest

from tests.agency_copies import HEAVY, LIGHT, Told, edited_copy, sentences_of
from tests.index.test_similar import AGENCY, LATER
from tests.look_alikes import templated
from tests.measure_copies import (
    STORIES,
    WIKINEWS,
    figures_of,
    make_set,
    measure,
    read_rows,
    stories,
)


def test_pairs_are_counted_as_they_are_found() -> None:
    a, b, c, d = (Told(group, "", "") for group in "aaab")
    right = figures_of({1: [a, b, c], 2: [d]})
    assert (right.true, right.found, right.right) == (3, 3, 3)
    wrong = figures_of({1: [a, b, d], 2: [c]})
    assert (wrong.precision, wrong.recall) == (1 / 3, 1 / 3)


@pytest.mark.parametrize("edit", [*dict.fromkeys(HEAVY), *LIGHT])
def test_every_edit_changes_a_text_and_leaves_some_of_it(edit: object) -> None:
    sentences = sentences_of(AGENCY.replace("war gegen", "„war“ bereits gegen"))
    assert callable(edit)
    made = [" ".join(edit(sentences, Random(seed), sentences_of(LATER))) for seed in range(9)]
    assert any(text != " ".join(sentences) for text in made)
    assert all(set(text.split()) & set(AGENCY.split()) for text in made)


def test_the_same_seed_makes_the_same_set() -> None:
    told = Told("a", "Zug entgleist", AGENCY)
    one, again, other = (edited_copy(told, Random(seed), LATER) for seed in (1, 1, 2))
    assert one == again
    assert one != other
    assert templated(Random(1), 2) == templated(Random(1), 2)


@pytest.mark.skipif(not STORIES.exists(), reason="the shared material is not here")
def test_the_written_stories_are_grouped_without_a_mistake() -> None:
    figures, _ = measure(stories(), Random(0))
    assert figures.true > 5
    assert (figures.precision, figures.recall) == (1.0, 1.0)


@pytest.mark.skipif(not WIKINEWS.exists(), reason="the shared material is not here")
def test_edited_copies_are_told_from_other_reports() -> None:
    figures, _ = measure(make_set(read_rows(WIKINEWS)[:200], Random(99)), Random(99))
    assert figures.true > 300
    assert figures.precision > 0.95
    assert figures.recall > 0.9
