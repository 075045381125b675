from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.rank import load_weights
from tests.bot.cli.running import KURSK, Beleg
from tests.question_sets import QuestionSet, write_question_set

SURE = {"present": {"bias": 9.0}, "says": {"bias": 9.0}, "slope": 1.0, "offset": 0.0}
WEIGHTS = {
    "model": "hashing",
    "ranking": {"coverage": 1.0},
    "confidence": SURE,
    "threshold": 0.5,
}


@pytest.fixture(scope="module")
def question_set(tmp_path_factory: pytest.TempPathFactory) -> QuestionSet:
    return write_question_set(tmp_path_factory.mktemp("set"))


def learning(files: QuestionSet, out: Path) -> list[str | Path]:
    return ["train", "--articles", files.articles, "--questions", files.questions, "--out", out]


def test_weights_are_learned_written_and_used(
    beleg: Beleg, question_set: QuestionSet, tmp_path: Path
) -> None:
    out = tmp_path / "weights.json"
    # The file that is to be written need not be there, although a setting names it.
    result = beleg(*learning(question_set, out), BELEG_WEIGHTS=str(out))
    assert result.code == 0
    assert "quote_hit@1            100.0\n" in result.out
    assert str(out) in result.err
    assert load_weights(out).model == "hashing"
    assert [path.name for path in tmp_path.iterdir()] == ["weights.json"]

    beleg("add", question_set.articles)
    asked = beleg("ask", "Wann wird die Brücke in Mergenau eröffnet?", BELEG_WEIGHTS=str(out))
    assert (asked.code, asked.err) == (0, "")
    assert "Mai" in asked.out


def test_a_program_gets_the_file_on_standard_output(
    beleg: Beleg, question_set: QuestionSet, tmp_path: Path
) -> None:
    out = tmp_path / "weights.json"
    result = beleg(*learning(question_set, out), "--json", "--answered", "50")
    assert result.json() == json.loads(out.read_text(encoding="utf-8"))


def test_questions_of_several_files_are_learned_from_together(
    beleg: Beleg, question_set: QuestionSet, tmp_path: Path
) -> None:
    lines = question_set.questions.read_text(encoding="utf-8").splitlines()
    parts = [tmp_path / "first.jsonl", tmp_path / "second.jsonl", tmp_path / "third.jsonl"]
    for at, part in enumerate(parts):
        part.write_text("\n".join(lines[at::3]), encoding="utf-8")
    files, out = QuestionSet(question_set.articles, parts[0]), tmp_path / "weights.json"
    result = beleg(*learning(files, out), "--more-questions", *parts[1:], "--json")
    data = result.json()["data"]
    assert data["questions"] == len(lines)
    assert [one["file"] for one in data["files"][1:]] == [part.name for part in parts]


@pytest.mark.parametrize("out", ["no/such/directory/w.json", "."])
def test_a_place_where_nothing_can_be_written_is_named_before_the_work(
    beleg: Beleg, tmp_path: Path, out: str
) -> None:
    missing = QuestionSet(tmp_path / "articles", tmp_path / "questions")
    result = beleg(*learning(missing, tmp_path / out))
    assert (result.code, result.out) == (2, "")
    assert f"{tmp_path / out} lässt sich nicht schreiben" in result.err


def test_an_older_file_stays_where_learning_fails(beleg: Beleg, tmp_path: Path) -> None:
    out = tmp_path / "weights.json"
    out.write_text("older")
    small = write_question_set(tmp_path / "small", 2)
    result = beleg(*learning(small, out))
    assert (result.code, result.out) == (2, "")
    assert "zu wenig lernen" in result.err
    assert out.read_text() == "older"
    missing = beleg(*learning(QuestionSet(tmp_path / "none", small.questions), out))
    assert missing.code == 2
    assert str(tmp_path / "none") in missing.err


@pytest.mark.parametrize("share", ["0", "100", "-1", "viele", "8.5"])
def test_a_share_that_makes_no_sense_is_refused(
    beleg: Beleg, question_set: QuestionSet, tmp_path: Path, share: str
) -> None:
    result = beleg(*learning(question_set, tmp_path / "w"), "--answered", share)
    assert (result.code, result.out) == (2, "")


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(WEIGHTS))
    return path


def test_the_weights_of_the_setting_decide(beleg: Beleg, kursk: Path, weights: Path) -> None:
    beleg("add", kursk)
    question = "Wie viele Soldaten sind in Kursk?"
    assert beleg("ask", question, BELEG_WEIGHTS=str(weights)).code == 0
    weights.write_text(json.dumps({**WEIGHTS, "confidence": {**SURE, "offset": -30.0}}))
    assert beleg("ask", question, BELEG_WEIGHTS=str(weights)).code == 3


def test_weights_of_another_model_are_used_with_a_warning(
    beleg: Beleg, kursk: Path, weights: Path
) -> None:
    beleg("add", kursk)
    weights.write_text(json.dumps({**WEIGHTS, "model": "other@1"}))
    result = beleg("ask", "Wer sind die Soldaten in Kursk?", BELEG_WEIGHTS=str(weights))
    assert result.code == 0
    (warning,) = result.err.splitlines()
    assert "other@1" in warning
    assert "hashing" in warning


def test_the_shipped_weights_are_questioned_where_another_model_is_chosen(
    beleg: Beleg, kursk: Path
) -> None:
    beleg("add", kursk)
    assert "beleg train" in beleg("ask", "Wer ist in Kursk?", BELEG_MODEL="/srv/model").err
    assert beleg("ask", "Wer ist in Kursk?").err == ""


@pytest.mark.parametrize("content", [None, "{}", KURSK])
def test_a_wrong_file_of_weights_stops_answers_but_not_the_rest(
    beleg: Beleg, kursk: Path, tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "wrong.json"
    if content is not None:
        path.write_text(content)
    assert beleg("list", BELEG_WEIGHTS=str(path)).code == 0
    result = beleg("ask", "Wer sind die Soldaten in Kursk?", BELEG_WEIGHTS=str(path))
    assert (result.code, result.out) == (2, "")
    assert str(path) in result.err
    assert "BELEG_WEIGHTS" in result.err
