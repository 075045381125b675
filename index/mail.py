"""A mail to its text: a newsletter, a forwarded article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser

from lxml import etree, html

from index.clean import clean_line
from index.decode import decode
from index.errors import ExtractionError
from index.page_tree import parse_tree
from index.types import DateOrigin, Published
from index.visible import remove_hidden

_MOST_PARTS = 200
_DEEPEST = 5  # a mail in a mail in a mail
_ANSWER = re.compile(r"(?:(?:re|aw|antw|fwd?|wg|wtr|tr)\s?(?:\[\d+\])?:\s*)+", re.IGNORECASE)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
# Programs put the head of a forwarded mail above its words.
_FORWARDED = re.compile(
    r"^[-_ ]{3,}\s*(?:weitergeleitete (?:nachricht|e-?mail)|ursprüngliche nachricht|"
    r"forwarded message|original message|begin forwarded message:?|"
    r"anfang der weitergeleiteten nachricht:?)\s*[-_ ]*\n",
    re.IGNORECASE | re.MULTILINE,
)
_FIELD = re.compile(
    r"(betreff|subject|datum|date|gesendet|sent|von|from|an|to|cc|kopie|antwort an|reply-to)"
    r"\s*:\s*(.*)",
    re.IGNORECASE,
)
_SUBJECT_NAMES = frozenset({"betreff", "subject"})
# Where a newsletter speaks of itself; nothing of an article comes after it.
_FOOTER = re.compile(
    r".{0,120}(?:newsletter (?:abbestellen|abmelden|abbestellt)|vom newsletter abmelden|"
    r"(?:hier|jetzt) (?:abmelden|abbestellen)|"
    r"keine (?:weiteren )?(?:newsletter|e-?mails|mails) mehr|"
    r"newsletter (?:nicht )?(?:mehr )?(?:erhalten|empfangen) (?:möchten|wollen)|"
    r"(?:sie|du) (?:erhalten|bekommen|erhältst|bekommst) (?:diese|diesen)\b.{0,40}\b(?:newsletter|"
    r"e-?mail|mail|nachricht)|unsubscribe|manage (?:your )?(?:preferences|subscription)|"
    r"you (?:are receiving|received) this (?:e-?mail|newsletter)).{0,300}",
    re.IGNORECASE,
)
_HEAD_NOTICE = re.compile(
    r"(?:.{0,80}\b(?:im browser|online|web-?version|webansicht)\b.{0,40}|.{0,80}\bview\b.{0,30}"
    r"\bbrowser\b.{0,30}|.{0,60}nicht richtig (?:angezeigt|dargestellt).{0,80})",
    re.IGNORECASE,
)
_BLOCKS = ("table", "tbody", "thead", "tfoot", "tr", "td", "th", "center")
_LONGEST_FOOTER_LINE = 420


@dataclass(frozen=True, slots=True)
class Mail:
    """What a mail says: its text as plain text, as a web page, or both; at least one has words."""

    title: str
    published: Published | None
    outlet: str | None
    plain: str | None
    web_page: str | None


def read_mail(content: bytes, source: str) -> Mail:
    """Return what a mail says; attached files are passed over.

    Raise ExtractionError: document_broken, document_too_large, document_encrypted,
    document_without_text.
    """
    try:
        message = BytesParser(policy=policy.default).parsebytes(content)
        return _read(_innermost(message, source), source)
    except (
        MessageError,
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
        RecursionError,
    ) as error:
        # Not only its own errors: the standard library trips over headers that nobody tests.
        raise ExtractionError("document_broken", source=source) from error


def _innermost(message: EmailMessage, source: str) -> EmailMessage:
    """Return the mail that was forwarded as an attachment, else the mail itself."""
    if sum(1 for _ in message.walk()) > _MOST_PARTS:
        raise ExtractionError("document_too_large", source=source)
    for _ in range(_DEEPEST):
        inner = [
            part.get_payload(0)
            for part in message.walk()
            if part.get_content_type() == "message/rfc822" and part.is_multipart()
        ]
        own = _words(message, "plain") or _words(message, "html") or ""
        if len(inner) != 1 or len(own.split()) > 60 or not isinstance(inner[0], EmailMessage):  # noqa: PLR2004 - a note above it
            break
        message = inner[0]
    return message


def _read(message: EmailMessage, source: str) -> Mail:
    if message.get_content_type() in {"multipart/encrypted", "application/pkcs7-mime"}:
        raise ExtractionError("document_encrypted", source=source)
    plain, page = _words(message, "plain"), _words(message, "html")
    if not any(character.isalnum() for text in (plain, page) for character in text or ""):
        raise ExtractionError("document_without_text", source=source)
    stated: dict[str, str] = {}
    if plain:
        stated, plain = _forwarded(plain)
        plain = _without_footer(_SIGNATURE.split(plain)[0])
    title = stated.get("subject") or _header(message, "subject")
    return Mail(
        title=_ANSWER.sub("", title, count=1).strip(),
        published=None if stated else _published(message),
        outlet=None if stated else _outlet(message),
        plain=plain,
        web_page=_as_page(page) if page else None,
    )


def _words(message: EmailMessage, kind: str) -> str | None:
    body = message.get_body(preferencelist=(kind,))
    if body is None or body.is_attachment():
        return None
    payload = body.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return None
    return decode(payload, body.get_content_charset()).replace("\r\n", "\n")


def _header(message: EmailMessage, name: str) -> str:
    return clean_line(str(message.get(name) or ""))


def _published(message: EmailMessage) -> Published | None:
    header = message.get("date")
    moment: datetime | None = getattr(header, "datetime", None)
    if moment is None:
        return None
    return Published(moment.date(), DateOrigin.METADATA, moment if moment.tzinfo else None)


def _outlet(message: EmailMessage) -> str | None:
    """Name who sends to many, not a person who wrote to one: by its own name, which is a claim."""
    if message.get("list-unsubscribe") is None and message.get("list-id") is None:
        return None
    addresses = getattr(message.get("from"), "addresses", ())
    if not addresses:
        return None
    sender = addresses[0]
    return clean_line(sender.display_name) or clean_line(sender.domain) or None


def _forwarded(plain: str) -> tuple[dict[str, str], str]:
    """Return what the head of a forwarded mail states, and the words below it."""
    mark = _FORWARDED.search(plain)
    if mark is None:
        return {}, plain
    stated: dict[str, str] = {}
    lines = plain[mark.end() :].lstrip("\n").split("\n")
    while lines and (field := _FIELD.fullmatch(lines[0].strip("> \t"))):
        name = "subject" if field.group(1).lower() in _SUBJECT_NAMES else field.group(1).lower()
        stated.setdefault(name, clean_line(field.group(2)))
        del lines[0]
    return stated, "\n".join(lines)


def _without_footer(plain: str) -> str:
    """Cut where a newsletter begins to speak of itself, and drop its "view in browser"."""
    kept: list[str] = []
    for line in plain.split("\n"):
        bare = line.strip()
        if _is_footer(bare) and any(map(str.strip, kept)):
            break
        if not _HEAD_NOTICE.fullmatch(bare):
            kept.append(line)
    return "\n".join(kept)


def _is_footer(text: str) -> bool:
    return len(text) <= _LONGEST_FOOTER_LINE and _FOOTER.fullmatch(text) is not None


def _as_page(text: str) -> str:
    """Turn the tables by which mails are laid out into blocks, and cut the footer."""
    try:
        tree = parse_tree(text)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return text
    remove_hidden(tree)
    for element in list(tree.iter(*_BLOCKS)):
        element.tag = "div"
        element.attrib.clear()
    leaves = [
        element
        for element in tree.iter("div", "p", "span", "a", "li", "font")
        if not any(child.tag in {"div", "p", "li"} for child in element.iterdescendants())
    ]
    ended = False
    for element in leaves:
        words = clean_line(element.text_content())
        ended = ended or _is_footer(words)
        if (ended or _HEAD_NOTICE.fullmatch(words)) and element.getparent() is not None:
            element.drop_tree()
    return html.tostring(tree, encoding="unicode")
