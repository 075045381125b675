"""Pictures drawn in a process of their own: the program that answers never loads what draws."""

from __future__ import annotations

import logging
import os
import pickle
import tempfile

from bot.news.chart import Chart, ImageKind
from index.limited_process import LimitedProcess, Limits

_log = logging.getLogger(__name__)

LIMITS = Limits(
    memory=1024 * 1024**2,  # of addresses, of which a tenth is used
    cpu_seconds=10,
    wall_seconds=30.0,  # more: the machine may have other work
    idle_seconds=120.0,
)
_FUNCTION = "bot.news.picture:answer"


class Draughtsman:
    """Draws one picture after the other; its process starts with the first and ends when idle."""

    def __init__(self, limits: Limits = LIMITS, function: str = _FUNCTION) -> None:
        """Take the limits; `function` is another one in tests of what can go wrong."""
        self._process = LimitedProcess(function, limits)

    @property
    def pid(self) -> int | None:
        """The id of the process while there is one."""
        return self._process.pid

    def draw(self, chart: Chart, kind: ImageKind = ImageKind.PNG) -> bytes | None:
        """Return the picture as a file, None where it took too long or could not be drawn.

        The words stand without it: what went wrong is for the log.
        """
        try:
            # matplotlib would keep a list of fonts in the home directory: it gets another place.
            with tempfile.TemporaryDirectory(prefix="beleg-") as directory:
                return self._process.call(pickle.dumps((directory, chart, kind))) or None
        except OSError as error:  # a limit was passed, or the process has died
            _log.warning("a picture could not be drawn: %s", error)
            return None

    def close(self) -> None:
        """End the process."""
        self._process.close()


def answer(request: bytes) -> bytes:
    """Draw the chart of a request, which comes from the process that started this one."""
    directory, chart, kind = pickle.loads(request)  # noqa: S301 - see above
    os.environ.setdefault("MPLCONFIGDIR", directory)
    from bot.news.plot import draw  # noqa: PLC0415 - only the limited process needs it

    return draw(chart, kind)
