"""Stretches of a sentence that may name somebody: a noun with what belongs to it."""

from __future__ import annotations

import re

from index.terms import is_name_like

S = "[ \u00a0]"
_CAP = r"[A-ZÄÖÜ][\wäöüßéèáóíçñšžčćłøå’]*(?:-[\wäöüßé]+){0,4}"
_LINK = rf"(?:von|van|de|del|al|bin|zu|und)(?:{S}der)?"
NAMES = rf"{_CAP}(?:{S}(?:(?:von|van|de|del|al|bin){S})?(?:der{S})?{_CAP}){{0,4}}"
ADJECTIVE = (
    r"(?:(?!eine|ihre|seine|keine|diese|jede|alle|unsere|wurde|hatte|habe|heute|gestern|sagte"
    r"|teilte"
    r"|neben|gegen|zwischen|hinter|unter|über|wegen|oder|aber|später)[a-zäöüß]{3,}(?:e|en|er|es"
    r"|em))"
)
# Belongs to the noun before it: "der Bundesstelle für Bahnunfälle".
_TAIL = (
    rf"(?:{S}(?:der|des|für|von|für{S}die"
    rf"|für{S}das)(?:{S}{ADJECTIVE}(?=[ \u00a0][A-ZÄÖÜ]))?{S}{NAMES})"
    r"{0,2}"
)
_NOT_FIRST = frozenset(
    """
    im in am an auf aus bei beim mit nach seit von vom vor zu zum zur für um bis laut als wie wer
    was wo da dann damit dabei dort hier es man er sie ich wir ihr zudem zuvor inzwischen
    insgesamt bislang bisher heute gestern morgen auch doch aber und oder denn wenn weil ob den
    dem des einen einem eines statt trotz wegen während durch gegen ohne unter über zwischen neben
    hinter demnach danach daraufhin dagegen dennoch etwa rund ab dass nun jetzt so nur noch schon
    mehr viele dies das zugleich unterdessen derzeit außerdem weder allein gerade kein keine
    keiner jeder jede jedes mindestens höchstens knapp fast nicht kritisch hinzu darin daran davon
    dazu darunter darüber gemäß ihm ihn ihnen dessen deren welche welcher welches dafür deshalb
    deswegen darum zunächst später früher anfang mitte ende punkt nein ja sein ihre seine grund
    ursache anlass hintergrund hinweis korrektur betroffen eingeladen karten überschattet montag
    dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar februar märz april mai
    juni juli august september oktober november dezember montagabend diese dieser dieses diesen
    diesem jene jener solche solcher anders
    """.split()  # noqa: SIM905 - a block of words is easier to read
)
_NO_SPEAKER = re.compile(
    r"(?:(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|Abend|Morgen"
    r"|Nachmittag"
    r"|Mittag|Vormittag|Nacht)\w*|Januar|Februar|März|April|Mai|Juni|Juli|August|September"
    r"|Oktober|November"
    r"|Dezember|Ende|Anfang|Mitte|Jahr\w*|Woche\w*|Monat\w*|Uhr|Prozent|Millionen|Euro|Angaben?"
    r"|Zahl(?:en)?"
    r"|Zählung|Summe|Antrag|Vorschlag|Termin|Kosten|Pegel|Begründung|Anfrage|Nachfrage|Anzahl"
    r"|Preis|Wert|Weder)$"
)
_SUBJECT_DET = (
    r"(?:[Dd]er|[Dd]ie|[Dd]as|[Ee]ine?|[Uu]nsere?|[Ss]eine?|[Ii]hre?|[Bb]eide|[Mm]ehrere)"
)
_ANY_DET = (
    r"(?:de[rsmn]|die|das|eine?[rsmn]?|ihre?[smnr]?|seine?[smnr]?|unsere?[smnr]?"
    r"|diese[smnr]?|beiden?)"
)
_PLACE = rf"(?:{S}(?:im|in|am|an{S}der|aus|in{S}der|bei){S}{NAMES})?"
_APPOSITION = rf"(?:{S}\([^)]{{1,30}}\))?"
_SUBJECT = re.compile(
    rf"(?:{_SUBJECT_DET}{S})?(?P<np>(?:{ADJECTIVE}{S}){{0,2}}{NAMES}{_TAIL}{_PLACE}){_APPOSITION}"
)
_SUBJECT_BEHIND = re.compile(
    rf"{S}?(?:{_SUBJECT_DET}{S})?(?P<np>(?:{ADJECTIVE}{S}){{0,2}}{NAMES}{_TAIL})"
)
_ANY = re.compile(rf"{S}?(?:{_ANY_DET}{S})?[„»\"]?(?P<np>(?:{ADJECTIVE}{S}){{0,2}}{NAMES}{_TAIL})")
_LEADS = re.compile(
    rf"(?:(?:Auch|Und|Doch|Aber|Selbst|Sogar|Nur|Denn|Allein|und|aber|doch|denn|auch){S})*"
)


