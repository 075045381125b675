from __future__ import annotations

import logging
from contextlib import closing
from pathlib import Path

import pytest

from bot import __main__ as command_line
from bot import package_versions
from bot.desk import Desk
from index.database import Database
from index.errors import BelegError, SettingError
from index.protocols import Vectors
from index.snippet_table import SnippetTable
from tests.bot.cli.running import Beleg
from tests.fakes import HashingEmbedder

QUESTION = "Wie viele Soldaten aus Nordkorea stehen in der Region Kursk?"


def test_the_record_of_an_answer_quotes_the_stored_text(beleg: Beleg, kursk: Path) -> None:
    beleg("add", kursk)
    result = beleg("ask", QUESTION, "--json")
    record = result.json()
    assert result.code == (0 if record["answered"] else 3)
    assert record["question"] == QUESTION
    for quote in record["quotes"]:
        text = beleg("show", str(quote["article_id"]), "--json").json()["text"]
        assert text[quote["start"] : quote["end"]] == quote["text"]


def test_an_empty_collection_is_silent_and_says_why(beleg: Beleg) -> None:
    result = beleg("ask", QUESTION)
    assert result.code == 3
    assert "noch keine Artikel" in result.out


@pytest.mark.parametrize("question", ["", "?!", "🙂🙂", "wort " * 1200])
def test_what_is_no_question_is_a_usage_error(beleg: Beleg, question: str) -> None:
    for command in ("ask", "search"):
        result = beleg(command, question)
        assert (result.code, result.out) == (2, "")
        assert len(result.err.splitlines()) == 1


def test_passages_can_be_searched(beleg: Beleg, kursk: Path) -> None:
    beleg("add", kursk)
    assert "8.000 Soldaten" in beleg("search", "Soldaten Kursk", "--count", "1").out
    (hit,) = beleg("search", "Soldaten Kursk", "--count", "1", "--json").json()
    assert hit["article_id"] == 1


def test_a_search_is_limited_to_days_and_an_outlet(beleg: Beleg, kursk: Path) -> None:
    beleg("add", kursk, "--outlet", "Tagesblatt", "--published", "2024-11-01")
    found = ("search", "Soldaten Kursk", "--from", "2024-11", "--outlet", "tagesblatt", "--json")
    assert len(beleg(*found).json()) == 1
    nothing = beleg("search", "Soldaten Kursk", "--to", "31.10.2024")
    assert (nothing.code, nothing.out) == (3, "")
    other = beleg("search", "Soldaten Kursk", "--outlet", "Abendpost")
    assert other.code == 1
    assert "Vorhanden: Tagesblatt" in other.err


def test_a_search_shows_no_more_than_a_site_lets_be_shown(
    beleg: Beleg, kursk: Path, tmp_path: Path
) -> None:
    beleg("add", kursk)
    (file,) = (tmp_path / "data").rglob("*.sqlite3")
    with closing(Database(file)) as database:
        SnippetTable(database).put(1, 0)
    shown = beleg("search", "Soldaten Kursk")
    assert (shown.code, len(shown.out.splitlines())) == (0, 1)
    (hit,) = beleg("search", "Soldaten Kursk", "--json").json()
    assert (hit["article_id"], hit["text"]) == (1, None)
    assert "8.000 Soldaten" in beleg("show", "1").out


def test_collections_are_strangers_to_each_other(beleg: Beleg, kursk: Path) -> None:
    beleg("add", kursk, "--corpus", "42")
    assert beleg("list", "--json").json() == []
    assert beleg("search", "Soldaten Kursk", "--json").json() == []
    assert len(beleg("--corpus", "42", "list", "--json").json()) == 1


def test_status_counts_what_is_there(beleg: Beleg, kursk: Path, tmp_path: Path) -> None:
    beleg("add", kursk, "--published", "2024-11-01")
    record = beleg("status", "--json").json()
    assert record["articles"] == 1
    assert record["passages"] == 1
    assert record["sentences"] >= 3
    assert (record["first"], record["last"]) == ("2024-11-01", "2024-11-01")
    assert record["data"] == str(tmp_path / "data")
    assert record["model"] == "hashing"
    assert set(record["versions"]) >= {"beleg", "python", "discord.py", "torch"}
    assert "1. November 2024" in beleg("status").out


