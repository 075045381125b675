"""Filling in a modal as a person does, within the limits that Discord's client sets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.discord_server.judge import ScriptError
from tests.discord_server.model import Attachment, Json, Upload
from tests.discord_server.payloads import attachment_payload
from tests.discord_server.text import length

ACTION_ROW, STRING_SELECT, TEXT_INPUT, TEXT_DISPLAY = 1, 3, 4, 10
LABEL, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 18, 19, 21, 22, 23
Uploader = Callable[[Upload], Attachment]


def fill_in(modal: Json, values: dict[str, Any], upload: Uploader) -> Json:
    """Return the data of a submitted modal; unknown names and wrong values are refused."""
    left = dict(values)
    resolved: dict[str, Json] = {}
    components = [
        _submitted(component, left, upload, resolved) for component in modal["components"]
    ]
    if left:
        fields = ", ".join(f"{label!r} ({custom_id})" for label, custom_id in _fields(modal))
        raise ScriptError(f"the form has no {', '.join(left)}; it has {fields}")
    data: Json = {"custom_id": modal["custom_id"], "components": components}
    if resolved:
        data["resolved"] = {"attachments": resolved}
    return data


def _fields(modal: Json) -> Iterator[tuple[str, str]]:
    for component in modal["components"]:
        if component["type"] == LABEL:
            yield component["label"], component["component"]["custom_id"]
        elif component["type"] == ACTION_ROW:
            yield component["components"][0]["label"], component["components"][0]["custom_id"]


def _submitted(
    component: Json, left: dict[str, Any], upload: Uploader, resolved: dict[str, Json]
) -> Json:
    if component["type"] == TEXT_DISPLAY:
        return {"type": TEXT_DISPLAY, "id": 1}
    if component["type"] == ACTION_ROW:
        field = component["components"][0]
        label = field["label"]
        filled = _fill_one(field, label, left, upload, resolved)
        return {"type": ACTION_ROW, "id": 1, "components": [filled]}
    field, label = component["component"], component["label"]
    filled = _fill_one(field, label, left, upload, resolved)
    return {"type": LABEL, "id": 1, "component": filled}


def _fill_one(
    field: Json, label: str, left: dict[str, Any], upload: Uploader, resolved: dict[str, Json]
) -> Json:
    kind, custom_id = field["type"], field["custom_id"]
    missing = object()
    value = left.pop(custom_id, missing)
    if value is missing:
        value = left.pop(label, missing)
    given = None if value is missing else value
    filled: Json = {"type": kind, "id": 2, "custom_id": custom_id}
    if kind == TEXT_INPUT:
        return filled | {"value": _text(field, label, given)}
    if kind == CHECKBOX:
        return filled | {"value": bool(field.get("default") if given is None else given)}
    if kind == RADIO_GROUP:
        chosen = _chosen(field, label, [] if given is None else [given])
        return filled | {"value": chosen[0] if chosen else None}
    if kind == FILE_UPLOAD:
        kept = [upload(one) for one in given or []]
        if not kept and field.get("required", True):
            raise ScriptError(f"{label!r} wants a file")
        resolved.update({str(one.id): attachment_payload(one) for one in kept})
        return filled | {"values": [str(one.id) for one in kept]}
    if kind in (STRING_SELECT, CHECKBOX_GROUP):
        return filled | {"values": _chosen(field, label, given)}
    return filled | {"values": list(given or [])}


def _text(field: Json, label: str, given: Any) -> str:
    text = str(field.get("value") or "") if given is None else given
    if not isinstance(text, str):
        raise ScriptError(f"{label!r} wants a text")
    if not text:
        if field.get("required", True):
            raise ScriptError(f"{label!r} must be filled in")
        return text
    least, most = field.get("min_length") or 0, field.get("max_length") or 4000
    if not least <= length(text) <= most:
        raise ScriptError(f"{label!r} takes {least} to {most} characters, not {length(text)}")
    return text


def _chosen(field: Json, label: str, given: Any) -> list[str]:
    options = field.get("options") or []
    if given is None or given == []:
        chosen = [option["value"] for option in options if option.get("default")]
    else:
        by_name = {option["label"]: option["value"] for option in options}
        by_name |= {option["value"]: option["value"] for option in options}
        if any(one not in by_name for one in given):
            raise ScriptError(f"{label!r} offers {sorted(by_name)}, not {given}")
        chosen = [by_name[one] for one in given]
    if not chosen and field.get("required", True):
        raise ScriptError(f"{label!r} must be chosen")
    return chosen
