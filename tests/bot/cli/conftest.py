"""The command line as people and scripts use it, in this process and with a model in memory."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.cli.parts import Serve
from bot.timing import Timing
from index.protocols import Embedder
from tests.bot.cli.running import KURSK, Beleg, Result
from tests.fakes import HashingEmbedder


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    # Commands are tested without a model: the one that ships has tests of its own.
    return {
        "BELEG_DATA": str(tmp_path / "data"),
        "BELEG_READER": "none",
        "LANG": "de_DE.UTF-8",
    }


@pytest.fixture
def beleg(
    environment: dict[str, str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Beleg:
    def run(
        *argv: str | Path,
        given: str = "",
        serve: Serve | None = None,
        embedder: Embedder | None = None,
        timing: Timing | None = None,
        **more: str,
    ) -> Result:
        monkeypatch.setattr(
            sys, "stdin", io.TextIOWrapper(io.BytesIO(given.encode(errors="surrogateescape")))
        )
        code = main(
            [str(word) for word in argv],
            environment={**environment, **more},
            embedder_factory=lambda _: embedder or HashingEmbedder(),
            serve=serve,
            timing=timing,
        )
        shown = capsys.readouterr()
        assert "Traceback" not in shown.out + shown.err
        return Result(code, shown.out, shown.err)

    return run


@pytest.fixture
def kursk(tmp_path: Path) -> Path:
    path = tmp_path / "kursk.txt"
    path.write_text(KURSK, encoding="utf-8")
    return path
