import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.decode import decode, is_seven_bit_code

TEXT = "Größe, Straße, «Zürich» – 5 €"


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        (TEXT.encode(), None),
        (TEXT.encode(), "iso-8859-1"),
        (TEXT.encode(), "utf-16"),
        (TEXT.encode(), "no-such-encoding"),
        (codecs.BOM_UTF8 + TEXT.encode(), "cp1252"),
        (TEXT.encode("cp1252"), "utf-8"),
        (TEXT.encode("cp1252"), "iso-8859-1"),
        (TEXT.encode("cp1252"), None),
        (b"<meta charset='mac-roman'>" + TEXT.encode("mac-roman"), None),
        (b"<meta charset=utf-8>" + TEXT.encode("cp1252"), "us-ascii"),
        (TEXT.encode("utf-16"), None),
        (TEXT.encode("utf-16-le"), "utf-8"),
        (TEXT.encode("utf-16-be"), None),
        (TEXT.encode("utf-32"), None),
        (TEXT.encode(), "base64"),
    ],
)
def test_characters_are_found_whatever_was_declared(content: bytes, declared: str | None) -> None:
    assert decode(content, declared).endswith(TEXT)


def test_one_broken_byte_does_not_turn_a_page_into_another_encoding() -> None:
    content = TEXT.encode() * 20 + b"\xff" + b"Ende"
    assert decode(content, "utf-8") == TEXT * 20 + "\ufffdEnde"


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        (TEXT.encode("utf-7"), "UTF-7"),
        (b"Guten Tag", "iso-2022-jp"),
        (b"<meta charset='utf-7'>Guten Tag", None),
        ("Grüße, Bücher, Straßen".encode("utf-7"), None),
        ("日本の首相".encode("iso-2022-jp"), "utf-8"),
        ("中国总理".encode("hz"), "hz-gb-2312"),
    ],
)
def test_letters_spelled_as_others_are_noticed(content: bytes, declared: str | None) -> None:
    assert is_seven_bit_code(content, declared)


@pytest.mark.parametrize(
    "text",
    [TEXT, "Note 1+ABC- und 2+DEF- und 3+GHI- und A+B-C", "1+1-2, +49-30-123, C++, +-", ""],
)
def test_signs_of_arithmetic_are_no_letters(text: str) -> None:
    assert not is_seven_bit_code(text.encode(), "utf-8")


@given(st.binary(), st.one_of(st.none(), st.text()))
def test_any_bytes_can_be_judged(content: bytes, declared: str | None) -> None:
    assert is_seven_bit_code(content, declared) in {True, False}


@given(st.binary(), st.one_of(st.none(), st.text()))
def test_any_bytes_can_be_decoded(content: bytes, declared: str | None) -> None:
    assert isinstance(decode(content, declared), str)
