"""What a person has chosen in a select menu, as Discord tells the bot."""

from __future__ import annotations

from collections.abc import Sequence

from tests.discord_server.judge import ScriptError
from tests.discord_server.model import ChannelState, Json, Role
from tests.discord_server.payloads import channel_payload, role_payload

STRING_SELECT, ROLE_SELECT, CHANNEL_SELECT = 3, 6, 8
SELECTS = (STRING_SELECT, ROLE_SELECT, CHANNEL_SELECT)


def chosen(menu: Json, choices: Sequence[str | Role | ChannelState]) -> Json:
    """Return `values` and `resolved`; ScriptError for what the menu does not offer."""
    name = menu.get("placeholder") or menu["custom_id"]
    least, most = menu.get("min_values", 1), menu.get("max_values", 1)
    if not least <= len(choices) <= most:
        raise ScriptError(f"{name!r} takes {least} to {most} choices")
    if menu["type"] == STRING_SELECT:
        return {"values": _options(menu, name, choices)}
    resolved: dict[str, Json] = {}
    for choice in choices:
        if menu["type"] == ROLE_SELECT and isinstance(choice, Role):
            resolved[str(choice.id)] = role_payload(choice, 1)
        elif menu["type"] == CHANNEL_SELECT and isinstance(choice, ChannelState):
            allowed = menu.get("channel_types")
            if allowed and choice.type not in allowed:
                raise ScriptError(f"{name!r} takes no channel of type {choice.type}")
            resolved[str(choice.id)] = channel_payload(choice) | {"permissions": "0"}
        else:
            raise ScriptError(f"{name!r} does not offer {choice!r}")
    kind = "roles" if menu["type"] == ROLE_SELECT else "channels"
    return {"values": list(resolved), "resolved": {kind: resolved}}


def _options(menu: Json, name: str, choices: Sequence[object]) -> list[str]:
    by_name = {option["label"]: option["value"] for option in menu["options"]}
    by_name |= {option["value"]: option["value"] for option in menu["options"]}
    unknown = [choice for choice in choices if choice not in by_name]
    if unknown:
        raise ScriptError(f"{name!r} offers {sorted(by_name)}, not {unknown}")
    return [by_name[choice] for choice in choices if isinstance(choice, str)]
