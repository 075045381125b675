"""Where the parts of Beleg are put together for a command."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bot.answer import Answering
from bot.cli.terminal import Terminal
from bot.desk import Desk
from bot.excerpt_limits import ExcerptLimits
from bot.feed_desk import FeedDesk
from bot.installation import Installation
from bot.observer import Observer
from bot.rank import load_weights, shipped_weights
from bot.selector import Selector
from bot.settings import DEFAULT_CORPUS, NO_READER, Settings
from bot.timing import Timing
from index.corpus import Corpus
from index.embed import SentenceTransformerEmbedder
from index.errors import NotFoundError
from index.fetch import GuardedFetcher, user_agent
from index.language_model import ChatModel
from index.library import Library
from index.onnx_embedder import OnnxEmbedder
from index.onnx_reader import OnnxReader
from index.own_model import shipped_model
from index.protocols import Embedder, Reader
from index.reader import TransformersReader
from index.refresh import Intervals
from index.rights import PermittedFetcher, SiteRights

if TYPE_CHECKING:
    from aiohttp import BaseConnector

    from bot.health.watching import Watching  # only the service needs its libraries

EmbedderFactory = Callable[[str | None], Embedder]


class Serve(Protocol):
    """The Discord bot: runs until cancelled."""

    def __call__(
        self,
        desk: Desk,
        token: str | None,
        *,
        directory: Path,
        feeds: FeedDesk,
        installation: Installation,
        watching: Watching,
    ) -> Awaitable[None]:
        """Log in and answer."""


def embedder_for(model: str | None) -> Embedder:
    """Return the embedder for the model of the settings: without one, Beleg's own."""
    return SentenceTransformerEmbedder(model) if model else OnnxEmbedder(shipped_model())


def reader_for(model: str | None) -> Reader | None:
    """Return the reader of the settings, not loaded yet: without one, Beleg's own."""
    if model == NO_READER:
        return None
    return TransformersReader(model) if model else OnnxReader(shipped_model())


async def discord_bot(
    desk: Desk,
    token: str | None,
    *,
    directory: Path,
    feeds: FeedDesk,
    installation: Installation,
    watching: Watching,
) -> None:
    """Serve Discord."""
    from bot.client import serve  # noqa: PLC0415 - discord.py is for those who run the bot

    await serve(
        desk,
        token,
        directory=directory,
        feeds=feeds,
        installation=installation,
        watching=watching,
    )


@dataclass(frozen=True, slots=True)
class Parts:
    """Settings, terminal and model of this run, and how to open the rest."""

    settings: Settings
    terminal: Terminal
    embedder: Embedder
    serve: Serve
    timing: Timing = field(default_factory=Timing)
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    connector: Callable[[], BaseConnector] | None = None  # another way to Discord, for tests

    def at(self, directory: Path) -> Parts:
        """Return the same parts over another data directory."""
        return replace(self, settings=replace(self.settings, data=directory))

    def answering(self) -> Answering:
        """Return what answers, by the weights of the settings; warn where they fit another model.

        Only commands that answer ask for it: a wrong file of weights keeps nobody from listing
        articles or from learning new ones.
        """
        chosen, reader = self.settings.weights, self.reader()
        weights = load_weights(chosen) if chosen else shipped_weights()
        # Where nothing was chosen they belong together.
        if (chosen or self.settings.model) and weights.model != self.embedder.name:
            self.terminal.note(
                "weights_of_another_model", stated=weights.model, model=self.embedder.name
            )
        if chosen or self.settings.reader not in {None, NO_READER}:
            if reader is not None and weights.reader != reader.name:
                self.terminal.note("weights_without_reader", reader=reader.name)
            elif reader is None and weights.reader is not None:
                self.terminal.note("weights_want_reader", reader=weights.reader)
        return Answering(weights, reader, self._selector(), self.excerpt_limits())

    def excerpt_limits(self) -> ExcerptLimits:
        """Return how much of an article may be shown, by the settings."""
        return ExcerptLimits(
            self.settings.excerpt_characters,
            self.settings.excerpt_quotations,
            self.settings.excerpt_article,
        )

    def reader(self) -> Reader | None:
        """Return the reader of the settings, not loaded yet."""
        return reader_for(self.settings.reader)

    def _selector(self) -> Selector | None:
        settings = self.settings
        if settings.selector_url is None or settings.selector_model is None:
            return None
        return Selector(
            ChatModel(
                settings.selector_url,
                settings.selector_model,
                settings.read_selector_key(),
                seconds=settings.selector_timeout,
            )
        )

    @contextmanager
    def library(self) -> Iterator[Library]:
        """Open the data directory."""
        library = Library(self.settings.data, self.embedder)
        try:
            yield library
        finally:
            library.close()

    def corpus_to_read(self, library: Library) -> Corpus:
        """Return the corpus of the settings, an empty one before anything was added.

        NotFoundError for another name that is not there: it was mistyped.
        """
        name, known = self.settings.corpus, library.names()
        if name != DEFAULT_CORPUS and name not in known:
            raise NotFoundError("corpus_not_found", name=name, known=", ".join(known) or "–")
        return library.existing(name)

    @asynccontextmanager
    async def feeds(self, desk: Desk | None = None) -> AsyncIterator[FeedDesk]:
        """Open what looks after feeds, over a desk of its own unless there is one already."""
        async with AsyncExitStack() as stack:
            own = await stack.enter_async_context(self.desk()) if desk is None else desk
            settings = self.settings
            feeds = FeedDesk(
                own,
                intervals=Intervals(
                    timedelta(minutes=settings.feed_shortest),
                    timedelta(minutes=settings.feed_longest),
                ),
                most_at_first=settings.feed_first,
                timing=self.timing,
            )
            stack.push_async_callback(feeds.close)
            yield feeds

    @asynccontextmanager
    async def fetcher(self) -> AsyncIterator[PermittedFetcher]:
        """Open the way to the network; it asks sites for permission."""
        async with GuardedFetcher(
            user_agent=user_agent(self.settings.contact),
            allowed_hosts=self.settings.fetch_allow,
        ) as guarded:
            yield PermittedFetcher(guarded, SiteRights(guarded, self.timing.clock))

    @asynccontextmanager
    async def desk(self, observer: Observer | None = None) -> AsyncIterator[Desk]:
        """Open the data directory and the way to the network."""
        with self.library() as library:
            async with (
                self.fetcher() as fetcher,
                Desk(library, fetcher, self.answering(), observer=observer) as desk,
            ):
                yield desk
