"""What a question names: nouns and names with what stands before them, as the question has it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.terms import STOP_WORDS, content_terms

# Where a place may stand.
_PLACING = frozenset({"in", "aus", "bei", "nach", "nahe", "from", "near", "at"})
_BASIC = {"im": "in", "ins": "in", "beim": "bei", "vom": "von", "zum": "zu", "zur": "zu"}
_PREPOSITION = (
    r"in|im|ins|aus|bei|beim|nach|nahe|von|vom|zu|zum|zur|mit|für|gegen|über|um|auf|an|am|vor|seit"
    r"|durch|unter|from|near|at|to|of|with|for|against|about|on|by"
)
_ADJECTIVE = (
    r"[a-zäöüß-]*(?:isch|lich|ig|ell|al|iv|sam|haft|los|neu|alt|groß|klein|erst|zweit|dritt|letzt)"
    r"e[mnrs]?"
)
_DETERMINER = r"(?:(?P<determiner>(?i:der|die|das|dem|den|des|the)) )?"
_START = r"(?<![\w’'-])"
_NUMBER = r"(?:Jahre?s? |year )?\d[\d.,]*\d|\d"
_NAME = r"[A-ZÄÖÜ][\w’'-]*(?: [A-ZÄÖÜ][\w’'-]*)*"
_PHRASE = re.compile(
    rf"{_START}(?:(?P<preposition>(?i:{_PREPOSITION})) )?{_DETERMINER}"
    rf"(?P<name>{_NUMBER}|(?:{_ADJECTIVE} ){{0,3}}{_NAME})"
)
# Where somebody writes without capitals, only a preposition tells.
_LOOSE_PHRASE = re.compile(
    rf"{_START}(?P<preposition>(?i:{_PREPOSITION})) {_DETERMINER}(?P<name>\w[\w’'-]*)"
)
_WORD = re.compile(r"\w[\w’'-]*")
# Behind these an adjective is part of what is asked: "wie lange", "how old".
_DEGREE = re.compile(r"\b(?:wie|how|so) $", re.IGNORECASE)
_COUNTING = re.compile(r"\b(?:wie ?viele?[nmrs]?|how (?:many|much)) $", re.IGNORECASE)
# A first word before these is a verb, whatever its capital: "Stimmt das?"
_SUBJECT = re.compile(
    r" (?:das|es|er|sie|ihr|man|dort|da|dies\w*|d(?:er|ie|en|em)|eine?[mnrs]?|denn|auch|wirklich"
    r"|noch|he|she|it|they|the|this|that|there)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"(?:1[5-9]|20)\d\d|jahr|januar|jänner|februar|märz|april|mai|juni|juli|august|september"
    r"|oktober|november|dezember|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend"
    r"|sonntag|january|february|march|may|june|july|october|december|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday",
    re.IGNORECASE,
)
# Say nothing of their own in a question.
_EMPTY = frozenset(
    """
    aha again bisher bitte danke denn dann eigentlich exactly genau gab gibt happen happened heute
    inzwischen jetzt long many mehr much noch now ok okay please schon since thanks then today
    überhaupt ungefähr yet
    """.split()  # noqa: SIM905 - readable as a block of words
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something that a question names: `start` and `end` count preposition and article in.

    `counted` says that the question asks how many there are.
    """

    name: str
    preposition: str = ""
    determiner: str = ""
    start: int = 0
    end: int = 0
    counted: bool = False

    @property
    def text(self) -> str:
        """The phrase as it is written."""
        return " ".join(part for part in (self.preposition, self.determiner, self.name) if part)

    @property
    def kind(self) -> str:
        """Return "time", or the preposition in its basic form, which may be none."""
        if _TIME.fullmatch(self.name.split()[-1]):
            return "time"
        lower = self.preposition.lower()
        return _BASIC.get(lower, lower)

    @property
    def is_place(self) -> bool:
        """Whether a place may stand here."""
        return self.kind in _PLACING


def phrases(text: str) -> list[Phrase]:
    """Return names, nouns and numbers of a question in order, by how German is written."""
    if any(character.isupper() for character in text[1:]):
        found = [_phrase(text, match) for match in _PHRASE.finditer(text)]
    else:
        found = [_phrase(text, match) for match in _LOOSE_PHRASE.finditer(text)]
    return [phrase for phrase in found if phrase.name]


def contents(text: str) -> list[Phrase]:
    """Return the phrases of a question and its other words that mean something, in order."""
    found = phrases(text)
    for match in _WORD.finditer(text):
        inside = any(one.start < match.end() and match.start() < one.end for one in found)
        degree = match.group().islower() and _DEGREE.search(text[: match.start()])
        if not (inside or degree or is_empty(match.group())):
            found.append(Phrase(match.group(), start=match.start(), end=match.end()))
    return sorted(found, key=lambda phrase: phrase.start)


def is_empty(word: str) -> bool:
    """Whether a word says how something is asked, not what about."""
    return word.lower() in STOP_WORDS or word.lower() in _EMPTY or not content_terms(word)


def _phrase(text: str, match: re.Match[str]) -> Phrase:
    name, start = match["name"], match.start("name")
    words = name.split()
    if start == 0 and (len(words) > 1 or _SUBJECT.match(text, match.end())):
        # The first word has its capital anyway: here it is a verb before its subject.
        del words[0]
    while words and is_empty(words[0]):
        del words[0]
    name = " ".join(words)
    if name == match["name"]:
        before, begin = match, match.start()
    else:
        before, begin = None, match.end() - len(name)
    return Phrase(
        name,
        (before and before["preposition"]) or "",
        (before and before["determiner"]) or "",
        begin,
        match.end(),
        counted=_COUNTING.search(text[:begin]) is not None,
    )
