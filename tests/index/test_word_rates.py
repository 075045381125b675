from __future__ import annotations

from index.terms import content_terms
from index.word_rates import word_rates


def test_common_words_of_both_languages_are_known_and_rare_ones_are_not() -> None:
    rates = word_rates()
    for word in ("groß", "Jahr", "year", "said"):
        (term,) = content_terms(word)
        assert 0.05 < rates[term] < 1.0
    for word in ("Kursk", "Goldmünze", "Quastenflosser"):
        assert content_terms(word)[0] not in rates


def test_every_rate_is_a_share() -> None:
    assert len(word_rates()) > 1000
    assert all(0.0 < rate < 1.0 for rate in word_rates().values())
