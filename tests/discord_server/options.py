"""A slash command as typed: from words and values to the options that Discord sends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tests.discord_server.judge import ScriptError
from tests.discord_server.model import (
    Attachment,
    ChannelState,
    Json,
    MemberState,
    Role,
    Upload,
    User,
)
from tests.discord_server.payloads import (
    attachment_payload,
    channel_payload,
    member_payload,
    role_payload,
    user_payload,
)
from tests.discord_server.text import length

SUBCOMMAND, SUBCOMMAND_GROUP = 1, 2
STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = range(3, 12)
MOST_CHARACTERS = 6000
PLAIN_TYPES: dict[int, Any] = {STRING: str, INTEGER: int, BOOLEAN: bool, NUMBER: int | float}


class OptionWriter:
    """Write the options of one invocation, collecting what they refer to."""

    def __init__(self, upload: Callable[[Upload], Attachment]) -> None:
        self._upload = upload
        self.resolved: dict[str, dict[str, Json]] = {}

    def write(
        self,
        command: Json,
        path: Sequence[str],
        values: dict[str, Any],
        uploads: Sequence[Upload],
        focused: str | None = None,
    ) -> list[Json]:
        """Return the options, nested below sub-commands; with `focused`, half typed."""
        wrappers: list[Json] = []
        place = command
        for word in path:
            inner = [one for one in place.get("options") or [] if one["name"] == word]
            if not inner or inner[0]["type"] not in (SUBCOMMAND, SUBCOMMAND_GROUP):
                raise ScriptError(f"{place['name']!r} has no sub-command {word!r}")
            place = inner[0]
            wrappers.append({"name": word, "type": place["type"]})
        known = place.get("options") or []
        if any(one["type"] in (SUBCOMMAND, SUBCOMMAND_GROUP) for one in known):
            raise ScriptError(f"{place['name']!r} wants a sub-command")
        written = self._write_values(place["name"], known, values, uploads, focused)
        for wrapper in reversed(wrappers):
            written = [wrapper | {"options": written}]
        return written

    def _write_values(
        self,
        name: str,
        known: list[Json],
        values: dict[str, Any],
        uploads: Sequence[Upload],
        focused: str | None,
    ) -> list[Json]:
        by_name = {one["name"]: one for one in known}
        unknown = values.keys() - by_name.keys()
        if unknown:
            raise ScriptError(f"{name!r} has no option {sorted(unknown)}; it has {sorted(by_name)}")
        wanting = [
            one["name"] for one in known if one["type"] == ATTACHMENT and one["name"] not in values
        ]
        if len(uploads) > len(wanting):
            raise ScriptError(f"{name!r} takes {len(wanting)} attachments, not {len(uploads)}")
        given = values | dict(zip(wanting, uploads, strict=False))
        if focused is None:
            missing = [o["name"] for o in known if o.get("required") and o["name"] not in given]
            if missing:
                raise ScriptError(f"{name!r} cannot be sent without {missing}")
        elif not by_name.get(focused, {}).get("autocomplete"):
            raise ScriptError(f"{name!r} has no option {focused!r} with completion")
        written = []
        for option in known:
            if option["name"] not in given and option["name"] != focused:
                continue
            value = given.get(option["name"], "")
            entry: Json = {"name": option["name"], "type": option["type"]}
            if option["name"] == focused:
                entry |= {"value": value, "focused": True}
            else:
                entry["value"] = self._write_value(option, value)
            written.append(entry)
        return written

    def _write_value(self, option: Json, value: Any) -> Any:
        kind = option["type"]
        if kind in (STRING, INTEGER, BOOLEAN, NUMBER):
            return _plain_value(option, value)
        if kind == ATTACHMENT and isinstance(value, Upload):
            attachment = self._upload(value)
            return self._resolve("attachments", attachment.id, attachment_payload(attachment))
        if kind in (USER, MENTIONABLE) and isinstance(value, MemberState):
            self._resolve("members", value.id, member_payload(value, with_user=False))
            return self._resolve("users", value.id, user_payload(value.user))
        if kind in (USER, MENTIONABLE) and isinstance(value, User):
            return self._resolve("users", value.id, user_payload(value))
        if kind in (ROLE, MENTIONABLE) and isinstance(value, Role):
            return self._resolve("roles", value.id, role_payload(value, 1))
        if kind == CHANNEL and isinstance(value, ChannelState):
            allowed = option.get("channel_types")
            if allowed and value.type not in allowed:
                raise ScriptError(f"{option['name']!r} takes no channel of type {value.type}")
            payload = channel_payload(value) | {"permissions": "0"}
            return self._resolve("channels", value.id, payload)
        raise ScriptError(f"{option['name']!r} (type {kind}) cannot be {value!r}")

    def _resolve(self, kind: str, thing_id: int, payload: Json) -> str:
        self.resolved.setdefault(kind, {})[str(thing_id)] = payload
        return str(thing_id)


def _plain_value(option: Json, value: Any) -> Any:
    kind, name = option["type"], option["name"]
    if not isinstance(value, PLAIN_TYPES[kind]) or isinstance(value, bool) != (kind == BOOLEAN):
        raise ScriptError(f"{name!r} cannot be {value!r}")
    choices = option.get("choices") or []
    if choices:
        by_name = {one["name"]: one["value"] for one in choices}
        by_name |= {one["value"]: one["value"] for one in choices}
        if value not in by_name:
            raise ScriptError(f"{name!r} offers {[one['value'] for one in choices]}, not {value!r}")
        return by_name[value]
    if kind == STRING:
        least = option.get("min_length", 0)
        most = option.get("max_length", MOST_CHARACTERS)
        if not least <= length(value) <= most:
            raise ScriptError(f"{name!r} takes {least} to {most} characters, not {length(value)}")
    elif kind != BOOLEAN:
        least, most = option.get("min_value"), option.get("max_value")
        if (least is not None and value < least) or (most is not None and value > most):
            raise ScriptError(f"{name!r} takes {least} to {most}, not {value}")
    return value
