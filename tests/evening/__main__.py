"""Play the evening and write down what everybody did and saw: `python -m tests.evening FILE`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from index.onnx_embedder import OnnxEmbedder
from index.onnx_reader import OnnxReader
from index.own_model import shipped_model
from tests.evening.scene import evening
from tests.evening.stage import set_up
from tests.evening.transcript import Transcript

DEFAULT = Path(".bench/evening.md")


async def play(directory: Path) -> Transcript:
    """Play the evening with the model that ships; what it keeps goes into the directory."""
    book = Transcript()
    embedder, reader = OnnxEmbedder(shipped_model()), OnnxReader(shipped_model())
    async with set_up(directory, embedder, reader) as stage:
        await evening(stage, book)
    return book


def main() -> None:
    """Write the transcript to the file that was named."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    with tempfile.TemporaryDirectory() as directory:
        book = asyncio.run(play(Path(directory)))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(book.text, encoding="utf-8")
    print(f"{target}: {len(book.lines)} lines")  # noqa: T201 - a command tells what it did


if __name__ == "__main__":
    main()
