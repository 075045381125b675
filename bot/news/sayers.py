"""Who counts or decides what a sentence says, where no word of saying is beside the value.

`claimants` reads who speaks. "The works yard counted 31" has a source, too, and so has what a
sentence goes on to report: whoever spoke in the one before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.types import Span

# No day, which stands where a subject may: "Am 24. September stellt der Ausschuss fest".
_DAY = (
    r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
    r"|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag)"
)
_NAME = rf"(?!{_DAY}\b)[A-ZÄÖÜ][\w-]+"
_SUBJECT = (
    rf"(?:(?:[Dd]er|[Dd]ie|[Dd]as|[Ee]ine?|[Tt]he)\s+)?(?P<who>(?:[a-zäöü]+[enr]\s+){{0,2}}{_NAME}"
    rf"(?:\s(?:{_NAME}|(?:der|des|von|im|in|am|of|for)(?:\s(?:der|dem|the))?\s{_NAME})){{0,3}})"
)
_COUNTS = (
    r"(?:sprach|spricht|sprechen|nannte|nennt|nennen|z[aä]hlte?|kommt auf|kam auf"
    r"|(?:geht|gehen|ging)(?=[^.;]{0,80}\baus\b)|(?:gab|gibt)(?=[^.;]{0,80}\b(?:an|bekannt)\b)"
    r"|(?:bleib(?:t|en)|blieb)(?= dabei\b| (?:\w+ \w+ )?bei\b(?![^.;]*\b(?:stehen|liegen"
    r"|h[aä]ngen|stecken)\b))"
    r"|stellt(?=[^.;]{0,120}\b(?:fest|klar)\b)|meldete?|rechnete?|sch[aä]tzte?|beziffert\w*"
    r"|beharrt|erkl[aä]rte?"
    r"|teilte|sagte|best[aä]tigte?|verzeichnete?|registrierte?|zog|hob|verh[aä]ngte|verringerte"
    r"|reduzierte|legte(?=[^.;]{0,120}\b(?:vor|fest|dar)\b)|korrigierte?|berichtigte|counted"
    r"|counts|puts?|said|says|spoke|speaks"
    r"|estimates|estimated|reported|reports|expects?|expected|confirmed|recorded|gave)"
)
_COUNTING = re.compile(rf"(?:^|[.;:,] |\b(?:wie|and|und|während|while) ){_SUBJECT}\s+{_COUNTS}\b")
_COUNTED_BY = re.compile(
    rf"\b(?:{_COUNTS})\s+(?:dagegen\s+|dem\s\w+\s+)?(?:der|die|das|the)\s+(?P<who>{_NAME}"
    rf"(?:\s(?:{_NAME}|(?:der|des|von)\s{_NAME})){{0,2}})"
)
_PRONOUN = re.compile(r"\b(?:er|sie|es|he|she|it|they)\b")
_REPORTED = re.compile(r"\b(?:seien|sei|habe|hätten|gebe|werde|würden|müssten|solle|sollten)\b")
# "The operator, Nordbahn, said": whoever is named speaks.
_APPOSED = re.compile(
    rf"^(?:The|A|An)\s(?:[a-z-]+\s){{0,3}}[a-z-]+,\s(?P<who>{_NAME}(?:\s{_NAME}){{0,3}}),\s"
    r"(?:said|says|confirmed|announced|added|explained|told|estimated)\b"
)
_EXPECTED = re.compile(
    r"\b(?:is|are|was|were)\s(?:now\s|still\s)?(?:not\s)?(?:expected|due|scheduled|planned)\b"
)
_PERSON = re.compile(
    rf"\b(?P<who>\w*(?:minister|präsident|meister|sprecher|leiter|chef|direktor|trainer"
    rf"|anwalt|führer"
    rf"|mayor|spokes\w+|president|director|head)(?:in|s|es)?\s{_NAME}(?:\s{_NAME})?)"
)


def sayer_in(sentence: Span) -> Span | None:
    """Return who counts or says something in a sentence by being its subject."""
    for pattern in (_COUNTING, _COUNTED_BY):
        match = pattern.search(sentence.text)
        if match is not None:
            start = sentence.start + match.start("who")
            return Span(sentence.article, start, sentence.start + match.end("who"))
    return None


def sayer_before(sentence: Span, before: Sequence[Span]) -> Span | None:
    """Return whom a sentence goes on to report, where it names nobody: who spoke last."""
    text = sentence.text
    apposed = _APPOSED.match(before[-1].text) if before and _EXPECTED.search(text) else None
    if apposed is not None:
        start = before[-1].start
        return Span(sentence.article, start + apposed.start("who"), start + apposed.end("who"))
    if not (_PRONOUN.search(text) or _REPORTED.search(text)):
        return None
    for one in reversed(before[-2:]):
        found = sayer_in(one)
        if found is not None:
            return found
        match = _PERSON.search(one.text)
        if match is not None:
            start = one.start + match.start("who")
            return Span(one.article, start, one.start + match.end("who"))
    return None
