"""Take out of a page what no reader sees: hidden text must never be quoted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARATION = re.compile(r"([a-z-]+)\s*:\s*([^;]+)", re.IGNORECASE)
_SIMPLE_SELECTOR = re.compile(r"([a-z][a-z0-9]*)?([.#][\w-]+)?", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d*\.?\d+")
_WHITE = re.compile(
    r"#fff(?:fff)?\b|white\b|rgba?\(\s*255\s*,\s*255\s*,\s*255\b(?!\s*,\s*0*\.?0+\s*\))|"
    r"rgb\(\s*100%\s*,\s*100%\s*,\s*100%|hsla?\([^)]*,\s*100%",
    re.IGNORECASE,
)
_TRANSPARENT = re.compile(r"transparent\b|rgba\([^)]*,\s*0*\.?0+\s*\)|#[0-9a-f]{3}0\b(?!\w)")
_NAMED_HIDDEN = re.compile(
    r"(?:sr-only|visually-?hidden|screen-?reader(?:-text|s)?(?:-only)?|(?:u-)?a11y-hidden|offscreen|"
    r"h-offscreen|is-hidden|is-visually-hidden|hidden|invisible|assistive-text)",
    re.IGNORECASE,
)
# "md:block", "sm:not-sr-only": hidden only on small screens.
_SHOWN_WIDER = re.compile(
    r"\b(?:xs|sm|md|lg|xl|2xl|desktop|tablet)[:-](?:block|flex|grid|inline|table"
    r"|inline-block|inline-flex|not-sr-only|visible|contents)\b"
)
_FAR = 400  # nobody pushes text so far aside by chance, in any unit
_TINY = 1.5
_FAINT = 0.05
_NEVER_SHOWN = (
    "template", "script", "style", "noscript", "iframe", "object", "embed", "svg", "canvas",
    "dialog", "datalist", "math",
)  # fmt: skip

Style = dict[str, str]


def remove_hidden(tree: html.HtmlElement) -> None:
    """Drop hidden elements, judged by their attributes, inline styles and simple style rules."""
    rules = _rules(tree)
    hidden = [element for element in _elements(tree) if _is_hidden(element, rules)]
    for element in hidden:
        if element.getparent() is not None:
            element.drop_tree()
    for comment in tree.xpath("//comment()"):
        if comment.getparent() is not None:
            comment.drop_tree()


def _elements(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    body = tree.find("body")
    return (
        element
        for element in (tree if body is None else body).iterdescendants()
        if isinstance(element.tag, str)
    )


def _is_hidden(element: html.HtmlElement, rules: dict[str, Style]) -> bool:
    if element.tag in _NEVER_SHOWN:
        return not (element.tag == "dialog" and "open" in element.attrib)
    if "hidden" in element.attrib or element.get("aria-hidden", "").lower() == "true":
        return True
    if element.tag == "input" and element.get("type") == "hidden":
        return True
    parent = element.getparent()
    if parent is not None and parent.tag == "details" and "open" not in parent.attrib:
        return element.tag != "summary"
    names = (element.get("class") or "").split()
    shown_wider = any(_SHOWN_WIDER.search(name) for name in names)
    if any(_NAMED_HIDDEN.fullmatch(name) for name in names) and not shown_wider:
        return True
    style: Style = {}
    if not shown_wider:
        tag = str(element.tag)
        for key in (*(f".{name}" for name in names), f"#{element.get('id')}"):
            style |= rules.get(key, {})
            style |= rules.get(tag + key, {})
    style |= _declarations(element.get("style") or "")
    return (bool(style) and _hides(style)) or _white_on_white(element, style)


def _hides(style: Style) -> bool:
    def value(name: str) -> str:
        return style.get(name, "")

    if value("display") == "none" or value("visibility") in {"hidden", "collapse"}:
        return True
    if value("content-visibility") == "hidden":
        return True
    # A page that fades in begins with opacity 0, and its script ends that.
    fades = "transition" in style or any(name.startswith("animation") for name in style)
    if _size(value("opacity")) < _FAINT and not fades:
        return True
    if _size(value("font-size")) < _TINY:
        return True
    if _TRANSPARENT.match(value("color")) or _size(value("text-indent"), 0) < -_FAR:
        return True
    far = [side for side in ("left", "top", "right", "bottom") if _size(value(side), 0) < -_FAR]
    placed = value("position") in {"absolute", "fixed", "relative"}
    moved = re.search(
        r"translate[xy]?\(\s*-(\d{3,}|100(?=v))|scale[xy]?\(\s*0+(\.0+)?\s*[,)]", value("transform")
    )
    margin = any(_size(value(f"margin-{side}"), 0) < -_FAR for side in ("left", "top"))
    clipped = value("clip").startswith("rect(") and not re.search(r"[2-9]|1\d", value("clip"))
    inset = re.match(r"inset\(\s*(50|100)%|circle\(\s*0", value("clip-path"))
    shrunk = value("overflow") == "hidden" and any(
        _size(value(side)) < _TINY for side in ("width", "height", "max-height", "max-width")
    )
    return bool((far and placed) or moved or margin or clipped or inset or shrunk)


def _size(value: str, missing: float = 100.0) -> float:
    number = _NUMBER.match(value)
    if number is None:
        return missing
    size = float(number.group())
    if value.endswith(("em", "rem", "%")) and not value.startswith("-"):
        return size * 16 if value.endswith("em") else size
    return size


def _white_on_white(element: html.HtmlElement, style: Style) -> bool:
    color = style.get("color") or (element.get("color", "") if element.tag == "font" else "")
    if not color:
        return False
    if color == _background(style):
        return True
    if not _WHITE.match(color):
        return False
    for ancestor in (element, *element.iterancestors()):
        background = _background(_declarations(ancestor.get("style") or ""))
        background = background or ancestor.get("bgcolor", "")
        if background:
            return _WHITE.match(background) is not None
    return True


def _background(style: Style) -> str:
    return style.get("background-color") or style.get("background", "")


def _declarations(text: str) -> Style:
    return {
        name.lower(): value.replace("!important", "").strip().lower()
        for name, value in _DECLARATION.findall(_COMMENT.sub("", text))
    }


def _rules(tree: html.HtmlElement) -> dict[str, Style]:
    """Collect rules for one tag, class or id, later ones over earlier; others need a browser."""
    rules: dict[str, Style] = {}
    for sheet in tree.iter("style"):
        if (sheet.get("media") or "all").lower() not in {"all", "screen"}:
            continue
        for selectors, block in _blocks(_COMMENT.sub("", sheet.text or "")):
            style = _declarations(block)
            if not style:
                continue
            for selector in map(str.strip, selectors.split(",")):
                if selector and _SIMPLE_SELECTOR.fullmatch(selector):
                    rules.setdefault(selector, {}).update(style)
    # A rule for a bare tag would be the ground on which all others build: only that is safe to use.
    return {key: style for key, style in rules.items() if "." in key or "#" in key}


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations outside at-rules: @media print hides for the printer."""
    position = 0
    while (opening := css.find("{", position)) >= 0:
        head = css[position:opening].rpartition(";")[2].strip()
        closing = css.find("}", opening)
        if closing < 0:
            return
        if head.startswith("@"):
            depth = 1
            position = opening + 1
            for brace in re.finditer(r"[{}]", css[position:]):
                depth += 1 if brace.group() == "{" else -1
                if depth == 0:
                    position += brace.end()
                    break
            else:
                return
            continue
        yield head, css[opening + 1 : closing]
        position = closing + 1
