"""What may be typed after `beleg`, with a help that teaches, in German and English."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.language import say
from bot.types import Language

# What a column of whole numbers in the store can hold, and how much of a typing error to repeat.
_LONGEST_NUMBER = 18
_SHOWN = 40
_LONGEST_SHARE = 2  # digits of a percentage below 100


class CommandParser:
    """argparse with all its words in one language."""

    def __init__(self, language: Language, version: str) -> None:
        """Take the language in which to explain, and what `--version` prints."""
        self._language = language
        with _argparse_speaking(language):
            self._parser = _build(language, version)

    def parse(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Return what was typed; SystemExit 0 after a help, 2 after a usage error, as argparse."""
        with _argparse_speaking(self._language):
            parsed = self._parser.parse_args(arguments)
            if parsed.command is None:
                self._parser.print_help(sys.stderr)
                raise SystemExit(2)
            return parsed


def stated_language(arguments: Sequence[str]) -> str | None:
    """Return the value of --language, which must be known before anything can be explained."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--language", nargs="?")
    language: str | None = parser.parse_known_args(arguments)[0].language
    return language


def _build(language: Language, version: str) -> argparse.ArgumentParser:
    def text(key: str) -> str:
        return say(language, f"help.{key}")

    def explained(name: str) -> dict[str, Any]:
        return {
            "description": text(f"{name}_about"),
            "epilog": text(f"{name}_examples"),
            "formatter_class": argparse.RawDescriptionHelpFormatter,
            "allow_abbrev": False,
            "parents": [common],
        }

    def command(
        name: str, *, machine_readable: bool = False, aliases: Sequence[str] = ()
    ) -> argparse.ArgumentParser:
        made = commands.add_parser(name, aliases=aliases, help=text(name), **explained(name))
        made.set_defaults(command=name)  # by whatever alias it was called
        if machine_readable:
            made.add_argument("--json", action="store_true", help=text("json"))
        return made

    def positive(typed: str) -> int:
        if not typed.isdecimal() or len(typed) > _LONGEST_NUMBER or int(typed) < 1:
            raise argparse.ArgumentTypeError(
                say(language, "help.not_positive", value=typed[:_SHOWN])
            )
        return int(typed)

    def share(typed: str) -> int:
        if not typed.isdecimal() or len(typed) > _LONGEST_SHARE or int(typed) < 1:
            raise argparse.ArgumentTypeError(say(language, "help.no_share", value=typed[:_SHOWN]))
        return int(typed)

    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    options = common.add_argument_group(text("everywhere"))
    options.add_argument("--data", metavar=text("DIR"), help=text("data"))
    options.add_argument("--corpus", metavar="NAME", help=text("corpus"))
    options.add_argument("--language", metavar="de|en", help=text("language"))

    main = argparse.ArgumentParser(prog="beleg", **explained("beleg"))
    main.add_argument("--version", action="version", version=version, help=text("version"))
    commands = main.add_subparsers(
        title=text("commands"), metavar=text("COMMAND"), dest="command", prog="beleg"
    )

    add = command("add", machine_readable=True)
    add.add_argument("sources", nargs="+", metavar=text("SOURCE"), help=text("sources"))
    _add_statements(add, text)
    add.add_argument("--report", type=Path, metavar=text("FILE"), help=text("report"))
    add.add_argument("--override", metavar=text("REASON"), help=text("override"))

    ask = command("ask", machine_readable=True)
    ask.add_argument("question", nargs="+", metavar=text("QUESTION"), help=text("question"))
    _add_filter(ask, text)

    _add_news(command, text)

    _add_search(command("search", machine_readable=True), text, positive)

    command("list", machine_readable=True)
    show, remove = (command(name, machine_readable=True) for name in ("show", "remove"))
    for made in (show, remove):
        made.add_argument("id", type=positive, metavar="ID", help=text("id"))
    _add_versions(show, text, positive)
    _add_purge(command("purge", machine_readable=True), text)
    command("chat")
    command("run")
    command("status", machine_readable=True)
    _add_doctor(command("doctor", machine_readable=True), text)
    command("audit", machine_readable=True)
    _add_feed(command("feed"), explained, text, positive)
    _add_upkeep(command, text)
    _add_override(command("permit", machine_readable=True), text)

    _add_learning(command, text, share)
    command("demo")
    return main


def _add_news(command: Callable[..., argparse.ArgumentParser], text: Callable[[str], str]) -> None:
    timeline = command("timeline", machine_readable=True)
    timeline.add_argument("question", nargs="+", metavar=text("QUESTION"), help=text("question"))
    timeline.add_argument("--out", type=Path, metavar=text("FILE"), help=text("picture"))
    _add_filter(timeline, text)
    digest = command("digest", machine_readable=True)
    digest.add_argument("--from", dest="first", metavar=text("DAY"), help=text("day_from"))
    digest.add_argument("--to", dest="last", metavar=text("DAY"), help=text("day_to"))
    digest.add_argument("--outlet", metavar="NAME", help=text("of_outlet"))


def _add_statements(command: argparse.ArgumentParser, text: Callable[[str], str]) -> None:
    command.add_argument("--title", metavar="TEXT", help=text("title"))
    command.add_argument("--url", metavar=text("ADDRESS"), help=text("url"))
    command.add_argument("--outlet", metavar="NAME", help=text("outlet"))
    command.add_argument("--published", metavar=text("DAY"), help=text("published"))


def _add_learning(
    command: Callable[..., argparse.ArgumentParser],
    text: Callable[[str], str],
    share: Callable[[str], int],
) -> None:
    evaluate = command("evaluate", machine_readable=True)
    _add_question_set(evaluate, text)
    evaluate.add_argument("--once", action="store_true", help=text("once"))
    evaluate.add_argument("--details", action="store_true", help=text("details"))
    train = command("train", machine_readable=True)
    _add_question_set(train, text)
    train.add_argument("--out", type=Path, required=True, metavar=text("FILE"), help=text("out"))
    for name in ("more_questions", "unseen"):
        option = f"--{name.replace('_', '-')}"
        train.add_argument(
            option,
            type=Path,
            nargs="+",
            action="extend",
            default=[],
            metavar=text("FILE"),
            help=text(name),
        )
    train.add_argument(
        "--answered", type=share, default=80, metavar=text("PERCENT"), help=text("answered")
    )


def _add_upkeep(
    command: Callable[..., argparse.ArgumentParser], text: Callable[[str], str]
) -> None:
    backup = command("backup", machine_readable=True)
    backup.add_argument("target", type=Path, metavar=text("FILE"), help=text("target"))
    restore = command("restore", machine_readable=True)
    restore.add_argument("archive", type=Path, metavar=text("FILE"), help=text("archive"))
    restore.add_argument("--replace", action="store_true", help=text("replace"))
    reindex = command("reindex", machine_readable=True, aliases=("reembed",))
    reindex.add_argument("--model", metavar="NAME", help=text("new_model"))


def _add_doctor(command: argparse.ArgumentParser, text: Callable[[str], str]) -> None:
    command.add_argument("--offline", action="store_true", help=text("offline"))


def _add_purge(command: argparse.ArgumentParser, text: Callable[[str], str]) -> None:
    command.add_argument("--left", action="store_true", help=text("left"))


def _add_search(
    command: argparse.ArgumentParser, text: Callable[[str], str], number: Callable[[str], int]
) -> None:
    command.add_argument("text", nargs="+", metavar="TEXT", help=text("text"))
    command.add_argument("--count", type=number, default=5, metavar="N", help=text("count"))
    _add_filter(command, text)


def _add_feed(
    command: argparse.ArgumentParser,
    explained: Callable[[str], dict[str, Any]],
    text: Callable[[str], str],
    positive: Callable[[str], int],
) -> None:
    actions = command.add_subparsers(
        title=text("commands"),
        metavar=text("COMMAND"),
        dest="action",
        prog="beleg feed",
        required=True,
    )
    for name in ("add", "list", "preview", "pause", "resume", "remove", "now", "refresh"):
        key = f"feed_{name}"
        made = actions.add_parser(name, help=text(key), **explained(key))
        made.add_argument("--json", action="store_true", help=text("json"))
        if name in {"add", "preview"}:
            made.add_argument("url", metavar=text("ADDRESS"), help=text("feed_url"))
        elif name == "refresh":
            made.add_argument("--all", action="store_true", help=text("feed_all"))
        elif name != "list":
            made.add_argument("id", type=positive, metavar="ID", help=text("feed_id"))
        if name == "remove":
            made.add_argument("--with-articles", action="store_true", help=text("with_articles"))


def _add_filter(command: argparse.ArgumentParser, text: Callable[[str], str]) -> None:
    command.add_argument("--from", dest="first", metavar=text("DAY"), help=text("from"))
    command.add_argument("--to", dest="last", metavar=text("DAY"), help=text("to"))
    command.add_argument("--outlet", metavar="NAME", help=text("of_outlet"))


def _add_override(command: argparse.ArgumentParser, text: Callable[[str], str]) -> None:
    command.add_argument("host", nargs="?", metavar="HOST", help=text("host"))
    command.add_argument("--reason", metavar=text("REASON"), help=text("reason"))
    command.add_argument("--list", action="store_true", help=text("permit_list"))
    command.add_argument("--remove", action="store_true", help=text("permit_remove"))


def _add_versions(
    command: argparse.ArgumentParser, text: Callable[[str], str], number: Callable[[str], int]
) -> None:
    command.add_argument("--versions", action="store_true", help=text("versions"))
    command.add_argument("--version", type=number, metavar="N", help=text("version_number"))
    command.add_argument("--changes", action="store_true", help=text("changes"))


def _add_question_set(command: argparse.ArgumentParser, text: Callable[[str], str]) -> None:
    file = text("FILE")
    command.add_argument(
        "--articles", type=Path, required=True, metavar=file, help=text("articles")
    )
    command.add_argument(
        "--questions", type=Path, required=True, metavar=file, help=text("questions")
    )
    command.add_argument(
        "--more-articles",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar=file,
        help=text("more_articles"),
    )


@contextmanager
def _argparse_speaking(language: Language) -> Iterator[None]:
    """Let argparse translate by our sentences instead of a gettext catalogue.

    Both names are where argparse itself looks its messages up; a message unknown here stays
    English.
    """

    def one(message: str) -> str:
        try:
            return say(language, f"argparse.{message}")
        except KeyError:
            return message

    def some(singular: str, plural: str, count: int) -> str:
        return one(singular if count == 1 else plural)

    hooks = {"_": one, "ngettext": some}
    originals = {name: getattr(argparse, name) for name in hooks}
    for name, hook in hooks.items():
        setattr(argparse, name, hook)
    try:
        yield
    finally:
        for name, original in originals.items():
            setattr(argparse, name, original)
