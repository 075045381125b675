"""Take out of a page what no reader sees: hidden text must never be quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import html

from index.colours import WHITE, Colour, alike, is_transparent, read_colour
from index.out_of_sight import is_out_of_sight, pixels
from index.shadow_roots import place_shadow_roots
from index.style_sheets import Style, StyleSheets

_NUMBER = re.compile(r"-?\d*\.?\d+")
_NAMED_HIDDEN = re.compile(
    r"(?:sr-only|visually-?hidden|screen-?reader(?:-text|s)?(?:-only)?|(?:u-)?a11y-hidden|offscreen|"
    r"h-offscreen|is-hidden|is-visually-hidden|hidden|invisible|assistive-text|"
    r"d-none|display-none|uk-hidden)",
    re.IGNORECASE,
)
# "md:block", "sm:not-sr-only": hidden only on small screens.
_SHOWN_WIDER = re.compile(
    r"\b(?:xs|sm|md|lg|xl|2xl|desktop|tablet)[:-](?:block|flex|grid|inline|table"
    r"|inline-block|inline-flex|not-sr-only|visible|contents)\b"
)
_FONT_OF_NOTHING = re.compile(r"(?:^|\s)0+(?:\.0+)?(?:px|pt|em|rem|%)?(?:\s*/|\s)")
_FAR = -400.0  # pixels; nobody pushes a line so far aside by chance
_FAR_RIGHT = 3000.0
_TINY = 4.0  # pixels: no eye reads smaller letters
_USUAL_SIZE = 16.0
_NEVER_SHOWN = (
    "template", "script", "style", "noscript", "iframe", "object", "embed", "svg", "canvas",
    "dialog", "datalist", "math", "title", "head", "noframes", "noembed", "rp",
)  # fmt: skip

_HIDING = frozenset({"hidden", "popover"})


@dataclass(frozen=True, slots=True)
class _Ink:
    """How text looks at some place, as far as it is inherited; an element within may change it."""

    colour: Colour | None = None  # None: of the browser, or unknown
    ground: Colour | None = WHITE  # None: a picture, or unknown
    size: float = _USUAL_SIZE
    see_through: bool = False
    invisible: bool = False
    aside: bool = False

    @property
    def hides(self) -> bool:
        """Whether nobody can read it."""
        same = self.colour is not None and self.ground is not None
        return (
            self.invisible
            or self.aside
            or self.see_through
            or self.size < _TINY
            or (same and alike(self.colour or WHITE, self.ground or WHITE))
        )


def remove_hidden(tree: html.HtmlElement) -> None:
    """Drop what is hidden by attributes, styles, style sheets in the page or the colour of ink."""
    place_shadow_roots(tree, remove_hidden)
    sheets = StyleSheets(tree)
    body = tree.find("body")
    root = tree if body is None else body
    hidden: list[html.HtmlElement] = []
    unread: list[html.HtmlElement] = []
    ink = _ink(_Ink(), tree, sheets.style_of(tree))
    waiting = [(root, ink if root is not tree else _Ink())]
    while waiting:
        element, around = waiting.pop()
        style = sheets.style_of(element)
        if element is not root and _is_hidden(element, style):
            hidden.append(element)
            continue
        ink = _ink(around, element, style)
        if ink.hides and not (element is root and ink.invisible):  # shown by a script, once loaded
            unread.append(element)
        waiting += [(child, ink) for child in element if isinstance(child.tag, str)]
    for element in unread:
        _remove_text(element)
    for element in hidden:
        if element.getparent() is not None:
            element.drop_tree()
    for comment in tree.xpath("//comment()|//processing-instruction()"):
        if comment.getparent() is not None:
            comment.drop_tree()


def _remove_text(element: html.HtmlElement) -> None:
    """Drop the text right inside an element."""
    element.text = None
    for child in element:
        child.tail = None


def _is_hidden(element: html.HtmlElement, style: Style) -> bool:
    """Say whether nothing of the element is shown, whatever stands in it."""
    if element.tag in _NEVER_SHOWN:
        return not (element.tag == "dialog" and "open" in element.attrib)
    # Only a script opens what has "popover".
    if not _HIDING.isdisjoint(element.attrib) or element.get("aria-hidden", "").lower() == "true":
        return True
    if element.tag == "input" and element.get("type") == "hidden":
        return True
    parent = element.getparent()
    if parent is not None and parent.tag == "details" and "open" not in parent.attrib:
        return element.tag != "summary"
    names = (element.get("class") or "").split()
    if any(_SHOWN_WIDER.search(name) for name in names):
        return False
    return any(map(_NAMED_HIDDEN.fullmatch, names)) or (bool(style) and is_out_of_sight(style))


def _ink(around: _Ink, element: html.HtmlElement, style: Style) -> _Ink:
    """Return how text right inside an element looks."""
    colour = style.get("-webkit-text-fill-color") or style.get("color", "")
    colour = colour or (element.get("color", "") if element.tag == "font" else "")
    ground = style.get("background-color") or style.get("background", "")
    ground = ground or (element.get("bgcolor") or "").lower()
    if not style and not colour and not ground:
        return around
    ink = around
    if colour and colour not in {"inherit", "currentcolor", "unset"}:
        ink = replace(ink, colour=read_colour(colour.lower()), see_through=is_transparent(colour))
    if "url(" in ground or "gradient" in ground or "background-image" in style:
        ink = replace(ink, ground=None)
    elif ground and not is_transparent(ground) and ground not in {"none", "inherit", "initial"}:
        ink = replace(ink, ground=read_colour(ground))
    if "visibility" in style:
        ink = replace(ink, invisible=style["visibility"] in {"hidden", "collapse"})
    if "text-indent" in style:
        ink = replace(ink, aside=not _FAR <= pixels(style["text-indent"], 0) <= _FAR_RIGHT)
    if _FONT_OF_NOTHING.search(style.get("font", "")):
        ink = replace(ink, size=0.0)
    if "font-size" in style:
        ink = replace(ink, size=_font_size(style["font-size"], around.size))
    return ink


def _font_size(value: str, around: float) -> float:
    number = _NUMBER.match(value)
    if number is None:
        # Of a calculation only one that comes to nothing is of interest.
        return pixels(value, around if value in {"inherit", "smaller", "larger"} else _USUAL_SIZE)
    unit = value[number.end() :].strip()
    if unit in {"em", "%"}:
        return around * float(number.group()) / (100 if unit == "%" else 1)
    return pixels(value, around)
