"""Members suggest articles; administrators add or dismiss what was suggested."""

from __future__ import annotations

import re
from typing import Any, Self

import discord
from discord import ui

from bot.commands.auditing import note, note_receipt
from bot.commands.conversation import (
    Interaction,
    corpus_for,
    language_for,
    person_of,
    reply,
    require_manager,
    settings_for,
    with_patience,
)
from bot.commands.failures import report, sentence_for
from bot.desk import Desk
from bot.escape import escape
from bot.excerpt import cut
from bot.language import say
from bot.language.days import day_text
from bot.pages import turn_buttons
from bot.permissions import may_ask, why_not_ask
from bot.question_rate import QuestionRate
from bot.render import render_receipt
from bot.types import Language
from index.audit_table import AuditAction
from index.corpus import Corpus
from index.errors import BelegError, NotFoundError, SettingError
from index.suggestion_table import Suggestion, SuggestionTable
from index.types import Given
from index.web_address import is_web_address

LIST = "suggestions"
A_DAY = 5  # suggestions of one member
_LONGEST_WHAT, _LONGEST_WHY = 300, 500


class SuggestButton(ui.DynamicItem[ui.Button[Any]], template="suggest"):
    """Opens the form in which an article can be suggested."""

    def __init__(self, label: str | None = None) -> None:
        """Build the button."""
        super().__init__(ui.Button(label=label, custom_id="suggest"))

    @classmethod
    async def from_custom_id(
        cls,
        interaction: Interaction,  # noqa: ARG003 - discord.py passes it
        item: ui.Item[Any],  # noqa: ARG003 - same
        match: re.Match[str],  # noqa: ARG003 - same
    ) -> Self:
        """Rebuild the button that was pressed."""
        return cls()

    async def callback(self, interaction: Interaction) -> None:
        """Open the form: Discord takes one only as the very first response."""
        try:
            await interaction.response.send_modal(SuggestionForm(language_for(interaction)))
        except Exception as error:  # noqa: BLE001 - whatever it was, the person gets a sentence
            await report(interaction, error)


