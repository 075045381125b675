"""The double itself: one local port that is Discord's REST, gateway and file host at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from aiohttp import web
from discord import Intents, Permissions

from tests.discord_server.command_book import CommandBook
from tests.discord_server.exchange import Exchange
from tests.discord_server.faults import Fault, Faults, rate_limit
from tests.discord_server.gateway import Gateway
from tests.discord_server.judge import Judge, Rule, ScriptError, Violation
from tests.discord_server.model import (
    Attachment,
    ChannelState,
    InteractionState,
    Message,
    Snowflakes,
    User,
)
from tests.discord_server.network import (
    CDN_HOSTS,
    GATEWAY_HOST,
    REST_HOST,
    DoubleConnector,
    server_context,
)
from tests.discord_server.places import DIRECT_CHANNEL, Channel, Guild
from tests.discord_server.rest import RecordedRequest, Rest
from tests.discord_server.rest_interactions import RESPONSE_SECONDS
from tests.discord_server.waiting import Changes, Clock, Found

if TYPE_CHECKING:
    from discord import Client

REQUEST_BYTES = 25 * 1024 * 1024


class DiscordServer:
    """A Discord for one bot, on this machine, that judges what the bot does.

    Leaving the `async with` block raises DiscordRuleError if a rule was broken.
    """

    def __init__(
        self,
        *,
        bot_name: str = "Beleg",
        privileged_intents: Intents | None = None,
        heartbeat_interval: float = 41.25,
    ) -> None:
        self.snowflakes = Snowflakes()
        self.clock = Clock()
        self.changes = Changes()
        self.judge = Judge()
        self.faults = Faults()
        self.commands = CommandBook(self.snowflakes)
        self.gateway = Gateway(self, heartbeat_interval=heartbeat_interval)
        self.token = "double.token.of-the-bot"
        self.privileged_intents = privileged_intents or Intents.none()
        self.bot = User(self.snowflakes(), bot_name, bot=True)
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, ChannelState] = {}
        self.attachments: dict[str, Attachment] = {}
        self.interactions: dict[int, InteractionState] = {}
        self._rest = Rest(self)
        self._connectors: list[DoubleConnector] = []
        self._runner: web.AppRunner | None = None
        self.port = 0

    # Life ---------------------------------------------------------------------------------------

    async def __aenter__(self) -> Self:
        application = web.Application(client_max_size=REQUEST_BYTES)
        application.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=server_context())
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        assert self._runner is not None
        await self.gateway.close(1001)
        for connector in self._connectors:
            await connector.close()
        await self._runner.cleanup()
        self._judge_unfinished()
        if error is None:
            self.judge.verdict()
        else:
            for violation in self.judge.violations:
                error.add_note(f"Discord would also complain: {violation}")

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        host = request.url.host
        if host == GATEWAY_HOST:
            return await self.gateway.serve(request)
        if host == REST_HOST:
            return await self._rest.serve(request)
        if host in CDN_HOSTS:
            return self._serve_file(request)
        self.judge.record(Rule.UNKNOWN_ROUTE, f"{request.method} {request.url}")
        return web.Response(status=404)

    def _serve_file(self, request: web.Request) -> web.Response:
        found = self.attachments.get(request.path)
        if found is None or request.query.get("hm") != found.signature:
            return web.Response(status=404, body=b"This content is no longer available.")
        return web.Response(body=found.data, headers={"Content-Type": found.content_type})

    def _judge_unfinished(self) -> None:
        for interaction in self.interactions.values():
            what = f"{interaction.name} by {interaction.user.name}"
            waited = self.clock() - interaction.dispatched
            if interaction.callback is None:
                if waited > RESPONSE_SECONDS and not interaction.token_expired:
                    self.judge.record(Rule.NO_RESPONSE, what)
                continue
            original = interaction.original
            if original is not None and original.loading and not original.deleted:
                self.judge.record(Rule.LEFT_THINKING, what)

    # For the client under test ------------------------------------------------------------------

    def connector(self) -> DoubleConnector:
        """Return the connector to hand to the client; it reaches the double and nothing else."""
        connector = DoubleConnector(self.port)
        self._connectors.append(connector)
        return connector

    @asynccontextmanager
    async def running(self, client: Client, *, within: float = 10.0) -> AsyncIterator[None]:
        """Run a client until the block ends. Its exception, if it dies early, is raised here."""
        task = asyncio.create_task(client.start(self.token))
        ready = asyncio.create_task(self.wait_until_ready(within))
        try:
            await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                ready.cancel()
                task.result()
            await ready
            yield
        finally:
            ready.cancel()
            await client.close()
            await asyncio.wait({task}, timeout=within)
            task.cancel()
            await asyncio.gather(task, ready, return_exceptions=True)

    async def wait_until_ready(self, within: float = 10.0) -> None:
        """Wait for a client to be logged in at the gateway."""
        await self.wait_until(lambda: self.gateway.connected, "no client has logged in", within)

    async def wait_for_commands(self, within: float = 10.0) -> None:
        """Wait for the client to register commands."""
        await self.wait_until(lambda: self.commands.registered, "no commands came", within)

    async def wait_until(
        self, look: Callable[[], Found | None], complaint: str, within: float = 10.0
    ) -> Found:
        """Return what `look` finds, or fail with the complaint and the violations so far."""

        def explain() -> str:
            broken = "".join(f"\n  {violation}" for violation in self.judge.violations)
            return complaint + (f"; rules broken so far:{broken}" if broken else "")

        return await self.changes.until(look, within, explain)

    # For the test -------------------------------------------------------------------------------

    def add_guild(self, name: str, *, locale: str = "de", bot: Permissions | None = None) -> Guild:
        """Add a server that the bot has joined, with the permissions it was given there."""
        guild = Guild.create(self, name, locale, bot)
        self.guilds[guild.id] = guild
        if self.gateway.sessions:
            self.gateway.announce_guild(guild)
        return guild

    def add_channel(self, channel: ChannelState) -> None:
        """Make a channel known; Guild.add_text_channel is what tests want."""
        self.channels[channel.id] = channel
        if channel.guild is not None:
            channel.guild.channels[channel.id] = channel

    def direct_channel(self, user: User) -> Channel:
        """Return the direct conversation between the bot and a user."""
        for channel in self.channels.values():
            if channel.recipient is user and isinstance(channel, Channel):
                return channel
        channel = Channel(self.snowflakes(), user.name, DIRECT_CHANNEL, recipient=user, server=self)
        self.add_channel(channel)
        return channel

    def dispatch_interaction(self, interaction: InteractionState) -> None:
        """Send an interaction; a second time it is the replay of the first."""
        if not self.gateway.sessions:
            raise ScriptError("no bot is logged in")
        self.gateway.broadcast("INTERACTION_CREATE", lambda _: interaction.payload)

    def replay(self, exchange: Exchange) -> None:
        """Deliver an interaction once more, with the same id and token."""
        self.dispatch_interaction(exchange.interaction)

    @property
    def violations(self) -> list[Violation]:
        """What was broken so far."""
        return self.judge.violations

    def take_violations(self) -> list[Violation]:
        """Hand out what was broken so far and forget it."""
        return self.judge.take()

    def allow(self, *rules: Rule) -> None:
        """Let these rules be broken in this test."""
        self.judge.allow(*rules)

    @property
    def requests(self) -> list[RecordedRequest]:
        """Every REST request with its answer, in the order of arrival."""
        return self._rest.requests

    @property
    def messages(self) -> list[Message]:
        """Every message that everybody in its channel can see, oldest first."""
        everything = [one for channel in self.channels.values() for one in channel.messages]
        return sorted(everything, key=lambda message: message.id)

    @property
    def application_flags(self) -> int:
        """The flags that say which privileged intents were granted."""
        granted = self.privileged_intents
        return (granted.presences << 13) | (granted.members << 15) | (granted.message_content << 19)

    def expire_tokens(self) -> None:
        """Let 15 minutes pass for every interaction so far."""
        for interaction in self.interactions.values():
            interaction.token_expired = True

    def reset_token(self) -> None:
        """Make the bot's token worthless, as Discord does after a leak."""
        self.token = f"{self.token}-after-reset"

    def fail_next(
        self,
        method: str,
        pattern: str,
        status: int = 500,
        *,
        code: int = 0,
        message: str = "scripted failure",
        headers: dict[str, str] | None = None,
        times: int = 1,
        after: bool = False,
        drop: bool = False,
        hold: asyncio.Event | None = None,
    ) -> Fault:
        """Order a failure for requests whose path, such as /channels/*/messages, matches.

        `after` lets the request take effect first, `drop` cuts the connection instead of
        answering, and `hold` only keeps the request waiting until the event is set.
        """
        body: dict[str, Any] = {"message": message, "code": code}
        fault = Fault(method, pattern, status, body, headers or {}, times, after, drop, hold)
        return self.faults.add(fault)

    def rate_limit_next(
        self,
        method: str,
        pattern: str,
        *,
        retry_after: float = 0.05,
        is_global: bool = False,
        times: int = 1,
        via: bool = True,
    ) -> Fault:
        """Order a 429."""
        fault = rate_limit(
            method, pattern, retry_after=retry_after, is_global=is_global, times=times, via=via
        )
        return self.faults.add(fault)
