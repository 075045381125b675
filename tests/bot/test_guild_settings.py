from __future__ import annotations

import json
from dataclasses import fields

import pytest

from bot.guild_settings import SETTING_NAMES, GuildSettings, settings_of, stored_values
from bot.types import Language

CHOSEN = GuildSettings(
    language=Language.ENGLISH,
    public=False,
    channels=frozenset({2**60, 5}),
    ask_role=7,
    add_roles=frozenset({8}),
    administer_roles=frozenset({9}),
    questions_per_hour=5,
    questions_per_day=500,
    excerpt_characters=300,
    threads=True,
    direct_messages=True,
    log_days=30,
    watches_per_person=3,
    watches_per_server=40,
    closed=True,
    nowhere=True,
)


def test_what_is_chosen_comes_back_from_json() -> None:
    stored = json.loads(json.dumps(stored_values(CHOSEN)))
    assert set(stored) == {one.name for one in fields(GuildSettings)}
    assert settings_of(stored, "1") == CHOSEN


def test_what_is_not_chosen_is_not_stored() -> None:
    assert stored_values(GuildSettings()) == {}
    assert settings_of({}, "1") == GuildSettings()


def test_by_default_questions_are_not_kept() -> None:
    assert not GuildSettings().logs_questions
    assert CHOSEN.logs_questions


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "fr"),
        ("language", 1),
        ("public", 1),
        ("public", "yes"),
        ("channels", 5),
        ("channels", ["5"]),
        ("channels", [True]),
        ("channels", [-1]),
        ("channels", [[1]]),
        ("channels", list(range(1, 27))),
        ("ask_role", "7"),
        ("ask_role", 0),
        ("questions_per_day", 0),
        ("questions_per_day", 10_001),
        ("questions_per_day", "viele"),
        ("questions_per_hour", 0),
        ("questions_per_hour", 1001),
        ("questions_per_hour", 1.5),
        ("questions_per_hour", True),
        ("excerpt_characters", 99),
        ("log_days", 31),
        ("watches_per_person", -1),
        ("watches_per_server", 1001),
        ("log_days", -1),
        ("log_days", None),
        ("of_a_newer_beleg", 1),
    ],
)
def test_a_value_that_makes_no_sense_has_its_default_and_is_logged(
    name: str, value: object, caplog: pytest.LogCaptureFixture
) -> None:
    read = settings_of({"threads": True, name: value}, "42")
    assert read == GuildSettings(
        threads=True,
        public=name != "public",
        closed=name == "ask_role",
        nowhere=name == "channels",
    )
    assert f"42: the setting {name} makes no sense" in caplog.text


def test_what_cannot_be_read_lets_nobody_in() -> None:
    intact = {"ask_role": 7, "threads": True}
    assert settings_of(intact, "1", {"language"}) == GuildSettings(ask_role=7, threads=True)
    assert settings_of({"threads": True}, "1", {"ask_role"}) == GuildSettings(
        threads=True, closed=True
    )
    assert settings_of(intact, "1", {"public"}) == GuildSettings(
        ask_role=7, threads=True, public=False
    )
    everything = settings_of({}, "1", SETTING_NAMES)
    assert everything == GuildSettings(public=False, closed=True, nowhere=True)


def test_no_channel_is_opened_by_what_cannot_be_read(caplog: pytest.LogCaptureFixture) -> None:
    known = {"channels": [5]}
    for lost in ("channels", "nowhere"):
        assert settings_of({}, "42", {lost}) == GuildSettings(nowhere=True)
    assert "42: its channels were lost" in caplog.text
    assert settings_of({"nowhere": True}, "42") == GuildSettings(nowhere=True)
    # What is known of the channels holds, whatever else is lost.
    read = settings_of(known, "42", SETTING_NAMES - known.keys())
    assert (read.channels, read.nowhere) == (frozenset({5}), False)


def test_no_settings_beyond_their_limits_can_be_made() -> None:
    for wrong in ({"log_days": 31}, {"channels": frozenset({0})}, {"questions_per_hour": 0}):
        with pytest.raises((TypeError, ValueError), match=next(iter(wrong))):
            GuildSettings(**wrong)
