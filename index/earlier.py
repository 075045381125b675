"""Passages of what an article said before, for whoever asks how something went."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from index.protocols import Vectors
from index.split import split_passages
from index.types import Hit, StoredArticle
from index.versions import wording


def earlier_hits(
    hits: Sequence[Hit],
    versions: Callable[[int], Sequence[StoredArticle]],
    embed: Callable[[Sequence[str]], Vectors],
    question: Callable[[], Vectors],
) -> list[Hit]:
    """Return the passages of older versions that read differently, with the evidence of the newer.

    `versions` are those of an article, the oldest first. Only sentences that the newer version has
    not, or no longer has, are embedded.
    """
    found: list[Hit] = []
    best: dict[int, Hit] = {}
    for hit in hits:
        best.setdefault(hit.stored.id, hit)
    for article_id, hit in best.items():
        older = [one for one in versions(article_id) if one.id != article_id]
        if older:
            # Of a text that was changed ten times, the last few tell how it went.
            for version in older[-_MOST:]:
                found += _hits_of(version, hit, hits, embed, question)
    return found


_MOST = 4


def _hits_of(
    version: StoredArticle,
    newer: Hit,
    hits: Sequence[Hit],
    embed: Callable[[Sequence[str]], Vectors],
    question: Callable[[], Vectors],
) -> list[Hit]:
    now = wording(newer.stored.article.text)
    known = {
        wording(sentence.text): cosine
        for hit in hits
        if hit.stored.id == newer.stored.id
        for sentence, cosine in zip(hit.passage.sentences, hit.cosines, strict=True)
    }
    found = []
    for passage in split_passages(version.article):
        texts = [sentence.text for sentence in passage.sentences]
        if all(wording(text) in now for text in texts):
            continue
        new = [text for text in texts if wording(text) not in known]
        if new:
            cosines = embed(new) @ question()
            known.update(zip(map(wording, new), map(float, np.asarray(cosines)), strict=True))
        own = tuple(known[wording(text)] for text in texts)
        found.append(Hit(version, passage, newer.lexical, own, newer.score))
    return found
