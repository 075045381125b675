from __future__ import annotations

import pytest

from index.colour_names import NAMED
from index.colours import Colour, alike, is_transparent, read_colour


@pytest.mark.parametrize(
    ("value", "colour"),
    [
        ("#fff", (255, 255, 255)),
        ("#1b3a5c", (27, 58, 92)),
        ("#1b3a5cff", (27, 58, 92)),
        ("rgb(27, 58, 92)", (27, 58, 92)),
        ("rgba(27 58 92 / 50%)", (27, 58, 92)),
        ("rgb(100%, 0%, 0%)", (255, 0, 0)),
        ("hsl(0, 100%, 50%)", (255, 0, 0)),
        ("snow", (255, 250, 250)),
        ("url(a.png) white no-repeat", (255, 255, 255)),
        ("papayawhip", (255, 239, 213)),
        ("rebeccapurple", (102, 51, 153)),
        ("#12345", None),
        ("rgb(1, 2)", None),
        ("var(--ink)", None),
        ("", None),
    ],
)
def test_a_colour_is_read_in_the_ways_it_is_written(value: str, colour: Colour | None) -> None:
    read = read_colour(value)
    assert (read and tuple(round(part) for part in read)) == colour


def test_all_names_of_css_are_known() -> None:
    assert len(NAMED) == 148
    assert all(0 <= part <= 255 for colour in NAMED.values() for part in colour)


@pytest.mark.parametrize(
    ("value", "transparent"),
    [
        ("transparent", True),
        ("rgba(0, 0, 0, 0)", True),
        ("rgb(0 0 0 / 1%)", True),
        ("#fff0", True),
        ("#ffffff01", True),
        ("#fff", False),
        ("rgba(0, 0, 0, .5)", False),
        ("white", False),
    ],
)
def test_ink_that_lets_everything_through_is_known(value: str, transparent: bool) -> None:
    assert is_transparent(value) is transparent


def test_colours_are_alike_where_no_eye_parts_them() -> None:
    assert alike((255, 255, 255), (250, 245, 240))
    assert not alike((255, 255, 255), (200, 255, 255))
