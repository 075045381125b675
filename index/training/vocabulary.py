"""A German-English vocabulary of word pieces, and what the old one's vectors say about it."""

from __future__ import annotations

import re
from collections.abc import Iterable

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
from torch import Tensor

PAD, UNKNOWN, START, END, MASK, SENTENCE = "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "[S]"
SPECIAL = (PAD, UNKNOWN, START, END, MASK, SENTENCE)
SIZE = 26_000
# Looks like the mark that opens a sentence, in the vocabulary that vectors are carried over from.
_LIKE_SENTENCE = '"'
_ALPHABET = 160
_FEWEST = 3
_WORD = re.compile(r"\w+")


def learn_vocabulary(texts: Iterable[str], size: int = SIZE) -> Tokenizer:
    """Return a tokenizer without case and accents; "ß" counts as "ss", as people type it."""
    tokenizer = Tokenizer(models.WordPiece(unk_token=UNKNOWN, max_input_chars_per_word=100))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.BertNormalizer(strip_accents=True, lowercase=True),
            normalizers.Replace("ß", "ss"),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(
        vocab_size=size,
        min_frequency=_FEWEST,
        limit_alphabet=_ALPHABET,
        special_tokens=list(SPECIAL),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def carried_over(new: Tokenizer, old: Tokenizer, vectors: Tensor) -> Tensor:
    """Return a vector for each new piece: its own, else the mean of the old pieces of its text."""
    known = old.get_vocab()
    carried = torch.zeros(new.get_vocab_size(), vectors.shape[1])
    for piece, number in new.get_vocab().items():
        if piece == SENTENCE:
            pieces = [known.get(_LIKE_SENTENCE, known[UNKNOWN])]
        elif piece in known:
            pieces = [known[piece]]
        elif piece.startswith("##"):
            pieces = _continuation(piece[2:], known)
        else:
            pieces = old.encode(piece, add_special_tokens=False).ids
        carried[number] = vectors[pieces or [known[UNKNOWN]]].mean(0)
    return carried


def pieces_per_word(tokenizer: Tokenizer, texts: Iterable[str]) -> float:
    """Return how many pieces a word of these texts costs on average."""
    words = pieces = 0
    for text in texts:
        words += len(_WORD.findall(text))
        pieces += len(tokenizer.encode(text, add_special_tokens=False).ids)
    return pieces / max(1, words)


def _continuation(text: str, known: dict[str, int]) -> list[int]:
    """Part the rest of a word into old pieces, the longest first; empty where that fails."""
    pieces = []
    while text:
        for end in range(len(text), 0, -1):
            if f"##{text[:end]}" in known:
                pieces.append(known[f"##{text[:end]}"])
                text = text[end:]
                break
        else:
            return []
    return pieces
