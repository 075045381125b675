from __future__ import annotations

import asyncio

import pytest

from bot.fair_turns import FairTurns
from index.errors import BelegError


async def use(turns: FairTurns, name: str, served: list[str]) -> None:
    async with turns.turn(name):
        served.append(name)
        await asyncio.sleep(0)


async def test_a_crowd_of_one_name_keeps_no_other_waiting() -> None:
    turns, served = FairTurns(at_once=1), list[str]()
    async with asyncio.TaskGroup() as group:
        for name in "aaaaabbc":
            group.create_task(use(turns, name, served))
    assert "".join(served) == "aabcabaa"
    assert len(turns) == 0


async def test_no_more_have_a_turn_than_allowed() -> None:
    turns, most, now = FairTurns(at_once=2), 0, 0

    async def work() -> None:
        nonlocal most, now
        async with turns.turn("a"):
            now += 1
            most = max(most, now)
            await asyncio.sleep(0)
            now -= 1

    await asyncio.gather(*(work() for _ in range(9)))
    assert most == 2


async def test_one_too_many_of_a_name_is_told_at_once_and_others_are_not() -> None:
    turns, served = FairTurns(at_once=1, most_waiting=2), list[str]()
    told = await asyncio.gather(
        *(use(turns, name, served) for name in "aaaaab"), return_exceptions=True
    )
    assert sorted(served) == ["a", "a", "a", "b"]
    assert [isinstance(one, BelegError) for one in told] == [False] * 3 + [True] * 2 + [False]


async def test_who_has_waited_long_enough_is_told_and_keeps_no_place() -> None:
    turns, served = FairTurns(at_once=1, patience=0), list[str]()
    async with turns.turn("a"):
        with pytest.raises(BelegError, match="too_many_asking"):
            await use(turns, "a", served)
        assert len(turns) == 0
    await use(turns, "a", served)
    assert served == ["a"]


async def test_who_gives_up_gives_the_place_up_too() -> None:
    turns, served = FairTurns(at_once=1), list[str]()
    async with turns.turn("a"):
        waiting = [asyncio.create_task(use(turns, name, served)) for name in "ab"]
        await asyncio.sleep(0)
        waiting[0].cancel()
        await asyncio.sleep(0)
        assert len(turns) == 1
    await waiting[1]
    await use(turns, "c", served)
    assert served == ["b", "c"]


async def test_a_turn_that_comes_as_somebody_gives_up_is_passed_on() -> None:
    turns, served = FairTurns(at_once=1), list[str]()
    async with turns.turn("a"):
        waiting = asyncio.create_task(use(turns, "a", served))
        await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await asyncio.wait_for(use(turns, "b", served), 5)
    assert served == ["b"]


async def ask(turns: FairTurns, name: str, asker: str, served: list[str]) -> None:
    async with turns.turn(name, asker):
        served.append(asker)
        await asyncio.sleep(0)


async def test_one_asker_has_one_turn_at_a_time_and_lets_others_go_first() -> None:
    turns, served, now = FairTurns(at_once=2), list[str](), set[str]()

    async def work(asker: str) -> None:
        async with turns.turn("a", asker):
            assert asker not in now
            now.add(asker)
            served.append(asker)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            now.remove(asker)

    await asyncio.gather(*(work(asker) for asker in "xxxyz"))
    assert sorted(served) == list("xxxyz")
    assert served.index("y") < 2
    assert len(turns) == 0


async def test_an_asker_waits_for_the_own_question_even_where_a_turn_is_free() -> None:
    turns, served = FairTurns(at_once=2), list[str]()
    async with turns.turn("a", "x"):
        waiting = asyncio.create_task(ask(turns, "b", "x", served))
        await asyncio.sleep(0)
        assert len(turns) == 1
        await ask(turns, "b", "y", served)
    await waiting
    assert served == ["y", "x"]


async def test_an_asker_with_enough_waiting_is_told_so_and_others_are_not() -> None:
    turns, served = FairTurns(at_once=1, most_own=2), list[str]()
    told = await asyncio.gather(
        *(ask(turns, name, "x", served) for name in "aaba"),
        ask(turns, "a", "y", served),
        return_exceptions=True,
    )
    [refusal] = [one for one in told if one is not None]
    assert isinstance(refusal, BelegError)
    assert refusal.code == "own_questions_waiting"
    assert refusal.details == {"count": 3}
    assert sorted(served) == ["x", "x", "x", "y"]


async def test_of_too_many_in_all_the_last_of_the_longest_queue_gives_way() -> None:
    turns, served = FairTurns(at_once=1, most_in_all=3), list[str]()
    told = await asyncio.gather(
        *(use(turns, name, served) for name in "aaaabbb"), return_exceptions=True
    )
    assert [isinstance(one, BelegError) for one in told] == [*[False] * 3, True, False, True, True]
    assert sorted(served) == list("aaab")
    assert len(turns) == 0


async def test_whoever_had_a_turn_gives_it_up_whatever_happens() -> None:
    turns, served = FairTurns(at_once=1), list[str]()

    async def fail() -> None:
        async with turns.turn("a", "x"):
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        await fail()
    await asyncio.wait_for(ask(turns, "a", "x", served), 5)
    assert served == ["x"]
