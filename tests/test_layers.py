"""The arrows of the architecture, read from the source: who may import and call whom."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FORBIDDEN = {
    "index": {"bot", "discord", "tests"},
    "bot": {
        "faiss",
        "sentence_transformers",
        "sqlite3",
        "tantivy",
        "tests",
        "torch",
        "trafilatura",
        "transformers",
    },
}
# Libraries that dial by themselves: only the fetcher may, and it uses aiohttp.
DIALLERS = {"httpx", "requests", "urllib.request", "urllib3", "http.client", "socketserver"}
# Functions that dial where one would not expect it; robots and feeds are fetched as pages are.
HIDDEN_CALLS = {
    "feedparser.parse",
    "trafilatura.fetch_response",
    "trafilatura.fetch_url",
    "trafilatura.downloads",
    "trafilatura.spider",
    "trafilatura.feeds",
    "trafilatura.sitemaps",
    "urllib.robotparser.RobotFileParser.read",
}
# The way to the network, and what describes it.
ASYNCHRONOUS = {
    "index/dial.py",
    "index/fetch.py",
    "index/language_model.py",
    "index/protocols.py",
    "index/response.py",
    "index/rights.py",
}


def sources(package: str) -> list[Path]:
    return sorted((ROOT / package).rglob("*.py"))


def imported(tree: ast.AST) -> dict[str, str]:
    """Return what each name in a file stands for, and every module under its own name."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names[alias.asname or alias.name] = alias.name
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "relative imports hide where they go"
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        elif (
            isinstance(node, ast.Call)
            and dotted(node.func) in {"__import__", "importlib.import_module", "import_module"}
            and node.args
        ):
            argument = node.args[0]
            assert isinstance(argument, ast.Constant), "an import by a computed name"
            names[str(argument.value)] = str(argument.value)
    return names


def dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "?"


def within(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def wrong_imports(source: str, forbidden: set[str]) -> set[str]:
    names = imported(ast.parse(source)).values()
    return {name for name in names if any(within(name, module) for module in forbidden)}


def network_calls(source: str) -> set[str]:
    """Return what a file uses that dials; a parser's `read` counts whatever it is called."""
    tree = ast.parse(source)
    names = imported(tree)
    found = wrong_imports(source, DIALLERS | HIDDEN_CALLS)
    robots = any(within(name, "urllib.robotparser") for name in names.values())
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute):
            continue
        first, _, rest = dotted(node).partition(".")
        full = f"{names.get(first, first)}.{rest}"
        found |= {call for call in HIDDEN_CALLS | DIALLERS if within(full, call)}
        if robots and node.attr == "read":
            found.add("urllib.robotparser.RobotFileParser.read")
    return found


def asynchronous(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.AsyncFunctionDef):
            yield node.name


@pytest.mark.parametrize("package", ["index", "bot"])
def test_no_file_imports_what_its_package_must_not_know(package: str) -> None:
    files = sources(package)
    assert len(files) > 15
    wrong = {
        str(path.relative_to(ROOT)): names
        for path in files
        if (names := wrong_imports(path.read_text(encoding="utf-8"), FORBIDDEN[package]))
    }
    assert wrong == {}


def test_no_file_dials_behind_the_fetchers_back() -> None:
    wrong = {
        str(path.relative_to(ROOT)): calls
        for path in (*sources("index"), *sources("bot"))
        if (calls := network_calls(path.read_text(encoding="utf-8")))
    }
    assert wrong == {}


def test_only_the_way_to_the_network_is_asynchronous_in_index() -> None:
    files = {
        str(path.relative_to(ROOT))
        for path in sources("index")
        if any(asynchronous(path.read_text(encoding="utf-8")))
    }
    assert files == ASYNCHRONOUS


@pytest.mark.parametrize(
    ("source", "package", "found"),
    [
        ("import bot.types", "index", {"bot.types"}),
        ("from bot import types", "index", {"bot.types"}),
        ("def f():\n    import discord", "index", {"discord"}),
        ("if TYPE_CHECKING:\n    from discord.ext import tasks", "index", {"discord.ext.tasks"}),
        ("import importlib\nimportlib.import_module('bot.answer')", "index", {"bot.answer"}),
        ("import sqlite3 as store", "bot", {"sqlite3"}),
        ("from torch.nn import Module", "bot", {"torch.nn.Module"}),
        ("import robot\nfrom index.types import Page", "index", set()),
        ("from index.store import Store", "bot", set()),
    ],
)
def test_the_check_finds_a_wrong_import(source: str, package: str, found: set[str]) -> None:
    assert wrong_imports(source, FORBIDDEN[package]) == found


@pytest.mark.parametrize(
    "source",
    [
        "import requests",
        "from urllib import request",
        "from urllib.request import urlopen",
        "import urllib\nurllib.request.urlopen('x')",
        "import httpx",
        "import feedparser as reader\nreader.parse(url)",
        "from feedparser import parse",
        "import trafilatura\ntrafilatura.fetch_url(url)",
        "from trafilatura import fetch_url as get",
        "from trafilatura.downloads import fetch_response",
        "from urllib.robotparser import RobotFileParser\np = RobotFileParser(url)\np.read()",
        "import urllib.robotparser\nurllib.robotparser.RobotFileParser(url).read()",
    ],
)
def test_the_check_finds_a_hidden_call(source: str) -> None:
    assert network_calls(source)


@pytest.mark.parametrize(
    "source",
    [
        "from urllib.parse import urlsplit",
        "import trafilatura\ntrafilatura.extract(page)",
        "from urllib.robotparser import RobotFileParser\nRobotFileParser().parse(lines)",
        "file.read()",
        "import json\njson.parse = None",
    ],
)
def test_the_check_lets_harmless_calls_pass(source: str) -> None:
    assert network_calls(source) == set()


def test_the_check_finds_asynchronous_functions() -> None:
    assert list(asynchronous("def a(): ...\nclass B:\n    async def c(self): ...")) == ["c"]


def test_nothing_that_runs_imports_what_trains_models() -> None:
    for path in [*sources("bot"), *sources("index")]:
        if "training" not in path.relative_to(ROOT).parts:
            names = imported(ast.parse(path.read_text(encoding="utf-8")))
            assert not any(name.startswith("index.training") for name in names.values()), path
