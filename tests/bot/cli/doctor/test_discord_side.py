"""What Discord says of the bot: its token, its intents, its rights, and how late it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from discord import Intents, Permissions

from tests.bot.cli.doctor.conftest import Doctor, findings
from tests.discord_server import DiscordServer


async def test_a_token_that_discord_refuses_is_shown_to_it_once(
    doctor: Doctor, discord_server: DiscordServer
) -> None:
    discord_server.reset_token()
    result = await doctor("--json")
    assert result.code == 1
    assert findings(result)["discord"] == ("broken", "discord_refused")
    assert len(discord_server.requests) == 1


async def test_a_discord_that_does_not_answer(doctor: Doctor) -> None:
    result = await doctor("--json", port=9)
    assert findings(result)["discord"] == ("warning", "discord_unreachable")
    assert findings(result)["clock"][0] == "unchecked"


async def test_an_intent_that_is_set_and_not_granted(
    doctor: Doctor, discord_server: DiscordServer
) -> None:
    found = findings(await doctor("--json", BELEG_MESSAGE_CONTENT="on"))
    assert found["intents"] == ("broken", "intents_missing")
    discord_server.privileged_intents = Intents(message_content=True)
    found = findings(await doctor("--json", BELEG_MESSAGE_CONTENT="on"))
    assert found["intents"] == ("ok", "intents_ok")


async def test_rights_that_the_bot_lacks_on_a_server(
    doctor: Doctor, discord_server: DiscordServer
) -> None:
    poor = discord_server.add_guild("Arm", bot=Permissions(view_channel=True))
    poor.roles[poor.id].permissions = Permissions.none()
    result = await doctor("--json")
    (finding,) = (one for one in result.json() if one["check"] == "permissions")
    assert finding["finding"] == "permissions_missing"
    assert "Arm" in finding["message"]
    assert "Send Messages" in finding["message"]


@pytest.mark.parametrize(
    ("off", "level"), [(0, "ok"), (60, "warning"), (3600, "broken"), (-3600, "broken")]
)
async def test_a_clock_that_is_wrong(doctor: Doctor, off: int, level: str) -> None:
    now = datetime.now(UTC) + timedelta(seconds=off)
    assert findings(await doctor("--json", now=now))["clock"][0] == level


async def test_a_clock_without_a_battery(doctor: Doctor) -> None:
    result = await doctor("--offline", "--json", now=datetime(1970, 1, 1, tzinfo=UTC))
    assert findings(result)["clock"] == ("broken", "clock_past")
