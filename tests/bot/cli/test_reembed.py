from __future__ import annotations

from pathlib import Path

from tests.bot.cli.running import Beleg
from tests.fakes import HashingEmbedder


class Other(HashingEmbedder):
    """The same by another name."""

    name = "other"


def test_articles_of_another_model_are_taken_over(beleg: Beleg, kursk: Path) -> None:
    beleg("add", kursk)
    beleg("add", kursk, "--corpus", "second")
    refused = beleg("list", embedder=Other())
    assert refused.code != 0
    assert "beleg reembed" in refused.err
    done = beleg("reembed", embedder=Other())
    assert done.code == 0
    assert [line.partition(":")[0] for line in done.out.splitlines()] == ["local", "second"]
    assert beleg("list", embedder=Other()).code == 0
    again = beleg("reembed", "--json", embedder=Other())
    assert again.out.count('"changed": false') == 2


def test_without_articles_there_is_nothing_to_take_over(beleg: Beleg) -> None:
    assert beleg("reembed").code == 0
