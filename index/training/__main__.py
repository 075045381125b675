"""Make the German-English model, a command for each step: `python -m index.training --help`."""

from __future__ import annotations

import argparse
import json
import logging
import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import cast

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from index.training import asking, distil, ranking
from index.training.counting import counted
from index.training.examples import Asked, Example, Right, Texts, Wording, mistyped
from index.training.leaving_out import with_less
from index.training.material import pairs_of, records, texts_of
from index.training.mixing import Span, Translations, mixed, translations
from index.training.network import Encoder, Ranker, Shape, of_bert
from index.training.overlap import HeldOut
from index.training.own_questions import OWN_QUESTIONS, read_questions
from index.training.vocabulary import carried_over, learn_vocabulary, pieces_per_word
from index.training.word_rates import as_text, common_terms

logger = logging.getLogger(__name__)

_LONGEST = 128  # pieces of a sentence, when the encoder learns
_REMOVED = 0.35  # of the questions are also asked with their text removed
_MISTYPED = 0.12
_UNSEEN = 0.1  # of the passages never teach answers: weights have to be learned with them
_COUNTING = 1_250  # questions of how many
_ODD = 0.35  # what the odd questions have changed counts so much
# How many of the words of an English question, and of its sentences, are German; how often so.
_MIXTURES = ((0.0, 0.0), (0.85, 0.85), (0.85, 0.0), (0.0, 0.85))
_OFTEN = (0.3, 0.4, 0.2, 0.1)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a step."""
    options = _options(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    options.out.mkdir(parents=True, exist_ok=True)
    held_out = HeldOut(texts_of(options.held_out))
    _STEPS[options.step](options, held_out)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m index.training", description=__doc__)
    parser.add_argument("step", choices=tuple(_STEPS))
    parser.add_argument("--material", type=Path, required=True, help="directory with the material")
    parser.add_argument("--out", type=Path, required=True, help="directory for what is made")
    parser.add_argument(
        "--held-out", type=Path, nargs="+", required=True, help="evaluation sets, never learned"
    )
    parser.add_argument(
        "--prose", type=Path, help="German paragraphs, one a line (vocabulary, ranker)"
    )
    parser.add_argument("--teacher", type=Path, help="directory of the English sentence model")
    parser.add_argument(
        "--found", type=Path, help="what Beleg finds for the German questions (ranker)"
    )
    parser.add_argument(
        "--questions",
        type=Path,
        nargs="*",
        default=OWN_QUESTIONS,
        help="files of articles with questions (answers, ranker); by default our own",
    )
    parser.add_argument("--passes", type=int, default=3, help="over the questions (ranker)")
    parser.add_argument("--pieces", type=int, default=4_500, help="size of a batch")
    parser.add_argument("--name", default="beleg-de-en-1", help="of the model (export)")
    parser.add_argument("--device", default="cpu", help="cpu or cuda")
    parser.add_argument("--seed", type=int, default=6)
    return parser.parse_args(arguments)


def _vocabulary(options: argparse.Namespace, held_out: HeldOut) -> None:
    """Learn word pieces of the prose, of both sides of the pairs and of the English contexts."""
    tokenizer = learn_vocabulary(_prose(options, held_out))
    tokenizer.save(str(options.out / "tokenizer.json"))
    texts = [str(record["text"]) for record in records(options.material / "passages_de.jsonl")]
    logger.info("%.2f pieces a German word", pieces_per_word(tokenizer, texts))


def _word_rates(options: argparse.Namespace, held_out: HeldOut) -> None:
    """Count how common words are, in the prose and in the English contexts."""
    contexts = dict.fromkeys(
        str(record["context"])
        for record in records(options.material / "qa.jsonl.gz")
        if record["lang"] == "en"
    )
    with options.prose.open(encoding="utf-8") as file:
        german = common_terms(line for line in file if not held_out.shares(line))
    english = common_terms(text for text in contexts if not held_out.shares(text))
    (options.out / "word_rates.txt").write_text(as_text([german, english]), encoding="utf-8")
    logger.info("%d German and %d English words are common", len(german), len(english))


def _prose_of(options: argparse.Namespace, held_out: HeldOut) -> Iterator[str]:
    """Yield the paragraphs of the prose; none where there is no prose."""
    if options.prose is None:
        return
    spoilt = 0
    with options.prose.open(encoding="utf-8") as file:
        for line in file:
            if held_out.shares(line):
                spoilt += 1
            else:
                yield line.strip()
    logger.info("%d paragraphs left out: they share words with the evaluation sets", spoilt)


def _prose(options: argparse.Namespace, held_out: HeldOut) -> Iterator[str]:
    yield from _prose_of(options, held_out)
    for record in records(options.material / "pairs_de_en.jsonl.gz"):
        yield from (str(record["de"]), str(record["en"]))
    contexts = (
        str(record["context"])
        for record in records(options.material / "qa.jsonl.gz")
        if not record.get("xquad_article")
    )
    yield from dict.fromkeys(contexts)


def _encoder(options: argparse.Namespace, held_out: HeldOut) -> None:
    """Distil the English model into an encoder for both languages."""
    chance = random.Random(options.seed)  # noqa: S311 - not for secrets
    pairs = pairs_of(options.material / "pairs_de_en.jsonl.gz", held_out, chance)
    new = Tokenizer.from_file(str(options.out / "tokenizer.json"))
    old = Tokenizer.from_file(str(options.teacher / "tokenizer.json"))
    old.no_padding()
    old.no_truncation()
    weights = of_bert(load_file(options.teacher / "model.safetensors"), layers=6)
    teacher = Encoder(Shape(len(weights["word.weight"])))
    teacher.load_state_dict(weights)
    english = list(dict.fromkeys(pair.english for pair in pairs))
    numbers = {text: number for number, text in enumerate(english)}
    rows = [encoded.ids[:_LONGEST] for encoded in old.encode_batch(english)]
    logger.info("%d pairs, %d English sentences for the teacher", len(pairs), len(english))
    vectors = distil.teach(teacher, rows, options.pieces, options.device)
    taught = [
        distil.Taught(
            german=[2, *new.encode(pair.german, add_special_tokens=False).ids[:_LONGEST], 3],
            english=[2, *new.encode(pair.english, add_special_tokens=False).ids[:_LONGEST], 3],
            vector=numbers[pair.english],
        )
        for pair in pairs
    ]
    words = carried_over(new, old, weights["word.weight"])
    encoder = Encoder(Shape(len(words)))
    encoder.load_state_dict({**weights, "word.weight": words})
    course = distil.Course(pieces=options.pieces, seed=options.seed, device=options.device)
    distil.distil(encoder, taught, vectors, course, options.out / "encoder.run")
    torch.save(encoder.state_dict(), options.out / "encoder.pt")


def _answers(options: argparse.Namespace, held_out: HeldOut) -> None:
    """Teach the encoder that a question lies nearer to the sentence that answers it.

    The ranker begins with the encoder as it was before, and shares the vectors of pieces with it.
    """
    tokenizer = Tokenizer.from_file(str(options.out / "tokenizer.json"))
    state = torch.load(options.out / "encoder.pt", weights_only=True)
    encoder = Encoder(Shape(len(state["word.weight"])))
    encoder.load_state_dict(state)
    passages = _passages(options.material)
    unseen = _unseen(passages, options)
    own, titles = read_questions(options.questions)
    german = [*_written(options.material, passages, unseen), *own]
    held_out.refuse(asked.question for asked in german)
    titles = {
        **{text: title for key, (text, title) in passages.items() if key not in unseen},
        **titles,
    }
    drawn = _Drawn(tokenizer, german, options.seed, titles=titles)
    course = ranking.Course(
        passes=2, pieces=2 * options.pieces, rate=5e-5, seed=options.seed, device=options.device
    )
    asking.ask(encoder, drawn, course, options.out / "encoder-answers.run")
    torch.save(encoder.state_dict(), options.out / "encoder-answers.pt")


def _unseen(passages: Mapping[str, tuple[str, str]], options: argparse.Namespace) -> set[str]:
    """Return the ids of the passages that teach nothing, and write them down."""
    chance = random.Random(options.seed)  # noqa: S311 - not for secrets
    unseen = set(chance.sample(sorted(passages), int(len(passages) * _UNSEEN)))
    (options.out / "held_out.json").write_text(json.dumps(sorted(unseen), indent=0) + "\n")
    return unseen


def _ranker(options: argparse.Namespace, held_out: HeldOut) -> None:
    """Teach a ranker on the encoder: English questions, German ones several times, then odd ones.

    Odd are those that leave something out, and those of how many. What is learned of them costs
    silence where an article is missing: the weights before and after are averaged.
    """
    tokenizer = Tokenizer.from_file(str(options.out / "tokenizer.json"))
    state = torch.load(options.out / "encoder.pt", weights_only=True)
    ranker = Ranker(Shape(len(state["word.weight"])))
    ranker.enc.load_state_dict(state)
    chance = random.Random(options.seed)  # noqa: S311 - not for secrets
    passages = _passages(options.material)
    unseen = _unseen(passages, options)
    pairs = pairs_of(options.material / "pairs_de_en.jsonl.gz", held_out, chance)
    known = translations((pair.german, pair.english) for pair in dict.fromkeys(pairs))
    english = _answered(options.material / "qa.jsonl.gz")
    own, own_titles = read_questions(options.questions)
    german = [*_written(options.material, passages, unseen), *own]
    titles = {text: title for key, (text, title) in passages.items() if key not in unseen}
    titles.update(own_titles)
    found = _found(options.found, passages, unseen) if options.found else {}
    numbers = counted(_prose_of(options, held_out), _COUNTING, chance)

    def draw(asked: Sequence[Asked], *, less: bool = False) -> _Drawn:
        return _Drawn(tokenizer, asked, options.seed, titles=titles, found=found, less=less)

    for name, asked, drawn, passes in (
        ("english", english, _Drawn(tokenizer, english, options.seed, translated=known), 1),
        ("german", german, draw(german), options.passes),
        ("with-less", german, draw(german, less=True), 1),
        ("counting", [*german, *numbers], draw([*german, *numbers]), 1),
    ):
        held_out.refuse(asked_.question for asked_ in asked)
        course = ranking.Course(
            passes=passes, pieces=options.pieces, seed=options.seed, device=options.device
        )
        ranking.rank(ranker, drawn, course, options.out / f"ranker-{name}.run")
        torch.save(ranker.state_dict(), options.out / f"ranker-{name}.pt")
    before, after = (
        torch.load(options.out / f"ranker-{name}.pt", weights_only=True)
        for name in ("german", "counting")
    )
    meeting = {name: before[name].lerp(after[name], _ODD) for name in before}
    torch.save(meeting, options.out / "ranker.pt")


def _export(options: argparse.Namespace, _held_out: HeldOut) -> None:
    """Write the files that Beleg reads."""
    # Not a package that training itself needs.
    from index.training.graph import write_model  # noqa: PLC0415

    tokenizer = Tokenizer.from_file(str(options.out / "tokenizer.json")).to_str()
    encoder = torch.load(options.out / "encoder-answers.pt", weights_only=True)
    ranker = torch.load(options.out / "ranker.pt", weights_only=True)
    write_model(options.out / "model", options.name, tokenizer, encoder, ranker)
    shutil.copy(options.out / "held_out.json", options.out / "model")


class _Drawn:
    """The examples of a pass, drawn anew for each."""

    def __init__(
        self,
        tokenizer: Tokenizer,
        asked: Sequence[Asked],
        seed: int,
        *,
        titles: Mapping[str, str] = MappingProxyType({}),
        found: Mapping[str, Sequence[tuple[str, int]]] = MappingProxyType({}),
        translated: Translations = MappingProxyType({}),
        less: bool = False,
    ) -> None:
        texts = list(dict.fromkeys([*(each.text for each in asked), *titles]))
        self._texts = Texts(tokenizer, texts, [titles.get(text, "") for text in texts], found)
        self._asked = asked
        self._seed = seed
        self._translated = translated
        self._less = less

    def __call__(self, number: int) -> Sequence[Example]:
        chance = random.Random(self._seed + number)  # noqa: S311 - not for secrets
        drawn = []
        for asked in self._asked:
            wording = self._wording(chance)
            drawn.append(self._texts.example(asked, chance, wording=wording))
            if asked.rights and chance.random() < _REMOVED:
                drawn.append(self._texts.example(asked, chance, removed=True, wording=wording))
        return [example for example in drawn if example.windows]

    def _wording(self, chance: random.Random) -> Wording:
        """Mistype some questions, leave words out, mix languages where there are translations."""
        ((asked, read),) = chance.choices(_MIXTURES, _OFTEN) if self._translated else [(0.0, 0.0)]
        often = chance.random() < _MISTYPED

        def question(text: str) -> str:
            text, _ = mixed(text, None, self._translated, asked, chance)
            text = with_less(text, chance) if self._less else text
            return mistyped(text, chance) if often else text

        def sentence(text: str, answer: Span | None) -> tuple[str, Span | None]:
            return mixed(text, answer, self._translated, read, chance)

        return Wording(question, sentence)


def _answered(path: Path) -> list[Asked]:
    """Return the questions whose answers are known to the letter."""
    asked = []
    for record in records(path):
        text, answer, start = str(record["context"]), record["answer"], record["answer_start"]
        if record.get("xquad_article") or str(record["source"]).startswith("bundestag"):
            continue
        if record["impossible"]:
            asked.append(Asked(str(record["question"]), text))
        elif isinstance(answer, str) and isinstance(start, int):
            right = Right(start, (start, start + len(answer)))
            asked.append(Asked(str(record["question"]), text, (right,)))
    return asked


def _passages(material: Path) -> dict[str, tuple[str, str]]:
    """Return text and title of each German passage by its id."""
    return {
        str(record["id"]): (str(record["text"]), str(record.get("title") or ""))
        for record in records(material / "passages_de.jsonl")
        if not record.get("xquad_article")
    }


def _written(
    material: Path, passages: Mapping[str, tuple[str, str]], unseen: set[str]
) -> list[Asked]:
    """Return the questions that were written for this purpose, without those of unseen passages."""
    asked = []
    for record in records(material / "questions_de.jsonl"):
        passage = str(record["passage_id"])
        if passage not in passages or passage in unseen:
            continue
        answer, start = record["answer"], record["answer_start"]
        rights: tuple[Right, ...] = ()
        if isinstance(start, int):
            rights = (Right(start, (start, start + len(str(answer)))),)
        asked.append(Asked(str(record["question"]), passages[passage][0], rights))
    return asked


def _found(
    path: Path, passages: Mapping[str, tuple[str, str]], unseen: set[str]
) -> dict[str, list[tuple[str, int]]]:
    """Return for each question what Beleg found, as texts and positions, best first."""
    return {
        str(record["question"]): [
            (passages[passage][0], start)
            for passage, start in cast("list[tuple[str, int]]", record["found"])
            if passage in passages and passage not in unseen
        ]
        for record in records(path)
    }


_STEPS = {
    "vocabulary": _vocabulary,
    "encoder": _encoder,
    "answers": _answers,
    "ranker": _ranker,
    "word-rates": _word_rates,
    "export": _export,
}

if __name__ == "__main__":
    main()
