"""The process that draws: bounded, alone with what it loads, and no harm where it fails."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.news.chart import ImageKind
from bot.news.picture import LIMITS, Draughtsman
from bot.news.plot import draw
from index.limited_process import Limits
from tests.bot.news.charts import CHARTS

ONE = CHARTS["one point"]


def never(_request: bytes) -> bytes:
    while True:
        time.sleep(1)


def greedy(_request: bytes) -> bytes:
    return bytes(LIMITS.memory)


def test_a_picture_from_the_process_is_the_one_that_is_drawn_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("MPLCONFIGDIR", raising=False)
    draughtsman = Draughtsman()
    try:
        for kind in ImageKind:
            assert draughtsman.draw(ONE, kind) == draw(ONE, kind)
        assert draughtsman.pid not in (None, os.getpid())
    finally:
        draughtsman.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("work", ["never", "greedy"])
def test_what_takes_too_long_or_too_much_gives_no_picture(
    work: str, caplog: pytest.LogCaptureFixture
) -> None:
    limits = Limits(LIMITS.memory, 1, 0.5, 10)
    draughtsman = Draughtsman(limits, f"tests.bot.news.test_picture:{work}")
    assert draughtsman.draw(ONE) is None
    draughtsman.close()
    assert "could not be drawn" in caplog.text


def test_the_program_itself_does_not_load_what_draws() -> None:
    code = "import sys, bot.client, bot.cli.commands; print('matplotlib' in sys.modules)"
    told = subprocess.run(  # the answer is on its standard output
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "False"
