"""Whether a sentence may name the firm that a question asks for: "Welche Firma hat sie gebaut?"."""

from __future__ import annotations

import re

from index.terms import content_terms, is_name_like

_KINDS = (
    r"firm(?:a|en)|unternehmen|konzern|betrieb|hersteller|produzent|zulieferer|anbieter|betreiber"
    r"|dienstleister|reederei|werft|bank|\w*kasse|versicher(?:er|ung)|kanzlei|agentur|b[uü]ro|institut|kette"
    r"|gruppe|verlag|airline|fluggesellschaft|bahngesellschaft|gesellschaft|holding|investor|start-?up"
    r"|genossenschaft|brauerei|h[aä]ndler|spedition|bauer|company|companies|firm|contractor"
    r"|manufacturer|maker|producer|supplier|operator|insurer|bank|agency|developer|builder|retailer"
)
_ASKED = re.compile(rf"\b(?:welche[rsmn]?|which|what)\s(?:\w+\s)?\w*(?:{_KINDS})\b", re.IGNORECASE)
# A proper name behind the word for what it is, or with the letters of its form.
_KIND = re.compile(
    rf"\b(?i:\w*(?:{_KINDS})(?:s|es|n|en)?)\s[„»\"“]?[A-ZÄÖÜ][\w&-]+"
    r"|\b[A-ZÄÖÜ][\w&-]+\s(?:GmbH|AG|SE|KG|Inc|Ltd|Corp|PLC|plc|Group|Company|Holding|Bau"
    r"|und Partner|und Söhne|& Co)\b"
)
# A noun without an article behind a verb: "Die Schiffe liefert Nordhafen."
_BARE = re.compile(
    r"\b(?:[a-zäöüß]{2,}te?|an|durch|by)\s(?P<name>[A-ZÄÖÜ][a-zäöüß-]{3,})(?=[.,;]|\s[a-zäöü])"
)
_NAME = re.compile(r"(?<![\w-])[A-ZÄÖÜ][\w’-]+")
_PLACED = re.compile(
    r"\b(?:in|im|aus|bei|nach|nahe|von|from|at|near|to|of)(?:\s(?:der|dem|den|the))?\s$"
)
_ACRONYM = re.compile(r"[A-ZÄÖÜ]{2,6}$")


def firm_asked(question: str) -> bool:
    """Whether a question asks which firm it is."""
    return _ASKED.search(question) is not None


def may_name_one(question: str, sentence: str) -> bool:
    """Whether a sentence has a name that may be a firm's, and that the question does not have.

    A first and a last name are a person's; what stands behind "in" or "from" is a place.
    """
    known = set(content_terms(question))
    if any(not set(content_terms(match[0])) <= known for match in _KIND.finditer(sentence)):
        return True
    bare = (match["name"] for match in _BARE.finditer(sentence))
    if any(not known.intersection(content_terms(name)) for name in bare):
        return True
    names = [
        match
        for match in _NAME.finditer(sentence)
        if _ACRONYM.match(match[0]) or is_name_like(match[0])
    ]
    return any(
        not known.intersection(content_terms(match[0]))
        and not _PLACED.search(sentence, 0, match.start())
        and not _is_of_a_person(sentence, match)
        for match in names
    )


def _is_of_a_person(sentence: str, name: re.Match[str]) -> bool:
    """Whether a name stands behind another word with a capital, or before one."""
    before = re.search(r"[A-ZÄÖÜ][\w’-]+\s$", sentence[: name.start()])
    behind = re.match(r"\s[A-ZÄÖÜ][\w’-]+", sentence[name.end() :])
    return bool(before or (behind and is_name_like(behind[0].strip())))
