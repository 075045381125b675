"""The commands that the bot has registered, everywhere or in one guild."""

from __future__ import annotations

import copy

from tests.discord_server.errors import Json
from tests.discord_server.model import Snowflakes

CHAT_INPUT, USER_MENU, MESSAGE_MENU = 1, 2, 3


class CommandBook:
    """Registered commands. An overwritten command keeps its id, as on Discord."""

    def __init__(self, snowflakes: Snowflakes) -> None:
        self._snowflakes = snowflakes
        self._commands: dict[int | None, dict[tuple[str, int], Json]] = {}
        self.replacements = 0

    @property
    def registered(self) -> bool:
        """Whether the bot has registered anything."""
        return any(self._commands.values())

    def listed(self, guild_id: int | None) -> list[Json]:
        """Return the commands of one guild, or the global ones for None."""
        return list(self._commands.get(guild_id, {}).values())

    def replace(
        self, guild_id: int | None, commands: list[Json], application_id: int
    ) -> list[Json]:
        """Make these the only commands there."""
        self.replacements += 1
        old = self._commands.get(guild_id, {})
        self._commands[guild_id] = {}
        for command in commands:
            known = old.get(_key(command))
            self._store(guild_id, command, application_id, known)
        return self.listed(guild_id)

    def add(self, guild_id: int | None, command: Json, application_id: int) -> Json:
        """Add or overwrite one command."""
        known = self._commands.get(guild_id, {}).get(_key(command))
        return self._store(guild_id, command, application_id, known)

    def remove(self, guild_id: int | None, command_id: str) -> None:
        """Forget one command."""
        commands = self._commands.get(guild_id, {})
        for key, command in list(commands.items()):
            if command["id"] == command_id:
                del commands[key]

    def find(self, guild_id: int | None, name: str, kind: int) -> Json | None:
        """Return the command that a person would see: the guild's own first."""
        for place in (guild_id, None):
            found = self._commands.get(place, {}).get((name, kind))
            if found is not None:
                return found
        return None

    def names(self, guild_id: int | None) -> list[str]:
        """Return all names that can be used there, for a message to the test's author."""
        places = {guild_id, None}
        return sorted(name for place in places for name, _ in self._commands.get(place, {}))

    def _store(
        self, guild_id: int | None, command: Json, application_id: int, known: Json | None
    ) -> Json:
        permissions = command.get("default_member_permissions")
        stored = {"description": "", "nsfw": False, **copy.deepcopy(command)}
        stored |= {
            "id": known["id"] if known else str(self._snowflakes()),
            "application_id": str(application_id),
            "version": str(self._snowflakes()),
            "type": command.get("type", CHAT_INPUT),
            "default_member_permissions": None if permissions is None else str(permissions),
        }
        if guild_id is not None:
            stored["guild_id"] = str(guild_id)
        self._commands.setdefault(guild_id, {})[_key(command)] = stored
        return stored


def _key(command: Json) -> tuple[str, int]:
    return command["name"], command.get("type", CHAT_INPUT)
