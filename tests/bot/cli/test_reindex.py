from __future__ import annotations

from pathlib import Path

import pytest

from index.library import Library
from index.lock import hold
from tests.bot.cli.running import Beleg
from tests.fakes import HashingEmbedder


class Other(HashingEmbedder):
    """The same by another name."""

    name = "other"


@pytest.mark.parametrize("command", ["reindex", "reembed"])
def test_articles_of_another_model_are_taken_over(beleg: Beleg, kursk: Path, command: str) -> None:
    beleg("add", kursk)
    beleg("add", kursk, "--corpus", "second")
    refused = beleg("list", embedder=Other())
    assert refused.code != 0
    assert "beleg reindex" in refused.err
    done = beleg(command, embedder=Other())
    assert done.code == 0
    assert [line.partition(":")[0] for line in done.out.splitlines()] == ["local", "second"]
    assert beleg("list", embedder=Other()).code == 0
    again = beleg("reindex", "--json", embedder=Other())
    assert again.out.count('"changed": false') == 2


def test_without_articles_there_is_nothing_to_take_over(beleg: Beleg) -> None:
    assert beleg("reindex").code == 0


def test_a_named_model_is_to_be_set(beleg: Beleg, kursk: Path) -> None:
    beleg("add", kursk)
    done = beleg("reindex", "--model", "models/other", embedder=Other())
    assert done.code == 0
    assert "BELEG_MODEL" in done.err
    assert "models/other" in done.err


def test_a_bot_that_runs_keeps_the_old_vectors_until_its_next_start(
    beleg: Beleg, kursk: Path, tmp_path: Path
) -> None:
    beleg("add", kursk)
    data = Path(beleg("status", "--json").json()["data"])
    with hold(data):  # as a bot does
        ready = beleg("reindex", "--json", embedder=Other())
    assert ready.code == 0
    assert ready.json()["waiting"] is True
    assert "PID" in ready.err
    assert beleg("list").code == 0, "the old model serves"
    library = Library(data, Other())
    assert library.finish_reindex("local")
    library.close()
    assert beleg("list", embedder=Other()).code == 0
