from __future__ import annotations

import pytest

from index.outlet import claimed_outlet


@pytest.mark.parametrize(
    ("name", "url", "outlet"),
    [
        ("Lindener Bote", None, "Lindener Bote"),
        (None, "https://www.lindener-bote.example/a", "lindener-bote.example"),
        (None, None, None),
        ("Lindener Bote", "https://www.lindener-bote.example/a", "Lindener Bote"),
        ("Der Bote aus Linden", "https://bote.example/a", "Der Bote aus Linden"),
        ("Neue Lindener Zeitung", "https://www1.nlz.example/a", "Neue Lindener Zeitung"),
        ("Süder Blatt", "https://suederblatt.example/a", "Süder Blatt"),
        ("Süder Blatt", "https://suder-blatt.example/a", "Süder Blatt"),
        ("Süder Blatt", "https://xn--sder-blatt-9db.example/a", "Süder Blatt"),
        ("Sueder Blatt", "https://xn--sder-blatt-9db.example/a", "Sueder Blatt"),
        ("Ärzte Über Öl", "https://auo.example/a", "Ärzte Über Öl"),
        # Cyrillic letters that look like those of the name
        ("Paypal", "https://xn--l1adgmc.example/a", "xn--l1adgmc.example"),
        ("Kaputt", "https://xn--0.example/a", "xn--0.example"),
        ("Écho du Val", "https://echo.example/a", "Écho du Val"),
        ("Lindener Bote", "https://erfunden.example/a", "erfunden.example"),
        ("Lindener Bote", "https://en.example/a", "en.example"),
        ("…", "https://erfunden.example/a", "erfunden.example"),
        ("Lindener Bote", "https://[kaputt/", "Lindener Bote"),
    ],
)
def test_a_claimed_name_holds_unless_the_host_says_otherwise(
    name: str | None, url: str | None, outlet: str | None
) -> None:
    assert claimed_outlet(name, url) == outlet
