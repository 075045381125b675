"""A question to an answer made of quotations, or to silence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.about import is_about
from bot.considered import Considered
from bot.conversation import Turn, follow
from bot.excerpt_limits import ExcerptLimits, within
from bot.features import Candidate
from bot.news.account import Accounting, account_of
from bot.news.asked import Asked, asked_of
from bot.news.beside import beside
from bot.news.claim import Account, Claim
from bot.news.found import Found
from bot.news.lead import leading
from bot.news.relations import follows
from bot.question import understand
from bot.quoted_articles import nearest_of, origins_of, stated, still_stored
from bot.quotes import MOST, quotations, unshown, worth_showing
from bot.rank import Choice, Weights, choose, shipped_weights
from bot.reading import excerpt, fitting, with_each_article
from bot.selector import Selector
from bot.surroundings import surroundings
from bot.types import Answer, ArchiveExtent, Question, Quote, Statement
from index.corpus import Corpus
from index.filter import Filter
from index.protocols import Reader
from index.reading import Excerpt, Reading
from index.types import Hit, Retrieval

PASSAGES = 12  # whose sentences are considered
# Where a dated article has the very figure that is asked for, this share of the threshold will do.
_PLAIN = 0.4
# Below this confidence of the weights without a reader none is asked. Of some 700 questions of
# newsqa, xquad_de and training that Beleg answered with one, none lies there; of those whose
# article is missing a third to a half do.
_HOPELESS = 0.02
_FURTHER = 8  # sentences, those of the answer included, where somebody asks for more


def this_moment() -> datetime:
    """Return the moment that it is, in the time of this machine."""
    return datetime.now().astimezone()


class Answering:
    """Answers from one corpus at a time; keeps nothing between questions."""

    def __init__(
        self,
        weights: Weights | None = None,
        reader: Reader | None = None,
        selector: Selector | None = None,
        limits: ExcerptLimits | None = None,
        clock: Callable[[], datetime] = this_moment,
    ) -> None:
        """Take other weights and limits than those of Beleg; reader and selector if there are."""
        self._clock = clock
        self._weights = fitting(weights or shipped_weights(), reader.name if reader else None)
        self._reader = reader
        self._shortlist = (self._weights.plain or self._weights).ranking
        self._selector = selector
        self._limits = limits or ExcerptLimits()

    @property
    def limits(self) -> ExcerptLimits:
        """How much of an article an answer may show."""
        return self._limits

    def now(self) -> datetime:
        """Return the moment of asking."""
        return self._clock()

    def prepare(self) -> None:
        """Load what the first question would otherwise wait for."""
        if self._reader is not None:
            self._reader.read("?", [Excerpt("", "", "?", "")])

    def answer(
        self,
        corpus: Corpus,
        text: str,
        retrieval: Retrieval | None = None,
        *,
        last: Turn | None = None,
        only: Filter | None = None,
        longest: int | None = None,
        now: datetime | None = None,
    ) -> Answer:
        """Return quotations, what holds now first, or none: then the articles do not say.

        `last` is the question that this one may go on with, `only` what may answer it, `longest`
        the characters of a quotation where it may have fewer than the limits say, `now` the moment
        of asking. Raises QuestionError for a text that is no question. `retrieval` takes the place
        of what the corpus finds: for measurement.
        """
        question = follow(text, last)
        once = Considered(self._is_hopeless)
        if retrieval is not None:
            return self._answer(
                corpus, question, question, retrieval, only=only, longest=longest, once=once
            )
        asked = asked_of(question, now or self._clock())
        ask = partial(self._answer, corpus, question, longest=longest, once=once)
        if asked.period is None:
            found = corpus.search(question.text, PASSAGES, question.language, only=only)
            answer = ask(question, found, only=only)
            accounting = self._accounting(corpus, asked, only, once, found)
            return self._led(corpus, answer, accounting, longest)
        accounting = self._accounting(corpus, asked, only, once)
        if accounting.narrowed:
            answer = ask(asked.question, accounting.found, only=accounting.only)
        if not (accounting.narrowed and answer.answered):
            # Nothing was said by then that answers; the whole question may find something.
            found = corpus.search(question.text, PASSAGES, question.language, only=only)
            whole = ask(question, found, only=only)
            answer = whole if whole.answered or not accounting.narrowed else answer
        return self._led(corpus, answer, accounting, longest)

    def _led(
        self, corpus: Corpus, answer: Answer, accounting: Accounting, longest: int | None
    ) -> Answer:
        """Return an answer with its account: the claims that hold are quoted first."""
        account = accounting.account
        least = 0.0 if accounting.narrowed else self._weights.threshold * _PLAIN
        answer = replace(answer, account=account)
        if _is_untold(corpus, account):
            return replace(answer, statements=(), unquoted=(), copies={})
        told = answer.answered or (
            account.plain
            and any(claim.made is not None for claim in account.current)
            and answer.confidence >= least
        )
        quotes = leading(account, answer.quotes, answer.question.text) if told else answer.quotes
        if quotes == answer.quotes:
            return answer
        limits = self._limits.narrowed(longest)
        allowed, unquoted = within(quotes, limits, stated(corpus, quotes))
        return replace(
            answer,
            statements=tuple(Statement((quote,)) for quote in allowed),
            copies={quote.stored.id: tuple(corpus.copies(quote.stored.id)) for quote in quotes},
            unquoted=tuple(unquoted),
        )

    def _answer(
        self,
        corpus: Corpus,
        question: Question,
        searched: Question,
        found: Retrieval,
        *,
        only: Filter | None,
        longest: int | None,
        once: Considered,
    ) -> Answer:
        """Return quotations, best first: `searched` is the question without its period."""
        considered = self._choices(searched, found, once)
        choices = [choice for choice in considered if is_about(searched, choice)]
        best = choices[0].confidence if choices else 0.0
        quotes: list[Quote] = []
        if best >= self._weights.threshold:
            selected = self._select(searched, choices)
            if selected == []:
                best = 0.0  # silence at any threshold
            shown = worth_showing(choices, self._weights.threshold)
            quotes = self._quotations(corpus, searched, shown, selected)
        limits = self._limits.narrowed(longest)
        allowed, unquoted = within(quotes, limits, stated(corpus, quotes))
        return Answer(
            question=question,
            statements=tuple(Statement((quote,)) for quote in allowed),
            confidence=best,
            nearest=nearest_of(considered, origins_of(corpus, considered)),
            archive=self.extent(corpus, only),
            copies={quote.stored.id: tuple(corpus.copies(quote.stored.id)) for quote in quotes},
            unquoted=tuple(unquoted),
            only=only,
        )

    def account(
        self,
        corpus: Corpus,
        text: str,
        *,
        now: datetime | None = None,
        only: Filter | None = None,
        last: Turn | None = None,
    ) -> Account:
        """Return all that the articles claim on a question, older versions included.

        `now` is the moment of asking. Raises QuestionError for a text that is no question.
        """
        asked = asked_of(follow(text, last), now or self._clock())
        return self._accounting(corpus, asked, only, Considered(self._is_hopeless)).account

    def beside(
        self,
        corpus: Corpus,
        text: str,
        told: Sequence[Claim],
        articles: frozenset[int],
        *,
        now: datetime | None = None,
        only: Filter | None = None,
    ) -> list[Found]:
        """Return what some articles claim of the quantity that was told, each read by itself.

        `told` are figures. Raises QuestionError for a text that is no question.
        """
        once, thrifty = Considered(), False
        return beside(
            corpus,
            told,
            asked_of(understand(text), now or self._clock()),
            articles,
            passages=PASSAGES,
            choose=partial(self._about, once, thrifty),
            read=partial(self._read, once, thrifty),
            only=only,
        )

    def _accounting(
        self,
        corpus: Corpus,
        asked: Asked,
        only: Filter | None,
        once: Considered,
        found: Retrieval | None = None,
    ) -> Accounting:
        # Where nothing is dated nothing is newer than anything: no reading is worth its time then.
        thrifty = found is not None and (
            not any(
                hit.stored.article.published or hit.stored.article.updated for hit in found.hits
            )
            or once.is_hopeless(asked.question, found)
        )
        return account_of(
            corpus,
            asked,
            passages=PASSAGES,
            choose=partial(self._about, once, thrifty),
            read=partial(self._read, once, thrifty),
            about=is_about,
            only=only,
            found=found,
        )

    def _about(
        self,
        once: Considered,
        thrifty: bool,
        question: Question,
        found: Retrieval,
        *,
        as_read: bool,
        loose: bool,
    ) -> list[Choice]:
        """Return the sentences of articles that are about a question, best first.

        With `as_read`, a reader has judged the best ones and one of each article; with `loose`,
        articles that have few of its words are left in.
        """
        some, weights = once.candidates(question, found), self._weights.plain or self._weights
        reader = once.reader(self._reader)
        if as_read and reader is not None:
            weights = self._weights
            some = once.read(question, found, reader, self._shortlist)
            if not thrifty:
                newer = partial(follows, question=question.text)
                some = with_each_article(question.text, some, reader, self._shortlist, newer)
        choices = choose(some, weights)
        return [choice for choice in choices if loose or is_about(question, choice)]

    def _read(
        self, once: Considered, thrifty: bool, question: Question, some: Sequence[Candidate]
    ) -> Sequence[Reading | None]:
        reader, excerpts = once.reader(self._reader), [excerpt(one) for one in some]
        if reader is None or thrifty:
            return once.known(question.text, excerpts)
        return reader.read(question.text, excerpts)

    def further(
        self,
        corpus: Corpus,
        text: str,
        *,
        only: Filter | None = None,
        longest: int | None = None,
        now: datetime | None = None,
    ) -> Answer:
        """Return what else the articles say, beside what `answer` has shown, within its limits."""
        first = self.answer(corpus, text, only=only, longest=longest, now=now)
        if not first.answered:
            return first
        question = first.question
        considered = self.choices(corpus, question, only=only)
        choices = [choice for choice in considered if is_about(question, choice)]
        shown = worth_showing(choices, self._weights.threshold)
        found = self._quotations(corpus, question, shown, None, _FURTHER)
        new = [part for quote in found for part in unshown(quote, first.quotes)]
        limits = self._limits.narrowed(longest)
        several = replace(limits, quotations=2 * limits.quotations)
        both = [*first.quotes, *new]
        allowed, unquoted = within(both, several, stated(corpus, both))
        named = {stored.id for stored in first.unquoted}
        # Words that answer are marked only where they were chosen as the best ones.
        more = [replace(one, highlight=None) for one in allowed[len(first.quotes) :]]
        return replace(
            first,
            statements=tuple(Statement((quote,)) for quote in more),
            copies={quote.stored.id: tuple(corpus.copies(quote.stored.id)) for quote in more},
            unquoted=tuple(stored for stored in unquoted if stored.id not in named),
            account=None,  # what holds now stands in the answer itself
        )

    def surroundings(
        self,
        corpus: Corpus,
        text: str,
        *,
        only: Filter | None = None,
        longest: int | None = None,
        now: datetime | None = None,
    ) -> Answer:
        """Return what `answer` shows, with the sentences around it as far as its limits allow."""
        answer = self.answer(corpus, text, only=only, longest=longest, now=now)
        limits = self._limits.narrowed(longest)
        grown = surroundings(answer.quotes, limits, stated(corpus, answer.quotes))
        return replace(answer, statements=tuple(Statement((quote,)) for quote in grown))

    def quotes(self, corpus: Corpus, text: str, retrieval: Retrieval | None = None) -> list[Quote]:
        """Return what would be quoted if Beleg were never silent: for measurement only."""
        question = understand(text)
        choices = self.choices(corpus, question, retrieval)
        selected = self._select(question, choices) or None
        return self._quotations(corpus, question, choices, selected)

    def _select(self, question: Question, choices: list[Choice]) -> list[Choice] | None:
        """Return what the selector would show, None where it has no say."""
        return self._selector.select(question.text, choices) if self._selector else None

    def _quotations(
        self,
        corpus: Corpus,
        question: Question,
        shown: list[Choice],
        selected: list[Choice] | None,
        most: int = MOST,
    ) -> list[Quote]:
        """Quote what was selected, in that order, else what is to be shown."""
        chosen, in_order = (shown, False) if selected is None else (selected, True)
        is_stored = partial(still_stored, corpus)
        origins = origins_of(corpus, chosen)
        return quotations(
            question, chosen, is_stored, origins=origins, in_order=in_order, most=most
        )

    def choices(
        self,
        corpus: Corpus,
        question: Question,
        retrieval: Retrieval | None = None,
        only: Filter | None = None,
    ) -> list[Choice]:
        """Return all sentences that were considered, best first."""
        found = retrieval or corpus.search(question.text, PASSAGES, question.language, only=only)
        return self._choices(question, found, Considered(self._is_hopeless))

    def _is_hopeless(self, some: Sequence[Candidate]) -> bool:
        """Whether by words and likeness alone nothing answers, so that no reader need look."""
        plain = self._weights.plain
        return plain is not None and bool(some) and choose(some, plain)[0].confidence < _HOPELESS

    def _choices(self, question: Question, found: Retrieval, once: Considered) -> list[Choice]:
        return choose(once.read(question, found, self._reader, self._shortlist), self._weights)

    def search(self, corpus: Corpus, text: str, count: int) -> list[Hit]:
        """Return the best passages, best first."""
        question = understand(text)
        return list(corpus.search(question.text, count, question.language).hits)

    def extent(self, corpus: Corpus, only: Filter | None = None) -> ArchiveExtent:
        """Return how much a corpus holds, or a filter admits of it."""
        if only is not None:
            return ArchiveExtent(*corpus.filters.extent(only))
        size = corpus.size()
        return ArchiveExtent(size.articles, size.first, size.last)


def _is_untold(corpus: Corpus, account: Account) -> bool:
    """Whether a value was asked for and no article has one that may be meant: nothing is said then.

    Only where it is known when articles appeared: what else there is may be no news.
    """
    return account.untold and corpus.size().first is not None
