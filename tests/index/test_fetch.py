import asyncio
import re
from pathlib import Path

import pytest

from index.errors import FetchError
from index.fetch import FetchLimits, user_agent
from index.types import Page
from tests.fake_internet import PUBLIC, FakeInternet, redirect, response, silent


async def test_a_page_comes_back_with_its_bytes_type_charset_and_final_address(
    internet: FakeInternet,
) -> None:
    body = "<p>Grüße</p>".encode("iso-8859-1")
    internet.pages["/a"] = redirect("//OTHER.test:80/b?x=1#ende")
    internet.pages["/b"] = response(body, content_type="Text/HTML;charset=ISO-8859-1")
    page = await internet.fetch("http://public.test/a")
    assert page == Page(
        content=body,
        media_type="text/html",
        charset="ISO-8859-1",
        url="http://other.test/b?x=1",
        source="http://other.test/b?x=1",
    )


async def test_the_request_says_who_asks_and_nothing_about_the_machine(
    internet: FakeInternet, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine public.test login me password secret")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    internet.pages["/a"] = response(b"", "Set-Cookie: id=1", "Location: /b", status="302 Found")
    await internet.fetch("http://public.test/a#x")
    await internet.fetch("http://public.test/b")
    assert internet.requests[0] == internet.requests[1].replace("/b", "/a")
    assert internet.requests[1].split("\r\n") == [
        "GET /b HTTP/1.1",
        "Host: public.test",
        "User-Agent: Beleg/test",
        "Accept: application/xhtml+xml, text/html, text/plain",
        "Accept-Encoding: gzip",
        "Connection: close",
        "",
        "",
    ]


def test_the_user_agent_is_honest() -> None:
    assert re.fullmatch(r"Beleg/\d[\w.]* \(\+me@public\.test\)", user_agent("me@public.test"))
    assert re.fullmatch(r"Beleg/\d[\w.]*", user_agent(None))


async def test_no_connection_is_used_twice(internet: FakeInternet) -> None:
    internet.resolver.names["other.test"] = PUBLIC  # two hosts on one address
    async with internet.fetcher() as guarded:
        for url in ("http://public.test/a", "http://public.test/b", "http://other.test/c"):
            await guarded.fetch(url)
    assert internet.connections == [1, 1, 1]
    assert internet.hosts == ["public.test", "public.test", "other.test"]


@pytest.mark.parametrize("host", ["private.test", "wire.test", "mapped.test"])
async def test_a_name_that_leads_inside_is_refused_without_a_connection(
    internet: FakeInternet, host: str
) -> None:
    error = await internet.refusal(f"http://{host}/geheim?token=1")
    assert str(error) == f"address_blocked host='{host}'"
    assert internet.dialled == []


async def test_of_several_addresses_only_public_ones_are_dialled(internet: FakeInternet) -> None:
    await internet.fetch("http://mixed.test/")
    assert internet.dialled == [PUBLIC]


async def test_a_public_address_that_refuses_is_not_called_blocked(internet: FakeInternet) -> None:
    assert (await internet.refusal("http://refusing.test/")).code == "connection_failed"


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("unknown.test", "dns_failed"),
        ("broken.test", "dns_failed"),
        ("empty.test", "dns_failed"),
        ("slow.test", "timeout"),
    ],
)
async def test_a_name_without_an_answer_is_told_apart_from_a_slow_one(
    internet: FakeInternet, host: str, code: str
) -> None:
    error = await internet.refusal(f"http://{host}/", FetchLimits(dns=0.02))
    assert str(error) == f"{code} host='{host}'"


async def test_every_hop_is_resolved_and_checked_anew(internet: FakeInternet) -> None:
    internet.resolver.names["rebinding.test"] = [PUBLIC, "127.0.0.1"]
    internet.pages["/"] = redirect("/again")
    error = await internet.refusal("http://rebinding.test/")
    assert str(error) == "redirect_blocked host='rebinding.test'"
    assert internet.resolver.asked == ["rebinding.test", "rebinding.test"]
    assert internet.dialled == [PUBLIC]


