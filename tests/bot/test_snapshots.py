"""Every message that the bot can send, in both languages, as files that people can read.

`python -m tests.bot.test_snapshots` writes them anew: read what changed before it is committed.
"""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from string import Formatter

import pytest

from bot.answer import Answering
from bot.claims import Examined
from bot.commands.gaps import render_gaps
from bot.excerpt_limits import ExcerptLimits
from bot.gaps import Gap
from bot.guild_settings import GuildSettings
from bot.installation import Installation
from bot.news.digest import digest_of
from bot.news.history import history_of
from bot.privacy_text import forgotten_text, privacy_text
from bot.rank import Weights, shipped_weights
from bot.render import (
    render_answer,
    render_further,
    render_list,
    render_receipt,
    render_removed,
    render_surroundings,
)
from bot.render_claims import render_claims
from bot.render_digest import render_digest
from bot.render_permits import render_permits, render_permitted
from bot.render_timeline import picture_description, render_timeline
from bot.render_watch import (
    render_alert,
    render_alerts,
    render_lost,
    render_watch_set,
    render_watches,
    told_of,
)
from bot.types import Language
from bot.watch_change import Change, ChangeKind
from index.corpus import Corpus
from index.filter import Filter
from index.override_table import Override
from index.watch_table import Watch
from tests.making import make_article, make_confidence, make_corpus

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "snapshots"
NOW, TODAY = datetime(2024, 11, 6, 18, 30, tzinfo=UTC), date(2024, 11, 6)
QUESTION = "Wie viele Soldaten sind in Kursk?"
WEIGHTS = Weights(shipped_weights().ranking, make_confidence(5.0), 0.5)

