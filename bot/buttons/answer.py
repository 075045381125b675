"""The buttons under an answer: more evidence, context, watch, another period, share, verdicts."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Self

import discord
from discord import ui

from bot.buttons.state import Query, decode, encode, parted
from bot.buttons.suggest import SuggestButton
from bot.buttons.watch import begin_watch
from bot.commands.conversation import (
    Interaction,
    corpus_for,
    language_for,
    require_asker,
    settings_for,
)
from bot.commands.failures import UNHEARD, report, sentence_for
from bot.conversation import turn_of
from bot.counters import Trouble, trouble_of
from bot.desk import Desk
from bot.language import say
from bot.language.periods import offer_text
from bot.period import Period, days_of
from bot.render import render_answer, render_further, render_surroundings
from bot.types import Answer, Language
from index.errors import BelegError
from index.feedback_table import FeedbackTable, Verdict
from index.filter import Filter

# How long an answer can be gone on with: the archive has moved on since.
LIFETIME = timedelta(days=7)

_MARK = "a1"  # another way to write what was asked wants another mark
_ROOM = 80  # characters of what was asked in one custom_id, of the 100 that Discord takes
_ALL = "all"
_BUTTONS = ("more", "context", "watch", "share", "right", "wrong")
_WITHOUT_QUESTION = ("right", "wrong")
_PART = r"(?P<part>[A-Za-z0-9_-]*)"
_ANY = re.compile(rf"{_MARK}:\w+:{_PART}")
_OPTION = re.compile(rf"(?P<period>\w+):{_PART}")


class AnswerButton(
    ui.DynamicItem[ui.Button[Any]], template=rf"{_MARK}:(?P<what>{'|'.join(_BUTTONS)}):{_PART}"
):
    """A button under an answer; all together they hold the question, and so survive a restart."""

    def __init__(self, what: str, part: str, label: str | None = None) -> None:
        """Build the button that does one thing and holds one part of what was asked."""
        super().__init__(ui.Button(label=label, custom_id=f"{_MARK}:{what}:{part}"))
        self._what = what

    @classmethod
    async def from_custom_id(
        cls,
        interaction: Interaction,  # noqa: ARG003 - discord.py passes it
        item: ui.Item[Any],  # noqa: ARG003 - same
        match: re.Match[str],
    ) -> Self:
        """Rebuild the button that was pressed."""
        return cls(match["what"], match["part"])

    async def callback(self, interaction: Interaction) -> None:
        """Do it; whatever goes wrong is a sentence for whoever pressed."""
        await _answered(_ACTIONS[self._what], interaction)


class PeriodMenu(ui.DynamicItem[ui.Select[Any]], template=rf"{_MARK}:period:{_PART}"):
    """The menu of other periods under an answer; its options hold parts of the question, too."""

    def __init__(self, part: str, options: list[discord.SelectOption], hint: str = "") -> None:
        """Build the menu; the hint stands in it before anything is chosen."""
        super().__init__(
            ui.Select(custom_id=f"{_MARK}:period:{part}", options=options, placeholder=hint or None)
        )

    @classmethod
    async def from_custom_id(
        cls,
        interaction: Interaction,  # noqa: ARG003 - discord.py passes it
        item: ui.Item[Any],
        match: re.Match[str],
    ) -> Self:
        """Rebuild the menu that was used."""
        options = item.options if isinstance(item, ui.Select) else []
        return cls(match["part"], options)

    async def callback(self, interaction: Interaction) -> None:
        """Answer the same question from the period that was chosen, to the one who chose."""
        chosen = (self.item.values or [_ALL])[0].partition(":")[0]
        await _answered(partial(_other_period, chosen), interaction)


def answer_view(answer: Answer, language: Language, *, private: bool) -> ui.View:
    """Return what can be pressed under an answer; an answer for one person can be shown to all."""
    if answer.answered:
        names = [name for name in _BUTTONS if private or name != "share"]
        return _view(Query(answer.question.text, answer.only), names, language)
    view = ui.View(timeout=None)
    if answer.only is not None and answer.only.has_period:
        view = _view(Query(answer.question.text, answer.only), [], language)
    view.add_item(SuggestButton(say(language, "button.suggest")))
    return view


def _asked_in(message: discord.Message) -> Query | None:
    """Return what a message of the bot was the answer to, None where its buttons do not tell."""
    parts = []
    for row in message.components:
        for child in row.children if isinstance(row, discord.ActionRow) else ():
            found = _ANY.fullmatch(getattr(child, "custom_id", None) or "")
            parts += [found["part"]] if found else []
            if isinstance(child, discord.SelectMenu):
                options = (_OPTION.fullmatch(option.value) for option in child.options)
                parts += [option["part"] for option in options if option]
    return decode("".join(parts))


def _view(asked: Query, names: list[str], language: Language) -> ui.View:
    offered = [_ALL, *(period.value for period in Period)]
    rooms = [_ROOM] * (len(names) + 1 + len(offered))
    parts = parted(encode(asked), rooms)
    if parts is None:
        # Too much to be written there: what needs no question is left.
        names, offered = [one for one in names if one in _WITHOUT_QUESTION], []
        parts = [""] * len(names)
    view = ui.View(timeout=None)
    for name, part in zip(names, parts, strict=False):
        view.add_item(AnswerButton(name, part, say(language, f"button.{name}")))
    if offered:
        rest = parts[len(names) :]
        options = [
            discord.SelectOption(label=_label(language, name), value=f"{name}:{part}")
            for name, part in zip(offered, rest[1:], strict=True)
        ]
        view.add_item(PeriodMenu(rest[0], options, say(language, "button.other_period")))
    return view


def _label(language: Language, name: str) -> str:
    return say(language, "period.all") if name == _ALL else offer_text(language, Period(name))


async def _answered(action: Callable[[Interaction], Awaitable[None]], where: Interaction) -> None:
    try:
        await action(where)
    except Exception as error:  # noqa: BLE001 - whatever it was, the person gets a sentence
        await report(where, error)


def _checked(interaction: Interaction) -> Query:
    """Return what was asked; BelegError where the answer is too old or this person may not ask."""
    refusal = interaction.client.admission.refusal_for(interaction)
    if refusal is not None:
        raise refusal
    message = interaction.message
    asked = _asked_in(message) if message is not None and not _is_old(interaction) else None
    if asked is None:
        raise BelegError("answer_too_old")
    return asked


def _is_old(interaction: Interaction) -> bool:
    message = interaction.message
    return message is None or interaction.client.clock() - message.created_at > LIFETIME


def _asked_at(interaction: Interaction) -> datetime | None:
    """Return when the answer was given: "yesterday" is the day before that."""
    return interaction.message.created_at if interaction.message is not None else None


def _longest(interaction: Interaction) -> int | None:
    return settings_for(interaction).excerpt_characters


def _today(interaction: Interaction) -> date:
    today: date = interaction.client.today()
    return today


async def _more(interaction: Interaction) -> None:
    await _tell_more(interaction, _desk(interaction).further, render_further)


async def _context(interaction: Interaction) -> None:
    await _tell_more(interaction, _desk(interaction).surroundings, render_surroundings)


async def _tell_more(
    interaction: Interaction,
    look: Callable[..., Awaitable[Answer]],
    render: Callable[[Answer, Language, date], str],
) -> None:
    """Tell the person alone what else there is to the question that was asked."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    asked = _checked(interaction)
    answer = await look(
        corpus_for(interaction),
        asked.text,
        only=asked.only,
        longest=_longest(interaction),
        asker=interaction.user.id,
        now=_asked_at(interaction),
    )
    text = render(answer, language_for(interaction), _today(interaction))
    await interaction.edit_original_response(content=text)


