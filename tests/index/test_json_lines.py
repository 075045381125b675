from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pytest

from index.errors import ExtractionError
from index.json_lines import LONGEST_LINE, numbered_lines, value_of


def test_lines_have_their_numbers_and_empty_ones_are_passed_over() -> None:
    file = io.BytesIO(b'\xef\xbb\xbf{"a": 1}\r\n\n  \n[2]\n"\xe2\x80\xa8"')
    assert [(number, value_of(line)) for number, line in numbered_lines(file)] == [
        (1, {"a": 1}),
        (4, [2]),
        (5, "\u2028"),
    ]


@pytest.mark.parametrize("line", [b"{", b"\xff", b"[" * 100_000, b"kein JSON"])
def test_what_is_no_json_is_refused(line: bytes) -> None:
    with pytest.raises(ExtractionError) as caught:
        value_of(line)
    assert caught.value.code == "record_not_json"


def test_a_line_without_end_is_refused_without_being_kept_and_the_next_is_read(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        for _ in range(16):
            file.write(b"x" * LONGEST_LINE)
        file.write(b'"ende"\n"danach"\n')
    tracemalloc.start()
    with path.open("rb") as file:
        lines = numbered_lines(file)
        number, line = next(lines)
        assert next(lines) == (2, b'"danach"\n')
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 6 * LONGEST_LINE
    with pytest.raises(ExtractionError) as caught:
        value_of(line)
    assert (number, caught.value.code) == (1, "article_too_long")
