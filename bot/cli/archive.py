"""`beleg list` and `status`: what there is."""

from __future__ import annotations

import argparse

from bot.archive_status import status_of
from bot.cli import exits
from bot.cli.parts import Parts
from bot.console import article_record, headline
from bot.feed_text import feed_record, summary_lines
from bot.language import say
from bot.language.days import day_text
from bot.package_versions import package_versions
from bot.render_status import damage_lines
from bot.terminal_text import embolden, printable


def list_articles(parts: Parts, _arguments: argparse.Namespace) -> int:
    """Write a line for each article, the newest addition first."""
    terminal = parts.terminal
    with parts.library() as library:
        articles = parts.corpus_to_read(library).headlines()
    if terminal.machine_readable:
        terminal.write_json([article_record(stored) for stored in articles])
    elif not articles:
        terminal.note("list_empty")
    for stored in articles if not terminal.machine_readable else ():
        terminal.write(f"{stored.id:>5}  {headline(stored, terminal.language)}")
    return exits.DONE


def status(parts: Parts, _arguments: argparse.Namespace) -> int:
    """Say how much there is, where it lies and what is used."""
    terminal, settings = parts.terminal, parts.settings
    with parts.library() as library:
        corpus = parts.corpus_to_read(library)
        fares_on_disk = status_of(corpus)
        size, feeds = fares_on_disk.size, list(fares_on_disk.feeds)
        collections = library.names()
    versions = package_versions()
    if terminal.machine_readable:
        terminal.write_json(
            {
                "corpus": settings.corpus,
                "articles": size.articles,
                "passages": size.passages,
                "sentences": size.sentences,
                "first": size.first.isoformat() if size.first else None,
                "last": size.last.isoformat() if size.last else None,
                "feeds": [feed_record(terminal.language, state) for state in feeds],
                "corpora": collections,
                "data": str(settings.data),
                "model": parts.embedder.name,
                "withheld": list(fares_on_disk.withheld),
                "damage": fares_on_disk.damage,
                "versions": versions,
            }
        )
        return exits.DONE
    fares, troubles = summary_lines(terminal.language, feeds)
    days = [day_text(terminal.language, day) for day in (size.first, size.last) if day is not None]
    rows = {
        "status_corpus": settings.corpus,
        "status_articles": size.articles,
        "status_period": " – ".join(days) or "–",
        "status_passages": size.passages,
        "status_sentences": size.sentences,
        "status_feeds": fares,
        "status_corpora": ", ".join(collections) or "–",
        "status_data": settings.data.resolve(),
        "status_model": parts.embedder.name,
        "status_versions": ", ".join(f"{name} {versions[name]}" for name in versions),
    }
    labels = {key: say(terminal.language, f"cli.{key}") for key in rows}
    width = max(map(len, labels.values()))
    for key, value in rows.items():
        terminal.write(printable(f"{labels[key]:<{width}}  {value}"))
    for line in [*damage_lines(fares_on_disk, terminal.language), *troubles]:
        terminal.write(embolden(printable(line), terminal.style))
    return exits.DONE
