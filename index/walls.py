"""Pages that stand in front of an article: questions about consent, offers of a subscription."""

from __future__ import annotations

import re

from index.errors import ExtractionError

_FEWEST_WORDS = 15
_STUB_WORDS = 80
_TEASER_WORDS = 250  # the longest that papers give away
_AFTER_TEASER = 500  # characters below the last paragraph
_BESIDE_OFFER = 200
_AGREE = r"(?:akzeptieren|zustimm\w+|zugestimmt|einwillig\w+|einverstanden|accept|agree|consent)"
_MATTER = r"(?:cookies?|werbung|tracking|datenschutz|datenverarbeitung|advertising)"
_CONSENT = re.compile(
    rf"\b{_MATTER}\b.{{0,400}}?\b{_AGREE}\b|\b{_AGREE}\b.{{0,400}}?\b{_MATTER}\b|"
    rf"\b(?:stimm|willig)\w*\b.{{0,200}}?\b{_MATTER}\b.{{0,80}}?\b(?:zu|ein)\b|"
    r"werbefrei\w* (?:lesen|nutzen)|pur-?abo",
    re.IGNORECASE | re.DOTALL,
)
_PAYWALL = re.compile(
    r"\b(?:weiterlesen mit|jetzt (?:abonnieren|weiterlesen|freischalten)|abo abschließen|"
    r"diesen artikel (?:weiter)?lesen|exklusiv für (?:abonnent|mitglied)\w+|bereits abonnent\w*|"
    r"artikel freischalten|monat(?:lich)? kündbar|jederzeit kündbar|subscribe to (?:read|continue)|"
    r"to continue reading|already a subscriber)",
    re.IGNORECASE,
)

_OFFER = re.compile(
    r"\b(?:weiterlesen mit|jetzt (?:weiterlesen|freischalten|kostenlos testen und weiterlesen)|"
    r"(?:diesen|den ganzen|den vollständigen) artikel (?:weiter)?lesen|artikel freischalten|"
    r"exklusiv für (?:abonnent|mitglied)\w+|(?:bereits|schon) abonnent\w*|nur für abonnent\w*|"
    r"subscribe to (?:read|continue)|to continue reading|already a subscriber)",
    re.IGNORECASE,
)


def refuse_wall(body: str, seen: str, *, free: bool, source: str) -> None:
    """Raise ExtractionError where the text is no article but what stands in front of one.

    `body` is what was read out of the page, `seen` all that a reader sees of it; a page may say
    itself that its article is not `free`.
    """
    words = len(body.split())
    if words < _STUB_WORDS and (not free or _PAYWALL.search(seen)):
        raise ExtractionError("paywall", source=source)
    if words < _TEASER_WORDS and (
        _offer_follows(body, seen) or (not free and _PAYWALL.search(seen))
    ):
        raise ExtractionError("paywall", source=source)
    if words < _STUB_WORDS and len(seen.split()) > words and _CONSENT.search(seen):
        only_consent = words < _FEWEST_WORDS or _CONSENT.search(body)
        if only_consent:
            raise ExtractionError("consent_wall", source=source)
    if words < _FEWEST_WORDS:
        raise ExtractionError("no_readable_text", source=source)


def _offer_follows(body: str, seen: str) -> bool:
    """Say whether the rest is offered for sale at the end of the text or right below it."""
    end = body[-40:].rpartition("\n")[2]
    place = seen.rfind(end) if end else -1
    below = seen[place + len(end) : place + len(end) + _AFTER_TEASER] if place >= 0 else ""
    return _OFFER.search(f"{body[-_BESIDE_OFFER:]}\n{below}") is not None
