"""Which question a message on Discord goes on with: never one of another server or person."""

from __future__ import annotations

from collections.abc import Hashable

import discord

from bot.conversation import Turn
from bot.memory import Memory

PRIVATE = 0  # in place of a server, for what people write directly
_MOST = 2000
# Somebody who replies says which answer is meant, if only in the evening. Somebody who just
# mentions the bot again goes on with the last question only while it is fresh.
_REPLIES_S = 12 * 3600.0
_SPEAKERS_S = 300.0


class Turns:
    """Remembers the question behind every answer, and the last one of everybody in a channel."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._answers = Memory(_MOST, _REPLIES_S)
        self._speakers = Memory(_MOST, _SPEAKERS_S)
        self._threads = Memory(_MOST, _REPLIES_S)

    def remember(
        self, guild: int, channel: int, author: int, answer: discord.Message, turn: Turn
    ) -> None:
        """Keep the question that a message of the bot has answered, and who asked it where."""
        self._answers.remember((guild, channel, answer.id), turn)
        self._speakers.remember((guild, channel, author), turn)

    def remember_thread(self, guild: int, thread: int, turn: Turn) -> None:
        """Keep the last question of a thread that is one conversation, whoever takes part in it."""
        self._threads.remember((guild, thread), turn)

    def forget(self, guild: int, author: int) -> None:
        """Forget what somebody has asked last on a server."""

        def is_theirs(key: Hashable) -> bool:
            return isinstance(key, tuple) and key[0] in {guild, PRIVATE} and key[2] == author

        self._speakers.forget(is_theirs)

    def before(self, guild: int, message: discord.Message) -> Turn | None:
        """Return the question that a message may go on with.

        For a reply that is the one behind the message replied to: None where that is no answer, or
        one from before a restart.
        """
        channel, reference = message.channel.id, message.reference
        if reference is not None:
            return self._answers.recall((guild, channel, reference.message_id))
        in_thread = self._threads.recall((guild, channel))
        return in_thread or self._speakers.recall((guild, channel, message.author.id))
