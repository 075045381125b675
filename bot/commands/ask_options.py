"""What `/ask` can be limited to: what is typed there, what is offered, what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from discord import app_commands

from bot.commands.conversation import (
    Interaction,
    corpus_for,
    language_for,
    person_of,
    settings_for,
)
from bot.commands.names import translated
from bot.desk import Desk
from bot.language.periods import days_text, offer_text
from bot.period import Period, filtered, read_period
from bot.permissions import may_ask
from bot.types import Language
from index.errors import SettingError
from index.filter import Filter

TO_ALL, TO_ME = "all", "me"
_CHOICES = 25
_CHOICE_LENGTH = 100


def unreadable(period: str | None, today: date) -> SettingError | None:
    """Return what is wrong with what was typed as a period, None where it can be read."""
    try:
        read_period(period or "", today)
    except SettingError as error:
        return error if period and period.strip() else None
    return None


def filter_of(
    period: str | None, outlet: str | None, known: Sequence[str], today: date
) -> Filter | None:
    """Return what a question is to be limited to; None without options.

    SettingError for what is no period, NotFoundError for an outlet that has no articles here:
    whatever was offered while typing, anything can be sent.
    """
    days = read_period(period, today) if period and period.strip() else (None, None)
    return filtered(days, outlet, known)


def share_choices() -> list[app_commands.Choice[str]]:
    """Return who may see an answer, to choose from."""
    return [
        app_commands.Choice(name=translated("choice.to_all"), value=TO_ALL),
        app_commands.Choice(name=translated("choice.to_me"), value=TO_ME),
    ]


def offer_limits(
    command: app_commands.Command[Any, ..., None], desk: Desk, today: Callable[[], date]
) -> None:
    """Offer periods and outlets while they are typed, the outlets to those who may ask."""
    offer_periods(command, today)

    @command.autocomplete("outlet")
    async def suggest_outlet(
        interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        if not may_ask(person_of(interaction), settings_for(interaction)):
            return []
        return offered_outlets(current, await outlets_in(desk, corpus_for(interaction)))


def offer_periods(command: app_commands.Command[Any, ..., None], today: Callable[[], date]) -> None:
    """Offer periods while they are typed."""

    @command.autocomplete("period")
    async def suggest_period(
        interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        return offered_periods(current, language_for(interaction), today())


async def outlets_in(desk: Desk, corpus: str) -> list[str]:
    """Return the outlets that have articles here, the one with the most first."""
    return await desk.look(corpus, lambda opened: opened.filters.outlets())


def offered_periods(typed: str, language: Language, today: date) -> list[app_commands.Choice[str]]:
    """Return what fits to what is typed, and how that itself would be understood."""
    wanted = _folded(typed)
    names = {offer_text(language, period): period.value for period in Period}
    found = [
        app_commands.Choice(name=name, value=value)
        for name, value in names.items()
        if wanted in _folded(name)
    ]
    try:
        first, last = read_period(typed, today)
    except SettingError:
        return found
    name = days_text(language, Filter(first, last), today)
    if name not in names and len(typed.strip()) <= _CHOICE_LENGTH:
        found.append(app_commands.Choice(name=name, value=typed.strip()))
    return found


def offered_outlets(typed: str, known: Sequence[str]) -> list[app_commands.Choice[str]]:
    """Return the outlets that what is typed occurs in; one whose name is too long is left out."""
    wanted = _folded(typed)
    fitting = (name for name in known if wanted in _folded(name) and len(name) <= _CHOICE_LENGTH)
    return [app_commands.Choice(name=name, value=name) for name in fitting if name.strip()][
        :_CHOICES
    ]


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