def subject_filling(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the noun phrase that is all of a stretch, without its article."""
    lead = _LEADS.match(text, start, end)
    match = _SUBJECT.fullmatch(text, lead.end() if lead else start, end)
    return _speaker(text, match)


def subject_at(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the noun phrase that begins a stretch, as a subject does."""
    return _speaker(text, _SUBJECT_BEHIND.match(text, start, end))


def noun_phrase_at(text: str, start: int) -> tuple[int, int] | None:
    """Return the noun phrase that begins at a place, in whatever case."""
    return _speaker(text, _ANY.match(text, start))


# Nouns for what is said, counted or done, which say nothing themselves.
_INANIMATE = re.compile(
    r"(?:\w*(?i:heit|keit|zahl|strafe|summe|vergabe|kosten|fälle|schäden|preise?|pegel|brand|feuer)"
    r"|(?!\w*(?:[Rr]egier|[Ll]eit|[Vv]erwalt|[Zz]eit|[Rr]ett|[Vv]ersicher|[Ss]tift|[Aa]bteil|[Ff]ühr|[Vv]ereinig"
    r"|[Vv]ertret|[Gg]enehmig"
    r"|[Ff]orsch|[Bb]ewegung|[Ii]nnung)ung)[A-ZÄÖÜ]\w*ung"
    r"|(?!\w*(?:[Oo]ppos|[Kk]oal|[Oo]rganis|[Ff]rak|[Rr]edak|[Kk]ommiss|[Dd]elega|[Ii]nstitu"
    r"|[Dd]irek|[Ii]nspek"
    r"|[Pp]olizeistat))"
    r"[A-ZÄÖÜ]\w*tion)$"
)
_MEASURE = re.compile(r"Million(?:en)?|Milliarden?|Euro|Dollar|Prozent|Mio|Mrd")
_LONG_NAME = 3  # words


def is_no_name(word: str) -> bool:
    """Whether a word with a capital only begins a sentence."""
    return word.lower() in _NOT_FIRST or re.fullmatch(_SUBJECT_DET, word) is not None


def _speaker(text: str, match: re.Match[str] | None) -> tuple[int, int] | None:
    if match is None:
        return None
    start, end = match.span("np")
    words = text[start:end].split()
    if words[0].lower() in _NOT_FIRST or _NO_SPEAKER.match(words[0]):
        return None
    head = next(word for word in words if word[0].isupper())
    if _INANIMATE.match(head) or any(_MEASURE.fullmatch(word) for word in words):
        return None
    # "Geschäftsführer Lennart Vossberg Mängel": what is named begins behind the name.
    while (
        len(words) > _LONG_NAME
        and all(word[0].isupper() for word in words)
        and not is_name_like(words[-1])
        and is_name_like(words[-2])
    ):
        end -= len(words.pop()) + 1
    return start, end
