from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

from index.errors import SettingError
from index.onnx_reader import OnnxReader
from index.own_model import OwnModel
from index.reading import Excerpt
from index.training.__main__ import _found, _written, main
from index.training.network import Encoder, Shape
from index.training.vocabulary import learn_vocabulary

SECRET = "Dieser Absatz steht in einem Artikel, an dem gemessen wird, Donaudampfschiff und alles."
PASSAGE = "Der Rat hat die Brücke beschlossen. Sie kostet 8 Millionen Euro. Der Bau beginnt im Mai."

OWN: dict[str, object] = {
    "title": "Tunnel",
    "text": "Der Tunnel kostet 5 Millionen Euro.",
    "questions": [
        {
            "question": "Was kostet der Tunnel?",
            "answer": "5 Millionen Euro",
            "sentences": ["Der Tunnel kostet 5 Millionen Euro."],
        }
    ],
}


def lines(path: Path, rows: list[dict[str, object]]) -> None:
    text = "".join(json.dumps(row) + "\n" for row in rows)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())


@pytest.fixture
def arguments(tmp_path: Path) -> list[str]:
    material = tmp_path / "material"
    material.mkdir()
    pairs: list[dict[str, object]] = [
        {"de": f"Die Brücke {n} ist lang.", "en": f"The bridge {n} is long.", "source": "manual"}
        for n in range(30)
    ]
    lines(material / "pairs_de_en.jsonl.gz", pairs)
    context = "The bridge was built in 1920. It is 300 metres long. Nobody knows why."
    built = {"question": "When was it built?", "context": context, "answer": "1920", "source": "s"}
    why = {"question": "Who built it?", "context": context, "answer": None, "source": "s"}
    lines(
        material / "qa.jsonl.gz",
        [
            {**built, "answer_start": context.index("1920"), "impossible": False},
            {**why, "answer_start": None, "impossible": True},
        ],
    )
    lines(material / "passages_de.jsonl", [{"id": "p", "text": PASSAGE}])
    lines(
        material / "questions_de.jsonl",
        [
            {
                "passage_id": "p",
                "question": "Was kostet die Brücke?",
                "answer": "8 Millionen Euro",
                "answer_start": PASSAGE.index("8 M"),
            },
            {
                "passage_id": "p",
                "question": "Wer zeichnet sie?",
                "answer": None,
                "answer_start": None,
            },
        ],
    )
    (tmp_path / "prose.txt").write_text(f"{PASSAGE}\n{SECRET}\n" * 5, encoding="utf-8")
    lines(tmp_path / "measured.jsonl", [{"text": SECRET}])
    return [
        *("--material", str(material)),
        *("--out", str(tmp_path / "out")),
        *("--held-out", str(tmp_path / "measured.jsonl")),
        *("--prose", str(tmp_path / "prose.txt")),
    ]


def test_the_vocabulary_is_learned_without_what_is_measured_by(
    arguments: list[str], tmp_path: Path
) -> None:
    main(["vocabulary", *arguments])
    vocabulary = Tokenizer.from_file(str(tmp_path / "out/tokenizer.json")).get_vocab()
    assert "brucke" in vocabulary
    assert "bridge" in vocabulary
    assert "donaudampfschiff" not in vocabulary


def test_encoder_and_ranker_are_made_from_a_teacher(arguments: list[str], tmp_path: Path) -> None:
    teacher = tmp_path / "teacher"
    teacher.mkdir()
    old = learn_vocabulary(["the bridge is long", "die Brücke ist lang"] * 9, 80)
    old.save(str(teacher / "tokenizer.json"))
    # BertModel's width must be the one that the encoder has.
    config = BertConfig(
        vocab_size=old.get_vocab_size(),
        hidden_size=384,
        num_hidden_layers=6,
        num_attention_heads=12,
        intermediate_size=1536,
    )
    save_file(BertModel(config).state_dict(), teacher / "model.safetensors")
    main(["vocabulary", *arguments])
    main(["encoder", *arguments, "--teacher", str(teacher)])
    lines(tmp_path / "found.jsonl", [{"question": "Wer zeichnet sie?", "found": [["p", 40]]}])
    (tmp_path / "own.jsonl").write_text(json.dumps(OWN) + "\n")
    own = ["--questions", str(tmp_path / "own.jsonl")]
    main(["answers", *arguments, *own])
    main(["ranker", *arguments, "--passes", "1", "--found", str(tmp_path / "found.jsonl"), *own])
    main(["export", *arguments, "--name", "tiny-1"])
    reader = OnnxReader(OwnModel(tmp_path / "out/model"))
    assert reader.name.startswith("tiny-1@")
    assert len(reader.read("Was kostet sie?", [Excerpt("", "", "Sie kostet viel.", "")])) == 1
    assert json.loads((tmp_path / "out/model/held_out.json").read_text()) == []
    ranker = torch.load(tmp_path / "out/ranker.pt", weights_only=True)
    encoder = torch.load(tmp_path / "out/encoder.pt", weights_only=True)
    assert torch.equal(ranker["enc.word.weight"], encoder["word.weight"])
    assert not torch.equal(ranker["enc.layers.0.up.weight"], encoder["layers.0.up.weight"])


def test_a_question_that_is_measured_by_is_refused(arguments: list[str], tmp_path: Path) -> None:
    lines(tmp_path / "measured.jsonl", [{"question": "Was kostet die Brücke?"}])
    main(["vocabulary", *arguments])
    tokenizer = Tokenizer.from_file(str(tmp_path / "out/tokenizer.json"))
    encoder = Encoder(Shape(tokenizer.get_vocab_size()))
    torch.save(encoder.state_dict(), tmp_path / "out/encoder.pt")
    with pytest.raises(SettingError):
        main(["ranker", *arguments, "--passes", "1"])


def test_nothing_is_asked_or_found_of_passages_that_stay_unseen(tmp_path: Path) -> None:
    passages = {f"p{n}": (f"Satz {n}.", "") for n in range(3)}
    asked: list[dict[str, object]] = [
        {"passage_id": f"p{n}", "question": f"Was {n}?", "answer": "Satz", "answer_start": 0}
        for n in range(4)
    ]
    lines(tmp_path / "questions_de.jsonl", asked)
    kept = _written(tmp_path, passages, {"p1"})
    assert [(one.question, one.text) for one in kept] == [
        ("Was 0?", "Satz 0."),
        ("Was 2?", "Satz 2."),
    ]
    lines(tmp_path / "f.jsonl", [{"question": "Was 0?", "found": [["p1", 0], ["p2", 5], ["x", 0]]}])
    assert _found(tmp_path / "f.jsonl", passages, {"p1"}) == {"Was 0?": [("Satz 2.", 5)]}
