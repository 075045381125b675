"""`beleg reembed`: articles that were added with another sentence model."""

from __future__ import annotations

import argparse

from bot.cli import exits
from bot.cli.parts import Parts
from index.lock import hold


def reembed(parts: Parts, _arguments: argparse.Namespace) -> int:
    """Take every collection of the data directory over to the model of the settings."""
    terminal = parts.terminal
    with hold(parts.settings.data), parts.library() as library:
        for name in library.names():
            changed = library.reembed(name, terminal.tracked)
            if terminal.machine_readable:
                line = {"corpus": name, "model": parts.embedder.name, "changed": changed}
                terminal.write_json(line, line=True)
            else:
                key = "reembedded" if changed else "reembedded_already"
                terminal.say(key, corpus=name, model=parts.embedder.name)
    return exits.DONE
