"""What was measured, as a table for the README, and its place there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.evaluate import Report

MARKER = "evaluation"

Figures = Mapping[str, float | int | None]

# Two shares in one column: what should be answered, and what should not.
_COLUMNS = (
    ("questions", ("questions",)),
    ("article_hit@1", ("article_hit@1",)),
    ("article_hit@5", ("article_hit@5",)),
    ("mrr@10", ("mrr@10",)),
    ("quote_hit@1", ("quote_hit@1",)),
    ("quote_hit@3", ("quote_hit@3",)),
    ("answered", ("answerable_answered",)),
    ("wrongly answered", ("unanswerable_answered",)),
    ("AUC", ("auc",)),
    ("verbatim", ("verbatim",)),
    ("p50 / p95 ms", ("p50_ms", "p95_ms")),
)
_LEGEND = """\
Made by `make evaluate`{where}; shares are percentages. *answered*: answerable questions that are
answered at all, rightly or not; *wrongly answered*: unanswerable ones that are; *quote_hit* counts
what would be quoted also where Beleg keeps silent; *verbatim*: the quotation equals the stored
text."""


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


def with_block(document: str, marker: str, block: str) -> str:
    """Return the document with the block between its markers; ValueError where they lack.

    They are the comments `<!-- marker -->` and `<!-- /marker -->`.
    """
    opening, closing = f"<!-- {marker} -->", f"<!-- /{marker} -->"
    before, begin, rest = document.partition(opening)
    _, end, after = rest.partition(closing)
    if not begin or not end or opening in rest or closing in before + after:
        raise ValueError(f"{opening} and {closing} must stand there once, in this order")
    return f"{before}{opening}\n{block.strip()}\n{closing}{after}"


def _cell(values: Sequence[float | int | None]) -> str:
    known = [value for value in values if value is not None]
    return " / ".join(map(str, known)) if known else "–"
