"""What was changed on a server, as lines for Discord."""

from __future__ import annotations

from collections.abc import Sequence

from bot.audit_notes import is_person
from bot.escape import escape
from bot.excerpt import ELLIPSIS, cut
from bot.language import say
from bot.language.days import day_text
from bot.settings_text import setting_name, text_of
from bot.types import Language
from index.audit_table import AuditAction, AuditEntry, AuditFilter

PAGE_SIZE = 6
_DETAIL = 60
_CHOSEN = 3
_ACTOR = 40


def render_audit(
    entries: Sequence[AuditEntry],
    page: int,
    count: int,
    language: Language,
    only: AuditFilter | None = None,
) -> str:
    """Return one page of the audit, counted from 0; `entries` are those of the page."""
    limits = [f"<@{only.actor}>"] if only and only.actor else []
    limits += [say(language, f"audit.of_{only.topic.value}")] if only and only.topic else []
    if not count:
        return say(language, "audit.nothing_of_it" if limits else "audit.empty")
    pages = -(-count // PAGE_SIZE)
    lines = [f"**{say(language, 'audit.head', page=page + 1, pages=pages)}**"]
    lines += [f"-# {' · '.join(limits)}"] if limits else []
    for entry in entries:
        actor = f"<@{entry.actor}>"
        if not entry.actor.isdecimal():
            actor = escape(_actor_text(entry.actor, language))
        when = f"<t:{int(entry.at.timestamp())}:f>"
        lines.append(f"- {when} · {actor} · {change_text(entry, language, discord=True)}")
    return "\n".join(lines)


def plain_line(entry: AuditEntry, language: Language) -> str:
    """Return an entry as a line for the terminal."""
    local = entry.at.astimezone()
    when = f"{day_text(language, local.date())}, {local:%H:%M}"
    actor = _actor_text(entry.actor, language)
    return f"{when} · {actor} · {change_text(entry, language, discord=False)}"


def _actor_text(actor: str, language: Language) -> str:
    """Return who did it; of a name alone nobody would know that it is one of the machine."""
    shown = cut(actor, _ACTOR)
    return say(language, "audit.in_terminal", name=shown) if is_person(actor) else shown


def change_text(entry: AuditEntry, language: Language, *, discord: bool) -> str:
    """Return the sentence of a change, for Discord or for the terminal."""
    key = f"audit.{entry.action.value}"
    if entry.action is AuditAction.SETTING_CHANGED:
        name, value = str(entry.details["name"]), str(entry.details["after"])
        some = " ".join(value.split()[:_CHOSEN])
        text = text_of(language, name, some, mentioning=discord)
        text += f" {ELLIPSIS}" if some != value else ""
        return say(language, key, name=setting_name(language, name), value=text)
    values = {
        name: value if isinstance(value, int) else (escape if discord else str)(cut(value, _DETAIL))
        for name, value in entry.details.items()
    }
    return say(language, key, **values)