class SuggestionForm(ui.Modal):
    """A link or a headline, and why it is missing."""

    def __init__(self, language: Language) -> None:
        """Build the form in a person's language."""
        super().__init__(title=say(language, "button.suggest"))
        self._what: ui.TextInput[Self] = ui.TextInput(custom_id="what", max_length=_LONGEST_WHAT)
        self._why: ui.TextInput[Self] = ui.TextInput(
            custom_id="why",
            required=False,
            style=discord.TextStyle.paragraph,
            max_length=_LONGEST_WHY,
        )
        for name, field in (("what", self._what), ("why", self._why)):
            label = say(language, "suggestion.what" if name == "what" else "suggestion.why")
            self.add_item(ui.Label(text=label, component=field))

    async def on_submit(self, interaction: Interaction) -> None:
        """Put the suggestion into the queue."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        settings, person = settings_for(interaction), person_of(interaction)
        if not may_ask(person, settings):
            raise why_not_ask(settings)
        what = " ".join(self._what.value.split())
        if not any(character.isalnum() for character in what):
            raise SettingError("suggestion_empty")
        corpus = corpus_for(interaction)
        rate: QuestionRate = interaction.client.suggestions
        again = rate.admit(corpus, person.id, A_DAY)
        if again is not None:
            until = int(again.timestamp()) + 1
            raise SettingError("suggestions_used_up", limit=A_DAY, until=until)
        why, now = self._why.value.strip(), interaction.client.clock()
        new = await _desk(interaction).change(
            corpus, lambda opened: SuggestionTable(opened.database).put(what, why, now)
        )
        language = language_for(interaction)
        await reply(interaction, say(language, "suggestion.put" if new else "suggestion.known"))

    # discord.py calls a form's handler with two values, a view's with three.
    async def on_error(  # type: ignore[override]
        self, interaction: Interaction, error: Exception
    ) -> None:
        """Say what went wrong."""
        await report(interaction, error)


class DecisionButton(
    ui.DynamicItem[ui.Button[Any]], template=r"suggestion:(?P<way>add|dismiss):(?P<id>\d{1,18})"
):
    """Adds or dismisses one suggestion."""

    def __init__(self, way: str, number: int, label: str | None = None) -> None:
        """Build the button of a suggestion by its number."""
        super().__init__(ui.Button(label=label, custom_id=f"suggestion:{way}:{number}"))
        self._way = way
        self._number = number

    @classmethod
    async def from_custom_id(
        cls,
        interaction: Interaction,  # noqa: ARG003 - discord.py passes it
        item: ui.Item[Any],  # noqa: ARG003 - same
        match: re.Match[str],
    ) -> Self:
        """Rebuild the button that was pressed."""
        return cls(match["way"], int(match["id"]))

    async def callback(self, interaction: Interaction) -> None:
        """Do it, tell what came of it, and show the next suggestion."""
        try:
            await interaction.response.defer()
            require_manager(interaction)
            await self._decide(interaction)
        except Exception as error:  # noqa: BLE001 - whatever it was, the person gets a sentence
            await report(interaction, error)

    async def _decide(self, interaction: Interaction) -> None:
        desk, corpus = _desk(interaction), corpus_for(interaction)
        language = language_for(interaction)
        suggestion = await desk.look(corpus, lambda opened: _table(opened).find(self._number))
        if suggestion is None:
            raise NotFoundError("suggestion_gone")
        told = say(language, "suggestion.dismissed")
        action = AuditAction.SUGGESTION_DECLINED
        if self._way == "add":
            work = desk.add_address(corpus, suggestion.what, Given())
            try:
                receipt = await with_patience(interaction, work)
            except BelegError as error:  # it goes on waiting: it may be a matter of time
                told = sentence_for(error, language)
                await show_suggestions(interaction, 0, before=told)
                return
            await note_receipt(interaction, receipt)
            told, action = render_receipt(receipt, language), AuditAction.SUGGESTION_ACCEPTED
        if await desk.change(corpus, lambda opened: _table(opened).remove(self._number)):
            await note(interaction, action, title=suggestion.what)
        await show_suggestions(interaction, 0, before=told)


async def show_suggestions(interaction: Interaction, page: int, *, before: str = "") -> None:
    """Put one suggestion in place of the deferred response, with what can be done about it."""
    require_manager(interaction)

    def read(opened: Corpus) -> tuple[int, int, Suggestion | None]:
        count = _table(opened).count()
        place = max(0, min(page, count - 1))
        return count, place, _table(opened).at(place)

    count, place, suggestion = await _desk(interaction).look(corpus_for(interaction), read)
    language = language_for(interaction)
    view: ui.View | None = None
    if suggestion is not None:
        view = turn_buttons(LIST, place, count, language) or ui.View(timeout=None)
        for way in ("add", "dismiss") if is_web_address(suggestion.what) else ("dismiss",):
            label = say(language, "suggestion.add" if way == "add" else "suggestion.dismiss")
            view.add_item(DecisionButton(way, suggestion.id, label))
    shown = render_suggestion(suggestion, place, count, language)
    content = f"{before}\n\n{shown}" if before else shown
    await interaction.edit_original_response(content=content, view=view)


def render_suggestion(
    suggestion: Suggestion | None, place: int, count: int, language: Language
) -> str:
    """Return a suggestion as it is shown to administrators; nothing in it acts."""
    if suggestion is None:
        return say(language, "suggestion.none")
    day = day_text(language, suggestion.at.astimezone().date())
    lines = [
        f"**{say(language, 'suggestion.head', number=place + 1, count=count, day=day)}**",
        f"> {escape(cut(suggestion.what, _LONGEST_WHAT))}",
    ]
    if suggestion.why:
        lines.append(f"> -# {escape(cut(suggestion.why, _LONGEST_WHY))}")
    return "\n".join(lines)


def _table(opened: Corpus) -> SuggestionTable:
    return SuggestionTable(opened.database)


def _desk(interaction: Interaction) -> Desk:
    desk: Desk = interaction.client.desk
    return desk
