"""Style sheets in a page: which declarations hold for an element, as on a screen of usual width.

Sheets elsewhere are not fetched: a page is one request.
"""

from __future__ import annotations

import re
from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

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
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'")
_ESCAPED = re.compile(r"\\0{0,4}([0-9a-f]{2})(?:\s|(?![0-9a-f]))", re.IGNORECASE)
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*(?:\([^()]*\))?[^()]*))?\)")
_CUSTOM = re.compile(r"[{;\s](--[\w-]+)\s*:([^;{}]*)")
_IMPORTED = re.compile(r"@import\s+(?:url\(\s*)?[\"']?(data:text/css[^\"')]*)", re.IGNORECASE)
_ROOTS = frozenset({":root", "html", "body", "*", ":host"})
_SCOPE = re.compile(r"@scope\s*\(([^()]*)\)")
_BRACE = re.compile(r"[{}]")
_RANGE = re.compile(
    r"(?:(\d*\.?\d+)(px|em|rem)?\s*([<>])=?\s*)?\bwidth\b"
    r"(?:\s*([<>])=?\s*(\d*\.?\d+)(px|em|rem)?)?"
)
_MEDIA_WIDTH = re.compile(r"\(\s*(min|max)-(?:device-)?width\s*:\s*(\d*\.?\d+)(px|em|rem)?\s*\)")
_SCREEN_WIDTH = 1280.0
_IDLE = {"noscript", "template", "svg"}  # a sheet in these is not the page's
_MOST_RULES = 30_000
# Elements looked at for selectors with combinators; past that a rule holds for all it may mean.
_MOST_LOOKS = 20_000_000
_LONGEST_SELECTOR = 500
_LONGEST_VALUE = 100
_MOST_COMBINED = 200  # selectors of a rule within a rule
_DEEPEST = 5  # one query inside the other
# All by which something can be hidden, or shown again.
_PROPERTIES = re.compile(
    r"display|visibility|content-visibility|opacity|filter|font|font-size|color|background"
    r"|background-color|background-image|position|left|right|top|bottom|inset|transform|margin"
    r"|margin-left|margin-top|clip|(?:-webkit-)?clip-path|rotate|overflow(?:-[xy])?|(?:max-)?(?:width|height)|zoom"
    r"|text-indent|transition|animation(?:-[a-z-]+)?|-webkit-text-fill-color|translate|scale|contain"
    r"|(?:max-)?(?:block|inline)-size|(?:-webkit-)?mask(?:-image)?"
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
    _variables: dict[str, str] = field(default_factory=dict)
    _looks_left: int = _MOST_LOOKS
    _size: int = 0

    def __post_init__(self) -> None:
        """Read the sheets in the page."""
        self._size = sum(1 for _ in self.tree.iter())
        place = 0
        for sheet in self._sheets():
            css = _plain(sheet)
            for selectors, block in _blocks(css):
                parts = [part.strip() for part in _COMMA.split(selectors)]
                if not _ROOTS.isdisjoint(parts):
                    self._variables |= _custom(block)
                plain, important = _declared(block)
                if not plain and not important:
                    continue
                for selector in parts:
                    place += 1
                    if place > _MOST_RULES:
                        return
                    self._keep(selector, place, plain, important)

    def _sheets(self) -> Iterator[str]:
        """Yield the sheets that stand in the page, written out or as an address of data."""
        for sheet in self.tree.iter("style", "link"):
            idle = any(above.tag in _IDLE for above in sheet.iterancestors())
            if idle or not _on_screen((sheet.get("media") or "all").lower()):
                continue
            if sheet.tag == "style":
                css = sheet.text or ""
                yield from map(_data, _IMPORTED.findall(css))
                yield css
            elif "stylesheet" in (sheet.get("rel") or "").lower().split():
                yield _data(sheet.get("href") or "")

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
        style |= own_important
        for name, value in style.items():
            if "var(" in value:
                style[name] = self._resolved(value)
        return style

    def _resolved(self, value: str) -> str:
        """Put in the variables that the page declares for all of itself."""
        for _ in range(_DEEPEST):
            if "var(" not in value or len(value) > _LONGEST_SELECTOR:
                break
            value = _VARIABLE.sub(
                lambda match: self._variables.get(match.group(1), match.group(2) or "").strip(),
                value,
            )
        return value

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


def _plain(css: str) -> str:
    """Return a sheet without what its words can be hidden behind: comments, strings, escapes."""
    css = _COMMENT.sub("", css.replace("<!--", " ").replace("-->", " "))
    css = _STRING.sub(lambda string: re.sub(r"[{};]", " ", string.group()), css)
    return _unescaped(css)


def _unescaped(css: str) -> str:
    """Spell out letters and figures that are written by number; other escapes stay."""

    def letter(match: re.Match[str]) -> str:
        character = chr(int(match.group(1), 16))
        return character if character.isalnum() else match.group()

    return _ESCAPED.sub(letter, css) if "\\" in css else css


def _data(address: str) -> str:
    """Return the sheet that an address holds in itself, and nothing for an address elsewhere."""
    head, comma, content = address.partition(",")
    if not comma or not head.lower().startswith("data:text/css"):
        return ""
    data = unquote_to_bytes(content)
    if head.lower().endswith(";base64"):
        try:
            data = b64decode(data)
        except ValueError:
            return ""
    return data.decode("utf-8", "replace")


def _custom(block: str) -> dict[str, str]:
    found = _CUSTOM.findall(f"{{{block}")
    return {name: value.strip().lower() for name, value in found if len(value) < _LONGEST_VALUE}


def _declared(block: str) -> tuple[Style, Style]:
    """Return what a block declares of the properties that matter, and what with emphasis."""
    plain: Style = {}
    important: Style = {}
    for part in _unescaped(_COMMENT.sub("", block)).split(";"):
        if (match := _DECLARATION.match(part)) is None:
            continue
        name, value = match.group(1).lower(), match.group(2).strip().lower()
        if _PROPERTIES.fullmatch(name):
            emphasis = _IMPORTANT.search(value)
            kept = important if emphasis else plain
            kept[name] = value[: emphasis.start()] if emphasis else value
    return plain, important


def _blocks(css: str, around: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations, those of a query on the screen's width included.

    `around` is the selector of the rule in which these stand.
    """
    position = 0
    while (opening := css.find("{", position)) >= 0:
        head = css[position:opening].rpartition(";")[2].strip()
        closing = _end_of_block(css, opening)
        inside = css[opening + 1 : closing]
        position = closing + 1
        scope = _SCOPE.match(head)
        if scope or not head.startswith("@"):
            selector = _within(scope.group(1).strip() if scope else head, around)
            if "{" not in inside:
                yield selector, inside
            elif depth < _DEEPEST:
                if not scope:
                    yield selector, _own(inside)
                yield from _blocks(inside, selector, depth + 1)
            continue
        rule = head.lower()
        group = rule.startswith(("@supports", "@layer", "@container"))
        group = group or (rule.startswith("@media") and _on_screen(rule.removeprefix("@media")))
        if group and depth < _DEEPEST:
            if around:
                yield around, _own(inside)
            yield from _blocks(inside, around, depth + 1)


def _within(selector: str, around: str) -> str:
    """Return what a selector means that stands in the rule of another one."""
    if not around:
        return selector
    inner = [part.strip() for part in _COMMA.split(selector)]
    outer = [part.strip() for part in _COMMA.split(around)]
    if not all(inner) or len(inner) * len(outer) > _MOST_COMBINED:
        return ""
    return ", ".join(
        part.replace("&", above) if "&" in part else f"{above} {part}"
        for above in outer
        for part in inner
    )


def _own(block: str) -> str:
    """Return what a block declares outside the rules that stand in it."""
    own, position = [], 0
    while (opening := block.find("{", position)) >= 0:
        own.append(block[position:opening].rpartition(";")[0])
        position = _end_of_block(block, opening) + 1
    return ";".join([*own, block[position:]])


def _end_of_block(css: str, opening: int) -> int:
    depth = 0
    for brace in _BRACE.finditer(css, opening):
        depth += 1 if brace.group() == "{" else -1
        if depth == 0:
            return brace.start()
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
    return all(_in_range(*found) for found in _RANGE.findall(query))


def _in_range(*found: str) -> bool:
    """Decide "400px <= width < 60em", of which either half may be absent."""
    low, low_unit, low_sign, high_sign, high, high_unit = found
    for number, unit, sign, wide in (
        (low, low_unit, low_sign, "<"),
        (high, high_unit, high_sign, ">"),
    ):
        if number:
            width = float(number) * (1 if unit in {"px", ""} else 16)
            if (width <= _SCREEN_WIDTH) is not (sign == wide):
                return False
    return True
