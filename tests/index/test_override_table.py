from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.corpus import Corpus
from index.override_table import Override
from tests.fakes import HashingEmbedder

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
OVERRIDE = Override("public.test", "ada", AT, "Absprache vom 3. Mai", "Disallow: /")


def opened(path: Path) -> Corpus:
    return Corpus(path, HashingEmbedder())


def test_an_override_outlives_the_program_in_its_corpus_alone(tmp_path: Path) -> None:
    first = opened(tmp_path / "one.db")
    first.overrides.put(OVERRIDE)
    first.close()
    one, two = opened(tmp_path / "one.db"), opened(tmp_path / "two.db")
    assert one.overrides.all() == [OVERRIDE]
    assert one.overrides.hosts() == {"public.test"}
    assert two.overrides.all() == []
    one.close()
    two.close()


def test_the_last_word_on_a_host_counts(tmp_path: Path) -> None:
    corpus = opened(tmp_path / "one.db")
    corpus.overrides.put(OVERRIDE)
    later = Override("public.test", "eva", AT + timedelta(days=1), "Vertrag", "")
    corpus.overrides.put(later)
    assert corpus.overrides.all() == [later]
    assert corpus.overrides.remove("public.test")
    assert not corpus.overrides.remove("public.test")
    assert corpus.overrides.hosts() == frozenset()
    corpus.close()


@pytest.mark.parametrize(("by", "reason"), [("", "x"), (" ", "x"), ("ada", ""), ("ada", " \n")])
def test_nobody_overrides_without_a_name_and_a_reason(by: str, reason: str) -> None:
    with pytest.raises(ValueError, match="needs a host, a person and a reason"):
        Override("public.test", by, AT, reason, "")
    with pytest.raises(ValueError, match="time zone"):
        Override("public.test", "ada", AT.replace(tzinfo=None), "x", "")


@pytest.mark.parametrize("column", ["host", "by", "at", "reason", "stated", "seal"])
def test_an_override_that_the_disk_has_changed_counts_no_more(tmp_path: Path, column: str) -> None:
    corpus = opened(tmp_path / "one.db")
    other = Override("other.test", "ada", AT, "Absprache", "")
    for override in (OVERRIDE, other):
        corpus.overrides.put(override)
    with corpus.database.transaction() as connection:
        connection.execute(
            f"UPDATE permission_override SET {column} = 'x.test' WHERE host = 'public.test'"
        )
    assert corpus.overrides.all() == [other]
    assert corpus.overrides.hosts() == {"other.test"}
    corpus.close()
