from __future__ import annotations

import pytest
from lxml import html

from index.style_sheets import StyleSheets


def colour(css: str, body: str = "<p id=x class='a b' data-k=v>x</p>", attribute: str = "") -> str:
    """Return the colour declared for the element "x"."""
    page = f"<html><head><style{attribute}>{css}</style></head><body>{body}</body></html>"
    tree = html.document_fromstring(page)
    return StyleSheets(tree).style_of(tree.get_element_by_id("x")).get("color", "")


@pytest.mark.parametrize(
    "selector",
    [
        *("p", "*", ".a", "#x", "p.a", ".a.b", "p#x.b", "body p", "body > .a", "html body .b"),
        *("[data-k]", "[data-k=v]", "p:first-child", "p:not(.c)", "h1, p", ":is(p, h1)"),
    ],
)
def test_a_rule_holds_for_what_its_selector_names(selector: str) -> None:
    assert colour(f"{selector} {{ color: red }}") == "red"


@pytest.mark.parametrize(
    "selector",
    [
        *(
            "h1",
            ".c",
            "#y",
            "div.a",
            "div p",
            "p > .a",
            ".a .b",
            "p:hover",
            "p::before",
            "p:not(.a)",
        ),
        *("p:nonsense", "p{", "(", "..a", "@font-face", "p" * 600),
    ],
)
def test_no_rule_holds_for_what_its_selector_does_not_name(selector: str) -> None:
    assert colour(f"{selector} {{ color: red }}") == ""


@pytest.mark.parametrize(
    ("css", "body", "expected"),
    [
        (".a{color:red} .b{color:blue}", "", "blue"),
        (".a{color:red} p{color:blue}", "", "red"),
        ("#x{color:red} .a.b{color:blue}", "", "red"),
        (".a.b{color:red} .a{color:blue}", "", "red"),
        ("body p.a{color:red} .a{color:blue}", "", "red"),
        (".a{color:red !important} #x{color:blue}", "", "red"),
        (".a{color:red} /* .b{color:blue} */", "", "red"),
        (".a{color:red}", "<p id=x class=a style='color: blue'>x</p>", "blue"),
        (".a{color:red!important}", "<p id=x class=a style='color: blue'>x</p>", "red"),
        (".a{color:red!important}", "<p id=x class=a style='color: blue!important'>x</p>", "blue"),
    ],
)
def test_of_two_rules_the_one_counts_that_a_browser_takes(
    css: str, body: str, expected: str
) -> None:
    assert (colour(css, body) if body else colour(css)) == expected


@pytest.mark.parametrize(
    ("css", "holds"),
    [
        ("@media screen{.a{color:red}}", True),
        ("@media (min-width: 800px){.a{color:red}}", True),
        ("@media (min-width: 60em) and (max-width: 90em){.a{color:red}}", True),
        ("@media print, screen{.a{color:red}}", True),
        ("@supports (display: grid){@media all{.a{color:red}}}", True),
        ("@layer base{.a{color:red}}", True),
        ("@charset 'utf-8';.a{color:red}", True),
        ("@media (width >= 600px){.a{color:red}}", True),
        ("@media (600px < width <= 90em){.a{color:red}}", True),
        ("@media (width < 600px){.a{color:red}}", False),
        ("@media (1400px <= width){.a{color:red}}", False),
        (".a{color:red", True),
        ("@media print{.a{color:red}}", False),
        ("@media (max-width: 600px){.a{color:red}}", False),
        ("@media (min-width: 2000px){.a{color:red}}", False),
        ("@media (prefers-color-scheme: dark){.a{color:red}}", False),
        ("@keyframes in{.a{color:red}}", False),
        ("@media screen{", False),
    ],
)
def test_a_query_holds_on_a_screen_of_usual_width(css: str, holds: bool) -> None:
    assert colour(css) == ("red" if holds else "")


def test_sheets_for_printers_and_for_browsers_without_scripts_do_not_count() -> None:
    assert colour(".a{color:red}", attribute=" media=print") == ""
    assert colour(".a{color:red}", attribute=" media='screen, print'") == "red"
    noscript = "<noscript><style>.a{color:red}</style></noscript><p id=x class=a>x</p>"
    assert colour("", noscript) == ""


@pytest.mark.parametrize(
    ("css", "holds"),
    [
        ("body{margin:0;.a{color:red}}", True),
        (".a{&.b{color:red}}", True),
        (".a{@media screen{color:red}}", True),
        ("h1,body{.c,.a{color:red}}", True),
        (".c{.a{color:red}}", False),
        (".a{.c{color:red}}", False),
        ("@scope (body){.a{color:red}}", True),
        ("@scope (.c){.a{color:red}}", False),
    ],
)
def test_a_rule_within_a_rule_holds_for_what_both_name(css: str, holds: bool) -> None:
    assert colour(css) == ("red" if holds else "")


@pytest.mark.parametrize(
    "css",
    [
        ".c::before{content:'}'}.a{color:red}",
        "<!-- .a{color:red} -->",
        ".\\61{color:red}",
        ".a{c\\6f lor:red}",
        ":root{--ink:red}.a{color:var(--ink)}",
        ":root{--ink:var(--deep)}body{--deep:red}.a{color:var( --ink )}",
        ".a{color:var(--absent, red)}",
        "@import url('data:text/css,.a%7Bcolor:red%7D');",
        "@import 'data:text/css;base64,LmF7Y29sb3I6cmVkfQ==';",
    ],
)
def test_no_spelling_hides_a_rule(css: str) -> None:
    assert colour(css) == "red"


def test_a_sheet_may_be_the_address_of_a_link() -> None:
    body = "<link rel=stylesheet href='{}'><p id=x class=a>x</p>"
    assert colour("", body.format("data:text/css,.a{color:red}")) == "red"
    assert colour("", body.format("https://sheets.test/.a{color:red}")) == ""
    assert colour("", body.format("data:text/css;base64,?")) == ""


def test_variables_that_grow_without_end_stop() -> None:
    grow = ";".join(f"--v{i}:var(--v{i + 1}) var(--v{i + 1}) var(--v{i + 1})" for i in range(40))
    assert len(colour(f":root{{{grow}}}.a{{color:var(--v0)}}")) < 50_000
