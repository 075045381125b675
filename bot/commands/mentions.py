"""Questions by mention and by reply, answered in place or in a thread of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import date

import discord
from discord import ui

from bot.buttons.answer import answer_view
from bot.buttons.state import Query
from bot.commands.admission import Admission
from bot.commands.ask import without_tokens
from bot.commands.direct import DirectMessages
from bot.commands.failures import UNHEARD, sentence_for
from bot.commands.how_it_went import Asker, asks_how_it_went, how_it_went
from bot.commands.turns import PRIVATE, Turns
from bot.conversation import Turn, turn_of
from bot.counters import Counters
from bot.desk import Desk
from bot.excerpt import cut, units
from bot.language import language_of, say
from bot.outages import OUTAGES, persist
from bot.question import understand
from bot.render import MESSAGE_LIMIT, render_answer
from bot.types import Language

_THREAD_NAME = 90  # of the 100 characters that Discord takes


@dataclass(frozen=True, slots=True)
class _Reply:
    """What is said to a message; all but the text only where it is an answer."""

    text: str
    question: str = ""
    language: Language = Language.GERMAN
    turn: Turn | None = None
    view: ui.View | None = None
    files: Callable[[], list[discord.File]] = list


class Mentions:
    """Answers messages that mention the bot or reply to it."""

    def __init__(
        self,
        desk: Desk,
        turns: Turns,
        admission: Admission,
        today: Callable[[], date],
        direct: DirectMessages,
        *,
        counters: Counters,
        reads_threads: bool = False,
    ) -> None:
        """Take the desk that answers, the memory of what was asked, and who may ask where.

        With `reads_threads`, all that is written in the bot's own threads is for the bot, unless it
        is plainly for somebody else.
        """
        self._reads_threads = reads_threads
        self._direct = direct
        self._counters = counters
        self._desk = desk
        self._today = today
        self._admission = admission
        self._turns = turns

    async def answer(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Answer a message if it is addressed to the bot; never raises."""
        if message.author.bot or message.is_system():
            return
        mentioned = is_mentioned(message, me)
        addressed = mentioned or is_reply_to(message, me) or self._continues(message, me)
        if not addressed and message.guild is not None:
            return
        try:
            # Before any look-up: people should see at once that somebody is at it.
            async with _typing(message.channel):
                reply = await self._reply(message, mentioned=mentioned)
            thread = await self._thread(message, reply)
            if thread is None:
                place, text = message.channel, reply.text
                reference = message.to_reference(fail_if_not_exists=False)
            else:
                key = "discord.thread_open" if self._reads_threads else "discord.thread_hint"
                place, text, reference = thread, _with_hint(reply, key), None
            sent = await persist(
                lambda: place.send(
                    text,
                    view=reply.view,  # type: ignore[arg-type] # may be None, its types forgot
                    reference=reference,  # type: ignore[arg-type] # same
                    nonce=message.id,  # a repeated request makes no second answer
                    suppress_embeds=True,
                    files=reply.files(),
                )
            )
        except UNHEARD as refusal:
            self._counters.note(refusal)
            return
        if reply.turn is not None:
            guild, author = message.guild.id if message.guild else PRIVATE, message.author.id
            self._turns.remember(guild, place.id, author, sent, reply.turn)
            if thread is not None or is_own_thread(place, me):
                self._turns.remember_thread(guild, place.id, reply.turn)

    def _continues(self, message: discord.Message, me: discord.ClientUser) -> bool:
        """Whether a message goes on in one of the bot's threads without naming anybody."""
        if not (self._reads_threads and is_own_thread(message.channel, me)):
            return False
        return bool(message.content) and not (message.reference or message.mentions)

    async def _thread(self, message: discord.Message, reply: _Reply) -> discord.Thread | None:
        """Open a thread for an answer where the server wants it, as far as Discord lets us."""
        wanted = self._admission.settings_for(message).threads
        if not (wanted and reply.turn and isinstance(message.channel, discord.TextChannel)):
            return None
        try:
            return await message.create_thread(name=cut(reply.question, _THREAD_NAME))
        except UNHEARD as refusal:
            # Without the right to, the answer stands in the channel: better than none.
            self._counters.note(refusal)
            return None

    async def _reply(self, message: discord.Message, *, mentioned: bool) -> _Reply:
        """Return the answer with what belongs to it, or the sentence in its place."""
        if message.guild is None:
            return await self._privately(message)
        settings = self._admission.settings_for(message)
        chosen = settings.language
        language = chosen or language_of(message.guild.preferred_locale.value)
        question = without_tokens(message.content)
        if not question:
            how = say(language, "discord.how_to_ask" if mentioned else "discord.not_readable")
            return _Reply(how)
        refusal = self._admission.refusal_for(message)
        if refusal is not None:
            return _Reply(sentence_for(refusal, language))
        last = self._turns.before(message.guild.id, message)
        try:
            if await asks_how_it_went(self._desk, question, message.created_at):
                return await self._how_it_went(message, message.guild, question, chosen, last)
            answer = await self._desk.ask(
                str(message.guild.id),
                question,
                last,
                longest=settings.excerpt_characters,
                asker=message.author.id,
            )
        except Exception as error:  # noqa: BLE001 - whatever it was, the person gets a sentence
            return _Reply(sentence_for(error, language))
        log, corpus, asker = self._admission.log, str(message.guild.id), message.author.id
        log.note(corpus, asker, question, answered=answer.answered)
        if chosen is None and answer.question.language is Language.GERMAN:
            # Servers are "en-US" unless somebody has changed it, which few can.
            language = Language.GERMAN
        return _Reply(
            render_answer(answer, language, self._today()),
            question,
            language,
            turn_of(answer),
            answer_view(answer, language, private=False),
        )

    async def _how_it_went(
        self,
        message: discord.Message,
        guild: discord.Guild,
        question: str,
        chosen: Language | None,
        last: Turn | None,
    ) -> _Reply:
        """Return all values with their picture, in the language of the question."""
        corpus, author = str(guild.id), message.author.id
        asker = Asker(
            corpus=corpus,
            id=author,
            now=message.created_at,
            language=chosen or understand(question).language,
            longest=self._admission.settings_for(message).excerpt_characters,
        )
        draws = message.channel.permissions_for(guild.me).attach_files
        went = await how_it_went(self._desk, asker, Query(question), last=last, draws=draws)
        self._admission.log.note(corpus, author, question, answered=went.answer.answered)
        turn = turn_of(went.answer)
        return _Reply(went.text, question, asker.language, turn, went.view, went.files)

    async def _privately(self, message: discord.Message) -> _Reply:
        """Answer somebody who writes directly. Buttons belong to a server, so there are none."""
        question, last = without_tokens(message.content), self._turns.before(PRIVATE, message)
        found = await self._direct.answer(message.author.id, question, last)
        turn = turn_of(found.answer) if found.answer is not None else None
        return _Reply(found.text, question, turn=turn)


