"""What a page and its site state about mining, finding and quoting: read, and ranked.

TDM reservations follow the protocol of the W3C community group (10 May 2024): what the HTML states
outranks the HTTP header, and this the file of the site; what is broken is not stated. Directives
for robots stand in the header X-Robots-Tag and in the HTML; every one of them counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from index.decode import decode
from index.robots import AGENT, matches

LONGEST_FILE = 500 * 1024  # bytes
_MOST_RULES = 1000
_LONGEST_RULE = 200  # characters of it to show

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
# Comments and scripts may speak of elements that are not there.
_ELEMENT = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template)\b.*?(?:</\1\s*>|\Z)|<meta\b(?P<meta>[^>]{0,4000})",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(
    # Begins with a whole word, or a long one would be tried from each of its letters.
    r"(?<![a-z:-])([a-z:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))",
    re.IGNORECASE,
)
_FOR_AGENT = re.compile(r"([a-z_*][\w.*-]*)\s*:(.*)", re.IGNORECASE | re.DOTALL)
_WITH_VALUE = frozenset(
    {"max-snippet", "max-image-preview", "max-video-preview", "unavailable_after"}
)
_NO_SEARCH = re.compile(r"(?:^|[,;\s])search\s*=\s*\"?n\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TdmRule:
    """A statement about text and data mining, and where it stands."""

    reserved: bool
    text: str


@dataclass(frozen=True, slots=True)
class TdmFile:
    """The rules of a site's tdmrep.json in their order: path, and whether it is reserved."""

    rules: tuple[tuple[str, bool], ...] = ()

    def rule_for(self, url: str) -> TdmRule | None:
        """Return the first rule for an address."""
        for location, reserved in self.rules:
            if matches(location, url):
                shown = location[:_LONGEST_RULE]
                return TdmRule(reserved, f"tdmrep.json: {shown}, tdm-reservation: {reserved:d}")
        return None


@dataclass(frozen=True, slots=True)
class Stated:
    """What a page says about itself, in its header and its HTML.

    `no_ai` and `no_index` hold the words that say so; `max_snippet` is in characters, 0 for none.
    """

    tdm: TdmRule | None = None
    no_ai: str | None = None
    no_index: str | None = None
    max_snippet: int | None = None


def read_tdm_file(content: bytes) -> TdmFile:
    """Read a tdmrep.json; what is broken states nothing."""
    try:
        rules = json.loads(content)
    except (ValueError, RecursionError):
        return TdmFile()
    return TdmFile(tuple(_tdm_rules(rules[:_MOST_RULES])) if isinstance(rules, list) else ())


def read_stated(headers: Mapping[str, str], content: bytes = b"", media_type: str = "") -> Stated:
    """Read what a page states; `headers` have lower-case names, and a line for each header line."""
    tdm = _tdm_of(headers.get("tdm-reservation", ""), "HTTP")
    directives: list[tuple[str, str]] = []  # as it stands there, in lower case
    for line in headers.get("x-robots-tag", "").splitlines():
        directives += [("X-Robots-Tag", name) for name in _directives(line)]
    if media_type in _HTML_TYPES:
        for name, value in _meta(decode(content)):
            if name == "tdm-reservation":
                tdm = _tdm_of(value, "HTML") or tdm
            elif name in {"robots", AGENT.lower()}:
                own = _directives(value.replace("\n", " "))
                directives += [(f'meta name="{name}"', each) for each in own]
    usage = headers.get("content-usage", "")
    search = f"Content-Usage: {usage}"[:_LONGEST_RULE] if _NO_SEARCH.search(usage) else None
    return Stated(
        tdm,
        no_ai=_first(directives, {"noai"}),
        no_index=_first(directives, {"noindex", "none"}) or search,
        max_snippet=min(_snippets(name for _, name in directives), default=None),
    )


def _tdm_rules(rules: list[object]) -> Iterator[tuple[str, bool]]:
    for rule in rules:
        if isinstance(rule, dict):
            location, value = rule.get("location"), rule.get("tdm-reservation")
            known = not isinstance(value, bool) and value in (0, 1, "0", "1")
            if known and isinstance(location, str) and location.isprintable():
                yield location, value in (1, "1")


def _tdm_of(value: str, where: str) -> TdmRule | None:
    """Read a header or an element; of several lines that disagree, the one that reserves."""
    values = {each.strip() for each in re.split(r"[,\n]", value)} & {"0", "1"}
    if not values:
        return None
    return TdmRule(max(values) == "1", f"{where}: tdm-reservation: {max(values)}")


def _directives(line: str) -> Iterator[str]:
    """Yield what a line says to every robot or to Beleg; "name:" speaks to one for the whole line.

    Directives with a value come as "name: value".
    """
    for_us = True
    for part in line.lower().split(","):
        directive = part.strip()
        while (named := _FOR_AGENT.fullmatch(directive)) and named[1] not in _WITH_VALUE:
            for_us = named[1] in {AGENT.lower(), "*", "robots"}
            directive = named[2].strip()
        if for_us and directive:
            yield directive


def _first(directives: Iterable[tuple[str, str]], wanted: set[str]) -> str | None:
    found = (f"{where}: {name}" for where, name in directives if name in wanted)
    return next(found, None)


def _snippets(directives: Iterable[str]) -> Iterator[int]:
    for directive in directives:
        name, _, value = directive.partition(":")
        if directive == "nosnippet":
            yield 0
        elif name == "max-snippet" and value.strip().isdecimal():
            yield int(value.strip()[:9])  # "-1" is no limit


def _meta(text: str) -> Iterator[tuple[str, str]]:
    """Yield name and content of every meta element; in linear time, whatever the page."""
    for element in _ELEMENT.finditer(text):
        if element["meta"] is not None:
            attributes: dict[str, str] = {}
            for found in _ATTRIBUTE.finditer(element["meta"]):
                value = unescape(found[2] or found[3] or found[4] or "")
                attributes.setdefault(found[1].lower(), value)
            if "name" in attributes:
                yield attributes["name"].strip().lower(), attributes.get("content", "").strip()
