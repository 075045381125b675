from __future__ import annotations

import pytest

from index.errors import ExtractionError
from index.walls import refuse_wall

TEASER = (
    "Der Stadtrat von Linden hat am Montag den Neubau des Hallenbads in der Weststadt beschlossen. "
)
WALL = (
    "Mit einem Klick auf „Zustimmen“ willigen Sie in den Einsatz von Cookies für alle Zwecke ein."
)


def refusal(body: str, seen: str, *, free: bool = True) -> str | None:
    try:
        refuse_wall(body, seen, free=free, source="s")
    except ExtractionError as error:
        return error.code
    return None


@pytest.mark.parametrize(
    ("body", "beside", "free", "code"),
    [
        (TEASER * 2, "", True, None),
        (TEASER * 2, "", False, "paywall"),
        (TEASER * 2, " Jetzt weiterlesen für 1 Euro.", True, "paywall"),
        (TEASER * 10, " Weiterlesen mit L+", True, "paywall"),
        (TEASER * 10, " Mehr Nachrichten. " * 60 + "Weiterlesen mit L+", True, None),
        (TEASER * 10, " Mehr Nachrichten. " * 60 + "Weiterlesen mit L+", False, "paywall"),
        (TEASER * 40, " Weiterlesen mit L+", False, None),
        (WALL, " Willkommen", True, "consent_wall"),
        ("", " Wir bitten um Zustimmung zu Cookies.", True, "consent_wall"),
        ("", "", True, "no_readable_text"),
        ("Nur ein Satz.", "", True, "no_readable_text"),
    ],
)
def test_what_stands_in_front_of_an_article_is_named(
    body: str, beside: str, *, free: bool, code: str | None
) -> None:
    assert refusal(body, body + beside, free=free) == code
