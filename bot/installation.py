"""What people may know of the installation that answers them: who runs it, and how."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Installation:
    """Facts about a Beleg that do not depend on the server."""

    contact: str | None = None
    model_host: str | None = None  # where questions are sent to, for a language model to choose
    keep_left: int = 30  # days
    reads_threads: bool = False  # messages in the bot's threads that do not mention it, too


def installation_of(settings: Settings) -> Installation:
    """Return what the operator's settings say."""
    url = settings.selector_url
    host = urlsplit(url).hostname if url else None
    return Installation(settings.contact, host, settings.keep_left, settings.message_content)
