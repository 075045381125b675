from __future__ import annotations

import torch
from transformers import BertConfig, BertModel

from index.training.network import Encoder, Ranker, Shape, of_bert, padded, pooled

TINY = Shape(vocabulary=30, width=12, heads=3, inner=24, layers=2, window=32)


def test_the_weights_of_a_bert_give_what_the_bert_gives() -> None:
    torch.manual_seed(6)
    config = BertConfig(
        vocab_size=30,
        hidden_size=12,
        num_hidden_layers=2,
        num_attention_heads=3,
        intermediate_size=24,
        max_position_embeddings=32,
    )
    bert = BertModel(config).train(mode=False)
    encoder = Encoder(TINY).eval()
    encoder.load_state_dict(of_bert(bert.state_dict(), layers=2))
    ids, mask = padded([[1, 2, 3, 4, 5], [6, 7, 8]])
    segments = torch.zeros_like(ids)
    expected = bert(ids, attention_mask=mask, token_type_ids=segments).last_hidden_state
    assert torch.allclose(encoder(ids, mask, segments)[mask], expected[mask], atol=1e-5)


def test_padding_changes_no_vector() -> None:
    torch.manual_seed(6)
    encoder = Encoder(TINY).eval()

    def vectors(rows: list[list[int]]) -> torch.Tensor:
        ids, mask = padded(rows)
        return pooled(encoder(ids, mask, torch.zeros_like(ids)), mask)

    alone, beside = vectors([[1, 2, 3]]), vectors([[1, 2, 3], list(range(20))])
    assert torch.allclose(alone[0], beside[0], atol=1e-5)
    assert torch.allclose(beside.norm(dim=-1), torch.ones(2))


def test_a_ranker_scores_each_piece_and_both_ends_of_a_span() -> None:
    ids, mask = padded([[1, 2, 3], [4, 5, 6, 7]])
    scores, ends = Ranker(TINY)(ids, mask, torch.zeros_like(ids))
    assert scores.shape == (2, 8)
    assert ends.shape == (2, 8, 2)
