"""Whatever an article says, messages keep within the limits and quote it letter by letter."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from bot.console import answer_record
from bot.console import render_answer as render_on_terminal
from bot.escape import safe_address
from bot.excerpt import units
from bot.render import (
    MESSAGE_LIMIT,
    ROOMS,
    render_answer,
    render_further,
    render_list,
    render_quote,
    render_surroundings,
)
from bot.terminal_text import Style, json_text
from bot.types import Answer, AnswerKind, ArchiveExtent, Language, Question, Quote, Statement
from index.clean import clean_line, clean_text
from index.split import split_sentences
from index.types import Article, DateOrigin, Published, Span, StoredArticle
from tests.bot.discord_markdown import Shown, read
from tests.fuzz.parts import chosen, joined, parted, words
from tests.hostile_texts import HOSTILE

FETCHED = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
FOLDER = Path(__file__).parents[2]
# What Beleg itself writes around the words of others.
OWN = {"quote", "small", "list"}
ADDRESS = "https://zeitung.example/1"


def check(data: bytes) -> None:
    numbers, title, outlet, address, told, text = parted(data, 6)
    choice = (*numbers, *[0] * 9)
    # What takes as long as the square of a text shows in long ones only.
    times = 8 * (choice[8] - 0xEF) if choice[8] > 0xEF else 1
    body = clean_text(words(text) * times)[:100_000]
    if not body.strip():
        return
    url = clean_line(words(address)) or None
    stored = [_stored(i, words(title), words(outlet), url, body) for i in (1, 2)]
    quotes = _quotes(stored, choice)
    question = Question("Wie viele?", Language.GERMAN, AnswerKind.NUMBER, clean_line(words(told)))
    statements = tuple(Statement((quote,)) for quote in quotes)
    answer = Answer(question, statements, 0.9, tuple(stored), ArchiveExtent(2, TODAY, TODAY))
    language = chosen(tuple(Language), choice[7])
    for shown in (
        render_answer(answer, language, TODAY),
        render_further(answer, language, TODAY),
        render_surroundings(answer, language, TODAY),
        render_list(stored * 4, 0, language),
    ):
        _fits(shown, stored)
    for i, quote in enumerate(quotes):
        room = chosen(ROOMS, choice[7] // 2 + i)
        _exact(read(render_quote(quote, 1, language, room)), quote)
    _on_the_terminal(answer, language)


def _stored(number: int, title: str, outlet: str, url: str | None, text: str) -> StoredArticle:
    article = Article(
        clean_line(title),
        text,
        FETCHED,
        url=url,
        outlet=clean_line(outlet) or None,
        published=Published(TODAY, DateOrigin.GIVEN),
    )
    return StoredArticle(number, article)


def _quotes(stored: list[StoredArticle], choice: tuple[int, ...]) -> list[Quote]:
    """Return three quotations: a sentence, one with its neighbours, one with words marked."""
    quotes = []
    for i in range(3):
        one = stored[choice[0] % 2 if i else 0]
        spans = split_sentences(one.article.text)
        at = choice[1 + i] % len(spans)
        last = min(len(spans) - 1, at + (choice[4] % 3 if i else 0))
        sentence = Span(one.article, *spans[at])
        whole = Span(one.article, sentence.start, spans[last][1])
        length = sentence.end - sentence.start
        start = sentence.start + choice[5] % length
        mark = Span(one.article, start, min(sentence.end, start + 1 + choice[6]))
        quotes.append(Quote(one, whole, 0.9, mark if i != 1 else None, (sentence,)))
    return quotes


def _fits(source: str, stored: list[StoredArticle]) -> None:
    assert units(source) <= MESSAGE_LIMIT
    shown = read(source)
    assert set(shown.effects) <= OWN, shown.effects
    address = safe_address(stored[0].article.url)
    for _, link in shown.links:
        assert address is not None
        assert urlsplit(link).netloc == urlsplit(address).netloc


def _exact(shown: Shown, quote: Quote) -> None:
    """What stands between the marks is a slice of the stored text."""
    assert shown.effects == ["quote"] * len(shown.effects)
    assert not shown.links
    line = shown.text.rpartition(" [1]")[0]
    line = line.removeprefix("… ").removesuffix(" …")
    stated = quote.span.text
    assert line in stated or line[1:-1] in stated, (line, stated)
    if quote.highlight and shown.bold:
        assert all(bold in quote.highlight.text for bold in shown.bold)


def _on_the_terminal(answer: Answer, language: Language) -> None:
    for style in (Style(), Style(width=60, bold=True)):
        screen = render_on_terminal(answer, language, style)
        assert not {"\x07", "\x9b", "\r", "\x08"} & set(screen)
    record = json.loads(json_text(answer_record(answer, 1.0)))
    for quoted, quote in zip(record["quotes"], answer.quotes, strict=True):
        text = quote.stored.article.text
        assert quoted["text"] == text[quoted["start"] : quoted["end"]]


def seeds() -> list[bytes]:
    texts = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("bot/samples/*.txt"))]
    numbers = bytes([1, 0, 1, 2, 1, 5, 9])
    plain = [joined(numbers, text[:60], "ORF", ADDRESS, "Verstanden", text) for text in texts]
    hostile = [
        joined(numbers, text, text, f"https://a.example/{text}", text, f"A. {text} sagt. Ende.")
        for text in HOSTILE
    ]
    return [*plain, *hostile]


DICTIONARY = (
    "**", "__", "~~", "||", "`", "```", "> ", ">>> ", "# ", "-# ", "[", "](", ")", "<@1>", "<#1>",
    "@everyone", "https://", "<t:1:R>", ":a:", "discord.gg/a", "\\", "\n", "\n\n", "1. ", "„", "“",
    "»", "«", "“”", "😀", "\u0301", "\u202e", "&", "%20", "#:~:text=", "[1]", " [1]", "… ", " …",
)  # fmt: skip
