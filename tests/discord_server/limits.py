"""Discord's limits on a message, checked on its body before anything is stored.

Lengths are counted in UTF-16 units: the longer of the two ways in which Discord's parts count.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.discord_server.components import check_components
from tests.discord_server.errors import FieldError, Json
from tests.discord_server.model import COMPONENTS_V2
from tests.discord_server.pings import check_allowed_mentions
from tests.discord_server.text import length, too_long

MESSAGE_LENGTH = 2000
EMBEDS = 10
EMBEDS_TOTAL = 6000
EMBED_FIELDS = 25
NONCE_LENGTH = 25


def check_message(payload: Json, *, flags: int) -> list[FieldError]:
    """Return everything that Discord would refuse in this message body.

    `flags` are those of the message after this body has been applied.
    """
    errors = too_long("content", payload.get("content"), MESSAGE_LENGTH)
    embeds = payload.get("embeds") or []
    components = payload.get("components") or []
    version_2 = bool(flags & COMPONENTS_V2)
    if version_2:
        errors += [
            FieldError(
                key,
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )
            for key in ("content", "embeds", "poll", "sticker_ids")
            if payload.get(key)
        ]
    errors += check_embeds(embeds)
    errors += check_components(components, version_2=version_2)
    errors += check_allowed_mentions(payload.get("allowed_mentions"))
    errors += too_long("nonce", payload.get("nonce"), NONCE_LENGTH)
    return errors


def check_embeds(embeds: list[Json]) -> list[FieldError]:
    """Return what is refused in the embeds, one by one and together."""
    errors: list[FieldError] = []
    if len(embeds) > EMBEDS:
        errors.append(
            FieldError("embeds", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
        )
    for place, embed in enumerate(embeds):
        errors += _check_embed(f"embeds.{place}", embed)
    if sum(map(_embed_length, embeds)) > EMBEDS_TOTAL:
        reason = "Embed size exceeds maximum size of 6000"
        errors.append(FieldError("embeds", "MAX_EMBED_SIZE_EXCEEDED", reason))
    return errors


def _check_embed(path: str, embed: Json) -> Iterable[FieldError]:
    yield from too_long(f"{path}.title", embed.get("title"), 256)
    yield from too_long(f"{path}.description", embed.get("description"), 4096)
    yield from too_long(f"{path}.footer.text", (embed.get("footer") or {}).get("text"), 2048)
    yield from too_long(f"{path}.author.name", (embed.get("author") or {}).get("name"), 256)
    fields = embed.get("fields") or []
    if len(fields) > EMBED_FIELDS:
        reason = "Must be 25 or fewer in length."
        yield FieldError(f"{path}.fields", "BASE_TYPE_MAX_LENGTH", reason)
    for place, field in enumerate(fields):
        for key, limit in (("name", 256), ("value", 1024)):
            where = f"{path}.fields.{place}.{key}"
            if not str(field.get(key) or "").strip():
                yield FieldError(where, "BASE_TYPE_REQUIRED", "This field is required")
            yield from too_long(where, field.get(key), limit)
    for key in ("url", "thumbnail.url", "image.url", "author.url"):
        first, _, second = key.partition(".")
        url = (embed.get(first) or {}).get(second) if second else embed.get(first)
        if url and not str(url).startswith(("http://", "https://", "attachment://")):
            reason = "Scheme must be one of ('http', 'https')."
            yield FieldError(f"{path}.{key}", "URL_TYPE_INVALID_SCHEME", reason)
    if not any(embed.get(key) for key in _VISIBLE_EMBED_PARTS):
        yield FieldError(path, "BASE_TYPE_REQUIRED", "This field is required")


_VISIBLE_EMBED_PARTS = ("title", "description", "fields", "footer", "author", "image", "thumbnail")


def _embed_length(embed: Json) -> int:
    texts = [embed.get("title"), embed.get("description")]
    texts.append((embed.get("footer") or {}).get("text"))
    texts.append((embed.get("author") or {}).get("name"))
    for field in embed.get("fields") or []:
        texts += [field.get("name"), field.get("value")]
    return sum(length(str(text or "")) for text in texts)
