"""What a person sees after doing something: the bot's first response and all that follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.discord_server.judge import ScriptError
from tests.discord_server.modal_form import fill_in
from tests.discord_server.model import InteractionState, Json, Message, Upload
from tests.discord_server.waiting import Found

if TYPE_CHECKING:
    from tests.discord_server.people import Member

MESSAGE, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
MODAL_SUBMIT = 5


class Exchange:
    """One interaction, as the person who began it experiences it."""

    def __init__(self, member: Member, interaction: InteractionState) -> None:
        self.member = member
        self.interaction = interaction
        self._server = member.server
        source = interaction.source
        self._edits_before = source.edits if source is not None else 0

    def __repr__(self) -> str:
        return f"<{self.interaction.name} by {self.member.user.name}: {self._progress()}>"

    @property
    def acknowledged(self) -> bool:
        """Whether the bot has responded at all."""
        return self.interaction.callback is not None

    @property
    def seconds_to_respond(self) -> float:
        """How long the first response took."""
        assert self.interaction.callback is not None, "the bot has not responded"
        return self.interaction.callback.seconds

    @property
    def deferred(self) -> bool:
        """Whether the first response only asked for time."""
        callback = self.interaction.callback
        return callback is not None and callback.type in (DEFER, DEFER_UPDATE)

    @property
    def ephemeral(self) -> bool:
        """Whether the first response is for the person alone."""
        original = self.interaction.original
        return original is not None and original.ephemeral

    @property
    def original(self) -> Message | None:
        """The first response as a message, still loading or not."""
        return self.interaction.original

    @property
    def edits(self) -> int:
        """How often the bot has changed its messages here."""
        return self.interaction.edits

    @property
    def messages(self) -> list[Message]:
        """All that the person can read as answers, oldest first; no loading or deleted ones."""
        original = self.interaction.original
        found = list(self.interaction.follow_ups)
        if original is not None and self._answers(original):
            found.insert(0, original)
        return [message for message in found if not message.deleted and not message.loading]

    def _answers(self, original: Message) -> bool:
        if original is not self.interaction.source:
            return True
        return original.edits > self._edits_before

    async def first_response(self, within: float = 10.0) -> Json:
        """Return the first response as sent: {"type": ..., "data": ...}."""

        def look() -> Json | None:
            callback = self.interaction.callback
            return None if callback is None else {"type": callback.type, "data": callback.data}

        return await self._wait(look, "no first response", within)

    async def final_message(
        self, within: float = 10.0, matching: Callable[[Message], bool] | None = None
    ) -> Message:
        """Return the newest answer that is not "thinking" and that `matching` accepts."""

        def look() -> Message | None:
            for message in reversed(self.messages):
                if matching is None or matching(message):
                    return message
            return None

        return await self._wait(look, "no answer", within)

    async def modal(self, within: float = 10.0) -> Modal:
        """Return the modal that the bot opens."""
        response = await self.first_response(within)
        if response["type"] != MODAL:
            raise AssertionError(f"the bot opened no modal: {self._progress()}")
        return Modal(self, response["data"])

    async def choices(self, within: float = 10.0) -> list[Json]:
        """Return what an autocompletion offers: name and value of each choice."""
        response = await self.first_response(within)
        assert response["type"] == CHOICES, self._progress()
        return list(response["data"].get("choices") or [])

    async def deleted(self, within: float = 10.0) -> None:
        """Wait for the bot to take its first response away."""
        await self._wait(lambda: self.interaction.original_deleted, "nothing was deleted", within)

    async def _wait(self, look: Callable[[], Found | None], what: str, within: float) -> Found:
        complaint = f"{what} to {self.interaction.name} by {self.member.user.name}"
        try:
            return await self._server.wait_until(look, complaint, within)
        except AssertionError as error:
            error.add_note(f"so far: {self._progress()}")
            raise

    def _progress(self) -> str:
        interaction = self.interaction
        if interaction.callback is None:
            return "no response"
        parts = [f"response of type {interaction.callback.type}"]
        parts += [repr(message.text) for message in self.messages]
        if interaction.original is not None and interaction.original.loading:
            parts.append("thinking")
        return ", ".join(parts)


class Modal:
    """A form that the bot has opened in front of a person."""

    def __init__(self, exchange: Exchange, data: Json) -> None:
        self._exchange = exchange
        self.data = data
        self.submitted = False

    @property
    def title(self) -> str:
        """What is written above the form."""
        return str(self.data["title"])

    @property
    def custom_id(self) -> str:
        """How the bot knows the form."""
        return str(self.data["custom_id"])

    async def submit(self, values: dict[str, str | bool | list[str] | list[Upload]]) -> Exchange:
        """Fill in fields by custom_id or label, leave the others as preset, and send the form."""
        if self.submitted:
            raise ScriptError("a form can be sent once")
        self.submitted = True
        interaction = self._exchange.interaction
        form = fill_in(
            self.data,
            values,
            lambda upload: self._exchange.member.upload(interaction.channel, upload),
        )
        return self._exchange.member.interact(
            MODAL_SUBMIT,
            interaction.channel,
            form,
            name=f"form {self.title!r}",
            source=interaction.source,
        )
