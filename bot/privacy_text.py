"""What is kept of people on a server, why and how long, by what the server has chosen."""

from __future__ import annotations

from bot.escape import escape
from bot.excerpt import cut
from bot.guild_settings import GuildSettings
from bot.installation import Installation
from bot.language import say
from bot.retention import AUDIT_KEPT
from bot.settings_text import after_days_text, days_text
from bot.types import Language

_CONTACT = 200


def privacy_text(
    language: Language, settings: GuildSettings, installation: Installation, names: Language
) -> str:
    """Return the message of `/privacy`; `names` is the language of the commands' names."""
    keys = ("forget", "gaps", "settings", "audit", "watch")
    commands = {key: say(names, f"command.{key}") for key in keys}
    audit = days_text(language, AUDIT_KEPT.days)
    if settings.logs_questions:
        days = days_text(language, settings.log_days)
        log = say(language, "privacy.log_on", days=days, **commands)
    else:
        log = say(language, "privacy.log_off")
    lines = [
        f"**{say(language, 'privacy.head')}**",
        f"- {say(language, 'privacy.asking')}",
        *([f"- {say(language, 'privacy.threads')}"] if installation.reads_threads else []),
        f"- {log}",
        f"- {say(language, 'privacy.watches', **commands)}",
        f"- {say(language, 'privacy.feedback')}",
        f"- {say(language, 'privacy.audit', days=audit, **commands)}",
    ]
    if installation.model_host is not None:
        host = escape(cut(installation.model_host, _CONTACT))
        lines.append(f"- {say(language, 'privacy.model', host=host)}")
    left = after_days_text(language, installation.keep_left)
    lines.append(f"- {say(language, 'privacy.left', days=left)}")
    if installation.contact:
        contact = escape(cut(installation.contact, _CONTACT))
        lines.append(say(language, "privacy.contact", contact=contact))
    else:
        lines.append(say(language, "privacy.no_contact"))
    return "\n".join(lines)


def forgotten_text(
    language: Language, questions: int, changes: int, exceptions: int = 0, watches: int = 0
) -> str:
    """Return what was deleted of a person, and what stays and why.

    `exceptions` are the sites whose reservations somebody has set aside, `watches` were deleted.
    """
    key = "privacy.forgot" if questions else "privacy.forgot_nothing"
    lines = [say(language, key, count=questions)]
    if watches:
        lines.append(say(language, "privacy.watches_gone", count=watches))
    if changes:
        days = after_days_text(language, AUDIT_KEPT.days)
        lines.append(say(language, "privacy.audit_stays", count=changes, days=days))
    if exceptions:
        lines.append(say(language, "privacy.exceptions_stay", count=exceptions))
    return "\n".join(lines)
