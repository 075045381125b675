import pytest

from index.web_address import is_web_address


@pytest.mark.parametrize(
    "text",
    [
        "https://a.example",
        "HTTP://a.example/Weg?x=1#Stelle",
        "https://bücher.example:8080/über-uns",
        "http://[2001:db8::1]/",
    ],
)
def test_the_address_of_a_page_is_one(text: str) -> None:
    assert is_web_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.example",
        "//a.example/",
        "ftp://a.example/",
        "javascript:alert(1)//https://a.example/",
        "https://",
        "https:///weg",
        "https://[::1",
        "https://a.example:99999/",
        "https://a.example:x/",
        "https://tagesschau.example@b.example/",
        "https://name:secret@a.example/",
        "https://a.example/ x",
        "https://a.example/\tx",
        "https://a.exam\u200bple/",
        "https://a.example/\x1b[31m",
        " https://a.example/",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert not is_web_address(text)
