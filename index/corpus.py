"""Everything that belongs to one server: its store, and the two indexes kept equal to it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from index.ahead import Ahead
from index.database import Database, Purged
from index.earlier import earlier_hits
from index.errors import NotFoundError, StoreError
from index.filter import Filter, FilterTable
from index.identity import addresses_of
from index.indexes import Indexes
from index.intake_table import IntakeTable
from index.lexicon import Lexicon
from index.override_table import OverrideTable
from index.protocols import Embedder, Vectors
from index.retrieve import SHIPPED_FUSION, FusionWeights, fuse, worth_reading
from index.snippet_table import SnippetTable, Stated
from index.split import split_passages
from index.store import Store, StoredPassage
from index.stories import stories_of
from index.types import (
    Article,
    Extracted,
    Headline,
    Hit,
    Outcome,
    Passage,
    Receipt,
    Retrieval,
    StoredArticle,
)
from index.versions import is_new_version, merged, reads_differently, restated

_log = logging.getLogger(__name__)

_CAUGHT_UP = 50


@dataclass(frozen=True, slots=True)
class CorpusSize:
    """How much a corpus holds."""

    articles: int
    passages: int
    sentences: int
    first: date | None
    last: date | None


class Corpus:
    """Safe to use from several threads. Embedding, the slow part, happens outside the lock."""

    def __init__(
        self,
        path: Path,
        embedder: Embedder,
        fusion: FusionWeights = SHIPPED_FUSION,
        lexicon: Lexicon | None = None,
    ) -> None:
        """Open or create the corpus in a file; raises StoreError where that is impossible.

        For measurements, other weights and another lexicon than those that ship with Beleg.
        """
        self._embedder = embedder
        self._fusion = fusion
        self._lexicon = lexicon
        self._store = Store(path, embedder.name)
        # Whoever changes something holds both, this one first: deciding what to write may take
        # its time, and questions wait for the second one only.
        self._writing = threading.RLock()
        self._lock = threading.RLock()
        self._caught_up = False
        self._withheld: frozenset[int] | None = None
        self._built: Indexes | None = None
        self._size: CorpusSize | None = None

    def close(self) -> None:
        """Close the store."""
        with self._lock:
            self._built = None
            self._store.close()

    def prepare(self) -> None:
        """Look through the file and build the indexes now instead of at the first question."""
        checking = threading.Thread(target=self.database.check, name="check")
        checking.start()
        try:
            with self._lock:
                self._indexes()
        finally:
            checking.join()

    def withheld(self) -> frozenset[int]:
        """Return the articles that are damaged on the disk: nothing of them is ever shown.

        Looks at all of them where no question has yet.
        """
        with self._lock:
            if self._withheld is None:
                found: set[int] = set()
                for _ in self._store.everything(found):
                    pass
                self._withheld = frozenset(found)
            return self._withheld

    def embed_ahead(self, several: Sequence[Extracted]) -> Ahead:
        """Embed together the sentences of articles that are not known yet, for `add`."""
        sentences: list[str] = []
        for extracted in several:
            article = extracted.article
            known = self._store.find_known(article, addresses_of(article, extracted.canonical))
            if known is None or is_new_version(article, known.article):
                sentences += [s.text for p in split_passages(article) for s in p.sentences]
        return Ahead(self._embedder, sentences)

    def add(
        self,
        article: Article,
        declared: str | None = None,
        ahead: Ahead | None = None,
        stated: Stated | None = None,
    ) -> Receipt:
        """Add an article, or a new version of one that is known by address, id or text.

        The receipt is written after the commit. What a known article states and this one does not
        (address, outlet, date) is carried over; a text that differs in its typography alone is no
        new version. `declared` is the address that the article's page gives as its own; `ahead` may
        have its sentences embedded already. `stated` is how much of it its page lets be shown, None
        where it comes from no page.
        """
        embedder = ahead or self._embedder
        addresses = addresses_of(article, declared)
        while True:
            known = self._store.find_known(article, addresses)
            full = article
            if known is not None:
                known_by = self._store.identity.addresses(known.id)
                moved = known_by.isdisjoint(addresses)
                full = merged(article, known.article, moved=moved)
            if known is not None and not is_new_version(full, known.article):
                with self._writing:
                    if self._store.find_known(article, addresses) == known:
                        return self._restate(full, known, addresses, stated)
                continue
            passages = split_passages(full)
            vectors = embedder.embed_sentences(
                [sentence.text for passage in passages for sentence in passage.sentences]
            )
            with self._writing:
                # Embedding took its time: another thread may have added or removed it meanwhile.
                if self._store.find_known(article, addresses) == known:
                    return self._write(
                        full, passages, vectors, known, addresses=addresses, stated=stated
                    )

    def _restate(
        self,
        article: Article,
        known: StoredArticle,
        addresses: Sequence[str],
        stated: Stated | None,
    ) -> Receipt:
        """Write what is stated about a known text anew, where it differs."""
        now = restated(article, known.article)
        if now == known.article and set(addresses) <= self._store.identity.addresses(known.id):
            if stated is not None:
                self.snippets.put(known.id, stated.characters)
            return Receipt(Outcome.KNOWN, known)
        with self._lock:
            stored = self._store.amend(known.id, now, addresses, stated)
            self._size = None
        seen = reads_differently(now, known.article)
        return Receipt(Outcome.UPDATED if seen else Outcome.KNOWN, stored)

    def _write(
        self,
        article: Article,
        passages: tuple[Passage, ...],
        vectors: Vectors,
        known: StoredArticle | None,
        *,
        addresses: Sequence[str],
        stated: Stated | None,
    ) -> Receipt:
        # What is searched is what is stored: half precision, in memory as in the file.
        vectors = vectors.astype(np.float16).astype(np.float32)
        supersedes = known.id if known else None
        self._catch_up()
        likeness = self._store.origins.likeness(article.text, but=supersedes)
        with self._lock:
            outdated = self._store.passage_ids_of(known.id) if known else ([], [])
            stored, written = self._store.add(
                article,
                passages,
                vectors,
                supersedes,
                addresses=addresses,
                likeness=likeness,
                stated=stated,
            )
            self._follow(outdated, written, vectors)
        return Receipt(Outcome.ADDED if known is None else Outcome.UPDATED, stored)

    def _catch_up(self) -> None:
        """Look for copies among articles of an older Beleg: some with each that is added."""
        if self._caught_up:
            return
        origins = self._store.origins
        missing = origins.missing(_CAUGHT_UP)
        self._caught_up = not missing
        for stored in missing:
            likeness = origins.likeness(stored.article.text, but=stored.id)
            with self._lock, self.database.transaction() as connection:
                origins.write(connection, stored.id, likeness)

    def remove(self, article_id: int) -> StoredArticle:
        """Remove an article with all its versions, by the id of any of them.

        NotFoundError for an unknown id.
        """
        with self._writing, self._lock:
            article_id = self._store.current_id(article_id)
            outdated = self._store.passage_ids_of(article_id)
            stored = self._store.remove(article_id)
            self._follow(outdated)
        return stored

    def purge(self) -> Purged:
        """Write the file anew, so that nothing of what was removed is left in it."""
        with self._writing, self._lock:
            return self.database.purge()

    @property
    def database(self) -> Database:
        """The file of this corpus, for whoever keeps something else of it in tables of its own."""
        return self._store.database

    @property
    def model(self) -> str:
        """The name of the model by which sentences are compared."""
        return self._embedder.name

    @property
    def intake(self) -> IntakeTable:
        """The files that were taken in here."""
        return IntakeTable(self.database)

    @property
    def overrides(self) -> OverrideTable:
        """The hosts whose reservations do not count here."""
        return OverrideTable(self.database)

    @property
    def snippets(self) -> SnippetTable:
        """How much of its articles may be shown, where their sites say so."""
        return self._store.snippets

    @property
    def filters(self) -> FilterTable:
        """What a filter admits of its articles."""
        return FilterTable(self.database)

    def article(self, article_id: int) -> StoredArticle:
        """Return a current article; NotFoundError for an unknown id."""
        return self._store.article(article_id)

    def articles(self) -> list[StoredArticle]:
        """Return all current articles, the newest addition first."""
        return self._store.articles()

    def headlines(self) -> list[Headline]:
        """Return all current articles without their texts, the newest addition first."""
        return self._store.headlines()

    def versions(self, article_id: int) -> list[StoredArticle]:
        """Return all versions of an article by the id of any of them, the oldest first.

        The last one is current: only its words are searched and quoted. NotFoundError for an
        unknown id.
        """
        return self._store.versions(article_id)

    def newest(self, article_id: int) -> int:
        """Return the id of the newest version of an article, its own where it is gone."""
        return next((one.id for one in reversed(self._versions(article_id))), article_id)

    def origin_of(self, article_ids: Sequence[int]) -> Mapping[int, int]:
        """Return for each article the lowest id of those that tell the same text as it does.

        Papers take over what agencies write: however many print it, it is one witness.
        """
        return self._store.origins.origin_of(article_ids)

    def copies(self, article_id: int) -> list[Headline]:
        """Return the other articles of the same origin, the oldest first."""
        origin = self.origin_of([article_id])[article_id]
        others = [i for i in self._store.origins.members(origin) if i != article_id]
        return self._store.headlines_of(others)

    def stories(self, article_ids: Sequence[int]) -> list[list[int]]:
        """Return current articles story by story; copies of one text are of one story.

        In the order of the first of each; one that is gone or damaged is left out.
        """
        return stories_of(article_ids, self.origin_of(article_ids), self._store.of_article)

    def size(self) -> CorpusSize:
        """Return how much there is; counted again only after a change, since answers show it."""
        with self._lock:
            if self._size is None:
                articles, first, last = self._store.extent()
                passages, sentences = self._store.counts()
                self._size = CorpusSize(articles, passages, sentences, first, last)
            return self._size

    def search(
        self, text: str, count: int, language: str | None = None, *, only: Filter | None = None
    ) -> Retrieval:
        """Return up to `count` passages for a question, best first.

        Where its language is known ("de", "en"), words that mean the same count as well. With
        `only`, nothing of any other article is looked at.
        """
        try:
            return self._search(text, count, language, only)
        except (StoreError, RuntimeError, KeyError, ValueError) as error:
            if isinstance(error, StoreError) and error.code != "store_damaged":
                raise
            _log.exception("the indexes cannot be joined to the store; they are rebuilt")
        with self._lock:
            self._distrust()  # what can still be read is found all the same
        try:
            return self._search(text, count, language, only)
        except (RuntimeError, KeyError, ValueError) as error:
            path = str(self.database.path)
            raise StoreError("store_damaged", path=path, reason=str(error)) from error

    def _search(
        self, text: str, count: int, language: str | None, only: Filter | None
    ) -> Retrieval:
        # What comes or goes until the search begins is not found, or not there any more.
        passages = None if only is None else self.filters.passages(only)
        if passages == []:
            return Retrieval((), ())
        # The model reads the question while its words are looked for.
        with ThreadPoolExecutor(1, "question") as aside:
            asked = aside.submit(self._embedder.embed_question, text)
            with self._lock:
                terms, lexical = self._indexes().words(text, language, passages)
            vector = asked.result()  # nobody waits for the model with the lock in hand
        with self._lock:
            indexes = self._indexes()
            nearest = indexes.nearest(vector, passages)
            # Joined back to the store, which knows only this corpus and only what still exists.
            ids = {*lexical, *self._store.passage_ids_with(nearest).values()}
            known = indexes.sentences_of(sorted(ids))
            cosines = indexes.cosines(known, vector)
            first = worth_reading(lexical, cosines, count, weights=self._fusion)
            candidates = [
                passage
                for passage in self._store.passages(first)
                if passage.sentence_ids == tuple(known[passage.id])
            ]
            if len(candidates) < len(first):
                self._withhold(set(first) - {passage.id for passage in candidates}, known)
            grams = indexes.lexical.gram_weights(terms)
        hits = fuse(terms, grams, candidates, lexical, cosines, weights=self._fusion)
        return Retrieval(terms, tuple(hits[:count]))

    def earlier(self, text: str, hits: Sequence[Hit]) -> list[Hit]:
        """Return what older versions of the articles found said otherwise, as passages.

        Only where somebody asks how something went: no search finds them.
        """
        asked: list[Vectors] = []

        def question() -> Vectors:
            if not asked:
                asked.append(self._embedder.embed_question(text))
            return asked[0]

        changed = self._store.with_older({hit.stored.id for hit in hits})
        if not changed:
            return []
        some = [hit for hit in hits if hit.stored.id in changed]
        return earlier_hits(some, self._versions, self._embedder.embed_sentences, question)

    def holds(self, stored: StoredArticle) -> bool:
        """Whether this very text is there, current or as an older version."""
        return any(
            one.id == stored.id and one.article.text == stored.article.text
            for one in self._versions(stored.id)
        )

    def _versions(self, article_id: int) -> list[StoredArticle]:
        try:
            return self._store.versions(article_id)
        except NotFoundError:
            return []

    def _indexes(self) -> Indexes:
        """Return the indexes, built from the store where they are missing or were distrusted."""
        if self._built is None:
            built = Indexes(self._lexicon)
            withheld: set[int] = set()
            built.fill(self._store.everything(withheld))
            self._store.check_model()  # another process may have changed it half-way
            self._withheld = frozenset(withheld)
            self._built = built
        return self._built

    def _withhold(self, passage_ids: set[int], sentences: Mapping[int, Sequence[int]]) -> None:
        """Find passages no more that were damaged since the indexes were built, and count them."""
        if self._built is not None:
            ids = sorted(passage_ids)
            self._built.remove(ids, [i for passage_id in ids for i in sentences[passage_id]])
        self._withheld = (self._withheld or frozenset()) | self._store.owners_of(passage_ids)

    def _distrust(self) -> None:
        self._built = None
        self._withheld = None

    def _follow(
        self,
        outdated: tuple[list[int], list[int]],
        written: list[StoredPassage] | None = None,
        vectors: Vectors | None = None,
    ) -> None:
        """Bring the indexes to where the store is after a commit.

        Where nobody has asked yet there are none, and a command that only writes needs none.
        """
        self._size = None
        if self._withheld:
            self._withheld = None  # it may have been one of them
        if self._built is None:
            return
        try:
            self._built.remove(*outdated)
            if written and vectors is not None:
                self._built.add(written, vectors)
        except Exception:  # noqa: BLE001 - the commit stands, whatever broke after it
            _log.exception("an index could not follow the store; both will be rebuilt")
            self._distrust()
