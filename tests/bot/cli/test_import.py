"""A batch of many articles: its progress, its end before the end, what it refused."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.cli import sources
from bot.cli import terminal as terminal_module
from index.parsing import ParserProcess
from tests.bot.cli.running import KURSK, Beleg

ROOT = Path(__file__).parents[3]
ARTICLES = 120
PROGRAM = """
import sys
from bot.__main__ import main
from tests.fakes import HashingEmbedder
sys.exit(main(sys.argv[1:], embedder_factory=lambda _: HashingEmbedder()))
"""


def record(number: int, **more: object) -> dict[str, object]:
    text = f"Im Ort {number} berät der Rat. Er nennt {number * 7} Gründe dafür, und alle zählen."
    return {"id": str(number), "text": text, "title": f"Rat von Ort {number}", **more}


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    path = tmp_path / "batch.jsonl"
    path.write_text("\n".join(json.dumps(record(number)) for number in range(ARTICLES)))
    return path


@contextmanager
def started(directory: Path, *argv: str | Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *map(str, argv)],
        cwd=ROOT,
        env={**os.environ, "BELEG_DATA": str(directory / "data"), "LANG": "de_DE.UTF-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def acknowledged(process: subprocess.Popen[str], count: int) -> list[Any]:
    assert process.stdout is not None
    return [json.loads(process.stdout.readline()) for _ in range(count)]


def stored(beleg: Beleg) -> list[str]:
    return sorted(article["source_id"] for article in beleg("list", "--json").json())


def test_an_import_killed_in_the_middle_and_started_again_ends_without_a_double(
    beleg: Beleg, batch: Path, tmp_path: Path
) -> None:
    with started(tmp_path, "add", batch, "--json") as process:
        seen = acknowledged(process, ARTICLES // 3)
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=20)
    kept = stored(beleg)
    assert {line["source_id"] for line in seen} <= set(kept)
    assert len(kept) < ARTICLES, "it was killed too late"
    again = beleg("add", batch, "--json")
    assert again.code == 0
    outcomes = [line["outcome"] for line in again.json_lines()]
    assert outcomes.count("known") == len(kept)
    assert outcomes.count("added") == ARTICLES - len(kept)
    assert stored(beleg) == sorted(map(str, range(ARTICLES)))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_after_the_articles_in_hand_and_says_how_to_go_on(
    beleg: Beleg, batch: Path, tmp_path: Path, number: signal.Signals
) -> None:
    with started(tmp_path, "add", batch, "--json") as process:
        seen = acknowledged(process, 1)
        process.send_signal(number)
        # Not communicate(): it would miss what was read ahead of the first line.
        assert process.stdout is not None
        assert process.stderr is not None
        seen += [json.loads(line) for line in process.stdout]
        err = process.stderr.read()
        process.wait(timeout=30)
    assert process.returncode == 130
    assert f"Angehalten nach {len(seen)} von {ARTICLES}" in err
    assert "Derselbe Befehl macht dort weiter" in err
    assert len(seen) < ARTICLES, "it was stopped too late"
    assert stored(beleg) == sorted(line["source_id"] for line in seen)
    assert beleg("add", batch).code == 0
    assert len(stored(beleg)) == ARTICLES


def test_many_articles_are_summed_up_and_refusals_told_by_their_reasons(
    beleg: Beleg, tmp_path: Path
) -> None:
    lines = [json.dumps(record(number)) for number in range(30)]
    lines[3] = lines[7] = lines[8] = lines[9] = json.dumps({"id": "leer", "text": " "})
    lines[20] = "{"
    path = tmp_path / "batch.jsonl"
    path.write_text("\n".join(lines))
    report = tmp_path / "refused.jsonl"
    result = beleg("add", path, "--report", report)
    assert result.code == 1
    assert result.out == "25 aufgenommen, 0 aktualisiert, 0 schon bekannt, 5 abgelehnt.\n"
    empty, broken = result.err.splitlines()
    assert empty.startswith("4-mal abgelehnt: Artikel „leer“ hat keinen Text: „text“ fehlt")
    assert empty.endswith(f"({path}:4, {path}:8, {path}:9 und 1 weitere)")
    assert broken == (f"Einmal abgelehnt: Diese Zeile ist kein gültiges JSON. ({path}:21)")
    refused = [json.loads(line) for line in report.read_text().splitlines()]
    assert [line["source"] for line in refused] == [f"{path}:{n}" for n in (4, 8, 9, 10, 21)]
    assert {line["error"] for line in refused} == {"record_without_text", "record_not_json"}
    assert all(line["reason"] for line in refused)


def test_few_articles_are_listed_one_by_one(beleg: Beleg, kursk: Path, tmp_path: Path) -> None:
    result = beleg("add", kursk, tmp_path / "missing.txt")
    assert result.out.startswith("Aufgenommen: Truppen in Kursk")
    assert result.err == f"Abgelehnt: {tmp_path}/missing.txt: Diese Datei gibt es nicht.\n"


def test_a_group_of_refusals_names_each_source_once(beleg: Beleg, tmp_path: Path) -> None:
    folder = tmp_path / "some"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("")
    for number in range(30):
        (folder / f"n{number}.txt").write_text(f"Nachricht {number}\n\nDer Rat tagte {number}-mal.")
    result = beleg("add", folder)
    (line,) = result.err.splitlines()
    assert line == f"2-mal abgelehnt: Da steht nichts. ({folder / 'a.txt'}, {folder / 'b.txt'})"


def test_a_report_that_cannot_be_written_is_a_usage_error(
    beleg: Beleg, kursk: Path, tmp_path: Path
) -> None:
    result = beleg("add", kursk, "--report", tmp_path / "none" / "refused.jsonl")
    assert result.code == 2
    assert "refused.jsonl" in result.err
    assert beleg("list", "--json").json() == []


def test_a_program_reads_every_item_and_progress_stands_beside_it(
    beleg: Beleg, batch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_NOTICEABLE_SECONDS", "_PLAIN_LINE_SECONDS", "_SECONDS_FOR_A_RATE"):
        monkeypatch.setattr(terminal_module, name, 0.0)
    result = beleg("add", batch, "--json")
    assert [line["source"] for line in result.json_lines()] == [
        f"{batch}:{number + 1}" for number in range(ARTICLES)
    ]
    assert f"Artikel: 0 von {ARTICLES}\n" in result.err
    assert f"Artikel: 7 von {ARTICLES}, " in result.err
    assert " je Sekunde, noch etwa 00:0" in result.err


def test_files_that_were_taken_in_are_not_read_again_whatever_their_name(
    beleg: Beleg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "ordner"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(KURSK.replace("8.000", f"{number + 1}.000"))
    assert "3 aufgenommen" in beleg("add", folder).out

    def read(*_: object) -> None:
        raise AssertionError("it was known")

    (folder / "0.txt").rename(folder / "neu.txt")
    with monkeypatch.context() as patch:
        patch.setattr(ParserProcess, "read", read)
        assert "3 schon bekannt" in beleg("add", folder).out
        assert "3 abgelehnt" in beleg("add", folder, "--outlet", "Bote").out, "stated otherwise"
    beleg("remove", "2")
    assert "1 aufgenommen, 0 aktualisiert, 2 schon bekannt" in beleg("add", folder).out


def test_a_folder_holds_documents_and_batches_in_the_order_of_their_names(
    beleg: Beleg, batch: Path, kursk: Path, tmp_path: Path
) -> None:
    (tmp_path / "bild.png").write_bytes(b"\x89PNG")
    result = beleg("add", tmp_path, "--json")
    found = [line["source"] for line in result.json_lines()]
    assert found == [*(f"{batch}:{n + 1}" for n in range(ARTICLES)), str(kursk)]


def test_counting_and_going_through_a_batch_keeps_nothing_of_it(batch: Path) -> None:
    items = sources.Items([str(batch)], bytes)
    assert len(items) == ARTICLES
    assert len(list(items)) == ARTICLES
    batch.write_text("")
    assert list(items) == []


def test_a_line_that_is_longer_than_any_article_is_refused_and_the_next_is_taken(
    beleg: Beleg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.json_lines.LONGEST_LINE", 1000)
    path = tmp_path / "batch.jsonl"
    path.write_text(json.dumps(record(1, more="x" * 5000)) + "\n" + json.dumps(record(2)))
    result = beleg("add", path, "--json")
    assert [line["outcome"] for line in result.json_lines()] == ["refused", "added"]
    assert result.json_lines()[0]["error"] == "article_too_long"
