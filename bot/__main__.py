"""The command `beleg`: reads settings, wires the parts together, runs one command."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import metadata
from typing import TYPE_CHECKING

from bot.cli import exits
from bot.cli.log import faults_to
from bot.cli.parser import CommandParser, stated_language
from bot.cli.terminal import Terminal
from bot.doctor.configuration import tolerated
from bot.settings import Settings, read_language, read_settings
from bot.timing import Timing
from index.errors import BelegError, InUseError, SettingError
from index.lock import holder

if TYPE_CHECKING:
    from aiohttp import BaseConnector

    from bot.cli.parts import EmbedderFactory, Serve

_log = logging.getLogger("beleg")

# Commands that hold the data directory as the first thing they do.
_WRITING = {"run", "add", "remove", "purge", "restore"}


def main(
    argv: Sequence[str] | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    embedder_factory: EmbedderFactory | None = None,
    serve: Serve | None = None,
    timing: Timing | None = None,
    connector: Callable[[], BaseConnector] | None = None,
) -> int:
    """Run one command and return its exit code; whatever goes wrong becomes a sentence."""
    argv = sys.argv[1:] if argv is None else argv
    environment = os.environ if environment is None else environment
    try:
        return _main(argv, environment, embedder_factory, serve, timing=timing, connector=connector)
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    except BrokenPipeError:
        # Whoever read along has gone; the interpreter must not try to write the rest at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exits.PIPE_CLOSED


def _main(
    argv: Sequence[str],
    environment: Mapping[str, str],
    embedder_factory: EmbedderFactory | None,
    serve: Serve | None,
    *,
    timing: Timing | None,
    connector: Callable[[], BaseConnector] | None,
) -> int:
    try:
        language = read_language(environment, stated_language(argv))
    except SettingError as error:
        fallback = read_language({**environment, "BELEG_LANGUAGE": ""})
        Terminal(fallback, environment).complain(error)
        return exits.USAGE
    parser = CommandParser(language, f"Beleg {metadata.version('beleg')}")
    try:
        arguments = parser.parse(argv)
    except SystemExit as finished:  # argparse has said what there was to say
        return int(finished.code or 0)
    machine_readable = getattr(arguments, "json", False)
    terminal = Terminal(language, environment, machine_readable=machine_readable)
    stated = {
        "data": getattr(arguments, "data", None),
        "corpus": getattr(arguments, "corpus", None),
        "language": language.value,
    }
    try:
        if arguments.command == "doctor":  # which tells what is wrong with them
            settings = tolerated(environment, **stated).settings
        else:
            settings = read_settings(environment, **stated)
    except SettingError as error:
        terminal.complain(error)
        return exits.exit_code(error)
    with faults_to(settings.data) as log:
        try:
            return _run(
                arguments,
                settings,
                terminal,
                (embedder_factory, serve, timing),
                environment=environment,
                connector=connector,
            )
        except BelegError as error:
            code = exits.exit_code(error)
            if code == exits.DATA_UNUSABLE:  # the sentence does not say what was underneath
                _log.warning("%s", error, exc_info=error)
            terminal.complain(error)
            return code
        except BrokenPipeError:
            raise
        except Exception as error:  # noqa: BLE001 - the last resort: a traceback helps nobody here
            _log.exception("a fault in Beleg")
            key = "fault_logged" if log.writable else "fault"
            terminal.note(key, kind=type(error).__name__, log=log.path)
            return exits.FAULT


def _run(
    arguments: argparse.Namespace,
    settings: Settings,
    terminal: Terminal,
    made: tuple[EmbedderFactory | None, Serve | None, Timing | None],
    *,
    environment: Mapping[str, str],
    connector: Callable[[], BaseConnector] | None,
) -> int:
    if arguments.command in _WRITING and (pid := holder(settings.data)) is not None:
        # Refused anyway, but not only after seconds of loading libraries.
        raise InUseError("data_in_use", pid=pid, directory=settings.data)
    # `beleg --help` shall not wait for the libraries that a command needs.
    from bot.cli.commands import COMMANDS  # noqa: PLC0415
    from bot.cli.parts import Parts, discord_bot, embedder_for  # noqa: PLC0415

    model = getattr(arguments, "model", None) or settings.model
    embedder_factory, serve, timing = made
    parts = Parts(
        settings,
        terminal,
        (embedder_factory or embedder_for)(model),
        serve or discord_bot,
        timing or Timing(),
        environment,
        connector,
    )
    return COMMANDS[arguments.command](parts, arguments)


if __name__ == "__main__":
    sys.exit(main())
