from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.protocols import VectorIndex, Vectors
from index.vector_index import FaissVectorIndex
from tests.fakes import ExactVectorIndex

DIMENSION = 8
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["add", "remove"]),
        st.lists(st.integers(0, 2**40), min_size=0, max_size=6, unique=True),
    ),
    max_size=12,
)


def unit_vectors(ids: list[int]) -> Vectors:
    """Vectors by id, so that both indexes get the same and ties are rare; as the store has them."""
    rows = [np.random.default_rng(i).standard_normal(DIMENSION) for i in ids]
    vectors = np.array(rows, dtype=np.float32).reshape(-1, DIMENSION)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(unit.astype(np.float16), dtype=np.float32)


def apply(index: VectorIndex, changes: list[tuple[str, list[int]]]) -> None:
    for change, ids in changes:
        if change == "add":
            new = [i for i in ids if i not in index.ids()]
            index.add(new, unit_vectors(new))
        else:
            index.remove(ids)


@given(CHANGES, st.integers(0, 1000), st.integers(1, 40))
def test_faiss_finds_what_exact_search_finds(
    changes: list[tuple[str, list[int]]], seed: int, count: int
) -> None:
    faiss, exact = FaissVectorIndex(), ExactVectorIndex()
    apply(faiss, changes)
    apply(exact, changes)
    assert faiss.ids() == exact.ids()
    assert len(faiss) == len(exact)
    (question,) = unit_vectors([seed])
    found, expected = faiss.search(question, count), exact.search(question, count)
    assert [i for i, _ in found] == [i for i, _ in expected]
    np.testing.assert_allclose([s for _, s in found], [s for _, s in expected], atol=1e-5)
    kept = sorted(exact.ids())
    if kept:
        np.testing.assert_array_equal(faiss.vectors(kept), exact.vectors(kept))


def test_an_empty_index_finds_nothing() -> None:
    index = FaissVectorIndex()
    index.remove([1])
    index.add([], unit_vectors([]))
    assert len(index) == 0
    assert index.search(unit_vectors([1])[0], 3) == []
    assert index.ids() == frozenset()
    with pytest.raises(KeyError):
        index.vectors([1])


def test_an_index_that_was_emptied_finds_nothing_and_can_be_filled_again() -> None:
    index = FaissVectorIndex()
    index.add([5, 6], unit_vectors([5, 6]))
    index.remove([6, 5, 7])
    assert index.search(unit_vectors([5])[0], 3) == []
    index.add([8], unit_vectors([8]))
    assert [i for i, _ in index.search(unit_vectors([5])[0], 3)] == [8]


def test_ids_are_never_positions() -> None:
    index = FaissVectorIndex()
    index.add([10, 20, 30], unit_vectors([10, 20, 30]))
    index.remove([10])
    for i in (20, 30):
        (vector,) = unit_vectors([i])
        ((found, cosine),) = index.search(vector, 1)
        assert found == i
        assert cosine == pytest.approx(float(vector @ vector), abs=1e-5)
        np.testing.assert_array_equal(index.vectors([i])[0], vector)


def test_an_unknown_id_has_no_vector() -> None:
    index = FaissVectorIndex()
    index.add([1], unit_vectors([1]))
    with pytest.raises((KeyError, RuntimeError)):
        index.vectors([2])


def test_ids_and_vectors_must_be_as_many() -> None:
    with pytest.raises(ValueError, match="one id per vector"):
        FaissVectorIndex().add([1, 2], unit_vectors([1]))


@given(CHANGES, st.lists(st.integers(0, 2**40), max_size=6), st.integers(0, 1000))
def test_faiss_finds_among_some_ids_what_exact_search_finds(
    changes: list[tuple[str, list[int]]], strange: list[int], seed: int
) -> None:
    faiss, exact = FaissVectorIndex(), ExactVectorIndex()
    apply(faiss, changes)
    apply(exact, changes)
    among = [*sorted(exact.ids())[::2], *strange]
    (question,) = unit_vectors([seed])
    found, expected = faiss.search(question, 20, among), exact.search(question, 20, among)
    assert [i for i, _ in found] == [i for i, _ in expected]
    assert {i for i, _ in found} <= set(among)
