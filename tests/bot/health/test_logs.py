"""What stands in the logs of a bot that was asked, fed and broken: no word of anybody."""

from __future__ import annotations

import io
import json
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from discord import Permissions

from bot.cli.log_format import JsonLines, LogFormat, line_format, without_secrets
from bot.client import BelegClient
from index.errors import BelegError, StoreError
from tests.beleg_process import running_beleg
from tests.bot.conftest import SENTENCE, kursk
from tests.discord_server import Channel, DiscordServer, Guild, Member
from tests.discord_server.model import Upload

SECRET = "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA.GabcDe.abcdefghijklmnopqrstuvwxyz0123456789AB"
QUESTION = "Wie viele Zebras sind in der Region Kursk?"
PASTED = "Giraffen wanderten am Dienstag durch die Innenstadt, sagte ein Förster der Zeitung dazu."


@contextmanager
def logged(formatter: logging.Formatter) -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


def raised(error: BaseException) -> BaseException:
    try:
        raise error
    except type(error) as caught:
        return caught


async def test_a_bot_that_asks_adds_and_fails_logs_no_word_of_it(
    discord_server: DiscordServer, guild: Guild, tmp_path: Path
) -> None:
    channel = guild.add_text_channel("allgemein")
    admin = guild.add_member("Wilhelmine", permissions=Permissions(manage_guild=True))
    data = tmp_path / "data"
    async with running_beleg(
        discord_server, data, settings={"BELEG_LOG_FORMAT": "json"}
    ) as process:
        upload = Upload("giraffen.txt", PASTED.encode(), "text/plain")
        await (await admin.slash(channel, "article add", {"file": upload})).final_message()
        await (await admin.slash(channel, "ask", {"question": QUESTION})).final_message()
        discord_server.fail_next("POST", "/channels/*/messages", 403, code=50013)
        await admin.say(channel, f"<@bot> {QUESTION}")
        address = {"url": "https://geheim.example/zebra?token=abc"}
        await (await admin.slash(channel, "article add", address)).final_message()
        process.terminate()
        await process.wait()
    written = (data / "beleg.err").read_text(encoding="utf-8")
    events = [json.loads(line) for line in written.splitlines()]
    assert any("50013" in event["message"] for event in events)
    assert all({"time", "level", "logger", "message"} <= event.keys() for event in events)
    everything = written + "".join(
        path.read_text(encoding="utf-8") for path in data.glob("beleg.log*")
    )
    for word in ("Zebra", "zebra", "Giraffen", "giraffen", "Wilhelmine", discord_server.token):
        assert word not in everything


@pytest.mark.parametrize("formatter", [LogFormat(), JsonLines()], ids=["text", "json"])
async def test_a_fault_of_ours_is_logged_without_the_question(
    client: BelegClient,
    channel: Channel,
    member: Member,
    formatter: logging.Formatter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def broken(_corpus: str, text: str, *_values: object, **_named: object) -> None:
        raise ValueError(f"cannot make anything of {text!r}")

    monkeypatch.setattr(client.desk, "ask", broken)
    with logged(formatter) as log:
        await (await member.slash(channel, "ask", {"question": QUESTION})).final_message()
        await member.say(channel, f"<@bot> {QUESTION}")
        await channel.next_message()
    assert "ValueError" in log.getvalue()
    assert "test_logs.py" in log.getvalue()
    assert "Zebra" not in log.getvalue()


@pytest.mark.parametrize("form", ["text", "json"])
def test_tokens_stand_nowhere(form: str) -> None:
    with logged(line_format(form)) as log:
        logging.getLogger("x").warning("logged in by %s", SECRET)
        logging.getLogger("x").warning("Authorization: Bot %s", "abcdefghijklmnop1234")
        path = "https://discord.com/api/v10/webhooks/123/aW50ZXJhY3Rpb246MTIz/messages/@original"
        logging.getLogger("x").error("POST %s", path, exc_info=raised(OSError(SECRET)))
    written = log.getvalue()
    assert SECRET not in written
    assert "aW50ZXJhY3Rpb24" not in written
    assert "abcdefghijklmnop1234" not in written
    assert written.count("(token)") >= 3


def test_a_traceback_tells_where_and_what_kind_and_of_the_machine_why() -> None:
    damaged = StoreError("store_damaged", path="x.sqlite3")
    damaged.__cause__ = raised(sqlite3.DatabaseError("database disk image is malformed"))
    with logged(LogFormat()) as log:
        logging.getLogger("x").error("broken", exc_info=raised(damaged))
        logging.getLogger("x").error("told", exc_info=raised(BelegError("odd", value="Zebra")))
    written = log.getvalue()
    assert "malformed" in written
    assert "x.sqlite3" in written
    assert "odd" in written
    assert "Zebra" not in written
    assert "in raised" in written


def test_a_json_line_has_one_object_with_code_and_place() -> None:
    with logged(JsonLines()) as log:
        error = raised(BelegError("gateway_silent", seconds=110))
        logging.getLogger("bot.x").error("zwei\nZeilen", exc_info=error)
    (line,) = log.getvalue().splitlines()
    event = json.loads(line)
    assert (event["level"], event["logger"]) == ("error", "bot.x")
    assert event["message"] == "zwei Zeilen"
    assert event["code"] == "gateway_silent"
    assert event["at"].startswith("test_logs.py:")


def test_ordinary_words_stay() -> None:
    text = f"feed 3 of 42 was left out: www.nachrichten.example {SENTENCE} {kursk().url}"
    assert without_secrets(text) == text
