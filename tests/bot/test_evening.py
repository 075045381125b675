"""A whole evening in two servers: every command, every button, and nothing of one in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from index.onnx_embedder import OnnxEmbedder
from index.onnx_reader import OnnxReader
from tests.bot.discord_markdown import read
from tests.discord_server import DiscordServer, Guild, Message
from tests.evening.scene import evening
from tests.evening.stage import FEED_HOST, OF_ABROAD, OF_LOCAL, Stage, sample, set_up
from tests.evening.transcript import Transcript

COMMAND, COMPONENT, FORM = 2, 3, 5
SUBCOMMAND, GROUP = 1, 2
RUN = 5  # words in a row that two servers' articles do not share by chance


async def test_an_evening_in_two_servers(
    tmp_path: Path, embedder: OnnxEmbedder, reader: OnnxReader
) -> None:
    book = Transcript()
    async with set_up(tmp_path, embedder, reader) as stage:
        await evening(stage, book)
        assert registered(stage.server) - used(stage.server) == set()
        assert unpressed(stage) == []
        for guild in stage.guilds:
            assert not any(message.pings for message in of_bot(stage.server, guild))
        assert_apart(stage)
        assert stage.server.violations == []
    assert len(book.text) > 30_000
    assert {"answer", "refusal", "settings", "claims"} <= book.pictures.keys()


def registered(server: DiscordServer) -> set[str]:
    """Return every command that Discord knows, sub-commands by their whole line."""
    return {line for command in server.commands.listed(None) for line in lines_of(command)}


def lines_of(command: dict[str, Any]) -> Iterator[str]:
    inner = [one for one in command.get("options") or [] if one["type"] in {SUBCOMMAND, GROUP}]
    for one in inner:
        for line in lines_of(one):
            yield f"{command['name']} {line}"
    if not inner:
        yield command["name"]


def used(server: DiscordServer) -> set[str]:
    """Return every command that somebody has used."""
    payloads = [one.payload for one in server.interactions.values() if one.type == COMMAND]
    return {next(lines_of(payload["data"])) for payload in payloads}


def unpressed(stage: Stage) -> list[str]:
    """Return the kinds of buttons and menus that the bot knows and nobody has used."""
    ids = [
        one.payload["data"]["custom_id"]
        for one in stage.server.interactions.values()
        if one.type == COMPONENT
    ]
    known: Mapping[re.Pattern[str], object] = stage.client._connection._view_store._dynamic_items
    assert len(known) > 8
    return [kind.pattern for kind in known if not any(map(kind.fullmatch, ids))]


def of_bot(server: DiscordServer, guild: Guild) -> list[Message]:
    """Return all that the bot has said in a server, to all or to one person."""
    found = [
        message
        for channel in guild.channels.values()
        for message in channel.messages
        if message.author is server.bot
    ]
    for one in server.interactions.values():
        if one.channel.guild is guild:
            found += [*([one.original] if one.original else []), *one.follow_ups]
    assert len(found) > 20
    return found


def assert_apart(stage: Stage) -> None:
    """No run of words of an article of one server stands in a message of the other."""
    here = [*(sample(name, "txt") for name in (*OF_LOCAL, "bruecke-2-nordlicht"))]
    here += [story.page() for story in stage.papers.newest(FEED_HOST)]
    there = [sample(name, "txt") for name in OF_ABROAD]
    for guild, own, foreign in (
        (stage.local, here, there),
        (stage.abroad, there, here),
    ):
        said = {run for one in of_bot(stage.server, guild) for run in runs(read(one.text).text)}
        known = {run for text in own for run in runs(text)}
        assert said & known, "articles of one's own are quoted"
        assert not said & {run for text in foreign for run in runs(text)} - known


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return zip(*(words[start:] for start in range(RUN)), strict=False)
