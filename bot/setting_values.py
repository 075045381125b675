"""What the value of a setting may be: each function reads one, or raises SettingError."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from bot.health.address import Address, address_of
from index.errors import SettingError

LOG_FORMATS = ("text", "json")
_CORPUS_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_LAST_PORT = 65535
_LONGEST_NUMBER = 6  # digits
_LONGEST_INTERVAL = 7 * 24 * 60  # minutes
_LONGEST_WAIT = 600.0  # seconds; Discord drops a question after 15 minutes
_SHOWN = 80  # characters of a value that is refused


def data_directory(environment: Mapping[str, str], chosen: str | None) -> Path:
    """Return the directory that was chosen, else the one that the system has for such data."""
    if chosen:
        return Path(chosen).expanduser()
    shared = environment.get("XDG_DATA_HOME", "").strip()
    if shared:
        return Path(shared) / "beleg"
    home = environment.get("HOME", "").strip()
    if home:
        return Path(home) / ".local" / "share" / "beleg"
    raise SettingError("data_directory_not_chosen")


def corpus_name(name: str) -> str:
    """Return a name that a corpus may have."""
    if not _CORPUS_NAME.fullmatch(name):
        raise SettingError("corpus_name", name=name[:_SHOWN])
    return name


def secret(stated: str | None, file: Path | None, code: str) -> str | None:
    """Return a secret as it is stated, else from its file; `code` is the error of that."""
    if stated or file is None:
        return stated
    try:
        return file.read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(code, path=file) from error


def path(name: str | None) -> Path | None:
    """Return a path, "~" written out."""
    return Path(name).expanduser() if name else None


def model(name: str | None) -> str | None:
    """Return a path, or leave a name of the hub as it is: no path would be spelled like it."""
    return str(Path(name).expanduser()) if name and name.startswith("~") else name


def selector_url(url: str | None, name: str | None) -> str | None:
    """Return the base address of a language model, which must be named with it."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError as error:
        raise SettingError("selector_url") from error
    # A key has a setting of its own; here it would stand in messages.
    if not good or "@" in parts.netloc or parts.query or parts.fragment:
        raise SettingError("selector_url")
    if name is None:
        raise SettingError("selector_model_missing")
    return url


def seconds(stated: str) -> float:
    """Return how long a question may wait."""
    try:
        wait = float(stated)
    except ValueError:
        wait = 0.0
    if not 0.0 < wait <= _LONGEST_WAIT:
        raise SettingError("selector_timeout", value=stated[:_SHOWN])
    return wait


def number(variable: str, stated: str) -> int:
    """Return a number of something, 0 or more."""
    if not _is_number(stated):
        raise SettingError("excerpt", variable=variable, value=stated[:_SHOWN])
    return int(stated)


def minutes(variable: str, stated: str, least: int = 1) -> int:
    """Return the minutes between two looks at a feed."""
    found = int(stated) if _is_number(stated) else 0
    if not least <= found <= _LONGEST_INTERVAL:
        raise SettingError(
            "setting_minutes",
            variable=variable,
            value=stated[:_SHOWN],
            least=least,
            most=_LONGEST_INTERVAL,
        )
    return found


def _is_number(stated: str) -> bool:
    return stated.isascii() and stated.isdecimal() and len(stated) <= _LONGEST_NUMBER


def switch(variable: str, stated: str) -> bool:
    """Return whether something is on."""
    if stated.lower() not in {"on", "off"}:
        raise SettingError("setting_switch", variable=variable, value=stated[:_SHOWN])
    return stated.lower() == "on"


def health_address(stated: str) -> Address | None:
    """Return an address with its port, None for "off"."""
    if stated.lower() == "off":
        return None
    try:
        return address_of(stated)
    except ValueError as error:
        raise SettingError("health_address", value=stated[:_SHOWN]) from error


def log_format(variable: str, stated: str) -> str:
    """Return one of LOG_FORMATS."""
    if stated.lower() not in LOG_FORMATS:
        raise SettingError("setting_log_format", variable=variable, value=stated[:_SHOWN])
    return stated.lower()


def hosts(listed: str) -> frozenset[str]:
    """Return pairs of host and port from a list with commas."""
    found = frozenset(host.strip().lower() for host in listed.split(",") if host.strip())
    for host in found:
        name, _, port = host.rpartition(":")
        if not name or not port.isdecimal() or not 0 < int(port) <= _LAST_PORT:
            raise SettingError("fetch_allow", value=host[:_SHOWN])
    return found


def contact(stated: str | None) -> str | None:
    """Return what may become part of an HTTP header."""
    if stated and not (stated.isascii() and stated.isprintable()):
        raise SettingError("contact", value=ascii(stated)[:_SHOWN])
    return stated
