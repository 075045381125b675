"""What became of who or what is counted: who is injured is not dead, a job kept is not lost."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache


class Fate(StrEnum):
    """What news counts people and their jobs by."""

    INJURED = "injured"
    DEAD = "dead"
    MISSING = "missing"
    BURIED = "buried"
    EVACUATED = "evacuated"
    ILL = "ill"
    HELD = "held"
    RESCUED = "rescued"
    HOMELESS = "homeless"
    LOST = "lost"  # of jobs
    KEPT = "kept"


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
        r"|verendet\w*|gekeult\w*|culled|slaughtered"
        r"|fatalit\w+|todeszahl\w*|opferzahl\w*|leiche\w*"
    ),
    Fate.MISSING: r"vermisst\w*|missing",
    Fate.BURIED: (r"versch[uü]ttet\w*|unter (?:den )?tr[uü]mmern|buried|trapped|begraben"),
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
        r"festgenommen\w*|gefasst\w*|geschnappt|in (?:untersuchungs|u-)?haft|gewahrsam|custody"
        r"|caught|festnahme\w*|verhaftet\w*|arrest\w*|detain\w*|inhaftiert\w*"
    ),
    Fate.RESCUED: (
        r"gerettet\w*|geborgen|lebend|[uü]berlebende\w*|rescued|saved|survivors?|pulled alive"
        r"|wiedergefunden\w*|zur[uü]ckbekommen|recovered|genesen\w*"
    ),
    Fate.HOMELESS: r"obdachlos\w*|homeless",
    Fate.LOST: (
        r"(?:fliegen|fliegt)\b.{0,60}\braus|rausgeworfen|gefeuert|auf dem spiel|in gefahr"
        r"|gef[aä]hrdet\w*|bedroht\w*|abgebaut|\w*abbau\w*|abzubauen|\w*abbauen"
        r"|wegfall\w*|weggefallen|f[aä]ll(?:en|t)\b.{0,60}\bweg|bau(?:en|t)\b.{0,60}\bab|wackeln"
        r"|gestrichen|streich(?:t|en)|verlor\w*|verlier\w*"
        r"|entlassen\w*|entlassung\w*|k[uü]ndigung\w*|gek[uü]ndigt|at (?:risk|stake)|threatened"
        r"|cuts?|lost|lose|axed?|laid off|lay off|layoffs|redundan\w+|shed"
    ),
    Fate.KEPT: (
        r"erhalten|erh[aä]lt|gerettet|rettet|retten|gesichert|sichern?|bewahrt|kept|keeps?|saved?"
        r"|preserved?|secured?|retain(?:s|ed)?"
    ),
}
_PATTERNS = {
    fate: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for fate, words in _WORDS.items()
}


_OF_JOBS = frozenset({Fate.LOST, Fate.KEPT})
_JOBS = re.compile(
    r"(?:fliegen|fliegt)\b.*\braus\b|gefeuert|k[uü]ndigung|entlassung|\bentlassen|redundan"
    r"|laid off|layoff|arbeitspl[aä]tz|\b\w*stellen\b|stellen(?:abbau|streich)|jobabbau"
    r"|\bjobs?\b|besch[aä]ftigte|mitarbeiter"
    r"|belegschaft|\bworkers\b|employees|positions\b|\bposts\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1_000)
def fates_in(text: str) -> frozenset[Fate]:
    """Return what a text says became of people, or of their jobs where it speaks of any."""
    found = frozenset(fate for fate, pattern in _PATTERNS.items() if pattern.search(text))
    return found - _OF_JOBS if found & _OF_JOBS and not _JOBS.search(text) else found
