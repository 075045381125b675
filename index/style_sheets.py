"""Style sheets in a page: which declarations hold for an element, as on a screen of usual width.

Sheets elsewhere are not fetched: a page is one request.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from cssselect import SelectorError
from lxml import etree, html
from lxml.cssselect import CSSSelector

Style = dict[str, str]

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_DECLARATION = re.compile(r"\s*([a-z-]+)\s*:\s*(.+)", re.IGNORECASE | re.DOTALL)
_IMPORTANT = re.compile(r"\s*!\s*important\s*$", re.IGNORECASE)
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?((?:[.#][\w-]+)*)", re.IGNORECASE)
_NAMES = re.compile(r"[.#][\w-]+")
_ARGUMENTS = re.compile(r"\([^()]*\)|\[[^\]]*\]")
_COMMA = re.compile(r",(?![^(]*\))")  # but for those among arguments
_LAST_COMPOUND = re.compile(r"[^\s>+~]*$")
_MEDIA_WIDTH = re.compile(r"\(\s*(min|max)-(?:device-)?width\s*:\s*(\d*\.?\d+)(px|em|rem)?\s*\)")
_SCREEN_WIDTH = 1280.0
_IDLE = {"noscript", "template", "svg"}  # a sheet in these is not the page's
_MOST_RULES = 30_000
# Elements looked at for selectors with combinators; past that a rule holds for all it may mean.
_MOST_LOOKS = 20_000_000
_LONGEST_SELECTOR = 500
_DEEPEST = 5  # one query inside the other
# All by which something can be hidden, or shown again.
_PROPERTIES = re.compile(
    r"display|visibility|content-visibility|opacity|filter|font|font-size|color|background"
    r"|background-color|background-image|position|left|right|top|bottom|inset|transform|margin"
    r"|margin-left|margin-top|clip|clip-path|overflow(?:-[xy])?|(?:max-)?(?:width|height)|zoom"
    r"|text-indent|transition|animation(?:-name)?|-webkit-text-fill-color"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    """One selector with what it declares; of two rules the one of higher weight counts."""

    selector: str
    weight: tuple[int, int, int, int]  # ids, classes, tags, place
    plain: Style
    important: Style


@dataclass(slots=True)
class StyleSheets:
    """The rules of a page's sheets, and which elements they hold for."""

    tree: html.HtmlElement
    _by_key: dict[str, list[_Rule]] = field(default_factory=lambda: defaultdict(list))
    _found: dict[str, frozenset[html.HtmlElement]] = field(default_factory=dict)
    _looks_left: int = _MOST_LOOKS
    _size: int = 0

    def __post_init__(self) -> None:
        """Read the sheets in the page."""
        self._size = sum(1 for _ in self.tree.iter())
        place = 0
        for sheet in self.tree.iter("style"):
            idle = any(above.tag in _IDLE for above in sheet.iterancestors())
            if idle or not _on_screen((sheet.get("media") or "all").lower()):
                continue
            for selectors, block in _blocks(_COMMENT.sub("", sheet.text or "")):
                plain, important = _declared(block)
                if not plain and not important:
                    continue
                for selector in map(str.strip, _COMMA.split(selectors)):
                    place += 1
                    if place > _MOST_RULES:
                        return
                    self._keep(selector, place, plain, important)

    def style_of(self, element: html.HtmlElement) -> Style:
        """Return what is declared for an element, by its sheets and its own attribute."""
        names = (element.get("class") or "").split()
        keys = ["*", str(element.tag), *(f".{name}" for name in names)]
        if identifier := element.get("id"):
            keys.append(f"#{identifier}")
        rules = [rule for key in keys for rule in self._by_key.get(key, ())]
        holding = [rule for rule in rules if self._holds(rule, element)]
        holding.sort(key=lambda rule: rule.weight)
        own, own_important = _declared(element.get("style") or "")
        style: Style = {}
        for rule in holding:
            style |= rule.plain
        style |= own
        for rule in holding:
            style |= rule.important
        return style | own_important

    def _keep(self, selector: str, place: int, plain: Style, important: Style) -> None:
        if not selector or len(selector) > _LONGEST_SELECTOR or "::" in selector:
            return
        bare = _ARGUMENTS.sub("", _ARGUMENTS.sub("", selector))
        last = _LAST_COMPOUND.search(bare)
        names = _NAMES.findall(last.group()) if last else []
        tag = re.match(r"[a-z][\w-]*", last.group(), re.IGNORECASE) if last else None
        key = next(iter(sorted(names)), tag.group().lower() if tag else "*")
        everywhere = _NAMES.findall(bare)
        ids = sum(name[0] == "#" for name in everywhere)
        tags = len(re.findall(r"(?:^|[\s>+~])[a-z]", bare, re.IGNORECASE))
        weight = (ids, len(everywhere) - ids + selector.count("["), tags, place)
        self._by_key[key].append(_Rule(selector, weight, plain, important))

    def _holds(self, rule: _Rule, element: html.HtmlElement) -> bool:
        if simple := _SIMPLE.fullmatch(rule.selector):
            tag, names = simple.groups()
            own = {f".{name}" for name in (element.get("class") or "").split()}
            own.add(f"#{element.get('id')}")
            return (not tag or tag.lower() == element.tag) and own.issuperset(_NAMES.findall(names))
        found = self._found.get(rule.selector)
        if found is None:
            if self._looks_left <= 0:
                return True
            self._looks_left -= self._size
            found = self._found[rule.selector] = self._select(rule.selector)
        return element in found

    def _select(self, selector: str) -> frozenset[html.HtmlElement]:
        try:
            return frozenset(CSSSelector(selector, translator="html")(self.tree))
        except (SelectorError, etree.XPathError, ValueError, RecursionError):
            return frozenset()  # of a state that only a browser knows, or no selector at all