async def _watch(interaction: Interaction) -> None:
    """Watch the question for the person alone; a period that has passed brings nothing new."""
    await interaction.response.defer(ephemeral=True, thinking=True)
    asked = _checked(interaction)
    outlets = asked.only.outlets if asked.only is not None else frozenset[str]()
    await begin_watch(interaction, asked.text, outlets, here=False)


async def _other_period(chosen: str, interaction: Interaction) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    asked, today = _checked(interaction), _today(interaction)
    only = _limited(asked.only, chosen, today)
    answer = await _desk(interaction).ask(
        corpus_for(interaction),
        asked.text,
        only=only,
        longest=_longest(interaction),
        asker=interaction.user.id,
        now=_asked_at(interaction),
    )
    language = language_for(interaction)
    await interaction.edit_original_response(
        content=render_answer(answer, language, today),
        view=answer_view(answer, language, private=True),
    )


def _limited(only: Filter | None, chosen: str, today: date) -> Filter | None:
    outlets = only.outlets if only is not None else frozenset[str]()
    if chosen not in set(Period):
        return Filter(outlets=outlets) if outlets else None
    return Filter(*days_of(Period(chosen), today), outlets)


async def _share(interaction: Interaction) -> None:
    """Answer for all to see, once; where it does not come to that, it can be pressed again."""
    message, once = interaction.message, interaction.client.once
    key = ("share", message.id if message is not None else None)
    if not once.first(key):
        raise BelegError("shared_already")
    shown = None
    try:
        asked, language = _checked(interaction), language_for(interaction)
        # The first response takes the button away, so that nobody presses it twice.
        rest = [name for name in _BUTTONS if name != "share"]
        await interaction.response.edit_message(view=_view(asked, rest, language))
        try:
            shown = await _show_all(interaction, asked)
        except Exception as error:  # noqa: BLE001 - whatever it was, the person gets a sentence
            await _give_back(interaction, asked, error)
    finally:
        if shown is None:
            once.forget(key)


