"""What holds now, who differs and what was said before, as people say it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from bot.excerpt import cut
from bot.language.claimants import claimant_text
from bot.language.days import day_text, published_text
from bot.language.periods import days_text
from bot.language.sentences import say
from bot.news.claim import Account, Claim
from bot.types import Answer, Language
from index.filter import Filter
from index.types import Published

_EARLIER = 3  # values of before that an answer tells
_OLD = 2  # days from which on what was asked of now is old
_CLAIMANT = 60


def understood_text(language: Language, account: Account, today: date | None = None) -> str | None:
    """Say which period the question was understood to ask for, None where it named none."""
    days = account.days
    if days is None:
        return None
    period = days_text(language, Filter(days.first, days.last), today)
    key = "standing.outside" if account.outside else "answer.interpretation"
    return say(language, key, interpretation=period, period=period)


def standing_text(language: Language, answer: Answer, today: date | None = None) -> str | None:
    """Say as of when an answer holds, and that it is old where it was asked how things are now.

    None where nothing is dated, or where the answer is no value and nothing else was said either.
    """
    account = answer.account
    if account is None or account.as_of is None or not answer.answered:
        return None
    if not _is_value(account.current[0]) and len(account.claims) < 2:  # noqa: PLR2004 - alone
        return None
    text = say(language, "standing.as_of", moment=made_text(language, account.as_of))
    if today is not None and (today - account.as_of.day).days >= _OLD and account.asks_now:
        return f"{text} · {say(language, 'standing.nothing_newer')}"
    return text


def differing_text(language: Language, account: Account | None) -> str | None:
    """Say that sources differ, None where they do not."""
    return say(language, "standing.differ") if account and account.differs else None


def claim_text(language: Language, claim: Claim, *, outdated: bool = False) -> str:
    """Name a claim: its value with its hedge as the article has them, who says so and when."""
    parts = [value_text(claim)]
    claimant = claimant_text(claim)
    if claimant is not None:
        parts.append(cut(claimant, _CLAIMANT))
    outlet = claim.stored.article.outlet
    if outlet:
        parts.append(cut(outlet, _CLAIMANT))
    parts.append(made_text(language, claim.made) if claim.made else published_text(language, None))
    if outdated:
        parts.append(say(language, "standing.older_version"))
    return " · ".join(parts)


def value_text(claim: Claim) -> str:
    """Return the words of a value, from its hedge on where that stands close before it."""
    text, hedge, value = claim.stored.article.text, claim.hedge, claim.value
    near = hedge is not None and 0 <= value.start - hedge.end <= _NEAR
    start = hedge.start if hedge is not None and near else value.start
    return " ".join(text[start : value.end].split())


_NEAR = 20


def earlier(account: Account | None) -> list[Claim]:
    """Return the values that were said before and do not hold any more, the newest first."""
    if account is None or not account.current or not _is_value(account.current[0]):
        return []
    lead = account.current[0]
    seen = {_key(claim) for claim in account.current}
    found = []
    for claim in reversed(account.claims):
        older = claim.made is not None and lead.made is not None
        if not older or claim in account.current or _key(claim) in seen or not _is_value(claim):
            continue
        seen.add(_key(claim))
        found.append(claim)
    return found[:_EARLIER]


def made_text(language: Language, made: Published) -> str:
    """Write when something was said: in the time of the article, where it states one."""
    moment = made.moment
    if moment is None:
        return day_text(language, made.day)
    here = moment.astimezone() if _is_universal(moment) else moment
    day = day_text(language, here.date())
    return say(language, "answer.moment", day=day, time=here.strftime("%H:%M"))


def _is_universal(moment: datetime) -> bool:
    return moment.tzinfo is None or moment.tzinfo is UTC or not moment.utcoffset()


def _is_value(claim: Claim) -> bool:
    return claim.figure is not None or claim.days is not None


def _key(claim: Claim) -> object:
    figure = claim.figure
    return (figure.least, figure.most) if figure else claim.days
