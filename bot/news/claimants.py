"""Who says what a sentence says: sources and speakers that it names, and where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bot.news import english_speakers
from bot.news.noun_phrases import (
    ADJECTIVE,
    NAMES,
    S,
    noun_phrase_at,
    subject_at,
    subject_filling,
)
from bot.news.speech_words import GERMAN_VERBS, PARTICIPLES
from bot.news.tongue import tongue_of
from bot.types import Language
from index.terms import is_name_like


@dataclass(frozen=True, slots=True)
class WrittenClaimant:
    """A source or speaker and where it stands; `at` is where the words stand that make it one.

    `pronoun` says that it only stands for one who was named before: "sie", "in ihrer Statistik".
    """

    start: int
    end: int
    at: int
    pronoun: bool = False


def claimants_in(text: str, language: Language | None = None) -> list[WrittenClaimant]:
    """Return all sources and speakers that a text names, in their order."""
    spoken = tongue_of(text) or language or Language.GERMAN
    written = _english(text) if spoken is Language.ENGLISH else _german(text)
    found: list[WrittenClaimant] = []
    for one in islice(written, _MOST):
        if not any(one.start < other.end and other.start < one.end for other in found):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


_SOURCE = (
    r"(?:Angaben?|Auskunft|Auskünften|Informationen|Einschätzung(?:en)?|Schätzung(?:en)?"
    r"|Darstellung"
    r"|Erkenntnissen|Berechnung(?:en)?|Worten|Aussagen?|Bericht(?:en|s|e)?|Zählung(?:en)?|Ansicht"
    r"|Prognosen?|Statistik(?:en)?|Zahlen|Daten|Mitteilung|Rechnung|Gutachten|Überzeugung"
    r"|Erhebung(?:en)?|Umfrage|Studie|Analyse|Erklärung|Schreiben|Papier|Brief|Kreisen|Bilanz"
    r"|Meinung"
    r"|Urteil|Messung(?:en)?|Hochrechnung(?:en)?)"
)
_BY_PREPOSITION = re.compile(
    rf"(?<!\w)(?:[Ll]aut|[Gg]emäß)(?:(?:{S}[a-zäöüß]+){{0,5}}?{S}{_SOURCE}{S}(?:der|des|von"
    rf"|aus)(?!\w))?"
    rf"|(?<!\w)(?:[Nn]ach|[Mm]it{S}Blick{S}auf"
    rf"|[Aa]uf{S}Grundlage)(?:{S}[\wäöüß]+){{0,6}}?{S}{_SOURCE}"
    rf"{S}(?:aus|von|des|der|ihre[sr]|seine[sr]|eine[sr]|unsere[rs]|dieser)(?!\w)"
    rf"|(?<!\w)[Aa]us{S}Sicht{S}(?:der|des|von)(?!\w)"
    rf"|(?<!\w)(?:heißt|hieß){S}es(?:{S}(?:am|gestern|heute|dazu"
    rf"|dagegen)(?:{S}[A-ZÄÖÜ]\w+)?)?{S}(?:aus|von|bei|in|vonseiten{S}der|seitens{S}der"
    rf"|von{S}Seiten{S}der)(?!\w)"
    rf"|(?<!\w)[Aa]us(?:{S}[\wäöüß]+){{1,3}}?{S}(?:der|des"
    rf"|von)(?!\w)(?=[^.;]*(?<!\w)hervor(?:geht|ging)?(?!\w))"
    rf"|(?<=[,“”\"«]{S})so(?={S}(?:(?:der|die|das|ein|eine){S})?[A-ZÄÖÜ])"
)
_OWN_SOURCE = re.compile(
    rf"(?<!\w)(?:[Nn]ach|[Ll]aut){S}(?P<np>(?!(?:ersten?r?|eigene[nr]|bisherigen|vorläufigen"
    rf"|jüngsten"
    rf"|neuesten|widersprüchlichen"
    r"|unterschiedlichen|übereinstimmenden|weiteren|früheren|allen|diesen|solchen|neuen)\W)"
    rf"{ADJECTIVE}{S}{_SOURCE})(?!{S}(?:der|des|von|aus)(?!\w))"
    rf"|(?<!\w)(?:[Nn]ach|[Ll]aut){S}(?P<one>[A-ZÄÖÜ][\w-]+(?:angaben|informationen|erkenntnissen"
    r"|berechnungen|schätzungen))(?!\w)"
)
_AFTER = re.compile(
    rf"(?<!\w)(?:{_SOURCE}){S}(?:der|des|von){S}(?P<of>(?:{ADJECTIVE}{S})?{NAMES}){S}zufolge(?!\w)"
    rf"|(?<!\w)(?:(?:[Dd]en|[Dd]er|[Dd]em){S})?(?P<np>(?:{ADJECTIVE}{S})?(?!{_SOURCE}{S}"
    rf"|De[nmr]{S}){NAMES}){S}zufolge(?!\w)"
)
_WHOSE = re.compile(
    rf"(?:^|[,;:–—]{S})(?:[Dd]ie|[Dd]er|[Dd]as|[Ee]iner?|[Ii]n|[Nn]ach"
    rf"|[Ee]in){S}(?:{ADJECTIVE}{S}){{0,2}}{_SOURCE}{S}(?:der|des|von)(?!\w)"
)
_OWN_WORDS = re.compile(
    rf"(?<!\w)(?:[Ii]n|[Nn]ach|[Ll]aut){S}(?P<np>(?:ihre[rmn]?"
    rf"|seine[rmn]?)){S}(?:{ADJECTIVE}{S})?{_SOURCE}(?!\w)"
    rf"|(?<!\w)(?P<one>[Ii]hre[rn]|[Ss]eine[rn]){S}(?:{ADJECTIVE}{S})?{_SOURCE}{S}(?:nach"
    rf"|zufolge)(?!\w)"
)
_BY_THEMSELVES = re.compile(rf"(?<!\w)[Nn]ach{S}eigene[nr]{S}{_SOURCE}(?!\w)")
_BOUNDARY = re.compile(r"[;:!?–—„“”\"»«]|,(?!\d)|\.(?=\s)|\s-(?=\s)|$")
_WORD = re.compile(r"[a-zäöüß]+(?![\w-])")
_PRONOUN_BEHIND = re.compile(rf"{S}(?P<pronoun>er|sie|es)(?!\w)")
_PRONOUN_BEFORE = re.compile(r"\s*(?:(?:und|aber|doch)\s)?(?P<pronoun>Er|Sie|Es|er|sie|es)\s")
_IMPERSONAL = frozenset({"gab", "gibt", "geht", "ging", "kam", "kommt", "bleibt", "blieb", "hält"})
_ADVERBS = re.compile(
    rf"(?:{S}(?:(?:am|gegen|zum|im|in|vor|auf|um|bis|nach|seit){S}(?:(?:der|den"
    rf"|dem){S})?(?:{ADJECTIVE}{S})?"
    r"(?:(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|Abend|Morgen"
    r"|Nachmittag|Mittag|Vormittag|Nacht|Anfrage|Nachfrage|Laufe|Tages|Ende|Anfang|Mitternacht|Uhr"
    r"|Freitagabend)\w*)|heute|gestern|noch|zuletzt"
    r"|unterdessen|dagegen|jetzt|nun|zunächst|inzwischen|später|dazu|daraufhin|zudem|weiter|auch"
    r"|aber"
    r"|indes|hingegen|jedoch|bereits|erneut|erstmals|derweil|zugleich|außerdem|schließlich))*"
)
_BLANKS = re.compile(r"\s*")
_HAVE = frozenset({"hat", "haben", "hatte", "hatten", "habe", "hätten"})
_CONTRAST = re.compile(
    rf"(?<=\w){S}(?:dagegen|hingegen|jedoch|aber|indes|indessen|allerdings|wiederum|selbst"
    rf"|seinerseits"
    rf"|ihrerseits)$"
)
_RELATIVE = re.compile(r"\s*(?:der|die|das|dessen|deren)\s")
_COMES = frozenset({"kommt", "kommen", "kam", "kamen"})
_COUNTED_OUT = re.compile(
    r"\b(?:\w+ergebnis(?:sen|se)?|(?:vorläufig|amtlich|offiziell)\w+\sErgebnis\w*"
    r"|Hochrechnung(?:en)?"
    r"|Auszählung|Wahlgang|Umfragen?|Prognosen?|Stimmen|Sitze)\b"
)
_WIE = re.compile(r"\s*(?:[Ww]ie|so|wie auch)\s")
_ELLIPTICAL = re.compile(
    rf",{S}(?:der|die|das){S}(?P<np>{NAMES})(?:{S}(?:von|auf|mit|bei|nur"
    rf"|sogar))?(?={S}(?:rund{S}|etwa{S}|bis{S}zu{S}|höchstens{S}"
    rf"|mindestens{S}|mehr{S}als{S}|knapp{S}|gut{S})?\d)"
)
_LED_BY = re.compile(
    r"(?:^|[.:]\s)(?:(?:Von|Auf|Mit)\s.*“"
    r"|Zu[mr]?\s(?:(?:diese[mr]|eine[mr])\s)?(?:\w+en\s)?(?:Ergebnis|Schluss|Urteil|Befund"
    r"|Summe|Zahl)"
    r"|Von\s[^,;.]*\d[^,;.]*(?=\s(?:sprach|spricht|sprechen|sprachen)))\s$"
)
# A clause that begins with a conjunction has its verb at its end.
_SUBORDINATE = re.compile(
    r"\s*(?:[Ww]ährend|[Nn]achdem|[Oo]bwohl|[Ww]eil|[Dd]a|[Aa]ls|[Ww]ohingegen|[Ii]ndem)\s"
)
# "…, staunt Ortschef Jan Prigge": who is named behind what was said says it, by whatever verb.
_TAIL = re.compile(
    r"(?:,|[“”\"«],?)\s(?P<verb>(?!(?:ist|sind|war|waren|hat|haben|hatte|hatten|wird|werden|wurden?"
    r"|kann|konnten?|soll|sollten?|will|wollten?|muss|mussten?|seit|mit|samt|jetzt|dort|sonst|erst"
    r"|damit|somit|selbst|bereits|neben|gegen|zwischen|hinter|unten|oben|wegen|gest|zeigt|spielt"
    r"|sowohl|etwa|dann|gewann|starten|folgte?|kamen|beste|erste|zweite|dritte|neben|insgesamt"
    r"|darunter|heute|gestern|laut|entsandt)\s)[a-zäöüß]+(?:t|te|ten|en))(?:\s(?:sich|dazu"
    r"|dagegen))?"
    r"(?=\s)"
)
_TELLS = re.compile(
    r"[“”\"«]|(?<!\w)(?:sei|seien|habe|hätten|werde|würden|gebe|müssten?|könnten?|sollten?|fehlten?"
    r"|gehe|komme|bleibe|stehe|liege|lägen|bräuchten?)(?!\w)"
)
_PERSON = re.compile(rf"(?:[A-ZÄÖÜ][\w-]+{S}){{1,3}}[A-ZÄÖÜ][\w-]+")
_REACH = 300  # characters of a clause
_FAR = 1000  # characters between the parts of a verb
_MOST = 50  # that a sentence names


def _english(text: str) -> Iterator[WrittenClaimant]:
    for start, end, at, pronoun in english_speakers.speakers_in(text):
        yield WrittenClaimant(start, end, at, pronoun)


def _german(text: str) -> Iterator[WrittenClaimant]:
    """Yield what names a source, the surest first."""
    for match in _BY_PREPOSITION.finditer(text):
        yield from _named(noun_phrase_at(text, match.end()), match.start())
    for pattern in (_OWN_SOURCE, _AFTER):
        for match in pattern.finditer(text):
            yield from _named(match.span(match.lastgroup or 0), match.start())
    for match in _OWN_WORDS.finditer(text):
        span = match.span(match.lastgroup or 0)
        yield WrittenClaimant(*span, match.start(), pronoun=True)
    for match in _ELLIPTICAL.finditer(text):
        yield from _named(subject_filling(text, *match.span("np")), match.end())
    yield from _by_verbs(text)
    yield from _behind_what_is_told(text)
    for match in _WHOSE.finditer(text):
        yield from _named(noun_phrase_at(text, match.end()), match.start())
    for match in _BY_THEMSELVES.finditer(text):
        first = re.match(rf"(?:[^()]{{0,30}}\){S}-{S})?", text)
        yield from _named(
            subject_at(text, first.end() if first else 0, match.start()), match.start()
        )


def _named(span: tuple[int, int] | None, at: int) -> Iterator[WrittenClaimant]:
    if span is not None:
        yield WrittenClaimant(span[0], span[1], at)


def _by_verbs(text: str) -> Iterator[WrittenClaimant]:
    """Yield the subjects of verbs that say something, clause by clause."""
    clauses = clauses_of(text)
    for index, (start, end) in enumerate(clauses):
        for word in _WORD.finditer(text, start, end):
            verb = word.group()
            if verb in _HAVE:
                if not PARTICIPLES.search(text, word.end(), far_from(clauses, index)):
                    continue
            else:
                verb = _simple(verb)
                if verb not in GERMAN_VERBS:
                    continue
                if verb in _COMES and _COUNTED_OUT.search(text):
                    continue  # by votes, not by words
                frame = GERMAN_VERBS[verb] if verb == word.group() else None
                if _WIE.match(text, start, end):
                    frame = None
                if frame is not None and not (
                    frame.search(text, word.end(), far_from(clauses, index))
                    or _LED_BY.search(text, max(0, word.start() - _REACH), word.start())
                ):
                    continue
            found = subject_of_verb(text, clauses, index, word)
            if found is not None:
                yield found
                break


def _behind_what_is_told(text: str) -> Iterator[WrittenClaimant]:
    for match in _TAIL.finditer(text):
        span = subject_at(text, match.end(), len(text))
        if span is None or not _TELLS.search(text, 0, match.end("verb")):
            continue
        if _PERSON.fullmatch(text, *span) and is_name_like(text[: span[1]].rsplit(maxsplit=1)[-1]):
            yield WrittenClaimant(*span, match.start("verb"))


_PREFIX = re.compile(
    r"(?:mit|an|ein|vor|hinzu|fest|ab|bekannt|nach|zurück|heraus|dar)(?=[a-zäöü]{3})"
)


def _simple(verb: str) -> str:
    """Return a verb without the part that parts from it in a main clause: "mitteilte"."""
    if verb in GERMAN_VERBS:
        return verb
    prefix = _PREFIX.match(verb)
    return verb[prefix.end() :] if prefix else verb


def far_from(clauses: list[tuple[int, int]], index: int) -> int:
    """Return the end of the clause behind the next: where a verb's other part may stand."""
    return min(clauses[min(index + 2, len(clauses) - 1)][1], clauses[index][0] + _FAR)


