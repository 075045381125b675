"""The name of an outlet, where a file claims one and nobody was dialled who would bear it out."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

_SHORTEST = 3  # letters by which a name is known to belong to a host
_SPELLED = (
    str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}),
    str.maketrans({"ß": "ss"}),
)


def claimed_outlet(name: str | None, url: str | None) -> str | None:
    """Return a claimed name, unless the host of the page's own address says otherwise: then that.

    A name belongs to a host that has it, a part of it or its initials in its own, however either
    writes umlauts.
    """
    host = host_name(url)
    if not name or host is None:
        return name or host
    agrees = any(
        _belongs(letters, initials, label)
        for letters, initials in zip(_letters(name), _initials(name), strict=True)
        for stated in host.split(".")[:-1]
        for label in _letters(_decoded(stated))
        if label
    )
    return name if agrees else host


def host_name(url: str | None) -> str | None:
    """Return the host without "www.", in the letters that were dialled (punycode stays)."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _belongs(letters: str, initials: str, label: str) -> bool:
    if label in {letters, initials}:
        return True
    if len(label) >= _SHORTEST and label in letters:
        return True
    return len(letters) >= _SHORTEST and letters in label


def _initials(name: str) -> tuple[str, ...]:
    words = [_letters(word) for word in name.split()]
    return tuple("".join(word[way][:1] for word in words) for way in range(len(_SPELLED)))


def _decoded(label: str) -> str:
    """Return the letters of a part of a host; only those of Latin count in what follows."""
    try:
        return label.encode("ascii").decode("idna")
    except UnicodeError:
        return label


def _letters(text: str) -> tuple[str, ...]:
    """Return the letters alone, with umlauts spelled out ("ue") and with them dropped ("u")."""
    folded = text.casefold()
    return tuple(_plain(folded.translate(spelled)) for spelled in _SPELLED)


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return re.sub(r"[\W_]", "", "".join(c for c in plain if not unicodedata.combining(c)))
