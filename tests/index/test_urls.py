import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from index.errors import FetchError, SettingError
from index.urls import LONGEST_URL, Target, canonical_hosts, parse_target


def verdict(url: str, *allowed: str) -> str:
    try:
        parse_target(url, canonical_hosts(frozenset(allowed)))
    except FetchError as error:
        return error.code
    return "allowed"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.0.0.1.",
        "127.0.0.1..",
        "127.1",
        "127.1.",
        "2130706433",
        "0x7f000001",
        "0X7F000001",
        "017700000001",
        "0177.0.0.1",
        "0x7f.1",
        "0x",
        "0x.",
        "0",
        "00000",
        "1.2.3.4.5",
        "256.256.256.256",
        "99999999999999999999",
        "8.8.8.8",
        "１２７.０.０.１",
        "①②⑦.⓪.⓪.①",
        "𝟙𝟚𝟟.𝟘.𝟘.𝟙",
        "127。0。0。1",
        "127．0．0．1",
        "127｡0｡0｡1",
        "ⁱ.1",
        "%31%32%37.0.0.1",
        "127%2e0%2e0%2e1",
        "%30x7f.1",
        "foo.0x7f",
        "foo.123",
        "[::1]",
        "[::]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::]",
        "[fe80::1%25eth0]",
        "[fe80::1%lo]",
        "[::1%251]",
        "[2606:4700::1111]",
        "[::1",
        "[]",
        "[v1.x]",
        "[localhost]",
        "[127.0.0.1]",
        "[::1\x00]",
    ],
)
def test_addresses_in_any_notation_are_refused_as_literals(host: str) -> None:
    assert verdict(f"http://{host}/") == "ip_literal_refused"


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST",
        "localhost.",
        "foo.localhost",
        "a.b.localhost",
        "router",
        "metadata",
        "wiki.local",
        "intranet.internal",
        "metadata.google.internal",
        "nas.lan",
        "x.home.arpa",
        "x.home",
        "x.corp",
        "x.intranet",
        "x.private",
        "x.invalid",
        "x.localdomain",
        "localhost.localdomain",
        "abc.onion",
        "abc.i2p",
        "x.alt",
        "ＬＯＣＡＬＨＯＳＴ",
        "foo.ｌｏｃａｌ",
        "1.0.0.127.in-addr.arpa",
        "com",
    ],
)
def test_names_of_machines_nearby_are_refused_without_a_look_up(host: str) -> None:
    assert verdict(f"https://{host}/") == "address_blocked"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "public.test",
        "www.public.test/artikel",
        "//public.test/",
        "/artikel",
        "?x",
        "http:",
        "http:/",
        "http://",
        "http:public.test/",
        "http:/public.test/",
        "http:///public.test/",
        "http:\\\\public.test/",
        "http:/\\public.test/",
        "http://\\public.test/",
        "http://public.test\\@127.0.0.1/",
        "http://public.test\\.evil.test/",
        " http://public.test/",
        "\thttp://public.test/",
        "\x00http://public.test/",
        "ht\ttp://public.test/",
        "http\n://public.test/",
        "http://public.test\t/",
        "http://pub\nlic.test/",
        "http://public.test\r\nHost: evil.test/",
        "http://public.test/\r\nX: y",
        "http://public.test/a\x00b",
        "http://public.test/a%0d%0aX:%20y",
        "http://public.test/%00",
        "http://public.test/?a=%0A",
        "http://public.test/\x7f",
        "http://public.test/\x85",
        "http://public.test/\ud800",
        "http://public.test:80a/",
        "http://public.test:-80/",
        "http://public.test:+80/",
        "http://public.test:8 0/",
        "http://public.test:８０/",
        "http://public.test:80:80/",
        "http://public.test:000000080/",
        "http://:80/",
        "http://./",
        "http://../",
        "http://.public.test/",
        "http://public..test/",
        "http://public.test../",
        "http://-public.test/",
        "http://public-.test/",
        "http://public test/",
        "http://public.test /",
        "http://pub%6cic.test/",
        "http://%00/",
        "http://%zz.test/",
        "http://public.test%2f.evil.test/",
        "http://public.test%00.evil.test/",
        "http://public.test%23.evil.test/",
        "http://a*b.test/",
        "http://a!b.test/",
        "http://a'b.test/",
        "http://a;b.test/",
        "http://<script>.test/",
        "http://public.test]/",
        "http://a[::1]/",
        "http://[::1]a/",
        "http://[::1]./",
        "http://[::1]a:80/",
        "http://::1/",
        "http://public\u200b.test/",  # zero width space
        "http://public\u00ad.test/",  # soft hyphen
        "http://public\u2060.test/",  # word joiner
        "http://public\ufe0f.test/",  # variation selector
        "http://public\u202e.test/",  # right to left override
        "http://public.test\uff0fevil.test/",  # full-width solidus
        "http://public.test\uff03evil.test/",  # full-width number sign
        "http://user\uff20evil.test/",  # full-width at
        "http://public.test\uff1a22/",  # full-width colon
        "http://\u2100.test/",  # maps to a/c
        "http://public.test\u2024evil.test\u2488/",  # maps to signs that no name has
        "http://☃.test/",
        "http://١٢٧.٠.٠.١/",  # digits, but no address to anybody
        "http://a\u0300\u0301\ud800.test/",
        "http://xn--\u00fc.test/",
        "http://" + "a" * 64 + ".test/",
        "http://" + "ü" * 64 + ".test/",
        "http://" + "a." * 126 + "test/",
        "http://public.test/" + "a" * LONGEST_URL,
        "http://" + "a" * 100_000,
    ],
)
def test_what_is_no_web_address_is_refused(url: str) -> None:
    assert verdict(url) == "url_invalid"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "gopher://127.0.0.1:6379/_INFO",
        "ftp://public.test/",
        "dict://127.0.0.1/",
        "unix:///run/docker.sock",
        "http+unix://%2Frun%2Fdocker.sock/info",
        "data:text/html,hi",
        "javascript:alert(1)",
        "jar:http://127.0.0.1!/",
        "ws://public.test/",
        "wss://public.test/",
        "ldap://public.test/",
        "mailto:a@public.test",
        "view-source:http://public.test/",
        "feed:http://public.test/",
        "about:blank",
        "httpx://public.test/",
        "s3://bucket/",
        "blob:http://x/",
    ],
)
def test_only_http_and_https_are_fetched(url: str) -> None:
    assert verdict(url) == "scheme_not_allowed"


