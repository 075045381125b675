"""The gateway: sessions that outlive their connections, events in order, and ways to break it."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp import web
from discord import Intents

from tests.discord_server.judge import Rule
from tests.discord_server.model import ChannelState, GuildState, Message
from tests.discord_server.network import GATEWAY_HOST
from tests.discord_server.payloads import (
    channel_payload,
    guild_payload,
    message_event,
    user_payload,
)

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

Json = dict[str, Any]
DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME, RECONNECT = 0, 1, 2, 3, 4, 6, 7
REQUEST_MEMBERS, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 8, 9, 10, 11
PRIVILEGED = Intents(presences=True, members=True, message_content=True).value
SENDS_PER_MINUTE = 120


class Session:
    """One login at the gateway: its intents, and all it was told, for RESUME."""

    def __init__(self, intents: Intents) -> None:
        self.id = secrets.token_hex(16)
        self.intents = intents
        self.told: list[str] = []
        self.connection: Connection | None = None

    def tell(self, event: str, data: Json) -> None:
        """Send an event now, or keep it until the client resumes."""
        sequence = len(self.told) + 1
        frame = json.dumps({"op": DISPATCH, "t": event, "s": sequence, "d": data})
        self.told.append(frame)
        if self.connection is not None:
            self.connection.outbox.put_nowait(frame)


class Connection:
    """One socket of a client."""

    def __init__(self, socket: web.WebSocketResponse, transport: asyncio.Transport) -> None:
        self.socket = socket
        self.transport = transport
        self.speaking = asyncio.Event()
        self.speaking.set()
        self.outbox: asyncio.Queue[str] = asyncio.Queue()
        self.session: Session | None = None
        self.received: deque[float] = deque(maxlen=SENDS_PER_MINUTE + 1)

    def send(self, op: int, data: object) -> None:
        """Queue a frame that is not an event."""
        self.outbox.put_nowait(json.dumps({"op": op, "t": None, "s": None, "d": data}))


class Gateway:
    """All sessions of the client under test; there is rarely more than one."""

    def __init__(self, server: DiscordServer, *, heartbeat_interval: float) -> None:
        self._server = server
        self._heartbeat_interval = heartbeat_interval
        self._connections: set[Connection] = set()
        self.sessions: dict[str, Session] = {}
        self.identifies: list[Json] = []
        self.resumes: list[Json] = []
        self.heartbeats = 0
        self.connection_count = 0

    @property
    def connected(self) -> bool:
        """Whether a client is logged in over an open socket."""
        return any(session.connection is not None for session in self.sessions.values())

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Keep one client company until either side hangs up."""
        socket = web.WebSocketResponse(max_msg_size=4096 + 1)
        await socket.prepare(request)
        assert request.transport is not None
        connection = Connection(socket, request.transport)
        self._connections.add(connection)
        self.connection_count += 1
        writer = asyncio.create_task(self._write(connection))
        connection.send(HELLO, {"heartbeat_interval": round(self._heartbeat_interval * 1000)})
        try:
            async for frame in socket:
                if frame.type is aiohttp.WSMsgType.TEXT:
                    await self._receive(connection, frame.json())
        finally:
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
            self._connections.discard(connection)
            if connection.session is not None and connection.session.connection is connection:
                connection.session.connection = None
            self._server.changes.notify()
        return socket

    async def _write(self, connection: Connection) -> None:
        while True:
            frame = await connection.outbox.get()
            await connection.speaking.wait()
            await connection.socket.send_str(frame)

    async def _receive(self, connection: Connection, frame: Json) -> None:
        clock = self._server.clock()
        connection.received.append(clock)
        flood = len(connection.received) > SENDS_PER_MINUTE
        if flood and clock - connection.received[0] < 60:
            self._server.judge.record(Rule.GATEWAY_FLOOD, f"op {frame['op']}")
            await connection.socket.close(code=4008)
            return
        match frame["op"]:
            case 1:
                self.heartbeats += 1
                connection.send(HEARTBEAT_ACK, None)
            case 2:
                await self._identify(connection, frame["d"])
            case 6:
                await self._resume(connection, frame["d"])
            case 8:
                self._answer_members(connection, frame["d"])
            case 3 | 4:
                pass
            case unknown:
                self._server.judge.record(Rule.GATEWAY_PAYLOAD, f"op {unknown}")
                await connection.socket.close(code=4001)
        self._server.changes.notify()

    async def _identify(self, connection: Connection, data: Json) -> None:
        self.identifies.append(data)
        if data["token"] != self._server.token:
            await connection.socket.close(code=4004)
            return
        intents = Intents._from_value(data["intents"])
        refused = intents.value & PRIVILEGED & ~self._server.privileged_intents.value
        if refused:
            await connection.socket.close(code=4014)
            return
        session = Session(intents)
        self.sessions[session.id] = session
        self._attach(session, connection)
        guilds = list(self._server.guilds.values())
        bot = self._server.bot
        shard = {"shard": data["shard"]} if "shard" in data else {}
        session.tell(
            "READY",
            shard
            | {
                "v": 10,
                "user": user_payload(bot),
                "session_id": session.id,
                "resume_gateway_url": f"wss://{GATEWAY_HOST}/",
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "application": {"id": str(bot.id), "flags": self._server.application_flags},
            },
        )
        if intents.guilds:
            for guild in guilds:
                payload = guild_payload(guild, bot, all_members=intents.members)
                session.tell("GUILD_CREATE", payload)

    async def _resume(self, connection: Connection, data: Json) -> None:
        self.resumes.append(data)
        session = self.sessions.get(data["session_id"])
        if data["token"] != self._server.token or session is None:
            connection.send(INVALID_SESSION, False)  # noqa: FBT003 - the protocol's payload
            return
        for frame in session.told[data["seq"] :]:
            connection.outbox.put_nowait(frame)
        self._attach(session, connection)
        session.tell("RESUMED", {})

    def _attach(self, session: Session, connection: Connection) -> None:
        session.connection = connection
        connection.session = session

    def _answer_members(self, connection: Connection, data: Json) -> None:
        guild = self._server.guilds[int(data["guild_id"])]
        session = connection.session
        assert session is not None
        if not session.intents.members and not data.get("user_ids") and not data.get("query"):
            self._server.judge.record(Rule.GATEWAY_PAYLOAD, "all members without the intent")
            return
        payload = guild_payload(guild, self._server.bot, all_members=True)
        wanted = data.get("user_ids")
        query = (data.get("query") or "").lower()
        members = [
            member
            for member in payload["members"]
            if (wanted is None or member["user"]["id"] in map(str, wanted))
            and member["user"]["username"].startswith(query)
        ]
        chunk = {"guild_id": str(guild.id), "members": members, "chunk_index": 0}
        chunk |= {"chunk_count": 1, "not_found": [], "nonce": data.get("nonce")}
        session.tell("GUILD_MEMBERS_CHUNK", chunk)

    # Events ---------------------------------------------------------------------------------

    def broadcast(self, event: str, build: Callable[[Intents], Json | None]) -> int:
        """Tell every session whose intents ask for it; return how many that were."""
        told = 0
        for session in self.sessions.values():
            data = build(session.intents)
            if data is not None:
                session.tell(event, data)
                told += 1
        return told

    def message_event(self, event: str, message: Message) -> None:
        """Tell of a message, blanked where Discord would blank it."""
        bot = self._server.bot

        def build(intents: Intents) -> Json | None:
            in_guild = message.channel.guild is not None
            if not (intents.guild_messages if in_guild else intents.dm_messages):
                return None
            return message_event(message, lambda one: may_read(one, bot.id, intents))

        self.broadcast(event, build)

    def announce_guild(self, guild: GuildState) -> None:
        """Tell that the bot has joined a server."""

        def build(intents: Intents) -> Json | None:
            if not intents.guilds:
                return None
            return guild_payload(guild, self._server.bot, all_members=intents.members)

        self.broadcast("GUILD_CREATE", build)

    def announce_channel(self, channel: ChannelState, event: str, **more: bool) -> None:
        """Tell of a new, changed or deleted channel or thread."""
        payload = channel_payload(channel) | more
        self.broadcast(event, lambda intents: payload if intents.guilds else None)

    def bot_may_read(self, message: Message) -> bool:
        """Say whether the bot sees the content over REST: by the intents it has identified with."""
        intents = [session.intents for session in self.sessions.values()] or [Intents.none()]
        return any(may_read(message, self._server.bot.id, one) for one in intents)

    # Breaking it ----------------------------------------------------------------------------

    async def close(self, code: int = 1006) -> None:
        """Hang up on every client; 1006 cuts the connection without a word."""
        closing = set(self._connections)
        for connection in closing:
            if code == 1006:
                connection.transport.abort()
            else:
                await connection.socket.close(code=code, drain=False)
        await self._server.wait_until(
            lambda: not closing & self._connections, "a socket stays open"
        )

    def go_silent(self) -> None:
        """Say nothing on the open sockets any more, not even ACKs; a new connection works."""
        for connection in self._connections:
            connection.speaking.clear()

    def speak_again(self) -> None:
        """Deliver what was held back."""
        for connection in self._connections:
            connection.speaking.set()

    def ask_to_reconnect(self) -> None:
        """Send op 7."""
        for connection in self._connections:
            connection.send(RECONNECT, None)

    def invalidate_session(self, *, resumable: bool = False) -> None:
        """Send op 9; a session that is not resumable is gone."""
        for connection in self._connections:
            connection.send(INVALID_SESSION, resumable)
            if not resumable and connection.session is not None:
                self.sessions.pop(connection.session.id, None)

    def forget_sessions(self) -> None:
        """Lose all sessions: the next RESUME is answered by op 9."""
        self.sessions.clear()


def may_read(message: Message, bot_id: int, intents: Intents) -> bool:
    """Say whether Discord shows the content: own, direct, mentioning, or with the intent."""
    return (
        intents.message_content
        or message.author.id == bot_id
        or message.channel.guild is None
        or any(user.id == bot_id for user in message.mentions)
    )
