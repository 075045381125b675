"""Login, the application itself, and its commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discord_server.calls import Call, Routes
from tests.discord_server.command_rules import check_command, check_commands
from tests.discord_server.errors import ApiError, Json, invalid_form, unknown
from tests.discord_server.network import GATEWAY_HOST
from tests.discord_server.payloads import guild_payload, member_payload, user_payload
from tests.discord_server.permissions import guild_permissions
from tests.discord_server.posting import body_of

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

ROUTES = Routes()
GLOBAL = "/applications/{application}/commands"
OF_GUILD = "/applications/{application}/guilds/{guild}/commands"


@ROUTES.add("GET", "/users/@me")
def get_self(server: DiscordServer, call: Call) -> Json:
    """Return the bot's user: the first question of every login."""
    return user_payload(server.bot) | {"verified": True, "mfa_enabled": False, "flags": 0}


@ROUTES.add("GET", "/users/@me/guilds")
def list_guilds(server: DiscordServer, call: Call) -> list[Json]:
    """Return the guilds that the bot is in, with what it may do there."""
    return [
        {
            "id": str(guild.id),
            "name": guild.name,
            "icon": None,
            "owner": False,
            "permissions": str(guild_permissions(guild.bot_member).value),
            "features": [],
        }
        for guild in server.guilds.values()
    ]


@ROUTES.add("GET", "/oauth2/applications/@me")
@ROUTES.add("GET", "/applications/@me")
def get_application(server: DiscordServer, call: Call) -> Json:
    """Return the application; its id is the bot's."""
    owner = next((guild.owner for guild in server.guilds.values()), server.bot)
    return {
        "id": str(server.bot.id),
        "name": server.bot.name,
        "description": "",
        "icon": None,
        "bot_public": False,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": server.application_flags,
        "owner": user_payload(owner),
        "team": None,
    }


@ROUTES.add("GET", "/gateway", authorised=False)
def get_gateway(server: DiscordServer, call: Call) -> Json:
    """Return the gateway's address."""
    return {"url": f"wss://{GATEWAY_HOST}"}


@ROUTES.add("GET", "/gateway/bot")
def get_gateway_bot(server: DiscordServer, call: Call) -> Json:
    """Return the gateway's address and how often one may log in."""
    limit = {"total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 1}
    return {"url": f"wss://{GATEWAY_HOST}", "shards": 1, "session_start_limit": limit}


def _guild_id(server: DiscordServer, call: Call) -> int | None:
    if call.number("application") != server.bot.id:
        raise ApiError(403, 20012, "You are not authorized to perform this action")
    if "guild" not in call.parameters:
        return None
    guild_id = call.number("guild")
    if guild_id not in server.guilds:
        raise ApiError(403, 50001, "Missing Access")
    return guild_id


@ROUTES.add("GET", GLOBAL)
@ROUTES.add("GET", OF_GUILD)
def list_commands(server: DiscordServer, call: Call) -> list[Json]:
    """Return the registered commands; localisations only if asked for."""
    full = call.query.get("with_localizations") in ("1", "true", "True")
    hidden = () if full else ("name_localizations", "description_localizations")
    return [
        {key: value for key, value in command.items() if key not in hidden}
        for command in server.commands.listed(_guild_id(server, call))
    ]


@ROUTES.add("PUT", GLOBAL)
@ROUTES.add("PUT", OF_GUILD)
def replace_commands(server: DiscordServer, call: Call) -> list[Json]:
    """Replace all commands at once."""
    guild_id = _guild_id(server, call)
    commands = call.payload
    if not isinstance(commands, list):
        raise ApiError(400, 50035, "Invalid Form Body")
    errors = check_commands(commands)
    if errors:
        raise invalid_form(errors)
    return server.commands.replace(guild_id, commands, server.bot.id)


@ROUTES.add("POST", GLOBAL)
@ROUTES.add("POST", OF_GUILD)
def create_command(server: DiscordServer, call: Call) -> Json:
    """Add one command, or overwrite the one of that name."""
    guild_id = _guild_id(server, call)
    command = body_of(call)
    errors = check_command("", command)
    if errors:
        raise invalid_form(errors)
    return server.commands.add(guild_id, command, server.bot.id)


@ROUTES.add("GET", GLOBAL + "/{command}")
@ROUTES.add("GET", OF_GUILD + "/{command}")
def get_command(server: DiscordServer, call: Call) -> Json:
    """Return one command."""
    for command in server.commands.listed(_guild_id(server, call)):
        if command["id"] == call.parameters["command"]:
            return command
    raise unknown("application command", 10063)


@ROUTES.add("DELETE", GLOBAL + "/{command}")
@ROUTES.add("DELETE", OF_GUILD + "/{command}")
def delete_command(server: DiscordServer, call: Call) -> None:
    """Take one command away."""
    server.commands.remove(_guild_id(server, call), get_command(server, call)["id"])


@ROUTES.add("GET", "/guilds/{guild}")
def get_guild(server: DiscordServer, call: Call) -> Json:
    """Return a guild that the bot is in."""
    guild = server.guilds.get(call.number("guild"))
    if guild is None:
        raise unknown("Guild", 10004)
    return guild_payload(guild, server.bot, all_members=False)


@ROUTES.add("GET", "/guilds/{guild}/members/{user}")
def get_member(server: DiscordServer, call: Call) -> Json:
    """Return a member of such a guild."""
    guild = server.guilds.get(call.number("guild"))
    if guild is None:
        raise unknown("Guild", 10004)
    member = guild.members.get(call.number("user"))
    if member is None:
        raise unknown("Member", 10007)
    return member_payload(member)


@ROUTES.add("GET", "/users/{user}")
def get_user(server: DiscordServer, call: Call) -> Json:
    """Return a user."""
    user = server.users.get(call.number("user"))
    if user is None:
        raise unknown("User", 10013)
    return user_payload(user)
