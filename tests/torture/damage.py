"""Damage every kind of file that Beleg keeps or reads, and look what it says then."""

from __future__ import annotations

import io
import json
import random
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.__main__ import main
from bot.cli import exits
from bot.guild_settings import SETTING_NAMES, GuildSettings, settings_of, stored_values
from index.backup import back_up, restore
from index.corpus import Corpus
from index.database import Database
from index.errors import ModelError, StoreError
from index.own_model import OwnModel, shipped_model
from index.settings_table import SettingsTable
from index.types import Article
from tests.fakes import HashingEmbedder
from tests.making import make_article
from tests.torture.kills import BrokenPromiseError

_BLOCK = 4096
_ARTICLES = 40
_TOPICS = ("Brücke", "Schule", "Hafen", "Museum", "Bahnhof", "Rathaus", "Klinik", "Stadion")


@dataclass(slots=True)
class Damages:
    """How each kind of damage to each kind of file ended."""

    ended: Counter[tuple[str, str]] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """Return the summary."""
        files = sorted({file for file, _ in self.ended})
        return [
            f"damages to {file}: {sum(n for (one, _), n in self.ended.items() if one == file)} ("
            + ", ".join(f"{end} {n}" for (one, end), n in sorted(self.ended.items()) if one == file)
            + ")"
            for file in files
        ] + ["wrong quotations: 0, tracebacks: 0, damaged files overwritten: 0"]


def truncated(raw: bytes, chance: random.Random) -> bytes:
    return raw[: chance.randrange(len(raw))]


