"""Settings and tokens that make no sense are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.cli.doctor.conftest import TOKEN, Doctor, findings


async def test_a_misspelt_setting(doctor: Doctor) -> None:
    result = await doctor("--json", BELEG_FEED_SHORTST="5", BELEG_NOTHING_LIKE_IT="1")
    assert result.code == 0
    messages = [one["message"] for one in result.json() if one["finding"] == "settings_typo"]
    assert len(messages) == 1
    assert "BELEG_FEED_SHORTEST" in messages[0]
    assert findings(result)["settings"][0] == "warning"


async def test_settings_that_make_no_sense_are_all_named(doctor: Doctor) -> None:
    result = await doctor(
        "--json", BELEG_FEED_SHORTEST="x", BELEG_HEALTH="nowhere", BELEG_FEEDS="maybe"
    )
    assert result.code == 1
    refused = [one["message"] for one in result.json() if one["finding"] == "settings_refused"]
    for name in ("BELEG_FEED_SHORTEST", "BELEG_HEALTH", "BELEG_FEEDS"):
        assert sum(name in message for message in refused) == 1
    assert findings(result)["integrity"][0] == "ok"  # the rest is checked all the same


@pytest.mark.parametrize(
    ("token", "level", "key"),
    [
        ("", "warning", "token_missing"),
        ("two words", "broken", "token_no_token"),
        ('"abc.def.ghi"', "broken", "token_quoted"),
        ("Bot.abc.def", "broken", "token_quoted"),
        ("123456789012345678", "warning", "token_odd"),
    ],
)
async def test_a_token_that_is_none(doctor: Doctor, token: str, level: str, key: str) -> None:
    found = findings(await doctor("--json", BELEG_DISCORD_TOKEN=token))
    assert found["token"] == (level, key)


async def test_a_token_file_that_is_not_there_or_open_to_all(
    doctor: Doctor, tmp_path: Path
) -> None:
    file = tmp_path / "token"
    stated = {"BELEG_DISCORD_TOKEN": "", "BELEG_DISCORD_TOKEN_FILE": str(file)}
    assert findings(await doctor("--json", **stated))["token"] == ("broken", "token_file")
    file.write_text(TOKEN)
    file.chmod(0o644)
    assert findings(await doctor("--json", **stated))["token"] == ("warning", "token_file_open")
