"""What an article takes over from the version that is known."""

from datetime import UTC, datetime

import pytest

from index.types import Article
from index.versions import merged

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("known", "comes", "kept"),
    [
        (("Tagblatt", True), ("tagblatt.test", False), ("Tagblatt", True)),
        (("tagblatt.test", False), ("Tagblatt", True), ("Tagblatt", True)),
        (("Tagblatt", True), ("Das Tagblatt", True), ("Das Tagblatt", True)),
        (("Tagesschau", False), ("tagblatt.test", False), ("tagblatt.test", False)),
        (("Tagblatt", True), (None, False), ("Tagblatt", True)),
        (("tagblatt.test", False), (None, False), ("tagblatt.test", False)),
    ],
)
def test_an_outlet_that_a_person_named_stays_until_a_person_names_another(
    known: tuple[str | None, bool], comes: tuple[str | None, bool], kept: tuple[str | None, bool]
) -> None:
    def called(stated: tuple[str | None, bool]) -> Article:
        return Article("T", "Ein Satz.", NOW, outlet=stated[0], outlet_given=stated[1])

    found = merged(called(comes), called(known))
    assert (found.outlet, found.outlet_given) == kept
