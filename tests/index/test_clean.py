import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.clean import clean_line, clean_text

# Characters that meet each other badly: removed ones, spaces, accents, halves of a surrogate pair.
AWKWARD = st.text(
    st.one_of(
        st.sampled_from(
            "ae \n\t\r\u00a0\u00ad\u200b\u200d\u0301\u0308\u2028\u2029\u202e\ufeff\ufe0f"
        ),
        st.characters(codec=None, categories=None),
    )
)


@given(AWKWARD)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once


@given(AWKWARD)
def test_nothing_invisible_survives(text: str) -> None:
    cleaned = clean_text(text)
    cleaned.encode()  # half a surrogate would raise
    kinds = {unicodedata.category(c) for c in cleaned if c != "\n"}
    assert not kinds & {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}
    assert not any(unicodedata.category(c) == "Zs" and c != " " for c in cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)


@given(AWKWARD)
def test_a_line_has_no_line_end_and_no_white_space_around_it(text: str) -> None:
    line = clean_line(text)
    assert "\n" not in line
    assert line == line.strip(" ")
    assert clean_line(line) == line


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Helikopter\u00adlandeplatz", "Helikopterlandeplatz"),
        ("un\u200bsicht\u200dbar\u2060\ufeff", "unsichtbar"),
        ("rechts \u202enach\u202c links", "rechts nach links"),
        ("vor\U000e0041\U000e007fher", "vorher"),
        ("Herz \u2764\ufe0f", "Herz \u2764"),
        ("Icon \ue001 weg", "Icon weg"),
        ("halb \ud800 ganz", "halb ganz"),
        ("10\u00a0000\u202fEuro", "10 000 Euro"),
        ("Stra\u0308ger", "Sträger"),
        ("a\u200d\u0308", "ä"),
        ("eins\r\nzwei\rdrei\u2028vier", "eins\nzwei\ndrei\nvier"),
        ("eins\u2029zwei", "eins\n\nzwei"),
        ("eins \n \n\n\t zwei", "eins\n\nzwei"),
        ("  \n Anfang und Ende \n ", "Anfang und Ende"),
        ("viel   zu\t\tviel", "viel zu viel"),
        ("\x00\x1b[31mrot", "[31mrot"),
    ],
)
def test_what_no_reader_sees_goes(raw: str, expected: str) -> None:
    assert clean_text(raw) == expected


@pytest.mark.parametrize(
    "text",
    [
        "„Ja“, »nein« – sagte sie — und 'so' \"weiter\" … ‚wirklich‘?",
        "Beleg [3] und [a] **fett** __unter__ `code` ||Spoiler|| <@123> > Zitat",
        "Ein Smiley 😀, ein Zeichen ₂ und ½, ein Wort mit ß.",
        "Ελληνικά, русский, 日本語, العربية",
    ],
)
def test_what_a_reader_sees_stays(text: str) -> None:
    assert clean_text(text) == text
