"""How `/ask`, `/timeline` and `/digest` answer: who sees it, and who is told what went wrong."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import TypeVar

from discord import app_commands

from bot.commands.admission import Admission
from bot.commands.ask_options import TO_ALL, share_choices, unreadable
from bot.commands.conversation import Interaction, language_for, reply_alone, settings_for
from bot.commands.failures import UNHEARD, sentence_for
from bot.commands.names import named

Callback = TypeVar("Callback", bound=Callable[..., Awaitable[None]])
T = TypeVar("T")


def question_options(about: str) -> Callable[[Callback], Callback]:
    """Name and describe a question and what it can be limited to; `about` describes the question.

    For a callback with `question`, `period`, `outlet` and `share`.
    """

    def describe(callback: Callback) -> Callback:
        decorators = (
            app_commands.rename(
                question=named("ask_question"),
                period=named("ask_period"),
                outlet=named("ask_outlet"),
                share=named("ask_share"),
            ),
            app_commands.describe(
                question=named(about),
                period=named("ask_period_about"),
                outlet=named("ask_outlet_about"),
                share=named("ask_share_about"),
            ),
            app_commands.choices(share=share_choices()),
        )
        for decorate in decorators:
            callback = decorate(callback)
        return callback

    return describe


async def defer_answer(
    interaction: Interaction,
    admission: Admission,
    today: date,
    *,
    period: str | None,
    share: str | None,
) -> bool:
    """Defer the answer and return whether only the person is to see it.

    Raises what keeps it from being answered; that, too, only the person sees.
    """
    refusal = unreadable(period, today) or admission.refusal_for(interaction)
    public = settings_for(interaction).public if share is None else share == TO_ALL
    private = refusal is not None or not public
    await interaction.response.defer(thinking=True, ephemeral=private)
    if refusal is not None:
        raise refusal
    return private


async def answered(interaction: Interaction, work: Awaitable[T], *, private: bool) -> T | None:
    """Await what puts the answer in place; what goes wrong only the person is told: None then."""
    try:
        return await work
    except UNHEARD:
        raise  # there is nobody to be told
    except Exception as error:
        if private:
            raise
        await reply_alone(interaction, sentence_for(error, language_for(interaction)))
        return None
