"""What a reader of a page sees is in its text, and what is hidden from them is not."""

from __future__ import annotations

import pytest

from tests.index.news_page import BODY, extract, page

SECRET = "Dieser Satz steht nur für Maschinen da und darf niemals als Zitat erscheinen, bitte sehr."


@pytest.mark.parametrize(
    ("inside", "head"),
    [
        (f"<p hidden>{SECRET}</p>", ""),
        (f"<p style='display:none'>{SECRET}</p>", ""),
        (f"<p style='DISPLAY : NONE !important'>{SECRET}</p>", ""),
        (f"<div style='visibility:hidden'><p>{SECRET}</p></div>", ""),
        (f"<p style='font-size:0'>{SECRET}</p>", ""),
        (f"<p style='font-size:0.1px'>{SECRET}</p>", ""),
        (f"<p style='opacity:0'>{SECRET}</p>", ""),
        (f"<p style='position:absolute;left:-9999px'>{SECRET}</p>", ""),
        (f"<p style='position:fixed;top:-200em'>{SECRET}</p>".replace("-200em", "-2000em"), ""),
        (f"<p style='text-indent:-9999px'>{SECRET}</p>", ""),
        (f"<p style='clip:rect(0,0,0,0);position:absolute'>{SECRET}</p>", ""),
        (f"<p style='clip-path:inset(50%)'>{SECRET}</p>", ""),
        (f"<p style='height:0;overflow:hidden'>{SECRET}</p>", ""),
        (f"<p style='transform:scale(0)'>{SECRET}</p>", ""),
        (f"<p style='color:#fff'>{SECRET}</p>", ""),
        (f"<p style='color:white;background:#ffffff'>{SECRET}</p>", ""),
        (f"<p style='color:transparent'>{SECRET}</p>", ""),
        (f"<p><font color='#FFFFFF'>{SECRET}</font></p>", ""),
        (f"<p style='color:#123456;background-color:#123456'>{SECRET}</p>", ""),
        (f"<p aria-hidden=true>{SECRET}</p>", ""),
        (f"<template><p>{SECRET}</p></template>", ""),
        (f"<details><summary>Mehr</summary><p>{SECRET}</p></details>", ""),
        (f"<noscript><p>{SECRET}</p></noscript>", ""),
        (f"<!-- <p>{SECRET}</p> -->", ""),
        (f"<p class='visually-hidden'>{SECRET}</p>", ""),
        (f"<p class='x'>{SECRET}</p>", "<style>/* a */ .y, .x { display: none }</style>"),
        (f"<p id='x'>{SECRET}</p>", "<style>@media print{.y{a:b}} #x{font-size:0}</style>"),
        (f"<div popover><p>{SECRET}</p></div>", ""),
        (f"<noframes><p>{SECRET}</p></noframes>", ""),
        (f"<p style='font-size:2px'>{SECRET}</p>", ""),
        (f"<p style='font-size:calc(0px)'>{SECRET}</p>", ""),
        (f"<p style='color:oklch(100% 0 0)'>{SECRET}</p>", ""),
        (f"<p class='x'>{SECRET}</p>", "<style>:root{--a:#fff}.x{color:var(--a)}</style>"),
        (f"<p class='a x'>{SECRET}</p>", "<style>p.x{position:absolute;left:-9999px}</style>"),
    ],
)
def test_what_no_reader_sees_is_not_in_the_text(inside: str, head: str) -> None:
    assert extract(page(inside, head)).text == BODY


@pytest.mark.parametrize(
    ("attributes", "head"),
    [
        ("style='color:#fff;background:#000'", ""),
        ("style='font-size:12px;left:0;opacity:.9'", ""),
        ("class='x'", "<style>@media print{.x{display:none}}</style>"),
        ("class='x'", "<style>.x{display:none} .x{display:block}</style>"),
        ("class='x'", "<style>.closed .x{display:none}</style>"),
        ("class='x'", "<style>.x{opacity:0;transition:opacity 1s}</style>"),
        ("class='hidden md:block'", "<style>.hidden{display:none}</style>"),
    ],
)
def test_what_a_reader_sees_stays(attributes: str, head: str) -> None:
    shown = SECRET.replace("niemals", "gern")
    assert shown in extract(page(f"<p {attributes}>{shown}</p>", head)).text


