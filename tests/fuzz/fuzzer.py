"""The process that mutates inputs, led by which lines of Beleg they reach (atheris, libFuzzer)."""

from __future__ import annotations

import hashlib
import sys
import time
import traceback
from pathlib import Path

import atheris

from tests.fuzz.counter import Counter

_TOO_SLOW = 30  # seconds for one input, on a machine that has other work; Beleg gives a page 10
_SLOW = 5.0  # seconds of computing, where most take a few milliseconds
_MEMORY = 3072  # MiB

with atheris.instrument_imports(include=["bot", "index", "trafilatura"]):
    # Before the target: it imports the parsers only when it is called.
    import index.documents
    import index.feed_json
    import index.feed_links
    import index.feed_xml  # noqa: F401
    from tests.fuzz.targets import load

    TARGET = load(sys.argv[1])


class SlowError(Exception):
    """It has come to an end, but a larger input of its kind would not."""


def place_of(error: BaseException) -> str:
    """Say what went wrong where, so that a thousand inputs of one fault count once."""
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if "/bot/" in frame.filename or "/index/" in frame.filename or "/fuzz/" in frame.filename
    ]
    last = frames[-1]
    said = [line for line in str(error).splitlines() if line.startswith("  File ")][-1:]
    return f"{type(error).__name__} {Path(last.filename).name}:{last.lineno} {''.join(said)}"


def _checked(data: bytes) -> None:
    began = time.process_time()
    TARGET.check(data)
    if time.process_time() - began > _SLOW:
        raise SlowError(len(data))


def main() -> None:
    name, seconds, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    corpus, crashes = folder / "corpus" / name, folder / "crashes" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in TARGET.seeds():
        (corpus / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    dictionary = folder / f"{name}.dict"
    dictionary.write_text("\n".join(map(_entry, TARGET.dictionary)) + "\n", encoding="utf-8")
    counter = Counter(folder / f"{name}.count", existing=True)

    def one_input(data: bytes) -> None:
        counter.count()
        try:
            _checked(data)
        except Exception as error:  # noqa: BLE001 - whatever it is: it is noted, and the rest goes on
            place = place_of(error)
            path = crashes / hashlib.sha256(place.encode()).hexdigest()[:12]
            if not path.exists():
                path.write_bytes(data)
                sys.stderr.write(f"CRASH {path}: {place}\n{traceback.format_exc()[-3000:]}\n")

    atheris.Setup(
        [
            "fuzz",
            f"-max_total_time={seconds}",
            f"-timeout={_TOO_SLOW}",
            f"-rss_limit_mb={_MEMORY}",
            f"-max_len={TARGET.longest}",
            f"-artifact_prefix={crashes}/",
            f"-dict={dictionary}",
            "-print_final_stats=1",
            str(corpus),
        ],
        one_input,
    )
    atheris.Fuzz()


def _entry(word: str) -> str:
    return '"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"'


if __name__ == "__main__":
    main()
