"""`beleg reindex`: articles that were added with another sentence model."""

from __future__ import annotations

import argparse

from bot.cli import exits
from bot.cli.parts import Parts
from index.errors import InUseError
from index.library import Library
from index.lock import hold


def reindex(parts: Parts, arguments: argparse.Namespace) -> int:
    """Take every collection over to the model; a bot that runs goes on with the old vectors."""
    terminal, data = parts.terminal, parts.settings.data
    with hold(data, "reindex.lock"), parts.library() as library:
        needed = {name: library.reindex(name, terminal.tracked) for name in library.names()}
        try:
            with hold(data):
                states = {
                    name: _finish(library, name) if needed[name] else "kept" for name in needed
                }
        except InUseError as error:
            states = {name: "waiting" if needed[name] else "kept" for name in needed}
            if any(needed.values()):
                terminal.note("reindex_bot_runs", pid=error.details["pid"])
    for name, state in states.items():
        if terminal.machine_readable:
            line = {
                "corpus": name,
                "model": parts.embedder.name,
                "changed": state == "changed",
                "waiting": state == "waiting",
            }
            terminal.write_json(line, line=True)
        else:
            terminal.say(f"reindex_{state}", corpus=name, model=parts.embedder.name)
    if arguments.model not in {None, parts.settings.model} and "waiting" not in states.values():
        terminal.note("reindex_set_model", name=arguments.model)
    return exits.DONE


def _finish(library: Library, name: str) -> str:
    while not library.finish_reindex(name):
        # Others have added a lot, or another model was begun, until the directory was free.
        library.reindex(name, lambda items, _: items)
    return "changed"
