"""Numbers that are no figures: dates, times, years, ages in brackets, names of things, scores."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.types import Language

_MONTH = (
    r"(?:januar|jänner|februar|feber|märz|april|mai|juni|juli|august|september|oktober|november"
    r"|dezember|january|february|march|may|june|july|october|december"
    r"|jan|feb|mrz|apr|jun|jul|aug|sept?|okt|oct|nov|dez|dec)\b\.?"
)
_HOUR = r"(?:\d{1,2}|ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf)"
_DATES = re.compile(
    rf"""
    \b\d{{1,2}}\.(?:\s?(?:,|und|bis|oder|-|–)\s?\d{{1,2}}\.)*\s?{_MONTH}(?:\s(?:1[5-9]|20)\d\d)?
    | \b\d{{1,2}}(?:st|nd|rd|th)?\s(?:of\s)?{_MONTH}(?:,?\s(?:1[5-9]|20)\d\d)?
    | \b{_MONTH}\s\d{{1,2}}(?:st|nd|rd|th)\b(?:,?\s(?:1[5-9]|20)\d\d)?
    | \b{_MONTH}\s\d{{1,2}},\s(?:1[5-9]|20)\d\d
    | \b{_MONTH}\s(?:1[5-9]|20)\d\d\b
    | \b(?:1[5-9]|20)\d\d-\d\d-\d\d
    | \b\d{{1,2}}[.:]\d\d(?:[ \u00a0]?(?:bis|-|–|und)[ \u00a0]?\d{{1,2}}[.:]\d\d)?
      [ \u00a0]?(?:uhr|h\b|[ap]\.?m\b\.?)
    | \b{_HOUR}(?:[ \u00a0]?(?:bis|-|–|und|oder)[ \u00a0]?{_HOUR})?
      [ \u00a0]uhr\b(?:[ \u00a0]\d{{1,2}}\b)?
    | \b\d{{1,2}}[ \u00a0]?(?:[ap]\.?m\b\.?|o[’']clock)
    | \b\d+(?::\d+)+\b | \b\d+/\d+\b | \b\d+(?:\.\d+){{2,}}\b(?<!\.\d\d\d)
    | \b(?:19|20)\d\d\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d)\b(?!\s?(?:€|euro))
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What is named by a number, not counted: "Gleis 4", "A 8", "Windows 11".
_LABEL = re.compile(
    r"(?<![^\W\d_])(?:platz|rang|position|nummer|nr|no|number|artikel|art|paragra(?:f|ph)|§"
    r"|absatz|abs"
    r"|satz|ziffer|linien?|straßenbahnlinien?|buslinien?|gleis(?:e|en)?|seiten?|kapitel|band|folge"
    r"|episode|staffel|teil|runde|halle|block|raum|zimmer|saal|haus|tor|klassen?|stufe|level"
    r"|phase|kategorie|typ|modell|version|kanal|flug|bundesstraße|landstraße|kreisstraße|autobahn"
    r"|route|chapter|page|section|article|platform|gate|room|hall|flight|season|round|group|gruppe"
    r"|figure|table|tabelle|windows|android|ios|boeing|airbus|covid|formel|formula|channel"
    r"|kilometer"
    r"|jahrgang|baujahr|bus|zug|ice|ic|re|rb|s|u|a|b|l|k|g|tag|day|woche|week|minute|spielminute"
    r"|tempo"
    r"|aged|apollo|agenda|horizon|top)[ \u00a0.-]{1,2}(?:\d+[ \u00a0](?:und|and|bis|to"
    r"|,)[ \u00a0])?$",
    re.IGNORECASE,
)
_YEAR_LED = re.compile(
    r"(?<![^\W\d_])(?:jahre?n?|seit|ab|bis|ende|anfang|mitte|frühjahr|frühling|sommer|herbst"
    r"|winter|vor"
    r"|nach|von|saison|silvester|stand|year|since|in|by|from|until|till|late|early|mid|spring"
    r"|summer"
    r"|autumn|fall|of|for|before|after|and|und|oder|bis zum jahr|the|im jahr|weihnachten|wm|em"
    rf"|olympia|{_MONTH})[ \u00a0]$",
    re.IGNORECASE,
)
_NOUN_FOLLOWS = re.compile(
    r"[ \u00a0](?:(?:neue|neuen|weitere|weiteren|zusätzliche|zusätzlichen|offene|freie|junge"
    r"|tote|toten"
    r"|verletzte|verletzten|\w+(?:ische|ischen|liche|lichen))[ \u00a0])?[A-ZÄÖÜ][a-zäöüß-]{2,}"
)
_PEOPLE_FOLLOW = re.compile(
    r"[ \u00a0](?:people|men|women|children|troops|soldiers|jobs|homes|houses|households|workers"
    r"|employees"
    r"|residents|passengers|fans|protesters|police|firefighters|visitors|students|cases|deaths"
    r"|refugees|migrants|civilians)\b",
    re.IGNORECASE,
)
_GERMAN_DATES = re.compile(
    r"(?<![\w.,$€£])(?:0?[1-9]|[12]\d|3[01])\.\s?(?:0?[1-9]|1[0-2])\.(?:\s?(?:19|20)?\d\d)?(?!\d)"
)
# Each of them has a digit, or says "Uhr": of most sentences that is all there is to know.
_MAY_HAVE_ONE = re.compile(r"\d|uhr", re.IGNORECASE)
_AGE_IN_BRACKETS = re.compile(r"\((?:\d{1,3}(?: und |, | and | & )?)+\)")
_AGE_IN_COMMAS = re.compile(r"[A-ZÄÖÜ]\w+, (?P<age>\d{1,3})(?=,(?!\d)|\.?$)")
_SENTENCE_BEGINS = re.compile(
    r"\.[ \u00a0\n]+(?:Der|Die|Das|Den|Dem|Ein|Eine|Es|Er|Sie|Wir|Ich|Man|In|Im|Am|An|Auf|Aus"
    r"|Bei|Beim|Mit"
    r"|Nach|Seit|Von|Vor|Zu|Zum|Zur|Und|Aber|Doch|Auch|Dies\w*|Damit|Dabei|Davon|Dazu|Dort|Laut"
    r"|Noch"
    r"|Zudem|Zuvor|Insgesamt|Bislang|Bisher|Für|Wie|Wer|Als|Alle|Viele|Mehr|Unter|Über|Hinzu"
    r"|Darunter)\b"
)
_ORDINAL = re.compile(r"\.[ \u00a0](?=[\wäöü„\"(])|\.-")
_HIGHEST_ORDINAL = 200
_YEAR_SPAN = (1500, 2100)


def spans_of_dates(text: str, language: Language) -> list[tuple[int, int]]:
    """Return the stretches of a text that are dates, times of day, scores or versions."""
    if not _MAY_HAVE_ONE.search(text):
        return []
    found = [match.span() for match in _DATES.finditer(text)]
    if language is Language.GERMAN:
        found += [match.span() for match in _GERMAN_DATES.finditer(text)]
    found += [match.span() for match in _AGE_IN_BRACKETS.finditer(text)]
    found += [match.span("age") for match in _AGE_IN_COMMAS.finditer(text)]
    return found


def is_no_figure(
    text: str, start: int, end: int, value: Decimal, language: Language, *, plain: bool
) -> bool:
    """Whether a number names something, is a year or says which one it is.

    `plain` says that it is written in digits without marks, and has neither unit nor hedge.
    """
    if not plain:
        return False
    german = language is Language.GERMAN
    if german and text[end : end + 1] == "." and _is_ordinal(text, end, value):
        return True
    if _LABEL.search(text, max(0, start - 30), start):
        return True
    if not _YEAR_SPAN[0] <= value < _YEAR_SPAN[1] or end - start != 4:  # noqa: PLR2004 - of a year
        return False
    if _YEAR_LED.search(text, max(0, start - 20), start):
        return True
    counts = _NOUN_FOLLOWS if german else _PEOPLE_FOLLOW
    return not counts.match(text, end)


def is_year(text: str, start: int, end: int, value: Decimal) -> bool:
    """Whether four digits may be a year."""
    return _YEAR_SPAN[0] <= value < _YEAR_SPAN[1] and text[start:end].isdigit()


def _is_ordinal(text: str, end: int, value: Decimal) -> bool:
    if value >= _HIGHEST_ORDINAL or not _ORDINAL.match(text, end):
        return False
    return not _SENTENCE_BEGINS.match(text, end)
