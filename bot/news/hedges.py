"""Words that limit a figure or say how sure something is, and where they stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType

from bot.news.claim import Hedge


@dataclass(frozen=True, slots=True)
class WrittenHedge:
    """A hedge with its words in a text; `hedge` is None where they only say how sure it is."""

    hedge: Hedge | None
    start: int
    end: int


_BEFORE: dict[Hedge, str] = {
    Hedge.ABOUT: (
        "rund|etwa|ungefähr|circa|zirka|ca|ca.|in etwa|um die|an die|schätzungsweise|geschätzt"
        "|geschätzte|geschätzten|ungefähr bei|plus minus|grob|grob geschätzt|so um die|etwa bei"
        "|about|around|roughly|approximately|approx|approx.|circa|some|an estimated|estimated|~|≈"
        "|something like|in the region of|in the order of"
    ),
    Hedge.AT_LEAST: (
        "mindestens|mind|mind.|wenigstens|zumindest|minimal|mehr als|über|gut|gut und gerne"
        "|nicht weniger als|etwas mehr als|deutlich mehr als|weit mehr als|weitaus mehr als"
        "|wesentlich mehr als|noch mehr als|knapp über|deutlich über|weit über|etwas über"
        "|leicht über|oberhalb von|jenseits von|ab|mehr als rund|>|≥|>="
        "|at least|more than|over|above|upwards of|upward of|no fewer than|not fewer than"
        "|no less than|not less than|a minimum of|minimum|in excess of|slightly more than"
        "|far more than|well over|just over|slightly over|a little over|a little more than|beyond"
        "|well above|just above|much more than|north of"
    ),
    Hedge.AT_MOST: (
        "bis zu|höchstens|max|max.|maximal|weniger als|unter|nicht mehr als|kaum mehr als"
        "|allenfalls|deutlich weniger als|etwas weniger als|weit weniger als|unterhalb von"
        "|deutlich unter|weit unter|knapp unter|bis maximal|nicht über|<|≤|<="
        "|up to|at most|as many as|as much as|no more than|not more than|less than|fewer than"
        "|under|below|a maximum of|maximum|well under|well below|just under|just below"
        "|slightly less than|slightly fewer than|far fewer than|far less than|not over"
    ),
    Hedge.NEARLY: (
        "knapp|fast|beinahe|nahezu|annähernd|nicht ganz|so gut wie|schier"
        "|nearly|almost|close to|not quite|approaching|nearing"
    ),
}
# "just under" says that little is missing.
_NEARLY_TOO = ("just under", "just below", "knapp unter", "slightly less than",
               "slightly fewer than", "etwas weniger als")  # fmt: skip
_HEDGES = MappingProxyType(
    {words: hedge for hedge, alternatives in _BEFORE.items() for words in alternatives.split("|")}
    | dict.fromkeys(_NEARLY_TOO, Hedge.NEARLY)
)
_MOST_WORDS = max(len(words.split()) for words in _HEDGES)
_LAST_WORDS = re.compile(r"(?:[^\W\d_]+\.?|[<>≥≤~≈]=?)(?=\s*$|\s)")
_LONGEST = 40
_REACH = 300  # characters of a clause
_BEHIND = re.compile(
    r"(?:\s+(?P<least>oder (?:sogar )?(?:noch )?mehr|und mehr|or (?:even )?more|and more|plus"
    r"|aufwärts"
    r"|upwards|and counting)|(?P<plus>\+)"
    r"|\s+(?P<most>oder weniger|or (?:less|fewer)|und weniger)"
    r"|\s+(?P<about>oder so|or so|odd|in etwa|ungefähr))(?!\w)",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"(?<!\w)(?:vermutlich|voraussichtlich|wahrscheinlich|wohl|angeblich|mutmaßlich|offenbar"
    r"|möglicherweise|vielleicht|womöglich|anscheinend|frühestens|spätestens|nicht vor"
    r"|reportedly|allegedly|probably|possibly|perhaps|apparently|presumably|likely|maybe"
    r"|at the earliest|no earlier than|not before|no later than|at the latest"
    r"|(?<=not )(?:\w+ ){0,4}before)(?!\w)",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;:–—]|,(?!\d)")
_OF_MONEY = re.compile(r"(?<![^\W\d_])[A-ZÄÖÜ][\w-]*\s+$")


def hedge_before(text: str, position: int, *, money: bool = False) -> WrittenHedge | None:
    """Return the hedge that stands directly before a number.

    With `money`, "über" behind a noun says what something is worth: "ein Scheck über 100 Euro".
    """
    start = max(0, position - _LONGEST)
    words = list(_LAST_WORDS.finditer(text, start, position))[-_MOST_WORDS:]
    if not words or text[words[-1].end() : position].strip():
        return None
    for count in range(len(words), 0, -1):
        some = words[-count:]
        said = " ".join(word.group().lower() for word in some)
        hedge = _HEDGES.get(said)
        if hedge is None:
            continue
        begins = some[0].start()
        if said == "über" and money and _OF_MONEY.search(text, max(0, begins - _LONGEST), begins):
            return None
        return WrittenHedge(hedge, begins, some[-1].end())
    return None


def hedge_behind(text: str, position: int) -> WrittenHedge | None:
    """Return the hedge that stands directly behind a number and its unit: "oder mehr"."""
    match = _BEHIND.match(text, position)
    if match is None:
        return None
    kind = match.lastgroup
    hedge = {"most": Hedge.AT_MOST, "about": Hedge.ABOUT}.get(kind or "", Hedge.AT_LEAST)
    start, end = match.span(kind or 0)
    return WrittenHedge(hedge, start, end)


def sureness(text: str, start: int, end: int) -> WrittenHedge | None:
    """Return the words of the same clause that say how sure a value is: "vermutlich"."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    before = [match.end() for match in _CLAUSE.finditer(text, first, start)]
    behind = _CLAUSE.search(text, end, last)
    first, last = (before[-1] if before else first), (behind.start() if behind else last)
    found = list(_SURE.finditer(text, first, last))
    if not found:
        return None
    nearest = min(found, key=lambda match: max(match.start() - end, start - match.end()))
    return WrittenHedge(None, nearest.start(), nearest.end())
