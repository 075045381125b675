"""Understand a question: its language and what sort of thing it asks for."""

from __future__ import annotations

import re

from bot.types import AnswerKind, Language, Question
from index.clean import clean_line
from index.errors import QuestionError
from index.terms import fold

LONGEST = 500

_GERMAN_WORDS = frozenset(
    """
    aber als am an auf aus bei das dass dem den der des die ein eine einem einen einer es fur hat
    haben ich im in ist kann man mit nach nicht oder seit sich sie sind sein uber um und vom von vor
    war wann warum was wegen welche welchem welchen welcher welches wem wen wer werden weshalb wie
    wieso wird wo woher wohin worden wurde wurden zu zum zur gibt gab viele heisst
    """.split()  # noqa: SIM905 - readable as a block of words
)
_ENGLISH_WORDS = frozenset(
    """
    a about an and are as at be by can could did do does for from had has have he her his how i in
    is it its many much of on or said she that the their them there they this to was were what when
    where which who whom whose why will with would
    """.split()  # noqa: SIM905 - same
)
# In both languages, so they tell nothing.
_SHARED_WORDS = _GERMAN_WORDS & _ENGLISH_WORDS

# The first pattern that is found decides; what asks most plainly stands first.
_KINDS: tuple[tuple[AnswerKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            AnswerKind.REASON,
            (
                r"\b(warum|wieso|weshalb|weswegen|wozu|why|how come|aus welche[mn] gr[uü]nd(en)?"
                r"|was (war|ist) der grund|what (was|is) the reason|wodurch"
                r"|womit begr[uü]ndet\w*)\b"
            ),
        ),
        (
            AnswerKind.DATE,
            (
                r"\b(wann|when|seit wann|bis wann|in welche[mn] (jahr|monat|jahrhundert)\w*"
                r"|(an|zu) welche[mnr] (tag|datum|zeitpunkt|wochentag|uhrzeit)|welches jahr"
                r"|(what|which) (year|day|date|month)|wie sp[aä]t|um wie ?viel uhr)\b"
            ),
        ),
        (
            AnswerKind.NUMBER,
            (
                r"\b(wie ?viele?[nmrs]?|wie (hoch|gro[sß]+|lange?|alt|weit|teuer|oft|schnell|tief"
                r"|schwer|stark|breit)\w*|how (many|much|long|old|far|often|high|large"
                r"|big|fast|tall)"
                r"|welche[rnm]? (anteil|prozentsatz|anzahl|zahl|summe|betrag|h[oö]he)|prozentsatz"
                r"|what (percentage|percent|number|share|amount)|um wie ?viel)\b"
            ),
        ),
        (
            AnswerKind.PERSON,
            (
                r"\b(wer|wen|wem|wessen|who|whom|whose|mit wem|von wem"
                r"|welche[rmn]? (politiker|minister|pr[aä]sident|trainer|spieler|autor|k[uü]nstler"
                r"|regisseur|forscher|chef|sprecher|schauspieler|s[aä]nger)\w*"
                r"|wie (hei[sß]+t|hei[sß]+en|hie[sß]+|lautet der name))\b"
            ),
        ),
        (
            AnswerKind.PLACE,
            (
                r"\b(wo|woher|wohin|where|in welche[rmn] (?:\w+en )?(stadt|land|region"
                r"|gegend|bezirk|ort|staat|bundesland|gemeinde|stra[sß]+e)\w*"
                r"|welche[sr]? (stadt|land|ort|staat)"
                r"|(what|which) (city|country|place|town|state))\b"
            ),
        ),
    )
)
# Apart from each other: "was" asks for a thing in German.
_YES_NO = {
    Language.GERMAN: re.compile(
        r"\W*(ist|sind|war|waren|hat|haben|hatte|hatten|wird|werden|wurde|wurden|kann|k[oö]nnen|darf"
        r"|d[uü]rfen|muss|m[uü]ssen|soll|sollen|gibt|gab|will|wollen)\b",
        re.IGNORECASE,
    ),
    Language.ENGLISH: re.compile(
        r"\W*(is|are|was|were|has|have|had|did|does|do|can|will|would|should)\b", re.IGNORECASE
    ),
}


def understand(text: str) -> Question:
    """Return the question; QuestionError for an empty, endless or wordless one."""
    # Cleaned as the articles are: one way to write "ä", nothing that no reader sees.
    text = clean_line(text)
    if not any(character.isalnum() for character in text):
        raise QuestionError("question_empty")
    if len(text) > LONGEST:
        raise QuestionError("question_too_long", limit=LONGEST)
    language = language_of(text)
    return Question(text, language, _kind(text, language))


def language_of(text: str) -> Language:
    """Return the language of a text by its function words, German where they do not tell."""
    words = [fold(word) for word in re.findall(r"[^\W\d_]+", text)]
    german = sum(word in _GERMAN_WORDS - _SHARED_WORDS for word in words)
    english = sum(word in _ENGLISH_WORDS - _SHARED_WORDS for word in words)
    if re.search("[äöüß]", text, re.IGNORECASE):
        german += 1
    return Language.ENGLISH if english > german else Language.GERMAN


def _kind(text: str, language: Language) -> AnswerKind:
    for kind, pattern in _KINDS:
        if pattern.search(text):
            return kind
    verb = _YES_NO[language].match(text)
    return AnswerKind.YES_NO if verb else AnswerKind.OTHER
