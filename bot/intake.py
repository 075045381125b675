"""What was read into a corpus: one article or some, each with what its page lets be shown."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bot.observer import Observer
from index.ahead import Ahead
from index.errors import BelegError, SourceError
from index.library import Library
from index.snippet_table import Stated
from index.types import Extracted, Page, Receipt

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Incoming:
    """What was read, and the page that it came from if it came from one."""

    extracted: Extracted
    page: Page | None = None


class Intake:
    """Plain work, one at a time: whoever calls sees to the worker."""

    def __init__(self, library: Library, observer: Observer) -> None:
        """Take the corpora, and who hears how long each article took."""
        self._library = library
        self._observer = observer

    def add(self, corpus: str, incoming: Incoming, ahead: Ahead | None = None) -> Receipt:
        """Add one article; `ahead` may have its sentences embedded already."""
        begun = time.perf_counter()
        opened, extracted, page = self._library.corpus(corpus), incoming.extracted, incoming.page
        # A file says nothing about what may be shown of it.
        stated = Stated(page.max_snippet) if page is not None and page.url is not None else None
        try:
            receipt = opened.add(extracted.article, extracted.canonical, ahead, stated)
        except BaseException:
            self._observer.intake("failed", time.perf_counter() - begun)
            raise
        self._observer.intake(receipt.outcome.value, time.perf_counter() - begun)
        return receipt

    def add_all(self, corpus: str, several: Sequence[Incoming]) -> list[Receipt | Exception]:
        """Add some articles, embedded together; what came of each, in their order.

        StoreError and the like, which concern all, are raised.
        """
        found: list[Receipt | Exception] = []
        opened = self._library.corpus(corpus)
        ahead: Ahead | None = None
        try:
            ahead = opened.embed_ahead([incoming.extracted for incoming in several])
        except BelegError:
            raise
        except Exception:  # noqa: BLE001 - one of them is to blame: which, shows one by one
            _log.exception("some articles could not be embedded together")
        for incoming in several:
            try:
                found.append(self.add(corpus, incoming, ahead))
            except SourceError as error:
                found.append(error)
            except BelegError:
                raise
            except Exception as fault:  # noqa: BLE001 - one article nobody thought of: not all
                found.append(fault)
        return found
