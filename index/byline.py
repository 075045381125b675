"""Lines that say who wrote when and where: author, outlet, date."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum

from index.dates import dates_in
from index.types import DateOrigin, Published

_LONGEST_LINE = 140
_MOST_WORDS_OF_A_NAME = 6

_PARTICLE = r"(?:(?:von|van|vom|de[rnl]?|d[aio]s?|l[ae]|zu|te[nr]|al) ){0,2}"
_NAME = rf"[A-ZÄÖÜÉ][\w.’'\-]*(?: {_PARTICLE}[A-ZÄÖÜÉ][\w.’'\-]*){{1,3}}"
_BYLINE = re.compile(
    r"(?:(?:Ein |Eine )?(?:Kommentar|Analyse|Interview|Reportage|Bericht|Gastbeitrag|Kolumne|"
    r"Glosse|Essay|Leitartikel|Porträt|Text|Protokoll|Aufgezeichnet|Story|Analysis|Opinion)?,? ?"
    r"(?:[Vv]on|[Bb]y|VON|BY)|(?:Autor(?:in|en)?|Text|Author|Redaktion|Bericht|Protokoll|"
    r"Interview) ?:) "
    rf"{_NAME}(?:(?:,| und| and| &|/) ?{_NAME})*(?:, ?[\w.\- ]{{2,40}}| \([\w.\-/ ]{{2,40}}\))?"
)
_ISO_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z| ?[+-]\d\d:?\d\d)?(?![\d:])"
)
_UPDATE = re.compile(
    r"\b(?:(?:zu)?letzte? (?:aktualisiert|geändert|aktualisierung|änderung|bearbeitung)|"
    r"aktualisiert|aktualisierung|update[d]?|geändert|bearbeitet|überarbeitet|"
    r"last modified|last updated|modified|upd|akt)\b\.?",
    re.IGNORECASE,
)
_AS_OF = re.compile(r"\b(?:stand|as of)\b", re.IGNORECASE)
_PRINT = re.compile(
    r"\b(?:(?:aus|in) der )?(?:print|druck)?-?ausgabe(?: nr\. ?\d+)?\b|\bprint\b|\bgedruckt\b",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:erst)?veröffentlicht|\b(?:erst)?veröffentlichung|\bpubliziert|\berschienen|"
    r"\bonline seit|\b(?:first )?published|\bposted",
    re.IGNORECASE,
)
_OF_AUTHORS = re.compile(
    rf"(?:[Vv]on|[Bb]y|VON|BY|:) ((?:{_NAME})(?:(?:,| und| and| &|/) ?{_NAME})*)"
)
_BETWEEN_AUTHORS = re.compile(r"(?:,| und| and| &|/) ?")
_LABEL = re.compile(
    r"\b(?:zuletzt|(?:erst)?veröffentlicht|(?:erst)?veröffentlichung|publiziert|erschienen|"
    r"erstellt|online seit|"
    r"datum|published(?: on)?|posted(?: on)?|first published|date|artikel vom|vom|am|den|um|on|at|"
    r"uhr|mes?z|ce[s]?t|gmt|utc|[ap]\.?m\.?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|"
    r"sonnabend|sonntag|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mo|di|mi|do|fr|sa|"
    r"so)\b[.:]?",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?<![\d.,])\d{1,2}[:.]\d\d(?::\d\d)?(?![\d.,])|\b\d{1,2}(?= uhr\b)", re.IGNORECASE
)
_SEPARATOR = re.compile(r"\s*[,|·•;/]\s*|\s+[–—-]\s+|\s*:\s+|\s*[()]\s*")
_OUTLET_LABEL = re.compile(
    r"(?:quelle|outlet|medium|zeitung|source|publisher|herausgeber)\s*:\s*(.+)", re.IGNORECASE
)
_OUTLET_WORD = re.compile(
    r"zeitung|kurier|bote\b|post\b|nachrichten|presse|standard|welt\b|spiegel|blatt|anzeiger|"
    r"rundschau|news|times|herald|radio|\btv\b|online|\.(?:de|at|ch|com|org|net|lu|li|eu)\b|journal|"
    r"magazin|\b(?:dpa|apa|afp|reuters|sda|orf|ard|zdf|srf|bbc|cnn)\b|chronicle|tribune|guardian|"
    r"gazette|telegraph|daily|echo\b|merkur|umschau|tageblatt|revue|warte\b|nachricht",
    re.IGNORECASE,
)
# A date in a line is replaced by this, which cleaning has left to nobody else.
_GAP = "\ue000"
_OUTLET_FIRST = re.compile(rf"([^,|·]{{2,60}}?)(?:,| \||·| [–—-]) ?{_GAP}")
_NO_OUTLET = re.compile(
    rf"(?:von|by|autor|stand|{_UPDATE.pattern}|datum|date|veröffentlicht|published|wien|berlin|bern|"
    r"zürich|hamburg|münchen|frankfurt|köln|london|new york|washington|brüssel|paris|moskau|kiew|"
    r"graz|linz|salzburg|innsbruck|genf|basel)\b(?! \w)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:(?:url|link|quelle|source|adresse)\s*:\s*)?<?(https?://[^\s<>]+)>?", re.IGNORECASE
)


class Label(IntEnum):
    """What a line calls its date; the lower, the surer it is the day of publication."""

    FIRST = 0  # "veröffentlicht am"
    BARE = 1
    AS_OF = 2  # "Stand": of publication where nothing else is said
    PRINT = 3  # of the printed paper, often the day after
    UPDATE = 4


@dataclass(frozen=True, slots=True)
class Byline:
    """What such a line states."""

    published: Published | None = None
    label: Label = Label.BARE
    updated: Published | None = None
    outlet: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()


def read_byline(line: str) -> Byline | None:
    """Return what the line states, None where it says something else as well."""
    if len(line) > _LONGEST_LINE:
        address = _ADDRESS.fullmatch(line)
        return Byline(url=address.group(1)) if address else None
    if address := _ADDRESS.fullmatch(line):
        return Byline(url=address.group(1))
    dated = _read_dateline(line)
    if dated is not None:
        return dated
    if labelled := _OUTLET_LABEL.fullmatch(line):
        name = labelled.group(1)
        return Byline(outlet=name) if len(name.split()) <= _MOST_WORDS_OF_A_NAME else None
    return Byline(authors=_names_in(line)) if _BYLINE.fullmatch(line) else None


def best_published(bylines: Sequence[Byline]) -> Published | None:
    """Return the day of publication, by the surest label, before others the first."""
    dated = [byline for byline in bylines if byline.published is not None]
    return min(dated, key=lambda byline: byline.label).published if dated else None


def _names_in(text: str) -> tuple[str, ...]:
    found = _OF_AUTHORS.search(text)
    return tuple(_BETWEEN_AUTHORS.split(found.group(1))) if found else ()


def _read_dateline(line: str) -> Byline | None:
    dates, rest, exact = _take_dates(line)
    if not dates:
        return None
    label, published = min(dates, key=lambda dated: dated[0])
    updates = [date for label, date in dates if label is Label.UPDATE]
    stated = Byline(
        published=None if label is Label.UPDATE else published,
        label=label,
        updated=updates[0] if updates else None,
    )
    outlet_first = _OUTLET_FIRST.fullmatch(rest) if exact else None
    if outlet_first and not _NO_OUTLET.match(outlet_first.group(1)):
        return replace(stated, outlet=outlet_first.group(1))
    for words in (_TIME, _UPDATE, _AS_OF, _PRINT, _LABEL):
        rest = words.sub(" ", rest)
    names = [part for part in map(str.strip, _SEPARATOR.split(rest)) if part.strip(" .:-–")]
    names = [name for name in names if name != _GAP]
    # Words that touch the date belong to a heading: "Die Lage am 1. November 2024".
    if any(_GAP in name for name in names):
        names = [name.replace(_GAP, "").strip() for name in names]
        if any(names) and not all(_BYLINE.fullmatch(name) for name in names if name):
            return None
        names = []
    authors = [name for name in names if _BYLINE.fullmatch(name)]
    others = [name for name in names if name not in authors]
    if len(others) > 1 and not authors:
        others = [name for name in others if _OUTLET_WORD.search(name)] or others
    if len(others) > 1 or any(len(n.split()) > _MOST_WORDS_OF_A_NAME for n in others):
        return None
    outlet = None
    if others and not authors:
        labelled = _OUTLET_LABEL.search(line)
        if exact or labelled or _OUTLET_WORD.search(others[0]):
            outlet = others[0]
    named = tuple(name for author in authors for name in _names_in(author))
    return replace(stated, outlet=outlet, authors=named)


def _take_dates(line: str) -> tuple[list[tuple[Label, Published]], str, bool]:
    """Return the dates, the line with a gap for each, and whether the first was written as ISO."""
    match = _ISO_MOMENT.search(line)
    if match:
        rest = line[: match.start()] + _GAP + line[match.end() :]
        try:
            moment = datetime.fromisoformat(match.group())
        except ValueError:
            return [], line, False
        known = moment if moment.tzinfo else None
        date = Published(moment.date(), DateOrigin.TEXT, known)
        return [(_label(line[: match.start()]), date)], rest, True
    found = list(dates_in(line))
    if not found:
        return [], line, False
    rest = line
    ends = [0, *(end for _, _, end in found)]
    dates = [
        (_label(line[ends[i] : start]), Published(day, DateOrigin.TEXT))
        for i, (day, start, _) in enumerate(found)
    ]
    behind = _label(line[ends[-1] :])
    if dates[-1][0] is Label.BARE and behind > Label.BARE:  # "3.5.2024 (aktualisiert)"
        dates[-1] = (behind, dates[-1][1])
    for _, start, end in reversed(found):
        rest = rest[:start] + _GAP + rest[end:]
    exact = line[found[0][1] : found[0][2]] == found[0][0].isoformat()
    return dates, rest, exact


def _label(words: str) -> Label:
    """Say what the words beside a date call it."""
    named = ((_UPDATE, Label.UPDATE), (_PRINT, Label.PRINT), (_FIRST, Label.FIRST))
    found = next((label for pattern, label in named if pattern.search(words)), None)
    return found if found is not None else (Label.AS_OF if _AS_OF.search(words) else Label.BARE)
