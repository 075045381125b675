from __future__ import annotations

import zlib
from pathlib import Path

from tests.bot.cli.running import Beleg

WORDS = ("Quittenmarder", "Zimtlawine", "Brombeerwal", "Kesselflicken", "Nebelhornist")
ARTICLE = """{title}

{one} geht um in der Stadt, und {two} folgt ihm seit Tagen auf Schritt und Tritt durch alle Gassen.

Der Bürgermeister sagte am Freitag, man nehme die Sache ernst und werde die Lage beobachten.
"""


def found_in(directory: Path) -> set[str]:
    """Words that stand in any file, in any encoding, or squeezed."""
    found = set()
    for path in directory.rglob("*"):
        raw = path.read_bytes() if path.is_file() else b""
        for word in WORDS:
            for form in {word, word.lower(), word.upper()}:
                ways = [form.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
                if any(way in raw for way in (*ways, zlib.compress(form.encode()))):
                    found.add(word)
    return found


def test_after_a_purge_no_word_of_a_removed_article_is_in_any_file(
    beleg: Beleg, kursk: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    beleg("add", kursk)
    url = f"https://{WORDS[3].lower()}.example/{WORDS[4].lower()}"
    for text in (
        ARTICLE.format(title=WORDS[0], one=WORDS[1], two=WORDS[2]) * 40,
        ARTICLE.format(title=WORDS[0], one=WORDS[2], two=WORDS[1]) * 30,
        ARTICLE.format(title=WORDS[0], one=WORDS[1], two="er"),
    ):
        path = tmp_path / "neu.txt"
        path.write_text(text, encoding="utf-8")
        beleg("add", path, "--url", url, "--outlet", WORDS[3])
    beleg("ask", f"Was macht {WORDS[1]}?")
    assert found_in(data) == set(WORDS), "the search can find them"
    # As a fault might leave words in a log.
    (data / "beleg.log").write_text(f"about {WORDS[0]}\n", encoding="utf-8")
    (data / "beleg.log.1").write_text(f"about {WORDS[1]}\n", encoding="utf-16-le")
    beleg("remove", "4")
    result = beleg("purge")
    assert result.code == 0
    assert "local" in result.out
    assert "beleg.log.1" in result.out
    assert found_in(data) == set()
    assert "8.000 Soldaten" in beleg("show", "1").out
    assert beleg("search", "Soldaten Kursk", "--json").json()


def test_a_purge_is_recorded_line_by_line(beleg: Beleg, kursk: Path) -> None:
    beleg("add", kursk)
    beleg("remove", "1")
    (record,) = beleg("purge", "--json").json_lines()
    assert record["corpus"] == "local"
    assert 0 < record["after"] <= record["before"]


def test_a_copy_that_somebody_made_is_named_and_left_alone(
    beleg: Beleg, kursk: Path, tmp_path: Path
) -> None:
    beleg("add", kursk)
    copy = tmp_path / "data" / "corpora" / "Sicherung.sqlite3"
    copy.write_bytes(b"copy")
    result = beleg("purge")
    assert str(copy) in result.err
    assert copy.read_bytes() == b"copy"


def test_neither_articles_nor_questions_are_logged(
    beleg: Beleg, kursk: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    path = tmp_path / "neu.txt"
    path.write_text(ARTICLE.format(title=WORDS[0], one=WORDS[1], two=WORDS[2]), encoding="utf-8")
    beleg("add", kursk, path, tmp_path / "missing.txt")
    beleg("ask", f"Wer ist {WORDS[3]}?")
    beleg("ask", WORDS[4] * 100)
    beleg("chat", given=f"Wer ist {WORDS[3]}?\n")
    # A damaged text is reported by its number alone.
    database = data / "corpora" / "local.sqlite3"
    database.write_bytes(database.read_bytes().replace(b"geht um in", b"steht am n"))
    beleg("search", WORDS[1])
    log = data / "beleg.log"
    assert "is damaged" in log.read_text(encoding="utf-8")
    assert not any(word in log.read_text(encoding="utf-8") for word in WORDS)
