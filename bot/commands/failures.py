"""The one place where what went wrong becomes a sentence for a person, or a line in the log."""

from __future__ import annotations

import logging

import discord
from discord import app_commands

from bot.commands.conversation import Interaction, language_for, reply
from bot.counters import Counters
from bot.escape import escape
from bot.excerpt import cut
from bot.language import say, say_error
from bot.outages import OUTAGES
from bot.types import Language
from index.errors import BelegError

_log = logging.getLogger(__name__)

_LONGEST_DETAIL = 300

# What a request to Discord may end with, nobody's fault: it is counted, and nothing is said.
UNHEARD = (discord.HTTPException, discord.RateLimited, *OUTAGES)


def sentence_for(error: BaseException, language: Language) -> str:
    """Return what to tell a person; an error that is nobody's fault but ours goes to the log."""
    cause = _cause(error)
    if isinstance(cause, BelegError):
        return say_error(language, _escaped(cause))
    if isinstance(cause, app_commands.CheckFailure):
        return say(language, "discord.not_allowed")
    if isinstance(cause, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return say(language, "discord.outdated")
    _log.error("a command failed", exc_info=cause)
    return say(language, "discord.failed")


async def report(interaction: Interaction, error: BaseException) -> None:
    """Tell the person what went wrong, as long as Discord still listens."""
    cause = _cause(error)
    counters: Counters = interaction.client.counters
    if isinstance(cause, UNHEARD):
        # Too late, answered twice, channel gone, right withdrawn: trying again makes none better.
        counters.note(cause)
        return
    try:
        await reply(interaction, sentence_for(cause, language_for(interaction)))
    except UNHEARD as refusal:
        counters.note(refusal)


def _cause(error: BaseException) -> BaseException:
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error


def _escaped(error: BelegError) -> BelegError:
    """Values come from addresses, pages and files: what they hold must not act on Discord."""
    details = {
        name: escape(cut(value, _LONGEST_DETAIL)) if isinstance(value, str) else value
        for name, value in error.details.items()
    }
    return BelegError(error.code, **details)
