"""What pages and sites state about mining, finding and quoting."""

import json

import pytest

from index.reservations import Stated, TdmRule, read_stated, read_tdm_file

NEWS = "https://public.test/news/1"


def tdm(*rules: object) -> TdmRule | None:
    return read_tdm_file(json.dumps(rules).encode()).rule_for(NEWS)


def rule(location: object, value: object) -> dict[str, object]:
    return {"location": location, "tdm-reservation": value}


def of_html(html: str, headers: dict[str, str] | None = None) -> Stated:
    return read_stated(headers or {}, html.encode(), "text/html")


def of_header(line: str) -> Stated:
    return read_stated({"x-robots-tag": line})


def test_the_first_rule_of_the_file_that_fits_counts() -> None:
    assert tdm(rule("/", 1)) == TdmRule(reserved=True, text="tdmrep.json: /, tdm-reservation: 1")
    assert tdm(rule("/x", 1), rule("/news/*", 0), rule("/", 1)) == TdmRule(
        reserved=False, text="tdmrep.json: /news/*, tdm-reservation: 0"
    )
    assert tdm(rule("/news/1$", 1)) is not None
    assert tdm(rule("/news$", 1), rule("/x", 1)) is None


@pytest.mark.parametrize(
    "broken",
    [
        rule("/", 2),
        {**rule("/", 1), "tdm-reservation": True},
        rule("/", None),
        rule("/", "yes"),
        rule("/", [1]),
        rule(None, 1),
        rule(7, 1),
        rule("", 1),
        rule("/x\nDisallow: /", 1),
        {"location": "/"},
        {"tdm-reservation": 1},
        [],
        "/",
        None,
    ],
)
def test_a_broken_rule_states_nothing(broken: object) -> None:
    assert tdm(broken) is None
    assert tdm(broken, rule("/", 0)) == TdmRule(
        reserved=False, text="tdmrep.json: /, tdm-reservation: 0"
    )


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>", b"[" * 100_000, b'{"location": "/", "tdm-reservation": 1}', b"\xff\xfe", b"1"],
)
def test_a_broken_file_states_nothing(content: bytes) -> None:
    assert read_tdm_file(content).rule_for(NEWS) is None


@pytest.mark.parametrize(
    ("value", "reserved"),
    [("1", True), ("0", False), (" 1 ", True), ("0\n1", True), ("0, 1", True)],
)
def test_the_header_states_a_reservation(value: str, reserved: bool) -> None:
    stated = read_stated({"tdm-reservation": value}).tdm
    assert stated == TdmRule(reserved, f"HTTP: tdm-reservation: {reserved:d}")


@pytest.mark.parametrize("value", ["", "2", "yes", "true", "1;", "-1", "01"])
def test_a_broken_header_or_element_states_nothing(value: str) -> None:
    assert read_stated({"tdm-reservation": value}).tdm is None
    assert of_html(f'<meta name="tdm-reservation" content="{value}">').tdm is None


def test_the_html_outranks_the_header_unless_it_is_broken() -> None:
    html = '<meta name="tdm-reservation" content="{}">'
    for value, reserved in (("0", False), ("1", True)):
        for header in ("0", "1"):
            found = of_html(html.format(value), {"tdm-reservation": header}).tdm
            assert found == TdmRule(reserved, f"HTML: tdm-reservation: {value}")
    found = of_html(html.format("maybe"), {"tdm-reservation": "1"}).tdm
    assert found == TdmRule(reserved=True, text="HTTP: tdm-reservation: 1")


@pytest.mark.parametrize(
    "element",
    [
        '<meta name="robots" content="noai">',
        "<META NAME=ROBOTS CONTENT=NOAI />",
        "<meta content='index, NoAI , follow' name='robots'>",
        '<meta data-x="a > b"><meta\nname = "beleg"\ncontent="noai">',
        '<meta name="robots" content="&#110;oai">',
        '<meta name="robots" content="max-snippet:5,noai">',
        '</head><body><meta name="robots" content="noai">',
        '<script>"<meta name=robots>"</script><meta name="robots" content="noai">',
    ],
)
def test_no_ai_is_read_from_the_html_however_it_is_written(element: str) -> None:
    assert of_html(f"<!doctype html><html><head>{element}").no_ai is not None


