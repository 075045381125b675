"""FAISS over unit vectors, derived from the store; never saved, since a rebuild is provable."""

from __future__ import annotations

from collections.abc import Sequence

import faiss
import numpy as np

from index.protocols import Vectors


class FaissVectorIndex:
    """Exact inner-product search by id. Not thread-safe: the corpus holds the lock."""

    def __init__(self) -> None:
        """Start empty; the first vectors set the dimension."""
        self._index: faiss.IndexIDMap2 | None = None

    def __len__(self) -> int:
        """Return the number of vectors."""
        return 0 if self._index is None else int(self._index.ntotal)

    def add(self, ids: Sequence[int], vectors: Vectors) -> None:
        """Add vectors of shape (len(ids), dimension) under new ids; kept in half precision."""
        if len(ids) != len(vectors):
            raise ValueError("one id per vector")
        if not len(ids):
            return
        if self._index is None:
            # Half precision, as the store has them: exact still, and read twice as fast.
            flat = faiss.IndexScalarQuantizer(
                vectors.shape[1],
                faiss.ScalarQuantizer.QT_fp16,
                faiss.METRIC_INNER_PRODUCT,
            )
            self._index = faiss.IndexIDMap2(flat)
        self._index.add_with_ids(
            np.ascontiguousarray(vectors, dtype=np.float32), np.asarray(ids, dtype=np.int64)
        )

    def remove(self, ids: Sequence[int]) -> None:
        """Remove ids; unknown ones are passed over."""
        if self._index is not None and len(ids):
            self._index.remove_ids(faiss.IDSelectorBatch(np.asarray(ids, dtype=np.int64)))

    def search(
        self, vector: Vectors, count: int, among: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return up to `count` (id, cosine), best first; of some ids alone where they are named."""
        # One search is a single pass over the vectors: more threads cost more than they bring. The
        # number holds for the thread that sets it alone.
        faiss.omp_set_num_threads(1)
        if self._index is None or not len(self) or (among is not None and not len(among)):
            return []
        parameters = None
        if among is not None:
            selected = faiss.IDSelectorBatch(np.asarray(among, dtype=np.int64))
            parameters = faiss.SearchParameters(sel=selected)  # type: ignore[call-arg] # not in its stubs
        scores, ids = self._index.search(
            vector.reshape(1, -1), min(count, len(self)), params=parameters
        )
        return [(int(i), float(s)) for i, s in zip(ids[0], scores[0], strict=True) if i >= 0]

    def vectors(self, ids: Sequence[int]) -> Vectors:
        """Return the vectors of known ids, shape (len(ids), dimension)."""
        if self._index is None:
            raise KeyError(f"no vectors for {len(ids)} ids")
        faiss.omp_set_num_threads(1)
        vectors: Vectors = self._index.reconstruct_batch(np.asarray(ids, dtype=np.int64))
        return vectors

    def ids(self) -> frozenset[int]:
        """Return the ids that can be found, to compare with the store."""
        if self._index is None:
            return frozenset()
        return frozenset(faiss.vector_to_array(self._index.id_map).tolist())
