"""What a start costs, in a process that did nothing else: `python -m tests.bench_start [DATA]`.

With a data directory, its corpus `large` is opened and asked the questions of the samples.
"""

# ruff: noqa: PLC0415, T201 - imports are what is measured, and its figures go to the parent
from __future__ import annotations

import json
import sys
import time
from pathlib import Path

_MIB_IN_KIB = 1024


def resident_mib(field: str = "VmRSS") -> float | None:
    """Return the memory that this process holds ("VmHWM": ever held); None where not Linux."""
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
    except OSError:
        return None
    line = next(line for line in status.splitlines() if line.startswith(f"{field}:"))
    return int(line.split()[1]) / _MIB_IN_KIB


def main(data: str | None) -> None:
    """Import what the bot imports, load the model, embed one question; print the figures."""
    begun = time.perf_counter()
    from bot.cli.parts import discord_bot, embedder_for, reader_for  # noqa: F401 - as the bot does
    from bot.client import settle

    imported = time.perf_counter()
    without_model = resident_mib()
    embedder = embedder_for(None)
    embedder.embed_question("Wie viele Soldaten sind in Kursk?")
    loaded = time.perf_counter()
    settle()
    figures = {
        "import_s": imported - begun,
        "model_s": loaded - imported,
        "without_model_mib": without_model,
        "with_model_mib": resident_mib(),
    }
    if data is not None:
        from bot.answer import Answering
        from bot.scratch_corpus import read_records
        from index.library import Library

        samples = Path(__file__).parents[1] / "bot" / "samples"
        corpus = Library(Path(data), embedder).corpus("large")
        answering = Answering(reader=reader_for(None))
        for record in read_records(samples / "questions.jsonl"):
            answering.answer(corpus, str(record["question"]))
        figures["asked_mib"] = resident_mib()
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
