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
_MATTER = (
    r"(?:cookies?|werbung|tracking|datenschutz|datenverarbeitung|advertising|"
    r"personalisierte\w* anzeigen|personali[sz]ed ads|"
    r"informationen auf (?:einem|ihrem|deinem) gerät)"
)
_CONSENT = re.compile(
    rf"\b{_MATTER}\b.{{0,400}}?\b{_AGREE}\b|\b{_AGREE}\b.{{0,400}}?\b{_MATTER}\b|"
    rf"\b(?:stimm|willig)\w*\b.{{0,200}}?\b{_MATTER}\b.{{0,80}}?\b(?:zu|ein)\b|"
    r"werbefrei\w* (?:lesen|nutzen|abo\w*)|weiter mit werbung|pur-?abo",
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
    r"lesen sie den (?:ganzen|gesamten|vollständigen) (?:artikel|beitrag|text) (?:mit|im|in)\b|"
    r"nur (?:für|von) (?:registrierte\w*|angemeldete\w*|zahlende\w*)|um weiterzulesen|"
    r"exklusiv unsere\w* (?:abonnent|mitglied)\w+|mit [\w+]+ weiterlesen|"
    r"limit of free articles|to keep reading|(?:for|to) subscribers only|"
    r"exklusiv für (?:abonnent|mitglied)\w+|(?:bereits|schon) abonnent\w*|nur für abonnent\w*|"
    r"subscribe to (?:read|continue)|to continue reading|already a subscriber)",
    re.IGNORECASE,
)

_SWITCHED = (
    r"(?:blockier\w*|deaktivier\w*|(?:zu )?aktivier\w*|ausgeschaltet|abgeschaltet|einzuschalten|"
    r"schalten|einschalten|benötigt|unterstützt|erforderlich|erlauben|disabled?|enabled?|required|requires|"
    r"blocked|blocking|blocks|turn(?:ed)? o(?:n|ff))"
)
# Not the article but somebody at the door: is this a robot, has it an account, does the page exist?
_DOOR = re.compile(
    r"\b(?:kein roboter|not a robot|security of your connection|"
    rf"javascript\b.{{0,60}}?\b{_SWITCHED}\b|{_SWITCHED}\b.{{0,60}}?\bjavascript|"
    r"ad-?blocker|werbeblocker|"
    r"(?:zugriff|zugang)\w*.{0,60}?\b(?:verweigert|gesperrt|blockiert|eingeschränkt|untersagt)|"
    r"access\b.{0,60}?\b(?:denied|blocked|restricted)|permission to access|"
    r"in (?:ihre|deine)[mr] (?:land|region)\b.{0,20}? nicht verfügbar|"
    r"available in your (?:country|region)|"
    r"ungewöhnliche\w* (?:aktivität|datenverkehr|anfragen|zugriffe)|unusual (?:traffic|activity)|"
    r"seite (?:wurde )?(?:leider )?nicht gefunden|existiert (?:leider )?nicht (?:mehr|unter)|"
    r"page (?:was )?not found|no longer exists?|grant you access|"
    r"melden sie sich (?:bitte )?(?:mit ihrem|an\b)|(?:log|sign) in to (?:continue|view|read))",
    re.IGNORECASE,
)
_ROBOT = re.compile(
    r"enable javascript and cookies to continue|dass sie kein roboter sind", re.IGNORECASE
)
# A reader is spoken to by whoever stands in front of an article, seldom by the article.
_ADDRESSED = re.compile(
    r"\b(?:(?<=\w )Sie|Ihnen|Ihre?[mnrs]?|[Ww]ir|[Uu]ns(?:er\w*)?|[Dd]u|[Dd]ein\w*"
    r"|[Ww]e|[Oo]ur|[Yy]ou|[Yy]our)\b"
)
_SPOKEN_TO = 2
_QUOTED = re.compile(r"[„“\"»«][^„“”\"»«]*[“”\"»«]")  # there somebody speaks to somebody else


def refuse_wall(body: str, seen: str, *, free: bool, source: str) -> None:
    """Raise ExtractionError where the text is no article but what stands in front of one.

    `body` is what was read out of the page, `seen` all that a reader sees of it; a page may say
    itself that its article is not `free`.
    """
    words = len(body.split())
    if words < _STUB_WORDS and (not free or _PAYWALL.search(_end(body, seen))):
        raise ExtractionError("paywall", source=source)
    if words < _TEASER_WORDS and (
        _offer_follows(body, seen) or (not free and _PAYWALL.search(seen))
    ):
        raise ExtractionError("paywall", source=source)
    if words < _STUB_WORDS and len(seen.split()) > words and _CONSENT.search(seen):
        only_consent = words < _FEWEST_WORDS or (_CONSENT.search(body) and _ADDRESSED.search(body))
        if only_consent:
            raise ExtractionError("consent_wall", source=source)
    if words < _FEWEST_WORDS or (words < _STUB_WORDS and _is_door(body)):
        raise ExtractionError("no_readable_text", source=source)


def _is_door(body: str) -> bool:
    spoken_to = len(_ADDRESSED.findall(_QUOTED.sub("", body))) >= _SPOKEN_TO
    return bool(_ROBOT.search(body) or (spoken_to and _DOOR.search(body)))


def _offer_follows(body: str, seen: str) -> bool:
    """Say whether the rest is offered for sale in the last paragraph or right below it."""
    return _OFFER.search(_end(body, seen)) is not None


def _end(body: str, seen: str) -> str:
    """Return the end of the last paragraph, and what stands right below where that is found."""
    end = body[-40:].rpartition("\n")[2]
    place = seen.rfind(end) if end else -1
    below = seen[place + len(end) : place + len(end) + _AFTER_TEASER] if place >= 0 else ""
    last = body.rpartition("\n")[2][-_BESIDE_OFFER:]
    return f"{last}\n{below}"
