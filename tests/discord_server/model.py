"""What exists on the double's Discord: users, roles, channels, messages, interactions."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from discord import Permissions

from tests.discord_server.pings import NOBODY, Pings

Json = dict[str, Any]

EPHEMERAL = 1 << 6
LOADING = 1 << 7
COMPONENTS_V2 = 1 << 15
DISCORD_EPOCH_MS = 1_420_070_400_000


class Snowflakes:
    """Ids that grow and carry the present time, as Discord's do."""

    def __init__(self) -> None:
        self._last = 0

    def __call__(self) -> int:
        """Return a new id."""
        present = (int(time.time() * 1000) - DISCORD_EPOCH_MS) << 22
        self._last = max(self._last + 1, present)
        return self._last


def timestamp() -> str:
    """Return the present as Discord writes it."""
    return datetime.now(UTC).isoformat()


@dataclass(slots=True, eq=False, repr=False)
class User:
    """An account."""

    id: int
    name: str
    bot: bool = False
    accepts_direct_messages: bool = True

    def __repr__(self) -> str:
        return f"<User {self.name}>"

    @property
    def mention(self) -> str:
        """How a message names the user."""
        return f"<@{self.id}>"


@dataclass(slots=True, eq=False, repr=False)
class Role:
    """A role; the one with the guild's id is @everyone."""

    id: int
    name: str
    permissions: Permissions
    mentionable: bool = False
    bot_id: int | None = None

    def __repr__(self) -> str:
        return f"<Role {self.name}>"

    @property
    def mention(self) -> str:
        """How a message names the role."""
        return f"<@&{self.id}>"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a person attaches it."""

    filename: str
    data: bytes
    content_type: str = "application/octet-stream"


@dataclass(slots=True, eq=False)
class Attachment:
    """A file that the double serves at `url`."""

    id: int
    filename: str
    data: bytes
    content_type: str
    channel_id: int
    description: str | None = None

    @property
    def path(self) -> str:
        """The place below cdn.discordapp.com."""
        return f"/attachments/{self.channel_id}/{self.id}/{self.filename}"

    @property
    def url(self) -> str:
        """The signed address; without the signature Discord serves nothing."""
        return f"https://cdn.discordapp.com{self.path}?ex=7fffffff&is=0&hm={self.signature}&"

    @property
    def signature(self) -> str:
        """What makes the address valid."""
        return f"{self.id:x}"


@dataclass(slots=True, eq=False)
class Overwrite:
    """What a channel allows and denies to one role or member."""

    allow: Permissions = field(default_factory=Permissions.none)
    deny: Permissions = field(default_factory=Permissions.none)


@dataclass(slots=True, eq=False, repr=False)
class MemberState:
    """A user inside a guild. In direct messages the guild is None."""

    user: User
    guild: GuildState
    roles: list[Role]
    locale: str

    def __repr__(self) -> str:
        return f"<Member {self.user.name}>"

    @property
    def id(self) -> int:
        """The user's id."""
        return self.user.id

    @property
    def mention(self) -> str:
        """How a message names the member."""
        return self.user.mention


@dataclass(slots=True, eq=False, repr=False)
class ChannelState:
    """A text channel, a thread (with a parent) or a direct conversation (with a recipient)."""

    id: int
    name: str
    type: int
    guild: GuildState | None = None
    parent: ChannelState | None = None
    recipient: User | None = None
    owner_id: int | None = None
    nsfw: bool = False
    deleted: bool = False
    typing_count: int = 0
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)  # those that everybody there can see

    def __repr__(self) -> str:
        return f"<Channel #{self.name}>"

    @property
    def mention(self) -> str:
        """How a message names the channel."""
        return f"<#{self.id}>"

    @property
    def is_thread(self) -> bool:
        """Whether it hangs below another channel."""
        return self.parent is not None

    def find_message(self, message_id: int) -> Message | None:
        """Return a message that is still there."""
        return next((found for found in self.messages if found.id == message_id), None)


@dataclass(slots=True, eq=False, repr=False)
class GuildState:
    """A Discord server, as people call it."""

    id: int
    name: str
    owner: User
    locale: str
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, MemberState] = field(default_factory=dict)
    channels: dict[int, ChannelState] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Guild {self.name}>"

    @property
    def everyone(self) -> Role:
        """The role that all members have."""
        return self.roles[self.id]

    @property
    def mentionable_roles(self) -> list[int]:
        """The ids of the roles that everybody may notify."""
        return [role.id for role in self.roles.values() if role.mentionable]


@dataclass(slots=True, eq=False, repr=False)
class Message:
    """A message as Discord keeps it. `pings` is whom it has ever notified, edits included."""

    id: int
    channel: ChannelState
    author: User
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    type: int = 0
    reference: Message | None = None
    mentions: list[User] = field(default_factory=list)
    pings: Pings = NOBODY
    interaction: InteractionState | None = None
    audience: User | None = None  # the only one who sees an ephemeral message
    nonce: str | None = None
    thread: ChannelState | None = None
    reactions: list[tuple[int, str]] = field(default_factory=list)
    created: str = field(default_factory=timestamp)
    edited: str | None = None
    edits: int = 0
    deleted: bool = False

    def __repr__(self) -> str:
        return f"<Message by {self.author.name}: {self.text!r}>"

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Whether it still says that the bot is thinking."""
        return bool(self.flags & LOADING)

    @property
    def all_components(self) -> list[Json]:
        """Every component, however deep, in the order in which it is shown."""
        return list(itertools.chain.from_iterable(map(walk_component, self.components)))

    @property
    def buttons(self) -> list[Json]:
        """The buttons, from the top left."""
        return [component for component in self.all_components if component["type"] == 2]

    @property
    def text(self) -> str:
        """All that a person can read: content, embeds, text of components, labels of buttons."""
        lines = [self.content]
        for embed in self.embeds:
            lines += _embed_texts(embed)
        for component in self.all_components:
            lines += [component.get(key) or "" for key in ("content", "label", "placeholder")]
            lines += [option["label"] for option in component.get("options", [])]
        return "\n".join(line for line in lines if line)


def walk_component(component: Json) -> Iterator[Json]:
    """Yield a component and everything inside it."""
    yield component
    inner = list(component.get("components") or [])
    inner += [component[key] for key in ("accessory", "component") if component.get(key)]
    for part in inner:
        yield from walk_component(part)


def _embed_texts(embed: Json) -> list[str]:
    texts = [(embed.get("author") or {}).get("name"), embed.get("title"), embed.get("description")]
    for part in embed.get("fields") or []:
        texts += [part.get("name"), part.get("value")]
    texts.append((embed.get("footer") or {}).get("text"))
    return [text for text in texts if text]


@dataclass(slots=True, eq=False)
class Callback:
    """One first response of the bot: its type, its data, and how long it took."""

    type: int
    data: Json
    seconds: float


@dataclass(slots=True, eq=False, repr=False)
class InteractionState:
    """Something a person did that the bot must answer within three seconds."""

    id: int
    token: str
    type: int
    user: User
    channel: ChannelState
    payload: Json
    dispatched: float
    source: Message | None = None  # the message whose component was used
    name: str = ""
    callback: Callback | None = None
    original: Message | None = None
    follow_ups: list[Message] = field(default_factory=list)
    edits: int = 0
    original_deleted: bool = False
    token_expired: bool = False

    def __repr__(self) -> str:
        return f"<Interaction {self.name} by {self.user.name}>"
