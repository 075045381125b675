from __future__ import annotations

import pytest

from index.hyphens import SOFT, hyphenated_words, joined


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["Die Regie-", "rung tagt."], "Die Regierung tagt."),
        (["Die Regie\u2010", "rung tagt."], "Die Regierung tagt."),
        ([f"Die Regie{SOFT}", "rung tagt."], "Die Regierung tagt."),
        (["Für Öster-", "reich gilt es."], "Für Österreich gilt es."),
        (["Der CDU-", "Chef kam."], "Der CDU-Chef kam."),
        (["Das gilt EU-", "weit."], "Das gilt EU-weit."),
        (["Eine 10-", "jährige kam."], "Eine 10-jährige kam."),
        (["In den Jahren 1995-", "1998 nicht."], "In den Jahren 1995-1998 nicht."),
        (["Die Arbeits-", "und Sozialministerin."], "Die Arbeits- und Sozialministerin."),
        (["Von Baden-Württem-", "berg aus."], "Von Baden-Württemberg aus."),
        (["Er kam -", "sie ging."], "Er kam - sie ging."),
        (["Ohne Bruch", "", "  geht es weiter. "], "Ohne Bruch geht es weiter."),
        (["Im Haus-", "„halt“"], "Im Haus- „halt“"),
        ([], ""),
    ],
)
def test_a_word_broken_at_a_line_end_is_whole_again(lines: list[str], whole: str) -> None:
    assert joined(lines) == whole


def test_a_hyphen_that_the_text_has_elsewhere_is_kept() -> None:
    known = hyphenated_words(["a long-term plan", "Nord-Irland und long-"])
    assert known == {"long-term", "nord-irland"}
    assert joined(["this long-", "term plan"], known) == "this long-term plan"


def test_a_line_without_end_is_joined_in_no_time() -> None:
    assert len(joined(["a-" * 50_000, "b"] * 20)) > 1_000_000