async def test_a_second_request_to_a_name_is_resolved_anew(internet: FakeInternet) -> None:
    internet.resolver.names["rebinding.test"] = [PUBLIC, "169.254.169.254"]
    async with internet.fetcher() as guarded:
        await guarded.fetch("http://rebinding.test/")
        with pytest.raises(FetchError, match="address_blocked"):
            await guarded.fetch("http://rebinding.test/")


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://169.254.169.254/latest/", "redirect_blocked"),
        ("//10.0.0.1/x", "redirect_blocked"),
        ("http://private.test/", "redirect_blocked"),
        ("http://nas.lan/", "redirect_blocked"),
        ("file:///etc/passwd", "scheme_not_allowed"),
        ("http://public.test:22/", "port_not_allowed"),
        ("http://me@public.test/", "userinfo_not_allowed"),
        ("/x\ty", "url_invalid"),
        ("/x%0D%0Ay", "url_invalid"),
        (b"http://m\xfcller.test/", "url_invalid"),
    ],
)
@pytest.mark.parametrize("hops", [0, 2])
async def test_a_redirect_obeys_the_rules_of_a_first_address(
    internet: FakeInternet, location: str | bytes, code: str, hops: int
) -> None:
    for hop in range(hops):
        internet.pages[f"/{hop}"] = redirect(f"/{hop + 1}", "301 Moved Permanently")
    internet.pages[f"/{hops}"] = redirect(location)
    error = await internet.refusal("http://public.test/0")
    assert str(error) == f"{code} host='public.test'"
    assert len(internet.requests) == hops + 1


@pytest.mark.parametrize("head", [b"Location: /x\0y", b"Location: /x\ry", b"Location: /x\ny\0"])
async def test_a_redirect_with_a_broken_head_is_an_error_of_the_site(
    internet: FakeInternet, head: bytes
) -> None:
    internet.pages["/"] = b"HTTP/1.1 302 Found\r\n" + head + b"\r\nContent-Length: 0\r\n\r\n"
    assert (await internet.refusal("http://public.test/")).code == "http_error"
    assert internet.dialled == [PUBLIC]


@pytest.mark.parametrize("location", ["/ü".encode(), b"/\xfc", b"/a b", b"?x=\xff"])
async def test_a_location_in_any_encoding_is_followed(
    internet: FakeInternet, location: bytes
) -> None:
    internet.pages["/"] = lambda writer: answer_once(writer, internet, redirect(location))
    page = await internet.fetch("http://public.test/")
    assert page.url is not None
    assert page.url.isascii()


async def answer_once(writer: asyncio.StreamWriter, internet: FakeInternet, first: bytes) -> None:
    internet.pages["/"] = response()
    writer.write(first)
    await writer.drain()


@pytest.mark.parametrize("location", ["/", "http://other.test/", "/?", "#x"])
async def test_endless_redirects_end(internet: FakeInternet, location: str) -> None:
    internet.pages["/"] = redirect(location)
    error = await internet.refusal("http://public.test/", FetchLimits(redirects=3))
    assert error.code == "too_many_redirects"
    assert len(internet.requests) == 4


async def test_as_many_redirects_as_allowed_are_followed(internet: FakeInternet) -> None:
    for hop, status in enumerate((301, 302, 303, 307, 308)):
        internet.pages[f"/{hop}"] = redirect(f"/{hop + 1}", f"{status} Moved")
    assert (await internet.fetch("http://public.test/0")).url == "http://public.test/5"


async def test_time_is_counted_over_all_redirects(internet: FakeInternet) -> None:
    async def slow_redirect(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.06)
        writer.write(redirect("/"))

    internet.pages["/"] = slow_redirect
    limits = FetchLimits(total=0.15, redirects=1000)
    assert (await internet.refusal("http://public.test/", limits)).code == "timeout"


async def test_refreshes_in_head_and_body_are_not_followed(internet: FakeInternet) -> None:
    meta = b'<meta http-equiv="refresh" content="0;url=http://127.0.0.1/">'
    internet.pages["/"] = response(meta, "Refresh: 0; url=http://127.0.0.1/")
    assert (await internet.fetch("http://public.test/")).content == meta
    assert internet.paths == ["/"]


