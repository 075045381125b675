"""Permission: which sites are asked what, and what comes of their answers."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta

import pytest

from index.errors import FetchError, ReservedError
from index.fetch import FEED_TYPES, FetchLimits
from index.rights import PermittedFetcher, SiteRights, for_corpus
from index.types import NotModified, Page, Validators
from tests.fake_internet import FakeInternet, Script, endless, redirect, response, silent
from tests.fakes import Web

NEWS = "http://public.test/news/1"
ROBOTS, TDM = "/robots.txt", "/.well-known/tdmrep.json"
MISSING = response(b"", status="404 Not Found")
DISALLOW = response(b"User-agent: *\nDisallow: /news", content_type="text/plain")
RESERVED = response(b'[{"location": "/", "tdm-reservation": 1}]', content_type="application/json")


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def fetcher(internet: FakeInternet, clock: Clock) -> AsyncIterator[PermittedFetcher]:
    internet.pages.update({ROBOTS: MISSING, TDM: MISSING})
    limits = FetchLimits(total=20, idle=0.2, page_size=50_000)
    async with internet.fetcher(limits) as guarded:
        yield PermittedFetcher(guarded, SiteRights(guarded, clock))


async def refusal(fetcher: PermittedFetcher, url: str = NEWS) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await fetcher.fetch(url)
    return caught.value


async def test_a_site_is_asked_before_its_page_and_once_a_day(
    internet: FakeInternet, fetcher: PermittedFetcher, clock: Clock
) -> None:
    await fetcher.fetch(NEWS)
    assert internet.paths == [ROBOTS, TDM, "/news/1"]
    clock.now += timedelta(hours=23, minutes=59)
    await fetcher.fetch("http://public.test/news/2")
    assert internet.paths[3:] == ["/news/2"]
    clock.now += timedelta(minutes=2)
    await fetcher.fetch("http://public.test/news/3")
    assert internet.paths[4:] == [ROBOTS, TDM, "/news/3"]


async def test_every_host_is_asked_for_itself(
    internet: FakeInternet, fetcher: PermittedFetcher
) -> None:
    await fetcher.fetch(NEWS)
    await fetcher.fetch("http://other.test/news/1")
    assert internet.hosts == ["public.test"] * 3 + ["other.test"] * 3


async def test_many_who_ask_at_once_ask_the_site_once(
    internet: FakeInternet, fetcher: PermittedFetcher
) -> None:
    await asyncio.gather(*(fetcher.fetch(f"http://public.test/{n}") for n in range(9)))
    assert internet.paths.count(ROBOTS) == internet.paths.count(TDM) == 1


async def test_what_robots_forbid_is_not_asked_for(
    internet: FakeInternet, fetcher: PermittedFetcher
) -> None:
    internet.pages[ROBOTS] = DISALLOW
    error = await refusal(fetcher)
    assert isinstance(error, ReservedError)
    assert str(error) == "robots_disallowed host='public.test' rule='Disallow: /news'"
    assert internet.paths == [ROBOTS]
    await fetcher.fetch("http://public.test/other")


async def test_a_redirect_leads_past_nobody_s_robots(
    internet: FakeInternet, fetcher: PermittedFetcher
) -> None:
    internet.pages["/short"] = redirect("http://other.test/news/1")

    async def by_host(writer: asyncio.StreamWriter) -> None:
        writer.write(DISALLOW if internet.hosts[-1] == "other.test" else MISSING)

    internet.pages[ROBOTS] = by_host
    error = await refusal(fetcher, "http://public.test/short")
    assert str(error) == "robots_disallowed host='other.test' rule='Disallow: /news'"
    assert "/news/1" not in internet.paths


@pytest.mark.parametrize(
    "answer",
    [
        *(response(b"", status=f"{status} No") for status in (204, 400, 401, 403, 404, 410, 429)),
        response(b"", content_type=None),
        response(b"<p>Startseite</p>"),
        redirect(ROBOTS),  # for ever
        response(b"User-agent: *\nDisallow: /x\n" + b"#" * 600_000),
        endless(
            b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nAllow: /\n", b"Disallow: /nowhere\n" * 1000
        ),
    ],
)
async def test_without_a_word_from_robots_all_is_allowed(
    internet: FakeInternet, fetcher: PermittedFetcher, answer: bytes | Script
) -> None:
    internet.pages[ROBOTS] = answer
    await fetcher.fetch(NEWS)


async def test_the_robots_file_of_five_redirects_counts(
    internet: FakeInternet, fetcher: PermittedFetcher
) -> None:
    internet.pages[ROBOTS] = redirect("/0")
    for hop in range(4):
        internet.pages[f"/{hop}"] = redirect(f"/{hop + 1}")
    internet.pages["/4"] = DISALLOW
    assert (await refusal(fetcher)).code == "robots_disallowed"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (response(b"", status="500 Error"), "robots_unreachable"),
        (response(b"", status="503 Busy"), "robots_unreachable"),
        (response(b"", status="999 Denied"), "robots_unreachable"),
        (silent, "timeout"),
        (b"nonsense\r\n\r\n", "http_error"),
        (response(b"x", "Content-Encoding: deflate"), "bad_encoding"),
        (redirect("http://169.254.169.254/"), "redirect_blocked"),
        (redirect("http://private.test/robots.txt"), "redirect_blocked"),
        (redirect("file:///etc/passwd"), "scheme_not_allowed"),
        (redirect("http://unknown.test/"), "dns_failed"),
    ],
)
async def test_robots_out_of_reach_forbid_all_for_a_while(
    internet: FakeInternet,
    fetcher: PermittedFetcher,
    clock: Clock,
    answer: bytes | Script,
    code: str,
) -> None:
    internet.pages[ROBOTS] = answer
    for _ in range(2):
        assert (await refusal(fetcher)).code == code
    assert internet.paths == [ROBOTS]
    internet.pages[ROBOTS] = MISSING
    clock.now += timedelta(minutes=11)
    await fetcher.fetch(NEWS)


async def test_a_busy_site_is_asked_when_to_come_again(
    internet: FakeInternet, fetcher: PermittedFetcher
) -> None:
    internet.pages[ROBOTS] = response(b"", "Retry-After: 60", status="503 Busy")
    assert (await refusal(fetcher)).details == {
        "host": "public.test",
        "status": 503,
        "retry_after": 60,
    }


@pytest.mark.parametrize("host", ["private.test", "unknown.test", "refusing.test"])
async def test_a_host_out_of_reach_is_refused_as_it_would_be_without_robots(
    internet: FakeInternet, fetcher: PermittedFetcher, host: str
) -> None:
    url = f"http://{host}/"
    assert str(await refusal(fetcher, url)) == str(await internet.refusal(url))


async def test_what_the_file_reserves_is_refused(
    internet: FakeInternet, fetcher: PermittedFetcher
) -> None:
    internet.pages[TDM] = RESERVED
    error = await refusal(fetcher)
    assert isinstance(error, ReservedError)
    assert (error.code, error.details["rule"]) == (
        "tdm_reserved",
        "tdmrep.json: /, tdm-reservation: 1",
    )
    assert internet.paths[:2] == [ROBOTS, TDM]


@pytest.mark.parametrize(
    "answer",
    [
        *(response(b"", status=f"{status} No") for status in (404, 410, 500, 503)),
        response(b"not JSON"),
        response(b"x", length=1_000_000_000),
        response(b" " * 600_000 + b'[{"location": "/", "tdm-reservation": 1}]'),
        response(b"x", "Content-Encoding: br"),
        redirect("http://private.test/"),
        redirect(TDM),
        silent,
        b"nonsense\r\n\r\n",
    ],
)
async def test_a_broken_reservation_is_none(
    internet: FakeInternet, fetcher: PermittedFetcher, answer: bytes | Script
) -> None:
    internet.pages[TDM] = answer
    await fetcher.fetch(NEWS)


@pytest.mark.parametrize("refused", [True, False])
@pytest.mark.parametrize(
    "stated",
    [
        ("{}", None, None),
        ("1", "{}", None),
        ("0", "{}", None),
        ("1", None, "{}"),
        ("0", "1", "{}"),
        ("0", "0", "{}"),
        (None, "{}", None),
        (None, None, "{}"),
        ("{}", "9", "x"),
    ],
)
async def test_html_outranks_the_header_and_this_the_file(
    internet: FakeInternet,
    fetcher: PermittedFetcher,
    stated: tuple[str | None, ...],
    refused: bool,
) -> None:
    file, header, html = (part and part.format(int(refused)) for part in stated)
    if file is not None:
        rules = f'[{{"location": "/", "tdm-reservation": {file}}}]'
        internet.pages[TDM] = response(rules.encode())
    body = b"" if html is None else f'<meta name="tdm-reservation" content="{html}">'.encode()
    lines = [] if header is None else [f"tdm-reservation: {header}"]
    internet.pages["/news/1"] = response(body, *lines)
    if refused:
        assert (await refusal(fetcher)).code == "tdm_reserved"
    else:
        await fetcher.fetch(NEWS)


@pytest.mark.parametrize(
    ("directive", "code"),
    [("noai", "ai_refused"), ("noindex", "search_refused"), ("none", "search_refused")],
)
async def test_a_page_that_wants_no_ai_or_no_search_is_refused(
    internet: FakeInternet, fetcher: PermittedFetcher, directive: str, code: str
) -> None:
    internet.pages["/news/1"] = response(b"x", f"X-Robots-Tag: {directive}")
    assert str(await refusal(fetcher)) == (
        f"{code} host='public.test' rule='X-Robots-Tag: {directive}'"
    )
    internet.pages["/news/1"] = response(b"<meta name=robots content=%b>" % directive.encode())
    assert isinstance(await refusal(fetcher), ReservedError)


@pytest.mark.parametrize(("directive", "most"), [("nosnippet", 0), ("max-snippet:90", 90)])
async def test_how_much_may_be_shown_comes_with_the_page(
    internet: FakeInternet, fetcher: PermittedFetcher, directive: str, most: int
) -> None:
    assert (await fetcher.fetch(NEWS)).max_snippet is None
    internet.pages["/news/1"] = response(b"x", f"X-Robots-Tag: {directive}")
    assert (await fetcher.fetch(NEWS)).max_snippet == most


async def test_a_feed_that_wants_not_to_be_found_may_be_read_but_not_against_a_reservation(
    internet: FakeInternet, fetcher: PermittedFetcher
) -> None:
    async def get() -> Page | NotModified:
        return await fetcher.get("http://public.test/feed", accept=FEED_TYPES, limit=1000)

    for directive, refused in (("noindex", False), ("noai", True)):
        internet.pages["/feed"] = response(
            b"<rss/>", f"X-Robots-Tag: {directive}", content_type="application/rss+xml"
        )
        if refused:
            with pytest.raises(ReservedError):
                await get()
        else:
            assert isinstance(await get(), Page)


async def test_an_unchanged_page_is_still_asked_about(
    internet: FakeInternet, fetcher: PermittedFetcher, clock: Clock
) -> None:
    async def get() -> Page | NotModified:
        known = Validators(etag='"1"')
        return await fetcher.get(NEWS, accept=FEED_TYPES, limit=1000, validators=known)

    internet.pages["/news/1"] = response(b"", status="304 Not Modified")
    assert await get() == NotModified(NEWS)
    internet.pages[ROBOTS] = DISALLOW
    clock.now += timedelta(days=1)
    with pytest.raises(ReservedError):
        await get()


@pytest.mark.parametrize(
    "forbid",
    [
        lambda pages: pages.update({ROBOTS: DISALLOW}),
        lambda pages: pages.update({ROBOTS: response(b"", status="500 Error")}),
        lambda pages: pages.update({TDM: RESERVED}),
        lambda pages: pages.update({"/news/1": response(b"x", "X-Robots-Tag: noai, noindex")}),
    ],
)
async def test_an_override_lets_a_host_through_for_its_corpus_alone(
    internet: FakeInternet,
    fetcher: PermittedFetcher,
    forbid: Callable[[dict[str, bytes | Script]], None],
) -> None:
    forbid(internet.pages)
    mine = for_corpus(fetcher, frozenset({"public.test"}))
    await mine.fetch(NEWS)
    for others in (fetcher, for_corpus(fetcher, frozenset({"other.test", "test"}))):
        with pytest.raises(FetchError):
            await others.fetch(NEWS)
    with pytest.raises(FetchError):
        await for_corpus(mine, frozenset()).fetch(NEWS)


async def test_an_override_does_not_reach_where_a_redirect_leads(
    internet: FakeInternet, fetcher: PermittedFetcher
) -> None:
    internet.pages.update({ROBOTS: DISALLOW, "/news/1": redirect("http://other.test/news/2")})
    mine = for_corpus(fetcher, frozenset({"public.test"}))
    with pytest.raises(ReservedError, match="other"):
        await mine.fetch(NEWS)


async def test_an_override_lifts_no_limit_on_what_is_shown(
    internet: FakeInternet, fetcher: PermittedFetcher
) -> None:
    internet.pages["/news/1"] = response(b"x", "X-Robots-Tag: nosnippet, noai")
    page = await for_corpus(fetcher, frozenset({"www.Public.test."})).fetch(NEWS)
    assert page.max_snippet == 0


async def test_what_a_site_states_can_be_put_on_record(
    internet: FakeInternet, fetcher: PermittedFetcher
) -> None:
    internet.pages.update({ROBOTS: DISALLOW, TDM: RESERVED})
    assert await fetcher.rights.stated_by("http://public.test") == (
        "Disallow: /news\ntdmrep.json: /, tdm-reservation: 1"
    )
    assert await fetcher.rights.stated_by("http://unknown.test") == "dns_failed"


def test_a_fetcher_that_asks_nobody_stays_as_it_is() -> None:
    web = Web()
    assert for_corpus(web, frozenset({"public.test"})) is web
