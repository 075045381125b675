"""Paragraphs that the extractor passed over although they stand among those that it took."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import html

from index.elements import leaves, text_of
from index.lines import Line

_SHORTEST = 60
_MOST_ABOVE = 3
_MOST_LINKED = 0.5


def fill_gaps(tree: html.HtmlElement, lines: Sequence[Line], title: str) -> list[Line]:
    """Put back paragraphs beside extracted ones, and those between the headline and the first.

    The tree must hold no furniture any more.
    """
    places = {line.key: number for number, line in enumerate(lines)}
    taken = "\n".join(places)
    blocks = list(leaves(tree, "p", "div", "h1", "h2", "h3", "li"))
    keys = [Line(text, 0).key for _, text in blocks]
    beside = {
        block.getparent()
        for (block, _), key in zip(blocks, keys, strict=True)
        if key in places and block.tag == "p"
    }
    headline = Line(title, 0).key
    missing: dict[int, list[str]] = {}
    above: list[str] = []
    below_headline = False
    place: int | None = None  # the extracted line that was passed last
    for (block, text), key in zip(blocks, keys, strict=True):
        if key in places:
            place = max(places[key], place or 0)
        elif key == headline and place is None:
            below_headline, above = True, []
        elif _is_paragraph(block, text) and key not in taken:
            if place is None and below_headline:
                above.append(text)
            elif block.tag == "p" and block.getparent() in beside:
                missing.setdefault(-1 if place is None else place, []).append(text)
    filled = [Line(text, -1) for text in [*above[:_MOST_ABOVE], *missing.get(-1, [])]]
    for number, line in enumerate(lines):
        filled.append(line)
        filled += [Line(text, line.block) for text in missing.get(number, [])]
    return filled


def _is_paragraph(block: html.HtmlElement, text: str) -> bool:
    line = Line(text, 0)
    if len(text) < _SHORTEST or not line.prose or text[-1] not in '.!?…“”"»«)':
        return False
    linked = sum(len(text_of(a)) for a in block.iter("a"))
    return linked < _MOST_LINKED * len(text)
