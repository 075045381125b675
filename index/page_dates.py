"""When an article appeared and when it was changed, weighed from all that its page states.

The rule, for both: what a person gave comes first (`publication`). Then counts a line
under the headline that a reader sees and that names itself ("Veröffentlicht am", "Aktualisiert
am"). It outranks what the page tells machines, since the reader can see whether it is wrong; where
both speak of the same day or of neighbouring ones, machines know the moment and its zone. Then come
JSON-LD, the other metadata, a date under the headline without a name, "Stand", the address, and
last the day of a printed edition. The date of a feed, which dates old articles anew, counts where a
page says nothing. A page that states two days for machines is believed in this
order, too. What cannot be is passed over: a day after the fetch, a placeholder such as 1970-01-01.
Nothing else is a date: an article of which nobody says when it appeared has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lxml import html

from index.byline import Byline, Label, best_published, read_byline
from index.clean import clean_line
from index.dates import date_in_address, stated_date
from index.elements import leaves
from index.lines import Line
from index.types import DateOrigin, Published

_LONGEST_DATE_LINE = 140
_FIRST_NEWSPAPER = date(1605, 1, 1)
_PLACEHOLDERS = {date(1970, 1, 1), date(1900, 1, 1)}  # what empty fields become
_ZONES = timedelta(days=1)  # by so much the same moment has another day elsewhere
_SAME_TIME = timedelta(minutes=5)  # a system that publishes writes the page more than once


@dataclass(frozen=True, slots=True)
class Dates:
    """When an article appeared and when it was changed last; None is unknown, never now."""

    published: Published | None
    updated: Published | None


def weigh_dates(
    stated: Sequence[Published],
    changed: Sequence[Published],
    seen: Sequence[Byline],
    address: str | None,
    fetched: datetime,
) -> Dates:
    """Return the dates of a page by the rule above.

    `stated` and `changed` are for machines, the most trustworthy first; `seen` are the lines under
    the headline.
    """
    possible = [date for date in stated if is_possible(date, fetched)]
    lines = [line for line in seen if line.published and is_possible(line.published, fetched)]
    first = _of(lines, {Label.FIRST})
    bare = _of(lines, {Label.BARE, Label.AS_OF})
    day = date_in_address(address) if address else None
    in_address = [Published(day, DateOrigin.URL)] if day else []
    printed = _of(lines, {Label.PRINT})
    published = _choose(first, [*possible, *bare, *in_address, *printed], fetched)
    told = [line.updated for line in seen if line.updated]
    updated = _choose(told, changed, fetched)
    if updated is not None and not _is_later(updated, published):
        updated = None
    return Dates(published, updated)


def publication(
    given: Published | None, found: Published | None, fetched: datetime
) -> Published | None:
    """Return what a person states, else what was found in the page, else what its feed states."""
    if given is None or given.origin is not DateOrigin.FEED:
        return given or found
    return found or (given if is_possible(given, fetched) else None)


def lines_under_headline(tree: html.HtmlElement, title: str) -> list[Byline]:
    """Read the lines between the headline and the second paragraph that say when and who."""
    found: list[Byline] = []
    begun = False
    paragraphs = 0
    tags = ("h1", "h2", "p", "div", "span", "time", "small", "li", "address", "em")
    for element, text in leaves(tree, *tags):
        if any(ancestor.tag in {"nav", "aside", "footer"} for ancestor in element.iterancestors()):
            continue
        begun = begun or text == title or element.tag == "h1"
        if not begun:
            continue
        if element.tag == "p" and Line(text, 0).prose and len(text) > _LONGEST_DATE_LINE:
            paragraphs += 1
            if paragraphs > 1:
                break
        if 0 < len(text) <= _LONGEST_DATE_LINE and (byline := read_byline(text)):
            found.append(byline)
    return found


def _of(lines: Sequence[Byline], labels: set[Label]) -> list[Published]:
    best = best_published([line for line in lines if line.label in labels])
    return [best] if best else []


def _choose(
    told: Iterable[Published], stated: Iterable[Published], fetched: datetime
) -> Published | None:
    """Return the first that can be; where another knows the moment of about that day, this."""
    possible = [date for date in (*told, *stated) if is_possible(date, fetched)]
    if not possible or possible[0].moment:
        return possible[0] if possible else None
    chosen = possible[0]
    # A moment is stated in some zone, in which it may be the day before or after.
    near = _ZONES if chosen.origin is DateOrigin.TEXT else timedelta(0)
    exact = (d for d in possible if d.moment and abs(d.day - chosen.day) <= near)
    return next(exact, chosen)


def is_possible(published: Published, fetched: datetime) -> bool:
    """Whether something fetched then can have appeared on that day: no placeholder, not ahead."""
    if published.day in _PLACEHOLDERS or published.day < _FIRST_NEWSPAPER:
        return False
    # In the zone of the page, it may be tomorrow already.
    return published.day - fetched.date() <= _ZONES and (
        published.moment is None or published.moment - fetched <= _ZONES
    )


def _is_later(updated: Published, published: Published | None) -> bool:
    if published is None:
        return True
    if updated.moment is not None and published.moment is not None:
        return updated.moment - published.moment > _SAME_TIME
    return updated.day > published.day


def dates_of(values: Iterable[str], origin: DateOrigin) -> list[Published]:
    """Return the dates among values of metadata, in their order."""
    cleaned = (clean_line(value) for value in values)
    return [found for value in cleaned if (found := stated_date(value, origin))]