def flipped(raw: bytes, chance: random.Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(8):
        changed[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def zeroed(raw: bytes, chance: random.Random) -> bytes:
    start = _block(raw, chance)
    size = len(raw[start : start + _BLOCK])
    return raw[:start] + bytes(size) + raw[start + size :]


def swapped(raw: bytes, chance: random.Random) -> bytes:
    one, other = sorted((_block(raw, chance), _block(raw, chance)))
    if len(raw) < other + _BLOCK or one == other:
        half = len(raw) // 2
        return raw[half:] + raw[:half]
    a, b = raw[one : one + _BLOCK], raw[other : other + _BLOCK]
    return raw[:one] + b + raw[one + _BLOCK : other] + a + raw[other + _BLOCK :]


def _block(raw: bytes, chance: random.Random) -> int:
    return chance.randrange(max(1, len(raw) // _BLOCK)) * _BLOCK


DAMAGES = (truncated, flipped, zeroed, swapped)


def damage_everything(directory: Path, times: int, seed: int = 7) -> Damages:
    """Damage each kind of file so often; BrokenPromiseError at the first wrong answer."""
    done = Damages()
    known = _fill(directory / "base")
    for number in range(times):
        chance = random.Random(f"{seed} {number}")
        damage = DAMAGES[number % len(DAMAGES)]
        for file, damaged in _KINDS.items():
            case = directory / "case"
            shutil.rmtree(case, ignore_errors=True)
            ended = damaged(directory / "base", case, _Damage(damage, chance), known)
            done.ended[file, ended] += 1
    return done


@dataclass(frozen=True, slots=True)
class _Damage:
    """A kind of damage with its chance."""

    kind: Callable[[bytes, random.Random], bytes]
    chance: random.Random

    def __call__(self, raw: bytes) -> bytes:
        return self.kind(raw, self.chance)


Damage = Callable[[bytes], bytes]


def _fill(base: Path) -> dict[int, Article]:
    """Write a data directory, one with a full log beside it, and a backup."""
    corpus = Corpus(base / "data" / "corpora" / "local.sqlite3", HashingEmbedder())
    for i in range(_ARTICLES):
        topic = _TOPICS[i % len(_TOPICS)]
        text = f"{topic} {i} kostet {i * 1000 + 7} Euro. " + f"Am Tag {i} war {topic} offen. " * 25
        corpus.add(make_article(text, title=f"{topic} {i}", url=f"https://example.org/{i}"))
    chosen = GuildSettings(channels=frozenset({7, 8}), ask_role=123456, log_days=9)
    with corpus.database.transaction() as connection:
        SettingsTable(corpus.database).write(connection, stored_values(chosen))
    known = {stored.id: stored.article for stored in corpus.articles()}
    # Not closed yet: as a kill leaves it.
    shutil.copytree(base / "data", base / "killed")
    corpus.close()
    back_up(base / "data", base / "backup.tar", datetime.now(UTC))
    (base / "weights.json").write_bytes(
        (Path(main.__code__.co_filename).parent / "weights.json").read_bytes()
    )
    return known


def _database(base: Path, case: Path, damage: Damage, known: dict[int, Article]) -> str:
    return _in_directory(base / "data", case, "local.sqlite3", damage, known)


def _log(base: Path, case: Path, damage: Damage, known: dict[int, Article]) -> str:
    return _in_directory(base / "killed", case, "local.sqlite3-wal", damage, known)


def _in_directory(
    source: Path, case: Path, name: str, damage: Damage, known: dict[int, Article]
) -> str:
    shutil.copytree(source, case)
    path = case / "corpora" / name
    path.write_bytes(damage(path.read_bytes()))
    before = path.read_bytes()
    try:
        corpus = Corpus(case / "corpora" / "local.sqlite3", HashingEmbedder())
    except StoreError as error:
        if name.endswith("sqlite3") and path.read_bytes() != before:
            raise BrokenPromiseError("a damaged file was overwritten") from error
        ended = "refused"
    else:
        try:
            withheld = _look(corpus, known)
            ended = "answered and said so" if withheld else "answered in full"
            if not withheld and len(corpus.articles()) < len(known):
                raise BrokenPromiseError("articles are missing without a word")
        except StoreError:
            ended = "refused"
        finally:
            corpus.close()
    _run_commands(case)
    return ended


def _look(corpus: Corpus, known: dict[int, Article]) -> int:
    """Ask and list; BrokenPromiseError for a word that was never stored."""
    corpus.database.check()
    for number, topic in enumerate(_TOPICS):
        for hit in corpus.search(f"Was kostet {topic} {number}?", 10).hits:
            was = known.get(hit.stored.id)
            if was != hit.stored.article or hit.passage.text not in was.text:
                raise BrokenPromiseError(f"a wrong quotation: {hit.passage.text!r}")
    for stored in corpus.articles():
        if known.get(stored.id) != stored.article:
            raise BrokenPromiseError(f"a wrong article: {stored}")
    return len(corpus.withheld()) + (corpus.database.damage is not None)


def _run_commands(data: Path, **environment: str) -> None:
    for command in (["status"], ["list"], ["show", "3"], ["search", "Was kostet die Brücke?"]):
        run(["--data", str(data), *command], environment)


def run(arguments: list[str], environment: dict[str, str]) -> int:
    """Run a command of Beleg; BrokenPromiseError for a fault or a traceback."""
    said, complained = io.StringIO(), io.StringIO()
    with redirect_stdout(said), redirect_stderr(complained):
        code = main(
            arguments,
            environment={"LANG": "en_GB.UTF-8", "BELEG_READER": "none", **environment},
            embedder_factory=lambda _: HashingEmbedder(),
        )
    if code == exits.FAULT or "Traceback" in complained.getvalue():
        raise BrokenPromiseError(f"{arguments}: {complained.getvalue()}")
    if code and not complained.getvalue().strip():
        raise BrokenPromiseError(f"{arguments}: refused without a word")
    return code


def _backup(base: Path, case: Path, damage: Damage, known: dict[int, Article]) -> str:
    case.mkdir()
    archive = case / "damaged.tar"
    archive.write_bytes(damage((base / "backup.tar").read_bytes()))
    target = case / "data"
    target.mkdir()
    try:
        restore(target, archive, datetime.now(UTC))
    except StoreError:
        if list(target.iterdir()):
            raise BrokenPromiseError("something of a damaged backup was put in place") from None
        run(["--data", str(target), "restore", str(archive)], {})
        return "refused"
    corpus = Corpus(target / "corpora" / "local.sqlite3", HashingEmbedder())
    withheld = _look(corpus, known)
    there = len(corpus.articles())
    corpus.close()
    if withheld or there != len(known):
        raise BrokenPromiseError("a damaged backup was restored")
    return "whole all the same"


def _model(_: Path, case: Path, damage: Damage, __: dict[int, Article]) -> str:
    shutil.copytree(shipped_model().directory, case)
    files = ("model.json", "encoder.onnx", "ranker.onnx", "pieces.npz", "tokenizer.json")
    size = len(list(case.parent.iterdir()))
    path = case / random.Random(damage(bytes(range(97)) * (size + 1))).choice(files)
    was = path.read_bytes()
    path.write_bytes(damage(was))
    model = OwnModel(case)
    try:
        for network in ("encoder", "ranker"):
            model.revision(network)
            model.session(network, 1)
        model.inputs([model.pieces("Wer leitet das Werk?").ids])
    except ModelError:
        return "refused"
    if path.name != "model.json" and path.read_bytes() != was:
        raise BrokenPromiseError(f"a damaged {path.name} was taken for whole")
    return "whole all the same"


def _settings(base: Path, case: Path, damage: Damage, _: dict[int, Article]) -> str:
    """Damage what the administrators of a server have chosen, as it stands in the file."""
    shutil.copytree(base / "data", case)
    database = Database(case / "corpora" / "local.sqlite3")
    chosen = SettingsTable(database).read().values
    with database.transaction() as connection:
        for name, value in chosen.items():
            changed = damage(json.dumps(value).encode() + b" ").decode("utf-8", "replace")
            connection.execute("UPDATE setting SET value = ? WHERE name = ?", (changed, name))
    now = SettingsTable(database).read()
    database.close()
    read = settings_of(now.values, "local", now.lost(SETTING_NAMES))
    if read.ask_role != chosen["ask_role"] and not read.closed:
        raise BrokenPromiseError("a damaged setting lets somebody in")
    if sorted(read.channels) != chosen["channels"] and not read.nowhere:
        raise BrokenPromiseError("a damaged setting opens a channel")
    return "nobody let in" if read.closed else "some of it"


def _weights(base: Path, case: Path, damage: Damage, _: dict[int, Article]) -> str:
    shutil.copytree(base / "data", case)
    weights = case / "weights.json"
    weights.write_bytes(damage((base / "weights.json").read_bytes()))
    code = run(
        ["--data", str(case), "ask", "Was kostet die Brücke?"], {"BELEG_WEIGHTS": str(weights)}
    )
    return "refused" if code else "answered"


_KINDS = {
    "the database": _database,
    "its log": _log,
    "a backup": _backup,
    "a model's files": _model,
    "weights": _weights,
    "settings": _settings,
}
