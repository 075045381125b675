"""What Discord says of the bot: its token, its intents, its rights, and what time it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from importlib import metadata
from typing import Any

import aiohttp

from bot.doctor.finding import Finding, broken, ok, unchecked, warning

_API = "https://discord.com/api/v10"
_PATIENCE_S = 10.0
_AGENT = f"DiscordBot (Beleg, {metadata.version('beleg')})"
_UNAUTHORISED, _GOOD = 401, 200
# Flags of an application: the intent that reads messages, asked for or granted.
_MESSAGE_CONTENT = 1 << 18 | 1 << 19
_ADMINISTRATOR = 1 << 3
_NEEDED = {
    "View Channels": 1 << 10,
    "Send Messages": 1 << 11,
    "Read Message History": 1 << 16,
    "Send Messages in Threads": 1 << 38,
}
_MOST_NAMED = 3

Connector = Callable[[], aiohttp.BaseConnector]


@dataclass(frozen=True, slots=True)
class DiscordSide:
    """What was found, and Discord's clock where it answered."""

    findings: tuple[Finding, ...]
    date: datetime | None = None


def not_asked(*, offline: bool) -> DiscordSide:
    """Return that nothing was asked."""
    key = "discord_offline" if offline else "discord_without_token"
    return DiscordSide(tuple(unchecked(check, key) for check in _CHECKS))


_CHECKS = ("discord", "intents", "permissions")


async def ask_discord(
    token: str | None, *, reads_messages: bool, connector: Connector | None = None
) -> DiscordSide:
    """Ask Discord, once: a token that it refuses is not shown to it again."""
    timeout = aiohttp.ClientTimeout(total=_PATIENCE_S)
    async with aiohttp.ClientSession(
        connector=connector() if connector is not None else None,
        timeout=timeout,
        headers={"User-Agent": _AGENT},
    ) as session:
        try:
            if token is None:
                _, date, _ = await _get(session, "/gateway", None)
                return DiscordSide(not_asked(offline=False).findings, date)
            return await _ask(session, token, reads_messages=reads_messages)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            unreachable = warning("discord", "discord_unreachable", kind=type(error).__name__)
            rest = [unchecked(check, "discord_offline") for check in _CHECKS[1:]]
            return DiscordSide((unreachable, *rest))


async def _ask(session: aiohttp.ClientSession, token: str, *, reads_messages: bool) -> DiscordSide:
    status, date, me = await _get(session, "/users/@me", token)
    rest = [unchecked(check, "discord_offline") for check in _CHECKS[1:]]
    if status == _UNAUTHORISED:
        return DiscordSide((broken("discord", "discord_refused"), *rest), date)
    if status != _GOOD or not isinstance(me, Mapping):
        return DiscordSide((warning("discord", "discord_odd", status=status), *rest), date)
    findings = [ok("discord", "discord_ok", name=str(me.get("username", "?"))[:80])]
    status, _, application = await _get(session, "/applications/@me", token)
    findings.append(_intents(status, application, reads_messages=reads_messages))
    status, _, guilds = await _get(session, "/users/@me/guilds", token)
    findings += _permissions(status, guilds)
    return DiscordSide(tuple(findings), date)


async def _get(
    session: aiohttp.ClientSession, path: str, token: str | None
) -> tuple[int, datetime | None, Any]:
    headers = {"Authorization": f"Bot {token}"} if token else {}
    async with session.get(f"{_API}{path}", headers=headers, allow_redirects=False) as answer:
        body = await answer.json(content_type=None) if answer.status == _GOOD else None
        return answer.status, _date(answer.headers.get("Date")), body


def _date(stated: str | None) -> datetime | None:
    try:
        return parsedate_to_datetime(stated) if stated else None
    except ValueError:
        return None


def _intents(status: int, application: object, *, reads_messages: bool) -> Finding:
    if status != _GOOD or not isinstance(application, Mapping):
        return unchecked("intents", "discord_odd", status=status)
    granted = bool(int(application.get("flags") or 0) & _MESSAGE_CONTENT)
    if reads_messages and not granted:
        return broken("intents", "intents_missing")
    if granted and not reads_messages:
        return ok("intents", "intents_unused")
    return ok("intents", "intents_ok")


def _permissions(status: int, guilds: object) -> Sequence[Finding]:
    if status != _GOOD or not isinstance(guilds, list):
        return [unchecked("permissions", "discord_odd", status=status)]
    if not guilds:
        return [warning("permissions", "permissions_nowhere")]
    found = []
    for guild in guilds:
        held = int(guild.get("permissions") or 0)
        missing = [name for name, bit in _NEEDED.items() if not held & (bit | _ADMINISTRATOR)]
        if missing:
            name = str(guild.get("name", guild.get("id")))[:80]
            found.append(
                warning(
                    "permissions", "permissions_missing", server=name, rights=", ".join(missing)
                )
            )
    more = len(found) - _MOST_NAMED
    if more > 0:
        found = [*found[:_MOST_NAMED], warning("permissions", "permissions_more", count=more)]
    return found or [ok("permissions", "permissions_ok", count=len(guilds))]
