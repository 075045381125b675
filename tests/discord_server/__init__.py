"""A Discord on this machine for tests: see tests/README.md."""

from tests.discord_server.exchange import Exchange, Modal
from tests.discord_server.judge import DiscordRuleError, Rule, ScriptError, Violation
from tests.discord_server.model import Message, Role, Upload, User
from tests.discord_server.people import Member
from tests.discord_server.pings import Pings
from tests.discord_server.places import Channel, Guild
from tests.discord_server.server import DiscordServer

__all__ = [
    "Channel",
    "DiscordRuleError",
    "DiscordServer",
    "Exchange",
    "Guild",
    "Member",
    "Message",
    "Modal",
    "Pings",
    "Role",
    "Rule",
    "ScriptError",
    "Upload",
    "User",
    "Violation",
]
