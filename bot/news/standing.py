"""What holds now: the newer replaces the older of the same source; who differs stands beside."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta

from bot.news.agreement import agree, figures_agree
from bot.news.asked import Asked, Wanted
from bot.news.claim import Claim
from bot.news.dispute import around, is_disputed, is_settled
from bot.news.found import Found
from bot.news.setters import only_sets
from bot.news.units import MONEY
from index.terms import content_terms, fold
from index.types import Published, StoredArticle

# Claims of different sources within this time are made at about the same time.
SAME_TIME = timedelta(hours=40)
_ALIKE = 5  # letters in which two words for one source agree
# Ways to say who somebody speaks for.
_SYNONYMS = (
    (
        "rathaus stadt stadtverwaltung gemeinde kommune magistrat town city council bürgermeister"
        " bürgermeisterin oberbürgermeister oberbürgermeisterin mayor stadtsprecher stadtsprecherin"
    ),
    (
        "polizei präsidium polizeipräsidium police polizeisprecher polizeisprecherin"
        " polizeisprecherinnen"
    ),
    "feuerwehr brandmeister kreisbrandmeister kreisbrandmeisterin fire",
    "landkreis landratsamt kreis landrat landrätin district",
    (
        "konzern unternehmen firma hersteller betreiber company operator vorstand vorstandschef"
        " unternehmenssprecher unternehmenssprecherin firmenangaben unternehmensangaben"
    ),
    "gewerkschaft union",
    (
        "amt amtstierarzt amtstierärztin amtsarzt amtsärztin behörde landesamt gesundheitsamt"
        " landesgesundheitsamt authority amtsleiterin amtsleiter"
    ),
    "ministerium haus ministry minister ministerin",
)
_GROUP = {fold(word): number for number, line in enumerate(_SYNONYMS) for word in line.split()}


def moment_of(made: Published | None) -> datetime:
    """Return when something was said, as exactly as it is known; what is undated is oldest."""
    if made is None:
        return datetime.min.replace(tzinfo=UTC)
    if made.moment is not None:
        return made.moment if made.moment.tzinfo else made.moment.replace(tzinfo=UTC)
    return datetime.combine(made.day, time(12), UTC)


def in_order(found: Sequence[Found]) -> list[Found]:
    """Return claims in the order in which they were made; what an article retells goes first."""
    return sorted(
        found,
        key=lambda one: (
            moment_of(one.claim.made),
            one.claim.stored.id,
            not one.retold,
            one.claim.value.start,
        ),
    )


def told_once(found: Sequence[Found], *, first: bool) -> list[Found]:
    """Leave of claims with one value by one source the first or the newest, of those in order.

    What an article retells is dropped where another one has said it.
    """
    kept: list[Found] = []
    alone = one_each([one for one in found if not one.retold])
    for one in found:
        if not one.retold and one not in alone:
            continue
        same = [other for other in kept if _is_same(one, other)]
        if first and not same:
            same = _said_already(one, kept)
        if not same:
            kept.append(one)
        elif not one.retold and not first:
            kept = [other for other in kept if other not in same]
            kept.append(one)
    # What is retold before its own article was found is dropped as well.
    said = [one for one in kept if not one.retold]
    return [
        one
        for one in kept
        if not one.retold or not any(_same_value(one.claim, other.claim) for other in said)
    ]


def changed_only(found: Sequence[Found], newest: Mapping[int, int]) -> list[Found]:
    """Leave out what an older version of an article says as the newest one does.

    `newest` maps an older version to the newest one.
    """
    return [
        one
        for one in found
        if not any(
            other.claim.stored.id == newest.get(one.claim.stored.id)
            and other.retold == one.retold
            and _same_value(one.claim, other.claim)
            for other in found
        )
    ]


_SAYS = re.compile(
    r"\b(?:laut|woll(?:te|ten|en)|plante\w*|plant|planned|wanted to|nach angaben|gemeldet"
    r"|meldete\w*|genannt|nannte\w*|nennt|angegeben|gibt .* an"
    r"|sagt\w*"
    r"|gesagt|gesch[aä]tzt|sch[aä]tzte?|(?:ging|geht) .*\baus\b|spricht|sprach|beziffert\w*"
    r"|z[aä]hlten?|z[aä]hlt|gez[aä]hlt|registriert\w*|counts?|counted"
    r"|according to|said|says"
    r"|reported|estimate[sd]?|meint\w*|erwartet\w*|behauptet\w*|h[aä]lt|hielt\w*)\b",
    re.IGNORECASE,
)


_OFFICE = re.compile(
    r"amt(?:s\w+)?$|^amt|beh[oö]rde|ministeri|minister(?:in)?$|polizei|police|pr[aä]sidium"
    r"|feuerwehr"
    r"|landkreis|landrat|rathaus|stadt$|stadtverwaltung|^regierung|authorit|^council$|^ministry$"
    r"|statistik|staatsanwalt|b[uü]rgermeister",
    re.IGNORECASE,
)


def _is_office(claim: Claim) -> bool:
    words = re.findall(r"[^\W\d_]+", claim.claimant.text) if claim.claimant else []
    return any(_OFFICE.search(word) for word in words)


def by_whom(found: Sequence[Found], question: str, *, official: bool = False) -> list[Found]:
    """Leave the claims of whom a question asks about: "Wie viele hat die Polizei gemeldet?".

    Where it asks for official ones, those of offices, as far as there are any.
    """
    if official:
        offices = [one for one in found if _is_office(one.claim)]
        return offices or list(found)
    if not _SAYS.search(question):
        return list(found)
    asked = {fold(word) for word in re.findall(r"[^\W\d_]{3,}", question) if content_terms(word)}
    own = [one for one in found if asked & _names(one.claim)]
    return own or list(found)


def _said_already(one: Found, kept: Sequence[Found]) -> list[Found]:
    """Return who said the same before, where the source of a claim has not said otherwise since."""
    same = [other for other in kept if _same_value(one.claim, other.claim)]
    if not same:
        return []
    since = kept[kept.index(same[-1]) + 1 :]
    return [] if any(same_source(one.claim, other.claim) for other in since) else same


def holding(
    found: Sequence[Found],
    everything: Sequence[Found],
    asked: Asked,
    current_id: Mapping[int, int],
    replaced: Callable[[StoredArticle, StoredArticle], bool],
) -> list[Claim]:
    """Return the claims that hold, the newest first, of those in order.

    `everything` are all claims, with those that were dropped since another one says the same.
    `current_id` maps an older version of an article to the newest one, `replaced` says whether an
    article corrects an older one. Where words answer, the newest of them holds.
    """
    live = [one for one in found if not one.retold] or list(found)
    if not live:
        return []
    if asked.wanted is Wanted.WORDS:
        return [live[-1].claim]
    lead, *others = _lead_first(live)
    holds = [lead]
    for one in others:
        newer = [other for other in live if _is_newer(other, one)]
        if (
            (_is_of_now(one, lead, live, everything) or _still_stands(one, holds))
            and not _is_replaced(one, newer, current_id)
            and not _is_taken_back(one.claim, everything)
            and not any(
                replaced(other.claim.stored, one.claim.stored)
                and not is_disputed(other.claim, one.claim)
                for other in newer
            )
            and _differs(one.claim, [other.claim for other in holds], asked)
        ):
            holds.append(one)
    return [one.claim for one in holds]


def _is_of_now(one: Found, lead: Found, live: Sequence[Found], everything: Sequence[Found]) -> bool:
    """Whether a claim is about as new as what leads, or as when that was first said so."""
    said = [
        moment_of(other.claim.made)
        for other in everything
        if not other.retold
        and other.claim.figure is not None
        and same_source(other.claim, lead.claim)
        and agree(other.claim, lead.claim)
    ]
    since = min([moment_of(live[-1].claim.made), *said])
    return since - moment_of(one.claim.made) <= SAME_TIME


def _still_stands(one: Found, holds: Sequence[Found]) -> bool:
    """Whether a newer claim tells of an older one that it is disputed between the two."""
    return any(is_disputed(other.claim, one.claim) for other in holds)


# What was thought before is not so: nobody holds on to it.
_MORE_THAN_THOUGHT = re.compile(
    r"\b(?:als|wie) (?:zun[aä]chst|bisher|bislang|zuerst|anfangs|anf[aä]nglich|urspr[uü]nglich"
    r"|vorher)"
    r" (?:angenommen|gedacht|gemeldet|bekannt|vermutet|bef[uü]rchtet|mitgeteilt|geglaubt"
    r"|gesch[aä]tzt)"
    r"|\bthan (?:first|initially|previously|originally) (?:thought|reported|believed|feared"
    r"|estimated)",
    re.IGNORECASE,
)
# Who counts on says so: what is counted later replaces it, whoever says it.
_INTERIM = re.compile(
    r"\b(?:nach ausz[aä]hlung von (?:\w+ ){0,2}(?:der|von)|ausgez[aä]hlt sind"
    r"|zwischen(?:stand|ergebnis)\w*|hochrechnung\w*|(?:nach)?wahlprognosen?"
    r"|(?:nach|laut) ersten (?:angaben|erkenntnissen|meldungen|informationen|sch[aä]tzungen)"
    r"|(?:with|after) \w+ (?:of|out of) (?:the )?\w+ \w+ counted|exit polls?"
    r"|(?:first|initial|early) (?:reports?|counts?|returns|results|estimates?))\b",
    re.IGNORECASE,
)


def _is_replaced(one: Found, newer: Sequence[Found], current_id: Mapping[int, int]) -> bool:
    """Whether its source has said something newer, or its article was changed since."""
    version = current_id.get(one.claim.stored.id)
    if newer and _INTERIM.search(one.claim.quote.sentence.text):
        return True
    if any(
        _MORE_THAN_THOUGHT.search(around(other.claim)) and not is_disputed(other.claim, one.claim)
        for other in newer
    ):
        return True
    if any(is_settled(other.claim, one.claim) for other in newer):
        return True
    return any(
        other.claim.stored.id == version or same_source(one.claim, other.claim) for other in newer
    )


def _differs(claim: Claim, holds: Sequence[Claim], asked: Asked) -> bool:
    """Whether a figure cannot be so beside what holds, and another source says it."""
    if asked.wanted is Wanted.DAY or claim.figure is None:
        return False
    if any(other.figure is None for other in holds):
        return False  # nobody is left
    if any(not _is_comparable(claim, other) for other in holds):
        return False  # metres do not contradict degrees
    return not any(agree(claim, other) or same_source(claim, other) for other in holds)


def _is_comparable(one: Claim, other: Claim) -> bool:
    """Whether figures are of one kind: both are counts, or sums, or of one unit."""
    if one.figure is None or other.figure is None:
        return True
    units = {one.figure.unit, other.figure.unit}
    bare = any(claim.figure and claim.figure.unit is None for claim in (one, other))
    counted = any(claim.figure and claim.figure.counted is not None for claim in (one, other))
    return len(units) == 1 or units <= MONEY or (bare and not counted)


def one_each(live: Sequence[Found]) -> list[Found]:
    """Leave of each article one claim, and those by others who are named."""
    kept: list[Found] = []
    for one in sorted(live, key=lambda found: -found.score):
        rivals = [other for other in kept if other.claim.stored.id == one.claim.stored.id]
        if all(_are_two(one.claim, other.claim) for other in rivals):
            kept.append(one)
    return [one for one in live if one in kept]


def _are_two(one: Claim, other: Claim) -> bool:
    if not (_names(one) and _names(other)) or same_source(one, other):
        return False
    return not (_only_sets(one) or _only_sets(other))


# Who speaks of a figure does not only set it.
_SPEAKS = re.compile(
    r"\s(?:spoke|speaks?|said|says?|puts?|estimate\w*|count\w*|reckon\w*|sprach\w*|spricht|sprechen"
    r"|nann?te\w*|nenn\w*|z[aä]hl\w*|geh\w*|ging\w*|rechne\w*|komm\w*|kam\w*|bleib\w*|sch[aä]tz\w*"
    r"|beziffer\w*)\b",
    re.IGNORECASE,
)


def _only_sets(claim: Claim) -> bool:
    if claim.claimant is None:
        return False
    sentence, claimant = claim.quote.sentence, claim.claimant
    if _SPEAKS.match(sentence.article.text, claimant.end):
        return False
    return only_sets(sentence.text, claimant.text)


def _lead_first(live: Sequence[Found]) -> list[Found]:
    """Put the best claim of the newest article first, then from new to old."""
    newest = live[-1].claim.stored.id
    best = max((one for one in live if one.claim.stored.id == newest), key=lambda one: one.score)
    return [best, *(one for one in reversed(live) if one is not best)]


def _is_newer(one: Found, other: Found) -> bool:
    return moment_of(one.claim.made) > moment_of(other.claim.made)


def _is_same(one: Found, other: Found) -> bool:
    if not _same_value(one.claim, other.claim):
        return False
    return one.retold or other.retold or same_source(one.claim, other.claim, unsaid=True)


def _same_value(one: Claim, other: Claim) -> bool:
    ours, theirs = one.figure, other.figure
    if ours is not None and theirs is not None:
        return (ours.least, ours.most) == (theirs.least, theirs.most)
    if one.days is not None and other.days is not None:
        return one.days == other.days
    if ours is None and theirs is None:
        return one.value.text.casefold() == other.value.text.casefold()
    return False


def _is_taken_back(claim: Claim, found: Sequence[Found]) -> bool:
    """Whether a newer article tells this value as one of before."""
    figure = claim.figure
    return figure is not None and any(
        other.retold
        and other.claim.figure is not None
        and figures_agree(other.claim.figure, figure)
        and moment_of(other.claim.made) > moment_of(claim.made)
        for other in found
    )


def same_source(one: Claim, other: Claim, *, unsaid: bool = False) -> bool:
    """Whether two claims are made by one: by name, by office, or in one paper by nobody named.

    With `unsaid`, a claim by nobody in particular may be anybody's.
    """
    ours, theirs = _names(one), _names(other)
    if not ours or not theirs:
        if unsaid:
            return True
        same_paper = one.stored.article.outlet == other.stored.article.outlet
        return same_paper and one.stored.article.outlet is not None
    groups = {_GROUP[name] for name in ours if name in _GROUP}
    if groups & {_GROUP[name] for name in theirs if name in _GROUP}:
        return True
    return any(
        a == b or (len(a) > _ALIKE and len(b) > _ALIKE and (a.endswith(b) or b.endswith(a)))
        for a in ours
        for b in theirs
    )


def _names(claim: Claim) -> set[str]:
    if claim.claimant is None:
        return set()
    words = re.findall(r"[^\W\d_]{3,}", claim.claimant.text)
    # As written and as a dictionary lists it: "des Verbunds".
    return {form for word in words for term in content_terms(word) for form in (fold(word), term)}
