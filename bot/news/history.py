"""How a figure went: what was claimed in the order in which it was, and the picture of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, tzinfo

from bot.excerpt import cut
from bot.excerpt_limits import ExcerptLimits, within
from bot.language import say
from bot.language.claimants import claimant_text
from bot.language.days import day_text
from bot.language.figures import figure_text, unit_name
from bot.news.chart import Chart, ChartPoint, Scale
from bot.news.claim import Account, Claim, Days
from bot.types import Language, Quote
from index.outlet import host_name
from index.types import Published

MOST_DRAWN = 20
_MOST_OF_IT = 0.6  # of a sentence
_NOON = time(12)
_TITLE, _SOURCE, _CLAIMANT, _LABEL = 160, 60, 40, 40


@dataclass(frozen=True, slots=True)
class Said:
    """One value in its turn; `quote` is None where its site lets nothing of it be shown.

    `again` are later claims that only repeat it; `holds` says whether it is still current.
    """

    claim: Claim
    quote: Quote | None
    again: tuple[Claim, ...] = ()
    holds: bool = False

    @property
    def is_sentence(self) -> bool:
        """Whether the value is all that is quoted: a step of what happened and no figure."""
        claim, quote = self.claim, self.quote
        if quote is None or claim.figure is not None or claim.days is not None:
            return False
        return claim.value.end - claim.value.start >= _MOST_OF_IT * len(quote.text)


@dataclass(frozen=True, slots=True)
class History:
    """All values in order; `days` is the period that the question was understood to ask for."""

    question: str
    said: tuple[Said, ...]
    origins: int
    days: Days | None = None


def history_of(
    question: str, account: Account, limits: ExcerptLimits, stated: Mapping[int, int]
) -> History:
    """Put the claims of an account in their order, each with what may be shown of its quotation.

    `stated` holds the characters that sites let be shown of an article, by its id. A history is
    made of many quotations: of the limits, their number does not count here.
    """
    merged = _merged(account.claims)
    quotes = [replace(claim.quote, highlight=claim.value) for claim, _ in merged]
    wide = replace(limits, quotations=len(quotes))
    allowed = within(quotes, wide, stated)[0]
    said = [
        Said(
            claim,
            _shown(quote, allowed),
            again,
            any(one in account.current for one in (claim, *again)),
        )
        for (claim, again), quote in zip(merged, quotes, strict=True)
    ]
    return History(question, tuple(said), account.origins, account.days)


def _shown(quote: Quote, allowed: Sequence[Quote]) -> Quote | None:
    """Return what may be shown of a quotation: itself, or its sentence alone."""
    return next(
        (
            one
            for one in allowed
            if one.stored.id == quote.stored.id
            and one.highlight == quote.highlight
            and quote.span.start <= one.span.start
            and one.span.end <= quote.span.end
        ),
        None,
    )


def _merged(claims: Sequence[Claim]) -> list[tuple[Claim, tuple[Claim, ...]]]:
    """Put a claim with the one that it repeats: the last one, or the last of the same voice."""
    found: list[tuple[Claim, list[Claim]]] = []
    voices: dict[str, int] = {}
    for claim in claims:
        before = {len(found) - 1, voices.get(_voice(claim), -1)} - {-1}
        same = next((i for i in sorted(before) if _repeats(claim, found[i][0])), None)
        if same is None:
            found.append((claim, []))
            same = len(found) - 1
        else:
            found[same][1].append(claim)
        voices[_voice(claim)] = same
    return [(claim, tuple(again)) for claim, again in found]


def _repeats(claim: Claim, before: Claim) -> bool:
    """Whether a claim says nothing new: the very figure, the very days, else the very words."""
    if claim.stored.id == before.stored.id:
        return False
    if claim.figure is not None and before.figure is not None:
        one, other = claim.figure, before.figure
        return (one.least, one.most, one.unit, one.hedge) == (
            other.least,
            other.most,
            other.unit,
            other.hedge,
        )
    if claim.days is not None and before.days is not None:
        return claim.days == before.days
    return claim.value.text.casefold() == before.value.text.casefold()


def _voice(claim: Claim) -> str:
    if claim.claimant is not None:
        return claim.claimant.text.casefold()
    return claim.stored.article.outlet or str(claim.stored.id)


def value_text(claim: Claim, language: Language) -> str:
    """Name what is claimed: the figure with its hedge, the days, else the article's words."""
    if claim.figure is not None:
        return figure_text(language, claim.figure)
    if claim.days is not None:
        return _days_text(claim.days, language) or cut(claim.value.text, _TITLE)
    return cut(claim.value.text, _TITLE)


