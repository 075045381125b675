"""The networks: a BERT encoder in plain modules, and the ranker on top of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

# Added to the attention of padding: far below any score, and no infinity, which int8 cannot hold.
MASKED = -1e4
_EPSILON = 1e-12  # as in BERT


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a network; `vocabulary` counts word pieces, `window` positions."""

    vocabulary: int
    width: int = 384
    heads: int = 12
    inner: int = 1536
    layers: int = 6
    window: int = 512

    def __post_init__(self) -> None:
        """Refuse heads that do not divide the width."""
        if self.width % self.heads:
            raise ValueError(f"{self.heads} heads do not divide {self.width}")


class _Layer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.out = nn.Linear(shape.width, shape.width)
        self.n1 = nn.LayerNorm(shape.width, _EPSILON)
        self.up = nn.Linear(shape.width, shape.inner)
        self.down = nn.Linear(shape.inner, shape.width)
        self.n2 = nn.LayerNorm(shape.width, _EPSILON)

    def forward(self, states: Tensor, hidden: Tensor, dropout: float) -> Tensor:
        batch, length, width = states.shape
        size = width // self.heads
        parts = self.qkv(states).view(batch, length, 3, self.heads, size).permute(2, 0, 3, 1, 4)
        query, key, value = parts.unbind(0)
        # Written out: on a CPU the backward pass of the fused attention takes twice as long.
        weights = torch.softmax(query @ key.transpose(-1, -2) * size**-0.5 + hidden, dim=-1)
        seen = (weights @ value).transpose(1, 2).reshape(batch, length, width)
        seen = functional.dropout(self.out(seen), dropout, self.training)
        states = self.n1(states + seen)
        inner = self.down(functional.gelu(self.up(states)))
        mixed: Tensor = self.n2(states + functional.dropout(inner, dropout, self.training))
        return mixed


class Encoder(nn.Module):
    """Word pieces to states, one of `width` for each piece."""

    def __init__(self, shape: Shape) -> None:
        """Take the size; the weights are random until some are loaded."""
        super().__init__()
        self.shape = shape
        self.word = nn.Embedding(shape.vocabulary, shape.width)
        self.pos = nn.Embedding(shape.window, shape.width)
        self.seg = nn.Embedding(2, shape.width)
        self.norm = nn.LayerNorm(shape.width, _EPSILON)
        self.layers = nn.ModuleList(_Layer(shape) for _ in range(shape.layers))

    def forward(self, ids: Tensor, mask: Tensor, segments: Tensor, dropout: float = 0.0) -> Tensor:
        """Return shape (batch, length, width); all inputs are (batch, length), the mask boolean."""
        states = self.word(ids) + self.pos.weight[: ids.shape[1]] + self.seg(segments)
        states = functional.dropout(self.norm(states), dropout, self.training)
        if torch.is_autocast_enabled(ids.device.type):
            states = states.to(torch.get_autocast_dtype(ids.device.type))
        hidden = torch.zeros_like(mask, dtype=states.dtype).masked_fill(~mask, MASKED)
        for layer in self.layers:
            states = layer(states, hidden[:, None, None, :], dropout)
        out: Tensor = states
        return out


class Ranker(nn.Module):
    """Scores every marked sentence of a sequence as an answer, and every piece as a span's end."""

    def __init__(self, shape: Shape) -> None:
        """Take the size; the weights are random until some are loaded."""
        super().__init__()
        self.enc = Encoder(shape)
        self.score = nn.Linear(shape.width, 1)
        self.span = nn.Linear(shape.width, 2)
        for head in (self.score, self.span):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def forward(
        self, ids: Tensor, mask: Tensor, segments: Tensor, dropout: float = 0.0
    ) -> tuple[Tensor, Tensor]:
        """Return log-odds (batch, length), read at the marks, and span ends (batch, length, 2)."""
        states = self.enc(ids, mask, segments, dropout).float()
        return self.score(states)[..., 0], self.span(states)


def pooled(states: Tensor, mask: Tensor) -> Tensor:
    """Return the mean of the states that are no padding, unit length, shape (batch, width)."""
    kept = mask[..., None].float()
    return functional.normalize((states.float() * kept).sum(1) / kept.sum(1), dim=-1)


def padded(rows: Sequence[Sequence[int]], device: str = "cpu") -> tuple[Tensor, Tensor]:
    """Return rows of pieces as one tensor, its length a multiple of eight, and its mask."""
    length = (max(map(len, rows)) + 7) // 8 * 8
    ids = torch.zeros((len(rows), length), dtype=torch.long)
    for line, row in zip(ids, rows, strict=True):
        line[: len(row)] = torch.tensor(row)
    lengths = torch.tensor([len(row) for row in rows])
    mask = torch.arange(length)[None] < lengths[:, None]
    return ids.to(device), mask.to(device)


def of_bert(weights: Mapping[str, Tensor], layers: int) -> dict[str, Tensor]:
    """Return the weights of a BERT as transformers names them under the names used here."""
    plain = {name.removeprefix("bert."): value for name, value in weights.items()}
    embeddings = {
        "word.weight": "word_embeddings.weight",
        "pos.weight": "position_embeddings.weight",
        "seg.weight": "token_type_embeddings.weight",
        "norm.weight": "LayerNorm.weight",
        "norm.bias": "LayerNorm.bias",
    }
    named = {own: plain[f"embeddings.{other}"] for own, other in embeddings.items()}
    parts = {
        "out": "attention.output.dense",
        "n1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "n2": "output.LayerNorm",
    }
    for layer in range(layers):
        old, new = f"encoder.layer.{layer}", f"layers.{layer}"
        for kind in ("weight", "bias"):
            attention = [
                f"{old}.attention.self.{part}.{kind}" for part in ("query", "key", "value")
            ]
            named[f"{new}.qkv.{kind}"] = torch.cat([plain[name] for name in attention])
            for own, other in parts.items():
                named[f"{new}.{own}.{kind}"] = plain[f"{old}.{other}.{kind}"]
    return named
