"""What the administrators of a server may choose, checked; what is stored of it and read again."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace

from bot.types import Language

_log = logging.getLogger(__name__)

LONGEST_LOG = 30  # days
MOST_QUESTIONS = 1000  # in an hour
MOST_IN_A_DAY = 10_000  # of all together
SHORTEST_EXCERPT, LONGEST_EXCERPT = 100, 1000  # characters
MOST_WATCHES, MOST_WATCHES_IN_ALL = 50, 1000
MOST_CHOSEN = 25  # channels or roles, the most that one menu on Discord takes


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """The settings of one server. Channels and roles are Discord's numbers."""

    language: Language | None = None  # None: everybody's own
    public: bool = True  # whether answers to /ask are for all to see unless the asker chooses
    channels: frozenset[int] = field(default_factory=frozenset)  # none: everywhere
    ask_role: int | None = None  # None: everybody may ask
    add_roles: frozenset[int] = field(default_factory=frozenset)
    administer_roles: frozenset[int] = field(default_factory=frozenset)
    questions_per_hour: int = 60  # of one person
    questions_per_day: int | None = None  # of all together; None: as many as they like
    excerpt_characters: int | None = None  # None: the operator's limit, which always counts, too
    threads: bool = False
    direct_messages: bool = False
    watches_per_person: int = 5
    watches_per_server: int = 100  # of all together; with 0 of either nobody has any
    log_days: int = 0  # how long questions are kept; 0: they are not
    # Who may ask cannot be read any more: until it is chosen anew, only whoever may add.
    closed: bool = False
    # Where questions are answered cannot be read any more: until it is chosen anew, nowhere.
    nowhere: bool = False

    def __post_init__(self) -> None:
        """Refuse values that make no sense: TypeError and ValueError, with the field's name."""
        if not (self.language is None or isinstance(self.language, Language)):
            raise TypeError("language")
        for name in ("public", "threads", "direct_messages", "closed", "nowhere"):
            if not isinstance(getattr(self, name), bool):
                raise TypeError(name)
        for name in ("channels", "add_roles", "administer_roles"):
            chosen = getattr(self, name)
            if not (isinstance(chosen, frozenset) and all(map(_is_id, chosen))):
                raise TypeError(name)
            if len(chosen) > MOST_CHOSEN:
                raise ValueError(name)
        if not (self.ask_role is None or _is_id(self.ask_role)):
            raise TypeError("ask_role")
        _check(self.questions_per_hour, 1, MOST_QUESTIONS, "questions_per_hour")
        _check(self.watches_per_person, 0, MOST_WATCHES, "watches_per_person")
        _check(self.watches_per_server, 0, MOST_WATCHES_IN_ALL, "watches_per_server")
        _check(self.log_days, 0, LONGEST_LOG, "log_days")
        if self.questions_per_day is not None:
            _check(self.questions_per_day, 1, MOST_IN_A_DAY, "questions_per_day")
        if self.excerpt_characters is not None:
            _check(self.excerpt_characters, SHORTEST_EXCERPT, LONGEST_EXCERPT, "excerpt_characters")

    @property
    def logs_questions(self) -> bool:
        """Whether questions are kept at all."""
        return self.log_days > 0


SETTING_NAMES = frozenset(one.name for one in fields(GuildSettings))


def stored_values(settings: GuildSettings) -> dict[str, object]:
    """Return what is to be stored: the values that differ from their defaults."""
    defaults = GuildSettings()
    return {
        one.name: plain(getattr(settings, one.name))
        for one in fields(GuildSettings)
        if getattr(settings, one.name) != getattr(defaults, one.name)
    }


def settings_of(
    stored: Mapping[str, object], where: str, lost: Collection[str] = ()
) -> GuildSettings:
    """Read what was stored; what is unknown or makes no sense is logged and has its default.

    `lost` names what may have been chosen and is damaged, `where` the corpus in the log. Nobody is
    let in and no channel opened by what cannot be read.
    """
    settings, unread = GuildSettings(), set(lost)
    for name, value in stored.items():
        try:
            settings = replace(settings, **{name: _typed(name, value)})  # type: ignore[arg-type]  # checked there
        except (TypeError, ValueError):
            _log.warning("%s: the setting %s makes no sense and has its default", where, name)
            unread.add(name)
    settings = replace(
        settings,
        public=settings.public and "public" not in unread,
        closed=settings.closed or not unread.isdisjoint({"ask_role", "closed"}),
        # Channels that are known are where questions are answered, whatever else is lost.
        nowhere=settings.nowhere
        or "channels" in unread
        or ("nowhere" in unread and not settings.channels),
    )
    if settings.closed:
        _log.warning("%s: who may ask was lost: only who may add does until it is chosen", where)
    if settings.nowhere:
        _log.warning(
            "%s: its channels were lost: none has answers until they are chosen anew", where
        )
    return settings


def plain(value: object) -> object:
    """Return a value as JSON has it."""
    if isinstance(value, Language):
        return value.value
    return sorted(value) if isinstance(value, frozenset) else value


def as_text(value: object) -> str:
    """Return a value as the audit keeps it, where numbers alone name roles and channels."""
    value = plain(value)
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def _typed(name: str, value: object) -> object:
    if name == "language" and isinstance(value, str):
        return Language(value)
    return frozenset(value) if isinstance(value, list) else value


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**63


def _check(value: object, least: int, most: int, name: str) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(name)
    if not least <= value <= most:
        raise ValueError(name)
