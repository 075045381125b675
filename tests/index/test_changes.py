from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.changes import Kind, changes

OLD = "Rund 8.000 Soldaten stehen in Kursk. Das sagte der Minister.\n\nMoskau schweigt „dazu“."
TEXTS = st.lists(
    st.sampled_from(
        [
            "Rund",
            "8.000",
            "9.000",
            "Soldaten",
            "stehen",
            "nicht",
            "in",
            "Kursk.",
            "–",
            "„ja“",
            "\n\n",
        ]
    )
).map(" ".join)


def differing(old: str, new: str) -> list[tuple[str, str, str]]:
    return [
        (change.kind.value, old[slice(*change.old)], new[slice(*change.new)])
        for change in changes(old, new)
        if change.kind is not Kind.KEPT
    ]


def test_a_figure_that_was_corrected_is_all_that_changed() -> None:
    new = OLD.replace("8.000", "9.000")
    assert differing(OLD, new) == [("replaced", "8.000", "9.000")]


def test_words_that_came_and_went_are_told_apart() -> None:
    new = OLD.replace("Rund ", "").replace("in Kursk", "in der Region Kursk")
    assert differing(OLD, new) == [("removed", "Rund", ""), ("added", "", "der Region")]


def test_a_sentence_that_came_or_went_is_one_change() -> None:
    new = OLD.replace(" Das sagte der Minister.", "") + " Kiew auch."
    assert differing(OLD, new) == [
        ("removed", "Das sagte der Minister.", ""),
        ("added", "", "Kiew auch."),
    ]


def test_white_space_and_typography_are_no_change() -> None:
    new = OLD.replace("\n\n", " ").replace("„dazu“", "»dazu«").replace(" in ", "  in\u00a0")
    assert differing(OLD, new) == []


def test_a_minus_or_a_negation_is_a_change() -> None:
    assert differing("Er kam.", "Er kam nicht.") == [("added", "", "nicht")]


@given(TEXTS, TEXTS)
def test_the_changes_lead_from_the_old_text_to_the_new_one(old: str, new: str) -> None:
    found = changes(old, new)
    for side, text in (("old", old), ("new", new)):
        ends = 0
        covered = ""
        for change in found:
            start, end = getattr(change, side)
            assert ends <= start <= end
            ends = end
            covered += text[start:end]
        assert "".join(covered.split()) == "".join(text.split())
    for change in found:
        assert (change.kind in {Kind.REMOVED, Kind.ADDED}) == (
            not old[slice(*change.old)] or not new[slice(*change.new)]
        )


def test_two_endless_texts_are_compared_without_end() -> None:
    # Words that repeat without end are what costs a comparison its square.
    old, new = "Es regnet weiter in Wien " * 8_000, "Es schneit weiter in Graz " * 8_000
    assert {change.kind for change in changes(old, new)} == {Kind.REPLACED}
