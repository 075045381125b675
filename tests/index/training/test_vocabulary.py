from __future__ import annotations

import torch
from tokenizers import Tokenizer, models, pre_tokenizers

from index.training.vocabulary import (
    SENTENCE,
    SPECIAL,
    UNKNOWN,
    carried_over,
    learn_vocabulary,
    pieces_per_word,
)

TEXTS = ["Die große Straße führt über die Brücke.", "The road leads across the bridge."] * 20


def old_vocabulary() -> Tokenizer:
    pieces = [UNKNOWN, '"', "die", "str", "##ass", "##e", "##ck"]
    model = models.WordPiece(dict(zip(pieces, range(7), strict=True)), unk_token=UNKNOWN)
    tokenizer = Tokenizer(model)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


def test_sharp_s_accents_and_case_are_folded() -> None:
    tokenizer = learn_vocabulary(TEXTS, 200)
    assert tokenizer.encode("Straße BRÜCKE").ids == tokenizer.encode("strasse brucke").ids


def test_the_special_pieces_come_first() -> None:
    vocabulary = learn_vocabulary(TEXTS, 200).get_vocab()
    assert [vocabulary[piece] for piece in SPECIAL] == list(range(len(SPECIAL)))


def test_words_that_are_learned_cost_one_piece() -> None:
    assert pieces_per_word(learn_vocabulary(TEXTS, 200), ["Die Brücke"]) == 1.0


def test_a_new_piece_begins_as_the_mean_of_the_old_pieces_of_its_text() -> None:
    new = learn_vocabulary(TEXTS, 200)
    vectors = torch.eye(7)
    carried = carried_over(new, old_vocabulary(), vectors)
    vocabulary = new.get_vocab()
    expected = (vectors[3] + vectors[4] + vectors[5]) / 3
    assert torch.allclose(carried[vocabulary["strasse"]], expected)
    assert torch.equal(carried[vocabulary["die"]], vectors[2])
    assert torch.equal(carried[vocabulary["bridge"]], vectors[0])
    assert torch.equal(carried[vocabulary[SENTENCE]], vectors[1])


def test_a_continuation_is_parted_into_the_longest_old_ones() -> None:
    new = learn_vocabulary(["asse", "lasse", "tasse", "kasse"] * 9, 40)
    vocabulary = new.get_vocab()
    assert "##asse" in vocabulary
    carried = carried_over(new, old_vocabulary(), torch.eye(7))
    assert torch.allclose(carried[vocabulary["##asse"]], (torch.eye(7)[4] + torch.eye(7)[5]) / 2)
