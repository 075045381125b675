from __future__ import annotations

import pytest

from bot.language.claimants import claimant_text
from bot.language.standing import claim_text
from bot.types import Language
from tests.bot.news.claims import claim


def told(sentence: str, claimant: str) -> str | None:
    return claimant_text(claim(1, sentence, "8.000", "8000", claimant=claimant))


@pytest.mark.parametrize(
    ("genitive", "plain"),
    [
        ("Innenministeriums", "Innenministerium"),
        ("Landeskriminalamts", "Landeskriminalamt"),
        ("Gesundheitsamtes", "Gesundheitsamt"),
        ("Amtes", "Amt"),
        ("Bürgermeisters Klaus Bünting", "Bürgermeister Klaus Bünting"),
        ("Sprechers der Polizei", "Sprecher der Polizei"),
        ("Verbands", "Verband"),
        ("Hausärzteverbandes", "Hausärzteverband"),
        ("Krankenhauses in Auental", "Krankenhaus in Auental"),
        ("Wahlausschusses", "Wahlausschuss"),
        ("Bundesrats", "Bundesrat"),
        ("Stadtrates", "Stadtrat"),
        ("Kammergerichts", "Kammergericht"),
        ("Robert-Koch-Instituts", "Robert-Koch-Institut"),
        ("BKA-Präsidiums", "BKA-Präsidium"),
        ("Direktors", "Direktor"),
    ],
)
def test_a_sure_genitive_is_named_plainly(genitive: str, plain: str) -> None:
    assert told(f"Nach Angaben des {genitive} waren es 8.000.", genitive) == plain


@pytest.mark.parametrize(
    ("sentence", "claimant"),
    [
        ("Nach Angaben des Deutschen Wetterdienstes waren es 8.000.", "Deutschen Wetterdienstes"),
        ("Nach Angaben des Präsidenten waren es 8.000.", "Präsidenten"),
        ("Nach Angaben des Roten Kreuzes waren es 8.000.", "Roten Kreuzes"),
        ("Nach Angaben des Kreises waren es 8.000.", "Kreises"),
        ("Nach Angaben des BKA waren es 8.000.", "BKA"),
        ("Nach Angaben von Peters waren es 8.000.", "Peters"),
        ("Nach Angaben der Reuters waren es 8.000.", "Reuters"),
        ("Die Alters sagten, es waren 8.000.", "Alters"),
        ("Das Haus sprach von 8.000.", "Haus"),
        ("Laut Polizei waren es 8.000.", "Polizei"),
        ("Es waren 8.000, according to the Rangers.", "Rangers"),
    ],
)
def test_what_no_rule_is_sure_of_keeps_its_words(sentence: str, claimant: str) -> None:
    assert told(sentence, claimant) == claimant


def test_nobody_is_named_where_nobody_says_it() -> None:
    assert claimant_text(claim(1, "Es waren 8.000.", "8.000", "8000")) is None


def test_the_claim_keeps_the_words_of_its_article_and_people_read_the_plain_ones() -> None:
    sentence = "Nach Angaben des Innenministeriums waren es 8.000."
    made = claim(1, sentence, "8.000", "8000", claimant="Innenministeriums")
    assert made.claimant is not None
    assert made.claimant.text == "Innenministeriums"
    assert "8.000 · Innenministerium · dna · " in claim_text(Language.GERMAN, made)
