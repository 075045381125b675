from __future__ import annotations

from collections import Counter

from bot.client import BelegClient
from bot.desk import Desk
from tests.bot.conftest import QUESTION, SENTENCE, kursk
from tests.bot.discord_markdown import read
from tests.crowd import QUESTIONS, SERVERS, ask_at_once, gather, stock
from tests.discord_server import DiscordServer

BUSY = "Gerade fragen hier sehr viele"


async def test_each_of_a_hundred_questions_gets_one_answer_or_an_honest_sentence(
    client: BelegClient, desk: Desk, discord_server: DiscordServer
) -> None:
    crowd = gather(discord_server)
    await stock(desk, crowd, [kursk()])
    exchanges = await ask_at_once(crowd, [QUESTION])
    told = Counter[str]()
    for exchange in exchanges:
        text = read((await exchange.final_message(within=60)).content).text
        assert SENTENCE in text or text.startswith(BUSY)
        assert exchange.edits == (SENTENCE in text)
        if SENTENCE in text:
            told[exchange.member.guild.name] += 1
    assert all(len(exchange.messages) == 1 for exchange in exchanges)
    assert len(exchanges) == QUESTIONS
    assert len(told) == SERVERS
    assert client.counters.counts == {}
