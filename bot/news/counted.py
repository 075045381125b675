"""What a number counts: the noun behind it, or the one of which it is the number."""

from __future__ import annotations

import re

from bot.types import Language

_SPACE = "[ \u00a0]"
_NOUN = r"[A-ZÄÖÜ][\w’'-]*[\wäöüß](?<!\d)"
_ADJECTIVE = r"(?:[a-zäöüß-]+(?:e|en|er|es|em|ene|ige))"
_GERMAN = re.compile(
    rf"[“”\"«]?{_SPACE}(?P<what>(?:{_ADJECTIVE}(?:, | und | ))*?{_NOUN}(?: (?:und"
    rf"|oder) {_NOUN}(?![\w-]* (?:haben"
    rf"|sind|werden|wurden)))?)"
)
_NOT_ADJECTIVES = frozenset(
    """
    der die das den dem des ein eine einen einer einem eines wurde wurden werden haben hatten sind
    waren seien hätten würden sowie oder aber jede jeder jedes jeden alle aller andere anderen
    keine keinen keiner diese dieser dieses diesen seine seinen seiner ihre ihren ihrer unsere
    hinter unter über neben später früher zwischen gegen wegen werde habe seit heute gestern damit
    daher starben kamen lagen standen gingen blieben gaben stiegen sanken fielen mussten sollen
    sollten konnten können müssen dürfen wollten wollen nahmen fanden zogen betonte erklärte sagte
    teilte meldete nannte in an auf
    """.split()  # noqa: SIM905 - a block of words is easier to read
)
_ENGLISH_STOP = frozenset(
    """
    a an the of in on at to for from by with and or but as is are was were be been being has have
    had having do does did will would could should can may might must that which who whom whose
    when where while after before during since until than then if because so not no it its he she
    they we you his her their our there here this these those said says say told out up down off
    over under into onto through against between among per more less most least such both each
    every all any some other others also only just now still already already today yesterday
    tomorrow later earlier ago back away again according including compared were remain remained
    remains rose fell increased decreased went came took died left made put set said lost won
    """.split()  # noqa: SIM905 - same
)
_PLURAL = frozenset("people men women children staff police troops personnel crew cattle".split())  # noqa: SIM905
_WORD = re.compile(rf"{_SPACE}(?P<word>[^\W\d_]+(?:[’'-][^\W\d_]+)*)")
_MOST_WORDS = 3
_REACH = 160  # characters between "Zahl der" and the number
_NUMBER_OF = re.compile(
    rf"\b(?:(?:Ges|ges)amtz|Anz|Z)ahl(?:en)? (?:der|von"
    rf"|an) (?P<german>(?:{_ADJECTIVE} ){{0,2}}{_NOUN})"
    r"|\b(?P<compound>[A-ZÄÖÜ][a-zäöü-]{2,}zahl)\b"
    r"|\b(?:[Nn]umber|[Tt]otal|[Cc]ount|[Tt]ally) of (?:the )?(?P<english>[a-z-]+(?: [a-z-]+){0,2})"
    r"|\b(?P<toll>[Dd]eath toll)"
)


def counted_behind(text: str, position: int, language: Language) -> tuple[str, int] | None:
    """Return what stands counted behind a number, and where it ends."""
    if language is Language.GERMAN:
        return _german_behind(text, position)
    return _english_behind(text, position)


def counted_before(text: str, position: int) -> str | None:
    """Return what a number is the number of: "die Zahl der Verletzten stieg auf 43"."""
    before = list(_NUMBER_OF.finditer(text, max(0, position - _REACH), position))
    found = before[-1] if before else None
    if found is None or re.search(r"[.;:]", text[found.end() : position]):
        return None
    what = next(value for value in found.groups() if value is not None)
    if found.lastgroup == "english":
        words = []
        for word in what.split():
            if word.lower() in _ENGLISH_STOP:
                break
            words.append(word)
        what = " ".join(words)
    return what or None


def _german_behind(text: str, position: int) -> tuple[str, int] | None:
    match = _GERMAN.match(text, position)
    if match is None:
        return None
    words = match["what"].split()
    if any(
        word.strip(",").lower() in _NOT_ADJECTIVES
        for word in words
        if word[0].islower() and word not in ("und", "oder")
    ):
        return None
    return match["what"], match.end("what")


def _english_behind(text: str, position: int) -> tuple[str, int] | None:
    words: list[str] = []
    end = position
    while len(words) < _MOST_WORDS:
        match = _WORD.match(text, end)
        if match is None or match["word"].lower() in _ENGLISH_STOP:
            break
        word = match["word"].lower()
        if word.endswith(("ly", "ed")) and words:
            break
        words.append(match["word"])
        end = match.end()
        if word in _PLURAL or (word.endswith("s") and not word.endswith("ss")):
            break
    else:
        # No plural among them: the first word is all that is sure.
        return words[0], position + 1 + len(words[0])
    return (" ".join(words), end) if words else None
