from __future__ import annotations

from pathlib import Path

import pytest

from index.lock import hold
from tests.bot.cli.running import Beleg


@pytest.fixture
def data(beleg: Beleg, kursk: Path) -> Path:
    beleg("add", kursk)
    beleg("add", kursk, "--corpus", "second")
    return Path(beleg("status", "--json").json()["data"])


def test_a_backup_is_made_while_another_process_has_the_directory(
    beleg: Beleg, data: Path, tmp_path: Path
) -> None:
    with hold(data):
        made = beleg("backup", tmp_path / "saved.tar")
    assert made.code == 0
    assert str(tmp_path / "saved.tar") in made.out
    assert (tmp_path / "saved.tar").exists()
    again = beleg("backup", tmp_path / "saved.tar")
    assert again.code == 5
    assert "gibt es schon" in again.err


def test_what_was_backed_up_answers_elsewhere(beleg: Beleg, data: Path, tmp_path: Path) -> None:
    made = beleg("backup", tmp_path, "--json").json()
    assert made["corpora"] == {"local": 1, "second": 1}
    assert made["damaged"] == {}
    asked = beleg("search", "Wie viele Soldaten sind in Kursk?", "--json").json()
    beleg("remove", "1")
    new = tmp_path / "new"
    done = beleg("--data", new, "restore", made["path"])
    assert done.code == 0
    assert "Zurückgespielt" in done.out
    again = beleg("--data", new, "search", "Wie viele Soldaten sind in Kursk?", "--json")
    assert again.json() == asked


def test_what_is_there_is_replaced_only_when_told_and_kept(
    beleg: Beleg, data: Path, tmp_path: Path
) -> None:
    saved = beleg("backup", tmp_path, "--json").json()["path"]
    beleg("remove", "1")
    refused = beleg("restore", saved)
    assert refused.code == 5
    assert "--replace" in refused.err
    assert beleg("list", "--json").json() == []
    done = beleg("restore", "--replace", saved)
    assert done.code == 0
    assert "corpora.before-" in done.err
    assert len(beleg("list", "--json").json()) == 1


def test_a_running_beleg_is_not_pulled_the_rug_from_under(
    beleg: Beleg, data: Path, tmp_path: Path
) -> None:
    saved = beleg("backup", tmp_path, "--json").json()["path"]
    with hold(data):
        refused = beleg("restore", "--replace", saved)
    assert refused.code == 5
    assert "PID" in refused.err


def test_a_damaged_collection_does_not_come_along_and_that_is_said(
    beleg: Beleg, data: Path, tmp_path: Path
) -> None:
    (data / "corpora" / "second.sqlite3").write_bytes(b"x" * 9000)
    made = beleg("backup", tmp_path / "saved.tar", "--json")
    assert made.code == 5
    assert made.json()["left_out"] == ["second"]
    assert "second ist NICHT in der Sicherung" in made.err


def test_status_says_what_is_damaged(beleg: Beleg, data: Path) -> None:
    assert beleg("status", "--json").json()["withheld"] == []
    path = data / "corpora" / "local.sqlite3"
    raw = path.read_bytes()
    assert raw.count(b"8.000 Soldaten") == 1
    path.write_bytes(raw.replace(b"8.000 Soldaten", b"9.000 Soldaten"))
    assert beleg("status", "--json").json()["withheld"] == [1]
    assert "zurückgehalten, Artikel: 1 (1)" in beleg("status").out


def test_what_is_no_backup_is_refused_in_one_language(beleg: Beleg, tmp_path: Path) -> None:
    file = tmp_path / "notes.tar"
    file.write_text("Das ist keine Sicherung.")
    for path, said in (
        (tmp_path / "nix", "gibt es nicht. Nenne eine Datei"),
        (tmp_path, "lässt sich nicht lesen (ist ein Ordner). Nenne eine Datei"),
        (file, "ist keine Sicherung von Beleg, oder sie ist beschädigt"),
        (file / "nix", "lässt sich nicht lesen (ein Teil des Pfades ist kein Ordner)"),
    ):
        refused = beleg("--data", tmp_path / "new", "restore", path)
        assert refused.code == 5
        assert f"{path} {said}" in " ".join(refused.err.split())


def test_without_articles_there_is_nothing_to_back_up(beleg: Beleg, tmp_path: Path) -> None:
    refused = beleg("backup", tmp_path / "saved.tar")
    assert refused.code == 5
    assert "nichts zu sichern" in refused.err
