"""Adds, updates and removes articles until it is killed, and writes down what was acknowledged.

A line of the log is on the disk before the next change begins: whatever stands there must be in
the store afterwards. Each line on standard input starts another such process, as a copy of this
one that has everything imported already; its number is printed, and "gone" when it has ended.
"""

from __future__ import annotations

import itertools
import os
import sys
from pathlib import Path

from index.corpus import Corpus
from tests.fakes import HashingEmbedder
from tests.making import make_article


def work(store: Path, log: Path) -> None:
    with log.open("a", encoding="utf-8") as acknowledged:

        def note(line: str) -> None:
            acknowledged.write(line + "\n")
            acknowledged.flush()
            os.fsync(acknowledged.fileno())

        corpus = Corpus(store, HashingEmbedder())
        first = max((stored.id for stored in corpus.articles()), default=0)
        note("ready")
        for number in itertools.count(first):
            url = f"https://example.org/{os.getpid()}/{number}"
            text = f"Nummer {number} steht hier. " * 40
            stored = corpus.add(make_article(text, url=url)).stored
            note(f"added {stored.id} {stored.article.text_sha256}")
            if number % 3 == 0:
                continue
            note(f"removing {stored.id}")
            if number % 3 == 1:
                corpus.remove(stored.id)
                note(f"removed {stored.id}")
            else:
                stored = corpus.add(make_article(text + "Neu.", url=url)).stored
                note(f"added {stored.id} {stored.article.text_sha256}")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(store: Path, log: Path) -> None:
    for _ in sys.stdin:
        process = os.fork()
        if not process:
            work(store, log)
        say(str(process))
        os.waitpid(process, 0)
        say("gone")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
