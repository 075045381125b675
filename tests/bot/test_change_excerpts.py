from __future__ import annotations

import random

from bot.change_excerpts import change_excerpts
from bot.excerpt import ELLIPSIS

OLD = "Rund 8.000 Soldaten sind dort. Moskau schweigt dazu bisher und verweist auf ein Abkommen."
NEW = "Rund 9.000 Soldaten sind dort. Moskau schweigt und verweist auf ein Abkommen."


def test_each_place_is_shown_with_some_words_around_it() -> None:
    (first, second), left = change_excerpts(OLD, NEW, 1000)
    assert left == 0
    assert (first.before, first.gone, first.come) == ("Rund ", "8.000", "9.000")
    assert first.after.startswith(" Soldaten")
    assert (second.gone, second.come) == ("dazu bisher", "")
    assert second.before.endswith("schweigt")
    assert second.after.startswith(" und verweist")


def test_whether_a_sentence_begins_or_ends_with_the_words_is_known() -> None:
    (first, second), _ = change_excerpts(OLD, NEW, 1000)
    assert (first.begins, first.ends) == (True, False)
    assert (second.begins, second.ends) == (False, True)


def test_words_around_are_whole_words_and_stand_there_once() -> None:
    old = (
        "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn"
    )
    new = old.replace("zwei", "Z").replace("fünfzehn", "F")
    found, left = change_excerpts(old, new, 1000)
    assert left == 0
    words = set(new.split())
    for one in found:
        assert set(one.before.split()) | set(one.after.split()) <= words
    shown = " ".join(f"{one.before} {one.come} {one.after}" for one in found).split()
    assert len(shown) == len(set(shown))


def test_equal_texts_have_no_places() -> None:
    assert change_excerpts(OLD, OLD, 1000) == ([], 0)


def test_no_more_is_shown_than_may_be() -> None:
    dice = random.Random(5)
    words = OLD.split()
    for _ in range(100):
        old = " ".join(dice.choices(words, k=60))
        new = " ".join(dice.choices([*words, "neu", "anders"], k=60))
        room = dice.randrange(400)
        found, left = change_excerpts(old, new, room)
        shown = sum(one.characters - f"{one.gone}{one.come}".count(ELLIPSIS) for one in found)
        assert shown <= room
        assert found or left


def test_what_is_too_long_is_shortened_and_the_rest_is_counted() -> None:
    found, left = change_excerpts("a " * 100 + "Ende.", "b " * 100 + "Ende.", 50)
    assert left == 0
    assert len(found) == 1
    assert found[0].gone.endswith(ELLIPSIS)
    assert found[0].come.endswith(ELLIPSIS)
    _, left = change_excerpts(OLD, NEW, 0)
    assert left == 2
