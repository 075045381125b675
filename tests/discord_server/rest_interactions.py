"""Answers to interactions: the first response, its edits, and follow-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.discord_server.calls import Call, Routes
from tests.discord_server.command_rules import check_choices
from tests.discord_server.components import check_modal
from tests.discord_server.errors import (
    ApiError,
    FieldError,
    Json,
    invalid_form,
    unknown,
    unknown_interaction,
    unknown_message,
)
from tests.discord_server.judge import Rule
from tests.discord_server.model import EPHEMERAL, LOADING, Callback, InteractionState, Message
from tests.discord_server.payloads import message_payload
from tests.discord_server.pings import INTERACTION_DEFAULT
from tests.discord_server.posting import body_of, delete, edit, post

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

ROUTES = Routes()
RESPONSE_SECONDS = 3.0
TOKEN_SECONDS = 15 * 60.0

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
MESSAGE, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
FITTING = {
    COMMAND: (MESSAGE, DEFER, MODAL),
    COMPONENT: (MESSAGE, DEFER, DEFER_UPDATE, UPDATE, MODAL),
    AUTOCOMPLETE: (CHOICES,),
    MODAL_SUBMIT: (MESSAGE, DEFER, DEFER_UPDATE, UPDATE),
}

CALLBACK = "/interactions/{interaction}/{token:text}/callback"
WEBHOOK = "/webhooks/{application}/{token:text}"
ORIGINAL = WEBHOOK + "/messages/@original"
FOLLOW_UP = WEBHOOK + "/messages/{message}"


@ROUTES.add("POST", CALLBACK, authorised=False)
def respond(server: DiscordServer, call: Call) -> Json | None:
    """Take the first response: in time, once, and of a type that fits."""
    interaction = server.interactions.get(call.number("interaction"))
    if interaction is None or interaction.token != call.parameters["token"]:
        raise unknown_interaction()
    if interaction.callback is not None:
        raise ApiError(
            400,
            40060,
            "Interaction has already been acknowledged.",
            rule=Rule.SECOND_RESPONSE,
            detail=interaction.name,
        )
    seconds = server.clock() - interaction.dispatched
    if seconds > RESPONSE_SECONDS or interaction.token_expired:
        raise ApiError(
            404,
            10062,
            "Unknown interaction",
            rule=Rule.LATE_RESPONSE,
            detail=f"{interaction.name} after {seconds:.1f} s",
        )
    body = body_of(call)
    kind, data = body.get("type"), body.get("data") or {}
    fitting = FITTING[interaction.type]
    if interaction.type == MODAL_SUBMIT and interaction.source is None:
        fitting = (MESSAGE, DEFER)
    if kind not in fitting:
        error = invalid_form([FieldError("type", "BASE_TYPE_CHOICES", f"{kind} is not {fitting}")])
        error.rule = Rule.WRONG_RESPONSE_TYPE
        raise error
    callback = Callback(kind, data, seconds)
    _carry_out(server, interaction, callback, call)
    interaction.callback = callback
    if "with_response" not in call.query:
        return None
    return _callback_answer(interaction, callback)


def _carry_out(
    server: DiscordServer, interaction: InteractionState, callback: Callback, call: Call
) -> None:
    data = callback.data
    if callback.type in (MESSAGE, DEFER):
        interaction.original = post(
            server,
            interaction.channel,
            data,
            call.files,
            default_pings=INTERACTION_DEFAULT,
            interaction=interaction,
            extra_flags=LOADING if callback.type == DEFER else 0,
        )
    elif callback.type in (DEFER_UPDATE, UPDATE):
        assert interaction.source is not None
        if callback.type == UPDATE:
            edit(server, interaction.source, data, call.files, default_pings=INTERACTION_DEFAULT)
        interaction.original = interaction.source
    elif callback.type == CHOICES:
        errors = list(
            check_choices("data.choices", data.get("choices") or [], _focused(interaction))
        )
        if errors:
            raise invalid_form(errors)
    else:
        errors = check_modal(data)
        if errors:
            raise invalid_form(errors)


def _focused(interaction: InteractionState) -> int:
    options = interaction.payload["data"]["options"]
    while True:
        for option in options:
            if option.get("focused"):
                return int(option["type"])
        options = options[0]["options"]


def _callback_answer(interaction: InteractionState, callback: Callback) -> Json:
    about: Json = {"id": str(interaction.id), "type": interaction.type}
    answer: Json = {"interaction": about}
    message = interaction.original
    if message is not None:
        about |= {
            "response_message_id": str(message.id),
            "response_message_loading": message.loading,
            "response_message_ephemeral": message.ephemeral,
        }
        answer["resource"] = {"type": callback.type, "message": message_payload(message)}
    return answer


def _interaction(server: DiscordServer, call: Call) -> InteractionState:
    """Return the interaction of a token, once it has been responded to and while it is fresh."""
    found = [one for one in server.interactions.values() if one.token == call.parameters["token"]]
    if not found or call.number("application") != server.bot.id:
        raise unknown("Webhook", 10015)
    interaction = found[0]
    age = server.clock() - interaction.dispatched
    if interaction.token_expired or age > TOKEN_SECONDS:
        raise ApiError(
            401,
            50027,
            "Invalid Webhook Token",
            rule=Rule.EXPIRED_TOKEN,
            detail=interaction.name,
        )
    if interaction.callback is None:
        raise ApiError(
            404, 10015, "Unknown Webhook", rule=Rule.FOLLOW_UP_FIRST, detail=interaction.name
        )
    return interaction


def _original(interaction: InteractionState) -> Message:
    if interaction.original is None or interaction.original.deleted:
        raise unknown_message()
    return interaction.original


def _follow_up(interaction: InteractionState, call: Call) -> Message:
    known = list(interaction.follow_ups)
    if interaction.original is not None:
        known.append(interaction.original)
    for message in known:
        if message.id == call.number("message") and not message.deleted:
            return message
    raise unknown_message()


@ROUTES.add("GET", ORIGINAL, authorised=False)
def get_original(server: DiscordServer, call: Call) -> Json:
    """Return the first response."""
    return message_payload(_original(_interaction(server, call)))


@ROUTES.add("PATCH", ORIGINAL, authorised=False)
def edit_original(server: DiscordServer, call: Call) -> Json:
    """Change the first response, or fill in the deferred one."""
    interaction = _interaction(server, call)
    message = _original(interaction)
    edit(server, message, body_of(call), call.files, default_pings=INTERACTION_DEFAULT)
    interaction.edits += 1
    return message_payload(message)


@ROUTES.add("DELETE", ORIGINAL, authorised=False)
def delete_original(server: DiscordServer, call: Call) -> None:
    """Take the first response away."""
    interaction = _interaction(server, call)
    delete(server, _original(interaction))
    interaction.original_deleted = True


@ROUTES.add("POST", WEBHOOK, authorised=False)
def create_follow_up(server: DiscordServer, call: Call) -> Json | None:
    """Add a message; the first one after a deferral fills that in and has its visibility."""
    interaction = _interaction(server, call)
    body = body_of(call)
    original = interaction.original
    if original is not None and original.loading and not original.deleted:
        private = bool((body.get("flags") or 0) & EPHEMERAL)
        if private != original.ephemeral:
            hidden = "private" if private else "public"
            detail = f"{interaction.name}: a {hidden} follow-up would not be {hidden}"
            server.judge.record(Rule.EPHEMERAL_MISMATCH, detail)
        message = edit(server, original, body, call.files, default_pings=INTERACTION_DEFAULT)
    else:
        message = post(
            server,
            interaction.channel,
            body,
            call.files,
            default_pings=INTERACTION_DEFAULT,
            interaction=interaction,
        )
        interaction.follow_ups.append(message)
    return message_payload(message) if call.query.get("wait") in ("1", "true") else None


@ROUTES.add("GET", FOLLOW_UP, authorised=False)
def get_follow_up(server: DiscordServer, call: Call) -> Json:
    """Return a message of this interaction."""
    return message_payload(_follow_up(_interaction(server, call), call))


@ROUTES.add("PATCH", FOLLOW_UP, authorised=False)
def edit_follow_up(server: DiscordServer, call: Call) -> Json:
    """Change a message of this interaction."""
    interaction = _interaction(server, call)
    message = _follow_up(interaction, call)
    edit(server, message, body_of(call), call.files, default_pings=INTERACTION_DEFAULT)
    interaction.edits += 1
    return message_payload(message)


@ROUTES.add("DELETE", FOLLOW_UP, authorised=False)
def delete_follow_up(server: DiscordServer, call: Call) -> None:
    """Take a message of this interaction away."""
    delete(server, _follow_up(_interaction(server, call), call))