def clauses_of(text: str) -> list[tuple[int, int]]:
    """Return where the clauses of a text begin and end, as its marks part them."""
    found, start = [], 0
    for match in _BOUNDARY.finditer(text):
        found.append((start, match.start()))
        start = match.end()
    return found


def subject_of_verb(
    text: str, clauses: list[tuple[int, int]], index: int, verb: re.Match[str]
) -> WrittenClaimant | None:
    """Return whose verb it is: who stands before it in its clause, else behind it."""
    start, end = clauses[index]
    start += min(_blanks(text, start), verb.start() - start)
    before = start + len(text[start : verb.start()].rstrip())
    as_told = _WIE.match(text, start, verb.start())
    if as_told is not None:
        pronoun = _PRONOUN_BEHIND.match(text, as_told.end() - 1, before)
        if pronoun is not None and pronoun["pronoun"] != "es":
            return WrittenClaimant(*pronoun.span("pronoun"), verb.start(), pronoun=True)
        skipped = _ADVERBS.match(text, as_told.end() - 1)
        span = subject_at(text, skipped.end() if skipped else as_told.end(), before)
        return WrittenClaimant(*span, verb.start()) if span else None
    conjunction = _SUBORDINATE.match(text, start, before)
    if conjunction is not None and not text[verb.end() : end].strip():
        span = subject_at(text, conjunction.end(), before)
        return WrittenClaimant(*span, verb.start()) if span else None
    found = _before_verb(text, start, before, verb)
    if before == start:
        span = _with_apposition(text, clauses, index)
        found = WrittenClaimant(*span, verb.start()) if span else None
    if found is not None or _goes_on(text, start, before, verb.end()):
        return found
    return _behind_verb(text, verb, end)