def test_options_for_all_commands_may_stand_before_and_after(
    beleg: Beleg, kursk: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    assert beleg("--data", elsewhere, "add", "--language", "en", kursk).out.startswith("Added:")
    assert len(beleg("list", "--data", elsewhere, "--json").json()) == 1
    assert beleg("list", "--json").json() == []


def test_the_conversation_goes_on_until_the_input_ends(beleg: Beleg, kursk: Path) -> None:
    beleg("add", kursk)
    result = beleg("chat", given=f"\n{QUESTION}\n?!\n/artikel")
    assert result.code == 0
    assert "1. Truppen in Kursk" in result.out.splitlines()[-2]
    assert beleg("chat", given="/ende\n/artikel\n").out.count("Truppen") == 0


def test_a_line_in_another_encoding_does_not_end_the_conversation(
    beleg: Beleg, kursk: Path
) -> None:
    beleg("add", kursk)
    result = beleg("chat", given="\udcfcber Kursk?\n/artikel\n")
    assert result.code == 0
    assert "1. Truppen in Kursk" in result.out


def test_without_a_token_the_bot_says_what_to_do(beleg: Beleg, tmp_path: Path) -> None:
    result = beleg("run")
    assert result.code == 4
    assert "BELEG_DISCORD_TOKEN" in result.err
    assert len(result.err.splitlines()) == 1
    assert beleg("run", BELEG_DISCORD_TOKEN_FILE=str(tmp_path / "none")).code == 4


@pytest.mark.parametrize(
    ("error", "code"),
    [(SettingError("token_refused"), 4), (BelegError("discord_unreachable"), 1)],
)
def test_what_discord_refuses_ends_the_bot_with_a_sentence(
    beleg: Beleg, error: BelegError, code: int
) -> None:
    async def serve(desk: Desk, token: str | None, **_more: object) -> None:
        assert token == "x.y.z"
        raise error

    result = beleg("run", serve=serve, BELEG_DISCORD_TOKEN="x.y.z")
    assert result.code == code
    assert len(result.err.splitlines()) == 1


def test_a_running_bot_reports_in_single_lines_and_keeps_details_in_the_log(
    beleg: Beleg, tmp_path: Path
) -> None:
    async def serve(desk: Desk, token: str | None, **_more: object) -> None:
        log = logging.getLogger("discord.client")
        log.warning("PyNaCl is not installed, voice will NOT be supported")
        log.info("connected")
        log.error("attempting a reconnect", exc_info=ConnectionResetError("gone"))

    result = beleg("run", serve=serve, BELEG_DISCORD_TOKEN="x.y.z")
    assert result.code == 0
    assert [line.partition(": ")[2] for line in result.err.splitlines()] == [
        "connected",
        "attempting a reconnect",
    ]
    assert "ConnectionResetError: gone" in (tmp_path / "data" / "beleg.log").read_text()


def test_a_fault_is_a_sentence_and_an_entry_in_the_log(
    beleg: Beleg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package_versions, "metadata", None)
    result = beleg("status")
    log = tmp_path / "data" / "beleg.log"
    assert result.code == 70
    assert str(log) in result.err
    assert len(result.err.splitlines()) == 1
    assert "AttributeError" in log.read_text()


def test_an_interruption_is_quiet(beleg: Beleg, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(command_line, "_run", interrupted)
    result = beleg("list")
    assert (result.code, result.out, result.err) == (130, "", "")


def test_a_data_directory_that_cannot_be_used_is_a_sentence(beleg: Beleg, kursk: Path) -> None:
    for command in (["add", kursk], ["list"], ["ask", "Wer?"], ["status"]):
        result = beleg(*command, BELEG_DATA=str(kursk / "data"))
        assert result.code == 5
        assert len(result.err.splitlines()) == 1


def test_a_damaged_database_is_a_sentence(beleg: Beleg, tmp_path: Path) -> None:
    database = tmp_path / "data" / "corpora" / "local.sqlite3"
    database.parent.mkdir(parents=True)
    database.write_bytes(b"no database" * 1000)
    result = beleg("list")
    assert result.code == 5
    assert len(result.err.splitlines()) == 1
    assert database.read_bytes() == b"no database" * 1000


def test_a_setting_without_sense_is_a_usage_error(beleg: Beleg) -> None:
    assert beleg("list", BELEG_FETCH_ALLOW="nonsense").code == 2
    result = beleg("list", "--language", "fr")
    assert result.code == 2
    assert "de und en" in result.err


def test_a_collection_with_a_mistyped_name_is_said_and_not_made(
    beleg: Beleg, kursk: Path, tmp_path: Path
) -> None:
    beleg("add", kursk, "--corpus", "nachrichten")
    for command in (
        ["list"],
        ["show", "1"],
        ["remove", "1"],
        ["status"],
        ["ask", QUESTION],
        ["search", "Kursk"],
        ["chat"],
    ):
        result = beleg(*command, "--corpus", "nachrichtne")
        assert (result.code, result.out) == (1, "")
        assert "nachrichtne" in result.err
        assert "Vorhanden: nachrichten." in result.err
        assert beleg(*command).code in {0, 1, 3}, "nothing was added yet where nothing was named"
    corpora = (tmp_path / "data" / "corpora").glob("*.sqlite3")
    assert {path.name for path in corpora} == {"nachrichten.sqlite3"}


def test_what_is_no_question_loads_no_model(beleg: Beleg) -> None:
    class Heavy(HashingEmbedder):
        def embed_question(self, text: str) -> Vectors:
            raise AssertionError("the model was loaded")

    assert beleg("ask", "?!", embedder=Heavy()).code == 2
    with pytest.raises(AssertionError, match="model"):
        Heavy().embed_question("Kursk?")
