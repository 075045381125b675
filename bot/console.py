"""An answer in a terminal, as JSON, and the conversation of the bot line by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from bot.cite import Citation, cite, independent, other_outlets
from bot.conversation import Turn, turn_of
from bot.desk import Desk
from bot.language import say, say_error
from bot.language.archive import archive_text, sources_text
from bot.language.days import published_text
from bot.language.periods import aged_text, filter_text
from bot.language.standing import (
    claim_text,
    differing_text,
    earlier,
    standing_text,
    understood_text,
)
from bot.news.claim import Account, Claim, Days
from bot.period import this_day
from bot.quotation_marks import marks_around
from bot.terminal_text import Style, embolden, printable, wrap
from bot.types import Answer, Language, Quote
from index.errors import BelegError
from index.filter import Filter
from index.types import Headline, Hit, Span, StoredArticle


def render_answer(
    answer: Answer, language: Language, style: Style, today: date | None = None
) -> str:
    """Return the quotations with their sources, or say plainly that the articles do not say.

    With the day that it is, articles have their age beside their date.
    """
    blocks = []
    if answer.question.interpretation:
        understood = printable(answer.question.interpretation)
        blocks.append(
            wrap(say(language, "answer.interpretation", interpretation=understood), style)
        )
    if answer.only is not None:
        blocks.append(wrap(printable(filter_text(language, answer.only, today)), style))
    if answer.answered and answer.account is not None:
        before = (
            understood_text(language, answer.account, today),
            differing_text(language, answer.account),
        )
        blocks += [wrap(printable(text), style) for text in before if text]
        blocks += _claims_block(answer.account, language, style)
    if answer.answered:
        citations = cite(answer.quotes)
        dressed = _Dress(language, style, today)
        blocks += [
            _citation_block(citation, answer.copies.get(citation.stored.id, ()), dressed)
            for citation in citations
        ]
        blocks += _unquoted_block(answer, language, style)
        blocks += _earlier_block(answer, language, style)
        if citations:
            count = sources_text(language, independent(citations))
            standing = standing_text(language, answer, today)
            shown = " · ".join(part for part in (standing, count) if part)
            blocks.append(wrap(printable(shown), style))
    elif answer.archive.articles == 0 and answer.only is not None:
        blocks.append(wrap(say(language, "period.empty"), style))
    elif answer.archive.articles == 0:
        blocks.append(wrap(say(language, "cli.list_empty"), style))
    else:
        blocks.append(wrap(say(language, "answer.not_said"), style))
        blocks.append(wrap(archive_text(language, answer.archive), style))
        if answer.nearest:
            nearest = [headline(stored, language) for stored in answer.nearest]
            lines = [wrap(say(language, "answer.nearest"), style)]
            lines += [wrap(line, style, "  ") for line in nearest]
            blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _claims_block(account: Account, language: Language, style: Style) -> list[str]:
    """Name the claims of a conflict, and those of older versions: the quotations stand below."""
    lines = [
        claim_text(language, claim, outdated=claim.stored.id in account.outdated)
        for claim in account.current
        if account.differs or claim.stored.id in account.outdated
    ]
    return ["\n".join(wrap(printable(f"- {line}"), style) for line in lines)] if lines else []


def _earlier_block(answer: Answer, language: Language, style: Style) -> list[str]:
    account = answer.account
    if account is None or not (claims := earlier(account)):
        return []
    texts = [
        claim_text(language, claim, outdated=claim.stored.id in account.outdated)
        for claim in claims
    ]
    text = say(language, "standing.earlier", claims="; ".join(texts))
    return [wrap(printable(text), style)]


def headline(stored: StoredArticle | Headline, language: Language) -> str:
    """Return one line that names an article: title, outlet, day."""
    article = stored.headline
    parts = [article.title, article.outlet, published_text(language, article.published)]
    return printable(" · ".join(part for part in parts if part))


def render_hits(hits: Sequence[tuple[Hit, Span | None]], language: Language, style: Style) -> str:
    """Return what may be shown of passages, each under the line that names its article."""
    if not hits:
        return say(language, "cli.search_nothing")
    return "\n\n".join(
        f"{number}. {headline(hit.stored, language)} ({hit.stored.id})"
        + ("" if span is None else "\n" + wrap(printable(span.text), style, "   "))
        for number, (hit, span) in enumerate(hits, start=1)
    )


def answer_record(answer: Answer, took_ms: float) -> dict[str, Any]:
    """Return what `beleg ask --json` prints; offsets count characters of the stored text."""
    archive = answer.archive
    return {
        "question": answer.question.asked or answer.question.text,
        "language": answer.question.language.value,
        "answered": answer.answered,
        "confidence": round(answer.confidence, 4),
        "quotes": [
            {
                **_quote_record(quote),
                "copies": [
                    {"article_id": copy.id, "outlet": copy.outlet, "url": copy.url}
                    for copy in answer.copies.get(quote.stored.id, ())
                ],
            }
            for quote in answer.quotes
        ],
        "unquoted": [
            _pick(article_record(stored), "article_id", "title", "url", "outlet", "published")
            for stored in answer.unquoted
        ],
        **_account_record(answer.account),
        "interpretation": answer.question.interpretation,
        "filter": _filter_record(answer.only),
        "took_ms": round(took_ms, 1),
        "nearest": [
            _pick(article_record(stored), "article_id", "title", "outlet", "published")
            for stored in answer.nearest
        ],
        "archive": {
            "articles": archive.articles,
            "first": archive.first.isoformat() if archive.first else None,
            "last": archive.last.isoformat() if archive.last else None,
        },
    }


def _account_record(account: Account | None) -> dict[str, Any]:
    """Return what is claimed on the question: all of it, what of it differs, and since when."""
    if account is None:
        return {"claims": [], "conflicts": [], "as_of": None, "origins": 0, "period": None}
    claims = [_claim_record(account, claim) for claim in account.claims]
    return {
        "claims": claims,
        "conflicts": [
            _claim_record(account, claim) for claim in account.current if account.differs
        ],
        "as_of": account.as_of.isoformat() if account.as_of else None,
        "origins": account.origins,
        "period": (
            {**_days_record(account.days), "outside": account.outside} if account.days else None
        ),
    }


def _claim_record(account: Account, claim: Claim) -> dict[str, Any]:
    figure = claim.figure
    return {
        "current": claim in account.current,
        "older_version": claim.stored.id in account.outdated,
        "value": _span_record(claim.value),
        "figure": None
        if figure is None
        else {
            "least": _number(figure.least),
            "most": _number(figure.most),
            "unit": figure.unit,
            "counted": figure.counted,
            "hedge": figure.hedge.value if figure.hedge else None,
        },
        "days": _days_record(claim.days) if claim.days else None,
        "hedge": _span_record(claim.hedge),
        "claimant": _span_record(claim.claimant),
        "speaks_of": _days_record(claim.speaks_of) if claim.speaks_of else None,
        "made": claim.made.isoformat() if claim.made else None,
        "text": claim.quote.text,
        "start": claim.quote.span.start,
        "end": claim.quote.span.end,
        **_pick(article_record(claim.stored), *_SOURCE, "updated", "source_id"),
    }


def _span_record(span: Span | None) -> dict[str, Any] | None:
    return None if span is None else {"text": span.text, "start": span.start, "end": span.end}


def _days_record(days: Days) -> dict[str, Any]:
    return {
        "from": days.first.isoformat() if days.first else None,
        "to": days.last.isoformat() if days.last else None,
    }


def _number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _filter_record(only: Filter | None) -> dict[str, Any] | None:
    if only is None:
        return None
    return {
        "from": only.first_day.isoformat() if only.first_day else None,
        "to": only.last_day.isoformat() if only.last_day else None,
        "outlets": sorted(only.outlets),
    }


def article_record(stored: StoredArticle | Headline) -> dict[str, Any]:
    """Return the fields of a stored article but its text."""
    article = stored.headline
    published, updated = article.published, article.updated
    return {
        "article_id": stored.id,
        "title": article.title,
        "url": article.url,
        "outlet": article.outlet,
        "published": published.isoformat() if published else None,
        "published_origin": published.origin.value if published else None,
        "updated": updated.isoformat() if updated else None,
        "updated_origin": updated.origin.value if updated else None,
        "authors": list(article.authors),
        "fetched": article.fetched.isoformat(),
        "source_id": article.source_id,
        "characters": article.characters,
        "text_sha256": article.text_sha256,
    }


def hit_record(hit: Hit, span: Span | None) -> dict[str, Any]:
    """Return what may be shown of a passage with its place and its evidence."""
    return {
        "text": None if span is None else span.text,
        "start": None if span is None else span.start,
        "end": None if span is None else span.end,
        "score": round(hit.score, 4),
        "lexical": round(hit.lexical, 4),
        "cosine": round(max(hit.cosines), 4),
        **_pick(article_record(hit.stored), *_SOURCE),
    }


def _unquoted_block(answer: Answer, language: Language, style: Style) -> list[str]:
    if not answer.unquoted:
        return []
    lines = [wrap(say(language, "answer.unquoted"), style)]
    for stored in answer.unquoted:
        lines.append(wrap(headline(stored, language), style, "  "))
        if stored.article.url:
            lines.append(f"  {printable(stored.article.url)}")
    return ["\n".join(lines)]


class Conversation:
    """The bot's conversation in a terminal: one line in, one text out.

    A question may go on with the one before it.
    """

    def __init__(
        self,
        desk: Desk,
        corpus: str,
        language: Language,
        style: Style,
        *,
        today: Callable[[], date] = this_day,
    ) -> None:
        """Take the desk that answers and the collection that is asked."""
        self._today = today
        self._desk = desk
        self._corpus = corpus
        self._language = language
        self._style = style
        self._last: Turn | None = None

    def is_end(self, line: str) -> bool:
        """Whether the line ends the conversation."""
        return line.strip().lower() in say(self._language, "cli.chat_end_words").split()

    async def greeting(self) -> str:
        """Return the first words: how much there is to ask, and how to end."""
        archive = await self._desk.extent(self._corpus)
        extent = archive_text(self._language, archive)
        return wrap(say(self._language, "cli.chat_greeting", archive=extent), self._style)

    async def reply(self, line: str) -> str:
        """Answer one line; whatever goes wrong is a sentence too."""
        text = line.strip()
        command = text.lower()
        try:
            if command in say(self._language, "cli.chat_help_words").split():
                return wrap(say(self._language, "cli.chat_help"), self._style)
            if command in say(self._language, "cli.chat_list_words").split():
                return await self._list()
            if command.startswith("/"):
                return wrap(say(self._language, "cli.chat_unknown"), self._style)
            answer = await self._desk.ask(self._corpus, text, self._last)
        except BelegError as error:
            return wrap(printable(say_error(self._language, error)), self._style)
        self._last = turn_of(answer)
        return render_answer(answer, self._language, self._style, self._today())

    async def _list(self) -> str:
        articles = await self._desk.headlines(self._corpus)
        if not articles:
            return say(self._language, "answer.archive_empty")
        return "\n".join(
            wrap(f"{stored.id}. {headline(stored, self._language)}", self._style)
            for stored in articles
        )


_SOURCE = ("article_id", "title", "url", "outlet", "published", "fetched")


def _quote_record(quote: Quote) -> dict[str, Any]:
    mark = quote.highlight
    return {
        "text": quote.text,
        "start": quote.span.start,
        "end": quote.span.end,
        "sentence": [quote.sentence.start, quote.sentence.end],
        "highlight": [mark.start, mark.end] if mark else None,
        **_pick(article_record(quote.stored), *_SOURCE),
    }


def _pick(record: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: record[name] for name in names}


@dataclass(frozen=True, slots=True)
class _Dress:
    """How an answer is to look: in which language, how wide, on which day."""

    language: Language
    style: Style
    today: date | None = None


def _citation_block(citation: Citation, copies: Sequence[Headline], dress: _Dress) -> str:
    article, language, style = citation.stored.article, dress.language, dress.style
    quotes = [wrap(_quoted(quote, language, style), style) for quote in citation.quotes]
    source = " · ".join(
        part
        for part in (article.outlet, aged_text(language, article.published, dress.today))
        if part
    )
    lines = [*quotes, wrap(f"— {printable(source)}", style, "  ")]
    lines.append(wrap(printable(article.title), style, "    "))
    if article.url:
        # A broken address can be neither clicked nor copied.
        lines.append(f"    {printable(article.url)}")
    if others := other_outlets(article.outlet, copies):
        also = say(language, "answer.also_in", outlets=printable(", ".join(others)))
        lines.append(wrap(also, style, "    "))
    return "\n".join(lines)


def _quoted(quote: Quote, language: Language, style: Style) -> str:
    text, start, mark = quote.text, quote.span.start, quote.highlight
    if mark is None:
        words = printable(text)
    else:
        before, after = text[: mark.start - start], text[mark.end - start :]
        words = printable(before) + embolden(printable(mark.text), style) + printable(after)
    opening, closing = marks_around(text, say(language, "cli.quotation_marks").split())
    return f"{opening}{words}{closing}"