def _goes_on(text: str, start: int, before: int, verb_end: int) -> bool:
    """Whether a verb has the subject of another one: "dankte und nannte", "nannte und sagte"."""
    joined = text[start:before].split()[-1:] in (["und"], ["oder"], ["aber"])
    return joined or (start == before and text[verb_end:].lstrip().startswith(("und ", "oder ")))


def _before_verb(text: str, start: int, before: int, verb: re.Match[str]) -> WrittenClaimant | None:
    pronoun = _PRONOUN_BEFORE.fullmatch(text, start, verb.start())
    if pronoun is not None and not _is_impersonal(pronoun["pronoun"], verb.group()):
        return WrittenClaimant(*pronoun.span("pronoun"), verb.start(), pronoun=True)
    contrast = _CONTRAST.search(text, start, before)
    before = contrast.start() if contrast else before
    span = subject_filling(text, start, before) if before > start else None
    if span is None and text[start:before].endswith((" und", " oder", " aber")):
        # "Hollfeld dankte ihr und nannte …"
        first = subject_at(text, start, before)
        if first is not None and re.match(r"\s[a-zäöü]", text[first[1] : first[1] + 2]):
            span = first
    return WrittenClaimant(*span, verb.start()) if span else None


def _behind_verb(text: str, verb: re.Match[str], end: int) -> WrittenClaimant | None:
    pronoun = _PRONOUN_BEHIND.match(text, verb.end(), end)
    if pronoun is not None:
        if _is_impersonal(pronoun["pronoun"], verb.group()):
            return None
        return WrittenClaimant(*pronoun.span("pronoun"), verb.start(), pronoun=True)
    skipped = _ADVERBS.match(text, verb.end(), end)
    span = subject_at(text, skipped.end() if skipped else verb.end(), end)
    return WrittenClaimant(*span, verb.start()) if span else None


def _is_impersonal(pronoun: str, verb: str) -> bool:
    return pronoun.lower() == "es" and verb in _IMPERSONAL


def _with_apposition(
    text: str, clauses: list[tuple[int, int]], index: int
) -> tuple[int, int] | None:
    """Return a subject that another name of it follows: "Die Ministerin, Almut Seegerath, hat"."""
    if index < 2 or text[clauses[index][0] - 1] != ",":  # noqa: PLR2004 - two clauses before
        return None
    (first, first_end), (second, second_end) = clauses[index - 2], clauses[index - 1]
    if text[first_end] != ",":
        return None
    subject = subject_filling(text, first + _blanks(text, first), first_end)
    other = subject_filling(text, second + _blanks(text, second), second_end)
    if subject is not None and _RELATIVE.match(text, second, second_end):
        return subject
    if subject is None or other is None:
        return None
    return subject[0], other[1]


def _blanks(text: str, start: int) -> int:
    blanks = _BLANKS.match(text, start)
    return len(blanks.group()) if blanks else 0
