"""Files of one JSON value a line, read line by line, however large they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from index.errors import ExtractionError
from index.types import LONGEST_TEXT

# The longest article, in characters of six bytes ("\u00e4"), with all that goes with it.
LONGEST_LINE = 2 * 6 * LONGEST_TEXT
_BOM = b"\xef\xbb\xbf"


def numbered_lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not empty, each with its number from 1.

    Of a line that is too long no more than is needed to see that: `value_of` refuses it.
    """
    number = 0
    # Only "\n" ends a line: JSON strings may hold other separators, such as U+2028.
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        rest = line
        while not rest.endswith(b"\n") and len(rest) > LONGEST_LINE:
            rest = file.readline(LONGEST_LINE + 1)
        if number == 1:
            line = line.removeprefix(_BOM)
        if line.strip():
            yield number, line


def value_of(line: bytes) -> object:
    """Return the value of a line; ExtractionError where it is none, or longer than any article."""
    if len(line) > LONGEST_LINE:
        raise ExtractionError("article_too_long", limit=LONGEST_TEXT)
    try:
        return json.loads(line.decode())
    except (ValueError, RecursionError) as error:
        raise ExtractionError("record_not_json") from error
