"""What the documents link to is there: files, and headings of files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "deploy").glob("*.md"))]
_LINK = re.compile(r"\]\(([^)#\s:]*)(?:#([^)\s]+))?\)")
_HEADING = re.compile(r"(?m)^#+ (.+)$")


def anchors(document: Path) -> set[str]:
    headings = _HEADING.findall(document.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_link_leads_to_a_file_and_to_a_heading_in_it(document: Path) -> None:
    for path, anchor in _LINK.findall(document.read_text(encoding="utf-8")):
        target = document.parent / path if path else document
        assert target.exists(), path
        assert not anchor or anchor in anchors(target), anchor


@pytest.mark.parametrize("document", DOCUMENTS[1:], ids=lambda document: document.name)
def test_the_readme_leads_to_every_document(document: Path) -> None:
    assert f"(deploy/{document.name})" in DOCUMENTS[0].read_text(encoding="utf-8")