# What stands in a placeholder; in German where nothing is said for English.
VALUES: dict[str, object] = {
    "watch": "beobachten",
    "list": "/beobachten liste",
    "person": "<@77>",
    "new": "11.000 · Kiew",
    "old": "8.000 · USA",
    "claims": "8.000 · USA · Tagesblatt",
    "added": 4,
    "address": "nordlicht.example/1",
    "after": "1,2 MB",
    "archive": "Durchsucht: 12 Artikel.",
    "before": "1,9 MB",
    "channel": 12,
    "data": "/srv/beleg",
    "date": "31.2.2024",
    "endings": ".txt, .md, .html, .eml, .pdf, .docx",
    "failed": 1,
    "failing": 1,
    "field": "title",
    "forget": "vergiss-mich",
    "found": 3,
    "gaps": "lücken",
    "audit": "protokoll",
    "headline": "Rund 8.000 Soldaten in Kursk",
    "hosts": "nordlicht.example",
    "kind": "ValueError",
    "left": "2 min",
    "line": 9,
    "log": "/srv/beleg/beleg.log",
    "media_type": "video/mp4",
    "megabytes": 50,
    "model": "beleg-de-en",
    "more": 2,
    "names": "Katrin Holm",
    "needed": 20,
    "newest": 9,
    "number": 2,
    "outlet": "Tagesblatt",
    "period": "letzte 7 Tage",
    "pid": 4711,
    "quote": "Rund 8.000 Soldaten",
    "rate": 19,
    "reader": "lesemodell",
    "record": "a1",
    "refused": 1,
    "server": "Rade-Runde",
    "settings": "einstellungen",
    "sources": "a.txt, b.txt",
    "stated": "anderes-modell",
    "stories": "5 Themen",
    "stored": "anderes-modell",
    "text": "Soldaten Kursk",
    "updated": 1,
    "value": "abc",
    "values": "1. November 2024: rund 8.000 (Nordlicht)",
    "waiting": 2,
    "wanted": "beleg-de-en",
    "what": "https://nordlicht.example/2",
    "article": "[Rund 8.000 Soldaten in Kursk](<https://nordlicht.example/1>) · Nordlicht",
    "articles": "12 Artikel",
    "channels": "<#12>",
    "contact": "redaktion@beleg.example",
    "corpus": "local",
    "count": 3,
    "day": "1. November 2024",
    "days": "7 Tage",
    "directory": "/srv/beleg",
    "done": 4,
    "first": "31. Oktober 2024",
    "host": "nordlicht.example",
    "id": 7,
    "interpretation": "wer hat das bestätigt? · zu: Soldaten, Kursk",
    "known": "Nordlicht Nachrichten, Tagesblatt Mitte",
    "last": "5. November 2024",
    "least": 1,
    "limit": 5,
    "moment": "<t:1730917800:R>",
    "month": "November",
    "most": 200,
    "name": "Tagesblatt",
    "outlets": "Alpenwarte, Donaukurier",
    "page": 1,
    "pages": 2,
    "path": "/srv/beleg/datei",
    "question": "Wer regiert in Peru?",
    "reason": "kein Zugriff",
    "role": 34,
    "rule": "Disallow: /",
    "since": "<t:1730917800:f>",
    "source": "bericht.pdf",
    "time": "18:30",
    "title": "Rund 8.000 Soldaten in Kursk",
    "topic": "Soldaten, Kursk",
    "total": 12,
    "until": 1730917800,
    "variable": "BELEG_EXCERPT_QUOTATIONS",
    "version": 4,
    "year": 2024,
}
IN_ENGLISH: dict[str, object] = {
    "archive": "Searched: 12 articles.",
    "audit": "audit",
    "forget": "forget-me",
    "gaps": "gaps",
    "period": "last 7 days",
    "settings": "settings",
    "stories": "5 stories",
    "articles": "12 articles",
    "day": "1 November 2024",
    "days": "7 days",
    "first": "31 October 2024",
    "last": "5 November 2024",
    "interpretation": "who confirmed that? · about: soldiers, Kursk",
    "question": "Who governs Peru?",
    "reason": "no access",
}
# Where a name means something else.
ELSEWHERE: dict[str, dict[str, object]] = {
    "answer.date": {"day": 1},
    **{f"answer.{name}": {"count": 12} for name in ("articles", "sources")},
    "cli.summary": {"known": 2},
    "feed.report": {"known": 2},
    "feed.summary": {"count": 3},
    "gaps.once": {"last": 1730917800},
    "gaps.often": {"last": 1730917800},
    "error.feed_must_wait": {"until": "<t:1730917800:f>"},
}


def filled(language: Language, key: str, sentence: str) -> str:
    values = VALUES | (IN_ENGLISH if language is Language.ENGLISH else {}) | ELSEWHERE.get(key, {})
    names = {name for _, name, _, _ in Formatter().parse(sentence) if name}
    return sentence.format(**{name: values.get(name, f"‹{name}›") for name in names})


def sentences(language: Language) -> Iterator[str]:
    """Yield every sentence of a language, filled in, section by section."""
    source = ROOT / "bot" / "language" / f"{language.value}.toml"
    tables = tomllib.loads(source.read_text(encoding="utf-8"))
    for section, some in tables.items():
        yield f"## {section}"
        for name, sentence in some.items():
            text = filled(language, f"{section}.{name}", sentence).strip("\n")
            yield f"- {name}: " + text.replace("\n", "\n  ")


