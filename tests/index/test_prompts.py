from __future__ import annotations

import pytest

from index.embed import ENGLISH_MODEL
from index.prompts import NONE, own_prompts, prompts_for


@pytest.mark.parametrize(
    "name",
    ["multilingual-e5-small", "e5-base-v2", "intfloat/e5-large", "E5_mine", "german-e5"],
)
def test_e5_tells_questions_from_passages(name: str) -> None:
    assert prompts_for(name) == ("query: ", "passage: ")


@pytest.mark.parametrize(
    "name", ["multilingual-e5-large-instruct", "e5-mistral-7b-instruct", "e5_instruct"]
)
def test_an_instructed_e5_is_told_the_task_before_questions_only(name: str) -> None:
    question, sentence = prompts_for(name)
    assert question.startswith("Instruct: ")
    assert question.endswith("\nQuery: ")
    assert sentence == ""


@pytest.mark.parametrize("name", ["bge-small-en-v1.5", "BAAI/bge-large-en", "bge-base-en-mine"])
def test_an_english_bge_has_words_before_questions_only(name: str) -> None:
    assert prompts_for(name) == ("Represent this sentence for searching relevant passages: ", "")


def test_a_chinese_bge_has_words_of_its_own() -> None:
    question, sentence = prompts_for("bge-large-zh-v1.5")
    assert question.endswith("：")
    assert sentence == ""


@pytest.mark.parametrize(
    "name",
    [
        ENGLISH_MODEL,
        "bge-m3",
        "bge-reranker-base",
        "paraphrase-multilingual-mpnet-base-v2",
        "model-2e5",
        "e50",
        "abge-small-en",
        "",
    ],
)
def test_other_models_want_nothing(name: str) -> None:
    assert prompts_for(name) == NONE == ("", "")


def test_the_prompts_of_a_model_itself_are_read_under_all_their_names() -> None:
    assert own_prompts({"query": "q: ", "document": "d: "}) == ("q: ", "d: ")
    assert own_prompts({"query": "q: ", "document": "", "passage": "p: "}) == ("q: ", "p: ")
    assert own_prompts({"corpus": "c: ", "query": None}) == ("", "c: ")
    assert own_prompts({"query": "", "document": ""}) is None
    assert own_prompts({"clustering": "x: "}) is None
