"""How far a long job is, in the message that its report will replace."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

from bot.commands.conversation import Interaction
from bot.commands.failures import UNHEARD

PAUSE_S = 2.0  # Discord takes five edits in five seconds, and people read no faster


class Progress:
    """Edits a message at most every two seconds; what comes in between replaces what waits.

    Nothing is said about a job that is done sooner. After the end no edit follows, so that none
    overtakes the report.
    """

    def __init__(
        self,
        edit: Callable[[str], Awaitable[object]],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Take what edits the message, and a way to wait."""
        self._edit = edit
        self._sleep = sleep
        self._next: str | None = None
        self._task: asyncio.Task[None] | None = None
        self._editing = asyncio.Lock()

    def tell(self, text: str) -> None:
        """Say how far the job is, soon."""
        self._next = text
        if self._task is None:
            self._task = asyncio.create_task(self._keep_telling())

    async def _keep_telling(self) -> None:
        while True:
            await self._sleep(PAUSE_S)
            async with self._editing:
                text, self._next = self._next, None
                if text is not None:
                    await self._edit(text)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._task is None:
            return
        async with self._editing:  # an edit under way ends first
            self._task.cancel()
        await asyncio.wait([self._task])


def progress_of(interaction: Interaction) -> Progress:
    """Return the progress of a job for a deferred interaction."""

    async def edit(text: str) -> None:
        try:
            await interaction.edit_original_response(content=text)
        except UNHEARD as refusal:  # the job goes on all the same
            interaction.client.counters.note(refusal)

    return Progress(edit)
