"""Questions: by `/ask`, by mention and by reply."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import discord
from discord import app_commands, ui

from bot.buttons.answer import answer_view
from bot.commands.admission import Admission
from bot.commands.ask_options import filter_of, offered_outlets, offered_periods
from bot.commands.conversation import (
    Interaction,
    corpus_for,
    language_for,
    person_of,
    settings_for,
)
from bot.commands.failures import log_refusal, sentence_for
from bot.commands.names import named, translated
from bot.commands.turns import Turns
from bot.conversation import Turn, turn_of
from bot.desk import Desk
from bot.language import language_of, say
from bot.permissions import may_ask
from bot.render import render_answer
from bot.types import Language

# How Discord writes mentions, channels, commands, custom emoji and times into a message.
_TOKEN = re.compile(r"<(?:@[!&]?|#|/[^:>]+:|a?:\w+:|t:-?)\d+(?::[a-zA-Z])?>")


_TO_ALL, _TO_ME = "all", "me"


def ask_command(
    desk: Desk, turns: Turns, admission: Admission, today: Callable[[], date]
) -> app_commands.Command[Any, ..., None]:
    """Build `/ask`. It goes on with no other question, but a message may go on with it."""

    @app_commands.command(name=named("ask"), description=named("ask_about"))
    @app_commands.rename(
        question=named("ask_question"),
        period=named("ask_period"),
        outlet=named("ask_outlet"),
        share=named("ask_share"),
    )
    @app_commands.describe(
        question=named("ask_question_about"),
        period=named("ask_period_about"),
        outlet=named("ask_outlet_about"),
        share=named("ask_share_about"),
    )
    @app_commands.choices(
        share=[
            app_commands.Choice(name=translated("choice.to_all"), value=_TO_ALL),
            app_commands.Choice(name=translated("choice.to_me"), value=_TO_ME),
        ]
    )
    async def ask(
        interaction: Interaction,
        question: str,
        period: str | None = None,
        outlet: str | None = None,
        share: str | None = None,
    ) -> None:
        refusal = admission.refusal_for(interaction)
        public = settings_for(interaction).public if share is None else share == _TO_ALL
        private = refusal is not None or not public
        await interaction.response.defer(thinking=True, ephemeral=private)
        if refusal is not None:
            raise refusal
        language, corpus = language_for(interaction), corpus_for(interaction)
        known = await outlets(corpus) if outlet else []
        only = filter_of(period, outlet, known, today())
        longest = settings_for(interaction).excerpt_characters
        answer = await desk.ask(corpus, without_tokens(question), only=only, longest=longest)
        shown = await interaction.edit_original_response(
            content=render_answer(answer, language, today()),
            view=answer_view(answer, language, private=private),
        )
        guild, channel, author = interaction.guild_id, interaction.channel_id, interaction.user.id
        if guild is not None and channel is not None:
            turns.remember(guild, channel, author, shown, turn_of(answer))
        asked = without_tokens(question)
        admission.log.note(corpus, author, asked, answered=answer.answered)

    @ask.autocomplete("period")
    async def suggest_period(
        interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        return offered_periods(current, language_for(interaction), today())

    @ask.autocomplete("outlet")
    async def suggest_outlet(
        interaction: Interaction, current: str
    ) -> list[app_commands.Choice[str]]:
        if not may_ask(person_of(interaction), settings_for(interaction)):
            return []
        return offered_outlets(current, await outlets(corpus_for(interaction)))

    async def outlets(corpus: str) -> list[str]:
        return await desk.look(corpus, lambda opened: opened.filters.outlets())

    return app_commands.guild_only(app_commands.guild_install(ask))


class Mentions:
    """Answers messages that mention the bot or reply to it."""

    def __init__(
        self, desk: Desk, turns: Turns, admission: Admission, today: Callable[[], date]
    ) -> None:
        """Take the desk that answers, the memory of what was asked, and who may ask where."""
        self._desk = desk
        self._today = today
        self._admission = admission
        self._turns = turns

    async def answer(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Answer a message if it is addressed to the bot; never raises."""
        if message.author.bot or message.is_system():
            return
        mentioned = is_mentioned(message, me)
        if not mentioned and not is_reply_to(message, me) and message.guild is not None:
            return
        try:
            # Before any look-up: people should see at once that somebody is at it.
            async with message.channel.typing():
                text, turn, view = await self._text(message, mentioned=mentioned)
            sent = await message.channel.send(
                text,
                view=view,  # type: ignore[arg-type] # without one it may be None, its types forgot
                reference=message.to_reference(fail_if_not_exists=False),
                nonce=message.id,  # a repeated request makes no second answer
                suppress_embeds=True,
            )
        except discord.HTTPException as refusal:
            log_refusal(refusal)
            return
        if message.guild is not None and turn is not None:
            guild, author = message.guild.id, message.author.id
            self._turns.remember(guild, message.channel.id, author, sent, turn)

    async def _text(
        self, message: discord.Message, *, mentioned: bool
    ) -> tuple[str, Turn | None, ui.View | None]:
        """Return the answer, what to remember of it and its buttons, or the sentence instead."""
        if message.guild is None:
            # Discord does not tell the language of somebody who writes directly.
            lines = [say(language, "discord.servers_only") for language in Language]
            return "\n".join(lines), None, None
        settings = self._admission.settings_for(message)
        chosen = settings.language
        language = chosen or language_of(message.guild.preferred_locale.value)
        question = without_tokens(message.content)
        if not question:
            how = say(language, "discord.how_to_ask" if mentioned else "discord.not_readable")
            return how, None, None
        refusal = self._admission.refusal_for(message)
        if refusal is not None:
            return sentence_for(refusal, language), None, None
        last = self._turns.before(message.guild.id, message)
        try:
            answer = await self._desk.ask(
                str(message.guild.id), question, last, longest=settings.excerpt_characters
            )
        except Exception as error:  # noqa: BLE001 - whatever it was, the person gets a sentence
            return sentence_for(error, language), None, None
        log, corpus, asker = self._admission.log, str(message.guild.id), message.author.id
        log.note(corpus, asker, question, answered=answer.answered)
        if chosen is None and answer.question.language is Language.GERMAN:
            # Servers are "en-US" unless somebody has changed it, which few can.
            language = Language.GERMAN
        view = answer_view(answer, language, private=False)
        return render_answer(answer, language, self._today()), turn_of(answer), view


def is_mentioned(message: discord.Message, me: discord.ClientUser) -> bool:
    """Whether the bot, or the role that Discord made for it, is named in the message."""
    role = message.guild.self_role if message.guild else None
    return me.id in message.raw_mentions or me in message.mentions or role in message.role_mentions


def is_reply_to(message: discord.Message, me: discord.ClientUser) -> bool:
    """Whether the message answers one of the bot's own."""
    original = message.reference.resolved if message.reference else None
    return isinstance(original, discord.Message) and original.author.id == me.id


def without_tokens(content: str) -> str:
    """Return what is left to ask without mentions, custom emoji and times, which are no words."""
    return _TOKEN.sub(" ", content).strip()
