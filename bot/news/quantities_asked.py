"""Which quantity a question asks for: by which units it is measured, and how it is named."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from bot.news.units import MONEY, TIME, unit_behind
from index.terms import content_terms

# What is measured and never told in other words.
_MEASURED = (
    r"(?:\w*pegel(?:stand)?|\w*wasserstand|\w*scheitel\w*|\w*h[oö]chststand|\w*temperatur"
    r"|\w*geschwindigkeit|\w*fl[aä]che|\w*umsatz|\w*budget|\w*etat|\w*geldstrafe|\w*bu[sß]+geld"
    r"|\w*schaden(?:s?h[oö]he)?|\w*miete|\w*prozentsatz|\w*wert|\w*kurs|\w*magnitude|water level"
    r"|temperature|speed|area|revenue|percentage)\b"
)
FIGURE_ASKED = re.compile(
    r"\bwas (?:\w+ ){0,2}?kost\w*|\bkost\w*\b.*\bwas\b|\bwas (?:soll|wird|w[uü]rde)\w* .*\bkosten\b"
    r"|\b(?:welche|wie|welcher|what|which)\b.*(?:zahl(?:en)?\b|summe\w*\b|betrag\b|kosten\b"
    r"|h[oö]he\b"
    r"|preis\b|gr[oö][sß]+e\b|anteil\b|quote\b|\bnumber\b|\bcosts?\b|\bprice\b|\bsize\b|\btoll\b)"
    r"|\b(?:death toll|opferzahl|todeszahl)\b|\bhow (?:big|large|high|expensive|deep|far|long"
    r"|old|tall"
    r"|fast|heavy)\b|\bwhat (?:does|did|will|would) .+ cost\b|\bwie (?:teuer|gro[sß]|hoch)\b"
    rf"|\b(?:welche[mnrs]?|what|which)(?: \w+)? {_MEASURED}"
    rf"|\bwas (?:gilt|galt|ist|war|wird|wurde)\b.* als (?:\w+ )?{_MEASURED}",
    re.IGNORECASE,
)

_CHANGE = re.compile(
    r"\b\w{3,}?(?P<change>abzug|abbau|zuwachs|anstieg|rückgang|kürzung|erhöhung|aufschlag)s?\b",
    re.IGNORECASE,
)


def change_asked(text: str) -> frozenset[str]:
    """Return the terms of the change that is asked for: "Abzug" of "Punktabzug"."""
    return frozenset(
        term for match in _CHANGE.finditer(text) for term in content_terms(match["change"])
    )


_AREA = frozenset({"hectare", "acre", "square_kilometre", "square_metre", "square_mile"})
# By what is asked, the units of which one must stand there.
_BY_QUESTION = tuple(
    (re.compile(pattern, re.IGNORECASE), frozenset(units))
    for pattern, units in (
        (
            # What is demanded and offered is a sum or a share.
            (r"\w*angebot\b|\bbiete\w*|\w*geboten\b|\w*forderung\b|\w*forder[nt]\w*|\w*gefordert"
            r"|\bverlang\w*|\boffer\w*|\bdemand\w*|\w*lohnerh[oö]hung|\bpay rise"),
            MONEY | {"percent"},
        ),
        (
            (r"(?:\bwie ?viel|\bhow much)\b.*(?<!\w)(?:bekomm\w*|erh[aä]lt\w*|kriegt?\w*|kassier\w*"
            r"|schuldet?\w*|gets?|receives?d?|raised?|los[et]|owe[sd]?|earn\w*|charge[sd]?"
            r"|donate[sd]?|worth)(?!\w)|\bzahlt\w*\b|bezahl\w*|gezahlt|[uü]berwies\w*|\bkost\w*"
            r"|kosten\b"
            r"|teuer|preis|\bwert\b|\w*wert je|\bgeld\b|\bmoney\b"
            r"|\beuro\b|dollar|umsatz|gewinn\b|\w*summe\b|schad"
            r"|sch[aä]den"
            r"|geldstrafe|bu[sß]+geld|budget|\betat\b|abl[oö]se|miete\b|gehalt|lohn\b|honorar"
            r"|spenden"
            r"|schulden|verlust\b|damage|\bcosts?\b|price|revenue|profit|budget|\bfine\b|\bpaid\b"
            r"|\bpay\b|f[oö]rder(?:ung|summe|geld)|investi|zuschuss|soforthilfe|entsch[aä]digung"
            r"|expensive"),
            MONEY,
        ),
        (
            (r"fl[aä]che\b|hektar|wie gro[sß]+ (?:ist|war|sind)? ?(?:der|das|die)? ?\w*(?:brand"
            r"|feuer|gebiet"
            r"|park|wald|gel[aä]nde)|how big .*\bfire\b|how large .*\b(?:fire|area)\b|hectares"
            r"|\bacres\b"),
            _AREA,
        ),
        (
            (r"pegel|wasserstand|\w*scheitel|wie hoch (?:stand|steht|lag|stieg)|wie tief|wie breit"
            r"|water level|how deep|how tall|h[oö]chststand"),
            {"metre", "centimetre", "kilometre", "foot"},
        ),
        (r"wie weit|how far", {"kilometre", "metre", "mile"}),
        (
            r"wie schnell|how fast|geschwindigkeit|tempo\b|\bspeed\b",
            {"kilometre_per_hour", "mile_per_hour", "knot"},
        ),
        (
            (r"prozent|\banteil\b|\w*quote\b|percent|\bshare of\b|inflation|teuerung|\brate\b"
            r"|umfrage|beteiligung\b|\bturnout\b|\w*zins(?:en|satz)?\b|rabatt|\w*aufschlag\b"
            r"|auslastung|arbeitslosigkeit|unemployment"),
            {"percent", "percentage_point"},
        ),
        (r"wie schwer (?:ist|war|wog)|gewicht|how heavy", {"kilogram", "tonne", "gram"}),
        (
            r"temperatur|wie (?:hei[sß]+|warm|kalt)|how (?:hot|cold|warm)",
            {"degree", "degree_fahrenheit"},
        ),
        (
            r"^wie lange\b|^how long\b|\bdauer\b",
            TIME,
        ),
        (r"^wie alt\b|^how old\b", {"year", "month"}),
    )
)  # fmt: skip


def units_asked(
    text: str, counted: frozenset[str], behind: re.Match[str] | None
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the units of which one must be there, and terms of what is measured by them."""
    if behind and re.match(r"(?:Millionen|Milliarden|millions?|billions?)\b", behind["words"]):
        return MONEY, frozenset()
    if counted & _money():
        counted = frozenset()  # money is not counted by number
    unit = unit_behind(text, behind.start("words") - 1) if behind else None
    if unit is not None:
        return frozenset({unit[0]}), frozenset()
    for pattern, units in _BY_QUESTION:
        match = pattern.search(text)
        if match is None:
            continue
        start = text.rfind(" ", 0, match.start()) + 1
        end = text.find(" ", match.end())
        word = text[start : end if end > 0 else len(text)]
        terms = frozenset(content_terms(word))
        if counted and not terms & counted:
            continue
        return units, terms - _empty() - _money()
    return frozenset(), frozenset()


