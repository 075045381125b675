"""Sites that reserve their pages, and people who answer for taking them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.bot.cli.running import KURSK, Beleg


class Site:
    """A web site on this machine: answers by path, and remembers what it was asked."""

    def __init__(self) -> None:
        self.files = {"/1": KURSK, "/2": KURSK.replace("8.000", "9.000")}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                text = site.files.get(self.path)
                self.send_response(404 if text is None else 200)
                self.send_header("Content-Type", "text/plain; charset=utf-8")
                self.end_headers()
                self.wfile.write((text or "").encode())

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"

    def at(self, path: str) -> str:
        return f"http://{self.host}{path}"


@pytest.fixture
def site(environment: dict[str, str]) -> Iterator[Site]:
    site = Site()
    environment["BELEG_FETCH_ALLOW"] = site.host
    yield site
    site.server.shutdown()
    site.server.server_close()


DISALLOW = "User-agent: *\nDisallow: /\n"


def test_what_a_site_forbids_is_refused_with_rule_and_way_out(beleg: Beleg, site: Site) -> None:
    site.files["/robots.txt"] = DISALLOW
    result = beleg("add", site.at("/1"))
    assert result.code == 1
    for words in ("127.0.0.1", "robots.txt", "Disallow: /", "beleg permit 127.0.0.1"):
        assert words in result.err
    assert site.asked == ["/robots.txt"]
    assert "Disallow: /" in beleg("--language", "en", "add", site.at("/1")).err


def test_why_a_site_could_not_be_asked_is_a_sentence(beleg: Beleg, site: Site) -> None:
    address = site.at("/")
    site.server.shutdown()
    site.server.server_close()
    entered = beleg("permit", address, "--reason", "Mail der Redaktion")
    assert entered.code == 0
    for shown in (entered.out, beleg("permit").out):
        assert "Ich bekomme keine Verbindung zu 127.0.0.1." in shown
        assert "connection_failed" not in shown
    (record,) = beleg("permit", "--json").json()
    assert record["stated"] == "connection_failed"


def test_an_override_is_entered_with_who_when_why_and_against_what(
    beleg: Beleg, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "ada")
    site.files["/robots.txt"] = DISALLOW
    entered = beleg("permit", site.at("/"), "--reason", "Mail der Redaktion")
    assert entered.code == 0
    assert "Disallow: /" in entered.out
    (record,) = beleg("permit", "--json").json()
    assert record.pop("at").startswith("20")
    assert record == {
        "host": "127.0.0.1",
        "by": "ada",
        "reason": "Mail der Redaktion",
        "stated": "Disallow: /",
    }
    assert "ada · Mail der Redaktion" in beleg("permit", "--list").out
    assert "ada im Terminal · Vorbehalt von 127.0.0.1 übergangen" in beleg("audit").out
    assert beleg("add", site.at("/1")).code == 0


def test_an_override_holds_in_its_collection_alone_and_until_it_is_removed(
    beleg: Beleg, site: Site
) -> None:
    site.files["/robots.txt"] = DISALLOW
    beleg("permit", site.at("/"), "--reason", "Absprache")
    assert beleg("--corpus", "other", "add", site.at("/1")).code == 1
    assert beleg("--corpus", "other", "permit").out == ""
    assert beleg(
        "permit", "--remove", "127.0.0.1", "--json", BELEG_FETCH_ALLOW="127.0.0.1:443"
    ).json() == {
        "outcome": "removed",
        "host": "127.0.0.1",
    }
    assert "Vorbehalt von 127.0.0.1 gilt wieder" in beleg("audit").out
    assert beleg("add", site.at("/1")).code == 1


def test_an_override_can_be_given_while_adding(beleg: Beleg, site: Site) -> None:
    site.files["/robots.txt"] = DISALLOW
    added = beleg("add", site.at("/1"), "--override", "Absprache", "--json")
    assert added.code == 0
    (record,) = beleg("permit", "--json").json()
    assert (record["reason"], record["stated"]) == ("Absprache", "Disallow: /")
    assert beleg("add", site.at("/2")).code == 0


def test_nothing_is_entered_where_nothing_was_reserved(beleg: Beleg, site: Site) -> None:
    assert beleg("add", site.at("/1"), "--override", "Absprache").code == 0
    assert beleg("permit", "--json").json() == []


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["example.org"], 2),
        (["example.org", "--reason", " "], 2),
        (["--reason", "x"], 2),
        (["--remove"], 2),
        (["example.org", "--remove"], 1),
        (["nicht gültig", "--reason", "x"], 1),
        (["10.0.0.1", "--reason", "x"], 1),
    ],
)
def test_what_cannot_be_entered_is_said(beleg: Beleg, argv: list[str], code: int) -> None:
    result = beleg("permit", *argv)
    assert (result.code, result.out) == (code, "")
    assert result.err.strip()


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://nas.lan/", "http://public.test:81/"])
def test_an_operator_is_told_how_to_allow_the_own_network(beleg: Beleg, url: str) -> None:
    assert "BELEG_FETCH_ALLOW" in beleg("add", url).err
    assert "BELEG_FETCH_ALLOW" not in beleg("add", "ftp://example.org/").err
