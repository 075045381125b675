"""The name of an outlet, where a file claims one and nobody was dialled who would bear it out."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

_SHORTEST = 3  # letters by which a name is known to belong to a host
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def claimed_outlet(name: str | None, url: str | None) -> str | None:
    """Return a claimed name, unless the host of the page's own address says otherwise: then that.

    A name belongs to a host that has it, a part of it or its initials in its own.
    """
    host = host_name(url)
    if not name or host is None:
        return name or host
    letters = _letters(name)
    initials = "".join(_letters(word)[:1] for word in name.split())
    labels = [_letters(label) for label in host.split(".")[:-1]]
    agrees = any(
        label in {letters, initials}
        or (len(label) >= _SHORTEST and label in letters)
        or (len(letters) >= _SHORTEST and letters in label)
        for label in labels
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


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_SPELLED))
    return re.sub(r"[\W_]", "", "".join(c for c in plain if not unicodedata.combining(c)))