@asynccontextmanager
async def _typing(channel: discord.abc.Messageable) -> AsyncIterator[None]:
    """Show that somebody is at it; where an outage keeps that from people, the answer matters."""
    async with AsyncExitStack() as stack:
        with suppress(*OUTAGES, discord.RateLimited):
            await stack.enter_async_context(channel.typing())
        yield


def _with_hint(reply: _Reply, key: str) -> str:
    """Return the answer that opens a thread, with how to go on there where there is room."""
    hinted = f"{reply.text}\n-# {say(reply.language, key)}"
    return hinted if units(hinted) <= MESSAGE_LIMIT else reply.text


def is_mentioned(message: discord.Message, me: discord.ClientUser) -> bool:
    """Whether the bot, or the role that Discord made for it, is named in the message."""
    role = message.guild.self_role if message.guild else None
    return me.id in message.raw_mentions or me in message.mentions or role in message.role_mentions


def is_reply_to(message: discord.Message, me: discord.ClientUser) -> bool:
    """Whether the message answers one of the bot's own."""
    original = message.reference.resolved if message.reference else None
    return isinstance(original, discord.Message) and original.author.id == me.id


def is_own_thread(place: object, me: discord.ClientUser) -> bool:
    """Whether this is a thread that the bot has opened, for one conversation."""
    return isinstance(place, discord.Thread) and place.owner_id == me.id
