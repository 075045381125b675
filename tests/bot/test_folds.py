from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.folds import connected, folds

ARTICLES = st.lists(st.frozensets(st.sampled_from("abcdefghij"), max_size=3), max_size=30)


@given(ARTICLES, st.integers(1, 6))
def test_every_question_is_in_one_fold_and_no_article_in_two(
    articles: list[frozenset[str]], count: int
) -> None:
    dealt = folds(articles, count)
    assert len(dealt) == count
    assert sorted(position for fold in dealt for position in fold) == list(range(len(articles)))
    held = [frozenset[str]().union(*(articles[i] for i in fold)) for fold in dealt]
    assert sum(map(len, held)) == len(frozenset[str]().union(*held))


def test_questions_are_connected_by_way_of_a_third() -> None:
    articles = [{"a"}, {"c"}, {"b", "c"}, set(), {"a", "b"}, {"z"}, set()]
    assert sorted(connected(articles)) == [[0, 1, 2, 4], [3], [5], [6]]


def test_folds_are_of_about_one_size() -> None:
    articles = [{str(i // 3)} for i in range(60)]
    assert {len(fold) for fold in folds(articles, 5)} == {12}
