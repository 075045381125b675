from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.desk import Desk
from bot.installation import Installation
from bot.timing import Timing
from index.departure import Departure
from index.library import Library
from tests.bot.cli.running import Beleg
from tests.fakes import Clock, HashingEmbedder

LEFT = datetime(2026, 11, 1, 12, tzinfo=UTC)


def leave(environment: dict[str, str]) -> None:
    library = Library(Path(environment["BELEG_DATA"]), HashingEmbedder())
    Departure(library.corpus("42").database).left(LEFT)
    library.corpus("43")
    library.close()


def test_what_was_left_long_enough_ago_is_deleted_and_named(
    beleg: Beleg, environment: dict[str, str]
) -> None:
    leave(environment)
    clock = Clock(LEFT + timedelta(days=29))
    early = beleg("purge", "--left", timing=Timing(clock=clock))
    assert (early.code, early.out) == (0, "")
    assert "nichts gelöscht" in early.err
    clock.now += timedelta(days=1)
    shown = beleg("purge", "--left", timing=Timing(clock=clock))
    assert shown.out == "42: gelöscht, denn der Bot ist nicht mehr auf diesem Server.\n"
    corpora = Path(environment["BELEG_DATA"], "corpora")
    assert [path.name for path in corpora.glob("4*.sqlite3")] == ["43.sqlite3"]


def test_the_operator_says_how_long_it_is_kept(beleg: Beleg, environment: dict[str, str]) -> None:
    leave(environment)
    timing = Timing(clock=Clock(LEFT))
    shown = beleg("purge", "--left", "--json", timing=timing, BELEG_KEEP_LEFT="0")
    assert shown.json_lines() == [{"corpus": "42", "outcome": "deleted"}]


def test_the_running_bot_deletes_it_too_and_knows_whom_people_may_ask(
    beleg: Beleg, environment: dict[str, str]
) -> None:
    leave(environment)
    left: list[list[str]] = []

    async def serve(desk: Desk, token: str | None, **more: object) -> None:
        assert more["installation"] == Installation("ada@example.org", None, 30)
        for _ in range(500):
            left.append(await desk.corpora())
            if left[-1] == ["43"]:
                return

    timing = Timing(clock=Clock(LEFT + timedelta(days=31)))
    beleg(
        "run",
        serve=serve,
        timing=timing,
        BELEG_DISCORD_TOKEN="x.y.z",
        BELEG_CONTACT="ada@example.org",
        BELEG_FEEDS="off",
    )
    assert left[-1] == ["43"]