@pytest.mark.parametrize(
    "url",
    [
        "http://user@public.test/",
        "http://user:pass@public.test/",
        "http://@public.test/",
        "http://:@x.test/",
        "http://127.0.0.1@public.test/",
        "http://public.test@127.0.0.1/",
        "http://public.test%2f@127.0.0.1/",
        "http://a@b@public.test/",
        "http://public.test:80@127.0.0.1:22/",
        "http://user@[::1]/",
    ],
)
def test_user_names_are_refused(url: str) -> None:
    assert verdict(url) == "userinfo_not_allowed"


@pytest.mark.parametrize("port", [0, 1, 21, 22, 25, 81, 444, 6379, 8080, 8443, 65535, 65536, 99999])
def test_ports_other_than_those_of_the_web_are_refused(port: int) -> None:
    assert verdict(f"http://public.test:{port}/") == "port_not_allowed"
    assert verdict(f"http://127.0.0.1:{port}/") == "port_not_allowed"


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("http://public.test", "http://public.test/"),
        ("HTTP://Public.TEST:80/A?b=C#d", "http://public.test/A?b=C"),
        ("https://public.test.:443/", "https://public.test/"),
        ("https://public.test:80/", "https://public.test:80/"),
        ("http://public.test:/x", "http://public.test/x"),
        ("http://public.test:0080/x", "http://public.test/x"),
        ("http://public.test?x=1", "http://public.test/?x=1"),
        ("http://public.test#@127.0.0.1/", "http://public.test/"),
        ("http://public.test:80#@127.0.0.1:22/", "http://public.test/"),
        ("http://public.test/@127.0.0.1/", "http://public.test/@127.0.0.1/"),
        ("http://public.test/a b/ü?q=ä", "http://public.test/a%20b/%C3%BC?q=%C3%A4"),
        ("http://public.test/a\\b", "http://public.test/a%5Cb"),
        ("http://public.test/a/../b/./c", "http://public.test/b/c"),
        ("https://archive.test/web/https://private/", "https://archive.test/web/https://private/"),
        ("https://faß.test/", "https://xn--fa-hia.test/"),
        ("https://fass.test/", "https://fass.test/"),
        ("https://MÜLLER.test/", "https://xn--mller-kva.test/"),
        ("https://xn--mller-kva.test/", "https://xn--mller-kva.test/"),
        ("https://ｐｕｂｌｉｃ.test/", "https://public.test/"),
        ("https://пример.test/", "https://xn--e1afmkfd.test/"),
        ("https://with_underscore.test/", "https://with_underscore.test/"),
        ("https://127.0.0.1.nip.test/", "https://127.0.0.1.nip.test/"),
    ],
)
def test_one_address_has_one_text(url: str, text: str) -> None:
    assert parse_target(url).text == text


