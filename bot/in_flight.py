"""What people are waiting for: finished or apologised for when the bot is told to stop."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import discord

from bot.commands.conversation import Interaction, language_for, reply
from bot.commands.failures import UNHEARD
from bot.counters import Counters
from bot.language import language_of, say
from bot.outages import persist
from bot.types import Language

PATIENCE_S = 5.0
# Together with the patience, well within the ten seconds after which supervisors kill.
_ENDING_S = 0.5
_APOLOGY_S = 2.5
_LOOK_S = 0.05
_TOKEN_S = 900.0  # for so long Discord takes an answer
_FEEDS, _ARTICLES = "feed", "article"


@dataclass(slots=True, eq=False)
class _Waiting:
    source: Interaction | discord.Message
    task: asyncio.Task[object] | None
    since: float = field(default_factory=time.monotonic)
    answered: bool = False

    @property
    def pending(self) -> bool:
        if self.task is not None:
            return not self.task.done()
        # A button: its work runs in a task that is not ours, but "thinking" tells that it does.
        interaction = self.source
        if self.answered or not isinstance(interaction, discord.Interaction):
            return False
        return interaction.response.type in _THINKING


_THINKING = {
    discord.InteractionResponseType.deferred_channel_message,
    discord.InteractionResponseType.deferred_message_update,
}


class InFlight:
    """Knows who waits; on one event loop."""

    def __init__(self, counters: Counters, patience: float = PATIENCE_S) -> None:
        """Take what counts apologies that did not arrive, and how long answers may still take."""
        self._counters = counters
        self._patience = patience
        self._waiting: dict[object, _Waiting] = {}
        self.stopping = False

    def __len__(self) -> int:
        """Return how many wait."""
        return sum(one.pending for one in self._waiting.values())

    def command(self, interaction: Interaction) -> None:
        """Note that the current task answers an interaction."""
        if interaction.type is discord.InteractionType.autocomplete:
            return
        self._note(interaction.token, _Waiting(interaction, asyncio.current_task()))

    def pressed(self, interaction: Interaction) -> None:
        """Note an interaction that another task answers, unless it is known already."""
        if interaction.type in {
            discord.InteractionType.component,
            discord.InteractionType.modal_submit,
        }:
            self._forget_old()
            self._waiting.setdefault(interaction.token, _Waiting(interaction, None))

    def replied(self, token: str) -> None:
        """Note that an interaction got more than "thinking"."""
        found = self._waiting.get(token)
        if found is not None and found.task is None:
            del self._waiting[token]

    @contextmanager
    def message(self, message: discord.Message) -> Iterator[None]:
        """Note that the block answers a message."""
        self._waiting[message.id] = _Waiting(message, asyncio.current_task())
        try:
            yield
        finally:
            self._waiting.pop(message.id, None)

    async def decline(self, interaction: Interaction) -> None:
        """Say at once that the bot is about to stop."""
        if interaction.type is discord.InteractionType.autocomplete:
            return
        await self._apologise(interaction)

    async def finish(self) -> None:
        """Wait for what is under way, then apologise for the rest; takes eight seconds at most."""
        self.stopping = True
        until = time.monotonic() + self._patience
        while len(self) and time.monotonic() < until:  # noqa: ASYNC110 - others' tasks end
            await asyncio.sleep(_LOOK_S)
        left = [one for one in self._waiting.values() if one.pending]
        tasks = {one.task for one in left if one.task is not None}
        for task in tasks:
            task.cancel()
        if tasks:  # an answer that is just being sent must not follow the apology
            await asyncio.wait(tasks, timeout=_ENDING_S)
        if left:
            apologies = [asyncio.create_task(self._apologise(one.source)) for one in left]
            _, late = await asyncio.wait(apologies, timeout=_APOLOGY_S)
            for task in late:
                task.cancel()

    async def _apologise(self, source: Interaction | discord.Message) -> None:
        try:
            if isinstance(source, discord.Interaction):
                await reply(source, say(language_for(source), f"discord.{_text_for(source)}"))
            else:
                text = say(_language_of(source), "discord.stopping")
                # The nonce is that of the answer: where that has arrived, no second one does.
                await persist(
                    lambda: source.channel.send(
                        text,
                        reference=source.to_reference(fail_if_not_exists=False),
                        nonce=source.id,
                        suppress_embeds=True,
                    )
                )
        except UNHEARD as refusal:
            self._counters.note(refusal)
        except discord.InteractionResponded:
            pass  # it was answered meanwhile

    def _note(self, key: object, waiting: _Waiting) -> None:
        self._forget_old()
        self._waiting[key] = waiting
        if waiting.task is not None:
            waiting.task.add_done_callback(lambda _: self._waiting.pop(key, None))

    def _forget_old(self) -> None:
        """Drop presses that were answered at once or that Discord has given up."""
        now = time.monotonic()
        over = [
            key
            for key, one in self._waiting.items()
            if one.task is None
            and (now - one.since > _TOKEN_S or (now - one.since > _LOOK_S and not _open(one)))
        ]
        for key in over:
            del self._waiting[key]


def _open(one: _Waiting) -> bool:
    """Whether a press may still get an answer: it has none yet, or only "thinking"."""
    response = getattr(one.source, "response", None)
    return response is not None and (not response.is_done() or one.pending)


def _text_for(interaction: Interaction) -> str:
    """Return the name of the sentence: what people may have to do again differs."""
    command = interaction.command
    if command is None:  # the form for pasted text, or a button
        form = interaction.type is discord.InteractionType.modal_submit
        return "stopping_add" if form else "stopping"
    group = command.qualified_name.partition(" ")[0]
    if group == _FEEDS:
        return "stopping_feed"
    names = {say(language, "menu.add") for language in Language}
    return "stopping_add" if group == _ARTICLES or command.name in names else "stopping"


def _language_of(message: discord.Message) -> Language:
    return language_of(message.guild.preferred_locale.value if message.guild else None)
