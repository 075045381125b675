from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_QUESTION = """
from index.onnx_embedder import OnnxEmbedder
from index.own_model import shipped_model
print(len(OnnxEmbedder(shipped_model()).embed_question("Wie viele?")))
"""


def test_the_model_numbers_no_machine_and_reports_to_nobody(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if "TELEMETRY" not in name}
    environment |= {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", _QUESTION],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "384\n"
    assert "telemetry" not in done.stderr
    assert not list(tmp_path.rglob("*"))


def test_nobody_loads_the_runtime_past_that() -> None:
    for path in (*ROOT.glob("index/**/*.py"), *ROOT.glob("bot/**/*.py")):
        if path.name == "onnx_runtime.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not any(name.split(".")[0] == "onnxruntime" for name in names), path
