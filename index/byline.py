"""Lines that say who wrote when and where: author, outlet, date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

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
    r"\b(?:zuletzt (?:aktualisiert|geändert)|aktualisiert|aktualisierung|update[d]?|geändert|"
    r"bearbeitet|last modified|last updated|stand|upd\.)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(?:zuletzt|veröffentlicht|erstveröffentlicht|publiziert|erschienen|erstellt|online seit|"
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
    rf"(?:von|by|autor|{_UPDATE.pattern}|datum|date|veröffentlicht|published|wien|berlin|bern|"
    r"zürich|hamburg|münchen|frankfurt|köln|london|new york|washington|brüssel|paris|moskau|kiew|"
    r"graz|linz|salzburg|innsbruck|genf|basel)\b(?! \w)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:(?:url|link|quelle|source|adresse)\s*:\s*)?<?(https?://[^\s<>]+)>?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What such a line states; `update` marks a date that may be later than the publication."""

    published: Published | None = None
    update: bool = False
    outlet: str | None = None
    url: str | None = None


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
    return Byline() if _BYLINE.fullmatch(line) else None


def _read_dateline(line: str) -> Byline | None:
    published, rest, exact = _take_dates(line)
    if published is None:
        return None
    outlet_first = _OUTLET_FIRST.fullmatch(rest) if exact else None
    if outlet_first and not _NO_OUTLET.match(outlet_first.group(1)):
        return Byline(published=published, outlet=outlet_first.group(1))
    update = _UPDATE.search(rest) is not None
    rest = _LABEL.sub(" ", _UPDATE.sub(" ", _TIME.sub(" ", rest)))
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
    return Byline(published=published, update=update, outlet=outlet)


def _take_dates(line: str) -> tuple[Published | None, str, bool]:
    """Return the first date, the line with a gap for each, and whether it was written as ISO."""
    match = _ISO_MOMENT.search(line)
    if match:
        rest = line[: match.start()] + _GAP + line[match.end() :]
        try:
            moment = datetime.fromisoformat(match.group())
        except ValueError:
            return None, line, False
        known = moment if moment.tzinfo else None
        return Published(moment.date(), DateOrigin.TEXT, known), rest, True
    found = list(dates_in(line))
    if not found:
        return None, line, False
    rest = line
    for _, start, end in reversed(found):
        rest = rest[:start] + _GAP + rest[end:]
    exact = line[found[0][1] : found[0][2]] == found[0][0].isoformat()
    return Published(found[0][0], DateOrigin.TEXT), rest, exact
