"""What was measured, as tables for the README, and their place there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.evaluate import Report

MARKER = "evaluation"

Figures = Mapping[str, float | int | None]
# A heading, and the figures below it: where there are several, with a slash between them.
Columns = Sequence[tuple[str, tuple[str, ...]]]

_TABLES: tuple[tuple[str, Columns], ...] = (
    (
        "finding and quoting",
        (
            ("questions", ("questions",)),
            ("article_hit@1 / @5", ("article_hit@1", "article_hit@5")),
            ("mrr@10", ("mrr@10",)),
            ("quote_hit@1 / @3", ("quote_hit@1", "quote_hit@3")),
            ("sentence_hit@1 / @3", ("sentence_hit@1", "sentence_hit@3")),
            ("words, mean / most", ("quote_words", "longest_quote")),
            ("verbatim", ("verbatim",)),
            ("p50 / p95 ms", ("p50_ms", "p95_ms")),
        ),
    ),
    (
        "silence",
        (
            ("answered", ("answerable_answered",)),
            ("wrongly answered / at 85 %", ("unanswerable_answered", "unanswerable_at_85")),
            ("AUC", ("auc",)),
            ("article removed / at 90 %", ("removed_answered", "removed_at_90")),
            ("topic removed / at 90 %", ("topic_removed_answered", "topic_removed_at_90")),
        ),
    ),
    (
        "highlights",
        (
            ("highlighted", ("highlighted",)),
            ("precision", ("highlight_precision", "highlight_precision@3")),
            ("of numbers", ("highlight_precision of number",)),
            ("of dates", ("highlight_precision of date",)),
        ),
    ),
    (
        "loss of article_hit@1, in points",
        (
            ("typing errors", ("typos_loss",)),
            ("umlauts dropped", ("umlauts_dropped_loss",)),
            ("umlauts spelled", ("umlauts_spelled_loss",)),
        ),
    ),
)
_LEGEND = "Made by `make evaluate`{where}; shares are percentages."


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the tables: a set, or a part of one."""

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
    asked_for = report.groups.get("asked_for", {})
    kinds = {
        f"highlight_precision of {kind}": figures.get("highlight_precision")
        for kind, figures in asked_for.items()
    }
    rows = [Row(label, {**report.overall, **kinds})]
    for part, (grouping, value) in parts.items():
        figures = report.groups.get(grouping, {}).get(value)
        if figures is not None:
            rows.append(Row(part, figures))
    return rows


def as_markdown(rows: Sequence[Row], where: str = "") -> str:
    """Return the tables and the command that made them; `where` says on what machine."""
    tables = [table(name, columns, rows) for name, columns in _TABLES]
    return "\n\n".join([*tables, _LEGEND.format(where=where)])


def table(name: str, columns: Columns, rows: Sequence[Row]) -> str:
    """Return one table; rows that have none of its figures are left out."""
    lines = [[name, *(title for title, _ in columns)], ["---", *("---:" for _ in columns)]]
    for row in rows:
        cells = [_cell([row.figures.get(figure) for figure in names]) for _, names in columns]
        if set(cells) != {_NOTHING}:
            lines.append([row.label, *cells])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


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


_NOTHING = "–"


def _cell(values: Sequence[float | int | None]) -> str:
    if all(value is None for value in values):
        return _NOTHING
    return " / ".join(_NOTHING if value is None else str(value) for value in values)
