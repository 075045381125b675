"""Questions are kept where a server wants that, for as long as it wants; elsewhere never."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from bot.desk import Desk
from bot.guild_rules import GuildRules
from bot.retention import stored_settings
from index.corpus import Corpus
from index.errors import BelegError
from index.question_table import LoggedQuestion, QuestionTable

_log = logging.getLogger(__name__)


class QuestionLog:
    """The question logs of all servers."""

    def __init__(self, desk: Desk, rules: GuildRules, clock: Callable[[], datetime]) -> None:
        """Take the desk that writes and the settings that say whether."""
        self._desk = desk
        self._rules = rules
        self._clock = clock
        self._tasks: set[asyncio.Future[None]] = set()

    def note(self, corpus: str, asker: int, text: str, *, answered: bool) -> None:
        """Keep a question if this server keeps any; nobody waits for it, and it never raises."""
        if self._rules.of(corpus).logs_questions:
            question = LoggedQuestion(self._clock(), text, answered)
            task = asyncio.ensure_future(self._keep(corpus, asker, question))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _keep(self, corpus: str, asker: int, question: LoggedQuestion) -> None:
        def work(opened: Corpus) -> None:
            # It may have been switched off while this waited for its turn.
            if stored_settings(opened, corpus).logs_questions:
                QuestionTable(opened.database).note(question, asker)

        try:
            await self._desk.change(corpus, work)
        except BelegError:
            _log.exception("a question of %s could not be logged", corpus)
