"""What became of people that are counted: who is injured is not dead, who is missing not found."""

from __future__ import annotations

import re
from enum import StrEnum


class Fate(StrEnum):
    """What news counts people by."""

    INJURED = "injured"
    DEAD = "dead"
    MISSING = "missing"
    EVACUATED = "evacuated"
    ILL = "ill"
    HELD = "held"
    RESCUED = "rescued"
    HOMELESS = "homeless"


_WORDS = {
    Fate.INJURED: (
        r"(?<!un)verletzt\w*|verletzung\w*|verwundet\w*|\w*verletzten?zahl\w*|injur\w+|wounded|hurt"
        r"|rauchvergiftung\w*|smoke inhalation"
    ),
    Fate.DEAD: (
        r"\w*tote[nrms]?\b|\btot\b|todesopfer\w*|todesf[aä]ll\w*|gestorben|starb(?:en)?|stirbt"
        r"|sterben"
        r"|ums leben|get[oö]tet\w*|umgekommen|verstorben\w*|erlag(?:en)?|dead|died|dies|deaths?"
        r"|killed"
        r"|fatalit\w+|todeszahl\w*|opferzahl\w*|leiche\w*"
    ),
    Fate.MISSING: r"vermisst\w*|missing|versch[uü]ttet\w*",
    Fate.EVACUATED: (
        r"evakuier\w*|evacu\w+|in sicherheit gebracht|(?:h[aä]user|wohnung(?:en)?|dorf|heim"
        r"|geb[aä]ude"
        r"|zuhause) verlassen|raus aus|ger[aä]umt|r[aä]umen|r[aä]umt|forced out|displaced"
        r"|r[aä]umung"
    ),
    Fate.ILL: (
        r"erkrank\w*|infizier\w*|infektion\w*|ansteck\w*|angesteckt|krank(?:e[nrms]?)?\b"
        r"|sick\b|ill\b|infect\w+|cases?\b|\w*f[aä]llen?\b"
    ),
    Fate.HELD: (
        r"festgenommen\w*|festnahme\w*|verhaftet\w*|in haft|arrest\w*|detain\w*|inhaftiert\w*"
    ),
    Fate.RESCUED: r"gerettet\w*|geborgen|rescued|saved",
    Fate.HOMELESS: r"obdachlos\w*|homeless",
}
_PATTERNS = {
    fate: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for fate, words in _WORDS.items()
}


def fates_in(text: str) -> frozenset[Fate]:
    """Return what a text says became of people."""
    return frozenset(fate for fate, pattern in _PATTERNS.items() if pattern.search(text))
