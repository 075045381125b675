"""Who says something, named as people name them: the text's own words, but no German genitive."""

from __future__ import annotations

import re

from bot.news.claim import Claim

_BEFORE = re.compile(r"\bdes\s+$")
# "des Innenministeriums": behind "des" these endings have only their -s or -es more than in the
# nominative. Other nouns ("des Hirten", "des Preises") and those with an adjective stay as they
# are: to say them plainly takes a dictionary.
_GENITIVE = re.compile(
    r"(?P<plain>[\w-]*?(?:er|um|or|amt|institut|gericht|verband|verbund|dienst|rat|senat|werk"
    r"|haus|schuss|stab|konzern|klub|club|chef|vorstand|verein|landtag|bundestag|anwalt|arzt"
    r"|präsidium|büro|team))"
    r"e?s(?![\w-])",
    re.IGNORECASE,
)
_LOOKED_AT = 12  # characters before a claimant


def claimant_text(claim: Claim) -> str | None:
    """Name who says it, None for nobody; the claim itself keeps the words of its article."""
    if claim.claimant is None:
        return None
    text, start = claim.claimant.text, claim.claimant.start
    before = claim.stored.article.text[max(0, start - _LOOKED_AT) : start]
    found = _GENITIVE.match(text) if text[:1].isupper() and _BEFORE.search(before) else None
    return found["plain"] + text[found.end() :] if found else text
