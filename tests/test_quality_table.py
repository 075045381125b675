from __future__ import annotations

import pytest

from bot.evaluate import Report
from tests.quality_table import MARKER, Row, as_markdown, rows_of, table, with_block

BEGIN, END = "<!-- evaluation -->", "<!-- /evaluation -->"

OVERALL: dict[str, float | int | None] = {
    "questions": 225,
    "article_hit@1": 91.2,
    "article_hit@5": 97.0,
    "mrr@10": 0.94,
    "quote_hit@1": 71.5,
    "quote_hit@3": 80.0,
    "sentence_hit@1": 70.5,
    "sentence_hit@3": 79.0,
    "answerable_answered": 90.0,
    "unanswerable_answered": 12.5,
    "unanswerable_at_85": 60.1,
    "auc": 0.9,
    "removed_answered": 20.0,
    "removed_at_90": 30.0,
    "topic_removed_answered": 5.0,
    "topic_removed_at_90": 3.0,
    "highlighted": 15.0,
    "highlight_precision": 81.0,
    "highlight_precision@3": 79.0,
    "typos_loss": 4.4,
    "umlauts_dropped_loss": 0.5,
    "umlauts_spelled_loss": -0.5,
    "verbatim": 100.0,
    "quote_words": 21.5,
    "longest_quote": 60,
    "p50_ms": 40.5,
    "p95_ms": 80.0,
}
ENGLISH: dict[str, float | int | None] = {"questions": 20, "quote_hit@1": 30.0, "auc": None}
NUMBERS: dict[str, float | int | None] = {"questions": 9, "highlight_precision": 88.0}
REPORT = Report(
    1028, 2404, OVERALL, {"kind": {"english": ENGLISH}, "asked_for": {"number": NUMBERS}}
)


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_rows_have_their_figures_under_their_headings() -> None:
    (row,) = rows_of("newsqa", REPORT, {})
    tables = [part.splitlines() for part in as_markdown([row]).split("\n\n")[:-1]]
    assert all(set(rule) <= set("|-: ") for _, rule, _ in tables)
    assert [
        dict(zip(cells(header), cells(figures), strict=True)) for header, _, figures in tables
    ] == [
        {
            "finding and quoting": "newsqa",
            "questions": "225",
            "article_hit@1 / @5": "91.2 / 97.0",
            "mrr@10": "0.94",
            "quote_hit@1 / @3": "71.5 / 80.0",
            "sentence_hit@1 / @3": "70.5 / 79.0",
            "words, mean / most": "21.5 / 60",
            "verbatim": "100.0",
            "p50 / p95 ms": "40.5 / 80.0",
        },
        {
            "silence": "newsqa",
            "answered": "90.0",
            "wrongly answered / at 85 %": "12.5 / 60.1",
            "AUC": "0.9",
            "article removed / at 90 %": "20.0 / 30.0",
            "topic removed / at 90 %": "5.0 / 3.0",
        },
        {
            "highlights": "newsqa",
            "highlighted": "15.0",
            "precision": "81.0 / 79.0",
            "of numbers": "88.0",
            "of dates": "–",
        },
        {
            "loss of article_hit@1, in points": "newsqa",
            "typing errors": "4.4",
            "umlauts dropped": "0.5",
            "umlauts spelled": "-0.5",
        },
    ]


def test_a_figure_that_there_is_not_is_a_dash_and_a_row_of_dashes_is_left_out() -> None:
    columns = (("hits", ("quote_hit@1", "quote_hit@3")), ("AUC", ("auc",)))
    rows = [Row("english", ENGLISH), Row("nothing", {})]
    lines = table("set", columns, rows).splitlines()
    assert [cells(line) for line in lines[2:]] == [["english", "30.0 / –", "–"]]


def test_a_set_and_those_parts_that_it_has_get_rows() -> None:
    parts = {"newsqa, english": ("kind", "english"), "newsqa, gap 3": ("lexical_gap", "3")}
    whole, part = rows_of("newsqa", REPORT, parts)
    assert whole == Row("newsqa", {**OVERALL, "highlight_precision of number": 88.0})
    assert part == Row("newsqa, english", ENGLISH)


def test_the_tables_name_the_command_that_made_them() -> None:
    assert as_markdown([], " on 4 cores").endswith(
        "\n\nMade by `make evaluate` on 4 cores; shares are percentages."
    )


@pytest.mark.parametrize("label", ["a | b", "a\nb"])
def test_a_label_that_would_break_the_table_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match="no label"):
        Row(label, OVERALL)


def test_a_block_of_another_name_is_left_alone() -> None:
    document = f"{BEGIN}\nold\n{END}\n<!-- bench -->\n<!-- /bench -->\n"
    assert with_block(document, "bench", "new") == document.replace(
        "<!-- bench -->\n", "<!-- bench -->\nnew\n"
    )


def test_the_block_replaces_what_stood_between_the_markers_and_nothing_else() -> None:
    document = f"# Beleg\n\n{BEGIN}\nold\n{END}\n\nMore.\n"
    written = with_block(document, MARKER, "new\n")
    assert written == f"# Beleg\n\n{BEGIN}\nnew\n{END}\n\nMore.\n"
    assert with_block(written, MARKER, "new\n") == written


@pytest.mark.parametrize(
    "document",
    ["", BEGIN, END, f"{END}{BEGIN}", f"{BEGIN}{BEGIN}{END}", f"{BEGIN}{END}{END}"],
)
def test_a_document_without_one_pair_of_markers_is_refused(document: str) -> None:
    with pytest.raises(ValueError, match="must stand there once"):
        with_block(document, MARKER, "new")
