"""What a command writes to: answers on standard output, everything else on standard error."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TextIO, TypeVar

from tqdm import tqdm

from bot.language import say, say_error
from bot.terminal_text import Style, json_text, printable
from bot.types import Language
from index.errors import BelegError

T = TypeVar("T")

_WIDEST = 100  # longer lines are tiring to read
_NOTICEABLE_SECONDS = 2.0
_PLAIN_LINE_SECONDS = 5.0
_SECONDS_FOR_A_RATE = 1.0


class Terminal:
    """The three streams, the language, and whether a program reads along."""

    def __init__(
        self,
        language: Language,
        environment: Mapping[str, str],
        *,
        machine_readable: bool = False,
    ) -> None:
        """Take the standard streams as they are now."""
        self.language = language
        self.machine_readable = machine_readable
        self._output: TextIO = sys.stdout
        self._errors: TextIO = sys.stderr
        self._plain = bool(environment.get("NO_COLOR")) or environment.get("TERM") == "dumb"
        self._bar: tqdm[None] | None = None
        self._bar_due = 0.0

    @property
    def style(self) -> Style:
        """How to write on standard output: unbroken lines unless a person looks at it."""
        if not self._output.isatty():
            return Style()
        width = min(shutil.get_terminal_size().columns, _WIDEST)
        return Style(width=width, bold=not self._plain)

    def write(self, text: str) -> None:
        """Write lines to standard output, above a progress bar if there is one."""
        with self._without_bar():
            print(_encodable(text, self._output), file=self._output, flush=True)

    def write_json(self, value: object, *, line: bool = False) -> None:
        """Write one JSON document, or with `line` one line of JSON Lines."""
        ascii_only = not _is_unicode(self._output)
        self.write(json_text(value, indent=None if line else 2, ascii_only=ascii_only))

    def prompt(self) -> None:
        """Invite a person to type; say nothing where the input is a file."""
        if sys.stdin.isatty():
            print("> ", end="", file=self._output, flush=True)

    def say(self, key: str, **values: object) -> None:
        """Write a sentence to standard output."""
        self.write(say(self.language, f"cli.{key}", **values))

    def note(self, key: str, **values: object) -> None:
        """Write a sentence to standard error: news about the work, not its result."""
        self._to_errors(say(self.language, f"cli.{key}", **values))

    def complain(self, error: BelegError) -> None:
        """Write the sentence for an error to standard error."""
        self._to_errors(say_error(self.language, error))

    def tracked(self, items: Sequence[T], unit: str) -> Iterator[T]:
        """Yield the items, and show progress once it takes longer than two seconds.

        `unit` is "articles", "questions" or "folds".
        """
        with self.progress(len(items), unit) as advance:
            for item in items:
                yield item
                advance()

    @contextmanager
    def progress(self, total: int, unit: str) -> Iterator[Callable[[], None]]:
        """Show how far the work is, how fast, how long it will take; call it for each that is done.

        `unit` as in `tracked`.
        """
        shown = self._bar_over if self._errors.isatty() else self._lines_over
        with shown(total, say(self.language, f"cli.progress_{unit}")) as advance:
            yield advance

    @contextmanager
    def _bar_over(self, total: int, title: str) -> Iterator[Callable[[], None]]:
        self._bar_due = time.monotonic() + _NOTICEABLE_SECONDS
        self._bar = bar = tqdm(
            total=total,
            file=self._errors,
            delay=_NOTICEABLE_SECONDS,
            leave=False,
            desc=title,
            unit="",
            bar_format="{desc}: {percentage:3.0f} % |{bar}| {n_fmt}/{total_fmt}"
            " [{rate_noinv_fmt}, {remaining}]",
            dynamic_ncols=True,
        )
        try:
            yield lambda: bar.update() and None
        finally:
            self._bar = None
            bar.close()

    @contextmanager
    def _lines_over(self, total: int, title: str) -> Iterator[Callable[[], None]]:
        began = time.monotonic()
        next_line = began + _NOTICEABLE_SECONDS
        done = 0

        def tell() -> None:
            nonlocal next_line
            now = time.monotonic()
            if now < next_line or done >= total:
                return
            next_line = now + _PLAIN_LINE_SECONDS
            rate = done / max(now - began, 1e-9)
            if not done or now - began < _SECONDS_FOR_A_RATE:
                self.note("progress", title=title, done=done, total=total)
            else:
                left = tqdm.format_interval((total - done) / rate)
                said = f"{rate:.0f}" if rate >= 1 else f"{rate:.1g}"
                self.note(
                    "progress_pace", title=title, done=done, total=total, rate=said, left=left
                )

        def advance() -> None:
            nonlocal done
            done += 1
            tell()

        tell()
        yield advance

    @contextmanager
    def _without_bar(self) -> Iterator[None]:
        if self._bar is None or time.monotonic() < self._bar_due:  # nothing drawn yet
            yield
        else:
            with tqdm.external_write_mode(file=self._errors):
                yield

    def _to_errors(self, text: str) -> None:
        with self._without_bar():
            shown = _encodable(printable(text), self._errors)
            print(shown, file=self._errors, flush=True)


def _is_unicode(stream: TextIO) -> bool:
    return (stream.encoding or "utf-8").lower().replace("-", "").startswith("utf")


def _encodable(text: str, stream: TextIO) -> str:
    """Return text with a question mark for every character that the stream cannot write."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "replace").decode(encoding)
