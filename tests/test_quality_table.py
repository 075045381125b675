from __future__ import annotations

import pytest

from bot.evaluate import Report
from tests.quality_table import MARKER, Row, as_markdown, rows_of, with_block

BEGIN, END = "<!-- evaluation -->", "<!-- /evaluation -->"

OVERALL: dict[str, float | int | None] = {
    "questions": 225,
    "article_hit@1": 91.2,
    "article_hit@5": 97.0,
    "mrr@10": 0.94,
    "quote_hit@1": 71.5,
    "quote_hit@3": 80.0,
    "answerable_answered": 90.0,
    "unanswerable_answered": 12.5,
    "auc": 0.9,
    "verbatim": 100.0,
    "p50_ms": 40.5,
    "p95_ms": 80.0,
}
ENGLISH: dict[str, float | int | None] = {"questions": 20, "quote_hit@1": 30.0, "auc": None}
REPORT = Report(1028, 2404, OVERALL, {"kind": {"english": ENGLISH}})


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_a_row_has_the_figures_under_their_headings() -> None:
    header, rule, row = as_markdown([Row("newsqa", OVERALL)]).splitlines()[:3]
    assert set(rule) <= set("|-: ")
    assert dict(zip(cells(header), cells(row), strict=True)) == {
        "set": "newsqa",
        "questions": "225",
        "article_hit@1": "91.2",
        "article_hit@5": "97.0",
        "mrr@10": "0.94",
        "quote_hit@1": "71.5",
        "quote_hit@3": "80.0",
        "answered": "90.0",
        "wrongly answered": "12.5",
        "AUC": "0.9",
        "verbatim": "100.0",
        "p50 / p95 ms": "40.5 / 80.0",
    }


def test_a_figure_that_there_is_not_is_a_dash() -> None:
    row = cells(as_markdown([Row("english", ENGLISH)]).splitlines()[2])
    assert row == ["english", "20", "–", "–", "–", "30.0", *["–"] * 6]


def test_a_set_and_those_parts_that_it_has_get_rows() -> None:
    parts = {"newsqa, english": ("kind", "english"), "newsqa, gap 3": ("lexical_gap", "3")}
    assert rows_of("newsqa", REPORT, parts) == [
        Row("newsqa", OVERALL),
        Row("newsqa, english", ENGLISH),
    ]


def test_the_table_names_the_command_that_made_it() -> None:
    assert "Made by `make evaluate` on 4 cores;" in as_markdown([], " on 4 cores")


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
