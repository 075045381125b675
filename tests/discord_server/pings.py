"""Whom a message would notify. Counts the worst case, so that a test cannot be lucky.

Ids that nobody has, mentions inside code and permissions that the bot happens to lack are counted
as pings too: a quotation that could ping is a defect even where it happened not to.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from tests.discord_server.errors import FieldError

USER_MENTION = re.compile(r"<@!?(\d{1,20})>")
ROLE_MENTION = re.compile(r"<@&(\d{1,20})>")
EVERYONE_MENTION = re.compile(r"@(?:everyone|here)")

MESSAGE_DEFAULT = ("users", "roles", "everyone")
INTERACTION_DEFAULT = ("users",)


@dataclass(frozen=True, slots=True)
class Pings:
    """Ids of users and roles, and whether all are notified. False when nobody is."""

    users: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)

    def __or__(self, other: Pings) -> Pings:
        return Pings(
            self.users | other.users, self.roles | other.roles, self.everyone or other.everyone
        )


NOBODY = Pings()


def compute_pings(
    text: str,
    allowed_mentions: dict[str, Any] | None,
    *,
    default: Collection[str],
    replied_to: int | None = None,
) -> Pings:
    """Return whom `text` notifies. `default` is what Discord parses without allowed_mentions."""
    users = frozenset(map(int, USER_MENTION.findall(text)))
    roles = frozenset(map(int, ROLE_MENTION.findall(text)))
    everyone = EVERYONE_MENTION.search(text) is not None
    if allowed_mentions is None:
        parse: Collection[str] = default
        # A reply without allowed_mentions pings: the switch in Discord's own client is on, too.
        replies = True
        allowed_users: frozenset[int] = frozenset()
        allowed_roles: frozenset[int] = frozenset()
    else:
        parse = allowed_mentions.get("parse") or ()
        replies = bool(allowed_mentions.get("replied_user"))
        allowed_users = frozenset(map(int, allowed_mentions.get("users") or ()))
        allowed_roles = frozenset(map(int, allowed_mentions.get("roles") or ()))
    pinged = users if "users" in parse else users & allowed_users
    if replied_to is not None and replies:
        pinged |= {replied_to}
    return Pings(
        users=pinged,
        roles=roles if "roles" in parse else roles & allowed_roles,
        everyone=everyone and "everyone" in parse,
    )


def check_allowed_mentions(allowed_mentions: dict[str, Any] | None) -> list[FieldError]:
    """Return what Discord refuses in an allowed_mentions object."""
    if not allowed_mentions:
        return []
    errors = []
    parse = allowed_mentions.get("parse") or []
    for kind in ("users", "roles"):
        listed = allowed_mentions.get(kind) or []
        place = f"allowed_mentions.{kind}"
        if listed and kind in parse:
            reason = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            errors.append(
                FieldError("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", reason)
            )
        if len(listed) > 100:
            errors.append(FieldError(place, "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer."))
    errors += [
        FieldError("allowed_mentions.parse", "BASE_TYPE_CHOICES", f"{unknown!r} is unknown.")
        for unknown in parse
        if unknown not in MESSAGE_DEFAULT
    ]
    return errors
