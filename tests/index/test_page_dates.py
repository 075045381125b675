from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml import html

from index.byline import Byline, Label, read_byline
from index.page_dates import Dates, lines_under_headline, publication, weigh_dates
from index.types import DateOrigin, Published

FETCHED = datetime(2024, 11, 10, 12, tzinfo=UTC)
LINKED, META, TEXT = DateOrigin.LINKED_DATA, DateOrigin.METADATA, DateOrigin.TEXT


def on(text: str, origin: DateOrigin = LINKED) -> Published:
    return Published.parse(text, origin)


def lines(*texts: str) -> list[Byline]:
    found = [read_byline(text) for text in texts]
    assert all(found), texts
    return [line for line in found if line]


def weigh(
    stated: tuple[Published, ...] = (),
    changed: tuple[Published, ...] = (),
    seen: tuple[str, ...] = (),
    address: str | None = None,
) -> Dates:
    return weigh_dates(stated, changed, lines(*seen), address, FETCHED)


def test_nothing_stated_is_unknown() -> None:
    assert weigh() == Dates(None, None)


@pytest.mark.parametrize(
    ("stated", "seen", "address", "expected"),
    [
        ((on("2024-11-01"), on("2024-11-03", META)), (), None, on("2024-11-01")),
        ((on("2024-11-01"), on("2024-11-01T08:30:00+01:00", META)), (), None,
         on("2024-11-01T08:30:00+01:00", META)),
        ((on("2024-11-01"),), ("3. November 2024",), None, on("2024-11-01")),
        ((on("2019-01-05"),), ("Veröffentlicht am 3. November 2024",), None,
         on("2024-11-03", TEXT)),
        ((on("2024-11-02T23:30:00+00:00"),), ("Veröffentlicht am 3.11.2024, 0.30 Uhr",), None,
         on("2024-11-02T23:30:00+00:00")),
        ((), ("Stand: 4.11.2024", "3.11.2024"), None, on("2024-11-03", TEXT)),
        ((), ("Stand: 4.11.2024, 17 Uhr",), "/2024/11/01/x", on("2024-11-04", TEXT)),
        ((), ("Erschienen in der Druckausgabe vom 4. November 2024",), "/2024/11/03/x",
         on("2024-11-03", DateOrigin.URL)),
        ((), ("Erschienen in der Druckausgabe vom 4. November 2024",), "/x",
         on("2024-11-04", TEXT)),
        ((on("2031-01-01"), on("2024-11-01", META)), (), None, on("2024-11-01", META)),
        ((on("2031-01-01"),), (), None, None),
        ((on("2024-11-11T11:00:00+00:00"),), (), None, on("2024-11-11T11:00:00+00:00")),
        ((on("2024-11-11T13:00:00+00:00"),), (), None, None),
        ((on("1970-01-01"),), (), "/2031/01/01/x", None),
        ((on("0001-01-01"),), ("Aktualisiert am 4.11.2024",), None, None),
    ],
)  # fmt: skip
def test_the_day_of_publication_is_weighed_by_the_rule(
    stated: tuple[Published, ...],
    seen: tuple[str, ...],
    address: str | None,
    expected: Published | None,
) -> None:
    assert weigh(stated, (), seen, address).published == expected


@pytest.mark.parametrize(
    ("stated", "changed", "seen", "expected"),
    [
        ("2024-11-01", ("2024-11-03",), (), on("2024-11-03")),
        ("2024-11-01", ("2024-11-01",), (), None),
        ("2024-11-01", ("2024-10-30",), (), None),
        ("2024-11-01", ("2031-01-01",), (), None),
        ("2024-11-01T08:00:00+01:00", ("2024-11-01T07:02:00+00:00",), (), None),
        ("2024-11-01T08:00:00+01:00", ("2024-11-01T09:00:00+00:00",), (),
         on("2024-11-01T09:00:00+00:00")),
        ("2024-11-01", ("2024-11-09",), ("1.11.2024, aktualisiert am 3.11.2024, 8.25 Uhr",),
         on("2024-11-03", TEXT)),
        ("2024-11-01", ("2024-11-03T08:25:00+01:00",), ("Update: 3.11.2024",),
         on("2024-11-03T08:25:00+01:00")),
        (None, (), ("Zuletzt geändert: 3.11.2024",), on("2024-11-03", TEXT)),
    ],
)  # fmt: skip
def test_a_change_is_later_than_the_publication_or_none(
    stated: str | None, changed: tuple[str, ...], seen: tuple[str, ...], expected: Published | None
) -> None:
    published = (on(stated),) if stated else ()
    assert weigh(published, tuple(map(on, changed)), seen).updated == expected


@pytest.mark.parametrize(
    ("line", "label", "published", "updated"),
    [
        ("Veröffentlicht am 1.11.2024, 8 Uhr", Label.FIRST, "2024-11-01", None),
        ("1.11.2024 | Update: 2.11.2024, 14.10 Uhr", Label.BARE, "2024-11-01", "2024-11-02"),
        ("2.11.2024 (aktualisiert)", Label.UPDATE, None, "2024-11-02"),
        ("Aktualisiert: 2.11.2024, erstveröffentlicht: 1.11.2024", Label.FIRST, "2024-11-01",
         "2024-11-02"),
        ("Stand: 1.11.2024", Label.AS_OF, "2024-11-01", None),
        ("Aus der Printausgabe vom 2.11.2024", Label.PRINT, "2024-11-02", None),
    ],
)  # fmt: skip
def test_a_line_says_what_its_date_is(
    line: str, label: Label, published: str | None, updated: str | None
) -> None:
    read = read_byline(line)
    assert read is not None
    days = [date.isoformat() if date else None for date in (read.published, read.updated)]
    assert (read.label, *days) == (label, published, updated)


def test_only_the_lines_about_the_article_are_read() -> None:
    prose = "Der Stadtrat hat am Montag getagt und nach langer Debatte beschlossen, " * 3
    tree = html.document_fromstring(
        "<html><body><p>31.12.2020</p><nav><p>30.12.2020</p></nav><h1>Haushalt</h1>"
        f"<p>Von Anna Muster und Jörg Öztürk</p><p>1.11.2024, 8.30 Uhr</p><p>{prose}.</p>"
        f"<p>{prose} gestern.</p><p>2.11.2024</p></body></html>"
    )
    found = lines_under_headline(tree, "Haushalt")
    assert [line.authors for line in found] == [("Anna Muster", "Jörg Öztürk"), ()]
    assert [line.published for line in found] == [None, on("2024-11-01", TEXT)]


@pytest.mark.parametrize(
    ("given", "found", "published"),
    [
        ("given 2024-10-01", "2024-10-02", "2024-10-01"),
        ("feed 2024-10-01", "2024-10-02", "2024-10-02"),
        ("feed 2024-10-01", None, "2024-10-01"),
        ("feed 1970-01-01", None, None),
        ("feed 2099-01-01", None, None),
        (None, None, None),
    ],
)
def test_the_date_of_a_feed_counts_where_the_page_has_none(
    given: str | None, found: str | None, published: str | None
) -> None:
    origin, _, stated = (given or "").partition(" ")
    chosen = publication(
        Published.parse(stated, DateOrigin(origin)) if given else None,
        Published.parse(found, DateOrigin.METADATA) if found else None,
        datetime(2024, 11, 2, tzinfo=UTC),
    )
    assert (chosen and chosen.isoformat()) == published
