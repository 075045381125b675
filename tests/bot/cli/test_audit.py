from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.cli.permit import person
from index.audit_table import AuditAction, AuditEntry, AuditTable
from index.library import Library
from tests.bot.cli.running import KURSK, Beleg
from tests.fakes import HashingEmbedder

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_changes_are_listed_the_newest_first(beleg: Beleg, environment: dict[str, str]) -> None:
    library = Library(Path(environment["BELEG_DATA"]), HashingEmbedder())
    table = AuditTable(library.corpus("42").database)
    table.note(AuditEntry(AT, "77", AuditAction.ARTICLE_ADDED, {"id": 1, "title": "Eins"}))
    values = {"name": "channels", "before": "", "after": "5 6"}
    table.note(AuditEntry(AT, "77", AuditAction.SETTING_CHANGED, values))
    library.close()
    shown = beleg("audit", "--corpus", "42")
    assert [line.partition(" · ")[2] for line in shown.out.splitlines()] == [
        "77 · Kanäle: 5 6",
        "77 · Artikel hinzugefügt: Eins (Nr. 1)",
    ]
    assert beleg("audit", "--corpus", "42", "--json").json_lines()[1] == {
        "at": "2026-11-22T12:00:00+00:00",
        "actor": "77",
        "action": "article_added",
        "details": {"id": 1, "title": "Eins"},
    }


def test_where_nothing_was_changed_it_says_so(beleg: Beleg) -> None:
    shown = beleg("audit")
    assert (shown.code, shown.out) == (0, "")
    assert "noch nichts geändert" in shown.err


def test_what_was_added_and_removed_in_a_terminal_stands_there_once_by_who_did_it(
    beleg: Beleg, tmp_path: Path
) -> None:
    article = tmp_path / "kursk.txt"
    article.write_text(KURSK, encoding="utf-8")
    for _ in range(2):  # the second time it is known
        beleg("add", article)
    beleg("remove", "1")
    shown = beleg("audit")
    assert [line.split(" · ", 1)[1] for line in shown.out.splitlines()] == [
        f"{person()} im Terminal · Artikel entfernt: Truppen in Kursk (Nr. 1)",
        f"{person()} im Terminal · Artikel hinzugefügt: Truppen in Kursk (Nr. 1)",
    ]
