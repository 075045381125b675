"""Who says what a sentence says: sources and speakers that it names, and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.news.tongue import tongue_of
from bot.types import Language


@dataclass(frozen=True, slots=True)
class WrittenClaimant:
    """A source or speaker and where it stands; `at` is where the words stand that make it one.

    `pronoun` says that it only stands for one who was named before.
    """

    start: int
    end: int
    at: int
    pronoun: bool = False


_S = "[ \u00a0]"
_CAP = r"[A-ZÄÖÜ][\wäöüßéèáóíçñšžčćłøå’]*(?:-[\wäöüß]+)*"
_NAMES = rf"{_CAP}(?:{_S}(?:(?:von|van|de|al|bin){_S})?(?:der{_S})?{_CAP}){{0,4}}"
_ADJ = r"(?:[a-zäöüß]+(?:e|en|er|es|em)(?<!eine)(?<!einer)(?<!einem)(?<!einen)(?<!eines))"
_DET = r"(?:de[rsmn]|die|das|eine?[rsmn]?|ihre?[smnr]?|seine?[smnr]?|unsere?[smnr]?|diese?[smnr]?|beide[rn]?)"
_TAIL = rf"(?:{_S}(?:der|des|für|von)(?:{_S}{_ADJ})?{_S}{_NAMES}){{0,2}}"
_NP = rf"(?:{_DET}{_S})?(?P<np>(?:{_ADJ}{_S}){{0,2}}{_NAMES}{_TAIL})"
_NP_PLACED = (
    rf"(?:{_DET}{_S})?(?P<np>(?:{_ADJ}{_S}){{0,2}}{_NAMES}{_TAIL}"
    rf"(?:{_S}(?:im|in|am|an der|aus){_S}{_NAMES})?)"
)
_SOURCES = (
    r"(?:Angaben?|Auskunft|Auskünften|Informationen|Einschätzung|Schätzung(?:en)?|Darstellung|Erkenntnissen"
    r"|Berechnung(?:en)?|Worten|Aussagen?|Berichten?|Zählung(?:en)?|Ansicht|Prognosen?|Statistik(?:en)?|Zahlen"
    r"|Daten|Mitteilung|Rechnung|Gutachten|Überzeugung|Erhebung(?:en)?|Umfrage|Studie|Analyse)"
)
_SAYS = (
    r"(?:sagte[n]?|sagt|sagen|teilte[n]?|teilt|erklärte[n]?|erklärt|erläuterte[n]?|betonte[n]?|betont|berichtete[n]?"
    r"|berichtet|meldete[n]?|meldet|melden|bestätigte[n]?|bestätigt|räumte[n]?|räumt|versicherte[n]?|versichert"
    r"|schrieb(?:en)?|schreibt|schreiben|schimpfte?|gab(?:en)?|gibt|mahnte[n]?|warnte[n]?|ergänzte[n]?"
    r"|fügte[n]?|kündigte[n]?|behauptete[n]?|behauptet|raunte?|stellte|bekräftigte[n]?|unterstrich|meinte[n]?"
    r"|meint|verkündete[n]?|verkündet|informierte[n]?|beteuerte[n]?|urteilte[n]?|kritisierte[n]?|legte[n]?)"
)
_RECKONS = (
    r"(?:sprach(?:en)?|spricht|sprechen|zählte[n]?|zählt|zählen|nannte[n]?|nennt|nennen|korrigierte[n]?|korrigiert"
    r"|beziffert(?:e|en)?|schätzt(?:e|en)?|schätzen|rechnet(?:e|en)?|rechnen|geht|gehen|ging(?:en)?|kommt|kommen"
    r"|kam(?:en)?|bleibt|bleibe[nr]?|blieb(?:en)?|erwartet(?:e|en)?|erwarten|verzeichnet(?:e|en)?|prognostiziert(?:e|en)?"
    r"|registriert(?:e|en)?|erfasst(?:e|en)?|ermittelte[n]?|veranschlagt(?:e|en)?|hält|hielt(?:en)?|bestätigt(?:e|en)?"
    r"|fordert(?:e|en)?|verlangt(?:e|en)?|plant(?:e|en)?|berichtigte[n]?|zog(?:en)?|verhängte[n]?|hob(?:en)?|senkte[n]?"
    r"|erhöhte[n]?|beschloss(?:en)?|entschied(?:en)?|verschob(?:en)?|verurteilte[n]?|beantragte[n]?|widerspricht"
    r"|widersprach(?:en)?|dementiert(?:e|en)?|begründet(?:e|en)?|gesteht|gestand|warnt|warnte[n]?|reduzierte[n]?|stockte[n]?)"
)
_WHEN = (
    rf"(?:{_S}(?:am|gegen|heute|gestern|noch|zuletzt|unterdessen|dagegen|jetzt|nun|zunächst|inzwischen|später"
    rf"|auf{_S}Anfrage|dazu|daraufhin|zudem|weiter|auch){_S}?(?:späten{_S}|frühen{_S}|heutigen{_S})?"
    r"(?:(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag)\w*|Abend|Morgen|Nachmittag|Mittag|Vormittag|Nacht)?)?"
)
_PRONOUN = r"(?P<pronoun>er|sie|es|he|she|they|it)"

_GERMAN: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        # by what is quoted
        rf"(?<!\w)(?:[Ll]aut|[Gg]emäß)(?:{_S}(?:einem|einer|ersten|eigenen)(?:{_S}{_ADJ})?{_S}{_SOURCES}"
        rf"{_S}(?:der|des|von|aus))?{_S}{_NP}",
        rf"(?<!\w)(?:[Nn]ach|[Ll]aut)(?:{_S}[\wäöüß]+){{0,6}}?{_S}{_SOURCES}{_S}(?:aus|von|des|der|ihres|seines|ihrer"
        rf"|seiner|eines|einer|unserer)(?:{_S}(?:dem|den|der))?{_S}{_NP}",
        rf"(?<!\w)[Nn]ach{_S}(?P<np>(?:(?!ersten|eigenen|bisherigen|vorläufigen|jüngsten|neuesten){_ADJ}){_S}{_SOURCES})(?!{_S}(?:der|des|von|aus))",
        rf"(?<!\w)[Nn]ach{_S}(?P<np>[A-ZÄÖÜ][\w-]+(?:angaben|informationen|erkenntnissen|berechnungen|schätzungen|kreisen))(?!\w)",
        rf"(?<!\w)(?:{_SOURCES}{_S}(?:der|des|von){_S})?{_NP}{_S}zufolge(?!\w)",
        rf"(?<!\w)(?:aktuelle[nr]?|jüngste[nr]?|neue[nr]?|offizielle[nr]?|neueste[nr]?|letzte[nr]?|Die|die|Der|der|Eine|eine"
        rf"|einer|ihre[rn]?|seine[rn]?){_S}(?:{_ADJ}{_S})?{_SOURCES}{_S}(?:der|des|von){_S}{_NP}",
        rf"(?<!\w)(?:heißt|hieß){_S}es{_WHEN}{_S}(?:aus|von|bei|in){_S}{_NP}",
        rf"(?<!\w)[Aa]us{_S}Sicht{_S}(?:der|des|von){_S}{_NP}",
        # as somebody says
        rf"(?<!\w)wie{_S}{_NP_PLACED}(?={_S}(?:[^,.;:]*{_S})?(?:mit)?(?:{_SAYS}|{_RECKONS}|erfuhr|angab(?:en)?|hervorgeht)"
        rf"(?:{_S}gab(?:en)?)?(?:\W|$))",
        rf"(?<!\w)(?:{_SAYS}|{_RECKONS}){_WHEN}{_S}{_NP}",
        rf"(?<!\w)(?:{_SAYS}|schätzt|rechnet|beziffert){_WHEN}{_S}{_PRONOUN}(?!\w)",
        # who says
        rf"(?:^|[.:;,–—]{_S}|“{_S}|und{_S}|aber{_S}){_NP_PLACED}(?:{_S}\([^)]*\))?(?:,{_S}[^,]{{3,60}},)?"
        rf"{_S}(?:{_SAYS}|{_RECKONS})(?!\w)",
        rf"(?:^|[.:;,–—]{_S}){_NP_PLACED}{_S}(?:hat|haben|hatte|hatten|will|wollen)(?!\w)(?=[^.;:]*(?:gesprochen|genannt|gemeldet|angegeben"
        r"|mitgeteilt|erklärt|vorgelegt|bestätigt|korrigiert|berichtigt|beziffert|geschätzt|verringert|erhöht|gesenkt|beschlossen"
        r"|entschieden|aufgehoben|verschoben|festgesetzt|verhängt|zugestimmt|umgesetzt|gezählt|registriert|ausgegangen|verlangt|gefordert))",
        rf"(?<!\w)(?:hat|haben|hatte|hatten){_S}{_NP}(?=[^.;:]*(?:gesprochen|genannt|gemeldet|angegeben|mitgeteilt|erklärt|vorgelegt"
        r"|bestätigt|korrigiert|berichtigt|beziffert|geschätzt|verringert|erhöht|gesenkt|beschlossen|entschieden|aufgehoben|verschoben"
        r"|räumen lassen|festgesetzt|verhängt))",
        # "die Stadt hatte von 1.200, der Landkreis von 900 gesprochen"
        rf",{_S}{_NP}{_S}(?:von|auf|mit|bei)(?={_S}(?:rund{_S}|etwa{_S}|bis{_S}zu{_S}|mindestens{_S}|mehr{_S}als{_S})?\d)",
    )
)
_ENGLISH_SAYS = (
    r"(?:said|says|say|told|reported|reports|confirmed|confirms|announced|announces|estimated|estimates|put|puts"
    r"|warned|warns|added|claimed|claims|stated|wrote|declared|insisted|argued|counted|counts|spoke|speaks|acknowledged"
    r"|admitted|revealed|projected|projects|forecast|forecasts|expects|described|predicts|predicted|denied|called|demanded"
    r"|corrected|revised|named|gave|voted|ruled|decided|fined|had spoken|had said|had put|has said)"
)
_WORDS = r"[\w’'-]+"
_NOT_A_SPEAKER = re.compile(
    r"(?:^|\s)(?:who|which|that|he|she|it|they|we|i|you|there|this|these|was|were|is|are|has|have|had|will|would|been|being|be"
    r"|to|from|with|on|when|where|as|than|if|but|because|not|only|all)(?:\s|$)",
    re.IGNORECASE,
)
_ENGLISH: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<!\w)[Aa]ccording{_S}to{_S}(?:(?:figures|data|estimates|information|reports|a{_S}report|officials){_S}(?:from|by|at|of){_S})?"
        rf"(?:the{_S}|a{_S}|an{_S})?(?P<np>(?!him|her|them|it\b){_WORDS}(?:{_S}(?!and|but|which|who|that|on|in|as|said|when|while|after|before|by|\d){_WORDS}){{0,4}})",
        rf"(?<!\w)(?:{_S})?(?:said|says|told|added|warned|confirmed){_S}(?:the{_S})?(?P<np>(?:[a-z]+{_S}){{0,3}}{_NAMES})",
        rf"(?:^|[,;:.–—”\"]{_S}|(?:[Aa]s|and|but|while){_S})(?:[Tt]he{_S}|[Aa]n?{_S}|[Ii]ts{_S}|[Bb]oth{_S})?"
        rf"(?P<np>{_WORDS}(?:(?:{_S}|’s{_S}){_WORDS}){{0,5}}?)(?:,{_S}[^,]{{3,40}},)?{_S}{_ENGLISH_SAYS}(?!\w)",
        rf"(?<!\w)(?P<pronoun>[Hh]e|[Ss]he|[Tt]hey|[Ii]t){_S}(?:also{_S}|later{_S})?{_ENGLISH_SAYS}(?!\w)",
        rf",{_S}(?:the{_S})?(?P<np>{_WORDS}(?:{_S}{_WORDS}){{0,3}}){_S}of(?={_S}(?:at{_S}least{_S}|about{_S}|up{_S}to{_S}|more{_S}than{_S})?\d)",
    )
)


def claimants_in(text: str, language: Language | None = None) -> list[WrittenClaimant]:
    """Return all sources and speakers that a text names, in their order."""
    spoken = tongue_of(text) or language or Language.GERMAN
    patterns = _GERMAN if spoken is Language.GERMAN else _ENGLISH
    found: list[WrittenClaimant] = []
    for pattern in patterns:
        for match in pattern.finditer(text):
            one = _claimant(text, match, spoken)
            if one is not None and not any(_meet(one, other) for other in found):
                found.append(one)
    return sorted(found, key=lambda one: one.start)


def claimant_in(text: str, language: Language | None = None) -> tuple[int, int] | None:
    """Return who says what a sentence says, None where it names nobody or several."""
    found = [one for one in claimants_in(text, language) if not one.pronoun]
    return (found[0].start, found[0].end) if len(found) == 1 else None


_NO_SOURCE = re.compile(
    r"(?:(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Abend|Morgen|Nachmittag|Mittag)\w*|Januar|Februar|März|April|Mai|Juni|Juli"
    r"|August|September|Oktober|November|Dezember|Ende|Anfang|Mitte|Jahr\w*|Woche\w*|Uhr|Prozent|Millionen"
    r"|Euro|Dem|Den|Das|Die|Der|Es|Er|Sie|Man|Ich|Wir|Damit|Dabei|Dort|Zudem|Wie|Was|Wer|Nach|Bei|Im|In|Am"
    r"|Angaben|Zahl|Grund|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Weder|Jetzt|Nun)\b"
)


def _claimant(text: str, match: re.Match[str], language: Language) -> WrittenClaimant | None:
    if "pronoun" in match.re.groupindex:
        start, end = match.span("pronoun")
        return WrittenClaimant(start, end, match.start(), pronoun=True)
    start, end = match.span("np")
    words = text[start:end]
    if _NO_SOURCE.match(words):
        return None
    if language is Language.ENGLISH and _NOT_A_SPEAKER.search(words):
        return None
    while words and words[-1] in " .,’'":
        end -= 1
        words = text[start:end]
    return WrittenClaimant(start, end, match.start()) if words else None


def _meet(one: WrittenClaimant, other: WrittenClaimant) -> bool:
    return one.start < other.end and other.start < one.end
