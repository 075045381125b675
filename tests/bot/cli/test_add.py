from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bot.cli import sources
from index.lock import hold
from tests.bot.cli.running import KURSK, Beleg

RECORD = {
    "id": "k1",
    "text": KURSK,
    "title": "Truppen in Kursk",
    "url": "https://tagesblatt.example/kursk",
    "outlet": "Tagesblatt",
    "published": "2024-11-01T08:00:00+01:00",
}


def batch(path: Path, *records: object) -> Path:
    path.write_text("\n".join(json.dumps(record) for record in records), encoding="utf-8")
    return path


def test_a_file_is_added_and_then_known(beleg: Beleg, kursk: Path) -> None:
    first, second = beleg("add", kursk), beleg("add", kursk)
    assert (first.code, second.code) == (0, 0)
    assert first.out.startswith("Aufgenommen: Truppen in Kursk")
    assert second.out.startswith("Schon bekannt: Truppen in Kursk")


def test_the_stored_text_can_be_shown(beleg: Beleg, kursk: Path) -> None:
    beleg("add", kursk, "--outlet", "Tagesblatt", "--published", "2024-11-01")
    record = beleg("show", "1", "--json").json()
    assert "Rund 8.000 Soldaten aus Nordkorea" in record["text"]
    assert (record["outlet"], record["published"]) == ("Tagesblatt", "2024-11-01")
    assert record["published_origin"] == "given"
    assert "Tagesblatt · 1. November 2024" in beleg("show", "1").out


def test_one_bad_item_never_stops_the_rest(beleg: Beleg, kursk: Path, tmp_path: Path) -> None:
    garbage = tmp_path / "garbage.txt"
    garbage.write_bytes(bytes(range(256)) * 20)
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"")
    result = beleg("add", tmp_path / "missing.txt", garbage, empty, "bad\0name", kursk, "--json")
    assert result.code == 1
    lines = result.json_lines()
    assert [line["outcome"] for line in lines] == ["refused"] * 4 + ["added"]
    assert lines[0]["error"] == "source_missing"
    assert all(line["reason"].strip() for line in lines[:4])
    assert "1 aufgenommen" in result.err
    assert "4 abgelehnt" in result.err


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("www.tagesblatt.example", True),
        ("tagesblatt.example/politik/kursk", True),
        ("fehlt.html", False),
        ("ordner/fehlt.html", False),
        ("../fehlt.html", False),
    ],
)
def test_an_address_without_its_beginning_is_told_from_a_file_that_is_missing(
    beleg: Beleg, typed: str, hint: bool
) -> None:
    result = beleg("add", typed)
    assert result.code == 1
    assert "Diese Datei gibt es nicht" in result.err
    assert ("https://" in result.err) == hint


def test_a_text_of_another_alphabet_width_is_no_garbage(beleg: Beleg, tmp_path: Path) -> None:
    path = tmp_path / "windows.txt"
    path.write_bytes(KURSK.encode("utf-16"))
    assert beleg("add", path).out.startswith("Aufgenommen: Truppen in Kursk")
    assert "äußerte" in beleg("show", "1", "--json").json()["text"]


def test_a_refusal_stands_on_standard_error_with_the_name_of_the_item(
    beleg: Beleg, tmp_path: Path
) -> None:
    result = beleg("add", tmp_path / "missing.txt")
    assert (result.code, result.out) == (1, "")
    assert result.err == f"Abgelehnt: {tmp_path}/missing.txt: Diese Datei gibt es nicht.\n"


def test_a_folder_is_searched_to_its_depths_for_articles_only(
    beleg: Beleg, kursk: Path, tmp_path: Path
) -> None:
    deep = tmp_path / "archive" / "2024" / "11"
    deep.mkdir(parents=True)
    kursk.rename(deep / "KURSK.TXT")
    (tmp_path / "archive" / "picture.png").write_bytes(b"\x89PNG\0")
    more = batch(tmp_path / "archive" / "more.jsonl", RECORD)
    result = beleg("add", tmp_path / "archive", "--json")
    assert result.code == 0
    sources = [line["source"] for line in result.json_lines()]
    assert sources == [f"{more}:1", str(deep / "KURSK.TXT")]


