"""The rules for addresses that may be fetched, decided on the text alone, before any look-up.

The text is taken apart here and not by a library: parsers disagree about tabs, backslashes and
user names, and whoever checks with one and dials with another can be led elsewhere. What aiohttp
is handed is built anew from the checked parts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv6Address
from urllib.parse import unquote, urljoin

import idna
from yarl import URL

from index.errors import FetchError, SettingError

LONGEST_URL = 2048
_LONGEST_NAME = 253

_DEFAULT_PORTS = {"http": 80, "https": 443}
_OPEN_PORTS = frozenset(_DEFAULT_PORTS.values())

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL)
_AUTHORITY = re.compile(r"//([^/?#]+)([^#]*)(?:#.*)?", re.DOTALL)
_HOST_AND_PORT = re.compile(r"(\[[^\]]*\]?|[^:]*)(?::([0-9]{0,5}))?", re.DOTALL)
# %00, %0a and %0d stand in no article's address; they are how headers and logs are forged.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]|%0[0ad]", re.IGNORECASE)
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
# As browsers see it: a name whose last label is a number is an IPv4 address in some notation.
_NUMERIC_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*")
# aiohttp hands over header bytes that are not UTF-8 as these.
_RAW_BYTE = re.compile(r"[\udc80-\udcff]")

# Names that mean a machine nearby or a hidden service: refused without asking any resolver.
_NEARBY = frozenset(
    {"alt", "arpa", "corp", "home", "i2p", "internal", "intranet", "invalid", "lan", "local"}
) | {"localdomain", "localhost", "onion", "private"}


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address. `host` is lower-case ASCII without a final dot, IPv6 in brackets."""

    url: URL
    host: str
    port: int
    exempt: bool  # the operator allows this host: its addresses are not checked

    @property
    def text(self) -> str:
        """The address without fragment and default port."""
        return str(self.url)


def parse_target(url: str, allowed_hosts: frozenset[str] = frozenset()) -> Target:
    """Check an address by the rules; FetchError says which one it breaks.

    `allowed_hosts` comes from `canonical_hosts`: these may be literals, local names, any port.
    """
    if len(url) > LONGEST_URL:
        raise FetchError("url_invalid", host="")
    scheme, rest = _groups(_SCHEME, url)
    scheme = scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        raise FetchError("scheme_not_allowed", host="")
    authority, path = _groups(_AUTHORITY, rest)
    if "\\" in authority:
        raise FetchError("url_invalid", host="")
    if "@" in authority:
        raise FetchError("userinfo_not_allowed", host="")
    host_text, port_text = _groups(_HOST_AND_PORT, authority)
    host = _canonical_host(host_text)
    port = int(port_text) if port_text else _DEFAULT_PORTS[scheme]
    if _UNSAFE.search(path):
        raise FetchError("url_invalid", host=host)
    exempt = host in allowed_hosts or f"{host}:{port}" in allowed_hosts
    if not exempt:
        _check_host(host, port)
    return Target(_build(scheme, host, port, path), host, port, exempt)


def redirect_target(current: Target, location: str, allowed_hosts: frozenset[str]) -> Target:
    """Check where a redirect leads by the same rules; errors name the host that sent us there."""
    location = _RAW_BYTE.sub(lambda byte: f"%{ord(byte.group()) - 0xDC00:02X}", location)
    if _UNSAFE.search(location) or len(location) > LONGEST_URL:
        raise FetchError("url_invalid", host=current.host)
    if location.startswith("//"):
        location = f"{current.url.scheme}:{location}"
    elif not _SCHEME.match(location):
        location = urljoin(current.text, location)
    try:
        return parse_target(location, allowed_hosts)
    except FetchError as error:
        raise FetchError(redirect_code(error.code), host=current.host) from error


def redirect_code(code: str) -> str:
    """Return the code for a refusal that a redirect, not a person's input, has led to."""
    return "redirect_blocked" if code in {"ip_literal_refused", "address_blocked"} else code


def canonical_hosts(hosts: frozenset[str]) -> frozenset[str]:
    """Bring the operator's "host" and "host:port" entries into the form in which they are compared.

    An entry without a port stands for every port. SettingError for what is neither.
    """
    return frozenset(map(_canonical_entry, hosts))


def _canonical_entry(entry: str) -> str:
    try:
        host_text, port_text = _groups(_HOST_AND_PORT, entry)
        host = _canonical_host(host_text)
    except FetchError as error:
        raise SettingError("fetch_allow", value=entry[:80]) from error
    return f"{host}:{int(port_text)}" if port_text else host


def _groups(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    match = pattern.fullmatch(text)
    if match is None:
        raise FetchError("url_invalid", host="")
    first, second = match.groups(default="")
    return first, second


def _canonical_host(text: str) -> str:
    """Return the one spelling of a host; FetchError for what no resolver should be asked."""
    if text.startswith("["):
        try:
            address = IPv6Address(text.removeprefix("[").removesuffix("]"))
        except ValueError as error:
            raise FetchError("ip_literal_refused", host="") from error
        if address.scope_id is not None:
            raise FetchError("ip_literal_refused", host="")
        return f"[{address.compressed}]"
    if "%" in text:
        # No name needs it; it is decoded only to give the better reason.
        literal = _is_literal(_mapped(unquote(text)))
        raise FetchError("ip_literal_refused" if literal else "url_invalid", host="")
    name = _mapped(text).removesuffix(".")
    if len(name) > _LONGEST_NAME or not all(map(_LABEL.fullmatch, name.split("."))):
        # Not named in the error: these are no words to be shown in a message.
        raise FetchError("ip_literal_refused" if _is_literal(name) else "url_invalid", host="")
    return name


def _mapped(text: str) -> str:
    """Map a name to ASCII by UTS 46 and IDNA 2008, in which faß.de and fass.de are two."""
    if text.isascii():
        return text.lower()
    try:
        # Characters that the mapping drops without a trace would make two spellings one host.
        if not all(idna.uts46_remap(character, std3_rules=False) for character in text):
            raise FetchError("url_invalid", host="")
        mapped = idna.uts46_remap(text)
        return mapped if mapped.isascii() else idna.encode(mapped).decode("ascii")
    except UnicodeError as error:
        raise FetchError("url_invalid", host="") from error


def _is_literal(host: str) -> bool:
    last = host.rstrip(".").rpartition(".")[2]
    return host.startswith("[") or _NUMERIC_LABEL.fullmatch(last) is not None


def _check_host(host: str, port: int) -> None:
    if port not in _OPEN_PORTS:
        raise FetchError("port_not_allowed", host=host)
    if _is_literal(host):
        raise FetchError("ip_literal_refused", host=host)
    if "." not in host or host.rpartition(".")[2] in _NEARBY:
        raise FetchError("address_blocked", host=host)


def _build(scheme: str, host: str, port: int, path: str) -> URL:
    authority = host if port == _DEFAULT_PORTS[scheme] else f"{host}:{port}"
    try:
        url = URL(f"{scheme}://{authority}{path or '/'}")
    except ValueError as error:
        raise FetchError("url_invalid", host=host) from error
    # aiohttp dials what yarl reads; no text is known on which it disagrees with what was checked.
    if (url.scheme, url.raw_host, url.port) != (scheme, host.strip("[]"), port):
        raise FetchError("url_invalid", host=host)
    return url
