"""Discord's rules for commands and their options, names in other languages included."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from discord import Locale

from tests.discord_server.errors import FieldError, Json
from tests.discord_server.text import wrong_length

CHAT_INPUT, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, SUBCOMMAND_GROUP = 1, 2
STRING, INTEGER, NUMBER = 3, 4, 10
OPTION_TYPES = range(1, 12)
LOCALES = frozenset(locale.value for locale in Locale)
MOST_COMMANDS = {CHAT_INPUT: 100, USER_MENU: 15, MESSAGE_MENU: 15}
TREE_LENGTH = 8000
# Discord's pattern admits these two scripts whole, marks included.
DEVANAGARI_AND_THAI = (range(0x0900, 0x0980), range(0xA8E0, 0xA900), range(0x0E00, 0x0E80))


def check_commands(commands: list[Json]) -> list[FieldError]:
    """Return what is refused in a full list of commands."""
    errors: list[FieldError] = []
    for place, command in enumerate(commands):
        errors += check_command(f"{place}.", command)
    kinds = Counter(command.get("type", CHAT_INPUT) for command in commands)
    errors += [
        FieldError("_", "APPLICATION_COMMANDS_LIMIT", f"More than {limit} commands of type {kind}")
        for kind, limit in MOST_COMMANDS.items()
        if kinds[kind] > limit
    ]
    for kind in MOST_COMMANDS:
        same_kind = [one for one in commands if one.get("type", CHAT_INPUT) == kind]
        errors += _check_unique("", same_kind)
    return errors


def check_command(path: str, command: Json) -> list[FieldError]:
    """Return what is refused in one command. `path` is empty or ends with a dot."""
    kind = command.get("type", CHAT_INPUT)
    errors: list[FieldError] = []
    if kind in (USER_MENU, MESSAGE_MENU):
        errors += wrong_length(f"{path}name", command.get("name"), 1, 32)
        for locale, name in (command.get("name_localizations") or {}).items():
            errors += wrong_length(f"{path}name_localizations.{locale}", name, 1, 32)
        if command.get("description"):
            reason = "Context menu commands cannot have description"
            errors.append(
                FieldError(f"{path}description", "APPLICATION_COMMAND_INVALID_DESCRIPTION", reason)
            )
        return errors
    errors += _check_names(path, command)
    options = command.get("options") or []
    errors += _check_options(path, options, depth=0)
    if tree_length(command) > TREE_LENGTH:
        reason = f"Command exceeds maximum size ({TREE_LENGTH})"
        errors.append(FieldError(f"{path}name", "APPLICATION_COMMAND_TOO_LARGE", reason))
    return errors


def tree_length(command: Json) -> int:
    """Return the characters that count against a command tree, the longest language counted."""
    total = sum(
        max([len(command.get(key) or "")] + [len(text) for text in _localized(command, key)])
        for key in ("name", "description")
    )
    for choice in command.get("choices") or []:
        total += max([len(choice["name"])] + [len(text) for text in _localized(choice, "name")])
        total += len(choice["value"]) if isinstance(choice["value"], str) else 0
    return total + sum(map(tree_length, command.get("options") or []))


def _localized(thing: Json, key: str) -> list[str]:
    return list((thing.get(f"{key}_localizations") or {}).values())


def _check_names(path: str, thing: Json) -> Iterator[FieldError]:
    yield from _check_name(f"{path}name", thing.get("name"))
    yield from wrong_length(f"{path}description", thing.get("description"), 1, 100)
    for key in ("name", "description"):
        for locale, text in (thing.get(f"{key}_localizations") or {}).items():
            where = f"{path}{key}_localizations.{locale}"
            if locale not in LOCALES:
                yield FieldError(where, "DICT_TYPE_KEY", f"{locale!r} is not a locale")
            if key == "name":
                yield from _check_name(where, text)
            else:
                yield from wrong_length(where, text, 1, 100)


def _check_name(path: str, name: Any) -> list[FieldError]:
    errors = wrong_length(path, name, 1, 32)
    if not errors and not (all(map(_in_name, name)) and name == name.lower()):
        reason = f"{name!r} does not match the pattern of command names"
        errors.append(FieldError(path, "APPLICATION_COMMAND_INVALID_NAME", reason))
    return errors


def _in_name(character: str) -> bool:
    return (
        character in "-_'"
        or unicodedata.category(character)[0] in "LN"
        or any(ord(character) in script for script in DEVANAGARI_AND_THAI)
    )


def _check_options(path: str, options: list[Json], *, depth: int) -> Iterator[FieldError]:
    place = f"{path}options"
    if len(options) > 25:
        yield FieldError(place, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    yield from _check_unique(f"{path}options.", options)
    kinds = {option.get("type") for option in options}
    groups = kinds & {SUBCOMMAND, SUBCOMMAND_GROUP}
    if groups and kinds - {SUBCOMMAND, SUBCOMMAND_GROUP}:
        reason = "Sub-command and sub-command group option types are mutually exclusive to others"
        yield FieldError(place, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", reason)
    optional_seen = False
    for number, option in enumerate(options):
        where = f"{place}.{number}."
        if option.get("required") and optional_seen:
            reason = "Required options must be placed before non-required options"
            yield FieldError(
                where + "required", "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", reason
            )
        optional_seen = optional_seen or not option.get("required")
        yield from _check_option(where, option, depth=depth)


def _check_option(path: str, option: Json, *, depth: int) -> Iterator[FieldError]:
    kind = option.get("type")
    yield from _check_names(path, option)
    if kind not in OPTION_TYPES:
        yield FieldError(f"{path}type", "BASE_TYPE_CHOICES", f"{kind!r} is not an option type")
        return
    if kind in (SUBCOMMAND, SUBCOMMAND_GROUP):
        too_deep = depth > (0 if kind == SUBCOMMAND_GROUP else 1)
        if too_deep:
            reason = "Sub-commands cannot be nested this deeply"
            yield FieldError(f"{path}type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", reason)
        inner = option.get("options") or []
        in_group = [one.get("type") == SUBCOMMAND for one in inner]
        if not all(in_group) if kind == SUBCOMMAND_GROUP else any(in_group):
            reason = "A group holds sub-commands only, and a sub-command none"
            yield FieldError(f"{path}options", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", reason)
        yield from _check_options(path, inner, depth=depth + 1)
        return
    yield from _check_choices(path, option)
    yield from _check_bounds(path, option)


def _check_choices(path: str, option: Json) -> Iterator[FieldError]:
    choices = option.get("choices") or []
    if choices and option.get("autocomplete"):
        reason = "Options with autocomplete cannot have choices"
        yield FieldError(f"{path}autocomplete", "APPLICATION_COMMAND_AUTOCOMPLETE", reason)
    if option.get("autocomplete") and option["type"] not in (STRING, INTEGER, NUMBER):
        reason = "Only texts and numbers can be completed"
        yield FieldError(f"{path}autocomplete", "APPLICATION_COMMAND_AUTOCOMPLETE", reason)
    yield from check_choices(f"{path}choices", choices, option["type"])
    yield from _check_unique(f"{path}choices.", choices)


def check_choices(path: str, choices: list[Json], kind: int) -> Iterator[FieldError]:
    """Yield what is refused in choices, those of an autocompletion included."""
    if len(choices) > 25:
        yield FieldError(path, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    for number, choice in enumerate(choices):
        yield from wrong_length(f"{path}.{number}.name", choice.get("name"), 1, 100)
        for locale, name in (choice.get("name_localizations") or {}).items():
            yield from wrong_length(f"{path}.{number}.name_localizations.{locale}", name, 1, 100)
        value = choice.get("value")
        if kind == STRING:
            yield from wrong_length(f"{path}.{number}.value", value, 1, 100)
        elif isinstance(value, bool) or not isinstance(value, int | float):
            reason = f"{value!r} is not a number"
            yield FieldError(f"{path}.{number}.value", "NUMBER_TYPE_COERCE", reason)


def _check_bounds(path: str, option: Json) -> Iterable[FieldError]:
    least, most = option.get("min_length"), option.get("max_length")
    if least is not None and not 0 <= least <= 6000:
        yield FieldError(f"{path}min_length", "NUMBER_TYPE_MAX", "Must be between 0 and 6000.")
    if most is not None and not 1 <= most <= 6000:
        yield FieldError(f"{path}max_length", "NUMBER_TYPE_MAX", "Must be between 1 and 6000.")


def _check_unique(path: str, things: list[Json]) -> Iterator[FieldError]:
    """A name must be unique in every language; without a translation the default name counts."""
    locales = {locale for one in things for locale in one.get("name_localizations") or {}}
    for locale in (None, *sorted(locales)):
        names = Counter(
            (one.get("name_localizations") or {}).get(locale) or one.get("name") for one in things
        )
        for name, amount in names.items():
            if amount > 1:
                language = f" in {locale}" if locale else ""
                reason = f"{name!r} is used {amount} times{language}"
                yield FieldError(f"{path}name", "APPLICATION_COMMANDS_DUPLICATE_NAME", reason)