@given(st.text(alphabet=st.sampled_from(list("htps:/.@#?[]%\\1270x-aü１。\t\0 ")), max_size=40))
def test_no_input_raises_anything_else_and_what_passes_is_what_aiohttp_dials(tail: str) -> None:
    for url in (tail, "http://" + tail):
        if verdict(url) == "allowed":
            target = parse_target(url)
            again = URL(target.text)
            assert (again.raw_host, again.port) == (target.host, target.port)
            assert again.user is None
            assert parse_target(target.text) == target
            with pytest.raises(OSError, match=r"."):
                socket.inet_aton(target.host)


@pytest.mark.parametrize(
    ("entry", "url", "exempt"),
    [
        ("127.0.0.1:8080", "http://127.0.0.1:8080/x", True),
        ("127.0.0.1:8080", "http://127.0.0.1:8081/x", False),
        ("127.0.0.1:8080", "http://127.0.0.1/x", False),
        ("127.0.0.1:8080", "http://2130706433:8080/", False),
        ("127.0.0.1:8080", "http://127.1:8080/", False),
        ("127.0.0.1", "http://127.0.0.1:9999/", True),
        ("127.0.0.1:80", "http://127.0.0.1/", True),
        ("wiki.lan:443", "https://wiki.lan/", True),
        ("wiki.lan:443", "http://wiki.lan/", False),
        ("Wiki.LAN.", "http://wiki.lan:8080/", True),
        ("wiki", "http://WIKI./", True),
        ("müller.lan", "http://xn--mller-kva.lan/", True),
        ("[::1]:8080", "http://[0:0::1]:8080/", True),
        ("[::1]:8080", "http://[::1]/", False),
        ("news.lan", "http://news.lan.evil.test/", False),
        ("news.lan", "http://evil.news.lan/", False),
        ("news.lan", "http://evilnews.lan/", False),
    ],
)
def test_the_operator_exempts_a_host_and_no_other(entry: str, url: str, exempt: bool) -> None:
    try:
        target = parse_target(url, canonical_hosts(frozenset({entry})))
    except FetchError:
        assert not exempt
    else:
        assert target.exempt is exempt


def test_an_exempt_host_keeps_all_other_rules() -> None:
    assert verdict("http://user@wiki.lan/", "wiki.lan") == "userinfo_not_allowed"
    assert verdict("file://wiki.lan/x", "wiki.lan") == "scheme_not_allowed"
    assert verdict("http://wiki.lan/\0", "wiki.lan") == "url_invalid"
    assert verdict("http://wiki.lan:99999/", "wiki.lan") == "url_invalid"


@pytest.mark.parametrize(
    "entry", ["", "http://wiki.lan", "wiki.lan/x", "a@b", "wiki.lan:x", "*.lan", "[fe80::1%eth0]"]
)
def test_an_entry_that_is_no_host_is_a_setting_error(entry: str) -> None:
    with pytest.raises(SettingError, match="fetch_allow"):
        canonical_hosts(frozenset({entry}))


def test_errors_hold_the_host_and_nothing_else_of_the_address() -> None:
    for url in ("http://public.test:22/secret?token=1", "http://nas.lan/secret"):
        with pytest.raises(FetchError) as caught:
            parse_target(url)
        assert "secret" not in str(caught.value)
        assert "token" not in str(caught.value)


def test_what_is_no_name_is_not_named_in_errors() -> None:
    for url in ("http://<@1>.1:22/", "http://<@everyone>/", "http://x\n.1/", "http://[<b>]/"):
        with pytest.raises(FetchError) as caught:
            parse_target(url.replace("@", ""))
        assert caught.value.details == {"host": ""}


def test_a_target_is_a_value() -> None:
    first, second = parse_target("http://A.test/"), parse_target("http://a.test:80/#x")
    assert isinstance(first, Target)
    assert first == second
