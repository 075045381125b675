"""Files that people attach on Discord, to pages."""

from __future__ import annotations

from urllib.parse import urlsplit

import discord

from bot.excerpt import cut
from index.errors import SourceError
from index.file_types import SHOWN_ENDINGS, may_be_document, media_type_of
from index.types import Page

ATTACHMENT_LIMIT = 10 * 1024 * 1024  # what Discord takes from those who pay nothing
_NAME_LENGTH = 80
_DISCORD_KEEPS_FILES_AT = frozenset({"cdn.discordapp.com", "media.discordapp.net"})


async def page_of(attachment: discord.Attachment) -> Page:
    """Fetch an attached file; SourceError where it is too large or of no readable kind."""
    name = attachment.filename
    shown = cut(name, _NAME_LENGTH)
    declared = attachment.content_type or ""
    where = urlsplit(attachment.url)
    if where.scheme != "https" or where.hostname not in _DISCORD_KEEPS_FILES_AT:
        raise SourceError("attachment_elsewhere", name=shown)
    if not may_be_document(name, declared):
        raise SourceError("attachment_type", name=shown, endings=SHOWN_ENDINGS)
    if attachment.size > ATTACHMENT_LIMIT:
        limit = ATTACHMENT_LIMIT // 1024 // 1024
        raise SourceError("attachment_too_large", name=shown, limit=limit)
    try:
        # From where Discord keeps it: what people type is never an address of a file.
        content = await attachment.read()
    except discord.HTTPException as error:
        raise SourceError("attachment_gone", name=shown) from error
    charset = declared.partition("charset=")[2].partition(";")[0].strip().strip('"') or None
    media_type = media_type_of(content, name, declared)
    return Page(content, media_type, charset=charset, source=shown)
