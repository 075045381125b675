"""Settings and token, as they are stated."""

from __future__ import annotations

import difflib
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.doctor.finding import Finding, broken, ok, warning
from bot.language import say_error
from bot.settings import Settings, documentation, read_settings
from bot.types import Language
from index.errors import SettingError

_OURS = "BELEG_"
_TOKEN = re.compile(r"[A-Za-z0-9_-]{18,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{20,}")
_READ_BY_OTHERS = stat.S_IRGRP | stat.S_IROTH


@dataclass(frozen=True, slots=True)
class Tolerated:
    """Settings without those that make no sense, and why these do not, by their variables."""

    settings: Settings
    refused: Mapping[str, SettingError]


def tolerated(environment: Mapping[str, str], **options: str | None) -> Tolerated:
    """Read all settings and leave out what makes no sense.

    SettingError where that is an option, or where nothing is left to do without.
    """
    kept, refused = dict(environment), dict[str, SettingError]()
    while True:
        try:
            return Tolerated(read_settings(kept, **options), refused)
        except SettingError as error:
            blamed = _blamed(kept, error, options)
            if blamed is None:
                raise
            refused[blamed] = error
            del kept[blamed]


def _blamed(
    environment: Mapping[str, str], error: SettingError, options: Mapping[str, str | None]
) -> str | None:
    """Return the variable that is to blame: alone it makes the same error, or no error without it.

    Two may be at odds with one another; then one of them is.
    """
    stated = [name for name in environment if name.startswith(_OURS)]
    for name in stated:
        if _same(_refusal({"HOME": "/", name: environment[name]}, {}), error):
            return name
    for name in stated:
        rest = {other: value for other, value in environment.items() if other != name}
        if not _same(_refusal(rest, options), error):
            return name
    return None


def _refusal(
    environment: Mapping[str, str], options: Mapping[str, str | None]
) -> SettingError | None:
    try:
        read_settings(environment, **options)
    except SettingError as error:
        return error
    return None


def _same(one: SettingError | None, other: SettingError) -> bool:
    return one is not None and (one.code, one.details) == (other.code, other.details)


def check_settings(
    environment: Mapping[str, str], refused: Mapping[str, SettingError], language: Language
) -> Iterator[Finding]:
    """Look for variables that nobody reads, mostly misspelt ones, and values without sense."""
    known = [row.variable for row in documentation()]
    for error in refused.values():
        yield broken("settings", "settings_refused", why=say_error(language, error))
    for name in sorted(environment):
        if name.startswith(_OURS) and name not in known:
            close = difflib.get_close_matches(name, known, 1, 0.7)
            key = "settings_typo" if close else "settings_unknown"
            yield warning("settings", key, name=name[:80], meant="".join(close))
    stated = sum(bool(environment.get(name, "").strip()) for name in known)
    if not refused:
        yield ok("settings", "settings_ok", stated=stated, known=len(known))


def check_token(settings: Settings) -> tuple[str | None, list[Finding]]:
    """Return the token if it is worth asking Discord, and what can be told of it by itself."""
    try:
        token = settings.read_token()
    except SettingError:
        path = settings.discord_token_file
        return None, [broken("token", "token_file", path=path)]
    if token is None:
        return None, [warning("token", "token_missing")]
    found = []
    file = settings.discord_token_file
    if file is not None and not settings.discord_token and file.stat().st_mode & _READ_BY_OTHERS:
        found.append(warning("token", "token_file_open", path=file))
    if not token.isascii() or any(character.isspace() for character in token):
        return None, [*found, broken("token", "token_no_token")]
    if token[0] in "\"'" or token.lower().startswith("bot"):
        return None, [*found, broken("token", "token_quoted")]
    if _TOKEN.fullmatch(token):
        found.append(ok("token", "token_form"))
    else:
        found.append(warning("token", "token_odd"))
    return token, found
