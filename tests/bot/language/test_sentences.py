from __future__ import annotations

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import index.errors
from bot.language import say
from bot.types import Language
from index.types import Outcome

ROOT = Path(__file__).parents[3]
SOURCES = sorted([*ROOT.glob("bot/**/*.py"), *ROOT.glob("index/**/*.py")])
ERRORS = {
    name
    for name, kind in inspect.getmembers(index.errors, inspect.isclass)
    if issubclass(kind, index.errors.BelegError)
}
FORM = ("title", "text", "outlet", "published", "url")


def sentences(language: Language) -> dict[str, str]:
    source = (ROOT / "bot" / "language" / f"{language.value}.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, str]] = tomllib.loads(source)
    return {
        f"{section}.{name}": text for section, some in tables.items() for name, text in some.items()
    }


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def calls(path: Path) -> Iterator[tuple[str, list[ast.expr]]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            yield name, node.args


def constants(expression: ast.expr) -> Iterator[str]:
    """Yield the texts that an expression can be; none for one that is put together."""
    if isinstance(expression, ast.Constant) and isinstance(expression.value, str):
        yield expression.value
    elif isinstance(expression, ast.IfExp):
        yield from constants(expression.body)
        yield from constants(expression.orelse)


def used_keys() -> set[str]:
    keys = {f"discord.{outcome.value}" for outcome in Outcome}
    keys |= {f"discord.form_{name}" for name in FORM}
    for path in SOURCES:
        for name, arguments in calls(path):
            if name == "say" and len(arguments) > 1:
                keys.update(constants(arguments[1]))
            elif name == "named":
                keys.update(f"command.{key}" for key in constants(arguments[0]))
            elif name == "translated":
                keys.update(constants(arguments[0]))
            elif name in ERRORS and arguments:
                keys.update(f"error.{code}" for code in constants(arguments[0]))
    return keys


def test_both_languages_have_the_same_sentences() -> None:
    assert sentences(Language.GERMAN).keys() == sentences(Language.ENGLISH).keys()


@pytest.mark.parametrize("key", sorted(sentences(Language.GERMAN)))
def test_both_languages_fill_in_the_same_values(key: str) -> None:
    german, english = sentences(Language.GERMAN)[key], sentences(Language.ENGLISH)[key]
    assert placeholders(german) == placeholders(english)
    assert german.strip()
    assert english.strip()


def test_every_sentence_that_the_code_asks_for_exists() -> None:
    keys = used_keys()
    assert len(keys) > 50, "the search finds what it looks for"
    missing = sorted(keys - sentences(Language.GERMAN).keys())
    assert not missing


# Of these there is never one alone, as of feeds among which to choose.
SEVERAL = {
    "error.feed_choice",
    "error.own_questions_waiting",
    "cli.refused_group_more",
    "cli.demo_begin",
    "period.age_days",
    "period.age_weeks",
    "period.age_months",
    "period.age_years",
    "article.versions",
    "article.first_version",
    "watch.several",
    "error.suggestions_used_up",
    "error.article_too_long",
    "error.question_too_long",
    "error.attachment_too_large",
    "error.gateway_silent",
    # These say the same of one: "… und 1 weitere", "1, davon gestört: 0".
    "watch.more",
    "error.day_used_up",
    # Their count is a text: "1 article".
    "answer.archive_day",
    "answer.archive_range",
}
COUNTED = re.compile(
    r"\{(?:count|limit|seconds)\}(?: von \{\w+\}| of \{\w+\})? (?!MiB|s\b)[A-Za-zÄ-ü]"
)


@pytest.mark.parametrize("language", Language)
def test_what_is_counted_has_a_sentence_for_one(language: Language) -> None:
    texts = sentences(language)
    counted = {key for key, text in texts.items() if COUNTED.search(text)}
    assert len(counted) > 30
    alone = {key for key in counted if not key.endswith("_one") and f"{key}_one" not in texts}
    assert alone <= SEVERAL


@pytest.mark.parametrize("language", Language)
def test_one_is_said_otherwise_than_several(language: Language) -> None:
    assert say(language, "digest.stories", count=1) != say(language, "digest.stories", count=21)
    for key, text in sentences(language).items():
        if f"{key}_one" in sentences(language) and placeholders(text) & {"count", "limit"}:
            values = dict.fromkeys(placeholders(text), "x")
            number = "count" if "count" in values else "limit"
            one = sentences(language)[f"{key}_one"]
            assert say(language, key, **{**values, number: 1}) == one.format(
                **{**values, number: 1}
            )
            assert say(language, key, **{**values, number: 2}) == text.format(
                **{**values, number: 2}
            )


@pytest.mark.parametrize(
    ("key", "german", "english"),
    [
        (
            "error.watches_used_up",
            "Mehr als eine Beobachtung je Person geht hier nicht.",
            "The limit here is one watch per person.",
        ),
        ("error.watches_full", "läuft schon eine Beobachtung", "One watch runs on this server"),
        ("watch.head", "1 von 1 ist deine", "1 of 1 is yours"),
    ],
)
def test_a_limit_of_one_is_said_right(key: str, german: str, english: str) -> None:
    values = {"limit": 1, "count": 1} if key == "watch.head" else {"limit": 1}
    told = {
        language: say(language, key, page=1, pages=1, **values)
        for language in (Language.GERMAN, Language.ENGLISH)
    }
    assert german in told[Language.GERMAN]
    assert english in told[Language.ENGLISH]


def test_command_names_and_descriptions_keep_discords_rules() -> None:
    for language in Language:
        for key, text in sentences(language).items():
            if key.startswith("command.") and key.endswith("_about"):
                assert 1 <= len(text) <= 100, key
            elif key.startswith("command."):
                assert text == text.lower(), key
                assert 1 <= len(text) <= 32, key
                assert text.replace("-", "").isalnum(), key
