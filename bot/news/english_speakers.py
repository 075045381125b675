"""Who says what an English sentence says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.news.noun_phrases import NAMES, S
from bot.news.speech_words import (
    ENGLISH_VERBS,
    SAID_BY,
    SAY_WHAT_FOLLOWS,
    SAY_WHAT_PRECEDES,
)

# Start, end, where the words stand that make it one, and whether it is only a pronoun.
Speaker = tuple[int, int, int, bool]

_WORD = r"(?:(?:[A-Z]\.){2,}|[\w’'-]+)"
_NOUNS = r"[A-Za-z][\w-]*(?:[ \u00a0][\w-]+){0,2}?"
_ACCORDING = re.compile(
    rf"(?<!\w)(?:[Aa]ccording{S}to|[Ii]n{S}the{S}words{S}of|citing|[Cc]iting)"
    rf"(?:{S}(?:(?:a|an|the|new|newest|latest|official|preliminary|final|first|initial|own"
    rf"|internal|its){S}){{0,3}}(?:figures|data|estimates?"
    rf"|information|reports?|statistics|counts?|tall(?:y|ies)|tolls?|calculations?|assessments?"
    rf"|survey|study|poll){S}(?:(?:released|published){S})?(?:from|by|of|at))?{S}(?:(?:the|a|an"
    rf"|its|his|her){S})?(?P<np>(?!him\b|her\b|them\b|it\b){_WORD}"
    rf"(?:{S}(?!(?:and|but|which|who|that|on|in|as|said|when|while|after|before|by|for|was|were"
    rf"|is|are|has"
    rf"|had|have|taken|released|published|at|with|to)\b|\d){_WORD}){{0,5}}"
    rf"(?:(?:{S}(?:commissioned|ordered|conducted|published|released|prepared|drawn{S}up))"
    rf"?{S}by{S}(?:the{S})?{_WORD}(?:{S}(?!(?:and|but|which|who|that|on|in|as"
    rf"|when)\b){_WORD}){{0,2}})?)"
)
_SOURCE_OF = re.compile(
    rf"(?<!\w)(?:[Ff]igures|[Dd]ata|[Ee]stimates?|[Ss]tatistics){S}(?:(?:released"
    rf"|published){S})?(?:from|by){S}(?:the{S})?"
    rf"(?P<np>{_WORD}(?:{S}(?!(?:and|put|puts|shows|show|showed|suggest|suggested|said|on|in"
    rf"|at)\b){_WORD}){{0,4}})"
)
_OWN_COUNT = re.compile(
    rf"(?<![\w’'-])(?:[Tt]he{S})?(?P<np>{_NOUNS})[’']s?{S}(?:(?:own|latest"
    rf"|official){S})?(?:count|tally"
    rf"|figures?|estimates?|data|calculations?|toll){S}(?:of|is|was|stands?|stood|puts?"
    rf"|shows?|comes?)(?!\w)"
)
_SAID = re.compile(
    rf"(?P<verb>{'|'.join(SAID_BY)}){S}(?P<np>(?:the{S})?(?:[a-z]+{S}){{0,3}}{NAMES})(?=\W*$|[,.;])"
)
_NAMED = re.compile(
    rf"{S}(?:(?:the|a|an|its|his|her|their){S})?(?P<np>(?!(?:hand|mistake|car|train|air|law)\b|\d)"
    rf"{_WORD}(?:{S}(?!(?:and|but|which|who|that|on|in|as|said|when|while|after|before|by|for|at"
    rf"|with|to|from|late|early|yesterday|today)\b|\d){_WORD}){{0,4}})"
)
_JOINED = re.compile(r".*(?<!\w)(?:but|while|whereas|although|though|after|as|because|since)\s")
_BOUNDARY = re.compile(r"[;:!?–—“”\"()]|,(?!\d)|\.(?=\s)|$")
_LOWER = re.compile(r"(?<![\w’'-])[a-z]+(?![\w’'-])")
_LEADS = re.compile(
    rf"\s*(?:(?:[Aa]nd|[Bb]ut|[Aa]s|[Ww]hile|[Mm]eanwhile|[Hh]owever|[Oo]n{S}\w+day|[Ee]arlier"
    rf"|[Aa]lthough|[Ll]ater"
    rf"|[Tt]hough|[Yy]et|[Aa]lso|[Ii]n{S}a{S}statement){S})*(?:(?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is"
    rf"|[Hh]er|[Tt]heir|[Bb]oth|[Oo]ne){S})?"
)
_NOT_IN = re.compile(
    r"(?<!\w)(?:who|which|that|he|she|it|they|we|i|you|there|this|these|those|was|were|is|are"
    r"|has|have|had"
    r"|will|would|been|being|be|to|with|on|when|where|than|if|but|because|not|only|all|what|how"
    r"|could"
    r"|should|may|might|can|did|does|do|two|three|four|five|six|seven|eight|nine|ten|several"
    r"|many)(?!\w)",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\s*(?:(?:[Aa]nd|[Bb]ut)\s)?(?P<pronoun>[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\s+(?:(?:also|later|had"
    r"|has)\s+)?"
)
_FOLLOWS = re.compile(r"[,”\"]")
# A verb and its object: "The figure replaces the initial police" estimate.
_HAS_OBJECT = re.compile(
    r"(?<!of)(?<!for)(?<!from)(?<!at)(?<!in)(?<!and)(?<!behind)(?<!under)\s(?:the|an?|its"
    r"|their|his|her)\s"
)
_HAD = re.compile(r"\s(?:had|has|have)(?:\s(?:earlier|previously|initially|already|now|also))?$")
_SPOKEN = frozenset(
    {
        "expected",
        "forecast",
        "predicted",
        "warned",
        "spoken",
        "put",
        "said",
        "given",
        "estimated",
        "reported",
        "announced",
        "confirmed",
    }
)
_ELLIPTICAL = re.compile(
    rf",{S}(?:the{S})(?P<np>{_WORD}(?:{S}{_WORD}){{0,3}}?){S}(?:of|at)(?={S}(?:at{S}(?:least"
    rf"|most){S}|about{S}|up{S}to{S}"
    rf"|more{S}than{S})?\d)"
)
_LONGEST = 8


def speakers_in(text: str) -> Iterator[Speaker]:
    """Yield the sources and speakers that a text names, the surest first."""
    for pattern in (_ACCORDING, _SOURCE_OF, _OWN_COUNT, _ELLIPTICAL):
        for match in pattern.finditer(text):
            yield (*match.span("np"), match.start(), False)
    start = 0
    previous: list[tuple[int, int]] = []
    for boundary in _BOUNDARY.finditer(text):
        end = boundary.start()
        yield from _of_clause(text, start, end, previous)
        previous.append((start, end))
        start = boundary.end()


def _of_clause(
    text: str, start: int, end: int, previous: list[tuple[int, int]]
) -> Iterator[Speaker]:
    for word in _LOWER.finditer(text, start, end):
        verb = word.group()
        if verb in _SPOKEN and _HAD.search(text, start, word.start() - 1):
            had = _HAD.search(text, start, word.start() - 1)
            before = had.start() if had else word.start()
        elif verb in ENGLISH_VERBS or (
            verb in SAY_WHAT_PRECEDES and _FOLLOWS.search(text[start - 1 : start])
        ):
            before = word.start()
        else:
            continue
        if verb in SAY_WHAT_FOLLOWS and not re.search(r"\d| at ", text[word.end() : end + 40]):
            continue
        found = _subject(text, start, before, word, previous)
        if found is not None:
            yield found
            return
        said = _SAID.match(text, word.start()) if verb in SAID_BY else None
        if said is not None:
            yield (*said.span("np"), word.start(), False)
            return


def _subject(
    text: str, start: int, before: int, verb: re.Match[str], previous: list[tuple[int, int]]
) -> Speaker | None:
    pronoun = _PRONOUN.fullmatch(text, start, verb.start())
    if pronoun is not None:
        return (*pronoun.span("pronoun"), verb.start(), True)
    span = _noun_phrase(text, start, before)
    if span is None and not text[start:before].strip() and len(previous) > 1:
        # "Its regional head, Carla Immenhof, demanded …"
        (first, first_end), (second, second_end) = previous[-2], previous[-1]
        one, other = _noun_phrase(text, first, first_end), _noun_phrase(text, second, second_end)
        if one is not None and text[first_end] == ",":
            if other is not None:
                span = one[0], other[1]
            elif text[second:second_end].lstrip().startswith(("who ", "which ", "whose ")):
                span = one
    return (*span, verb.start(), False) if span is not None else None


def named_behind(text: str, start: int) -> tuple[int, int] | None:
    """Return who is named behind "by", without the article."""
    match = _NAMED.match(text, start)
    return match.span("np") if match else None


def subject_before(text: str, before: int, verb: re.Match[str]) -> Speaker | None:
    """Return the subject of a verb that ends before it: "The owner" of "The owner is offering"."""
    start, previous = 0, list[tuple[int, int]]()
    for boundary in _BOUNDARY.finditer(text, 0, verb.start()):
        if boundary.end() >= verb.start():
            break
        previous.append((start, boundary.start()))
        start = boundary.end()
    joined = _JOINED.search(text, start, before)
    if joined is not None:
        start = joined.end()
    return _subject(text, start, before, verb, previous)


def _noun_phrase(text: str, start: int, end: int) -> tuple[int, int] | None:
    lead = _LEADS.match(text, start, end)
    begins = lead.end() if lead else start
    while end > begins and text[end - 1].isspace():
        end -= 1
    words = text[begins:end]
    if not words or len(words.split()) > _LONGEST or _NOT_IN.search(words):
        return None
    if any(character.isdigit() for character in words) or _HAS_OBJECT.search(words):
        return None
    return begins, end
