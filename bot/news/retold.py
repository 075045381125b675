"""Whether an article tells a figure of an earlier time, or as a part of another one."""

from __future__ import annotations

import re

# Within these many characters before or behind a figure, unless another figure stands between.
_BEFORE, _BEHIND = 60, 45
_EARLIER = re.compile(
    r"\b(?:zuvor|bisher\w*|bislang|urspr[uü]nglich\w*|fr[uü]her(?:e[nmrs]?)?|zun[aä]chst|anfangs"
    r"|zuletzt noch|(?:war|waren|hatten?|wurden?)\b.{0,30}\bnoch von|statt|anstatt"
    r"|anstelle|vorher|damals|vorjahr\w*|vortag\w*|seinerzeit"
    r"|hatten? (?:die|der|das|sie|er|man)\b.{0,60}\b(?:gesprochen|genannt|gemeldet|angegeben"
    r"|gerechnet)"
    r"|previously|earlier|initial(?:ly)?|original(?:ly)?|replac(?:es|ed|ing)|instead of|rather"
    r" than|up from|down from"
    r"|had (?:spoken"
    r"|said|reported|put|estimated|given|cited)|was first|so far planned|compared with|a year ago"
    r"|vor (?:einer|einem|zwei|drei) (?:woche|monat|jahr|tag)\w*|beim \w+ von (?:19|20)\d\d"
    r"|im jahr davor|version|fassung"
    r"|(?:earlier|previous|original) (?:\w+ ){0,2}(?:estimates?|figures?|counts?|tolls?|numbers?"
    r"|price|offer|bid|budget))\b",
    re.IGNORECASE,
)
_BEFORE_THEN = re.compile(
    r"\b(?:fr[uü]heren (?:fassung|version)|earlier version|hie[sß]+ es (?:zun[aä]chst|zuvor|erst)"
    r"|(?:zuvor|vorher|bisher|bislang|zun[aä]chst) (?:genannten?|gemeldeten?|verbreiteten?"
    r"|veranschlagten?))\b",
    re.IGNORECASE,
)
_HAD_SAID = re.compile(
    r"\bhatten?\b.{0,120}\b(?:gesprochen|genannt|gemeldet|angegeben|gesch[aä]tzt|beziffert"
    r"|gerechnet"
    r"|ausgegangen|angek[uü]ndigt|vermeldet)\b"
    r"|\bwar(?:en)?\b.{0,60}\bausgegangen\b"
    r"|\bhad (?:earlier |previously |first )?(?:spoken|said|put|reported|estimated|given"
    r"|cited)\b.*",
    re.IGNORECASE,
)
# "Die Werke hatten 22.000 genannt, das Amt 31.000": the second one is of before as well.
_ALSO_SAID = re.compile(
    r"\bhatten?\b[^;:]{0,160}\b(?:gesprochen|genannt|gemeldet|angegeben|gesch[aä]tzt|beziffert"
    r"|gerechnet|gez[aä]hlt|vermeldet)(?:,| und) (?:der|die|das) [^,;:]{2,60}?(?: von| auf| mit)?"
    r"(?: (?:sogar|nur|rund|etwa|bis zu|mindestens|mehr als|knapp|gut))*\s*$",
    re.IGNORECASE,
)
# "The figure replaces the police estimate of four million and the insurer's of seven."
_REPLACES = re.compile(
    r"\b(?:ersetz(?:t|en|te|ten)|replace[sd]?|supersede[sd]?)\b[^,;:.]*\b(?:von|of)\b[^,;:.]*$",
    re.IGNORECASE,
)
_DIRECTLY = re.compile(r"\b(?:statt|instead of|rather than)\s+(?:\w+\s+)?$", re.IGNORECASE)
_NOW = re.compile(r"\b(?:nun|jetzt|now|inzwischen|aktuell|mittlerweile)\b[^.;]*$", re.IGNORECASE)
_NOT_BUT = re.compile(r"\b(?:nicht|not)\s+(?:mehr\s+)?(?:\w+\s+)?$", re.IGNORECASE)
_BUT = re.compile(r"^[^.;]{0,40}?[,\s]+(?:sondern|but)\b", re.IGNORECASE)
_FROM = re.compile(r"\b(?:von|from)\s+(?:\w+\s+)?$", re.IGNORECASE)
_TO = re.compile(r"^[^.;,]{0,40}?\b(?:auf|to)\s", re.IGNORECASE)
_INSTEAD = re.compile(
    r"\b(?:statt|instead of|rather than|anstelle von)\b[^.;]{0,40}$", re.IGNORECASE
)
_PART_BEHIND = re.compile(
    r"^[^\w.,;!?]{0,3}(?:\w+\s){0,2}?(?:von ihnen|von diesen|davon|darunter|of them|of whom"
    r"|of those|weitere[nr]?"
    r"|zus[aä]tzliche?)\b",
    re.IGNORECASE,
)
_PART_BEFORE = re.compile(
    r"\b(?:davon|darunter|von denen|von ihnen|including|among them|of (?:them|which|whom)|wovon"
    r"|allein|alone|weitere[nr]?"
    r"|zus[aä]tzliche?|another|ab)\s+(?:\w+\s+){0,1}$",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"^\W*(?:allein|alone|darin|davon|darunter|dazu|hinzu|zus[aä]tzlich|zudem|au[sß]+erdem|weiterhin"
    r"|this includes"
    r"|of these|among them|in addition)\b",
    re.IGNORECASE,
)
_DIFFERENCE = re.compile(
    r"^[^\w,;]?(?:\s?\w+){0,2}?\s(?:vorsprung|r[uü]ckstand|abstand|differenz|unterschied"
    r"|mehr|weniger|h[oö]her|niedriger|lead|ahead"
    r"|behind"
    r"|more|fewer|less)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:vorsprung|r[uü]ckstand|abstand|differenz|unterschied|lead|margin|majority"
    r"|gap)\s(?:von|of)"
    r"(?:\s\w+)?\s$"
    r"|\b(?:ahead|behind|leads?|leading|led|won|wins|trails?|trailing)\sby(?:\s\w+)?\s$",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"^\s(?:(?:punkte?n?|z[aä]hlern?|toren?|runden?|sekunden?|minuten?|stimmen|points?|goals?|laps?"
    r"|seconds?|votes)\s(?:vor|hinter|clear of)"
    r"|(?:prozentpunkten?|percentage points?)\s(?:[uü]ber|unter|above|below))\s",
    re.IGNORECASE,
)
# "Four are still in hospital": of the injured of whom the sentence before tells.
_STILL = re.compile(r"\b(?:noch|still)(?: immer)?(?: \w+){0,2} $", re.IGNORECASE)
_TREATED = re.compile(
    r"\b(?:behandel\w*|intensiv\w*|lebensgefahr|(?:im|in (?:den|die|der)) (?:krankenh\w+|klinik\w*)"
    r"|in (?:intensive care|hospital)|treat\w*)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"[\w\d] (?:of the|der|von den|aller)\s+$", re.IGNORECASE)
# "Von den Verletzten sind 16 wieder zu Hause": a part of those who were counted before.
_OF_THOSE = re.compile(
    r"^(?:von|unter|aus) (?:den|diesen|ihnen|allen)(?: [\w.]+){0,3}? (?:sind|waren|wurden"
    r"|werden|haben"
    r"|hatten|konnten|k[oö]nnen|liegen|lagen|befinden|befanden|ist|war|m[uü]ssen|mussten|d[uü]rfen"
    r"|kamen|blieben|gelten)(?: (?:sich|noch|inzwischen|mittlerweile|mindestens|rund|etwa"
    r"|nur))*\s+$"
    r"|^(?:of|among) (?:the|these|those|them)(?: \w+){0,2},?\s+$",
    re.IGNORECASE,
)
# "Von den Behörden wurden 16 Opfer bestätigt" is no part.
_BY_WHOM = re.compile(r"von\b", re.IGNORECASE)
_NOUN = re.compile(r"\s(?:[a-zäöüß]+e[nrs]?\s)?[A-ZÄÖÜ]")
# "Betriebe mit mehr als 10.000 Tieren": which ones are meant, and not how many there are.
_CRITERION = re.compile(
    r"(?:\b(?-i:[A-ZÄÖÜ])\w+(?:e|en|er|n|s)|\b(?:farms|firms|companies|towns|households"
    r"|people|families"
    r"|schools|houses|homes|plants|vehicles|owners|employers|clubs|events|buildings|those)) "
    r"(?:mit|ab|with|of) (?:jeweils |at least )?(?:mehr als|[uü]ber|mindestens|weniger als"
    r"|bis zu|unter"
    r"|more than|over|fewer than|less than|up to|under)\s+$",
    re.IGNORECASE,
)
_TWICE = re.compile(r"^\W{0,2}(?:\w+\s){0,2}doppelt\b|^.{0,30}\bcounted twice\b", re.IGNORECASE)


def is_retold(  # noqa: PLR0911 - a ladder of cues, the plainest first
    sentence: str, start: int, end: int
) -> bool:
    """Whether a figure of a sentence is what was said or so before, and not what is so now."""
    before, behind = sentence[max(0, start - _BEFORE) : start], sentence[end : end + _BEHIND]
    if is_denied(sentence, start, end):
        return True
    if _DIRECTLY.search(before):
        return True
    if _NOW.search(_own_clause(before)):
        return False
    cue = _BEFORE_THEN.search(sentence, 0, start)
    if cue is not None and not re.search(r"\d", sentence[cue.end() : start]):
        return True
    if any(match.start() <= start < match.end() for match in _HAD_SAID.finditer(sentence)):
        return True
    if _ALSO_SAID.search(sentence[:start]) or _REPLACES.search(sentence[:start]):
        return True
    if _FROM.search(before) and _TO.match(behind):
        return True
    return any(
        cue.search(clause) is not None
        for cue, clause in (
            (_INSTEAD, _own_clause(before)),
            (_EARLIER, _own_clause(before)),
            (_EARLIER, re.split(r"[,;:–—.]", behind, maxsplit=1)[0]),
        )
    )


def is_denied(sentence: str, start: int, end: int) -> bool:
    """Whether a figure is said not to be so, and another one is: "nicht 140, sondern 118"."""
    before, behind = sentence[max(0, start - _BEFORE) : start], sentence[end : end + _BEHIND]
    return bool(_NOT_BUT.search(before) and _BUT.match(behind))


def is_part(sentence: str, start: int, end: int) -> bool:
    """Whether a figure counts a part of what another one counts: "drei von ihnen schwer".

    Neither is the whole of which another one is a part ("620 der 1.150 Stellen"), nor by how much
    something is more ("zwei Tore Vorsprung").
    """
    before, behind = sentence[:start], sentence[end:]
    if (
        _WITHIN.match(sentence)
        or _DIFFERENCE.match(behind)
        or _AHEAD.match(behind)
        or _BY.search(before)
    ):
        return True
    if _STILL.search(before) and _TREATED.search(sentence):
        return True
    if _WHOLE.search(before) and re.search(r"\d", before[-25:]):
        return True
    if _OF_THOSE.match(before) and not (_BY_WHOM.match(before) and _NOUN.match(behind)):
        return True
    if _CRITERION.search(before):
        return True
    return bool(
        _TWICE.match(sentence[end:])
        or _PART_BEHIND.match(sentence[end:])
        or _PART_BEFORE.search(sentence[:start])
    )


def _own_clause(before: str) -> str:
    """Return what stands before a figure in its own clause."""
    return re.split(r"[;:–—.]|, (?!rund|etwa)", before)[-1]
