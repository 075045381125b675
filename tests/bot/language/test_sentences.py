from __future__ import annotations

import ast
import inspect
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import index.errors
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


def test_command_names_and_descriptions_keep_discords_rules() -> None:
    for language in Language:
        for key, text in sentences(language).items():
            if key.startswith("command.") and key.endswith("_about"):
                assert 1 <= len(text) <= 100, key
            elif key.startswith("command."):
                assert text == text.lower(), key
                assert 1 <= len(text) <= 32, key
                assert text.replace("-", "").isalnum(), key
