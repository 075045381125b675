"""The README says what the code does."""

from __future__ import annotations

from pathlib import Path

from bot.settings import documentation

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def settings_table() -> str:
    rows = [f"| `{row.variable}` | {row.default} | {row.explanation} |" for row in documentation()]
    return "\n".join(["| variable | default | what it does |", "|---|---|---|", *rows])


def test_the_settings_table_is_that_of_the_code() -> None:
    begin, end = "<!-- settings -->\n", "\n<!-- /settings -->"
    assert README.partition(begin)[2].partition(end)[0] == settings_table()


def test_every_dependency_has_its_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = project.partition("dependencies = [")[2].partition("]")[0]
    names = [line.strip().strip('",').split(">")[0].split("=")[0] for line in block.split("\n")]
    table = README.partition("## Dependencies")[2].partition("## For developers")[0]
    assert [name for name in names if name and name not in table] == []
