from __future__ import annotations

import pytest

from index.lexicon.reading import Entry, Group, read_dictionary, read_thesaurus


def test_a_line_holds_near_narrower_and_loosely_related_words() -> None:
    text = "# animals\n\nKatze Katzen > Kater Kätzchen ~ Haustier  # a comment\nHund ~ Leine\n"
    assert list(read_thesaurus(text)) == [
        Group(("Katze", "Katzen"), ("Kater", "Kätzchen"), ("Haustier",)),
        Group(("Hund",), (), ("Leine",)),
    ]


def test_an_entry_holds_english_words_and_german_ones() -> None:
    assert list(read_dictionary("prime_minister premier: Premierminister Regierungschef\n")) == [
        Entry(("prime_minister", "premier"), ("Premierminister", "Regierungschef"))
    ]


@pytest.mark.parametrize(
    "line", ["Katze", "> Kater", "Katze ~ Tier > Kater", "Katze > > Kater", "Katze > ~ Tier"]
)
def test_a_line_that_relates_nothing_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="group"):
        list(read_thesaurus(line))


@pytest.mark.parametrize("line", ["cat Katze", "cat:", ": Katze", "as_soon_as: sobald"])
def test_a_line_that_translates_nothing_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"entry|phrase"):
        list(read_dictionary(line))