def _declared(block: str) -> tuple[Style, Style]:
    """Return what a block declares of the properties that matter, and what with emphasis."""
    plain: Style = {}
    important: Style = {}
    for part in _COMMENT.sub("", block).split(";"):
        if (match := _DECLARATION.match(part)) is None:
            continue
        name, value = match.group(1).lower(), match.group(2).strip().lower()
        if _PROPERTIES.fullmatch(name):
            emphasis = _IMPORTANT.search(value)
            kept = important if emphasis else plain
            kept[name] = value[: emphasis.start()] if emphasis else value
    return plain, important


def _blocks(css: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations, those of a query on the screen's width included."""
    position = 0
    while (opening := css.find("{", position)) >= 0:
        head = css[position:opening].rpartition(";")[2].strip()
        if not head.startswith("@"):
            closing = css.find("}", opening)
            yield head, css[opening + 1 : closing if closing >= 0 else len(css)]
            if closing < 0:
                return
            position = closing + 1
            continue
        closing = _end_of_block(css, opening)
        rule = head.lower()
        group = rule.startswith(("@supports", "@layer", "@container"))
        group = group or (rule.startswith("@media") and _on_screen(rule.removeprefix("@media")))
        if group and depth < _DEEPEST:
            yield from _blocks(css[opening + 1 : closing], depth + 1)
        position = closing + 1


def _end_of_block(css: str, opening: int) -> int:
    depth = 0
    for brace in re.finditer(r"[{}]", css[opening:]):
        depth += 1 if brace.group() == "{" else -1
        if depth == 0:
            return opening + brace.start()
    return len(css)


def _on_screen(query: str) -> bool:
    """Say whether one of the queries holds on a wide screen, as far as it asks for width."""
    return any(map(_holds_on_screen, query.split(",")))


def _holds_on_screen(query: str) -> bool:
    if re.search(r"\bprint\b|\bspeech\b|prefers-|orientation|hover|pointer|\bnot\b", query):
        return False
    for end, number, unit in _MEDIA_WIDTH.findall(query):
        width = float(number) * (1 if unit in {"px", ""} else 16)
        if (end == "min" and width > _SCREEN_WIDTH) or (end == "max" and width < _SCREEN_WIDTH):
            return False
    return True
