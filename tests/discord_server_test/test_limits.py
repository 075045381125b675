"""Discord's limits, one by one: the last value that passes and the first that does not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.discord_server.command_rules import check_command, check_commands, tree_length
from tests.discord_server.components import check_modal
from tests.discord_server.limits import check_message
from tests.discord_server.model import COMPONENTS_V2

Json = dict[str, Any]


def button(**more: Any) -> Json:
    return {"type": 2, "style": 1, "label": "a", "custom_id": "a"} | more


def row(*components: Json) -> Json:
    return {"type": 1, "components": list(components)}


def select(**more: Any) -> Json:
    options = [{"label": "a", "value": "a"}, {"label": "b", "value": "b"}]
    return {"type": 3, "custom_id": "a", "options": options} | more


def display(text: str) -> Json:
    return {"type": 10, "content": text}


def embed(**more: Any) -> Json:
    return {"title": "a"} | more


def field(name: str = "a", value: str = "b") -> Json:
    return {"name": name, "value": value}


def text_input(**more: Any) -> Json:
    return {"type": 4, "custom_id": "a", "label": "a", "style": 1} | more


def modal(*components: Json, **more: Any) -> Json:
    return {"title": "a", "custom_id": "a", "components": list(components)} | more


def slash(name: str = "ask", *options: Json, **more: Any) -> Json:
    return {"name": name, "description": "a", "type": 1, "options": list(options)} | more


def option(name: str = "a", kind: int = 3, **more: Any) -> Json:
    return {"name": name, "description": "a", "type": kind} | more


def buttons(amount: int) -> list[Json]:
    return [button(custom_id=str(number)) for number in range(amount)]


MESSAGES: list[tuple[Json, Json]] = [
    ({"content": "a" * 2000}, {"content": "a" * 2001}),
    ({"content": "😀" * 1000}, {"content": "😀" * 1001}),
    ({"nonce": "1" * 25}, {"nonce": "1" * 26}),
    ({"embeds": [embed()] * 10}, {"embeds": [embed()] * 11}),
    ({"embeds": [embed(title="a" * 256)]}, {"embeds": [embed(title="a" * 257)]}),
    ({"embeds": [embed(description="a" * 4096)]}, {"embeds": [embed(description="a" * 4097)]}),
    (
        {"embeds": [embed(footer={"text": "a" * 2048})]},
        {"embeds": [embed(footer={"text": "a" * 2049})]},
    ),
    (
        {"embeds": [embed(author={"name": "a" * 256})]},
        {"embeds": [embed(author={"name": "a" * 257})]},
    ),
    ({"embeds": [embed(fields=[field()] * 25)]}, {"embeds": [embed(fields=[field()] * 26)]}),
    (
        {"embeds": [embed(fields=[field("a" * 256)])]},
        {"embeds": [embed(fields=[field("a" * 257)])]},
    ),
    (
        {"embeds": [embed(fields=[field("a", "a" * 1024)])]},
        {"embeds": [embed(fields=[field("a", "a" * 1025)])]},
    ),
    ({"embeds": [embed(fields=[field()])]}, {"embeds": [embed(fields=[field("a", " ")])]}),
    (
        {"embeds": [{"description": "a" * 3000}, {"description": "a" * 3000}]},
        {"embeds": [{"description": "a" * 3000}, {"description": "a" * 3001}]},
    ),
    ({"embeds": [embed(url="https://a.test")]}, {"embeds": [embed(url="ftp://a.test")]}),
    ({"embeds": [embed()]}, {"embeds": [{"color": 1}]}),
    ({"components": [row(button())] * 0}, {"components": [button()]}),
    (
        {"components": [row(*buttons(5))]},
        {"components": [row(*buttons(6))]},
    ),
    (
        {"components": [row(one) for one in buttons(5)]},
        {"components": [row(one) for one in buttons(6)]},
    ),
    (
        {"components": [row(button(label="a" * 80))]},
        {"components": [row(button(label="a" * 81))]},
    ),
    (
        {"components": [row(button(custom_id="a" * 100))]},
        {"components": [row(button(custom_id="a" * 101))]},
    ),
    ({"components": [row(*buttons(2))]}, {"components": [row(button(), button())]}),
    (
        {"components": [row(button(label="", emoji={"name": "✅"}))]},
        {"components": [row(button(label=""))]},
    ),
    (
        {"components": [row({"type": 2, "style": 5, "label": "a", "url": "https://a.test"})]},
        {"components": [row(button(style=5, url="https://a.test"))]},
    ),
    ({"components": [row(button(style=4))]}, {"components": [row(button(style=9))]}),
    ({"components": [row(select())]}, {"components": [row(select(), button(custom_id="b"))]}),
    (
        {"components": [row(select(placeholder="a" * 150))]},
        {"components": [row(select(placeholder="a" * 151))]},
    ),
    (
        {"components": [row(select(max_values=2))]},
        {"components": [row(select(max_values=3))]},
    ),
    (
        {"components": [row(select(options=[{"label": "a" * 100, "value": "a"}]))]},
        {"components": [row(select(options=[{"label": "a" * 101, "value": "a"}]))]},
    ),
    (
        {"components": [row(select())]},
        {"components": [row(select(options=[{"label": "a", "value": "a"}] * 2))]},
    ),
    ({"components": [row(select())]}, {"components": [row(select(options=[]))]}),
    ({"components": []}, {"components": [display("a")]}),
    (
        {"allowed_mentions": {"parse": ["roles"], "users": ["1"]}},
        {"allowed_mentions": {"parse": ["users"], "users": ["1"]}},
    ),
    ({"allowed_mentions": {"parse": []}}, {"allowed_mentions": {"parse": ["all"]}}),
]


@pytest.mark.parametrize(("fits", "breaks"), MESSAGES)
def test_a_message_within_the_limit_passes_and_beyond_it_does_not(fits: Json, breaks: Json) -> None:
    assert check_message(fits, flags=0) == []
    assert check_message(breaks, flags=0) != []


def container(*components: Json) -> Json:
    return {"type": 17, "components": list(components)}


NEW_COMPONENTS: list[tuple[Json, Json]] = [
    ({"components": [display("a")]}, {"components": [display("a")], "content": "a"}),
    ({"components": [display("a")]}, {"components": [display("a")], "embeds": [embed()]}),
    ({"components": [display("a" * 4000)]}, {"components": [display("a" * 4001)]}),
    (
        {"components": [container(display("a" * 2000)), display("a" * 2000)]},
        {"components": [container(display("a" * 2000)), display("a" * 2001)]},
    ),
    (
        {"components": [container(*[display("a")] * 39)]},
        {"components": [container(*[display("a")] * 40)]},
    ),
    ({"components": [container(display("a"))]}, {"components": [container(container())]}),
    ({"components": [row(button())]}, {"components": [button()]}),
    (
        {"components": [{"type": 9, "components": [display("a")], "accessory": button()}]},
        {"components": [{"type": 9, "components": [display("a")]}]},
    ),
]


@pytest.mark.parametrize(("fits", "breaks"), NEW_COMPONENTS)
def test_new_components_within_the_limit_pass_and_beyond_it_do_not(
    fits: Json, breaks: Json
) -> None:
    assert check_message(fits, flags=COMPONENTS_V2) == []
    assert check_message(breaks, flags=COMPONENTS_V2) != []


def label(component: Json, **more: Any) -> Json:
    return {"type": 18, "label": "a", "component": component} | more


PLAIN = {"type": 4, "custom_id": "a", "style": 1}
MODALS: list[tuple[Json, Json]] = [
    (modal(row(text_input()), title="a" * 45), modal(row(text_input()), title="a" * 46)),
    (
        modal(row(text_input()), custom_id="a" * 100),
        modal(row(text_input()), custom_id="a" * 101),
    ),
    (
        modal(*[row(text_input(custom_id=str(number))) for number in range(5)]),
        modal(*[row(text_input(custom_id=str(number))) for number in range(6)]),
    ),
    (modal(row(text_input())), modal()),
    (modal(row(text_input())), modal(row(button()))),
    (modal(row(text_input())), modal(button())),
    (modal(row(text_input(label="a" * 45))), modal(row(text_input(label="a" * 46)))),
    (modal(row(text_input(placeholder="a" * 100))), modal(row(text_input(placeholder="a" * 101)))),
    (modal(row(text_input(value="a" * 4000))), modal(row(text_input(value="a" * 4001)))),
    (modal(row(text_input(max_length=4000))), modal(row(text_input(max_length=4001)))),
    (
        modal(row(text_input(min_length=1, max_length=2))),
        modal(row(text_input(min_length=2, max_length=1))),
    ),
    (
        modal(row(text_input(max_length=2, value="ab"))),
        modal(row(text_input(max_length=1, value="ab"))),
    ),
    (modal(label(PLAIN, label="a" * 45)), modal(label(PLAIN, label="a" * 46))),
    (modal(label(PLAIN, description="a" * 100)), modal(label(PLAIN, description="a" * 101))),
    (modal(label(PLAIN)), modal(label(text_input()))),
    (modal(label(select())), modal(label(button()))),
    (modal(label(PLAIN), label(PLAIN | {"custom_id": "b"})), modal(label(PLAIN), label(PLAIN))),
]


@pytest.mark.parametrize(("fits", "breaks"), MODALS)
def test_a_form_within_the_limit_passes_and_beyond_it_does_not(fits: Json, breaks: Json) -> None:
    assert check_modal(fits) == []
    assert check_modal(breaks) != []


def choice(name: str = "a", value: Any = "a", **more: Any) -> Json:
    return {"name": name, "value": value} | more


GERMAN: Json = {"name_localizations": {"de": "frage"}}
COMMANDS: list[tuple[Json, Json]] = [
    (slash("a" * 32), slash("a" * 33)),
    (slash("größe-2_x"), slash("Größe")),
    (slash("हिन्दी"), slash("zwei wörter")),
    (slash("ask"), slash("ask!")),
    (slash("ask", **GERMAN), slash("ask", name_localizations={"de": "Frage"})),
    (slash("ask", **GERMAN), slash("ask", name_localizations={"deutsch": "frage"})),
    (slash(description="a" * 100), slash(description="a" * 101)),
    (slash(description="a"), slash(description="")),
    (
        slash(description_localizations={"de": "a" * 100}),
        slash(description_localizations={"de": "a" * 101}),
    ),
    (
        slash("a", *[option(f"o{number}") for number in range(25)]),
        slash("a", *[option(f"o{number}") for number in range(26)]),
    ),
    (slash("a", option("a"), option("b")), slash("a", option("a"), option("a"))),
    (
        slash("a", option("a", **GERMAN), option("b")),
        slash("a", option("a", **GERMAN), option("b", **GERMAN)),
    ),
    (slash("a", option("a", **GERMAN)), slash("a", option("a", **GERMAN), option("frage"))),
    (
        slash("a", option("a", required=True), option("b")),
        slash("a", option("a"), option("b", required=True)),
    ),
    (slash("a", option("a", 11)), slash("a", option("a", 12))),
    (
        slash("a", option(choices=[choice(str(n), str(n)) for n in range(25)])),
        slash("a", option(choices=[choice(str(n), str(n)) for n in range(26)])),
    ),
    (
        slash("a", option(choices=[choice("a" * 100)])),
        slash("a", option(choices=[choice("a" * 101)])),
    ),
    (
        slash("a", option(choices=[choice("a", "a" * 100)])),
        slash("a", option(choices=[choice("a", "a" * 101)])),
    ),
    (
        slash("a", option(kind=4, choices=[choice("a", 1)])),
        slash("a", option(kind=4, choices=[choice("a", "1")])),
    ),
    (
        slash("a", option(choices=[choice("a"), choice("b")])),
        slash("a", option(choices=[choice("a"), choice("a")])),
    ),
    (
        slash("a", option(autocomplete=True)),
        slash("a", option(autocomplete=True, choices=[choice()])),
    ),
    (slash("a", option(autocomplete=True)), slash("a", option(kind=5, autocomplete=True))),
    (slash("a", option(max_length=6000)), slash("a", option(max_length=6001))),
    (slash("a", option("b", 1, options=[option()])), slash("a", option("b", 1), option("c"))),
    (
        slash("a", option("b", 2, options=[option("c", 1)])),
        slash("a", option("b", 2, options=[option("c")])),
    ),
    (
        slash("a", option("b", 2, options=[option("c", 1)])),
        slash("a", option("b", 1, options=[option("c", 1)])),
    ),
    ({"name": "Zwei Wörter", "type": 3}, {"name": "a" * 33, "type": 3}),
    ({"name": "Prüfen", "type": 3}, {"name": "Prüfen", "type": 3, "description": "a"}),
]


@pytest.mark.parametrize(("fits", "breaks"), COMMANDS)
def test_a_command_within_the_rules_passes_and_beyond_them_does_not(
    fits: Json, breaks: Json
) -> None:
    assert check_command("", fits) == []
    assert check_command("", breaks) != []


def test_command_names_are_unique_in_every_language() -> None:
    assert check_commands([slash("ask"), slash("find"), {"name": "ask", "type": 3}]) == []
    assert check_commands([slash("ask"), slash("ask")]) != []
    assert check_commands([slash("ask", **GERMAN), slash("frage")]) != []


def test_there_is_room_for_a_hundred_commands_and_fifteen_menus() -> None:
    assert check_commands([slash(f"c{number}") for number in range(100)]) == []
    assert check_commands([slash(f"c{number}") for number in range(101)]) != []
    assert check_commands([{"name": f"c{number}", "type": 3} for number in range(16)]) != []


def test_the_longest_language_counts_against_the_size_of_a_command() -> None:
    translated = option("b", description_localizations={"de": "a" * 100})
    assert tree_length(slash("ask", translated)) == 3 + 1 + 1 + 100
    choices = [choice(f"{number:02}" + "a" * 98, f"{number:02}" + "a" * 98) for number in range(20)]
    assert check_command("", slash("a", option("b", choices=choices))) == []
    many = [option(name, choices=choices) for name in ("b", "c", "d")]
    assert check_command("", slash("a", *many)) != []
