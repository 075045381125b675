"""One address for one article, however it was linked: by this form an article is known again.

It is compared, never shown or fetched: what is left out may be what a server needs. Escapes, dots
and the spelling of hosts are yarl's work, the registrable part of a host is `tld`'s (a copy of the
public suffix list lies in the package). Which parameters mean nothing is decided here: lists made
for crawlers also drop names by which some papers number their articles ("uid", "id", "source").
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from tld import get_fld
from yarl import URL

LONGEST = 4096
_DEFAULT_PORTS = {80, 443}

# How a link was found, by the names that analytics products and papers give it.
_TRACKING = re.compile(
    r"(?:utm|at|wt|mtm|pk|piwik|matomo|itm|stm|hsa|mc|vero|oly|ns|fb|ga|gs|trk|sara|soc|guce|amp"
    r"|cmp|__?hs|__?hssc|mkt|wtmc|ito|xt|share|newsletter)[_.].*"
    r"|(?:fb|g|dc|tw|tt|y|msclk|ysc|gc|sc|epi|rdt)?cl(?:id|kid|icid)|g(?:braid|clsrc)|wbraid|msclkid"
    r"|igsh(?:id)?|li_fat_id|xtor|xtref|wtmc|ncid|[io]cid|cmpi?d?|intci[dm]p?|intcmp|mbid|tblci|dicbo"
    r"|ob_?orig_?url|_ga|_gl|_openstat|_branch_match_id|guccounter|usqp|smid|smtyp|s_k?w?cid|spm"
    r"|ref_?(?:src|url|errer|errer_id)|refer+er|trk|trkid|track(?:ing)?id|kampagne|mktcid"
    r"|campaign(?:_?id)?|__twitter_impression|xing_share|sharetype|shared|socialshare"
    r"|jsessionid|phpsessid|sessionid",
    re.IGNORECASE,
)
# These say as often what is asked for: with a number they are kept.
_MAYBE_TRACKING = frozenset({"ref", "src", "source", "from", "via", "origin", "cid", "partner"})
_REFERRER = re.compile(r"[a-z][a-z._+-]*(?:[_.-]?\d{1,2})?", re.IGNORECASE)
_AMP_PARAMETERS = {"amp": None, "outputtype": "amp", "output": "amp", "view": "amp", "type": "amp"}

_OTHER_FRONTS = frozenset({"www", "m", "mobil", "mobile", "amp", "wap"})
_AMP_ENDING = re.compile(r"(?:[.-]amp)+(?=(?:\.\w{2,5})?$)|(?<=\.html)\.amp$", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/]*", re.IGNORECASE)
_INDEX = re.compile(r"/index\.(?:s?html?|php)$", re.IGNORECASE)
# What sticks to an address that was copied out of a text.
_STUCK_BEFORE = " \t\r\n\"'<([„»"
_STUCK_BEHIND = " \t\r\n\"'<>]}.,;:!?“«”"
# A copy that a search engine serves names the page's own address in its path.
_VIEWERS = (
    re.compile(r"(?:www\.)?google(?:\.[a-z]{2,3}){1,2}/amp/(s/)?(.+)", re.IGNORECASE),
    re.compile(r"[\w-]+\.(?:cdn\.ampproject\.org|bing-amp\.com)/[a-z]/(s/)?(.+)", re.IGNORECASE),
)
_MOST_VIEWERS = 3  # one inside the other
_LONG_NAME = 3  # words of a last path segment that is an article's rather than a section's


def canonical_url(url: str, declared: str | None = None) -> str:
    """Return the form by which an address is known again; what is no web address stays as it is.

    `declared` is what the page itself gives as its address. It counts where it stays on the same
    site and leads neither to the front page nor to a section that the page stands in.
    """
    own = _canonical(url)
    if own is None:
        return url
    if declared and len(declared) <= LONGEST:
        try:
            joined = _canonical(str(URL(url.strip()).join(URL(declared.strip()))))
        except ValueError:
            joined = None
        if joined is not None and _may_stand_for(joined, own):
            return str(joined)
    return str(own)


def same_site(url: str, other: str) -> bool:
    """Whether two addresses lie on one site: below the same registered name."""
    one, two = _canonical(url), _canonical(other)
    return one is not None and two is not None and _site(one.raw_host) == _site(two.raw_host)


def _canonical(text: str) -> URL | None:
    text = text.strip(_STUCK_BEFORE)
    if len(text) > LONGEST:
        return None
    try:
        url = URL(_without_stuck(text))
        for _ in range(_MOST_VIEWERS):
            url = _viewed(url)
        if url.scheme not in {"http", "https"} or not url.host:
            return None
        return _normal(url)
    except ValueError:
        return None


def _without_stuck(text: str) -> str:
    text = text.rstrip(_STUCK_BEHIND)
    # An address may end in a bracket, but then it has the other one, too.
    while text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1].rstrip(_STUCK_BEHIND)
    return text


def _viewed(url: URL) -> URL:
    """Return the page that an AMP viewer shows, with the parameters that were added to it."""
    for viewer in _VIEWERS:
        if match := viewer.fullmatch(f"{url.host}{url.raw_path}"):
            inner = URL(f"http{'s' if match[1] else ''}://{match[2]}")
            return inner.with_query(url.query) if inner.host and "." in inner.host else url
    return url


def _normal(url: URL) -> URL:
    path = _SESSION.sub("", url.raw_path)
    segments = [part for part in path.split("/") if part and part.lower() != "amp"]
    path = _INDEX.sub("", "/" + "/".join(segments))
    path = _AMP_ENDING.sub("", path).rstrip("/")
    query = urlencode(
        sorted(
            (name, value)
            for name, value in parse_qsl(url.raw_query_string, keep_blank_values=True)
            if not _is_tracking(name, value)
        )
    )
    host = _front(url.raw_host or "")
    host = f"[{host}]" if ":" in host else host
    port = "" if url.port in _DEFAULT_PORTS or url.port is None else f":{url.port}"
    # One scheme: a page is not another one because its link is older than its certificate.
    return URL(f"https://{host}{port}{path or '/'}{'?' if query else ''}{query}", encoded=True)


def _is_tracking(name: str, value: str) -> bool:
    lower = name.lower()
    if lower in _AMP_PARAMETERS and _AMP_PARAMETERS[lower] in {None, value.lower()}:
        return True
    if lower in _MAYBE_TRACKING:
        return _REFERRER.fullmatch(value) is not None
    return _TRACKING.fullmatch(lower) is not None


def _front(host: str) -> str:
    """Return a host without "www.", "m." and the like in front of its registrable part."""
    labels = host.lower().removesuffix(".").split(".")
    rest = len(_site(host).split("."))
    kept = [label for label in labels[:-rest] if label not in _OTHER_FRONTS]
    return ".".join([*kept, *labels[-rest:]])


@lru_cache(maxsize=2_000)
def _site(host: str | None) -> str:
    """Return the part of a host that somebody has registered, whoever lends names below it."""
    host = (host or "").lower().removesuffix(".")
    if ":" in host or host.replace(".", "").isdigit():
        return host  # a numeric address
    known = get_fld(f"https://{host}", fail_silently=True, search_private=True)
    return known or ".".join(host.split(".")[-2:])


def _may_stand_for(declared: URL, own: URL) -> bool:
    if _site(declared.raw_host) != _site(own.raw_host):
        return False
    if declared.raw_path == "/" and not declared.raw_query_string:
        return False
    above = own.raw_path.startswith(declared.raw_path + "/") and not declared.raw_query_string
    name = declared.raw_path.rpartition("/")[2]
    named = len(re.findall(r"[^\W_]+", name)) >= _LONG_NAME or any(c.isdigit() for c in name)
    return named or not above