async def _show_all(interaction: Interaction, asked: Query) -> discord.Message:
    """Answer below, for all, anew: what was removed meanwhile is shown no more."""
    language = language_for(interaction)
    answer = await _desk(interaction).ask(
        corpus_for(interaction),
        asked.text,
        only=asked.only,
        longest=_longest(interaction),
        asker=interaction.user.id,
        now=_asked_at(interaction),
    )
    shown: discord.Message = await interaction.followup.send(
        render_answer(answer, language, _today(interaction)),
        view=answer_view(answer, language, private=False),
        suppress_embeds=True,
        wait=True,
    )
    guild, channel = interaction.guild_id, interaction.channel_id
    if guild is not None and channel is not None:
        turns = interaction.client.turns
        turns.remember(guild, channel, interaction.user.id, shown, turn_of(answer))
    return shown


async def _give_back(interaction: Interaction, asked: Query, error: Exception) -> None:
    """Put the button back that shares, and tell the person why nothing was shared."""
    counters, language = interaction.client.counters, language_for(interaction)
    if isinstance(error, UNHEARD):
        counters.note(error)
        # After an outage the answer may be there all the same; what was refused is not.
        unheard = trouble_of(error) in {Trouble.OUTAGE, Trouble.RATE_LIMITED}
        error = BelegError("share_unheard" if unheard else "share_refused")
    try:
        await interaction.edit_original_response(view=_view(asked, list(_BUTTONS), language))
        await interaction.followup.send(sentence_for(error, language), ephemeral=True)
    except UNHEARD as refusal:
        counters.note(refusal)


async def _vote(interaction: Interaction, verdict: Verdict, thanks: str) -> None:
    await interaction.response.defer(ephemeral=True, thinking=True)
    require_asker(interaction)
    message, language = interaction.message, language_for(interaction)
    if message is None or _is_old(interaction):
        raise BelegError("answer_too_old")
    if interaction.client.once.first(("vote", message.id, interaction.user.id)):
        today = _today(interaction)
        await _desk(interaction).change(
            corpus_for(interaction),
            lambda corpus: FeedbackTable(corpus.database).count(message.id, verdict, today),
        )
    else:
        thanks = "button.counted_already"
    await interaction.edit_original_response(content=say(language, thanks))


async def _right(interaction: Interaction) -> None:
    await _vote(interaction, Verdict.HELPFUL, "button.thanks_right")


async def _wrong(interaction: Interaction) -> None:
    await _vote(interaction, Verdict.WRONG, "button.thanks_wrong")


def _desk(interaction: Interaction) -> Desk:
    desk: Desk = interaction.client.desk
    return desk


_ACTIONS: dict[str, Callable[[Interaction], Awaitable[None]]] = {
    "more": _more,
    "context": _context,
    "watch": _watch,
    "share": _share,
    "right": _right,
    "wrong": _wrong,
}