def composed(language: Language, corpus: Corpus) -> Iterator[tuple[str, str]]:
    """Yield the kinds of messages that are put together, each with its name."""
    answering = Answering(WEIGHTS)
    empty = answering.answer(corpus, QUESTION)
    yield "nothing to search", render_answer(empty, language, TODAY)
    receipt = corpus.add(
        make_article(
            "Der Rat beriet lange. In Kursk sind rund 8.000 Soldaten. Der Abend war kühl.",
            title="Rund 8.000 Soldaten in Kursk",
            url="https://nordlicht.example/kursk",
            outlet="Nordlicht Nachrichten",
            published="2024-11-01",
        )
    )
    yield "added", render_receipt(receipt, language)
    answer = answering.answer(corpus, QUESTION)
    assert answer.answered
    yield "answer", render_answer(answer, language, TODAY)
    november = Filter(date(2024, 11, 1), date(2024, 11, 30))
    limited = answering.answer(corpus, QUESTION, only=november)
    yield "answer from a period", render_answer(limited, language, TODAY)
    silent = answering.answer(corpus, "Wer regiert in Peru?")
    assert not silent.answered
    yield "no answer", render_answer(silent, language, TODAY)
    nothing = answering.answer(corpus, QUESTION, only=Filter(date(2020, 1, 1), date(2020, 2, 1)))
    yield "no article in the period", render_answer(nothing, language, TODAY)
    yield "no further evidence", render_further(answering.further(corpus, QUESTION), language)
    around = answering.surroundings(corpus, QUESTION)
    yield "context", render_surroundings(around, language, TODAY)
    claims = [Examined("In Kursk sind Soldaten.", answer), Examined("Elefanten tanzen.", silent)]
    account = answer.account
    assert account is not None
    history = history_of(QUESTION, account, ExcerptLimits(), {})
    yield "timeline", render_timeline(history, 0, language, today=TODAY)
    yield "picture of a timeline, described", picture_description(history, language)
    new = digest_of(corpus, november, ExcerptLimits(), UTC)
    yield "digest", render_digest(new, 0, language, TODAY)
    yield "claims", render_claims(claims, 2, language, TODAY)
    change = Change(ChangeKind.CHANGED, account.claims[:1], account.claims[-1:])
    told = told_of(QUESTION, change, ExcerptLimits(), {})
    yield "watch: alert", render_alert(told, language, TODAY)
    yield "watch: several alerts", render_alerts([told] * 2, language)
    watch = Watch(5, None, QUESTION, language.value, NOW, seen=0, id=1)
    yield "watch: set", render_watch_set(watch, account.current, language, language)
    several = [watch, replace(watch, channel=12, paused="permission", person=77, id=2)]
    yield "watch: list", render_watches(several, 0, language, person=5, limit=5)
    yield "watch: lost", render_lost(watch, "Rade-Runde", language)
    yield "list", render_list([receipt.stored], 0, language)
    yield "removed", render_removed(receipt.stored, language)
    gap = Gap("Wer regiert in Peru?", 3, NOW)
    yield "gaps", render_gaps([gap], 0, 1, language)
    one = Override("nordlicht.example", "77", NOW, "Mail vom 3. Mai", "Disallow: /")
    yield "permitted", render_permitted(one, language)
    yield "permits", render_permits([one], 0, language)
    installed = Installation(contact="redaktion@beleg.example", reads_threads=True)
    for days, name in ((0, "privacy"), (7, "privacy with the question log")):
        yield name, privacy_text(language, GuildSettings(log_days=days), installed, language)
    yield "forgotten", forgotten_text(language, 2, 1, 1)


def snapshot(language: Language, directory: Path) -> str:
    """Return all that is said in a language."""
    corpus = make_corpus(directory)
    try:
        lines = ["# Deutsch" if language is Language.GERMAN else "# English", "", "## messages"]
        for name, text in composed(language, corpus):
            lines += [f"- {name}:", *(f"  {line}".rstrip() for line in text.splitlines())]
    finally:
        corpus.close()
    return "\n".join([*lines, *sentences(language)]) + "\n"


@pytest.mark.parametrize("language", Language)
def test_all_that_is_said_stands_in_the_snapshot(language: Language, tmp_path: Path) -> None:
    """If this fails, write the snapshots anew and read what has changed."""
    kept = (FOLDER / f"{language.value}.md").read_text(encoding="utf-8")
    assert snapshot(language, tmp_path) == kept


def main() -> None:
    """Write the snapshots."""
    FOLDER.mkdir(exist_ok=True)
    for language in Language:
        with tempfile.TemporaryDirectory() as directory:
            text = snapshot(language, Path(directory))
        (FOLDER / f"{language.value}.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
