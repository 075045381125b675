"""Faults of disks, files, processes and models: what is to come of each, by what people see."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from bot.cli.log import faults_to
from bot.cli.parts import embedder_for
from index import database
from index.corpus import Corpus
from index.errors import ModelError, ModelMismatchError, StoreError
from index.library import Library
from index.lock import hold
from index.own_model import shipped_model
from index.protocols import Vectors
from tests.fakes import HashingEmbedder
from tests.making import make_article, make_corpus

ROOT = Path(__file__).parents[1]
TEXT = "In {place} sind rund {count} Soldaten. Sie warten nahe der Grenze."
PLACES = ("Kursk", "Sumy", "Wien", "Linz")
COMMAND = """
import sys
from bot.__main__ import main
from tests.fakes import HashingEmbedder
{before}
sys.exit(main(sys.argv[1:], embedder_factory=lambda _: HashingEmbedder()))
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    corpus = make_corpus(tmp_path / "data" / "corpora", name="local")
    for number, place in enumerate(PLACES):
        text = TEXT.format(place=place, count=1000 + number)
        corpus.add(
            make_article(text, title=f"Lage in {place}", url=f"https://example.org/{number}")
        )
    corpus.close()
    return tmp_path / "data"


def file_of(data: Path) -> Path:
    return data / "corpora" / "local.sqlite3"


def opened(data: Path) -> Corpus:
    return make_corpus(data / "corpora", name="local")


def beleg(data: Path, *arguments: str | Path, before: str = "") -> tuple[int, str, str]:
    """Run a command in a process of its own, after some lines of Python."""
    done = subprocess.run(
        [sys.executable, "-c", COMMAND.format(before=before), *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "BELEG_DATA": str(data), "LANG": "de_DE.UTF-8", "BELEG_READER": "none"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done.returncode, done.stdout, done.stderr


def in_kursk(corpus: Corpus) -> bool:
    hits = corpus.search("Wie viele Soldaten sind in Kursk?", 4).hits
    return bool(hits) and "1000" in hits[0].passage.text


# 9: disk full


@pytest.mark.fault(9)
def test_a_disk_that_is_full_in_an_ingest_refuses_it_and_keeps_all_else(
    data: Path, tmp_path: Path
) -> None:
    article = tmp_path / "new.txt"
    article.write_text("Neues aus Graz\n\n" + "In Graz steht nun auch etwas. " * 4000)
    room = file_of(data).stat().st_size + 65536
    limit = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))"
    code, _, said = beleg(data, "add", article, before=limit)
    assert code != 0
    assert said.strip()
    corpus = opened(data)
    assert len(corpus.articles()) == len(PLACES)
    assert corpus.database.check() is None
    assert in_kursk(corpus)
    corpus.close()
    code, _, _ = beleg(data, "add", article)
    assert code == 0, "works again with room"


@pytest.mark.fault(9)
def test_questions_are_answered_while_the_disk_is_full_and_writing_works_again_without_a_restart(
    data: Path,
) -> None:
    corpus = opened(data)
    connection = corpus.database._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    big = make_article("Sehr viele Wörter stehen hier. " * 2000)
    with pytest.raises(StoreError) as caught:
        corpus.add(big)
    assert caught.value.code == "store_failed"
    assert in_kursk(corpus)
    connection.execute("PRAGMA max_page_count = 1000000")
    corpus.add(big)
    corpus.close()


