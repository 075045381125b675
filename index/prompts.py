"""The words that some models want before a text: without them they find much less."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

# What these families were trained with, from their authors' descriptions. The first rule whose
# pattern is found in a model's name decides.
_TASK = "Given a question, retrieve the sentences of news articles that answer it"
_BGE_ENGLISH = "Represent this sentence for searching relevant passages: "
_BGE_CHINESE = "为这个句子生成表示以用于检索相关文章："


class Prompts(NamedTuple):
    """What is put before a question, and before a sentence of an article."""

    question: str = ""
    sentence: str = ""


NONE = Prompts()

_RULES: tuple[tuple[re.Pattern[str], Prompts], ...] = tuple(
    (re.compile(rf"(?<![a-z0-9])(?:{pattern})(?![a-z0-9])", re.IGNORECASE), prompts)
    for pattern, prompts in (
        (r"e5(?![a-z0-9]).*[-_]instruct", Prompts(f"Instruct: {_TASK}\nQuery: ")),
        (r"e5", Prompts("query: ", "passage: ")),
        (r"bge-(?:small|base|large)-en(?:-v1\.5)?", Prompts(_BGE_ENGLISH)),
        (r"bge-(?:small|base|large)-zh(?:-v1\.5)?", Prompts(_BGE_CHINESE)),
    )
)


def prompts_for(name: str) -> Prompts:
    """Return the prompts for a model by its name; none where no rule knows it."""
    return next((prompts for pattern, prompts in _RULES if pattern.search(name)), NONE)


def own_prompts(stated: Mapping[str, str | None]) -> Prompts | None:
    """Return the prompts that a model brings along, as sentence-transformers names them, if any.

    Read here, because sentence-transformers passes over "passage" and "corpus" where a model says
    nothing of "document".
    """
    sentence = next((p for n in ("document", "passage", "corpus") if (p := stated.get(n))), "")
    prompts = Prompts(stated.get("query") or "", sentence)
    return prompts if any(prompts) else None