def test_a_folder_without_articles_is_refused(beleg: Beleg, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    result = beleg("add", tmp_path / "none", "--json")
    assert result.code == 1
    assert result.json_lines()[0]["error"] == "source_folder_empty"


def test_what_may_not_be_read_is_refused(beleg: Beleg, kursk: Path, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    kursk.chmod(0)
    locked.chmod(0)
    if os.access(kursk, os.R_OK):
        pytest.skip("nothing is forbidden to this user")
    try:
        result = beleg("add", kursk, locked, "--json")
        assert [line["error"] for line in result.json_lines()] == ["source_forbidden"] * 2
    finally:
        locked.chmod(0o700)


def test_reasons_of_the_system_become_sentences(tmp_path: Path) -> None:
    forbidden = sources._unreadable("a", PermissionError(13, "Permission denied"))
    assert forbidden.code == "source_forbidden"
    broken = sources._unreadable("a", OSError(5, "Input/output error"))
    assert (broken.code, broken.details["reason"]) == ("source_unreadable", "Input/output error")


def test_standard_input_is_one_article(beleg: Beleg) -> None:
    result = beleg("add", "-", "--title", "Aus der Leitung", given=KURSK)
    assert result.code == 0
    assert "Aus der Leitung" in beleg("list").out


def test_empty_standard_input_is_refused(beleg: Beleg) -> None:
    assert beleg("add", "-", given="").code == 1


def test_a_file_that_is_too_large_is_refused_unread(
    beleg: Beleg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "LARGEST_FILE", 1000)
    (tmp_path / "large.txt").write_text("Wort " * 201)
    result = beleg("add", tmp_path / "large.txt", "--json")
    assert result.json_lines()[0]["error"] == "source_too_large"


def test_a_batch_takes_what_is_good(beleg: Beleg, tmp_path: Path) -> None:
    path = batch(tmp_path / "a.jsonl", RECORD, {"id": "k2"}, ["k3"])
    with path.open("a") as file:
        file.write('\n\n{"id": \n')
    result = beleg("add", path, "--json")
    assert result.code == 1
    assert [(line["source"], line["outcome"]) for line in result.json_lines()] == [
        (f"{path}:1", "added"),
        (f"{path}:2", "refused"),
        (f"{path}:3", "refused"),
        (f"{path}:5", "refused"),
    ]
    record = beleg("list", "--json").json()[0]
    assert record["source_id"] == "k1"
    assert record["url"] == RECORD["url"]
    assert record["published"] == RECORD["published"]


def test_options_are_cleaned_as_articles_are(beleg: Beleg, tmp_path: Path) -> None:
    beleg("add", batch(tmp_path / "a.jsonl", RECORD), "--outlet", "Abend\u202eblatt\n\x1b")
    (record,) = beleg("list", "--json").json()
    assert record["outlet"] == "Abendblatt"


def test_options_outrank_a_batch(beleg: Beleg, tmp_path: Path) -> None:
    path = batch(tmp_path / "a.jsonl", RECORD)
    beleg("add", path, "--outlet", "Abendblatt", "--published", "2024-11-02")
    record = beleg("list", "--json").json()[0]
    assert (record["outlet"], record["published"]) == ("Abendblatt", "2024-11-02")


def test_a_changed_text_under_a_known_address_is_an_update(beleg: Beleg, tmp_path: Path) -> None:
    beleg("add", batch(tmp_path / "a.jsonl", RECORD))
    changed = {**RECORD, "text": KURSK.replace("8.000", "10.000")}
    assert beleg("add", batch(tmp_path / "a.jsonl", changed)).out.startswith("Aktualisiert:")
    assert len(beleg("list", "--json").json()) == 1


def test_a_title_or_an_address_for_many_articles_is_a_usage_error(
    beleg: Beleg, kursk: Path, tmp_path: Path
) -> None:
    for option in (["--title", "T"], ["--url", "https://a.example/"]):
        result = beleg("add", kursk, tmp_path / "b.txt", *option)
        assert result.code == 2
        assert "2" in result.err
    assert beleg("list", "--json").json() == []


@pytest.mark.parametrize(
    "option",
    [
        ["--published", "gestern"],
        ["--published", "2024-13-01"],
        ["--url", "javascript:alert(1)"],
        ["--url", "https://"],
        ["--url", "http://[::1"],
    ],
)
def test_an_option_without_sense_is_a_usage_error(
    beleg: Beleg, kursk: Path, option: list[str]
) -> None:
    result = beleg("add", kursk, *option)
    assert (result.code, result.out) == (2, "")
    assert option[0] in result.err
    assert len(result.err.splitlines()) == 1


def test_an_address_inside_the_own_network_is_refused(beleg: Beleg) -> None:
    result = beleg("add", "http://127.0.0.1:9/secret?token=abc", "ftp://a.example/x", "--json")
    assert [line["outcome"] for line in result.json_lines()] == ["refused", "refused"]


def test_a_fault_in_one_item_is_logged_and_the_rest_goes_on(
    beleg: Beleg, kursk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def article_from_record(*_: object) -> None:
        raise ZeroDivisionError("nobody thought of this")

    monkeypatch.setattr(sources, "article_from_record", article_from_record)
    result = beleg("add", batch(tmp_path / "a.jsonl", RECORD), kursk)
    assert result.code == 1
    assert "ZeroDivisionError" in result.err
    assert "Aufgenommen: Truppen in Kursk" in result.out
    assert "nobody thought of this" in (tmp_path / "data" / "beleg.log").read_text()


def test_writing_commands_wait_for_nobody(beleg: Beleg, kursk: Path, tmp_path: Path) -> None:
    beleg("add", kursk)
    with hold(tmp_path / "data"):
        for command in (["add", kursk], ["remove", "1"], ["run"]):
            result = beleg(*command, BELEG_DISCORD_TOKEN="x.y.z")
            assert result.code == 5
            assert str(os.getpid()) in result.err
            assert len(result.err.splitlines()) == 1
        assert beleg("list").code == 0
        assert beleg("ask", "Wie viele Soldaten?").code in {0, 3}


def test_what_is_removed_is_gone(beleg: Beleg, kursk: Path) -> None:
    beleg("add", kursk)
    assert beleg("remove", "1").out.startswith("Entfernt: Truppen in Kursk")
    assert beleg("remove", "1").code == 1
    assert beleg("show", "1").code == 1
    assert beleg("search", "Kursk").code == 3
    assert "Hier gibt es noch keine Artikel" in beleg("list").err


def test_what_is_removed_can_be_recorded(beleg: Beleg, kursk: Path) -> None:
    beleg("add", kursk)
    assert beleg("remove", "1", "--json").json()["outcome"] == "removed"
