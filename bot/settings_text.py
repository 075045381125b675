"""The settings of a server in words, for the panel that changes them and the audit of changes."""

from __future__ import annotations

from bot.guild_settings import GuildSettings, as_text
from bot.language import say
from bot.types import Language

_MENTIONS = {
    "channels": "<#{}>",
    "ask_role": "<@&{}>",
    "add_roles": "<@&{}>",
    "administer_roles": "<@&{}>",
}
_WORDS = {
    ("public", "True"): "public_yes",
    ("public", "False"): "public_no",
    ("threads", "True"): "on",
    ("threads", "False"): "off",
    ("direct_messages", "True"): "on",
    ("direct_messages", "False"): "off",
    ("closed", "True"): "on",
    ("closed", "False"): "off",
    ("nowhere", "True"): "on",
    ("nowhere", "False"): "off",
    ("log_days", "0"): "off",
    ("excerpt_characters", ""): "excerpt_characters_none",
    ("questions_per_day", ""): "questions_per_day_none",
    ("language", ""): "language_automatic",
    ("language", "de"): "language_de",
    ("language", "en"): "language_en",
}
_COUNTS = {"log_days": "days", "excerpt_characters": "characters"}


def setting_name(language: Language, name: str) -> str:
    """Return what a setting is called."""
    return say(language, f"settings.{name}")


def setting_text(language: Language, settings: GuildSettings, name: str) -> str:
    """Return what is chosen for a setting."""
    return text_of(language, name, as_text(getattr(settings, name)))


def text_of(language: Language, name: str, value: str, *, mentioning: bool = True) -> str:
    """Return what a value means, as `as_text` wrote it.

    Roles and channels stand there as mentions, which Discord shows by name, or else by number.
    """
    if name in _MENTIONS and value:
        if not mentioning:
            return value
        return " ".join(_MENTIONS[name].format(one) for one in value.split())
    word = f"{name}_none" if name in _MENTIONS else _WORDS.get((name, value))
    if word is None and name not in _COUNTS:
        return value
    return say(language, f"settings.{word or _COUNTS[name]}", count=value)


def days_text(language: Language, days: int) -> str:
    """Return "1 day", "30 days", as in "for 30 days"."""
    return say(language, "settings.days", count=days)


def after_days_text(language: Language, days: int) -> str:
    """Return the same as in "after 30 days", which is another case in German."""
    return say(language, "settings.after_days", count=days)
