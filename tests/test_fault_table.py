"""Every fault of the table has its tests: `pytest -m fault` runs them."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent
FAULTS = range(1, 21)


def marked() -> dict[int, list[str]]:
    """Return the names of the tests of each fault, as their sources mark them."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for path in ROOT.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                for decorator in node.decorator_list:
                    if ast.unparse(decorator).startswith("pytest.mark.fault("):
                        assert isinstance(decorator, ast.Call)
                        for number in decorator.args:
                            assert isinstance(number, ast.Constant)
                            found[int(str(number.value))].append(node.name)
    return found


def test_every_fault_of_the_table_has_its_test() -> None:
    assert sorted(marked()) == list(FAULTS)
