from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.cli.running import Beleg

PAGE = """<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Neues Bad</title>
<script type="application/ld+json">{"@type": "NewsArticle",
"author": [{"name": "Anna Muster"}, {"name": "Ole Muster"}],
"datePublished": "2024-11-01T08:00:00+01:00", "dateModified": "2024-11-03T08:00:00+01:00"}</script>
</head><body><article><h1>Neues Bad</h1><p>Der Stadtrat von Linden hat am Freitag den Neubau des
Hallenbads beschlossen. Er soll 14,5 Millionen Euro kosten.</p></article></body></html>"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "bad.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_an_article_is_shown_with_its_authors_and_the_day_of_its_last_change(
    beleg: Beleg, page: Path
) -> None:
    beleg("add", page, "--outlet", "Bote")
    shown = beleg("show", "1").out
    assert "Von Anna Muster, Ole Muster\n" in shown
    assert "Bote · 1. November 2024 · aktualisiert am 3. November 2024\n" in shown
    record = beleg("show", "1", "--json").json()
    assert (record["updated"], record["updated_origin"]) == (
        "2024-11-03T08:00:00+01:00",
        "json-ld",
    )


def test_the_option_for_the_day_is_read_as_people_write_it_and_outranks_the_page(
    beleg: Beleg, page: Path
) -> None:
    assert beleg("add", page, "--published", "2.11.2024").code == 0
    record = beleg("show", "1", "--json").json()
    assert (record["published"], record["published_origin"]) == ("2024-11-02", "given")
    assert beleg("add", page, "--published", "irgendwann 2024").code != 0
