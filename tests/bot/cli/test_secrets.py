"""Tokens and keys are planted; whatever is printed and logged when things go wrong is searched."""

from __future__ import annotations

import asyncio
import logging
import threading
import warnings
from collections.abc import Callable
from pathlib import Path

import aiohttp
import discord
import pytest

from bot.desk import Desk
from bot.settings import read_settings
from index.errors import BelegError
from tests.bot.cli.running import Beleg, Result

# Of the form of Discord's, and of nobody's.
TOKEN = "MTE0Nzk4MzE2NTQ0NzI5NDk4Mg.GkWqzA.kuchenblech-ofenfrisch_holunder_2026xyz"
KEY = "gartenzwerg-schluesselbund-4711"


def nothing_told(result: Result, directory: Path) -> None:
    files = [path for path in directory.rglob("*") if path.is_file() and path.suffix != ".key"]
    left = "\n".join(path.read_bytes().decode("utf-8", "replace") for path in files)
    for secret in (TOKEN, KEY, *TOKEN.split("."), KEY[-12:]):
        assert secret not in result.out + result.err + left


def raise_(error: BaseException) -> None:
    raise error


def chained(text: str) -> None:
    try:
        raise_(ValueError(text))
    except ValueError as error:
        raise RuntimeError(f"while {text}") from error


def grouped(text: str) -> None:
    raise ExceptionGroup(text, [ValueError(text), RuntimeError(text)])


FAULTS: dict[str, Callable[[str], None]] = {
    "of Python": lambda text: raise_(RuntimeError(f"cannot use {text}")),
    "of the machine": lambda text: raise_(OSError(5, f"cannot write {text}")),
    "of aiohttp": lambda text: raise_(aiohttp.ClientError(f"Authorization: Bot {text}")),
    "of discord.py": lambda text: raise_(discord.LoginFailure(f"Improper token {text}")),
    "of Beleg": lambda text: raise_(BelegError("discord_unreachable", token=text)),
    "chained": chained,
    "a group": grouped,
}


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_names_the_token_does_not_tell_it(
    beleg: Beleg, tmp_path: Path, fault: str, form: str
) -> None:
    async def serve(desk: Desk, token: str | None, **_more: object) -> None:
        assert token == TOKEN
        FAULTS[fault](token)

    result = beleg("run", serve=serve, BELEG_DISCORD_TOKEN=TOKEN, BELEG_LOG_FORMAT=form)
    assert result.code != 0
    assert result.err
    nothing_told(result, tmp_path)


@pytest.mark.parametrize("form", ["text", "json"])
def test_whatever_libraries_log_beside_has_no_token(
    beleg: Beleg, tmp_path: Path, form: str
) -> None:
    async def serve(desk: Desk, token: str | None, **_more: object) -> None:
        log = logging.getLogger("discord.http")
        log.warning("rate limited: POST https://discord.com/api/webhooks/1/%s", token)
        log.error("headers %r", {"Authorization": f"Bot {token}"})
        try:
            raise_(ValueError(token))
        except ValueError:
            log.exception("a heartbeat of %s failed", token)
        warnings.warn(f"old way to pass {token}", UserWarning, stacklevel=1)
        task = asyncio.ensure_future(asyncio.to_thread(FAULTS["chained"], str(token)))
        await asyncio.wait([task])
        del task  # nobody asked what came of it, so the loop tells the log
        thread = threading.Thread(target=log.warning, args=("in a thread: %s", token))
        thread.start()
        thread.join()

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        result = beleg("run", serve=serve, BELEG_DISCORD_TOKEN=TOKEN, BELEG_LOG_FORMAT=form)
    assert "rate limited" in result.err
    nothing_told(result, tmp_path)


def test_a_token_from_a_file_is_told_as_little(beleg: Beleg, tmp_path: Path) -> None:
    path = tmp_path / "discord.key"
    path.write_text(f"{TOKEN}\n", encoding="utf-8")

    async def serve(desk: Desk, token: str | None, **_more: object) -> None:
        assert token == TOKEN
        chained(token)

    result = beleg("run", serve=serve, BELEG_DISCORD_TOKEN_FILE=str(path))
    assert result.code != 0
    nothing_told(result, tmp_path)


def test_the_key_of_a_language_model_that_fails_is_not_told(
    beleg: Beleg, kursk: Path, tmp_path: Path
) -> None:
    beleg("add", kursk)
    result = beleg(
        "ask",
        "Wie viele Soldaten sind in Kursk?",
        BELEG_SELECTOR_URL="http://127.0.0.1:9/v1",
        BELEG_SELECTOR_MODEL="klein",
        BELEG_SELECTOR_KEY=KEY,
    )
    assert result.out
    nothing_told(result, tmp_path)


def test_a_key_in_the_wrong_setting_is_refused_without_a_word_of_it(
    beleg: Beleg, tmp_path: Path
) -> None:
    result = beleg("status", BELEG_SELECTOR_URL=f"https://ich:{KEY}@modell.example/v1")
    assert result.code == 2
    nothing_told(result, tmp_path)


def test_settings_do_not_show_secrets_where_somebody_prints_them() -> None:
    settings = read_settings(
        {"HOME": "/home/ada", "BELEG_DISCORD_TOKEN": TOKEN, "BELEG_SELECTOR_KEY": KEY}
    )
    assert TOKEN not in repr(settings)
    assert KEY not in repr(settings)
