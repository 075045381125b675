"""Whether a style puts a whole element out of sight: switched off, moved away, shrunk, veiled."""

from __future__ import annotations

import re
from math import pi, prod

from index.style_sheets import Style

_NUMBER = re.compile(r"-?\d*\.?\d+(?:e[+-]?\d+)?")
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
_CLIPPED = re.compile(r"inset\(([^()]*)\)|circle\(\s*0(?!\.)|ellipse\(\s*0(?!\.)")

_FAR = 400.0  # pixels; nobody pushes text so far to the left or up by chance
_FAR_RIGHT = 3000.0  # pixels to the right: past any screen, and past the pages of a carousel
_WINDOW = 100.0  # per cent of it
_ANGLE = re.compile(rf"({_NUMBER.pattern})(deg|grad|rad|turn)")
_DEGREES = {"deg": 1.0, "grad": 0.9, "rad": 180 / pi, "turn": 360.0}
_ON_EDGE = 89.0  # degrees from which on a surface is seen as a line
_POLYGON = re.compile(r"polygon\((?:\s*(?:nonzero|evenodd)\s*,)?([^()]*)\)")
_LONGEST_FADE = 60.0  # seconds
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
        or _is_turned(value("rotate"))
        or (value("clip").startswith("rect(") and not re.search(r"[2-9]|1\d", value("clip")))
        or _is_clipped(value("clip-path") or value("-webkit-clip-path"))
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
    fades = style.get("transition", "none") != "none" or _is_animated(style)
    faint = min(pixels(style.get("opacity", ""), 1), pixels(filters.partition("opacity(")[2], 1))
    return faint < _FAINT and not fades


def _is_animated(style: Style) -> bool:
    """Say whether an animation comes to an end, as that by which a page fades in does."""
    named = [style[name] for name in ("animation", "animation-name") if name in style]
    said = " ".join(value for name, value in style.items() if name.startswith("animation"))
    endless = re.search(r"\b(?:infinite|paused)\b", said) is not None
    times = re.findall(rf"({_NUMBER.pattern})(m?s)\b", said)
    seconds = [float(number) / (1000 if unit == "ms" else 1) for number, unit in times]
    lasts = max(seconds, default=0.0) > _LONGEST_FADE
    return bool(named) and "none" not in named and not endless and not lasts


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
        if "(" in arguments:
            return abs(pixels(arguments.strip(), 1)) < _FAINT
        factors = [
            float(number) / (100 if unit == "%" else 1)
            for number, unit in _LENGTH.findall(arguments)
        ]
        return axis != "z" and any(abs(factor) < _FAINT for factor in factors[:2])
    if function == "rotate":
        return _is_turned(f"{axis if axis != '3d' else ''} {arguments}")
    return _is_flat(numbers)


def _is_turned(value: str) -> bool:
    """Say whether something is seen from its edge; "x 90deg" or "1 0 0 90deg", as in `rotate`."""
    angle = _ANGLE.search(value)
    if angle is None:
        return False
    around = value[: angle.start()]
    axis = [float(number) for number in _NUMBER.findall(around)]
    upright = len(axis) == 3 and not any(axis[:2])  # noqa: PLR2004 - directions in space
    if not (axis or re.search(r"[xy]", around)) or upright:
        return False  # it turns in the plane of the screen
    degrees = abs(float(angle.group(1)) * _DEGREES[angle.group(2)]) % 180
    return _ON_EDGE <= degrees <= 180 - _ON_EDGE


def _is_flat(matrix: list[float]) -> bool:
    """Say whether a matrix of 6 or 16 numbers leaves nothing of a surface."""
    if len(matrix) == 6:  # noqa: PLR2004
        a, b, c, d = matrix[:4]
    elif len(matrix) == 16:  # noqa: PLR2004
        a, b, c, d = matrix[0], matrix[1], matrix[4], matrix[5]
    else:
        return False
    return abs(a * d - b * c) < _FAINT**2


def _is_clipped(value: str) -> bool:
    if (polygon := _POLYGON.match(value)) is not None:
        return _is_empty(polygon.group(1))
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


def _is_empty(corners: str) -> bool:
    """Say whether a polygon has no area, or lies beside the box that it cuts."""
    points = [_LENGTH.findall(corner) for corner in corners.split(",")]
    if any(len(point) != 2 for point in points):  # noqa: PLR2004 - across and down
        return False
    for axis in (0, 1):
        lengths = [(float(point[axis][0]), point[axis][1]) for point in points]
        units = {unit for number, unit in lengths if number}
        if len(units) <= 1 and len({number for number, _ in lengths}) == 1:
            return True
        if all(number <= 0 for number, _ in lengths):
            return True
        if all(number >= (_WINDOW if unit == "%" else _FAR_RIGHT) for number, unit in lengths):
            return True
    return False
