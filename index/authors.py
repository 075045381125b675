"""Who wrote an article, by what its page states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import html

from index.clean import clean_line
from index.elements import text_of

_MOST = 12
_LONGEST = 60
_MOST_WORDS = 6
_BETWEEN = re.compile(r"\s*(?:[,;|]|\s/\s|\s(?:und|and|&)\s)\s*")
_PREFIX = re.compile(r"(?:von|by|text|autor(?:in|en)?|author)\b\s*:?\s*", re.IGNORECASE)
_NO_NAME = re.compile(r"://|www\.|@|[.!?]$|[<>{}=]|^\W*$|\d{4}")
_SMALL = "von van vom zu zur de del den der des di da do dos du la le el al ten ter af av y e"
_PARTICLES = frozenset(_SMALL.split())
_DOMAIN = re.compile(r"(?:[\w-]+\.)+[a-z]{2,12}", re.IGNORECASE)
_PATHS = (
    "//meta[@name='author' or @property='author' or @property='article:author']/@content",
    "//meta[@name='article:author' or @name='dc.creator' or @name='DC.creator']/@content",
    "//*[@itemprop='author']//*[@itemprop='name']",
    "//*[@itemprop='author']",
    "//a[@rel='author' or contains(concat(' ', @rel, ' '), ' author ')]",
)


def stated_authors(
    tree: html.HtmlElement, articles: Sequence[Mapping[str, object]]
) -> tuple[tuple[str, ...], ...]:
    """Return the names that each place states, the most trustworthy place first.

    `articles` are the page's articles in JSON-LD.
    """
    places = [_unique(_named(article.get("author"))) for article in articles]
    for path in _PATHS:
        found = tree.xpath(path)
        stated = (item if isinstance(item, str) else text_of(item) for item in found)
        places.append(_unique(name for text in stated for name in _parts(text)))
    return tuple(filter(None, places))


def choose_authors(places: Sequence[tuple[str, ...]], site: str | None) -> tuple[str, ...]:
    """Return the names of the first place, or of the first that names more than the outlet."""
    outlet = _letters(site or "")
    persons = (names for names in places if any(not _is_outlet(name, outlet) for name in names))
    return next(persons, next(filter(None, places), ()))


def _is_outlet(name: str, outlet: str) -> bool:
    return _letters(name) == outlet or _DOMAIN.fullmatch(name) is not None


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _named(author: object, depth: int = 0) -> Iterator[str]:
    match author:
        case str():
            yield from _parts(author)
        case {"name": str(name)}:
            yield from _parts(name)
        case {"givenName": str(given), "familyName": str(family)}:
            yield from _parts(f"{given} {family}")
        case list() if depth < 2:  # noqa: PLR2004 - a list of lists is met, more is a mistake
            for one in author:
                yield from _named(one, depth + 1)


def _parts(stated: str) -> list[str]:
    """Return the names in a list of names; where one part is none, the whole is something else."""
    line = clean_line(stated)
    begun = _PREFIX.match(line)
    names = [name for name in _BETWEEN.split(line[begun.end() if begun else 0 :]) if name]
    return names if all(map(_is_name, names)) else []


def _unique(names: Iterator[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(name.casefold(), name)
    return tuple(found.values())[:_MOST]


def _is_name(text: str) -> bool:
    words = text.split()
    small = [word for word in words if word.islower() and word not in _PARTICLES]
    return (
        len(text) <= _LONGEST
        and len(words) <= _MOST_WORDS
        and (len(words) == 1 or len(small) <= 1)
        and _NO_NAME.search(text) is None
        and any(map(str.isalpha, text))
    )