@pytest.mark.fault(9)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
def test_a_log_that_cannot_be_written_stops_nothing(
    data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (data / "beleg.log").symlink_to("/dev/full")
    with faults_to(data) as log:
        logging.getLogger("index").error("something is wrong")
        assert not log.writable
    assert "Traceback" not in capfd.readouterr().err
    assert beleg(data, "list")[0] == 0


# 10: an end at any moment; kills and power cuts are in tests/torture


@pytest.mark.fault(10)
def test_a_command_that_is_ended_in_an_ingest_leaves_a_store_that_goes_on(
    data: Path, tmp_path: Path
) -> None:
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text(f"Nummer {number}\n\n" + f"Stück {number}. " * 50)
    with subprocess.Popen(
        [sys.executable, "-c", COMMAND.format(before=""), "add", *tmp_path.glob("*.txt")],
        cwd=ROOT,
        env={**os.environ, "BELEG_DATA": str(data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)
    corpus = opened(data)
    assert corpus.withheld() == frozenset()
    assert in_kursk(corpus)
    corpus.add(make_article("Danach kam noch etwas."))
    corpus.close()


# 11: there is no index file; what lies in its place, or vectors of another model


@pytest.mark.fault(11)
def test_what_looks_like_an_index_is_not_read(data: Path) -> None:
    for name in ("local.faiss", "local.sqlite3.index", "index.bin"):
        (data / "corpora" / name).write_bytes(b"\0" * 5000)
    corpus = opened(data)
    assert in_kursk(corpus)
    corpus.close()


@pytest.mark.fault(11)
def test_vectors_of_another_model_are_refused_with_the_way_out(data: Path) -> None:
    class Other(HashingEmbedder):
        name = "other"

    with pytest.raises(ModelMismatchError):
        Corpus(file_of(data), Other())
    assert in_kursk(opened(data)), "the one that it has still works"


@pytest.mark.fault(11)
def test_vectors_of_another_length_are_never_compared(data: Path) -> None:
    with closing(sqlite3.connect(file_of(data))) as connection, connection:
        connection.execute(
            "UPDATE sentence SET vector = CAST(vector || vector AS BLOB) WHERE id = 1"
        )
    corpus = opened(data)
    assert corpus.withheld() == {1}
    assert {hit.stored.id for hit in corpus.search("Soldaten in Wien", 9).hits} == {2, 3, 4}
    corpus.close()


# 12: a file that is damaged, read-only or locked


def zero_page(path: Path, wanted: str) -> None:
    """Empty the first page of a table or index, as a bad disk does."""
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (wanted,)
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(bytes(size))


@pytest.mark.fault(12)
@pytest.mark.parametrize("table", ["article", "sentence", "passage", "sentence_passage", "meta"])
def test_an_emptied_page_is_said_and_the_file_not_written_to(data: Path, table: str) -> None:
    path = file_of(data)
    zero_page(path, table)
    before = path.read_bytes()
    with contextlib.suppress(StoreError):  # refused at once
        corpus = opened(data)
        assert corpus.database.check() is not None
        with pytest.raises(StoreError) as caught:
            corpus.add(make_article("Neu hier."))
        assert caught.value.code == "store_damaged"
        with pytest.raises(StoreError):
            corpus.purge()
        corpus.close()
    assert path.read_bytes() == before
    code, _, said = beleg(data, "search", "Soldaten in Kursk")
    assert code != 0 or not said


@pytest.mark.fault(12)
@pytest.mark.parametrize("where", [0, 16, 18, 20, 44, 56])
def test_a_broken_header_is_refused_and_left_alone(data: Path, where: int) -> None:
    path = file_of(data)
    raw = bytearray(path.read_bytes())
    raw[where] ^= 0xFF
    path.write_bytes(raw)
    try:
        corpus = opened(data)
    except StoreError:
        assert path.read_bytes() == raw
    else:
        assert len(corpus.articles()) == len(PLACES)
        corpus.close()


@pytest.mark.fault(12)
def test_a_file_that_is_cut_off_is_refused_and_left_alone(data: Path) -> None:
    path = file_of(data)
    cut = path.read_bytes()[:-20_000]
    path.write_bytes(cut)
    code, _, said = beleg(data, "ask", "Wie viele Soldaten sind in Kursk?")
    assert code == 5
    assert "beschädigt" in said
    assert "restore" in said
    assert path.read_bytes() == cut


@pytest.mark.fault(12)
def test_a_damaged_collection_keeps_no_other_from_answering(data: Path) -> None:
    other = make_corpus(data / "corpora", name="other")
    other.add(make_article("Im anderen Server sind 7 Soldaten."))
    other.close()
    file_of(data).write_bytes(b"x" * 9000)
    library = Library(data, HashingEmbedder())
    library.prepare()
    assert library.corpus("other").search("Soldaten", 3).hits
    with pytest.raises(StoreError):
        library.corpus("local")
    library.close()


@pytest.mark.fault(12)
@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_file_that_may_only_be_read_is_refused_with_its_name(data: Path) -> None:
    file_of(data).chmod(0o444)
    code, _, said = beleg(data, "remove", "1")
    assert code == 5
    assert "local.sqlite3" in said


@pytest.mark.fault(12)
def test_what_another_holds_for_a_while_is_waited_for_and_for_too_long_refused(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_PATIENCE_S", 0.2)
    corpus = opened(data)
    with closing(
        sqlite3.connect(file_of(data), isolation_level=None, check_same_thread=False)
    ) as third:
        third.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as caught:
            corpus.add(make_article("Neu hier."))
        assert caught.value.code == "store_failed"
        assert "locked" in str(caught.value.details["reason"])
        assert in_kursk(corpus), "reading waits for nobody"

        def let_go() -> None:
            time.sleep(0.05)
            third.execute("ROLLBACK")

        letting = Thread(target=let_go)
        letting.start()
        corpus.add(make_article("Neu hier."))
        letting.join()
    corpus.close()


@pytest.mark.fault(12)
def test_left_over_files_stop_no_start(data: Path) -> None:
    left = {
        "lock": b"999999\n",
        "reindex.lock": b"",
        "corpora/.local.sqlite3-abc.new": b"half a file",
        "corpora/.local.sqlite3-abc.new-journal": b"x",
        "corpora/local.sqlite3-wal": b"",
        "corpora/local.sqlite3-shm": b"\0" * 32768,
        "corpora/local.sqlite3-journal": b"x" * 600,
        "corpora/local.sqlite3-mark": b"",
        "corpora/Urlaub.jpg": b"x",
        ".beleg-restore-abc/corpora/local.sqlite3": b"x",
        "beleg.log": b"",
    }
    for name, content in left.items():
        (data / name).parent.mkdir(parents=True, exist_ok=True)
        (data / name).write_bytes(content)
    library = Library(data, HashingEmbedder())
    with hold(data):
        library.prepare()
        assert in_kursk(library.corpus("local"))
        assert library.names() == ["local"]
    library.close()


# 14: two processes on one directory


@pytest.mark.fault(14)
def test_a_second_process_is_refused_with_the_first_ones_number(data: Path, tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Titel\n\nDas steht hier.")
    with hold(data):
        for arguments in (("run",), ("add", article), ("remove", "1"), ("purge",)):
            before = "import os; os.environ['BELEG_DISCORD_TOKEN'] = 'x'"
            code, said, complained = beleg(data, *arguments, before=before)
            assert code == 5
            assert str(os.getpid()) in complained
            assert not said


@pytest.mark.fault(14)
def test_who_is_refused_has_loaded_nothing_that_takes_long(data: Path) -> None:
    program = (
        "import sys\nfrom bot.__main__ import main\nprint(main(['run']),"
        " [n for n in ('numpy', 'discord', 'faiss', 'onnxruntime') if n in sys.modules])"
    )
    with hold(data):
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env={**os.environ, "BELEG_DATA": str(data), "BELEG_DISCORD_TOKEN": "x"},
            capture_output=True,
            text=True,
            check=True,
        )
    assert done.stdout == "5 []\n"


# 15: Beleg's own model; others are in tests/index/test_embed.py


@pytest.mark.fault(15)
@pytest.mark.parametrize("file", ["model.json", "encoder.onnx", "pieces.npz", "tokenizer.json"])
@pytest.mark.parametrize("left", [None, 0.5])
def test_a_model_that_is_missing_or_half_there_is_refused_by_the_files_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str, left: float | None
) -> None:
    shutil.copytree(shipped_model().directory, tmp_path / "model")
    path = tmp_path / "model" / file
    raw = path.read_bytes()
    path.unlink()
    if left is not None:
        path.write_bytes(raw[: int(left * len(raw))])
    monkeypatch.setattr("bot.cli.parts.shipped_model", lambda: type(shipped_model())(path.parent))
    with pytest.raises(ModelError) as caught:
        embedder_for(None).embed_question("Wer?")
    assert caught.value.code == "own_model_unusable"
    assert file in str(caught.value.details["model"])


# 17: out of memory, out of file descriptors


@pytest.mark.fault(17)
def test_memory_that_runs_out_in_an_ingest_leaves_the_store_as_it_was(data: Path) -> None:
    class Hungry(HashingEmbedder):
        def embed_sentences(self, texts: Sequence[str]) -> Vectors:
            raise MemoryError

    corpus = Corpus(file_of(data), Hungry())
    with pytest.raises(MemoryError):
        corpus.add(make_article("Neu hier."))
    assert len(corpus.articles()) == len(PLACES)
    corpus.close()
    corpus = opened(data)
    corpus.add(make_article("Neu hier."))
    assert in_kursk(corpus)
    corpus.close()


@pytest.mark.fault(17)
def test_with_few_file_descriptors_it_works_or_says_so(data: Path, tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Titel\n\nDas steht hier.")
    limit = "import resource; resource.setrlimit(resource.RLIMIT_NOFILE, ({0}, {0}))"
    code, _, said = beleg(data, "add", article, before=limit.format(64))
    assert (code, said) == (0, "")
    for number in (12, 16, 24):
        code, _, said = beleg(data, "add", article, before=limit.format(number))
        assert code == 0 or said.strip()
    corpus = opened(data)
    assert len(corpus.articles()) == len(PLACES) + 1
    assert corpus.withheld() == frozenset()
    corpus.close()
