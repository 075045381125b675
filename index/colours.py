"""Colours of style sheets, to tell text from the ground on which it stands."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb

from index.colour_names import NAMED

Colour = tuple[float, float, float]  # red, green, blue: 0 to 255

_HEX = re.compile(r"#([0-9a-f]{3,8})\b")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^)]*)\)")
# Of these only how light they are is read: enough for white and black.
_LIGHTNESS = re.compile(r"(ok)?(?:lab|lch)\(\s*(\d*\.?\d+)(%)?")
_NUMBER = re.compile(r"-?\d*\.?\d+%?")
WHITE: Colour = NAMED["white"]
_ALIKE = 24.0  # no eye tells two colours so near to each other apart in a text
_FAINT = 0.05
_LIGHT = 0.97
_DARK = 0.03


def read_colour(value: str) -> Colour | None:
    """Return the colour that a declaration names first, None for an unknown one."""
    if (match := _HEX.search(value)) is not None:
        digits = match.group(1)
        if len(digits) in {3, 4}:
            digits = "".join(digit * 2 for digit in digits)
        if len(digits) in {6, 8}:
            red, green, blue = (int(digits[i : i + 2], 16) for i in (0, 2, 4))
            return (red, green, blue)
        return None
    if (match := _FUNCTION.search(value)) is not None:
        numbers = _NUMBER.findall(match.group(2))[:3]
        if len(numbers) < 3:  # noqa: PLR2004 - three make a colour
            return None
        return _of_rgb(numbers) if match.group(1) == "rgb" else _of_hsl(numbers)
    if (match := _LIGHTNESS.search(value)) is not None:
        whole = 100.0 if match.group(3) or not match.group(1) else 1.0
        light = float(match.group(2)) / whole
        return WHITE if light >= _LIGHT else NAMED["black"] if light <= _DARK else None
    return next((NAMED[word] for word in re.findall(r"[a-z]+", value) if word in NAMED), None)


def is_transparent(value: str) -> bool:
    """Say whether a colour lets everything through."""
    if re.match(r"transparent\b", value):
        return True
    if (match := _HEX.match(value)) is not None:
        digits = match.group(1)
        alpha = {4: digits[3:] * 2, 8: digits[6:]}.get(len(digits))
        return alpha is not None and int(alpha, 16) < _FAINT * 255
    match = _FUNCTION.match(value)
    numbers = _NUMBER.findall(match.group(2)) if match else []
    if len(numbers) < 4:  # noqa: PLR2004 - the fourth is how much it covers
        return False
    alpha = float(numbers[3].rstrip("%")) / (100 if numbers[3].endswith("%") else 1)
    return alpha < _FAINT


def alike(one: Colour, other: Colour) -> bool:
    """Say whether text of one colour is unreadable on the other."""
    return all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))


def _of_rgb(numbers: list[str]) -> Colour:
    red, green, blue = (
        float(number.rstrip("%")) * (2.55 if number.endswith("%") else 1) for number in numbers
    )
    return (red, green, blue)


def _of_hsl(numbers: list[str]) -> Colour:
    hue, saturation, lightness = (float(number.rstrip("%")) for number in numbers)
    red, green, blue = hls_to_rgb(hue % 360 / 360, lightness / 100, saturation / 100)
    return (red * 255, green * 255, blue * 255)
