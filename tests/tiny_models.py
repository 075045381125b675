"""Models made on the spot: real files in the real formats, with next to nothing in them."""

from __future__ import annotations

from pathlib import Path

# A network that knows two words by heart: an answer begins with "ada" and ends with "brandt".
WORDS = ["wer", "leitet", "das", "werk", "ada", "br", "##andt", "##s", "x", *"?.,"]
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS]


def build_reader(directory: Path, *, planted: bool = True, headless: bool = False) -> Path:
    """Write a question-answering model that is tiny; a planted one finds "Ada Brandt"."""
    import torch  # noqa: PLC0415 - seconds, for this file
    from transformers import (  # noqa: PLC0415 - same
        BertConfig,
        BertForQuestionAnswering,
        BertModel,
        BertTokenizer,
    )

    directory.mkdir()
    (directory / "vocab.txt").write_text("\n".join(VOCABULARY), encoding="utf-8")
    BertTokenizer(vocab=str(directory / "vocab.txt")).save_pretrained(directory)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=8,
        max_position_embeddings=64,
    )
    if headless:
        BertModel(config).save_pretrained(directory)
        return directory
    network = BertForQuestionAnswering(config)
    if planted:
        with torch.no_grad():
            for parameter in network.parameters():
                parameter.zero_()
            for name, parameter in network.named_parameters():
                if name.endswith("LayerNorm.weight"):
                    parameter.fill_(1.0)
            words = network.bert.embeddings.word_embeddings.weight
            for dimension, word in enumerate(["ada", "##andt", "[CLS]"]):
                words[VOCABULARY.index(word), dimension] = 1.0
            network.qa_outputs.weight[0, 0] = network.qa_outputs.weight[1, 1] = 4.0
            network.qa_outputs.weight[:, 2] = 1.0
    network.save_pretrained(directory)
    return directory


def build_model(directory: Path, name: str = "model", **prompts: str) -> Path:
    """Write a sentence-transformers model that is tiny, and knows next to nothing."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - seconds, for this one
    from sentence_transformers.models import Pooling, Transformer  # noqa: PLC0415 - same
    from transformers import BertConfig, BertModel, BertTokenizer  # noqa: PLC0415 - same

    plain, whole = directory / "bert", directory / name
    plain.mkdir()
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    pieces = [*letters, *(f"##{letter}" for letter in letters), *"0123456789.,?"]
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *pieces]
    (plain / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizer(vocab_file=str(plain / "vocab.txt")).save_pretrained(plain)
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(plain)
    bert = Transformer(str(plain), max_seq_length=32)
    model = SentenceTransformer(modules=[bert, Pooling(16)], device="cpu", prompts=prompts)
    model.save(str(whole))
    return whole
