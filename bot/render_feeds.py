"""Feeds in Discord messages: what is wrong with one is plain to see."""

from __future__ import annotations

from bot.discord_time import time_tag
from bot.escape import escape
from bot.excerpt import cut
from bot.feed_text import feed_name, reason
from bot.language import say
from bot.types import Language
from index.feed_table import BY_HAND, StoredFeed

WARNING = "⚠️"
_NAME = 80  # characters before escaping, as the next
_REASON = 200


def shown_name(feed: StoredFeed) -> str:
    """Return what to call a feed, on one line and without effects."""
    return escape(cut(feed_name(feed), _NAME))


def trouble_line(feed: StoredFeed, language: Language) -> str | None:
    """Return the sentence for a feed that fails or rests because it has failed."""
    if not feed.is_failing or feed.failure is None or feed.failing_since is None:
        return None
    key = "feed.gone" if feed.paused not in {None, BY_HAND} else "feed.failing"
    return say(
        language,
        key,
        since=time_tag(feed.failing_since),
        count=feed.failures,
        reason=escape(cut(reason(language, feed.failure), _REASON)),
    )
