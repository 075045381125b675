"""Whether a question is answered here, now and for this person; the reason where it is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import discord

from bot.commands.conversation import Interaction, person_of
from bot.guild_rules import GuildRules
from bot.guild_settings import GuildSettings
from bot.permissions import Person, answers_in, may_ask, why_not_ask, why_not_here
from bot.question_log import QuestionLog
from bot.question_rate import QuestionRate
from index.errors import BelegError

_ALL = 0  # in place of a person, for what all of a server ask together


class Admission:
    """Asked once for every question, before it is read."""

    def __init__(self, rules: GuildRules, log: QuestionLog, clock: Callable[[], datetime]) -> None:
        """Take the servers' settings and their question logs; nobody has asked anything yet."""
        self.log = log
        self.rules = rules
        self._rate = QuestionRate(clock)
        self._day = QuestionRate(clock, timedelta(days=1))

    def settings_for(self, source: Interaction | discord.Message) -> GuildSettings:
        """Return what the administrators of the server have chosen."""
        return self.rules.of(_corpus_of(source) or "")

    def refusal_for(self, source: Interaction | discord.Message) -> BelegError | None:
        """Return why this question gets no answer, None where it does; it is counted then."""
        corpus = _corpus_of(source)
        if corpus is None or source.channel is None:
            return BelegError("servers_only")
        settings, person = self.rules.of(corpus), person_of(source)
        if not may_ask(person, settings):
            return why_not_ask(settings)
        parent = getattr(source.channel, "parent_id", None)
        if not answers_in(settings, source.channel.id, parent):
            return why_not_here(settings)
        return self._counted(corpus, person, settings)

    def refusal_in(self, corpus: str, person: Person) -> BelegError | None:
        """Return the same for somebody who asks a server from elsewhere."""
        settings = self.rules.of(corpus)
        if not may_ask(person, settings):
            return why_not_ask(settings)
        return self._counted(corpus, person, settings)

    def _counted(self, corpus: str, person: Person, settings: GuildSettings) -> BelegError | None:
        daily, hourly = settings.questions_per_day, settings.questions_per_hour
        if daily is not None:
            again = self._day.again(corpus, _ALL, daily)
            if again is not None:
                return _used_up("day_used_up", daily, again)
        again = self._rate.admit(corpus, person.id, hourly)
        if again is not None:
            return _used_up("questions_used_up", hourly, again)
        if daily is not None:
            self._day.admit(corpus, _ALL, daily)
        return None


def _used_up(code: str, limit: int, again: datetime) -> BelegError:
    return BelegError(code, limit=limit, until=int(again.timestamp()) + 1)


def _corpus_of(source: Interaction | discord.Message) -> str | None:
    if isinstance(source, discord.Interaction):
        guild = source.guild_id
    else:
        guild = source.guild.id if source.guild else None
    return None if guild is None else str(guild)
