"""What is offered to who types an article or a feed, and what was typed in the end."""

from __future__ import annotations

from collections.abc import Sequence

from discord import app_commands

from bot.commands.conversation import Interaction, corpus_for, language_for
from bot.desk import Desk
from bot.excerpt import cut
from bot.feed_text import feed_name
from bot.language import say
from bot.language.days import published_text
from bot.types import Language
from index.errors import NotFoundError
from index.feed_table import StoredFeed
from index.types import Headline

MOST_CHOICES = 25
CHOICE_LENGTH = 100


async def suggest_articles(
    interaction: Interaction, desk: Desk, typed: str
) -> list[app_commands.Choice[str]]:
    """Suggest articles of this server; of many thousands, looking through them takes its time."""
    language = language_for(interaction)
    return await desk.look(
        corpus_for(interaction),
        lambda opened: article_choices(opened.headlines(), typed, language),
    )


def article_choices(
    articles: Sequence[Headline], typed: str, language: Language
) -> list[app_commands.Choice[str]]:
    """Suggest articles by the words of their titles or by number."""
    wanted = typed.casefold().split()
    found = [
        stored
        for stored in articles
        if all(word in f"{stored.id} {stored.title}".casefold() for word in wanted)
    ]
    return [
        app_commands.Choice(name=choice_name(stored, language), value=str(stored.id))
        for stored in found[:MOST_CHOICES]
    ]


def choice_name(stored: Headline, language: Language) -> str:
    """Return the line that stands for an article among the suggestions, where no markup works."""
    day = published_text(language, stored.published)
    title = stored.title or say(language, "discord.untitled")
    number = f"{stored.id} · "
    return f"{number}{cut(title, CHOICE_LENGTH - len(number) - len(day) - 3)} · {day}"


def article_id_in(text: str) -> int:
    """Read a typed article number; NotFoundError where it is none, for it can name no article."""
    found = number_in(text)
    if found is None:
        raise NotFoundError("article_not_found", id=cut(text, 40))
    return found


def number_in(text: str) -> int | None:
    """Read a typed number; None where it is none that can stand for anything stored."""
    digits = text.strip()
    # More digits than SQLite's integers have can name nothing either.
    if not (digits.isascii() and digits.isdecimal() and len(digits) < len(str(2**63))):
        return None
    return int(digits)


def feed_choices(feeds: Sequence[StoredFeed], typed: str) -> list[app_commands.Choice[str]]:
    """Suggest feeds by the words of their titles and addresses or by number."""
    wanted = typed.casefold().split()
    found = [
        feed
        for feed in feeds
        if all(word in f"{feed.id} {feed.title} {feed.url}".casefold() for word in wanted)
    ]
    return [
        app_commands.Choice(
            name=cut(f"{feed.id} · {feed_name(feed)}", CHOICE_LENGTH), value=str(feed.id)
        )
        for feed in found[:MOST_CHOICES]
    ]


def feed_id_in(text: str) -> int:
    """Read a typed feed number; NotFoundError where it is none."""
    found = number_in(text)
    if found is None:
        raise NotFoundError("feed_not_found", id=cut(text, 40))
    return found
