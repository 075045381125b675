"""Who may ask, add and administer: by Discord's own permission, or by a role the server chose."""

from __future__ import annotations

from dataclasses import dataclass

from bot.guild_settings import GuildSettings
from index.errors import BelegError


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a server."""

    id: int
    roles: frozenset[int]
    manages: bool  # whether Discord lets them manage the server


def may_administer(person: Person, settings: GuildSettings) -> bool:
    """Whether somebody may change settings, remove articles and look at the audit."""
    return person.manages or not settings.administer_roles.isdisjoint(person.roles)


def may_add(person: Person, settings: GuildSettings) -> bool:
    """Whether somebody may add articles and feeds."""
    chosen = not settings.add_roles.isdisjoint(person.roles)
    return chosen or may_administer(person, settings)


def may_ask(person: Person, settings: GuildSettings) -> bool:
    """Whether somebody may ask."""
    if settings.closed:
        return may_add(person, settings)
    if settings.ask_role is None or settings.ask_role in person.roles:
        return True
    return may_add(person, settings)


def why_not_ask(settings: GuildSettings) -> BelegError:
    """Return what to tell somebody who may not ask."""
    if settings.closed:
        return BelegError("asking_closed")
    return BelegError("ask_role_missing", role=settings.ask_role)


def why_not_here(settings: GuildSettings) -> BelegError:
    """Return what to tell in a channel where nothing is answered."""
    if settings.nowhere:
        return BelegError("channels_lost")
    return BelegError("channel_closed", channel=min(settings.channels))


def answers_in(settings: GuildSettings, channel: int, parent: int | None = None) -> bool:
    """Whether questions are answered in a channel; a thread belongs to its parent."""
    if settings.nowhere:
        return False
    return not settings.channels or not settings.channels.isdisjoint({channel, parent})