@cache
def _empty() -> frozenset[str]:
    """Return terms that say nothing of what is asked for; made when asked: a dictionary is read."""
    return frozenset(content_terms("hoch groß teuer weit schnell lange alt schwer big how stand"))


@cache
def _money() -> frozenset[str]:
    return frozenset(content_terms("Geld Lohn Gehalt money pay"))


# Sums of one matter that are not one another's: who asks for one is not told another.
_APART = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"angebot|\bbiete|geboten|\boffer",
        r"schaden|sch[aä]den|\bdamage|\bloss(?:es)?\b|fehlbetrag",
        (
            r"hilfe\b|zuschuss|zusch[uü]sse|spende|f[oö]rder(?:geld|mittel|ung|programm)|\baid\b"
            r"|\brelief|subsid|\bgrant|\bdonat"
        ),
        r"entsch[aä]digung|schadene?rsatz|compensat",
        r"schulden|verbindlichkeit|\bdebts?\b|liabilit",
        r"bezahl|gezahlt|\bzahlt|kaufpreis|\bpaid\b|\bpays?\b|purchase price",
        r"kredit|darlehen|b[uü]rg(?:t|en|schaft)|\bloans?\b|\bguarantee",
        r"belohnung|\breward",
        r"strafe\b|bu[sß]+geld|\bfine[ds]?\b|penalt",
        (
            r"forder(?!lich)|verlang|\bdemand|\bask(?:ed|s|ing)? for|\bwant(?:ed|s)?\b|erpress"
            r"|l[oö]segeld|\bransom"
        ),
        r"gewinn\b|\bprofit",
        r"verlust|\bloss",
        r"umsatz|\brevenue|\bturnover",
        r"einnahmen|\bincome",
        r"ausgaben|\bausge(?:ben|geben)\b|\bexpens|\bspen(?:t|d|ds|ding)\b",
        r"gehalt|gehälter|verdien(?:t|en)\b|\bsalar|\bwages?\b",
    )
)


def names_the_same(question: str, sentence: str) -> bool:
    """Whether a sentence names the sum that is asked for, if in another word: "Schulden"."""
    return any(_APART[one].search(sentence) for one in _sums_of(question))


def names_another(question: str, sentence: str) -> bool:
    """Whether a sentence names another sum than the question, and not that one."""
    asked = _sums_of(question)
    if not asked or any(_APART[one].search(sentence) for one in asked):
        return False
    return any(one.search(sentence) for one in _APART)


@lru_cache(maxsize=256)
def _sums_of(question: str) -> tuple[int, ...]:
    return tuple(at for at, one in enumerate(_APART) if one.search(question))
