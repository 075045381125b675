"""`beleg doctor`: one line for each thing that Beleg needs, and what to do where it lacks."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator

from bot.cli import exits
from bot.cli.parts import Parts
from bot.doctor.configuration import check_settings, check_token, tolerated
from bot.doctor.corpora import (
    check_feeds,
    check_index,
    check_integrity,
    check_models,
    inspections,
)
from bot.doctor.finding import Finding, Level
from bot.doctor.machine import (
    check_clock,
    check_data,
    check_disk,
    check_file_system,
    check_leftovers,
    check_lock,
    check_sqlite,
)
from bot.doctor.model import check_embedder, check_reader, check_weights
from bot.language import say
from bot.terminal_text import printable
from index.errors import ModelError


def doctor(parts: Parts, arguments: argparse.Namespace) -> int:
    """Check everything, a line as soon as it is known; 1 where something is broken."""
    terminal, worst = parts.terminal, list[Finding]()
    records = []
    for finding in _findings(parts, offline=arguments.offline):
        level = say(terminal.language, f"doctor.level_{finding.level}")
        check = say(terminal.language, f"doctor.check_{finding.check}")
        sentence = printable(finding.sentence(terminal.language))
        if finding.level is Level.BROKEN:
            worst.append(finding)
        if terminal.machine_readable:
            records.append(
                {
                    "check": finding.check,
                    "level": finding.level.value,
                    "finding": finding.key,
                    "message": sentence,
                }
            )
        else:
            terminal.write(f"{level:<9} {check:<16} {sentence}")
    if terminal.machine_readable:
        terminal.write_json(records)
    return exits.REFUSED if worst else exits.DONE


def _findings(parts: Parts, *, offline: bool) -> Iterator[Finding]:
    settings, language, data = parts.settings, parts.terminal.language, parts.settings.data
    now = parts.timing.clock()
    refused = tolerated(parts.environment, language=language.value, data=str(data)).refused
    yield from check_settings(parts.environment, refused, language)
    token, found = check_token(settings)
    yield from found
    date = None
    if offline:
        from bot.doctor.discord_side import not_asked  # noqa: PLC0415 - aiohttp takes its time

        yield from not_asked(offline=True).findings
    else:
        from bot.doctor.discord_side import ask_discord  # noqa: PLC0415 - same

        side = asyncio.run(
            ask_discord(token, reads_messages=settings.message_content, connector=parts.connector)
        )
        now = parts.timing.clock()
        date = side.date
        yield from side.findings
    yield check_clock(date, now)
    yield from check_data(data)
    yield check_disk(data)
    yield check_file_system(data)
    yield check_sqlite()
    yield check_lock(data)
    yield check_leftovers(data)
    yield check_embedder(parts.embedder, language)
    yield check_reader(parts.reader(), language)
    weights = check_weights(settings.weights, language)
    if weights is not None:
        yield weights
    corpora = inspections(data)
    yield from check_integrity(corpora)
    yield from check_index(corpora)
    yield from check_models(corpora, _name_of(parts))
    yield check_feeds(corpora, now, kept=settings.feeds)


def _name_of(parts: Parts) -> str | None:
    try:
        return parts.embedder.name
    except ModelError:
        return None  # said already
