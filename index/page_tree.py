"""The text of a web page to a tree that can be changed and written again."""

from __future__ import annotations

import re

from lxml import html

# What lxml reads, as it stands there or as "&#11;", and then refuses to write anywhere else.
_UNWRITABLE = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def parse_tree(text: str) -> html.HtmlElement:
    """Return the root of a page; ParserError, XMLSyntaxError or ValueError where there is none."""
    # As bytes, since lxml refuses characters with an encoding declared among them.
    parser = html.HTMLParser(encoding="utf-8")
    content = text.replace("\0", "").encode(errors="replace")
    tree = html.document_fromstring(content, parser)
    for node in tree.iter():
        if node.text and _UNWRITABLE.search(node.text):
            node.text = _UNWRITABLE.sub(" ", node.text)
        if node.tail and _UNWRITABLE.search(node.tail):
            node.tail = _UNWRITABLE.sub(" ", node.tail)
    return tree
