"""Whether an article tells of a figure that somebody else disputes it, who said another before."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.news.claim import Claim
from index.split import split_sentences
from index.terms import content_terms, fold

_DISPUTES = re.compile(
    r"\b(?:widersp\w+|bestreite\w*|bestritt\w*|(?:an|be)?zweife\w+|anzuzweifeln|beharr\w*|pocht\w*"
    r"|bekr[aä]ftig\w*|uneins|uneinig\w*|(?:ist|sind|bleib\w*) (?:\w+ )?(?:umstritten|strittig)"
    r"|unterschiedliche angaben|gehen\b.{0,40}\bauseinander|gegengutachten|gegenrechnung"
    r"|sch[oö]nger\w+|kleinger\w+"
    r"|(?:bleib\w*|blieb\w*)\b.{0,30}\b(?:dabei|bei)\b|(?:h[aä]lt|hielt\w*|halten"
    r"|halte)\b.{0,60}\bfest"
    r"|(?:festh[aä]lt|festhielt\w*|festgehalten|festhalten)"
    r"|weis(?:t|en)\b.{0,80}\bzur[uü]ck|wies(?:en)?\b.{0,80}\bzur[uü]ck|zur[uü]ckgewiesen"
    r"|(?:als|f[uü]r) (?:viel |deutlich |weit |entschieden )?(?:zu )?(?:niedrig|hoch|gering|wenig"
    r"|optimistisch|pessimistisch|falsch|unseri[oö]s|untertrieben|[uü]bertrieben)"
    r"|anders als|im gegensatz zu|dagegen|hingegen|demgegen[uü]ber"
    r"|(?:mehr|weniger|h[oö]her|niedriger|gr[oö][sß]+er|teurer|l[aä]nger"
    r"|billiger)\b.{0,40}\bals\b.{0,60}"
    r"\b(?:annimm\w*|angenommen|angib\w*|angegeben|sagt|behaupte\w*|rechne\w*|veranschlag\w*"
    r"|mein\w*|glaub\w*|zugib\w*|einr[aä]um\w*|einger[aä]umt|verspr\w+)"
    r"|contradict\w*|disput\w*|disagree\w*|insist\w*|st(?:an|oo)ds? by|stick(?:s|ing)? (?:to|by)"
    r"|stuck (?:to|by)|rejects?|rejected|denie[sd]|deny|unlike|by contrast|doubt\w*"
    r"|questioned|challenge[sd]?|at odds|far too (?:low|high)|too (?:low|high|optimistic|cautious)"
    r"|(?:more|less|fewer|higher|lower|longer)\b.{0,40}\bthan\b.{0,60}\b(?:says?|said|claim\w*"
    r"|admit\w*|assum\w*|estimate\w*|reckon\w*|promis\w*))(?!\w)",
    re.IGNORECASE,
)
_SETTLED = re.compile(
    r"\b(?:einig(?:t|ten|en) sich|sich\b.{0,60}\bgeeinigt|einigung|kompromiss\w*|verst[aä]ndig\w*"
    r"|beigelegt|schlie[sß]+t sich\b.{0,40}\ban|schloss\w* sich\b.{0,40}\ban|gleicht? .{0,30}\bab"
    r"|abgeglichen\w*|gemeinsame[nrs]? (?:erkl[aä]rung|mitteilung|z[aä]hlung)|now agrees?|agreed"
    r"|settle[sd]?|settlement|compromise|joint (?:statement|count))(?!\w)",
    re.IGNORECASE,
)
_NEAR = 3  # sentences around a figure
_SHORTEST = 4  # letters of a name that tells
# Whoever these speak for is who differs.
_GENERAL = frozenset({"sprech", "sprecherin", "spokesman", "spokeswoman", "chef", "leit"})


def is_disputed(newer: Claim, older: Claim) -> bool:
    """Whether the article of a claim says near it that others differ, and names who did."""
    near = around(newer)
    return (
        _names_who_said(newer, older)
        and not _SETTLED.search(near)
        and bool(_DISPUTES.search(near) or _DISPUTES.search(newer.stored.article.title))
    )


def is_contested(claim: Claim) -> bool:
    """Whether the article of a claim says near it that somebody differs, whoever that is."""
    near = around(claim)
    return _DISPUTES.search(near) is not None and _SETTLED.search(near) is None


def is_settled(newer: Claim, older: Claim) -> bool:
    """Whether the article of a claim says near it that those who differed agree, and names them."""
    return _names_who_said(newer, older) and bool(_SETTLED.search(around(newer)))


def _names_who_said(newer: Claim, older: Claim) -> bool:
    if older.claimant is None or newer.stored.id == older.stored.id:
        return False
    told = {name for name in _terms(older.claimant.text) if len(name) >= _SHORTEST} - _GENERAL
    article = newer.stored.article
    return any(
        one.endswith(name) or one.startswith(name) for one in _terms(article.text) for name in told
    )


def around(claim: Claim) -> str:
    """Return the sentences around the value of a claim."""
    text = claim.stored.article.text
    sentences = split_sentences(text)
    at = next(
        (i for i, (start, end) in enumerate(sentences) if start <= claim.value.start < end), 0
    )
    near = sentences[max(0, at - _NEAR) : at + _NEAR + 1]
    return text[near[0][0] : near[-1][1]] if near else ""


@lru_cache(maxsize=200)
def _terms(text: str) -> frozenset[str]:
    return frozenset(map(fold, content_terms(text)))
