"""`beleg permit`: for which sites an administrator has set their reservations aside."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import os
from datetime import UTC, datetime

from bot.cli import exits
from bot.cli.noting import note
from bot.cli.parts import Parts
from bot.language.days import day_text
from bot.stated_text import stated_text
from bot.terminal_text import printable, wrap
from index.audit_table import AuditAction
from index.errors import FetchError, NotFoundError, SettingError
from index.lock import hold
from index.override_table import Override
from index.rights import host_key
from index.urls import Target, canonical_hosts, parse_target


def permit(parts: Parts, arguments: argparse.Namespace) -> int:
    """List overrides, enter one or remove one."""
    if arguments.host is None:
        if arguments.remove or arguments.reason:
            raise SettingError("permit_host")
        return _list(parts)
    if arguments.remove:
        return _remove(parts, arguments.host.strip())
    target = _target(arguments.host, parts.settings.fetch_allow)
    if not (arguments.reason or "").strip():
        raise SettingError("permit_reason", host=target.host)
    override = Override(
        host=host_key(target.host),
        by=person(),
        at=datetime.now(UTC),
        reason=arguments.reason.strip(),
        stated=asyncio.run(_stated(parts, target)),
    )
    with hold(parts.settings.data), parts.library() as library:
        corpus = library.corpus(parts.settings.corpus)
        corpus.overrides.put(override)
        note(parts, corpus, override.by, AuditAction.OVERRIDE_SET, host=override.host)
    if parts.terminal.machine_readable:
        parts.terminal.write_json({"outcome": "permitted", **_record(override)})
    else:
        parts.terminal.say("permitted", host=override.host)
        _write_stated(parts, override)
    return exits.DONE


def person() -> str:
    """Return who types: the name on this machine, or the number where there is no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container with a bare user id
        return str(os.getuid())


def _list(parts: Parts) -> int:
    terminal = parts.terminal
    with parts.library() as library:
        overrides = parts.corpus_to_read(library).overrides.all()
    if terminal.machine_readable:
        terminal.write_json([_record(override) for override in overrides])
    elif not overrides:
        terminal.note("permits_none")
    for override in overrides if not terminal.machine_readable else ():
        day = day_text(terminal.language, override.at.date())
        line = f"{override.host} · {day} · {override.by} · {override.reason}"
        terminal.write(wrap(printable(line), terminal.style))
        _write_stated(parts, override)
    return exits.DONE


def _remove(parts: Parts, named: str) -> int:
    try:
        host = host_key(_target(named, parts.settings.fetch_allow).host)
    except FetchError:  # entered when the settings allowed it; it must go all the same
        host = host_key(named)
    with hold(parts.settings.data), parts.library() as library:
        corpus = parts.corpus_to_read(library)
        if not corpus.overrides.remove(host):
            raise NotFoundError("permit_not_found", host=host)
        note(parts, corpus, person(), AuditAction.OVERRIDE_REMOVED, host=host)
    if parts.terminal.machine_readable:
        parts.terminal.write_json({"outcome": "removed", "host": host})
    else:
        parts.terminal.say("permit_removed", host=host)
    return exits.DONE


async def _stated(parts: Parts, target: Target) -> str:
    async with parts.fetcher() as fetcher:
        site = f"{target.url.scheme}://{target.url.authority}"
        return await fetcher.rights.stated_by(site)


def _write_stated(parts: Parts, override: Override) -> None:
    for line in override.stated.splitlines():
        shown = printable(stated_text(line, override.host, parts.terminal.language))
        parts.terminal.write(wrap(shown, parts.terminal.style, "    "))


def _target(named: str, allowed: frozenset[str]) -> Target:
    """Check a host, or an address that has one."""
    address = named if "://" in named else f"https://{named}/"
    return parse_target(address.strip(), canonical_hosts(allowed))


def _record(override: Override) -> dict[str, str]:
    return {
        "host": override.host,
        "by": override.by,
        "at": override.at.isoformat(),
        "reason": override.reason,
        "stated": override.stated,
    }
