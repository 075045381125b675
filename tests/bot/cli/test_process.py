"""The command as a process of its own: what only shows there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bot.cli.running import KURSK

ROOT = Path(__file__).parents[3]
LOADED = """
import sys
from bot.__main__ import main
code = main(sys.argv[1:])
print(code, *(name for name in ("numpy", "discord", "torch") if name in sys.modules))
"""
HEAVY = ("torch", "transformers", "sentence_transformers")
ANSWERED = f"""
import sys
from bot.__main__ import main
codes = [main(["add", sys.argv[1]]), main(["ask", "Wie viele Soldaten sind in Kursk?"])]
print(*codes, *(name for name in {HEAVY} if name in sys.modules))
print("onnxruntime" in sys.modules)
"""
FAKE = """
import sys
from bot.__main__ import main
from tests.fakes import HashingEmbedder
async def serve(desk, token, **_):
    import asyncio
    print("serving", flush=True)
    await asyncio.Event().wait()
sys.exit(main(sys.argv[1:], embedder_factory=lambda _: HashingEmbedder(), serve=serve))
"""


@contextmanager
def beleg(
    directory: Path, program: str, *argv: str, **more: str
) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", program, *argv],
        cwd=ROOT,
        env={**os.environ, "BELEG_DATA": str(directory), "LANG": "de_DE.UTF-8", **more},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def run(directory: Path, program: str, *argv: str, **more: str) -> tuple[int, str, str]:
    with beleg(directory, program, *argv, **more) as process:
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err


@pytest.mark.parametrize(
    ("argv", "last_line"),
    [
        (["--help"], "0"),
        (["add", "--help"], "0"),
        (["status"], "0 numpy"),
        (["list", "--json"], "0 numpy"),
        (["run"], "4 numpy"),
    ],
)
def test_a_command_loads_only_what_it_needs(
    tmp_path: Path, argv: list[str], last_line: str
) -> None:
    _, out, err = run(tmp_path, LOADED, *argv, BELEG_DISCORD_TOKEN="")
    assert out.splitlines()[-1] == last_line, err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_bot_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with beleg(tmp_path, FAKE, "run", BELEG_DISCORD_TOKEN="x.y.z") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "serving\n"
        refused, _, said = run(tmp_path, FAKE, "add", "-")
        assert refused == 5
        assert str(process.pid) in said
        process.send_signal(number)
        out, err = process.communicate(timeout=20)
        assert (process.returncode, out, err) == (0, "", "")


def test_a_reader_that_has_gone_is_no_fault(tmp_path: Path) -> None:
    with beleg(tmp_path, FAKE, "chat") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline()
        process.stdout.close()
        process.stdin.write("/hilfe\n/hilfe\n")
        process.stdin.close()
        assert process.wait(timeout=20) == 141
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_an_interruption_ends_a_conversation_quietly(tmp_path: Path) -> None:
    with beleg(tmp_path, FAKE, "chat") as process:
        assert process.stdout is not None
        assert "/ende" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
        assert (process.returncode, err) == (130, "")


def test_a_terminal_that_knows_no_umlauts_gets_json_all_the_same(tmp_path: Path) -> None:
    article = tmp_path / "kursk.txt"
    article.write_text(KURSK, encoding="utf-8")
    code, out, _ = run(tmp_path, FAKE, "add", str(article), PYTHONIOENCODING="ascii")
    assert code == 0
    assert out.isascii()
    code, out, _ = run(tmp_path, FAKE, "show", "1", "--json", PYTHONIOENCODING="ascii")
    assert code == 0
    assert "\\u00e4u\\u00dferte" in out


def test_the_installed_command_is_this_one() -> None:
    command = Path(sys.executable).with_name("beleg")
    shown = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert shown.stdout.startswith("Beleg ")


def test_the_way_to_an_answer_with_the_default_model_needs_no_torch(tmp_path: Path) -> None:
    article = tmp_path / "kursk.txt"
    article.write_text(KURSK, encoding="utf-8")
    code, out, err = run(tmp_path / "data", ANSWERED, str(article))
    assert (code, err) == (0, "")
    assert out.endswith("\n0 0\nTrue\n")
