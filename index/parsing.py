"""Pages read in a process of their own: a hostile one can hang or kill only that."""

from __future__ import annotations

import json
import logging
import pickle
import traceback
from datetime import datetime

from index.article_rows import article_of, row_of
from index.errors import ExtractionError, SourceError, StoreError
from index.limited_process import LimitedProcess, Limits
from index.types import Extracted, Given, Page

_log = logging.getLogger(__name__)

LIMITS = Limits(
    memory=512 * 1024**2,  # ten times what an ordinary page takes, libraries included
    cpu_seconds=10,
    wall_seconds=20.0,  # more: the machine may have other work
    idle_seconds=300.0,
)
_FUNCTION = "index.parsing:answer"


class ParserProcess:
    """Reads pages one by one; starts with the first of them, and ends when none has come long."""

    def __init__(self, limits: Limits = LIMITS, function: str = _FUNCTION) -> None:
        """Take the limits; `function` is another one in tests of what a page can do."""
        self._process = LimitedProcess(function, limits)

    @property
    def pid(self) -> int | None:
        """The id of the process while there is one."""
        return self._process.pid

    def read(self, page: Page, given: Given, fetched: datetime) -> Extracted:
        """Return what is read out of a page as `read_document` does, with its errors.

        Raise ExtractionError "page_too_slow" or "page_breaks_parser" where it hung or killed it.
        """
        source = page.source or page.url or "?"
        try:
            answered = self._process.call(pickle.dumps((page, given, fetched)))
        except TimeoutError as error:
            raise ExtractionError("page_too_slow", source=source) from error
        except ChildProcessError as error:
            raise ExtractionError("page_breaks_parser", source=source) from error
        return _extracted(answered, source)

    def close(self) -> None:
        """End the process."""
        self._process.close()


def answer(request: bytes) -> bytes:
    """Read the page of a request; an article, a refusal or a fault, as JSON.

    The request comes from whom this process trusts. The answer does not: whoever took this process
    over by a page could write it, so it is values, not objects.
    """
    from index.documents import read_document  # noqa: PLC0415 - only the limited process needs it

    page, given, fetched = pickle.loads(request)  # noqa: S301 - see above
    try:
        extracted = read_document(page, given, fetched)
        found: object = {"article": row_of(extracted.article), "canonical": extracted.canonical}
    except SourceError as error:
        found = {"code": error.code, "details": error.details}
    except MemoryError:
        raise
    except Exception as fault:  # noqa: BLE001 - told to the log of the process that asked
        found = {"fault": type(fault).__name__, "trace": traceback.format_exc()}
    return json.dumps(found, default=str).encode()


def _extracted(answered: bytes, source: str) -> Extracted:
    try:
        match json.loads(answered):
            case {"article": [*values], "canonical": str() | None as canonical}:
                return Extracted(article_of((0, *values)).article, canonical)
            case {"code": str(code), "details": dict(details)}:
                refusal = ExtractionError(code, **details)
            case {"fault": str(kind), "trace": str(trace)}:
                _log.error("a page could not be read:\n%s", trace)
                refusal = ExtractionError("source_fault", kind=kind)
            case _:
                refusal = ExtractionError("page_breaks_parser", source=source)
    except (ValueError, TypeError, RecursionError, StoreError) as error:
        raise ExtractionError("page_breaks_parser", source=source) from error
    raise refusal
