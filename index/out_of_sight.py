"""Whether a style puts a whole element out of sight: switched off, moved away, shrunk, veiled."""

from __future__ import annotations

import re
from math import prod

from index.style_sheets import Style

_NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")
_LENGTH = re.compile(rf"({_NUMBER.pattern})\s*([a-z]+|%)?")
_PIXELS = {
    **dict.fromkeys(("em", "rem", "ch", "ex"), 16.0),
    **dict.fromkeys(("vw", "dvw", "svw", "lvw", "vi", "vmax"), 12.8),
    **dict.fromkeys(("vh", "dvh", "svh", "lvh", "vb", "vmin"), 7.2),
    "pt": 4 / 3,
    "pc": 16.0,
    "in": 96.0,
    "cm": 37.8,
    "mm": 3.78,
}
_SUM = re.compile(r"[\w%)]\s+[+-]\s")
_CALL = re.compile(r"(translate|scale|rotate|matrix)(x|y|z|3d)?\(([^()]*(?:\([^()]*\))?[^()]*)\)")
_CLEAR = r"(?:transparent|#0000|#0{8}|rgba?\(\s*0[\s,]+0[\s,]+0[\s,/]+0%?\s*\))"
_VEILED = re.compile(rf"[\w-]*gradient\(\s*{_CLEAR}(?:\s*,\s*{_CLEAR})*\s*\)")
_CLIPPED = re.compile(
    r"inset\(([^()]*)\)|circle\(\s*0(?!\.)|ellipse\(\s*0(?!\.)|polygon\(\s*0[^,]*\)"
)

_FAR = 400.0  # pixels; nobody pushes text so far to the left or up by chance
_FAR_RIGHT = 3000.0  # pixels to the right: past any screen, and past the pages of a carousel
_WINDOW = 100.0  # per cent of it
_ON_EDGE = frozenset({90.0, 270.0})  # degrees
_THIN = 1.5  # pixels
_FAINT = 0.05
_BLURRED = 8.0  # pixels; of less, as before some articles, the words can be guessed


def is_out_of_sight(style: Style) -> bool:
    """Say whether nothing of an element is shown, whatever stands in it."""

    def value(name: str) -> str:
        return style.get(name, "")

    if value("display") == "none" or value("content-visibility") == "hidden":
        return True
    return (
        _is_faint(style)
        or _is_far(style)
        or _is_shrunk(style)
        or any(_is_moved(*call) for call in _CALL.findall(value("transform")))
        or _is_moved("translate", "", value("translate"))
        or _is_moved("scale", "", value("scale"))
        or (value("clip").startswith("rect(") and not re.search(r"[2-9]|1\d", value("clip")))
        or _is_clipped(value("clip-path"))
    )


def pixels(value: str, missing: float) -> float:
    """Return a length in pixels of a usual screen; `missing` for what says nothing of that kind.

    Of a calculation the result as far as it is plain: a product, a sum, the least, the most.
    """
    if re.match(r"(?:calc|min|max|clamp)\(", value):
        return _calculated(value, missing)
    match = _LENGTH.match(value)
    if match is None:
        return missing
    return float(match.group(1)) * _PIXELS.get(match.group(2) or "", 1.0)


