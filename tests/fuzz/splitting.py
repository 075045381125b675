"""Any text is parted into sentences and passages that lose nothing and repeat nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from index.clean import clean_text
from index.plain_text import read_plain_text
from index.split import split_passages, split_sentences
from index.types import Article

FETCHED = datetime(2026, 11, 22, 12, tzinfo=UTC)
FOLDER = Path(__file__).parents[2]


def check(data: bytes) -> None:
    # What takes as long as the square of a text shows in long ones only.
    times = 8 * (data[-1] - 0xEF) if data and data[-1] > 0xEF else 1
    raw = (data.decode("utf-8", "ignore") * times)[:30_000]
    _parted(raw)
    text = clean_text(raw)
    assert clean_text(text) == text, "cleaning twice changes nothing"
    spans = _parted(text)
    read = read_plain_text(raw, markdown=len(data) % 2 == 1)
    assert read.text == clean_text(read.text)
    if not spans:
        return
    passages = split_passages(Article("", text, FETCHED))
    found = [(one.start, one.end) for passage in passages for one in passage.sentences]
    assert found == spans, "a passage is whole sentences, each in one"


def _parted(text: str) -> list[tuple[int, int]]:
    spans = split_sentences(text)
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip(), "a character lies in no sentence"
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip(), "the end lies in no sentence"
    return spans


def seeds() -> list[bytes]:
    texts = [path.read_bytes() for path in sorted((FOLDER / "bot/samples").glob("*.txt"))]
    hard = (
        "Am 3. Nov. 2024 kam Dr. J. R. Müller-Lüdenscheidt (geb. 1950) z. B. aus St. Pölten. Ja.",
        '„Das geht nicht. Nie!“, sagte sie. »Doch.« Er rief: "Halt!" [3] Und ging ...',
        "Erstens:\n- Punkt eins\n- Punkt zwei\n\nEs waren 1.000 Mio. Euro usw. Mehr nicht.Noch was",
        "He said: “No.” Mr. Smith v. U.S. Steel Corp. won 3.5 m. It was 5 p.m. Then he left.",
    )
    return [*texts, *(text.encode() for text in hard)]


DICTIONARY = (
    "z. B.", "d. h.", "Dr.", "Mio.", "1.", "usw.", "...", "…", "„", "“", "»", "«", "[1]", "\n\n",
    "\n- ", "U.S.", "Nr.", "(", ")", "! ", "? ", ".A", "\u2028", "\u00a0", "\u00ad", "\r\n",
    "\u0301",
)  # fmt: skip
