"""Who differs beside a figure: in the same sentence or the next, by whom said and of what not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.news.agreement import agree
from bot.news.claim import Claim, Figure
from bot.news.fates import fates_in
from bot.news.figures import WrittenFigure
from bot.news.noun_phrases import noun_phrase_at, subject_at
from bot.news.places import Place, are_people, figures_of, is_one_thing
from bot.news.retold import is_denied, is_part, is_retold
from bot.news.standing import same_source
from bot.news.tongue import tongue_of
from bot.types import Language
from index.types import Sentence, Span

# Sentences around a figure in which others differ: what stands before is told in its own words.
_AROUND = (0, 1, 2, -1)
# Of two figures for one thing neither is so many times the other.
_TIMES = 8
_HOLDS = re.compile(
    r"\b(?:dagegen|hingegen|demgegen[uü]ber|jedoch|allerdings|widersp\w+|kontert\w*|beharrt\w*"
    r"|h[aä]lt|hielt\w*|halten|bleib\w*|blieb\w*|geh(?:t|en)\b.*\baus|ging\w*\b.*\baus|sprach\w*"
    r"|spricht|sprechen|nannten?\w*|nenn(?:t|en)|kommt|kommen|kam(?:en)?|rechne\w*|sch[aä]tz\w*"
    r"|z[aä]hlt\w*|beziffer\w*|melde\w*|die rede|setzt\w*|gesetzt|heraufgesetzt|herabgesetzt"
    r"|(?:be)?f[uü]rcht\w*|vermute\w*|glaub\w*|fears?|feared|believes?"
    r"|veranschlag\w*|kalkulier\w*|says?|said|puts?|estimates?|estimated|counts?|counted"
    r"|insists?|maintains?|reckons?|reckoned|expects?|expected|disagrees?|claims?|claimed"
    r"|by contrast|however|speaks?|spoke)\b",
    re.IGNORECASE,
)
# "The party comes to 12 per cent": it has them, and does not say so.
_SHARES = frozenset({"percent", "percentage_point"})
_COMES_TO = re.compile(
    r"\b(?:kommt|kommen|kam(?:en)?|erreich\w*|comes?|came|gets?|got|won)\b", re.IGNORECASE
)
# Whose list it is who says so.
_LISTED = re.compile(
    r"\b(?:Liste|Statistik|Z[aä]hlung|Aufstellung|Kartei|Bilanz|Sch[aä]tzung|Register|Rechnung)"
    r"(?= (?:der|des) )"
)
# Who thunders before a colon: "Viel zu wenig, poltert der Verband: Es seien …"
_BEFORE_COLON = re.compile(
    r"(?:^|,\s)[a-zäöüß]{3,}t(?:e|en)?(?=\s(?:der|die|das)\s[A-ZÄÖÜ][^:.]{2,60}:)"
)
_FROM = re.compile(r"(?:Im|In (?:der|dem|den)|Beim|Bei (?:der|dem|den)|Aus (?:der|dem))(?= )")
# Of two halves of a sentence the second leaves out what both say.
_HALF = re.compile(
    r"(?:[,;:–—]| (?=und |aber |während |and |but |while ))\s?(?:(?:und|aber|w[aä]hrend|and|but"
    r"|while|whereas)\s)?"
)
_ELLIPTIC = re.compile(
    r"\s(?:(?:hingegen|dagegen|aber|sogar|nur|jedoch)\s)*(?:[a-zäöü]+\s)?(?:dagegen\s|hingegen\s)?"
    r"(?:von|auf|mit|bei|of|at|about|over|around)?\s?(?:\w+\s){0,3}$"
)
_ENGLISH_HALF = re.compile(
    r"(?:(?:[Tt]he|[Ii]ts|[Tt]heir|[Aa]n?)\s)?(?P<who>[a-z-]+(?:\s[a-z-]+){0,2})$"
)
_ENGLISH_VERB = re.compile(
    r"\s(?:spoke|speaks?|puts?|said|says?|counted|counts?|estimated|estimates?|claimed|claims?"
    r"|expects?|reckons?|gave|gives|disagrees?|insists?|maintains?)\b"
)
# Names another quantity than the sentence beside which it stands.
_QUANTITY = re.compile(
    r"\w*(?:forderung|angebot|umsatz|gewinn|verlust|budget|strafe|preis|kosten|schaden|sch[aä]den"
    r"|lohn|miete|anteil|beteiligung|demand|offer|revenue|profit|loss|budget|fine|price|cost|damage"
    r"|share|hilfe|zuschuss|zusch[uü]ss|schuld|belohnung|entsch[aä]digung|spende|f[oö]rderung|kredit"
    r"|aid|grant|debt|reward|compensation|donation|loan)(?:e?n|s)?\b",
    re.IGNORECASE,
)
_OTHER_YEAR = re.compile(
    r"\b(?:im (?:vor|letzten |vergangenen |vorigen )jahr\w*|vor (?:einem|zwei|drei) jahr\w*"
    r"|(?:last|the previous|the past) year|years? (?:ago|earlier)|(?:im jahr|in) (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
# "Four are still in hospital": what is left of them.
_STILL = re.compile(
    r"\b(?:noch|still|nur|only|just)(?: immer)? (?:(?:about|rund|etwa) )?$", re.IGNORECASE
)

Read = Callable[[Place], Claim | None]


def rivals_of(claim: Claim, place: Place, read: Read) -> Iterator[tuple[Claim, Claim]]:
    """Yield what others say beside a claim, each with the claim as it stands beside that.

    There it has the subject of its own sentence for who says so, where nobody else does. `read`
    reads what is claimed by words of a sentence.
    """
    if claim.figure is None:
        return
    sentences = place.choice.candidate.hit.passage.sentences
    at = sentences.index(place.choice.candidate.sentence)
    own = _with_subject(claim)
    for step in _AROUND:
        if not 0 <= at + step < len(sentences):
            continue
        sentence = sentences[at + step]
        for written in figures_of(sentence.text, tongue_of(sentence.text)):
            if step == 0 and written.start < place.end and place.start < written.end:
                continue
            if not _may_differ(claim, sentence, written, step):
                continue
            found = _read(place, sentence, written, read)
            if found is None:
                continue
            found = _by_its_half(found, own) if step == 0 else _with_subject(found, own)
            if _is_rival(own, found):
                yield own, found


def _read(place: Place, sentence: Sentence, written: WrittenFigure, read: Read) -> Claim | None:
    candidate = replace(place.choice.candidate, sentence=sentence, reading=None)
    choice = replace(place.choice, candidate=candidate)
    return read(replace(place, choice=choice, start=written.start, end=written.end))


def _may_differ(claim: Claim, sentence: Sentence, written: WrittenFigure, step: int) -> bool:
    """Whether a figure beside a claim may be of the same thing, without a look at who says it."""
    ours, theirs, text = claim.figure, written.figure, sentence.text
    if ours is None or not _of_one_unit(ours.unit, theirs.unit, theirs.counted):
        return False
    if not _of_one_thing(claim, theirs):
        return False
    bare = theirs.unit is None and theirs.counted is None
    if bare and (step < 0 or _STILL.search(text, 0, written.start)):
        return False
    if ours.unit in _SHARES and _COMES_TO.search(text, 0, written.start):
        return False
    place = text, written.start, written.end
    return not (
        fates_in(text) - fates_in(claim.quote.sentence.text)
        or is_retold(*place)
        or is_denied(*place)
        or is_part(*place)
        or _OTHER_YEAR.search(text)
    )


def _of_one_thing(claim: Claim, theirs: Figure) -> bool:
    """Whether a figure counts what a claim does, or does not say what, and is not far from it."""
    ours = claim.figure
    if ours is None or not ours.most / _TIMES <= theirs.most <= ours.most * _TIMES:
        return False
    return theirs.unit is not None or theirs.counted is None or _counts_alike(claim, theirs.counted)


def _of_one_unit(ours: str | None, theirs: str | None, counted: str | None) -> bool:
    """Whether figures have one unit, or the other one leaves it out: "auf 9 Millionen"."""
    return ours == theirs or (theirs is None and counted is None)


def _with_subject(claim: Claim, own: Claim | None = None) -> Claim:
    """Return a claim with the subject of its sentence, where nobody else is said to say it.

    Who said the one beside it, `own`, is not soon who says another.
    """
    sentence = claim.quote.sentence
    text = sentence.text
    if claim.claimant is not None and (own is None or not same_source(own, claim)):
        return claim
    listed = _LISTED.search(text) or _BEFORE_COLON.search(text)
    if listed is not None:
        span = noun_phrase_at(text, listed.end())
        return _by(claim, span) if span is not None else claim
    if not _HOLDS.search(text):
        return claim
    if tongue_of(text) is Language.ENGLISH:
        span = _english_subject(text, 0, claim.value.start - sentence.start)
    else:
        at = _FROM.match(text)
        span = noun_phrase_at(text, at.end()) if at else subject_at(text, 0, len(text))
    if span is None or sentence.start + span[1] > claim.value.start:
        return claim
    return _by(claim, span)


def _by_its_half(claim: Claim, own: Claim) -> Claim:
    """Return a claim with who begins its half of a sentence, where that half only names them.

    "The police spoke of 5,000, the organisers of 12,000": what is left out is said before.
    """
    text = claim.quote.sentence.text
    start = claim.value.start - claim.quote.sentence.start
    if claim.claimant is not None and not same_source(own, claim):
        return claim
    half = 0
    for match in _HALF.finditer(text, 0, start):
        half = match.end()
    if tongue_of(text) is Language.ENGLISH:
        span = _english_subject(text, half, start)
    else:
        span = subject_at(text, half, start)
        span = span if span and _ELLIPTIC.fullmatch(text, span[1], start) else None
    return _by(claim, span) if span is not None else claim


def _english_subject(text: str, start: int, end: int) -> tuple[int, int] | None:
    verb = _ENGLISH_VERB.search(text, start, end)
    found = _ENGLISH_HALF.fullmatch(text, start, verb.start()) if verb else None
    return found.span("who") if found else None


def _by(claim: Claim, span: tuple[int, int]) -> Claim:
    sentence = claim.quote.sentence
    start, end = span
    return replace(
        claim, claimant=Span(sentence.article, sentence.start + start, sentence.start + end)
    )


def _is_rival(claim: Claim, other: Claim) -> bool:
    if claim.claimant is None or other.claimant is None or other.figure is None:
        return False
    if _quantities(other) - _quantities(claim):
        return False
    return not same_source(claim, other) and not agree(claim, other)


def _quantities(claim: Claim) -> set[str]:
    return {match[0].lower() for match in _QUANTITY.finditer(claim.quote.sentence.text)}


def _counts_alike(claim: Claim, counted: str) -> bool:
    ours = (claim.figure.counted if claim.figure is not None else None) or ""
    return is_one_thing(ours, counted) or (are_people(ours) and are_people(counted))
