import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.decode import decode

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


@given(st.binary(), st.one_of(st.none(), st.text()))
def test_any_bytes_can_be_decoded(content: bytes, declared: str | None) -> None:
    assert isinstance(decode(content, declared), str)
