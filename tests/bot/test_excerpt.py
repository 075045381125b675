from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.excerpt import cut, shorten, units
from index.types import Article, Span

TEXT = "Eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf."


def span(text: str, words: str | None = None) -> Span:
    article = Article("Titel", text, datetime.now(UTC))
    words = words or text
    start = text.index(words)
    return Span(article, start, start + len(words))


def test_what_fits_stays_whole() -> None:
    whole = span(TEXT)
    assert shorten(whole, None, len(TEXT)) is whole


def test_the_end_moves_to_a_word() -> None:
    assert shorten(span(TEXT), None, 17).text == "Eins zwei drei"


def test_the_answering_words_stay_inside() -> None:
    whole = span(TEXT)
    keep = Span(whole.article, TEXT.index("neun"), TEXT.index("neun") + 4)
    assert shorten(whole, keep, 20).text == "acht neun zehn"


def test_a_full_stop_after_the_answering_words_cuts_nothing_off_them() -> None:
    whole = span("Eins zwei 8.000, drei vier fünf")
    keep = Span(whole.article, 10, 15)
    assert shorten(whole, keep, 15).text == "Eins zwei 8.000"


@given(st.data())
def test_a_shortened_span_lies_inside_and_keeps_what_it_must(data: st.DataObject) -> None:
    text = data.draw(st.text(alphabet="ab .\n😀", min_size=1, max_size=80))
    article = Article("Titel", f"x{text}x", datetime.now(UTC))
    start = data.draw(st.integers(0, len(article.text) - 1))
    end = data.draw(st.integers(start + 1, len(article.text)))
    whole = Span(article, start, end)
    from_ = data.draw(st.integers(start, end - 1))
    keep = Span(article, from_, data.draw(st.integers(from_ + 1, end)))
    limit = data.draw(st.integers(1, 100))
    short = shorten(whole, keep, limit)
    assert start <= short.start < short.end <= end
    assert short.end - short.start <= limit
    if keep.end - keep.start <= limit:
        assert short.start <= keep.start
        assert keep.end <= short.end


def test_a_title_is_cut_after_a_word() -> None:
    assert cut("Nordkorea versichert\nRussland Unterstützung", 24) == "Nordkorea versichert …"
    assert cut("  Nordkorea \n versichert ", 24) == "Nordkorea versichert"


@given(st.text(max_size=120), st.integers(10, 100))
def test_a_cut_title_fits_however_it_is_counted(text: str, limit: int) -> None:
    assert units(cut(text, limit)) <= limit
