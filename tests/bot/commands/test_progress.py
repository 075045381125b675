from __future__ import annotations

import asyncio

from bot.commands.progress import PAUSE_S, Progress


class Steps:
    """Waits that end when the test says so."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self._gate = asyncio.Semaphore(0)

    async def __call__(self, seconds: float) -> None:
        self.waits.append(seconds)
        await self._gate.acquire()

    async def end_one(self) -> None:
        self._gate.release()
        await settle()


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_of_what_comes_in_between_only_the_latest_is_said_and_never_too_often() -> None:
    said: list[str] = []
    steps = Steps()

    async def edit(text: str) -> None:
        said.append(text)

    async with Progress(edit, steps) as progress:
        progress.tell("1")
        await settle()
        assert said == []
        progress.tell("2")
        await steps.end_one()
        assert said == ["2"]
        await steps.end_one()
        assert said == ["2"]
        progress.tell("3")
        progress.tell("4")
        await settle()
        assert said == ["2"]
        await steps.end_one()
        assert said == ["2", "4"]
        progress.tell("5")
    assert said == ["2", "4"]
    assert set(steps.waits) == {PAUSE_S}


async def test_an_edit_under_way_ends_before_the_report() -> None:
    begun, may_end, said = asyncio.Event(), asyncio.Event(), []
    steps = Steps()

    async def edit(text: str) -> None:
        begun.set()
        await may_end.wait()
        said.append(text)

    async def job() -> None:
        async with Progress(edit, steps) as progress:
            progress.tell("1")
            await steps.end_one()
            await begun.wait()
        said.append("report")

    running = asyncio.create_task(job())
    await begun.wait()
    await settle()
    assert said == []
    may_end.set()
    await running
    assert said == ["1", "report"]


async def test_a_job_without_news_says_nothing() -> None:
    async def edit(text: str) -> None:
        raise AssertionError(text)

    async with Progress(edit):
        pass