@pytest.mark.parametrize(
    ("root", "child", "is_shown"),
    [
        ("<p>Schatten.</p>", "<p>{}</p>", False),
        ("<p>Schatten.</p>", "{}", False),
        ("<slot></slot>", "<p>{}</p>", True),
        ("<slot name=a></slot>", "<p>{}</p>", False),
        ("<slot name=a></slot>", "<p slot=a>{}</p>", True),
    ],
)
def test_in_an_element_with_a_shadow_root_is_seen_what_has_a_slot(
    root: str, child: str, *, is_shown: bool
) -> None:
    words = SECRET.replace("niemals", "gern")
    inside = f"<div><template shadowrootmode=open>{root}</template>{child.format(words)}</div>"
    assert (words in extract(page(inside)).text) is is_shown


SHOWN = SECRET.replace("niemals", "gern")


@pytest.mark.parametrize(
    "root",
    [
        f"<p>{SHOWN}</p>",
        f"<style>:host{{display:block}} p{{color:#111}}</style><p>{SHOWN}</p>",
        f"<section><slot name=a><p>{SHOWN}</p></slot></section>",
        f"<div><template shadowrootmode=closed><p>{SHOWN}</p></template></div>",
        f"<div><template shadowrootmode=open><slot></slot></template><p>{SHOWN}</p></div>",
    ],
)
def test_what_is_seen_in_a_shadow_root_is_in_the_text(root: str) -> None:
    inside = f"<x-text><template shadowrootmode=OPEN>{root}</template></x-text>"
    assert SHOWN in extract(page(inside)).text


def rooted(root: str, children: str = "", attributes: str = "") -> str:
    """An element with a shadow root."""
    template = f"<template shadowrootmode=open>{root}</template>"
    return f"<div {attributes}>{template}{children}</div>"


@pytest.mark.parametrize(
    "inside",
    [
        rooted(f"<p hidden>{SECRET}</p>"),
        rooted(f"<style>p{{display:none}}</style><p>{SECRET}</p>"),
        rooted(f"<style>:host{{display:none}}</style><p>{SECRET}</p>"),
        rooted("<style>:host(.x){opacity:0}</style><slot></slot>", f"<p>{SECRET}</p>", "class=x"),
        rooted("<style>::slotted(p){display:none}</style><slot></slot>", f"<p>{SECRET}</p>"),
        rooted("<style>slot{display:none}</style><slot></slot>", f"<p>{SECRET}</p>"),
        rooted(f"<slot><p>{SECRET}</p></slot>", "Kind"),
        rooted(f"<p>{SECRET}</p>", attributes="hidden"),
        rooted("", f"<template shadowrootmode=open><p>{SECRET}</p></template>"),
        f"<ul><template shadowrootmode=open><li>{SECRET}</li></template></ul>",
        f"<div><template shadowrootmode=wide><p>{SECRET}</p></template></div>",
        "<style>.x{display:block!important}</style>"
        + rooted(f"<style>.x{{display:none}}</style><p class=x>{SECRET}</p>"),
    ],
)
def test_what_is_hidden_in_a_shadow_root_or_by_its_styles_is_not_in_the_text(inside: str) -> None:
    assert SECRET not in extract(page(inside)).text


def test_styles_in_a_shadow_root_hide_nothing_outside_of_it() -> None:
    root = "<template shadowrootmode=open><style>p{display:none}</style><slot></slot></template>"
    inside = f"<div>{root}<p>{SHOWN}</p></div>"
    text = extract(page(inside)).text
    assert SHOWN in text
    assert BODY in text.replace(f"\n\n{SHOWN}", "")


def test_many_shadow_roots_within_one_another_come_to_an_end() -> None:
    depth = 120
    opened = "<div><template shadowrootmode=open><slot></slot>" * depth
    text = extract(page(f"{opened}<p>{SHOWN}</p>{'</template></div>' * depth}")).text
    assert SHOWN in text


def test_invisible_characters_and_commands_do_not_survive_but_footnotes_do() -> None:
    inside = f"<p>{SECRET.replace('Satz', 'S&shy;a&#8203;tz&#x202e;')} Siehe [3] und **das**.</p>"
    text = extract(page(inside)).text
    assert f"{SECRET} Siehe [3] und **das**." in text
