"""What was measured, as a table for the README, and its place there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.evaluate import Report

BEGIN = "<!-- evaluation -->"
END = "<!-- /evaluation -->"

Figures = Mapping[str, float | int | None]

# Two shares in one column: what should be answered, and what should not.
_COLUMNS = (
    ("questions", ("questions",)),
    ("article@1", ("article_hit@1",)),
    ("article@5", ("article_hit@5",)),
    ("MRR@10", ("mrr@10",)),
    ("quote@1", ("quote_hit@1",)),
    ("quote@3", ("quote_hit@3",)),
    ("answered", ("answerable_answered",)),
    ("wrongly answered", ("unanswerable_answered",)),
    ("AUC", ("auc",)),
    ("verbatim", ("verbatim",)),
    ("p50 / p95 ms", ("p50_ms", "p95_ms")),
)
_LEGEND = """\
Made by `make evaluate`{where}. Shares are percentages. *article@n*: one of the first n passages is
of a right article. *quote@n*: one of the first n quotations is of a right article, holds an
accepted answer and overlaps the gold sentence; what would be quoted counts, also where Beleg keeps
silent. *answered*: how many answerable questions are answered at all; *wrongly answered*: how many
unanswerable ones are. *AUC*: how well the confidence parts the two. *verbatim*: the quotation
equals the stored slice."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: a set, or a part of one."""

    label: str
    figures: Figures

    def __post_init__(self) -> None:
        """Refuse a label that would break the table."""
        if "|" in self.label or "\n" in self.label:
            raise ValueError(f"no label for a table: {self.label!r}")


def rows_of(label: str, report: Report, parts: Mapping[str, tuple[str, str]]) -> list[Row]:
    """Return the row of a whole set, and one for each part that it has.

    `parts` maps a row's label to a grouping and a value, as in ("lexical_gap", "3").
    """
    rows = [Row(label, report.overall)]
    for part, (grouping, value) in parts.items():
        figures = report.groups.get(grouping, {}).get(value)
        if figures is not None:
            rows.append(Row(part, figures))
    return rows


def as_markdown(rows: Sequence[Row], where: str = "") -> str:
    """Return the table with what its columns mean; `where` says on what machine."""
    header = ["set", *(title for title, _ in _COLUMNS)]
    lines = [header, ["---", *("---:" for _ in _COLUMNS)]]
    lines += [
        [row.label, *(_cell([row.figures.get(name) for name in names]) for _, names in _COLUMNS)]
        for row in rows
    ]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{table}\n\n{_LEGEND.format(where=where)}"


def with_block(document: str, block: str) -> str:
    """Return the document with the block between its two markers; ValueError where they lack."""
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end or BEGIN in rest or END in before + after:
        raise ValueError(f"{BEGIN} and {END} must stand there once, in this order")
    return f"{before}{BEGIN}\n{block.strip()}\n{END}{after}"


def _cell(values: Sequence[float | int | None]) -> str:
    known = [value for value in values if value is not None]
    return " / ".join(map(str, known)) if known else "–"