def _days_text(days: Days, language: Language) -> str | None:
    """Write one day out; longer stretches have better names in the article ("Herbst 2026")."""
    return day_text(language, days.first) if days.first and days.first == days.last else None


def source_text(claim: Claim, language: Language) -> str:
    """Name the outlet of a claim, else the host of its article."""
    article = claim.stored.article
    name = cut(article.outlet or host_name(article.url) or "", _SOURCE)
    return name or say(language, "plot.unknown_source")


def chart_of(history: History, language: Language, zone: tzinfo | None = None) -> Chart | None:
    """Return the picture of a history in the time of a zone, by default as the articles have it.

    None where nothing can be drawn: no figures, no days, no dates. Figures of another unit than
    most have do not fit on one axis; what is left out is counted at the foot.
    """
    every = [(said, said.claim.made) for said in history.said]
    figures = [(said, made) for said, made in every if said.claim.figure is not None]
    days = [
        (said, made)
        for said, made in every
        if said.claim.days is not None and said.claim.days.first and said.claim.days.last
    ]
    scale = Scale.NUMBER if len(figures) >= len(days) else Scale.DATE
    unit = ""
    if scale is Scale.NUMBER:
        figures = _of_one_unit(figures)
        unit = _unit_text(figures, language)
    shown = (figures if scale is Scale.NUMBER else days)[-MOST_DRAWN:]
    points = tuple(_point(said, made, language, zone) for said, made in shown if _fits(said))
    if not any(point.moment for point in points):
        return None
    left = len(history.said) - len(points)
    note = say(language, "plot.left", count=left) if left else ""
    title = cut(history.question, _TITLE)
    return Chart(title, points, language, scale, unit, note)


_LARGEST = 10**15


def _fits(said: Said) -> bool:
    figure = said.claim.figure
    if said.quote is None:  # its site lets nothing of it be shown
        return False
    return figure is None or max(abs(figure.least), abs(figure.most)) < _LARGEST


def _of_one_unit(found: list[tuple[Said, Published | None]]) -> list[tuple[Said, Published | None]]:
    units = Counter(said.claim.figure.unit for said, _ in found if said.claim.figure)
    most = units.most_common(1)[0][0] if units else None
    return [
        (said, made) for said, made in found if said.claim.figure and said.claim.figure.unit == most
    ]


def _unit_text(found: Sequence[tuple[Said, Published | None]], language: Language) -> str:
    """Name what is counted by the word that most claims have for it, else the unit."""
    figures = [said.claim.figure for said, _ in found if said.claim.figure]
    counted = Counter(figure.counted for figure in figures if figure.counted)
    if figures and figures[0].unit is not None:
        return unit_name(language, figures[0].unit)
    return cut(counted.most_common(1)[0][0], _SOURCE) if counted else ""


def _reach(days: Days | None) -> tuple[float, float]:
    """Return the first and the last day as numbers; what is open has all days before or behind."""
    first = (days.first if days else None) or date.min
    last = (days.last if days else None) or date.max
    return float(first.toordinal()), float(last.toordinal())


def _point(
    said: Said, made: Published | None, language: Language, zone: tzinfo | None
) -> ChartPoint:
    claim = said.claim
    if claim.figure is not None:
        least, most = float(claim.figure.least), float(claim.figure.most)
    else:
        least, most = _reach(claim.days)
    moment = made.moment if made is not None else None
    if moment is not None:
        # As the article has it; what is stated for all the world in the time of this machine.
        shifted = zone is not None or not moment.utcoffset()
        moment = (moment.astimezone(zone) if shifted else moment).replace(tzinfo=None)
    return ChartPoint(
        moment=moment or (datetime.combine(made.day, _NOON) if made is not None else None),
        timed=moment is not None,
        least=least,
        most=most,
        label=cut(value_text(claim, language), _LABEL) or "?",
        source=source_text(claim, language),
        claimant=cut(claimant_text(claim) or "", _CLAIMANT),
        hedge=claim.figure.hedge if claim.figure else None,
        holds=said.holds,
    )
