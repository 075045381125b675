"""Who is meant by "die Behörde": the one office that an article has named before."""

from __future__ import annotations

import re

_CAP = r"[A-ZÄÖÜ][\wäöüß]*(?:-[\wäöüßÄÖÜ]+)*"
_NAME = rf"(?P<name>{_CAP}(?: {_CAP})?)"
# What is named by the short word alone, and how the fuller name looks.
_FULLER = tuple(
    (re.compile(rf"(?:{short})(?:e?s)?$", re.IGNORECASE), re.compile(fuller))
    for short, fuller in (
        (
            r"behörde|amt",
            (
                r"(?<!\w)(?P<name>(?!Insgesamt|Gesamt)[A-ZÄÖÜ]\w+(?:(?<!Be)amt|behörde|rechnungshof"
                r"|präsidium)|Rechnungshof)(?:e?s)?(?!\w)"
            ),
        ),
        (r"ministerium", r"(?<!\w)(?P<name>[A-ZÄÖÜ]\w+ministerium)s?(?!\w)"),
        (r"haus|ressort", r"(?<!\w)(?P<name>(?:[A-ZÄÖÜ]\w+m|M)inisterium)s?(?!\w)"),
        (r"präsidium", r"(?<!\w)(?P<name>Polizei(?:präsidium)?)(?!\w)"),
        (r"gericht", r"(?<!\w)(?P<name>[A-ZÄÖÜ]\w+gericht)(?:e?s)?(?!\w)"),
        (r"verband|bund", r"(?<!\w)(?P<name>[A-ZÄÖÜ]\w+(?:verband|bund))(?:e?s)?(?!\w)"),
        (r"institut", r"(?<!\w)(?P<name>[A-ZÄÖÜ][\w-]+[Ii]nstitut)(?:e?s)?(?!\w)"),
        (
            (
                r"unternehmen|konzern|firma|hersteller|betreiber|zulieferer|unternehmensangaben"
                r"|firmenangaben"
                r"|konzernangaben|vorstand|company|companies|operator|firm"
            ),
            (
                rf"(?<!\w)(?:Unternehmens?|Konzerns?|Firma|Herstellers?|Betreibers?"
                rf"|[\w-]+[Zz]ulieferers?|[\w-]*[Kk]onzerns?"
                rf"|[\w-]+herstellers?|[Cc]ompany|[Oo]perator|maker|firm|supplier),? {_NAME}(?!\w)"
            ),
        ),
        (r"verein|klub|club", rf"(?<!\w)(?P<name>(?-i:[A-ZÄÖÜ]{{2,4}}) {_CAP})(?!\w)"),
        (r"gewerkschaft|union", rf"(?<!\w)(?:Gewerkschaft|[Uu]nion) {_NAME}(?!\w)"),
        (r"(?:the )?ministry", r"(?<!\w)(?P<name>(?!the )[a-z]+ ministry)(?!\w)"),
    )
)

_ENGLISH_NOUN = re.compile(r"[a-z]{4,}")
_THE = re.compile(r"\bthe $", re.IGNORECASE)
_KIND = (
    r"(?!(?:the|these|those|some|other|its|their|his|her|our|all|both|many|most|new|former"
    r"|several|said"
    r"|and|of|by|that|for|with|from|to|in|on|at|as|or|but|no|any|each|every|one|two|three|four|own"
    r"|local|same|first|last|when|where|while|than|independent) )[a-z][a-z-]{2,}"
)
_REACH = 10_000  # characters before it


def fuller_name(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return where the fuller name of a short one stands before it, if there is just one."""
    short = text[slice(*span)]
    for pattern, fuller in _FULLER:
        if not pattern.match(short):
            continue
        found = [
            match.span("name")
            for match in fuller.finditer(text, max(0, span[0] - _REACH), span[0])
            if not pattern.match(match["name"])
        ]
        names = {text[start:end].casefold() for start, end in found}
        return found[0] if len(names) == 1 else span
    return _with_its_kind(text, span)


def _with_its_kind(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Return which engineers "the engineers" are, where a text has named one kind before."""
    short = text[slice(*span)]
    if not _ENGLISH_NOUN.fullmatch(short) or not _THE.search(text, 0, span[0]):
        return span
    kind = re.compile(rf"(?<![\w-]){_KIND} {short}(?![\w-])", re.IGNORECASE)
    found = [match.span() for match in kind.finditer(text, max(0, span[0] - _REACH), span[0])]
    return found[0] if len({text[start:end].casefold() for start, end in found}) == 1 else span
