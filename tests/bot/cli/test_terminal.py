from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable

import pytest

from bot.cli import terminal as module
from bot.cli.terminal import Terminal
from bot.terminal_text import Style
from bot.types import Language
from index.errors import SettingError


class Screen(io.StringIO):
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch) -> Callable[[], Screen]:
    """Put one screen in the place of both streams, as in a terminal.

    Called by the test, since pytest sets the streams anew between the fixtures and the test.
    """

    def put() -> Screen:
        shown = Screen()
        monkeypatch.setattr(sys, "stdout", shown)
        monkeypatch.setattr(sys, "stderr", shown)
        monkeypatch.setenv("COLUMNS", "60")
        return shown

    return put


def test_a_pipe_gets_unbroken_lines_and_no_bold(capsys: pytest.CaptureFixture[str]) -> None:
    assert Terminal(Language.GERMAN, {}).style == Style(width=None, bold=False)


def test_a_person_gets_lines_as_wide_as_the_window_and_bold(
    look: Callable[[], Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    look()
    assert Terminal(Language.GERMAN, {}).style == Style(width=60, bold=True)
    monkeypatch.setenv("COLUMNS", "400")
    assert Terminal(Language.GERMAN, {}).style.width == 100


@pytest.mark.parametrize("refusal", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_bold_can_be_refused(look: Callable[[], Screen], refusal: dict[str, str]) -> None:
    look()
    assert not Terminal(Language.GERMAN, refusal).style.bold
    assert Terminal(Language.GERMAN, {"NO_COLOR": ""}).style.bold


def test_quick_work_shows_no_progress(look: Callable[[], Screen]) -> None:
    screen = look()
    terminal = Terminal(Language.GERMAN, {})
    for item in terminal.tracked(["a", "b"], "articles"):
        terminal.write(item)
    assert screen.getvalue() == "a\nb\n"


def test_a_person_sees_a_bar_that_results_do_not_run_into(
    look: Callable[[], Screen], monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = look()
    monkeypatch.setattr(module, "_NOTICEABLE_SECONDS", 0.0)
    terminal = Terminal(Language.GERMAN, {})
    for item in terminal.tracked(["eins", "zwei"], "articles"):
        terminal.write(item)
    shown = screen.getvalue()
    assert "Artikel:" in shown
    assert "0/2" in shown
    # Each result begins where the bar was wiped off, and the bar is gone in the end.
    assert re.search(r"\r +\reins\n", shown)
    assert re.search(r"\r +\rzwei\n", shown)
    assert re.search(r"\r +\r$", shown)


def test_a_log_gets_a_line_now_and_then(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_NOTICEABLE_SECONDS", 0.0)
    monkeypatch.setattr(module, "_PLAIN_LINE_SECONDS", 0.0)
    terminal = Terminal(Language.ENGLISH, {})
    assert list(terminal.tracked("ab", "questions")) == ["a", "b"]
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "Questions: 0 of 2\nQuestions: 1 of 2\n"


def test_what_stands_in_an_error_cannot_steer_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Terminal(Language.GERMAN, {}).complain(SettingError("corpus_name", name="\x1b[2J\n\x07"))
    shown = capsys.readouterr().err
    assert "[2J" in shown
    assert not set(shown[:-1]) & set("\x1b\n\x07")