def _calculated(value: str, missing: float) -> float:
    function, inside = value.split("(", 1)
    lengths = [float(number) * _PIXELS.get(unit, 1.0) for number, unit in _LENGTH.findall(inside)]
    if not lengths or "var(" in inside or "/" in inside:
        return missing
    if function == "calc":
        if "*" in inside:
            return missing if _SUM.search(inside) else prod(lengths)
        # With spaces around it a sign adds or takes away; "%" of what is not known.
        terms = _SUM.sub(lambda sign: sign.group().replace(" ", ""), inside)
        return (
            missing
            if "%" in inside
            else sum(
                float(number) * _PIXELS.get(unit, 1.0) for number, unit in _LENGTH.findall(terms)
            )
        )
    if function == "clamp":
        return sorted(lengths)[len(lengths) // 2]
    return min(lengths) if function == "min" else max(lengths)


def _is_faint(style: Style) -> bool:
    veil = style.get("mask-image") or style.get("mask") or style.get("-webkit-mask-image")
    if _VEILED.match(veil or style.get("-webkit-mask", "")):
        return True
    filters = style.get("filter", "")
    if pixels(filters.partition("blur(")[2], 0) >= _BLURRED:
        return True
    if pixels(style.get("zoom", ""), 1) < _FAINT:
        return True
    # A page that fades in begins with opacity 0, and its script ends that.
    fades = "transition" in style or any(name.startswith("animation") for name in style)
    faint = min(pixels(style.get("opacity", ""), 1), pixels(filters.partition("opacity(")[2], 1))
    return faint < _FAINT and not fades


def _is_far(style: Style) -> bool:
    if style.get("position") in {"absolute", "fixed", "relative", "sticky"}:
        sides = ("left", "right", "top", "bottom", "inset")
        if any(_is_away(style.get(side, ""), window=_WINDOW) for side in sides):
            return True
        if any(pixels(style.get(side, ""), 0) > _FAR_RIGHT for side in ("left", "right")):
            return True
    # Columns were once laid out by margins of -100 %.
    margins = ("margin", "margin-left", "margin-top")
    return any(_is_away(style.get(side, ""), window=None) for side in margins)


def _is_away(value: str, *, window: float | None) -> bool:
    """Say whether one of the lengths leads out to the left or up."""
    if "(" in value:
        return pixels(value, 0) < -_FAR
    for number, unit in _LENGTH.findall(value):
        length = float(number)
        if unit == "%":
            # Just beside its frame is where a slide waits; further out nothing does.
            if window is not None and length < -window:
                return True
        elif length * _PIXELS.get(unit, 1.0) < -_FAR or (
            unit in {"vw", "vh"} and length <= -_WINDOW
        ):
            return True
    return False


def _is_shrunk(style: Style) -> bool:
    contained = re.search(r"paint|strict|content", style.get("contain", "")) is not None
    shut = contained or any(
        style.get(name) in {"hidden", "clip"} for name in ("overflow", "overflow-x", "overflow-y")
    )
    sizes = ("width", "height", "block-size", "inline-size")
    names = [name for size in sizes for name in (size, f"max-{size}")]
    if shut and any(pixels(style.get(name, ""), 100) < _THIN for name in names):
        return True
    indent = style.get("text-indent", "")
    return shut and indent.endswith("%") and pixels(indent, 0) >= _WINDOW


def _is_moved(function: str, axis: str, arguments: str) -> bool:
    if not arguments or arguments == "none":
        return False
    numbers = [float(number) for number in _NUMBER.findall(arguments)]
    if function == "translate":
        calculated = "(" in arguments and pixels(arguments, 0) < -_FAR
        lengths = [] if "(" in arguments else _LENGTH.findall(arguments)
        right = [float(n) * _PIXELS.get(unit, 1.0) for n, unit in lengths[:1] if unit != "%"]
        return (
            calculated
            or any(unit == "%" and float(number) <= -_WINDOW for number, unit in lengths)
            or _is_away(arguments, window=None)
            or (axis in {"", "x"} and any(length > _FAR_RIGHT for length in right))
        )
    if function == "scale":
        return any(abs(number) < _FAINT for number in numbers[:2])
    if function == "rotate":
        return axis in {"x", "y"} and bool(numbers) and abs(numbers[0]) in _ON_EDGE
    flat = len(numbers) == 6 and abs(numbers[0] * numbers[3] - numbers[1] * numbers[2])  # noqa: PLR2004 - a matrix of two dimensions has six
    return flat is not False and flat < _FAINT**2


def _is_clipped(value: str) -> bool:
    match = _CLIPPED.match(value)
    if match is None:
        return False
    if match.group(1) is None:
        return True
    parts = match.group(1).partition("round")[0].split()
    cuts = [float(part[:-1]) if re.fullmatch(r"-?\d*\.?\d+%", part) else 0.0 for part in parts]
    if not cuts:
        return False
    top, right, bottom, left = (cuts * 4)[:4] if len(cuts) != 3 else (*cuts, cuts[1])  # noqa: PLR2004
    return top + bottom >= _WINDOW or left + right >= _WINDOW
