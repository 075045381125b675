from __future__ import annotations

import pytest

from index.errors import FetchError
from index.urls import LONGEST_URL, parse_target, redirect_target

HERE = "https://public.test/politik/artikel?seite=1"


@pytest.mark.parametrize(
    ("location", "text"),
    [
        ("/neu", "https://public.test/neu"),
        ("neu", "https://public.test/politik/neu"),
        ("?seite=2", "https://public.test/politik/artikel?seite=2"),
        ("../a", "https://public.test/a"),
        ("//other.test/x", "https://other.test/x"),
        ("http://other.test", "http://other.test/"),
        ("/ä", "https://public.test/%C3%A4"),
        ("/\udce4", "https://public.test/%E4"),  # Latin-1 on the wire
        ("/a b", "https://public.test/a%20b"),
        ("\\\\10.0.0.1\\x", "https://public.test/politik/%5C%5C10.0.0.1%5Cx"),
    ],
)
def test_a_redirect_is_resolved_against_where_it_came_from(location: str, text: str) -> None:
    assert redirect_target(parse_target(HERE), location, frozenset()).text == text


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://169.254.169.254/latest/", "redirect_blocked"),
        ("//10.0.0.1/x", "redirect_blocked"),
        ("//[::1]/x", "redirect_blocked"),
        ("http://[::1/x", "redirect_blocked"),
        ("//2130706433", "redirect_blocked"),
        ("http://localhost/", "redirect_blocked"),
        ("http://metadata.google.internal/", "redirect_blocked"),
        ("file:///etc/passwd", "scheme_not_allowed"),
        ("javascript:alert(1)", "scheme_not_allowed"),
        ("http://user@other.test/", "userinfo_not_allowed"),
        ("http://other.test:22/", "port_not_allowed"),
        ("http:127.0.0.1/", "url_invalid"),
        ("///127.0.0.1/", "url_invalid"),
        ("/x\ty", "url_invalid"),
        ("/x\r\ny", "url_invalid"),
        ("/x%0d%0aSet-Cookie:%20a", "url_invalid"),
        ("/x\0y", "url_invalid"),
        ("http://m\udcfcller.test/", "url_invalid"),
        ("/" + "a" * LONGEST_URL, "url_invalid"),
    ],
)
def test_a_redirect_obeys_the_same_rules_and_errors_name_who_sent_us(
    location: str, code: str
) -> None:
    with pytest.raises(FetchError) as caught:
        redirect_target(parse_target(HERE), location, frozenset())
    assert caught.value.code == code
    assert caught.value.details == {"host": "public.test"}
