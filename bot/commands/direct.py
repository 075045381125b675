"""Questions that people write privately: answered from servers they share, where those allow it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import discord

from bot.commands.admission import Admission
from bot.commands.failures import UNHEARD, sentence_for
from bot.conversation import Turn
from bot.counters import Counters
from bot.desk import Desk
from bot.escape import escape
from bot.excerpt import cut, units
from bot.language import language_of, say
from bot.permissions import Person
from bot.render import MESSAGE_LIMIT, render_answer
from bot.types import Answer, Language
from index.errors import BelegError

_MOST = 10  # servers that are asked whether somebody is their member
_NAME = 60


@dataclass(frozen=True, slots=True)
class Found:
    """What is said privately, and the answer that it is, if it is one."""

    text: str
    answer: Answer | None = None


class DirectMessages:
    """Asks Discord anew for every message who is a member where: who has left gets nothing."""

    def __init__(
        self,
        desk: Desk,
        admission: Admission,
        today: Callable[[], date],
        guilds: Callable[[], Sequence[discord.Guild]],
        counters: Counters,
    ) -> None:
        """Take the desk that answers, who may ask, and the servers that the bot is in."""
        self._desk = desk
        self._admission = admission
        self._today = today
        self._guilds = guilds
        self._counters = counters

    async def answer(self, author: int, question: str, last: Turn | None) -> Found:
        """Return the surest answer of all servers that allow it, or the sentence in its place."""
        found: list[tuple[discord.Guild, Answer]] = []
        refused: list[str] = []
        for guild in self._allowing():
            person = await self._member(guild, author)
            if person is None:
                continue
            try:
                found.append((guild, await self._ask(guild, person, question, last)))
            except Exception as error:  # noqa: BLE001 - whatever it was, the person gets a sentence
                refused.append(sentence_for(error, self._language(guild)))
        if found:
            guild, best = max(found, key=lambda one: (one[1].answered, one[1].confidence))
            self._admission.log.note(str(guild.id), author, question, answered=best.answered)
            return Found(self._rendered(guild, best), best)
        if refused:
            return Found(refused[0])
        # Discord does not tell the language of somebody who writes directly.
        lines = [say(language, "discord.servers_only") for language in Language]
        return Found("\n".join(lines))

    def _allowing(self) -> list[discord.Guild]:
        rules = self._admission.rules
        return [one for one in self._guilds() if rules.of(str(one.id)).direct_messages][:_MOST]

    async def _ask(
        self, guild: discord.Guild, person: Person, question: str, last: Turn | None
    ) -> Answer:
        corpus = str(guild.id)
        if not question:
            raise BelegError("question_empty")
        refusal = self._admission.refusal_in(corpus, person)
        if refusal is not None:
            raise refusal
        longest = self._admission.rules.of(corpus).excerpt_characters
        return await self._desk.ask(corpus, question, last, longest=longest, asker=person.id)

    def _language(self, guild: discord.Guild) -> Language:
        chosen = self._admission.rules.of(str(guild.id)).language
        return chosen or language_of(guild.preferred_locale.value)

    def _rendered(self, guild: discord.Guild, answer: Answer) -> str:
        chosen = self._admission.rules.of(str(guild.id)).language
        language = chosen or answer.question.language
        text = render_answer(answer, language, self._today())
        name = escape(cut(guild.name, _NAME))
        named = f"{text}\n-# {say(language, 'discord.from_server', server=name)}"
        return named if units(named) <= MESSAGE_LIMIT else text

    async def _member(self, guild: discord.Guild, author: int) -> Person | None:
        """Return somebody as a member with their roles, None where they are none."""
        try:
            member = await guild.fetch_member(author)
        except discord.NotFound:
            return None
        except UNHEARD as refusal:
            self._counters.note(refusal)
            return None
        rights = member.guild_permissions
        roles = frozenset(role.id for role in member.roles)
        return Person(member.id, roles, rights.manage_guild or rights.administrator)
