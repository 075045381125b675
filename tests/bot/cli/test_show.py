from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.cli.running import KURSK, Beleg

URL = "https://bote.example/kursk"
SECOND = KURSK.replace("8.000", "9.000").replace("schweigt dazu bisher", "schweigt")
THIRD = SECOND.replace("Truppen", "Mehr Truppen", 1)


@pytest.fixture
def versions(beleg: Beleg, tmp_path: Path) -> list[str]:
    """Three versions of one article, as numbers 1 to 3."""
    texts = [KURSK, SECOND, THIRD]
    for text in texts:
        path = tmp_path / "kursk.txt"
        path.write_text(text, encoding="utf-8")
        assert beleg("add", path, "--url", URL, "--outlet", "Bote").code == 0
    return texts


def test_all_versions_can_be_listed_and_read(beleg: Beleg, versions: list[str]) -> None:
    lines = beleg("show", "3", "--versions").out.splitlines()
    assert [line.partition(" ·")[0] for line in lines] == [f"{i}. Fassung" for i in (1, 2, 3)]
    listed = beleg("show", "3", "--versions", "--json").json()
    assert [(one["version"], one["article_id"]) for one in listed] == [(1, 1), (2, 2), (3, 3)]
    first = beleg("show", "3", "--version", "1", "--json").json()
    assert (first["article_id"], first["version"], first["versions"]) == (1, 1, 3)
    assert "8.000 Soldaten" in first["text"]
    shown = beleg("show", "3").out
    assert "9.000 Soldaten" in shown
    assert "Fassung 3 von 3" in shown


def test_an_earlier_number_leads_to_the_newest_version(beleg: Beleg, versions: list[str]) -> None:
    result = beleg("show", "1")
    assert "Mehr Truppen" in result.out
    assert "Nr. 3" in result.err
    assert beleg("show", "1", "--json").json()["article_id"] == 3


def test_what_changed_is_shown_word_by_word(beleg: Beleg, versions: list[str]) -> None:
    shown = beleg("show", "3", "--changes", "--version", "2").out
    assert "Rund [-8.000-] {+9.000+} Soldaten" in shown
    assert "Moskau schweigt [-dazu bisher-] und verweist" in shown
    assert "[…]" in shown
    assert "Der Minister" not in shown
    assert "\x1b" not in shown
    newest = beleg("show", "3", "--changes").out
    assert newest.splitlines()[0] == "{+Mehr+} Truppen in Kursk"
    assert "9.000" not in newest


def test_changes_are_recorded_with_their_places(beleg: Beleg, versions: list[str]) -> None:
    record = beleg("show", "3", "--changes", "--version", "2", "--json").json()
    texts = {
        side: beleg("show", "3", "--version", str(record[side]["version"]), "--json").json()["text"]
        for side in ("from", "to")
    }
    changed = [one for one in record["text"] if one["kind"] != "kept"]
    assert [(one["kind"], one["old_text"], one["new_text"]) for one in changed] == [
        ("replaced", "8.000", "9.000"),
        ("removed", "dazu bisher", ""),
    ]
    for one in record["text"]:
        assert texts["from"][slice(*one["old"])] == one["old_text"]
        assert texts["to"][slice(*one["new"])] == one["new_text"]


def test_an_only_version_has_no_changes(beleg: Beleg, kursk: Path) -> None:
    beleg("add", kursk)
    result = beleg("show", "1", "--changes")
    assert (result.code, result.out) == (0, "")
    assert "nur eine Fassung" in result.err
    record = beleg("show", "1", "--changes", "--json").json()
    assert {one["kind"] for one in record["text"]} == {"kept"}
    assert beleg("show", "1", "--version", "2").code == 1


def test_a_removed_article_is_gone_with_all_its_versions(beleg: Beleg, versions: list[str]) -> None:
    assert beleg("remove", "3").code == 0
    for number in ("1", "2", "3"):
        assert beleg("show", number).code == 1
        assert beleg("show", number, "--versions").code == 1
    assert beleg("list", "--json").json() == []
    assert beleg("search", "Soldaten Kursk", "--json").json() == []


def test_who_else_printed_a_text_is_named(beleg: Beleg, kursk: Path) -> None:
    beleg("add", kursk, "--url", URL, "--outlet", "Bote")
    beleg("add", kursk, "--url", "https://ruf.example/1", "--outlet", "Ruf")
    assert "auch bei Ruf (2)" in beleg("show", "1").out
    assert beleg("show", "2", "--json").json()["copies"] == [{"article_id": 1, "outlet": "Bote"}]
