"""A hundred questions at once from forty people in four servers, for a test and a measurement."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.desk import Desk
from index.types import Article
from tests.discord_server import Channel, DiscordServer, Exchange, Guild, Member

SERVERS, PEOPLE, QUESTIONS = 4, 40, 100


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who asks, and where."""

    guilds: tuple[Guild, ...]
    channels: tuple[Channel, ...]
    people: tuple[Member, ...]


def gather(server: DiscordServer) -> Crowd:
    """Add the servers and ten people to each."""
    guilds = tuple(server.add_guild(f"Server {number}") for number in range(SERVERS))
    channels = tuple(guild.add_text_channel("allgemein") for guild in guilds)
    people = tuple(
        guilds[number % SERVERS].add_member(f"Mitglied {number}") for number in range(PEOPLE)
    )
    return Crowd(guilds, channels, people)


async def stock(desk: Desk, crowd: Crowd, articles: Sequence[Article]) -> None:
    """Add the same articles to every server."""
    for guild in crowd.guilds:
        for article in articles:
            await desk.add_article(str(guild.id), article)


async def ask_at_once(
    crowd: Crowd,
    questions: Sequence[str],
    over_s: float = 0.0,
    asked: Callable[[Exchange], object] = bool,
) -> list[Exchange]:
    """Ask a hundred questions, spread evenly over some time; return before the answers.

    `asked` hears of each right away.
    """
    exchanges = []
    for number in range(QUESTIONS):
        person = crowd.people[number % PEOPLE]
        channel = crowd.channels[crowd.guilds.index(person.guild)]
        options = {"question": questions[number % len(questions)]}
        exchanges.append(await person.slash(channel, "ask", options))
        asked(exchanges[-1])
        if over_s:
            await asyncio.sleep(over_s / QUESTIONS)
    return exchanges
