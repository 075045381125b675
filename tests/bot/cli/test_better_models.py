"""Models of one's own by the settings alone: real files, a real socket."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bot.rank import load_weights
from tests.bot.cli.running import Beleg
from tests.bot.cli.test_train import WEIGHTS
from tests.question_sets import write_question_set
from tests.tiny_models import build_reader

ARTICLE = """Werk

Das Werk leitet seit Mai jemand anderes, und das Werk wächst, sagte der Sprecher in Mergenau.

Ada Brandt leitet es."""
QUESTION = "Wer leitet das Werk?"


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "werk.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(WEIGHTS))
    return path


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_reader(tmp_path_factory.mktemp("models") / "planted")


def test_a_reader_of_the_settings_moves_what_it_prefers_to_the_front(
    beleg: Beleg, article: Path, weights: Path, reader: Path
) -> None:
    beleg("add", article)
    alone = beleg("ask", QUESTION, "--json", BELEG_WEIGHTS=str(weights)).json()
    assert "jemand anderes" in alone["quotes"][0]["text"]
    result = beleg("ask", QUESTION, "--json", BELEG_WEIGHTS=str(weights), BELEG_READER=str(reader))
    (first, *_) = result.json()["quotes"]
    assert first["text"] == "Ada Brandt leitet es."
    assert "planted@" in result.err
    assert "beleg train" in result.err


def test_weights_are_learned_for_the_reader_of_the_settings(
    beleg: Beleg, article: Path, reader: Path, tmp_path: Path
) -> None:
    files, out = write_question_set(tmp_path / "set", 5), tmp_path / "learned.json"
    given = ["--articles", files.articles, "--questions", files.questions, "--out", out]
    result = beleg("train", *given, BELEG_READER=str(reader))
    assert result.code == 0
    learned = load_weights(out)
    assert learned.reader is not None
    assert learned.reader.startswith("planted@")
    beleg("add", article)
    with_reader = beleg("ask", QUESTION, BELEG_WEIGHTS=str(out), BELEG_READER=str(reader))
    assert with_reader.err == ""
    without = beleg("ask", QUESTION, BELEG_WEIGHTS=str(out))
    assert learned.reader in without.err
    assert "BELEG_READER" in without.err


def test_articles_that_a_reader_did_not_see_are_named_in_a_file(
    beleg: Beleg, reader: Path, tmp_path: Path
) -> None:
    files, out = write_question_set(tmp_path / "set", 6), tmp_path / "learned.json"
    given = ["train", "--articles", files.articles, "--questions", files.questions, "--out", out]
    articles = files.articles.read_text(encoding="utf-8").splitlines()
    unseen = tmp_path / "unseen.json"
    unseen.write_text(json.dumps([json.loads(line)["id"] for line in articles]))
    assert beleg(*given, "--unseen", unseen, BELEG_READER=str(reader)).code == 0
    learned = load_weights(out)
    assert learned.reader is not None

    unseen.write_text("{}")
    refused = beleg(*given, "--unseen", unseen, BELEG_READER=str(reader))
    assert refused.code == 2
    assert str(unseen) in refused.err


def test_a_reader_that_cannot_be_loaded_is_named(
    beleg: Beleg, article: Path, tmp_path: Path
) -> None:
    beleg("add", article)
    result = beleg("ask", QUESTION, BELEG_READER=str(tmp_path / "none"))
    assert result.code != 0
    assert str(tmp_path / "none") in result.err
    assert "BELEG_READER" in result.err


@dataclass
class Server:
    """A language model that says one thing."""

    says: str = "[]"
    status: int = 200
    address: str = ""
    asked: list[Any] = field(default_factory=list)
    keys: list[str | None] = field(default_factory=list)


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            state.asked.append(json.loads(self.rfile.read(length)))
            state.keys.append(self.headers["Authorization"])
            body = json.dumps({"choices": [{"message": {"content": state.says}}]}).encode()
            self.send_response(state.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            """Say nothing: commands are tested by what they write."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        state.address = f"http://127.0.0.1:{listening.server_address[1]}/v1"
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield state
        listening.shutdown()
        thread.join()


def settings(server: Server, weights: Path, **more: str) -> dict[str, str]:
    return {
        "BELEG_WEIGHTS": str(weights),
        "BELEG_SELECTOR_URL": server.address,
        "BELEG_SELECTOR_MODEL": "tiny",
        **more,
    }


def test_a_language_model_of_the_settings_selects(
    beleg: Beleg, article: Path, weights: Path, server: Server, tmp_path: Path
) -> None:
    key = tmp_path / "key"
    key.write_text("geheim\n")
    beleg("add", article)
    server.says = "[2]"
    chosen = settings(server, weights, BELEG_SELECTOR_KEY_FILE=str(key))
    result = beleg("ask", QUESTION, "--json", **chosen)
    (asked,) = server.asked
    offered = json.loads(asked["messages"][1]["content"])["sentences"]
    (quote,) = result.json()["quotes"]
    assert offered[1]["sentence"] in quote["text"]
    assert quote["text"] in ARTICLE
    assert server.keys == ["Bearer geheim"]
    assert asked["model"] == "tiny"

    server.says = "[]"
    silent = beleg("ask", QUESTION, "--json", **chosen)
    assert (silent.code, silent.json()["answered"]) == (3, False)


@pytest.mark.parametrize("failing", [("Ada Brandt leitet es.", 200), ("[2]", 500)])
def test_a_language_model_that_fails_leaves_the_answer_as_it_was(
    beleg: Beleg, article: Path, weights: Path, server: Server, failing: tuple[str, int]
) -> None:
    beleg("add", article)
    alone = beleg("ask", QUESTION, "--json", BELEG_WEIGHTS=str(weights)).json()
    server.says, server.status = failing
    result = beleg("ask", QUESTION, "--json", **settings(server, weights))
    assert result.code == 0
    assert len(server.asked) == 1
    assert result.json()["quotes"] == alone["quotes"]
    log = article.parent / "data" / "beleg.log"
    assert "not selected" in log.read_text(encoding="utf-8")


def test_without_its_name_a_language_model_is_no_setting(beleg: Beleg, server: Server) -> None:
    result = beleg("ask", QUESTION, BELEG_SELECTOR_URL=server.address)
    assert result.code == 2
    assert "BELEG_SELECTOR_MODEL" in result.err
    assert server.asked == []