@pytest.mark.parametrize(
    "html",
    [
        '<!-- <meta name="robots" content="noai"> -->',
        '<!-- <meta name="robots" content="noai">',
        '<script>document.write("<meta name=robots content=noai>")</script>',
        '<template><meta name="robots" content="noai"></template>',
        '<meta name="googlebot" content="noai">',
        '<meta name="keywords" content="noai, noindex">',
        '<meta name="robots" content="noimageai, noarchive, nofollow, index">',
        '<meta name="robots" content="otherbot: noai, noindex">',
        '<meta property="robots" content="noai">',
        "<p>noai</p>",
    ],
)
def test_what_is_no_directive_for_us_is_none(html: str) -> None:
    assert of_html(html) == Stated()


def test_elements_are_looked_for_in_html_only() -> None:
    element = b'<meta name="robots" content="noai">'
    assert read_stated({}, element, "text/plain") == Stated()
    assert read_stated({}, element, "application/xhtml+xml").no_ai is not None
    assert read_stated({}, element.decode().encode("utf-16"), "text/html").no_ai is not None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("noai", Stated(no_ai="X-Robots-Tag: noai")),
        ("nofollow\nNoAI", Stated(no_ai="X-Robots-Tag: noai")),
        ("noindex, nofollow", Stated(no_index="X-Robots-Tag: noindex")),
        ("none", Stated(no_index="X-Robots-Tag: none")),
        ("beleg: noindex", Stated(no_index="X-Robots-Tag: noindex")),
        ("otherbot: nofollow\nnoai", Stated(no_ai="X-Robots-Tag: noai")),
        ("otherbot: noai, beleg: none", Stated(no_index="X-Robots-Tag: none")),
        ("otherbot: noai, noindex, nosnippet", Stated()),
        (
            "unavailable_after: Wed, 25 Jun 2031 15:00:00 GMT, noai",
            Stated(no_ai="X-Robots-Tag: noai"),
        ),
        ("all", Stated()),
        ("nosnippet", Stated(max_snippet=0)),
        ("max-snippet:0", Stated(max_snippet=0)),
        ("max-snippet: 150, max-image-preview: large", Stated(max_snippet=150)),
        ("max-snippet:-1", Stated()),
        ("max-snippet:all", Stated()),
        ("max-snippet:50\nmax-snippet:20\nmax-snippet:-1", Stated(max_snippet=20)),
        ("otherbot: max-snippet:0", Stated()),
        ("beleg: max-snippet:7", Stated(max_snippet=7)),
    ],
)
def test_directives_in_the_header(line: str, expected: Stated) -> None:
    assert of_header(line) == expected


def test_the_strictest_of_header_and_html_counts() -> None:
    html = '<meta name="robots" content="max-snippet:90"><meta name="beleg" content="noindex">'
    assert of_html(html, {"x-robots-tag": "max-snippet:200, noai"}) == Stated(
        no_ai="X-Robots-Tag: noai", no_index='meta name="beleg": noindex', max_snippet=90
    )


@pytest.mark.parametrize(
    ("usage", "refused"),
    [("search=n", True), ("train-ai=n, search=n", True), ("train-ai=n", False)],
)
def test_a_usage_header_may_forbid_search(usage: str, refused: bool) -> None:
    assert (read_stated({"content-usage": usage}).no_index is not None) is refused


@pytest.mark.parametrize(
    "html",
    [
        "<meta " * 200_000,
        "<meta " + "a" * 2_000_000,
        "<meta " + 'a="' * 500_000,
        "<meta name=" + " " * 1_000_000,
        "<!--" * 300_000,
        "<script" * 200_000,
        "</script" * 200_000,
    ],
)
def test_a_page_of_millions_of_beginnings_is_read_to_its_end(html: str) -> None:
    assert of_html(html) == Stated()
