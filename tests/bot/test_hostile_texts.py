"""Hostile texts through everything that is shown: nothing pings, links, shouts or breaks out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.archive_status import ArchiveStatus
from bot.article_view import ArticleView
from bot.buttons.suggest import render_suggestion
from bot.claims import Examined
from bot.commands.failures import sentence_for
from bot.commands.gaps import render_gaps
from bot.excerpt import cut, units
from bot.excerpt_limits import ExcerptLimits
from bot.feed_desk import FeedState, Report
from bot.feed_fetch import Found
from bot.gaps import Gap
from bot.guild_settings import GuildSettings
from bot.installation import Installation
from bot.news.claim import Account, Claim, Figure
from bot.news.digest import Digest, Story
from bot.news.history import History, history_of
from bot.outlets import Outlet
from bot.passages import Match
from bot.privacy_text import privacy_text
from bot.render import (
    MESSAGE_LIMIT,
    render_answer,
    render_further,
    render_list,
    render_receipt,
    render_removed,
    render_several,
    render_surroundings,
)
from bot.render_article import render_changes, render_view
from bot.render_audit import render_audit
from bot.render_claims import render_claims
from bot.render_digest import render_digest
from bot.render_feeds import (
    render_choice,
    render_feeds,
    render_preview,
    render_progress,
    render_report,
)
from bot.render_outlets import render_outlets
from bot.render_passages import render_matches
from bot.render_permits import render_permits, render_permitted
from bot.render_status import render_status
from bot.render_timeline import render_timeline
from bot.render_watch import (
    render_alert,
    render_alerts,
    render_lost,
    render_watch_set,
    render_watches,
    told_of,
)
from bot.types import Answer, AnswerKind, ArchiveExtent, Language, Question, Quote, Statement
from bot.watch_change import Change, ChangeKind
from index.audit_table import AuditAction, AuditEntry
from index.corpus import CorpusSize
from index.errors import FeedError, FetchError
from index.feeds import Feed, FeedEntry, FeedKind
from index.filter import Filter
from index.override_table import Override
from index.suggestion_table import Suggestion
from index.types import Article, Outcome, Receipt, Span, StoredArticle
from index.watch_table import Watch
from tests.bot.discord_markdown import read
from tests.bot.test_render_feeds import feed
from tests.hostile_texts import HOSTILE

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
OURS = "https://zeitung.example/"
SENTENCE = "Rund 8.000 Soldaten sind in Kursk."
HARMLESS = "Soldaten in Kursk"
# What Beleg itself writes; mentions of the one who did it stand in the audit and the permits.
OWN = {"quote", "small", "list", "time"}
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def stored(text: str, number: int = 4) -> StoredArticle:
    article = Article(
        text, f"Vorab. {SENTENCE} Danach.", NOW, url=f"{OURS}{number}", outlet=text, authors=(text,)
    )
    return StoredArticle(number, article)


def answer(text: str, **values: object) -> Answer:
    one = stored(text)
    start = one.article.text.index(SENTENCE)
    quote = Quote(one, Span(one.article, start, start + len(SENTENCE)), 0.9)
    question = Question(HARMLESS, Language.GERMAN, AnswerKind.OTHER, text)
    told = Answer(question, (Statement((quote,)),), 0.9, (), ArchiveExtent(3, None, None))
    return replace(told, **values)  # type: ignore[arg-type]  # values are the test's


def developed(text: str) -> History:
    """Return two values that outlets of this name tell, one of which a third one repeats."""
    claims = []
    for number, value in ((1, 8000), (2, 9000), (3, 9000)):
        one = stored(text if number < 3 else f"B{text}", number)
        start = one.article.text.index(SENTENCE)
        whole = Span(one.article, start, start + len(SENTENCE))
        value_span = Span(one.article, start + 5, start + 10)
        figure = Figure(Decimal(value), Decimal(value), text, text)
        claims.append(Claim(Quote(one, whole, 0.9), value_span, figure, claimant=value_span))
    account = Account(tuple(claims), (claims[2],), 3)
    return history_of(text, account, ExcerptLimits(), {})


def news(text: str, language: Language) -> Iterator[tuple[str, str]]:
    """What is told of how something went, and of what is new."""
    one, told, only = stored(text), answer(text), Filter(outlets=frozenset({text}))
    yield "timeline", render_timeline(developed(text), 0, language, only=only, today=TODAY)
    story = Story(one, told.quotes[0], (stored(f"B{text}", 5).headline,), 2)
    digest = Digest(Filter(TODAY), (story,) * 3, 6, 1)
    yield "digest", render_digest(digest, 0, language, TODAY)


def watched(text: str, language: Language) -> Iterator[tuple[str, str]]:
    """What watches tell, and their list."""
    past, *now = (said.claim for said in developed(text).said)
    told = told_of(text, Change(ChangeKind.CHANGED, (past,), tuple(now)), ExcerptLimits(), {})
    yield "alert", render_alert(told, language, TODAY)
    first = told_of(text, Change(ChangeKind.FIRST, (), tuple(now)), ExcerptLimits(), {1: 0, 2: 0})
    yield "alert with the link alone", render_alert(first, language, TODAY)
    yield "alerts", render_alerts([told, first], language)
    watch = Watch(5, None, text, language.value, NOW, seen=0, paused="direct")
    yield "watch set", render_watch_set(watch, [past, *now], language, language)
    yield "watches", render_watches([watch] * 5, 0, language, person=5, limit=5)
    yield "watch lost", render_lost(watch, text, language)


def everything(text: str, language: Language) -> Iterator[tuple[str, str]]:
    """All that can be shown, with `text` wherever people or pages choose the words."""
    one, told = stored(text), answer(text)
    copies = {one.id: (stored(text, 5).headline, stored("B" + text, 6).headline)}
    yield "answer", render_answer(told, language, TODAY)
    yield "answer with copies", render_answer(replace(told, copies=copies), language)
    yield "silence", render_answer(replace(told, statements=(), nearest=(one, one)), language)
    yield "unquoted", render_answer(replace(told, statements=(), unquoted=(one,)), language)
    only = Filter(outlets=frozenset({text}))
    yield "filtered", render_answer(replace(told, only=only), language, TODAY)
    yield "more", render_further(told, language, TODAY)
    yield "context", render_surroundings(told, language, TODAY)
    yield "list", render_list([one] * 9, 0, language)
    yield "receipt", render_receipt(Receipt(Outcome.ADDED, one), language)
    yield "several", render_several([Receipt(Outcome.KNOWN, one)] * 5, language)
    yield "removed", render_removed(one, language)
    view = ArticleView((one, StoredArticle(5, stored("B" + text).article)), (), 600, None)
    yield "article", render_view(view, language)
    yield "changes", render_changes(view, 2, language)
    yield from news(text, language)
    yield from watched(text, language)
    match = Match(one, told.quotes[0])
    yield "search", render_matches(text, [match] * 4, 0, language)
    yield "nothing found", render_matches(text, [], 0, language)
    yield "sources", render_outlets([Outlet(text, 3, TODAY, NOW, (text,))] * 6, 0, language)
    ticker = replace(feed(1, text, host=text), url=OURS)
    states = [FeedState(ticker, 2, 0, ())] * 4
    yield "feeds", render_feeds(states, 0, language)
    yield (
        "feed report",
        render_report(Report(ticker, None, FetchError("dns_failed", host=text), ()), language),
    )
    yield "feed progress", render_progress(ticker, [], language)
    entry = FeedEntry(text, OURS, text, None, None, text, "d")
    found = Found(OURS, Feed(FeedKind.RSS, text, (entry,) * 9), None)
    yield "preview", render_preview(found, language)
    size = CorpusSize(3, 5, 17, TODAY, TODAY)
    yield "status", render_status(ArchiveStatus(size, tuple(states), 1, text), {}, language)
    examined = [Examined(text, told), Examined(text, replace(told, statements=()))]
    yield "claims", render_claims(examined, 1, language, TODAY)
    for action, details in AUDITED.items():
        values = {name: text if name != "id" else 4 for name in details}
        entries = [AuditEntry(NOW, f"k{text}", action, values)] * 6
        yield f"audit {action.value}", render_audit(entries, 0, 6, language)
    yield "suggestion", render_suggestion(Suggestion(1, text, text, NOW), 0, 1, language)
    yield "gaps", render_gaps([Gap(text, 2, NOW)] * 6, 0, 1, language)
    override = Override(f"h{text}", f"k{text}", NOW, f"m{text}", "Disallow: /")
    yield "permits", render_permits([override] * 4, 0, language)
    yield "permitted", render_permitted(override, language)
    installation = Installation(contact=text)
    yield "privacy", privacy_text(language, GuildSettings(), installation, language)
    yield "error", sentence_for(FetchError("dns_failed", host=text), language)
    yield (
        "choice",
        render_choice(
            FeedError("feed_choice", host=text, count=1, choices=((text, OURS),)), language
        ),
    )


AUDITED: dict[AuditAction, tuple[str, ...]] = {
    AuditAction.ARTICLE_ADDED: ("id", "title"),
    AuditAction.ARTICLE_REMOVED: ("id", "title"),
    AuditAction.FEED_ADDED: ("id", "title"),
    AuditAction.OVERRIDE_SET: ("host",),
    AuditAction.SUGGESTION_DECLINED: ("title",),
}


def check(name: str, shown: str) -> None:
    assert units(shown) <= MESSAGE_LIMIT, name
    assert len(shown) <= MESSAGE_LIMIT, name
    seen = read(shown)
    allowed = OWN | ({"strike"} if name == "changes" else set())
    assert set(seen.effects) <= allowed, (name, shown)
    assert all(address.startswith(OURS) for _, address in seen.links), (name, shown)
    for line in shown.split("\n"):
        assert not TURNING & set(line), name
        assert all(unicodedata.category(sign) not in {"Cc", "Cs"} for sign in line), (name, line)
    assert not re.search("[\u0300-\u036f]{4}", shown), name


@pytest.mark.fault(20)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_is_only_read(text: str, language: Language) -> None:
    usual = dict(everything(HARMLESS, language))
    for name, shown in everything(text, language):
        check(name, shown)
        if len(text) < 60:
            assert shown.count("\n") == usual[name].count("\n"), (name, shown)


def test_there_are_seventy_of_them() -> None:
    assert len(set(HOSTILE)) >= 70


@pytest.mark.fault(20)
@settings(max_examples=60)
@given(st.text(min_size=1, max_size=80), st.integers(1, 60), st.sampled_from(Language))
@example("0@[[", 36, Language.GERMAN)  # three failing feeds were a character too long
def test_whatever_the_characters_are_nothing_acts_and_all_fits(
    text: str, times: int, language: Language
) -> None:
    for name, shown in everything("a" + text * times, language):
        check(name, shown)


@given(st.text(max_size=60), st.integers(10, 50))
def test_a_name_is_cut_to_its_room_in_code_points_and_in_utf16(text: str, room: int) -> None:
    line = cut(text, room)
    assert units(line) <= room
    assert "\n" not in line
    line.encode("utf-8")