async def test_other_media_types_and_sizes_can_be_asked_for(internet: FakeInternet) -> None:
    internet.pages["/robots.txt"] = response(b"User-agent: *", content_type="text/plain")
    async with internet.fetcher() as guarded:
        robots = await guarded.get(
            "http://public.test/robots.txt", accept=frozenset({"text/plain"}), limit=13
        )
        assert isinstance(robots, Page)
        assert robots.content == b"User-agent: *"
        for accept, limit, code in (
            ("text/plain", 12, "too_large"),
            ("application/rss+xml", 13, "bad_content_type"),
        ):
            with pytest.raises(FetchError, match=code):
                await guarded.get(
                    "http://public.test/robots.txt", accept=frozenset({accept}), limit=limit
                )
    assert "Accept: application/rss+xml\r\n" in internet.requests[-1]


async def test_a_file_is_taken_where_the_address_names_one(internet: FakeInternet) -> None:
    pdf = response(b"%PDF-1.7", content_type="application/pdf")
    internet.pages.update({"/Bericht.PDF": pdf, "/bericht": pdf, "/bericht.docx": pdf})
    page = await internet.fetch("http://public.test/Bericht.PDF?x=1")
    assert page.media_type == "application/pdf"
    for path in ("/bericht", "/bericht.docx", "/bericht?.pdf"):
        error = await internet.refusal(f"http://public.test{path}")
        assert error.code == "bad_content_type"


class Crowd:
    """A page that holds every visitor until told, and counts them."""

    def __init__(self, expected: int) -> None:
        self.here = 0
        self.most = 0
        self._expected = expected
        self._complete = asyncio.Event()

    async def __call__(self, writer: asyncio.StreamWriter) -> None:
        self.here += 1
        self.most = max(self.most, self.here)
        if self.here == self._expected:
            self._complete.set()
        await self._complete.wait()
        for _ in range(20):  # anybody who could come now would
            await asyncio.sleep(0)
        self.here -= 1
        writer.write(response())


async def test_at_most_four_pages_are_fetched_at_once(internet: FakeInternet) -> None:
    crowd = Crowd(expected=4)
    internet.pages["/"] = crowd
    names = [f"site{number}.test" for number in range(12)]
    internet.resolver.names.update(dict.fromkeys(names, PUBLIC))
    async with internet.fetcher() as guarded:
        await asyncio.gather(*(guarded.fetch(f"http://{name}/") for name in names))
    assert crowd.most == 4
    assert len(internet.requests) == 12


async def test_a_host_is_asked_for_one_page_at_a_time_and_holds_up_no_other(
    internet: FakeInternet,
) -> None:
    crowd = Crowd(expected=2)
    internet.pages["/"] = crowd
    async with internet.fetcher() as guarded:
        urls = ["http://public.test/"] * 6 + ["http://other.test/", "http://public.test/other"]
        await asyncio.gather(*(guarded.fetch(url) for url in urls))
    assert crowd.most == 2
    assert sorted(internet.hosts) == ["other.test"] + ["public.test"] * 7


async def test_waiting_for_a_turn_uses_up_no_time(
    internet: FakeInternet, monkeypatch: pytest.MonkeyPatch
) -> None:
    loop = asyncio.get_running_loop()
    clock = loop.time
    async with internet.fetcher() as guarded:
        async with guarded._turn("public.test"):
            waiting = asyncio.create_task(guarded.fetch("http://public.test/"))
            await asyncio.sleep(0)
            monkeypatch.setattr(loop, "time", lambda: clock() + 1000)
            await asyncio.sleep(0)
        await waiting


async def test_a_fetch_that_is_cancelled_frees_its_turn(internet: FakeInternet) -> None:
    visited = asyncio.Event()

    async def silent_page(writer: asyncio.StreamWriter) -> None:
        visited.set()
        await silent(writer)

    internet.pages["/silent"] = silent_page
    async with internet.fetcher(FetchLimits(at_once=1)) as guarded:
        waiting = asyncio.create_task(guarded.fetch("http://public.test/silent"))
        await visited.wait()
        waiting.cancel()
        await guarded.fetch("http://public.test/")
        with pytest.raises(asyncio.CancelledError):
            await waiting


@pytest.mark.parametrize(
    "limits", [{"total": 0}, {"page_size": 0}, {"redirects": 0}, {"at_once": -1}]
)
def test_limits_that_let_nothing_through_are_refused(limits: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must be positive"):
        FetchLimits(**limits)


# From here on: a real web server on loopback, as in an operator's own network.
