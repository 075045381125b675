"""Where the details of a fault go: a file beside the articles, never the screen."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

from bot.cli.log_format import LogFormat

_LARGEST = 2**20


class FaultLog(RotatingFileHandler):
    """Warnings and worse; the file comes into being with the first of them."""

    def __init__(self, directory: Path) -> None:
        """Take the data directory."""
        super().__init__(
            directory / "beleg.log", maxBytes=_LARGEST, backupCount=1, encoding="utf-8", delay=True
        )
        self.setLevel(logging.WARNING)
        self.setFormatter(LogFormat())
        self.path = Path(self.baseFilename)
        self.writable = True

    @staticmethod
    def files_in(directory: Path) -> list[Path]:
        """Return the logs in a data directory."""
        return sorted(path for path in directory.glob("beleg.log*") if path.is_file())

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802, ARG002 - logging's
        """Do without a log where none can be written, instead of showing a traceback."""
        self.writable = False

    def close(self) -> None:
        """Let the file go; what a full disk does not take any more is lost."""
        try:
            super().close()
        except OSError:
            self.writable = False

    def _open(self) -> io.TextIOWrapper:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return super()._open()


@contextmanager
def faults_to(directory: Path) -> Iterator[FaultLog]:
    """Send what the parts of the program warn about to the log, Python's own warnings included."""
    root = logging.getLogger()
    handler = FaultLog(directory)
    root.addHandler(handler)
    logging.captureWarnings(capture=True)
    try:
        yield handler
    finally:
        logging.captureWarnings(capture=False)
        root.removeHandler(handler)
        handler.close()
